"""What the user named, to a list of files in a settled order."""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path

from ..errors import ReadError
from ..locating import is_remote
from .remote import files_below, files_like, plain_path, remote_kind

# What a folder is searched for; a file that is named itself may have any ending.
TEXT_ENDINGS = frozenset(
    {
        *("", ".asc", ".md", ".markdown", ".rst", ".text", ".txt"),
        *(".htm", ".html", ".xhtml", ".pdf", ".docx", ".odt", ".rtf"),
        *(".eml", ".mbox", ".csv", ".tsv", ".json", ".jsonl", ".ndjson"),
        *(".zip", ".tar", ".tgz", ".gz"),
    }
)

LINE_BREAKS = re.compile(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


def name_some(names: Iterable[str]) -> str:
    """Name the first three of some files, sorted, and count the others."""
    ordered = sorted(names)
    more = f" and {len(ordered) - 3} more" if len(ordered) > 3 else ""
    return ", ".join(ordered[:3]) + more


def find_files(paths: Iterable[str], skipped: list[str], notes: list[str]) -> list[str]:
    """List the files behind paths, folders and globs.

    :param paths: What the user named; ``-`` is standard input and stays as it is.
    :param skipped: Gets one line for each file or folder that cannot be read.
    :param notes: Gets one line for each folder with files that are no documents by their ending.
    :return: Files in the order of ``paths``, those of a folder sorted by path, none twice.
    :raises ReadError: If a path or pattern matches nothing.
    """
    files: dict[str, str] = {}
    for path in map(plain_path, paths):
        try:
            for file in _expand(path, skipped, notes):
                given = file == "-" or is_remote(file)
                files.setdefault(file if given else str(Path(file).resolve()), file)
        except (OSError, ValueError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise ReadError(f"{path[:200]}: cannot be read ({reason})") from error
    return list(files.values())


def _expand(path: str, skipped: list[str], notes: list[str]) -> Iterator[str]:
    if path == "-":
        yield path
    elif is_remote(path):
        yield from _expand_remote(path, notes)
    elif os.path.isdir(path):  # noqa: PTH112 (False, not an error, where it may not be looked at)
        yield from _walk(path, skipped, notes)
    elif Path(path).exists():
        if Path(path).is_block_device() or Path(path).is_socket():
            raise ReadError(f"{path}: is a device or socket, not a file")
        yield path
    elif has_magic(path):
        matches = sorted(glob(path, recursive=True))  # noqa: PTH207 (patterns may be absolute)
        if not matches:
            raise ReadError(f"{path}: no file matches this pattern")
        for match in matches:
            try:
                yield from _expand(match, skipped, notes)
            except ReadError as error:  # nobody named this one
                skipped.append(str(error))
    elif Path(path).is_symlink():
        raise ReadError(f"{path}: is a link to a file that does not exist")
    else:
        raise ReadError(f"{path}: does not exist; check the spelling")


def _expand_remote(path: str, notes: list[str]) -> Iterator[str]:
    kind = remote_kind(path)
    if kind == "folder":
        yield from _documents(path, files_below(path), notes)
    elif kind == "file":
        yield path
    elif has_magic(path):
        for match in files_like(path):
            yield from _expand_remote(match, notes)
    else:
        raise ReadError(f"{path}: does not exist; check the spelling")


def _walk(folder: str, skipped: list[str], notes: list[str]) -> Iterator[str]:
    """Yield the documents below a folder; links to folders are not followed."""
    found: list[str] = []

    def note(error: OSError) -> None:
        skipped.append(f"{error.filename}: folder cannot be read ({error.strerror})")

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = os.path.join(parent, name)  # noqa: PTH118 (as os.walk gives it)
            if name.startswith("."):
                continue
            try:
                regular = stat.S_ISREG(os.stat(file).st_mode)  # noqa: PTH116
            except OSError as error:
                skipped.append(f"{file}: cannot be read ({error.strerror})")
                continue
            if not regular:
                skipped.append(f"{file}: is left out, not being a regular file")
            else:
                found.append(file)
    yield from _documents(folder, sorted(found), notes)


def _documents(folder: str, files: Sequence[str], notes: list[str]) -> list[str]:
    """Return the files of a folder that are documents by their endings."""
    found = [file for file in files if Path(file).suffix.lower() in TEXT_ENDINGS]
    if len(found) < len(files):
        known = frozenset(found)
        named = name_some(Path(file).name for file in files if file not in known)
        notes.append(f"{folder}: left out what is no document by its ending: {named}")
    if not files:
        notes.append(f"{folder}: no documents in this folder")
    return found
