"""Files that are read wherever there is room, and put together as if they had been read in turn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..datatypes import Document
from ..errors import ReadError
from ..running.spreading import Spread
from .dispatch import Dispatcher
from .limits import Limits
from .opening import read_bytes
from .worker import kept_worker

# Files of so many bytes, and so many of them, are read in one call.
_BYTES = 1 << 22
_FILES = 256

# A file with its bytes, with why it has none, or with None where it can be read in its turn only.
_Sent = tuple[str, bytes | str | None]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a file.

    :param path: The file.
    :param documents: Its documents; None where it must be read in its turn.
    :param skipped: A line for each part that could not be read.
    :param notes: What else is to be said.
    """

    path: str
    documents: list[Document] | None = None
    skipped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_apart(files: Iterable[str], limits: Limits, spread: Spread) -> Iterator[Found]:
    """Read files, each as if it were the first.

    :param files: Paths; what is no regular file is left to be read in its turn.
    :param limits: What a file may cost.
    :param spread: What maps the work on some of them.
    :return: What was found in each, in their order.
    """
    for found in spread(read_some, ((some, limits) for some in _batches(files, limits))):
        yield from found


def read_some(files: list[_Sent], limits: Limits) -> list[Found]:
    """Read some files whose bytes are there."""
    return [_read(path, given, limits) for path, given in files]


def _read(path: str, given: bytes | str | None, limits: Limits) -> Found:
    if given is None:
        return Found(path)
    if isinstance(given, str):
        return Found(path, [], (given,))
    reading = Dispatcher(limits, kept_worker(limits))
    try:
        reading.read_data(path, given)
    except ReadError as error:
        reading.skipped.append(str(error))
    return Found(path, reading.documents, tuple(reading.skipped), tuple(reading.notes))


def _batches(files: Iterable[str], limits: Limits) -> Iterator[list[_Sent]]:
    batch: list[_Sent] = []
    size = 0
    for path in files:
        given = _opened(path, limits)
        batch.append((path, given))
        size += len(given or "")
        if size >= _BYTES or len(batch) >= _FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _opened(path: str, limits: Limits) -> bytes | str | None:
    # A pipe can be read but once, and perhaps has no end.
    if path == "-" or not Path(path).is_file():
        return None
    try:
        return read_bytes(path, limits)
    except ReadError as error:
        return str(error)
