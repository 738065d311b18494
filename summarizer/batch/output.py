"""Where lines go: a file that is gone on with, or a stream."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from ..errors import SummarizerError

_START = b'{"id": '


class LineFile:
    """A file of whole lines; what is left behind by a process that was killed is cut off.

    :param path: The file.
    :param resume: Whether it may hold lines already.
    :raises SummarizerError: If it holds lines and must not, cannot be written, or is being written
        by another process.
    """

    def __init__(self, path: str, *, resume: bool) -> None:
        self.path = path
        self._end = 0
        self._begun = False
        try:
            # Unbuffered, so that what was written once is on the disk as far as anyone can see.
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            self._file = os.fdopen(descriptor, "r+b", buffering=0)
        except OSError as error:
            raise self._failed(error) from error
        try:
            self._lock()
            if not resume and os.fstat(descriptor).st_size:
                raise SummarizerError(
                    f"{path}: holds something already; add --resume to go on with it, or remove it"
                )
        except BaseException:
            self._file.close()
            raise

    def known(self) -> Iterator[bytes]:
        """Yield the lines that it holds, without what may stand behind the last whole one.

        :raises SummarizerError: If that is not the beginning of a line of ours.
        """
        with Path(self.path).open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    if not (line.startswith(_START) or _START.startswith(line)):
                        raise SummarizerError(f"{self.path}: ends in what is no line of --each")
                    return
                self._end += len(line)
                yield line

    def begin(self) -> None:
        """Cut off what stands behind the lines that ``known`` yielded."""
        self._begun = True
        self._file.truncate(self._end)
        self._file.seek(self._end)

    def write(self, line: bytes) -> None:
        """Append a line, after ``begin``.

        :raises SummarizerError: If it cannot be written; then nothing of it is there.
        """
        rest = memoryview(line)
        try:
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
        except OSError as error:
            raise self._failed(error) from error
        self._end += len(line)

    def close(self) -> None:
        """Close the file, without half a line at its end if any was written."""
        try:
            if self._begun:
                self._file.truncate(self._end)
        except OSError as error:
            raise self._failed(error) from error
        finally:
            self._file.close()

    def _lock(self) -> None:
        try:
            import fcntl

            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            return
        except BlockingIOError as error:
            raise SummarizerError(f"{self.path}: another process is writing to it") from error
        except OSError:  # a file system without locks
            return

    def _failed(self, error: OSError) -> SummarizerError:
        return SummarizerError(f"{self.path}: cannot be written ({error.strerror})")


class LineStream:
    """Standard output, a pipe or a device.

    :param path: The pipe or device; None for standard output.
    :raises SummarizerError: If it cannot be opened.
    """

    def __init__(self, path: str | None) -> None:
        self._name = path or "standard output"
        if path is None and sys.stdout is None:
            raise SummarizerError("standard output is closed; use --output")
        try:
            self._file: IO[bytes] = sys.stdout.buffer if path is None else Path(path).open("wb", 0)  # noqa: SIM115
        except OSError as error:
            raise self._failed(error) from error
        self._own = path is not None

    def begin(self) -> None:
        """Do nothing: a stream is only added to."""

    def close(self) -> None:
        """Close the pipe or device; standard output stays open."""
        if self._own:
            with suppress(OSError):  # said when it was written
                self._file.close()

    def write(self, line: bytes) -> None:
        """Write a line at once.

        :raises SummarizerError: If it cannot be written.
        """
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
            self._file.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> SummarizerError:
        return SummarizerError(f"{self._name}: cannot be written ({error.strerror})")
