"""The file of a source, whose path may go on inside it: an archive, or a mailbox."""

from pathlib import Path, PurePath

from ..errors import ReadError
from ..locating import is_remote
from ..readers.remote import remote_kind


def outer_file(path: str) -> str | None:
    """Return the file that a path is of, or leads into; None where there is none.

    :param path: An absolute path, or an address.
    :raises ReadError: If an address cannot be reached, or what is there is no file.
    :raises OSError: If the path cannot be looked at.
    :raises ValueError: If the path cannot be that of a file.
    """
    if is_remote(path):
        return _outer_remote(path)
    place = Path(path)
    file = next((part for part in (place, *place.parents) if part.is_file()), None)
    if file is None and place.exists():
        raise ReadError("is not a regular file")
    return None if file is None else str(file)


def inner_path(path: str, file: str) -> str:
    """Return how a path goes on inside a file."""
    if is_remote(file):
        return path[len(file) + 1 :]
    return str(PurePath(path).relative_to(file))


def _outer_remote(path: str) -> str | None:
    start = path.index("://") + 3
    while len(path) > start:
        kind = remote_kind(path)
        if kind is not None:
            return path if kind == "file" else None
        path = path[:start] + path[start:].rpartition("/")[0]
    return None
