"""Files that are read wherever there is room, and put together as if they had been read in turn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..batch.spreading import Spread
from ..datatypes import Document
from ..errors import ReadError
from .dispatch import Dispatcher
from .limits import Limits
from .paths import is_remote, is_seen_elsewhere, read_bytes
from .worker import kept_worker

# Files of so many bytes, and so many of them, are read in one call.
_BYTES = 1 << 22
_FILES = 256
# So many, where their sizes are not known.
_UNSEEN = 16

# A file with its bytes, with why it has none, or with None where they need not, or cannot, be sent.
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

    :param files: Paths and addresses; what is no regular file is left to be read in its turn.
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
    if given is None and not is_remote(path):
        return Found(path)
    reading = Dispatcher(limits, kept_worker(limits))
    try:
        if isinstance(given, str):
            raise ReadError(given)
        reading.read_data(path, read_bytes(path, limits) if given is None else given)
    except ReadError as error:
        reading.skipped.append(str(error))
    return Found(path, reading.documents, tuple(reading.skipped), tuple(reading.notes))


def _batches(files: Iterable[str], limits: Limits) -> Iterator[list[_Sent]]:
    batch: list[_Sent] = []
    size = 0
    for path in files:
        given = _opened(path, limits)
        batch.append((path, given))
        size += _BYTES // _UNSEEN if given is None else len(given)
        if size >= _BYTES or len(batch) >= _FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _opened(path: str, limits: Limits) -> bytes | str | None:
    if is_remote(path):
        if is_seen_elsewhere(path):
            return None
    elif path == "-" or not Path(path).is_file():
        return None  # a pipe can be read but once, and perhaps has no end
    try:
        return read_bytes(path, limits)
    except ReadError as error:
        return str(error)
