"""Paths, globs and standard input to Documents; one file a format."""

import sys
from collections.abc import Iterable
from os import PathLike, fspath
from pathlib import Path

from ..datatypes import Document
from ..errors import ReadError
from .decoding import decode
from .markdown import read_markdown
from .paths import find_files
from .plaintext import read_plaintext

__all__ = ["Documents", "read"]

_FORMATS = {".md": read_markdown, ".markdown": read_markdown}


class Documents(list[Document]):
    """A list of documents that remembers what could not be read.

    :param skipped: One line for each file left out: its name and why. ``summarize`` repeats them
        in the summary's warnings.
    """

    def __init__(self, documents: Iterable[Document] = (), skipped: Iterable[str] = ()) -> None:
        super().__init__(documents)
        self.skipped = tuple(skipped)


def read(paths: Iterable[str | PathLike[str]]) -> Documents:
    """Read text and Markdown files in any encoding.

    :param paths: Files, folders (all text files below, sorted, hidden ones left out), glob
        patterns, or ``-`` for standard input. A file met twice is read once.
    :return: One document a file, in the order of ``paths``; an empty file gives an empty document.
    :raises ReadError: If a path is not one or does not exist, or no file could be read.
    """
    if isinstance(paths, str | PathLike):
        paths = [paths]
    documents: list[Document] = []
    skipped: list[str] = []
    try:
        named = [fspath(path) for path in paths]
    except TypeError as error:
        raise ReadError(f"paths must be strings or path objects ({error})") from error
    found = find_files(named, skipped)
    for path in found:
        try:
            documents.append(_read_file(path))
        except ReadError as error:
            skipped.append(str(error))
    if not documents:
        raise ReadError("; ".join(skipped) or "no files given: name files or folders to read")
    return Documents(documents, skipped)


def _read_file(path: str) -> Document:
    if path == "-":
        if sys.stdin is None:
            raise ReadError("standard input is closed; name files or folders to read")
        text = decode(sys.stdin.buffer.read(), "standard input")
        return read_plaintext("standard input", None, text)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror or error})") from error
    read_format = _FORMATS.get(Path(path).suffix.lower(), read_plaintext)
    return read_format(Path(path).name, path, decode(data, path))
