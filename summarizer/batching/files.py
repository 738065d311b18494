"""Files with a line a topic: on this machine, standard input, or wherever fsspec reaches."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import ReadError

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


def is_remote(path: str) -> bool:
    """Tell whether a path is an address such as ``s3://bucket/topics.jsonl``."""
    return "://" in path


def find_remote(path: str) -> list[str]:
    """List the files behind an address, which may be a pattern.

    :raises ReadError: If there is none, or it cannot be reached.
    """
    with _one_line(path):
        import fsspec

        files, inside = fsspec.core.url_to_fs(path)
        if files.isdir(inside):
            raise ReadError(f"{path}: is a folder; name the JSONL files in it, as with *.jsonl.gz")
        if not any(sign in inside for sign in "*?["):
            return [path]
        found = sorted(files.unstrip_protocol(name) for name in files.glob(inside))
    if not found:
        raise ReadError(f"{path}: no file matches this pattern")
    return found


@contextmanager
def open_file(path: str) -> Iterator[Opened]:
    """Open a file to read it from its beginning.

    :param path: A path, an address, or ``-`` for standard input.
    :raises ReadError: If it cannot be read.
    """
    if path == "-":
        yield _opened(sys.stdin.buffer, None)
        return
    with _one_line(path):
        if is_remote(path):
            import fsspec

            file: Any = fsspec.open(path, "rb").open()
            size = getattr(file, "size", None)
        else:
            file = Path(path).open("rb")  # noqa: SIM115 (closed below)
            status = os.fstat(file.fileno())
            size = status.st_size if stat.S_ISREG(status.st_mode) else None
    with file:
        with _one_line(path):
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


@contextmanager
def _one_line(path: str) -> Iterator[None]:
    try:
        yield
    except ReadError:
        raise
    except FileNotFoundError as error:
        raise ReadError(f"{path}: does not exist; check the spelling") from error
    except Exception as error:  # each kind of storage has errors of its own
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise ReadError(f"{path}: cannot be read ({reason})") from error
