"""The bytes of a file, a pipe or standard input, never more than the limit."""

import math
import os
import select
import stat
import sys
from io import FileIO
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from ..errors import ReadError
from ..locating import is_remote
from .limits import Limits
from .remote import one_line, open_remote

_CHUNK = 1 << 20
_WAKING = 0.5


def read_bytes(path: str, limits: Limits) -> bytes:
    """Read a whole file.

    :param path: A file, an address, a pipe or character device; ``-`` is standard input.
    :param limits: How large it may be, and how long a pipe may be silent.
    :raises ReadError: If it cannot be read, or is larger, also where it grows meanwhile.
    """
    if path == "-":
        if sys.stdin is None:
            raise ReadError("standard input is closed; name files or folders to read")
        return _read_up_to(sys.stdin.buffer, "standard input", limits)
    if is_remote(path):
        with one_line(path), open_remote(path) as file:
            if (getattr(file, "size", None) or 0) > limits.size:
                raise limits.too_large(path)
            return _read_up_to(file, path, limits, limits.seconds)
    try:
        if stat.S_ISFIFO(Path(path).stat().st_mode) and hasattr(os, "O_NONBLOCK"):
            return _read_pipe(path, limits)
        with Path(path).open("rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > limits.size:
                raise limits.too_large(path)
            return _read_up_to(file, path, limits, limits.seconds)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror or error})") from error


def _read_up_to(
    file: BinaryIO | FileIO, name: str, limits: Limits, seconds: float = math.inf
) -> bytes:
    """Read to the end; a file that grows or never ends is left at the limit."""
    data = bytearray()
    until = monotonic() + seconds
    while chunk := file.read(_CHUNK):
        data += chunk
        if len(data) > limits.size:
            raise limits.too_large(name)
        if monotonic() > until:
            raise limits.too_slow(name)
    return bytes(data)


def _read_pipe(path: str, limits: Limits) -> bytes:
    """Read a named pipe that may have no writer, or one that never closes it."""
    data = bytearray()
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        while True:
            silent_until = monotonic() + limits.seconds
            # Woken now and then: an interrupt just before the wait would be noticed behind it.
            while not select.select([descriptor], [], [], min(_WAKING, limits.seconds))[0]:
                if monotonic() < silent_until:
                    continue
                message = f"nothing came through this pipe for {limits.seconds:g} s"
                raise ReadError(f"{path}: {message}; raise the limit (--max-seconds)")
            chunk = os.read(descriptor, _CHUNK)
            if not chunk:
                return bytes(data)
            data += chunk
            if len(data) > limits.size:
                raise limits.too_large(path)
    finally:
        os.close(descriptor)
