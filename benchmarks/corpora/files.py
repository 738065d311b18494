"""Bytes of a corpus to text; whatever the system says against it becomes a CorpusError."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from .topic import CorpusError


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file, through gzip where its name ends in ``.gz``.

    :raises CorpusError: If it cannot be opened or read.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            yield cast(BinaryIO, file)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise CorpusError(f"{path}: {reason}") from error


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Read UTF-8 lines, split at line feeds alone, with their numbers from 1.

    :raises CorpusError: If the file cannot be read or a line is not UTF-8.
    """
    with opened(path) as file:
        for number, line in enumerate(file, 1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise CorpusError(f"{path}:{number}: is not UTF-8") from error
            yield number, text.rstrip("\r\n")


def read_text(path: Path, *, fallback: str = "cp1252") -> str:
    """Read a whole file as UTF-8, or in another encoding where it is not UTF-8.

    :param fallback: The other encoding; what it does not know either is replaced.
    :raises CorpusError: If the file cannot be read.
    """
    with opened(path) as file:
        data = file.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(fallback, errors="replace")


def files_below(folder: Path) -> list[Path]:
    """List the files of a folder and of all folders in it, in the order of their paths."""
    try:
        return sorted(path for path in folder.rglob("*") if path.is_file())
    except OSError as error:
        raise CorpusError(f"{folder}: {error.strerror or error}") from error


def stripped_lines(text: str) -> str:
    """Return the lines of a text without outer spaces and without empty ones."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
