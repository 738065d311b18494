"""Paths, globs and standard input to Documents."""

import os
from collections.abc import Iterable
from contextlib import nullcontext
from os import PathLike, fspath
from typing import TYPE_CHECKING

from ..errors import OptionError, ReadError
from .documents import LINE_BREAKS, Documents
from .limits import TOO_MANY, Limits
from .paths import find_files

if TYPE_CHECKING:
    from .dispatch import Dispatcher
    from .sandbox import Sandbox

__all__ = ["Documents", "Limits", "read", "read_upload"]


def read(
    paths: Iterable[str | PathLike[str]],
    *,
    limits: Limits | None = None,
    strict: bool = False,
    column: str | None = None,
    sandbox: "Sandbox | None" = None,
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
    limits = Limits() if limits is None else limits
    if not isinstance(limits, Limits):
        raise OptionError(f"limits must be Limits, not {type(limits).__name__}")
    if isinstance(paths, str | bytes | PathLike):
        paths = [paths]
    try:
        named = [os.fsdecode(fspath(path)) for path in paths]
    except TypeError as error:
        raise ReadError(f"paths must be strings or path objects ({error})") from error
    from .dispatch import Dispatcher
    from .sandbox import Sandbox

    with nullcontext(sandbox) if sandbox else Sandbox(limits) as parser:
        reading = Dispatcher(limits, parser, column)
        try:
            files = find_files(named, reading.skipped, reading.notes)
        except ReadError as error:  # a name may have line feeds
            raise ReadError(LINE_BREAKS.sub(" ", str(error))) from error
        for path in files:
            if reading.full:
                reading.skipped.append(f"{path}: is left out with all that follows; {TOO_MANY}")
                break
            try:
                reading.read_file(path)
            except ReadError as error:
                reading.skipped.append(str(error))
    return _documents(reading, strict=strict)


def read_upload(name: str, data: bytes, sandbox: "Sandbox", limits: Limits) -> Documents:
    """Read a file that is held in memory.

    :param name: Its name, by which it is cited; it may lead nowhere.
    :param data: Its bytes.
    :param sandbox: The process in which parsers run.
    :param limits: What reading it may cost, but for its own size.
    :raises ReadError: If it cannot be read.
    """
    from .dispatch import Dispatcher
    from .documents import Origin

    reading = Dispatcher(limits, sandbox)
    reading.read_data(data, Origin(name, None))
    return _documents(reading, strict=False)


def _documents(reading: "Dispatcher", *, strict: bool) -> Documents:
    said = [LINE_BREAKS.sub(" ", line) for line in (*reading.skipped, *reading.notes)]
    if not reading.documents or (strict and reading.skipped):
        why = "; ".join(said) or "name files or folders to read"
        raise ReadError(why if reading.skipped else f"nothing to read: {why}")
    return Documents(reading.documents, said)
