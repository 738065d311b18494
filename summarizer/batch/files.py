"""Files with a line a topic: on this machine, standard input, or wherever fsspec reaches."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from glob import has_magic
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import ReadError
from ..readers.paths import (
    failing_in_one_line,
    files_like,
    is_remote,
    open_remote,
    remote_kind,
)

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file to read lines from.

    :param file: The file as it is stored.
    :param size: Its bytes; None where nobody knows.
    :param packed: Whether it is packed by gzip.
    """

    file: Any
    size: int | None
    packed: bool

    def share(self) -> float | None:
        """Return how much of it was read, 0 to 1; None where nobody knows."""
        if not self.size:
            return None
        return min(float(self.file.tell() / self.size), 1.0)


def find_remote(path: str) -> list[str]:
    """List the files behind an address, which may be a pattern.

    :raises ReadError: If there is none, or it cannot be reached.
    """
    if remote_kind(path) == "folder":
        raise ReadError(f"{path}: is a folder; name the JSONL files in it, as with *.jsonl.gz")
    return files_like(path) if has_magic(path) else [path]


@contextmanager
def open_file(path: str) -> Iterator[Opened]:
    """Open a file to read it from its beginning.

    :param path: A path, an address, or ``-`` for standard input.
    :raises ReadError: If it cannot be read.
    """
    if path == "-":
        yield _opened(sys.stdin.buffer, None)
        return
    with failing_in_one_line(path):
        if is_remote(path):
            file: Any = open_remote(path)
            size = getattr(file, "size", None)
        else:
            file = Path(path).open("rb")  # noqa: SIM115 (closed below)
            status = os.fstat(file.fileno())
            size = status.st_size if stat.S_ISREG(status.st_mode) else None
    with file:
        with failing_in_one_line(path):
            opened = _opened(file, size)
        yield opened


def _opened(file: BinaryIO, size: int | None) -> Opened:
    peek = getattr(file, "peek", None)
    if peek is not None:
        start = peek(2)[:2]
    else:
        start = file.read(2)
        file.seek(0)
    return Opened(file, size, start == _GZIP)
