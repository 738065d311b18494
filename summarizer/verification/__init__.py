"""Whether the quotes of a summary in JSON still stand in its sources, read anew."""

import dataclasses
import json
import sys
from collections.abc import Iterator, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from ..datatypes import Document
from ..errors import ReadError, SummarizerError
from ..locating import is_remote
from ..readers import Limits, read
from ..readers.paths import TEXT_ENDINGS
from ..text.tokens import normalize_space
from .finding import inner_path, outer_file
from .lookup import Text
from .records import STATUSES, Check, Found, Passage, Role, Status, Verification

# So many files beside one that is gone are looked through.
_BESIDE = 1000

__all__ = ["STATUSES", "Check", "Found", "Status", "Verification", "verify"]


def verify(summary: str | PathLike[str], *, limits: Limits | None = None) -> Verification:
    """Look up every quote and every other passage of a summary in its sources.

    :param summary: A file that ``--format json`` wrote, or ``-`` for standard input. Relative
        paths in it are tried from the current folder and from the folder of the file.
    :param limits: What a source may cost to read; by default ``Limits()``.
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
    files = _Sources(Path(given).parent, limits)
    checked: dict[int, list[Check]] = {}
    for number in {passage.source: None for passage in passages}:
        if not isinstance(paths[number], str) or not paths[number]:
            raise SummarizerError(f"{name}: source {number} has no path, so it cannot be read")
        own = [passage for passage in passages if passage.source == number]
        checked[number] = files.check(sources[number], own)
    return Verification(tuple(checked[passage.source].pop(0) for passage in passages))


class _Sources:
    """The files of sources, each read once.

    :param folder: The folder of the summary, from which relative paths are tried too.
    :param limits: What a file may cost.
    """

    def __init__(self, folder: Path, limits: Limits | None) -> None:
        self._folder = folder
        self._limits = limits
        self._read: dict[str, Sequence[Document] | str] = {}

    def check(self, source: Any, passages: Sequence[Passage]) -> list[Check]:
        """Check the passages of one source in whichever text under its name has most of them."""
        path = source["path"]
        found: list[tuple[Document, str]] = []
        note = "there is no such file"
        for place in self._places(path):
            try:
                file = outer_file(place)
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
            found += named or _elsewhere(documents, path, place, file, passages)
            note = f"is no longer in {file}"
        found = found or self._beside(path, passages)
        if not found:
            return [
                _check(passage, path, "missing", None, f"{path}: {note}") for passage in passages
            ]

        def holds(candidate: tuple[Document, str]) -> tuple[int, int, bool]:
            document = candidate[0]
            return (
                sum(document.text[p.start : p.end] == p.text for p in passages),
                sum(p.text in document.text for p in passages),
                document.id == source.get("id"),
            )

        best, name = max(found, key=holds)
        text = Text(best, name)
        return [_check(passage, path, *text.look_up(passage)) for passage in passages]

    def _places(self, path: str) -> list[str]:
        """Return where a source may be found."""
        if is_remote(path):
            return [path]
        return list({str(place.absolute()): None for place in (Path(path), self._folder / path)})

    def _beside(self, path: str, passages: Sequence[Passage]) -> list[tuple[Document, str]]:
        """Return documents in the folder of a source that is gone that can be it, renamed.

        They hold all passages where they stood, as nothing does that quotes them.
        """
        found: list[tuple[Document, str]] = []
        named = Path(path)
        for place in self._places(path) if named.name and not is_remote(path) else []:
            try:
                others = sorted(file for file in Path(place).parent.iterdir() if file.is_file())
            except (OSError, ValueError):
                continue
            likely = [file for file in others if file.suffix.lower() in TEXT_ENDINGS][:_BESIDE]
            for file in likely:
                documents = self._documents(str(file))
                if not isinstance(documents, str):
                    renamed = str(named.with_name(file.name))
                    found += [
                        (document, renamed + (document.path or "").removeprefix(str(file)))
                        for document in documents
                        if all(document.text[p.start : p.end] == p.text for p in passages)
                    ]
        return found

    def _documents(self, file: str) -> Sequence[Document] | str:
        """Return what a file holds, or why it cannot be read."""
        if file not in self._read:
            try:
                self._read[file] = read([file], limits=self._limits)
            except ReadError as error:
                self._read[file] = str(error).removeprefix(f"{file}: ")
        return self._read[file]


def _elsewhere(
    documents: Sequence[Document], path: str, place: str, file: str, passages: Sequence[Passage]
) -> list[tuple[Document, str]]:
    """Return the other documents of a file that hold a passage, and what a summary calls them."""
    outer = path.removesuffix(inner_path(place, file))
    return [
        (document, outer + inner_path(document.path or file, file))
        for document in documents
        if any(passage.text in document.text for passage in passages)
    ]


def _check(
    passage: Passage, path: str, status: Status, found: Found | None, note: str = ""
) -> Check:
    if status == "intact" and found is not None and found.path != path:
        status = "moved"
    return Check(**dataclasses.asdict(passage), path=path, status=status, found=found, note=note)


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


def _passages(record: Any) -> Iterator[Passage]:
    """Yield the quotes, and the passages that say the same or differ.

    :raises ValueError: If a field is not what a summary has there; KeyError or TypeError likewise.
    """
    for number, sentence in enumerate(record["sentences"], 1):
        yield _passage(number, "quote", sentence)
        for passage in (*sentence["agreeing"], *sentence["partly"], *sentence["copies"]):
            yield _passage(number, "corroboration", passage)
        for passage in sentence["differing"]:
            yield _passage(number, "disagreement", passage)
            for words in passage["differences"]:
                one = slice(*(words[end] - sentence["start"] for end in ("start", "end")))
                other = slice(
                    *(words[f"other_{end}"] - passage["start"] for end in ("start", "end"))
                )
                found = sentence["text"][one], passage["text"][other]
                if found != (words["text"], words["other_text"]):
                    raise ValueError(f"words of sentence {number} that differ are not there")


def _passage(number: int, role: Role, record: Any) -> Passage:
    source, start, end = (record[name] for name in ("source", "start", "end"))
    if not all(type(value) is int and value >= 0 for value in (source, start, end)):
        raise ValueError(f"source, start and end of sentence {number} are not all numbers")
    if not isinstance(record["text"], str) or not record["text"].strip():
        raise ValueError(f"the text of sentence {number} is not a text")
    return Passage(number, role, source, start, end, record["text"])
