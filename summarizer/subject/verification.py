"""Whether the quotes of a summary in JSON still stand in its sources, read anew.

A summary may come from anybody. So nothing is opened but regular files below the folder of the
summary, or below folders that the caller names; no link leads out of these, no address is asked
unless the caller says so, and of what stands in a file nothing is shown but words of the quotes.
"""

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path, PurePath
from time import monotonic
from typing import Any, Literal, get_args

from ..datatypes import KINDS, Document, EvidenceKind
from ..errors import OptionError, ReadError, SummarizerError, counted
from ..readers import Documents, Limits, checked_limits, read
from ..readers.documents import LINE_BREAKS, Locator
from ..readers.formats import DOCUMENT_ENDINGS
from ..readers.paths import (
    is_remote,
    is_within,
    plain_path,
    read_bytes,
    remote_kind,
)
from ..text.sentences import split_sentences
from ..text.tokens import normalize_space, tokenize

Role = Literal["quote", EvidenceKind]
Status = Literal["intact", "moved", "changed", "missing", "refused"]
STATUSES: tuple[Status, ...] = get_args(Status)
# The lists of passages of other sources, under their names in all versions of the format.
_LISTS: dict[str, Role] = {
    **{kind: kind for kind in KINDS},
    "corroboration": "agreeing",
    "disagreement": "differing",
}
_SHOWN = {"quote": "", "agreeing": "also ", "differing": "differs ", "copies": "copy "}
# A sentence with at least this share of the words of a quote, in order, is that quote changed.
_SIMILAR = 0.5
# Longer sentences are not compared word by word, which takes quadratic time.
_LONGEST = 1000
# At most this many files beside a missing one are searched.
_BESIDE = 1000
# Schemes of addresses that cannot lead to a file on this machine.
_STORAGE = {
    *("http", "https", "ftp", "sftp", "s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "hdfs"),
    *("webhdfs", "memory"),
}
_TOO_SLOW = "not found in time; raise the time limit"
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"\w+")
_ELLIPSES = re.compile(r"…(?:\W?…)+")


@dataclass(frozen=True, slots=True)
class Match:
    """The text found in a source today for a passage.

    :param path: The document that it stands in, as the summary would name it.
    :param start: The offset of its first character.
    :param end: The offset after its last character.
    :param where: Where to look in the original: ``page 3``, ``line 9``.
    :param text: It, with ``…`` for each run of words that the passage does not have.
    :param similarity: Share of words in common with the passage, 0 to 1.
    """

    path: str
    start: int
    end: int
    where: str
    text: str
    similarity: float


@dataclass(frozen=True, slots=True)
class CheckedPassage:
    """A passage that a summary names, and what became of it.

    :param sentence: The sentence of the summary that it belongs to, counted from 1.
    :param role: Whether it is the quote itself, or how its source stands to the quote.
    :param source: The number of its source.
    :param start: Where the summary says that it starts.
    :param end: Where the summary says that it ends.
    :param text: It, as the summary has it.
    :param path: The file of its source, as the summary names it.
    :param status: What became of it.
    :param found: What stands there now; None where it is missing, or its file was not opened.
    :param note: Why its file cannot be read, or an empty string.
    :param topic: The id of the topic, where the summaries of many stand in one file.
    """

    sentence: int
    role: Role
    source: int
    start: int
    end: int
    text: str
    path: str
    status: Status
    found: Match | None
    note: str = ""
    topic: str | int | None = None

    def __str__(self) -> str:
        quoted = f"“{normalize_space(self.text)}”"
        topic = "" if self.topic is None else f"{self.topic}, "
        place = f"sentence {self.sentence} [{_SHOWN.get(self.role, f'{self.role} ')}{self.source}]"
        name = f"{topic}{place}: {self.status}"
        if self.found is None:
            why = f"({self.note})" if self.note else f"in {self.path}"
            return _one_line(f"{name}: {quoted} {why}")
        place = f"{self.found.path}, {self.found.where}, {self.found.start}-{self.found.end}"
        if self.status == "changed":
            now = normalize_space(self.found.text)
            return _one_line(f"{name}: {quoted} now reads “{now}” ({place})")
        before = f"{self.start}-{self.end}"
        if self.found.path != self.path:
            before = f"{self.path}, {before}"
        moved = f", not {before}" if self.status == "moved" else ""
        return _one_line(f"{name}: {quoted} ({place}{moved})")


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome for every passage of a summary, in its order."""

    checks: tuple[CheckedPassage, ...]

    @property
    def intact(self) -> bool:
        """Whether every passage is where the summary says."""
        return all(check.status == "intact" for check in self.checks)

    @property
    def _statuses(self) -> Counter[Status]:
        return Counter(check.status for check in self.checks)

    def __str__(self) -> str:
        statuses = self._statuses
        sources = len({(check.topic, check.source) for check in self.checks})
        of = f"{counted(len(self.checks), 'passage')} of {counted(sources, 'source')}"
        shown = (one for one in STATUSES if one != "refused" or statuses[one])
        counts = ", ".join(f"{statuses[status]} {status}" for status in shown)
        lines = [str(check) for check in self.checks if check.status != "intact"]
        return "\n".join([*lines, f"{of}: {counts}"])

    def to_json(self) -> str:
        """Render as JSON: the number of passages of each status, and every passage."""
        record: dict[str, Any] = {
            **{status: self._statuses[status] for status in STATUSES},
            "passages": [asdict(check) for check in self.checks],
        }
        return json.dumps(record, ensure_ascii=False, indent=2)


def verify(
    summary: str | PathLike[str] | Mapping[str, Any],
    *,
    limits: Limits | None = None,
    roots: Sequence[str | PathLike[str]] | None = None,
    allow_remote: bool = False,
) -> Verification:
    """Look up every quote and every other passage of a summary in its sources.

    :param summary: A file that ``--format json`` or ``summarize each`` wrote, ``-`` for standard
        input, or what ``to_dict`` returned. Relative paths in it are tried from the current folder
        and from the folder of the file.
    :param limits: What reading the summary and each source may cost; by default ``Limits()``.
    :param roots: Folders in which sources may be opened, besides the folder of the summary; by
        default the current folder. An empty list allows no further folder.
    :param allow_remote: Whether sources at remote addresses may be opened.
    :return: What became of each passage.
    :raises SummarizerError: If the file cannot be read or is not a summary.
    :raises OptionError: If an argument is of the wrong type, or a root is not a folder.
    """
    try:
        given = None if isinstance(summary, Mapping) else os.fsdecode(fspath(summary))
        listed = [roots] if isinstance(roots, str | PathLike) else ["."] if roots is None else roots
        named = [os.fsdecode(fspath(root)) for root in listed]
    except TypeError as error:
        raise OptionError(f"summary and roots must be paths ({error})") from error
    limits = checked_limits(limits)
    for root in named if roots is not None else ():
        if not os.path.isdir(root):  # noqa: PTH112 (False, not an error, for a NUL)
            raise OptionError(f"{_one_line(root)}: is not a folder; name one with the sources")
    name = "standard input" if given == "-" else _one_line(given or "the summary")
    record: Any = summary if given is None else _load(given, name, limits)
    records, several = [record], isinstance(record, list)
    if several:
        found = (one for one in record if isinstance(one, dict) and "error" not in one)
        # A topic that does not answer its question has no sentence.
        records = [one for one in found if one.get("sentences") != []]
    if not records:
        raise SummarizerError(f"{name}: is not a summary in JSON (it holds none)")
    checks: list[CheckedPassage] = []
    for one in records:
        topic = one.get("id") if several else None
        path = Path(given) if given else None
        files = _SourceFiles(path, named, limits, allow_remote=allow_remote)
        of_topic = _checks(one, f"{name}, {_one_line(topic)}" if several else name, files)
        checks += (replace(check, topic=topic) for check in of_topic)
    return Verification(tuple(checks))


def _checks(record: Any, name: str, files: "_SourceFiles") -> Iterator[CheckedPassage]:
    """Yield the outcome for each passage of a summary."""
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
    by_source: dict[int, list[CheckedPassage]] = {}
    for passage in passages:
        by_source.setdefault(passage.source, []).append(passage)
    checked = {n: iter(files.check(sources[n], own)) for n, own in by_source.items()}
    return (next(checked[passage.source]) for passage in passages)


def is_summary(path: str) -> bool:
    """Return whether a path is that of a summary in JSON."""
    if not path.lower().endswith(".json") or is_remote(path) or not Path(path).is_file():
        return False
    try:
        record = json.loads(read_bytes(path, Limits()))
    except (ReadError, ValueError, RecursionError):
        return False
    return isinstance(record, dict) and {"signature", "sentences", "sources"} <= set(record)


def read_sources(summary: str, *, limits: Limits) -> Documents:
    """Open the sources of a summary again, below its folder or the current one."""
    name = _one_line(summary)
    record = _load(summary, name, limits)
    try:
        paths = [source["path"] for source in record["sources"]]
    except (KeyError, TypeError) as error:
        raise SummarizerError(f"{name}: is not a summary in JSON") from error
    files = _SourceFiles(Path(summary), ["."], limits, allow_remote=False)
    documents: list[Document] = []
    skipped: list[str] = []
    for number, path in enumerate(paths, 1):
        if not isinstance(path, str) or not path:
            skipped.append(f"{name}: source {number} has no path, so it cannot be read")
            continue
        found, note = files.open(path)
        for one in found:
            name_here = one.path or ""
            if is_within(name_here, "."):
                name_here = os.path.relpath(name_here)
            documents.append(replace(one, path=name_here))
        if not found:
            skipped.append(_one_line(f"{path}: {note}"))
    if not documents:
        why = skipped[0] if skipped else "it has none"
        raise SummarizerError(f"{name}: none of its sources can be opened ({why})")
    return Documents(documents, skipped)


def _load(given: str, name: str, limits: Limits) -> Any:
    """Load a JSON file; JSON Lines give a list."""
    if is_remote(given):
        raise SummarizerError(f"{name}: is an address; save the summary to a file first")
    # A small limit is meant for the sources, not for the file of summaries.
    limits = replace(limits, size=max(limits.size, Limits().size))
    try:
        data = read_bytes(given, limits)
        first, *more = data.strip().split(b"\n")
        lines = bool(more) and first.startswith(b"{") and first.rstrip().endswith(b"}")
        return [json.loads(line) for line in (first, *more)] if lines else json.loads(data)
    except ReadError as error:
        raise SummarizerError(_one_line(error)) from error
    except (ValueError, RecursionError) as error:
        raise SummarizerError(f"{name}: is not JSON ({_one_line(error)})") from error


def _passages(record: Any) -> Iterator[CheckedPassage]:
    """Yield the quotes, and the passages of other sources that a sentence lists."""
    for number, sentence in enumerate(record["sentences"], 1):
        yield _passage(number, "quote", sentence)
        for name in [name for name in sentence if name in _LISTS]:
            for passage in sentence[name] or ():
                yield _passage(number, _LISTS[name], passage)
                for words in passage.get("differences") or ():
                    one = slice(*(words[end] - sentence["start"] for end in ("start", "end")))
                    other = slice(
                        *(words[f"other_{end}"] - passage["start"] for end in ("start", "end"))
                    )
                    found = sentence["text"][one], passage["text"][other]
                    if found != (words["text"], words["other_text"]):
                        raise ValueError(f"words of sentence {number} that differ are not there")


def _passage(number: int, role: Role, record: Any) -> CheckedPassage:
    source, start, end = (record[name] for name in ("source", "start", "end"))
    if not all(type(value) is int and value >= 0 for value in (source, start, end)):
        raise ValueError(f"source, start and end of sentence {number} are not all numbers")
    if not isinstance(record["text"], str) or not record["text"].strip():
        raise ValueError(f"the text of sentence {number} is not a text")
    return CheckedPassage(number, role, source, start, end, record["text"], "", "missing", None)


class _SourceFiles:
    """Reads each source file once, below the folder of the summary or one of the roots."""

    def __init__(
        self, summary: Path | None, roots: Sequence[str], limits: Limits, *, allow_remote: bool
    ) -> None:
        self._summary = summary
        self._folders = [] if summary is None else [summary.parent]
        self._roots = [*map(str, self._folders), *roots]
        self._limits = limits
        self._allow_remote = allow_remote
        self._read: dict[str, Sequence[Document] | str] = {}

    def check(self, source: Any, passages: Sequence[CheckedPassage]) -> list[CheckedPassage]:
        """Check the passages of one source against the document that has most of them."""
        path = source["path"]
        if not isinstance(path, str) or not path:
            note = f"source {source['number']} has no path, so it cannot be read"
            return [replace(passage, note=note) for passage in passages]
        until = monotonic() + self._limits.seconds
        places, refused = self._places(path)
        found, note = self._at(places, path, passages)
        if not found:
            found = self._beside(places, path, passages, until)
        if not found:
            note = _one_line(f"{path}: {refused or note}")
            status: Status = "missing" if places else "refused"
            return [replace(one, path=path, status=status, note=note) for one in passages]

        def holds(candidate: tuple[Document, str]) -> tuple[int, int, bool]:
            document = candidate[0]
            return (
                sum(document.text[p.start : p.end] == p.text for p in passages),
                sum(p.text in document.text for p in passages),
                document.id == source.get("id"),
            )

        best, name = max(found, key=holds) if len(found) > 1 else found[0]
        text = _Text(best, name)
        return [text.look_up(replace(passage, path=path), until) for passage in passages]

    def open(self, path: str) -> tuple[list[Document], str]:
        """Return the documents with the path of a source, or an empty list and the reason."""
        places, refused = self._places(path)
        found, note = self._at(places, path, ())
        # Advice on roots and addresses is for ``verify`` only.
        why, advised, _ = (refused or note).partition(";")
        return [document for document, _ in found], why + "; name it itself" * bool(advised)

    def _at(
        self, places: Sequence[str], path: str, passages: Sequence[CheckedPassage]
    ) -> tuple[list[tuple[Document, str]], str]:
        """Return the documents at some paths, each with its path in a summary, or why not."""
        found: list[tuple[Document, str]] = []
        note = "there is no such file"
        for place in places:
            try:
                file = self._outer_file(place)
            except (OSError, ValueError, ReadError) as error:
                note = getattr(error, "strerror", None) or str(error).removeprefix(f"{place}: ")
                continue
            if file is None:
                continue
            documents = self._documents(file)
            if isinstance(documents, str):
                note = documents
                continue
            named = [(document, path) for document in documents if document.path == place]
            outer = path.removesuffix(_inner_path(place, file))
            found += named or [
                (document, outer + _inner_path(document.path or file, file))
                for document in documents
                if any(passage.text in document.text for passage in passages)
            ]
            note = f"is no longer in {file}"
        return found, note

    def _places(self, path: str) -> tuple[list[str], str]:
        """Return the paths where a source may be opened, and why others are refused."""
        path = plain_path(path)
        if is_remote(path):
            if not self._allow_remote:
                return [], "is an address; allow addresses to have it opened"
            if path.partition("://")[0].lower() not in _STORAGE or "::" in path:
                return [], "is an address that may lead to files of this machine; read it yourself"
            return [path], ""
        try:
            named = (Path(path), *(folder / path for folder in self._folders))
            places = list(dict.fromkeys(str(place.absolute()) for place in named))
            allowed = list(filter(self._is_allowed, places))
        except (OSError, ValueError) as error:
            return [], f"cannot be read ({getattr(error, 'strerror', None) or error})"
        if len(allowed) == len(places) or any(map(os.path.isfile, allowed)):
            return allowed, ""
        outside = next(place for place in places if place not in allowed)
        add = f"name {Path(outside).parent} as a root"
        if allowed:
            return allowed, f"there is no such file; to look from the current folder too, {add}"
        return [], f"is outside the folder of the summary; to open it, {add}"

    def _outer_file(self, place: str) -> str | None:
        """Return the file at a path, or the archive that the path leads into; None without one."""
        if is_remote(place):
            return _outer_remote(place)
        file = next((part for part in (Path(place), *Path(place).parents) if part.is_file()), None)
        if file is None and Path(place).exists():
            raise ReadError("is not a regular file")
        return str(file) if file and self._is_allowed(str(file)) else None

    def _is_allowed(self, path: str) -> bool:
        return any(is_within(path, root) for root in self._roots)

    def _beside(
        self, places: Sequence[str], path: str, passages: Sequence[CheckedPassage], until: float
    ) -> list[tuple[Document, str]]:
        """Return documents beside a missing source that may be the same file renamed.

        They hold all passages where they stood, as nothing does that quotes them.
        """
        named = Path(path)
        own = self._summary if self._summary and self._summary.is_file() else None
        for place in places if named.name and not is_remote(path) else []:
            try:
                others = sorted(
                    file
                    for file in Path(place).parent.iterdir()
                    if file.suffix.lower() in DOCUMENT_ENDINGS
                    and file.is_file()
                    and not (own and file.samefile(own))
                    and self._is_allowed(str(file))
                )
            except (OSError, ValueError):
                continue
            for file in others[:_BESIDE]:
                if monotonic() > until:
                    return []
                documents = self._documents(str(file), keep=False)
                found = [
                    (document, f"{named.with_name(file.name)}{own.removeprefix(str(file))}")
                    for document in (() if isinstance(documents, str) else documents)
                    for own in [document.path or ""]
                    if all(document.text[p.start : p.end] == p.text for p in passages)
                ]
                if found:
                    return found
        return []

    def _documents(self, file: str, *, keep: bool = True) -> Sequence[Document] | str:
        """Return the documents of a file, or why it cannot be read."""
        if file in self._read:
            return self._read[file]
        found: Sequence[Document] | str
        try:
            found = read([file], limits=self._limits)
        except ReadError as error:
            found = str(error).removeprefix(f"{file}: ")
        if keep:
            self._read[file] = found
        return found


def _outer_remote(path: str) -> str | None:
    start = path.index("://") + 3
    while len(path) > start and not (kind := remote_kind(path)):
        path = path[:start] + path[start:].rpartition("/")[0]
    return path if len(path) > start and kind == "file" else None


def _inner_path(path: str, file: str) -> str:
    """Return the part of a path that is inside a file, e.g. an archive."""
    if is_remote(file):
        return path[len(file) + 1 :]
    return str(PurePath(path).relative_to(file))


class _Text:
    """A document as it is today; looking a passage up takes time linear in its length."""

    def __init__(self, document: Document, path: str) -> None:
        self._document = document
        self._locator = Locator(document)
        self._path = path

    def look_up(self, passage: CheckedPassage, until: float) -> CheckedPassage:
        """Look a passage up; after ``until`` it counts as missing, with a note."""
        text, start = self._document.text, passage.start
        if text[start : passage.end] == passage.text:
            same = self._path == passage.path
            return self._found(passage, "intact" if same else "moved", start, passage.end)
        if monotonic() > until:
            return replace(passage, note=_TOO_SLOW)
        place = _nearest(text, passage.text, start)
        if place is not None:
            return self._found(passage, "moved", place, place + len(passage.text))
        words = " ".join(passage.text.split())
        # Start near the same number of words.
        place = _nearest(self._flat, words, len(" ".join([*text[:start].split(), ""])))
        if place is not None:
            first, last = self._in_text(place), self._in_text(place + len(words) - 1)
            return self._found(passage, "changed", first, last + 1)
        return self._most_similar(passage, until)

    @cached_property
    def _flat(self) -> str:
        """The text with single spaces."""
        return " ".join(self._document.text.split())

    def _in_text(self, place: int) -> int:
        """Return the offset in the text of a letter of the text with single spaces."""
        before = place - self._flat.count(" ", 0, place)
        for word in _WORD.finditer(self._document.text):
            if before < len(word[0]):
                return word.start() + before
            before -= len(word[0])
        raise IndexError(place)

    @cached_property
    def _sentences(self) -> list[tuple[int, int, list[str]]]:
        """Start, end and words of every sentence, headings and captions included."""
        return [
            (match.start() + start, match.start() + end, tokenize(match[0][start:end]))
            for match in _PARAGRAPH.finditer(self._document.text)
            for start, end in split_sentences(match[0])
        ]

    def _most_similar(self, passage: CheckedPassage, until: float) -> CheckedPassage:
        matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
        wanted = tokenize(passage.text)
        best: tuple[float, int, tuple[int, int]] = (_SIMILAR, -sys.maxsize, (0, 0))
        matcher.set_seq2(wanted)
        for start, end, words in self._sentences if len(wanted) <= _LONGEST else ():
            if monotonic() > until:
                return replace(passage, note=_TOO_SLOW)
            if len(words) > _LONGEST:
                continue
            matcher.set_seq1(words)
            if matcher.real_quick_ratio() >= best[0] and matcher.quick_ratio() >= best[0]:
                best = max(best, (matcher.ratio(), -abs(start - passage.start), (start, end)))
        similarity, _, (start, end) = best
        if not end:
            return passage
        return self._found(passage, "changed", start, end, round(similarity, 3))

    def _found(
        self, passage: CheckedPassage, status: Status, start: int, end: int, similarity: float = 1.0
    ) -> CheckedPassage:
        text = self._document.text[start:end]
        if similarity < 1:
            text = _words_of(text, passage.text)
        found = Match(self._path, start, end, self._locator.where(start), text, similarity)
        return replace(passage, status=status, found=found)


def _nearest(text: str, wanted: str, start: int) -> int | None:
    """Return the occurrence of a string nearest to ``start``; of two as near, the earlier one.

    One that overlaps an earlier one does not count, so that the time is linear.
    """
    places = (match.start() for match in re.finditer(re.escape(wanted), text))
    return min(places, key=lambda place: abs(place - start), default=None)


def _words_of(text: str, quote: str) -> str:
    """Replace each run of words that a quote does not have by ``…``."""
    known = {word.casefold() for word in _LETTERS.findall(quote)}
    shown = _LETTERS.sub(lambda word: word[0] if word[0].casefold() in known else "…", text)
    return _ELLIPSES.sub("…", shown)


def _one_line(text: object) -> str:
    return LINE_BREAKS.sub(" ", str(text))
