"""Paths, globs and standard input to Documents: each file goes to the reader of its format."""

import os
import re
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path, PurePath
from time import monotonic
from typing import Any

from ..datatypes import Document
from ..errors import OptionError, ReadError
from .documents import LINE_BREAKS, Documents, Origin
from .formats import FORMATS, detect, parse
from .limits import TOO_MANY, Limits, Meter
from .paths import find_files, read_bytes
from .sandbox import Member, Sandbox

__all__ = ["Documents", "Limits", "read", "read_upload"]

_TEXTS = frozenset({"markdown", "text"})
# Bytes of a text that is decoded in no time, whatever it holds; a longer one is timed.
_SMALL = 1 << 20
_STANDARD_INPUT = "standard input"
_SURROGATE = re.compile("[\ud800-\udfff]")


def read(
    paths: Iterable[str | PathLike[str]],
    *,
    limits: Limits | None = None,
    strict: bool = False,
    column: str | None = None,
    sandbox: Sandbox | None = None,
) -> Documents:
    """Read files of any format and encoding.

    The format is recognized from the content: text, Markdown, reStructuredText, AsciiDoc, HTML,
    PDF, DOCX, ODT, RTF, PPTX, EPUB, subtitles, mails and mailboxes; CSV, XLSX, ODS, JSON, JSONL,
    RIS and BibTeX (one document a row, record or entry); and ZIP, tar and gzip archives of these.

    :param paths: Files, folders (all documents in them, sorted, without hidden ones), glob
        patterns, addresses that fsspec can open, or ``-`` for standard input. A file that is named
        twice is read once.
    :param limits: What reading a file may cost; by default ``Limits()``.
    :param strict: Whether a file that cannot be read is an error even if others can be read.
    :param column: The column of tables, or the key of JSON records, that contains the text. By
        default it is the one with a usual name, or the only one that contains prose.
    :param sandbox: The process in which parsers run, for callers who read many times; by default
        each call starts one.
    :return: A sequence of ``documents``, one a file, row or message, in the order of ``paths``, and
        what was ``skipped``; an empty file gives an empty document.
    :raises ReadError: If a path does not exist or is not a path, or if no file can be read.
    :raises OptionError: If ``limits`` is not a ``Limits``.
    """
    limits = checked_limits(limits)
    if isinstance(paths, str | bytes | PathLike):
        paths = [paths]
    try:
        named = [os.fsdecode(fspath(path)) for path in paths]
    except TypeError as error:
        raise ReadError(f"paths must be strings or path objects ({error})") from error
    with nullcontext(sandbox) if sandbox else Sandbox(limits) as parser:
        reading = _Reading(limits, parser, column)
        try:
            files = find_files(named, reading.skipped, reading.notes)
        except ReadError as error:  # a name may have line feeds
            raise ReadError(LINE_BREAKS.sub(" ", str(error))) from error
        for path in files:
            if reading.full:
                reading.skipped.append(f"{path}: is left out with all that follows; {TOO_MANY}")
                break
            name = LINE_BREAKS.sub(" ", Path(path).name)
            origin = Origin(_STANDARD_INPUT, None) if path == "-" else Origin(name, path)
            try:
                reading.read(read_bytes(path, limits), origin)
            except ReadError as error:
                reading.skipped.append(str(error))
    return reading.found(strict=strict)


def read_upload(name: str, data: bytes, sandbox: Sandbox, limits: Limits) -> Documents:
    """Read a file that is held in memory; its name, by which it is cited, may lead nowhere.

    :raises ReadError: If it cannot be read.
    """
    reading = _Reading(limits, sandbox)
    reading.read(data, Origin(name, None))
    return reading.found(strict=False)


def checked_limits(limits: Limits | None) -> Limits:
    """Return limits, by default ``Limits()``.

    :raises OptionError: If they are something else.
    """
    limits = Limits() if limits is None else limits
    if not isinstance(limits, Limits):
        raise OptionError(f"limits must be Limits, not {type(limits).__name__}")
    return limits


class _Reading:
    """Reads files one after the other and keeps what was found."""

    def __init__(self, limits: Limits, sandbox: Sandbox, column: str | None = None) -> None:
        self.skipped: list[str] = []
        self.notes: list[str] = []
        self._documents: list[Document] = []
        self._limits = limits
        self._sandbox = sandbox
        self._column = column
        self._failed = 0

    @property
    def full(self) -> bool:
        """Whether there are as many documents, or files in archives without, as there may be."""
        return len(self._documents) + self._failed >= self._limits.files

    def found(self, *, strict: bool) -> Documents:
        """Return what was found, or raise a ReadError where nothing was."""
        said = [LINE_BREAKS.sub(" ", line) for line in (*self.skipped, *self.notes)]
        if not self._documents or (strict and self.skipped):
            why = "; ".join(said) or "name files or folders to read"
            raise ReadError(why if self.skipped else f"nothing to read: {why}")
        return Documents(self._documents, said)

    def read(self, data: bytes, origin: Origin) -> None:
        """Read a file, or all that is in an archive; a ReadError says that nothing of it can be."""
        until = monotonic() + self._limits.seconds
        self._read(data, origin, 0, Meter(self._limits, len(data), until=until))

    def _read(self, data: bytes, origin: Origin, depth: int, meter: Meter) -> None:
        kind = detect(data, origin.name)
        if not FORMATS[kind].reader:
            self._read_archive(kind, data, origin, depth, meter)
            return
        if FORMATS[kind].zipped:
            from .archives import check_size

            check_size(data, origin.name, meter)
        room = self._limits.files - len(self._documents)
        origin = replace(origin, most=room, column=self._column)
        if kind in _TEXTS and len(data) <= _SMALL:
            found = parse(kind, data, origin)
        else:
            found = self._sandbox.read(kind, data, origin, meter.until)
        self._documents.extend(map(_without_surrogates, found))
        self.skipped.extend(found.skipped)

    def _read_archive(
        self, kind: str, data: bytes, origin: Origin, depth: int, meter: Meter
    ) -> None:
        limits = self._limits
        if depth == limits.depth:
            raise ReadError(
                f"{origin.name}: is more than {depth} archives deep; unpack it yourself"
            )
        before = len(self._documents), len(self.skipped)
        members: list[Member] = []
        broken: ReadError | None = None
        try:
            members.extend(self._sandbox.unpack(kind, data, origin, meter, self.notes))
        except ReadError as error:
            broken = error
        for tried, (name, content) in enumerate(members):
            if self.full or tried >= limits.files:
                self.skipped.append(f"{origin.name}: is left out from {name} on; {TOO_MANY}")
                break
            if monotonic() >= meter.until:
                late = limits.too_slow(f"{origin.name}: is left out from {name} on")
                self.skipped.append(str(late))
                break
            try:
                if isinstance(content, str):
                    raise ReadError(content)
                self._read(content, _inside(origin, kind, name), depth + 1, meter)
            except ReadError as error:
                self.skipped.append(str(error))
                self._failed += 1
        if broken is not None:
            raise broken
        if before == (len(self._documents), len(self.skipped)):
            raise ReadError(f"{origin.name}: holds no documents")


def _inside(origin: Origin, kind: str, name: str) -> Origin:
    """Name a file in an archive as if the archive were a folder, a message by its number."""
    if kind == "mbox":
        number = PurePath(name).stem
        return Origin(f"{origin.id}#{number}", origin.path and f"{origin.path}/{name}")
    if kind == "gzip":
        return Origin(name, origin.path)
    return Origin(PurePath(name).name, f"{origin.name}/{name}")


def _without_surrogates(document: Document) -> Document:
    """Replace halves of letters, which no encoding has, one for one."""
    fields = ("id", "text", "title", "url", "author", "site")
    changed: dict[str, Any] = {
        field: _SURROGATE.sub("\ufffd", value)
        for field in fields
        if (value := getattr(document, field)) and _SURROGATE.search(value)
    }
    return replace(document, **changed) if changed else document
