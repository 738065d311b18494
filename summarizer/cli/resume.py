"""Where lines go: a file that is gone on with, a table, or a stream."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from ..batch.arrow import ROWS, load_arrow, quote_rows, quotes_schema
from ..errors import SummarizerError
from .interrupts import whole
from .output import follow, replace_file

# Said of what stands where a line should.
NO_LINE = "was not written by summarize each"
_START = b'{"id": '


class LineFile:
    """A file of whole lines; what a killed process left half written is cut off.

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
            self._file = self._open()
        except OSError as error:
            raise _unwritable(self.path, error) from error
        if not resume and os.fstat(self._file.fileno()).st_size:
            self._file.close()
            message = "holds something already; add --resume to go on with it, or remove it"
            raise SummarizerError(f"{path}: {message}")

    def known(self) -> Iterator[bytes]:
        """Yield the lines that it holds, without what may follow the last whole one.

        :raises SummarizerError: If that is not the beginning of a line of ours.
        """
        for line in self._whole_lines():
            self._end += len(line)
            yield line

    def _whole_lines(self) -> Iterator[bytes]:
        with Path(self.path).open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    if not (line.startswith(_START) or _START.startswith(line)):
                        raise SummarizerError(f"{self.path}: the last line {NO_LINE}")
                    return
                yield line

    def begin(self) -> None:
        """Cut off what follows the lines that ``known`` yielded."""
        self._begun = True
        self._file.truncate(self._end)
        self._file.seek(self._end)

    def write(self, line: bytes) -> None:
        """Append a line, after ``begin``.

        :raises SummarizerError: If it cannot be written; then nothing of it is there.
        """
        try:
            with whole():
                _write_all(self._file, line)
                self._end += len(line)
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def replace(self, lines: Mapping[int, bytes]) -> None:
        """Put other lines in the place of some, before ``begin``; the file is replaced as a whole.

        :param lines: By their number, from 0, among those that ``known`` yielded; may be none.
        :raises SummarizerError: If they cannot be written; then the file is as it was.
        """
        if not lines:
            return
        try:
            known = enumerate(self._whole_lines())
            replace_file(self.path, (lines.get(number, line) for number, line in known))
            self._file.close()
            self._file = self._open()
            self._end = os.fstat(self._file.fileno()).st_size
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def close(self) -> None:
        """Close the file, without half a line at its end if any was written."""
        try:
            if self._begun:
                self._file.truncate(self._end)
        except OSError as error:
            raise _unwritable(self.path, error) from error
        finally:
            self._file.close()

    def _open(self) -> IO[bytes]:
        # Unbuffered, so that what was written once is on the disk as far as anyone can see.
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(follow(self.path), flags, 0o666)
        file = os.fdopen(descriptor, "r+b", buffering=0)
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except BlockingIOError as error:
            file.close()
            raise SummarizerError(f"{self.path}: another process is writing to it") from error
        except OSError:  # a file system without locks
            pass
        return file


class TableFile:
    """A Parquet file with one quoted sentence a row; whole once it is closed.

    :param path: The file.
    :raises SummarizerError: If it holds something, cannot be written, or pyarrow is missing.
    """

    def __init__(self, path: str) -> None:
        pyarrow, self._schema = load_arrow(), quotes_schema()
        if Path(path).exists() and not Path(path).is_file():
            raise SummarizerError(f"{path}: is no file; a table needs one")
        if Path(path).is_file() and Path(path).stat().st_size:
            raise SummarizerError(f"{path}: holds something already; remove it")
        self._make_batch = pyarrow.RecordBatch.from_pylist
        self._rows: list[dict[str, Any]] = []
        self.path = path
        self._file = LineFile(path, resume=False)
        self._file.begin()
        self._table = pyarrow.parquet.ParquetWriter(_Sink(self._file), self._schema)

    def begin(self) -> None:
        """Do nothing: no row was there before."""

    def write(self, line: bytes) -> None:
        """Add the rows of a line.

        :raises SummarizerError: If they cannot be written.
        """
        record = json.loads(line)
        self._rows += quote_rows(record["id"], record)
        if len(self._rows) >= ROWS:
            self._flush()

    def close(self) -> None:
        """Write what is left, and close the file; what cannot be written whole is removed."""
        try:
            self._flush()
            self._table.close()
        except BaseException:
            Path(self.path).unlink(missing_ok=True)
            raise
        finally:
            self._file.close()

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if rows:
            self._table.write_batch(self._make_batch(rows, self._schema))


class _Sink:
    """What pyarrow takes for a file."""

    closed = False

    def __init__(self, file: LineFile) -> None:
        self._file = file
        self._place = 0

    def write(self, data: bytes) -> int:
        self._file.write(bytes(data))
        self._place += len(data)
        return len(data)

    def tell(self) -> int:
        return self._place

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


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
            raise _unwritable(self._name, error) from error
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
            with whole():
                _write_all(self._file, line)
                self._file.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _unwritable(self._name, error) from error


def _write_all(file: IO[bytes], data: bytes) -> None:
    """Write bytes to a file that may take some of them at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def _unwritable(name: str, error: OSError) -> SummarizerError:
    return SummarizerError(f"{name}: cannot be written ({error.strerror})")
