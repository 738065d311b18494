"""Whether the quotes of a summary in JSON still stand in its sources, read anew."""

import dataclasses
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Literal

from .datatypes import Block, Document
from .errors import ReadError, SummarizerError
from .reading import read
from .splitting import split
from .tokens import normalize_space, tokenize

Status = Literal["intact", "moved", "changed", "missing"]
STATUSES: tuple[Status, ...] = ("intact", "moved", "changed", "missing")

# Least share of words in common, in one order, of a sentence that is a quote changed.
_SIMILAR = 0.5
_PARAGRAPH = re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a source today instead of a passage or for it.

    :param start: The offset of its first character.
    :param end: The offset behind its last character.
    :param line: The line in which it starts, counted from 1.
    :param text: It, verbatim.
    :param similarity: Share of words in common with the passage, 0 to 1.
    """

    start: int
    end: int
    line: int
    text: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Check:
    """A passage that a summary names, and what became of it.

    :param sentence: The sentence of the summary that it belongs to, counted from 1.
    :param role: Whether it is the quote itself or says the same.
    :param source: The number of its source.
    :param path: The file of this source, as the summary names it.
    :param start: Where the summary says that it starts.
    :param end: Where the summary says that it ends.
    :param text: The passage as the summary has it.
    :param status: What became of it.
    :param found: What stands there now; None where it is missing.
    :param note: Why its file cannot be read, or an empty string.
    """

    sentence: int
    role: Literal["quote", "corroboration"]
    source: int
    path: str
    start: int
    end: int
    text: str
    status: Status
    found: Found | None
    note: str = ""

    def __str__(self) -> str:
        quoted = f"“{normalize_space(self.text)}”"
        also = "also " if self.role == "corroboration" else ""
        name = f"sentence {self.sentence} [{also}{self.source}]: {self.status}"
        if self.found is None:
            return f"{name}: {quoted} " + (f"({self.note})" if self.note else f"in {self.path}")
        place = f"{self.path}, line {self.found.line}, {self.found.start}-{self.found.end}"
        if self.status == "changed":
            return f"{name}: {quoted} now reads “{normalize_space(self.found.text)}” ({place})"
        moved = f", not {self.start}-{self.end}" if self.status == "moved" else ""
        return f"{name}: {quoted} ({place}{moved})"


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of all passages of a summary, in its order."""

    checks: tuple[Check, ...]

    @property
    def intact(self) -> bool:
        """Whether every passage stands where the summary says."""
        return all(check.status == "intact" for check in self.checks)

    def __str__(self) -> str:
        counted = Counter(check.status for check in self.checks)
        sources = len({check.source for check in self.checks})
        of = f"{_counted(len(self.checks), 'passage')} of {_counted(sources, 'source')}"
        told = ", ".join(f"{counted[status]} {status}" for status in STATUSES)
        lines = [str(check) for check in self.checks if check.status != "intact"]
        return "\n".join([*lines, f"{of}: {told}"])

    def to_json(self) -> str:
        """Render as JSON: the number of passages of each status, and every passage."""
        counted = Counter(check.status for check in self.checks)
        record: dict[str, Any] = {
            **{status: counted[status] for status in STATUSES},
            "passages": [dataclasses.asdict(check) for check in self.checks],
        }
        return json.dumps(record, ensure_ascii=False, indent=2)


def verify(summary: str | PathLike[str]) -> Verification:
    """Look up every quote and every corroborating passage of a summary in its sources.

    :param summary: A file that ``--format json`` wrote, or ``-`` for standard input. Relative
        paths in it are tried from the current folder and from the folder of the file.
    :return: What became of each passage.
    :raises SummarizerError: If the file cannot be read, is no summary, or a source has no path.
    """
    given = fspath(summary)
    name = "standard input" if given == "-" else given
    record = _load(given)
    try:
        passages = list(_passages(record))
        sources = {source["number"]: source for source in record["sources"]}
        paths = {number: source["path"] for number, source in sources.items()}
        joined = " ".join(sentence["text"] for sentence in record["sentences"])
        if normalize_space(record["text"]) != normalize_space(joined):
            raise ValueError("its text is not that of its sentences")
        for passage in passages:
            if passage.source not in paths:
                raise ValueError(f"there is no source {passage.source}")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        why = f"it has no {error}" if isinstance(error, KeyError) else error
        raise SummarizerError(f"{name}: is not a summary in JSON ({why})") from error
    if not passages:
        raise SummarizerError(f"{name}: has no sentence to check")
    checked: dict[int, list[Check]] = {}
    for number in {passage.source: None for passage in passages}:
        if not isinstance(paths[number], str) or not paths[number]:
            raise SummarizerError(f"{name}: source {number} has no path, so it cannot be read")
        own = [passage for passage in passages if passage.source == number]
        checked[number] = _check_source(sources[number], Path(given).parent, own)
    return Verification(tuple(checked[passage.source].pop(0) for passage in passages))


@dataclass(frozen=True, slots=True)
class _Passage:
    sentence: int
    role: Literal["quote", "corroboration"]
    source: int
    start: int
    end: int
    text: str


class _Source:
    """The text of a source as it reads today."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def sentences(self) -> list[tuple[int, int, list[str]]]:
        """Start, end and words of each sentence, whatever part of the text it is in."""
        blocks = [Block("body", *match.span()) for match in _PARAGRAPH.finditer(self.text)]
        found = split([Document("", self.text)], [blocks])
        return [(sentence.start, sentence.end, tokenize(sentence.text)) for sentence in found]

    def look_up(self, passage: _Passage) -> tuple[Status, Found | None]:
        """Tell what became of a passage."""
        if self.text[passage.start : passage.end] == passage.text:
            return "intact", self._found(passage.start, passage.end, 1.0)
        start = self._nearest(re.escape(passage.text), passage.start)
        if start is not None:
            return "moved", self._found(*start, 1.0)
        rewrapped = self._nearest(r"\s+".join(map(re.escape, passage.text.split())), passage.start)
        if rewrapped is not None:
            return "changed", self._found(*rewrapped, 1.0)
        return self._most_similar(passage)

    def _nearest(self, pattern: str, start: int) -> tuple[int, int] | None:
        spans = (match.span() for match in re.finditer(pattern, self.text))
        return min(spans, key=lambda span: (abs(span[0] - start), span), default=None)

    def _most_similar(self, passage: _Passage) -> tuple[Status, Found | None]:
        matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
        matcher.set_seq2(tokenize(passage.text))
        best: tuple[float, int, tuple[int, int]] | None = None
        for start, end, words in self.sentences:
            matcher.set_seq1(words)
            least = _SIMILAR if best is None else best[0]
            if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
                continue
            found = (matcher.ratio(), -abs(start - passage.start), (start, end))
            if found[0] >= _SIMILAR and (best is None or found > best):
                best = found
        if best is None:
            return "missing", None
        return "changed", self._found(*best[2], round(best[0], 3))

    def _found(self, start: int, end: int, similarity: float) -> Found:
        line = self.text.count("\n", 0, start) + 1
        return Found(start, end, line, self.text[start:end], similarity)


def _load(given: str) -> Any:
    name = "standard input" if given == "-" else given
    try:
        if given == "-":
            if sys.stdin is None:
                raise SummarizerError("standard input is closed; name a file for --verify")
            return json.loads(sys.stdin.buffer.read())
        return json.loads(Path(given).read_bytes())
    except OSError as error:
        raise SummarizerError(f"{name}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise SummarizerError(f"{name}: is not JSON ({error})") from error


def _passages(record: Any) -> Iterator[_Passage]:
    """Yield the quotes and their corroboration.

    :raises ValueError: If a field is not what a summary has there; KeyError or TypeError likewise.
    """
    for number, sentence in enumerate(record["sentences"], 1):
        yield _passage(number, "quote", sentence)
        for passage in sentence["corroboration"]:
            yield _passage(number, "corroboration", passage)


def _passage(number: int, role: Literal["quote", "corroboration"], record: Any) -> _Passage:
    source, start, end = (record[name] for name in ("source", "start", "end"))
    if not all(type(value) is int and value >= 0 for value in (source, start, end)):
        raise ValueError(f"source, start and end of sentence {number} are not all numbers")
    if not isinstance(record["text"], str) or not record["text"].strip():
        raise ValueError(f"the text of sentence {number} is not a text")
    return _Passage(number, role, source, start, end, record["text"])


def _check_source(source: Any, folder: Path, passages: list[_Passage]) -> list[Check]:
    """Check the passages of one source in whichever text under its name has most of them."""
    path = source["path"]
    found: list[Document] = []
    note = "there is no such file"
    for place in {Path(path).absolute(): None, (folder / path).absolute(): None}:
        file = None
        try:
            # A path may go on inside a file that holds several documents.
            file = next((part for part in (place, *place.parents) if part.is_file()), None)
            if file is not None:
                documents = read([file])
                named = [document for document in documents if document.path == str(place)]
                found += named or documents
            elif place.exists():
                note = "is not a regular file"
        except (ReadError, OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            note = reason.removeprefix(f"{file}: ")

    def holds(document: Document) -> tuple[int, int, bool]:
        text = document.text
        return (
            sum(text[p.start : p.end] == p.text for p in passages),
            sum(p.text in text for p in passages),
            document.id == source.get("id"),
        )

    text = _Source(max(found, key=holds).text) if found else None
    note = "" if found else f"{path}: {note}"
    return [
        Check(
            p.sentence,
            p.role,
            p.source,
            path,
            p.start,
            p.end,
            p.text,
            *(text.look_up(p) if text else ("missing", None)),
            note=note,
        )
        for p in passages
    ]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
