"""What the user named, to a list of files in a settled order."""

import glob
import os
import stat
from collections.abc import Iterable, Iterator

from ..errors import ReadError

# What a folder is searched for; a file that is named itself may have any ending.
TEXT_ENDINGS = frozenset({"", ".asc", ".markdown", ".md", ".rst", ".text", ".txt"})


def find_files(paths: Iterable[str], skipped: list[str]) -> list[str]:
    """List the files behind paths, folders and globs.

    :param paths: What the user named; ``-`` is standard input and stays as it is.
    :param skipped: Gets one line for each folder or kind of file that is left out.
    :return: Files in the order of ``paths``, those of a folder sorted by path, none twice.
    :raises ReadError: If a path or pattern matches nothing.
    """
    files: dict[str, str] = {}
    for path in paths:
        for file in _expand(path, skipped):
            files.setdefault(file if file == "-" else os.path.realpath(file), file)
    return list(files.values())


def _expand(path: str, skipped: list[str]) -> Iterator[str]:
    if path == "-":
        yield path
    elif os.path.isdir(path):
        yield from _walk(path, skipped)
    elif os.path.exists(path):
        _refuse_special(path)
        yield path
    elif glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))
        if not matches:
            raise ReadError(f"{path}: no file matches this pattern")
        for match in matches:
            yield from _expand(match, skipped)
    elif os.path.islink(path):
        raise ReadError(f"{path}: is a link to a file that does not exist")
    else:
        raise ReadError(f"{path}: does not exist; check the spelling")


def _walk(folder: str, skipped: list[str]) -> Iterator[str]:
    """Yield the text files below a folder; links to folders are not followed."""
    found: list[str] = []
    others: list[str] = []

    def note(error: OSError) -> None:
        skipped.append(f"{error.filename}: folder cannot be read ({error.strerror})")

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = os.path.join(parent, name)
            if name.startswith(".") or not os.path.isfile(file):
                continue
            wanted = os.path.splitext(name)[1].lower() in TEXT_ENDINGS
            (found if wanted else others).append(file)
    if others:
        named = ", ".join(os.path.basename(file) for file in sorted(others)[:3])
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        skipped.append(f"{folder}: left out what is neither text nor Markdown: {named}{more}")
    if not found and not others:
        skipped.append(f"{folder}: no text files in this folder")
    yield from sorted(found)


def _refuse_special(path: str) -> None:
    mode = os.stat(path).st_mode
    # A named pipe stays allowed: shells write <(command) as one.
    if stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        raise ReadError(f"{path}: is a device or socket, not a file")
