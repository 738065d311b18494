"""What the user named, to files in a settled order, and to the bytes of each.

Files, folders, patterns, pipes and standard input are those of this machine; addresses lead
wherever fsspec reaches.
"""

import math
import os
import posixpath
import re
import select
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from glob import glob, has_magic
from io import FileIO
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, Literal

from ..errors import ReadError
from .formats import DOCUMENT_ENDINGS
from .limits import Limits

# What must be installed for storage that fsspec itself has the code of.
_PACKAGES = {"hdfs": "pyarrow", "http": "aiohttp", "https": "aiohttp", "sftp": "paramiko"}
# Seen by this process or this machine alone.
_HERE = ("data:", "dir:", "file:", "local:", "memory:")
_LOCAL = re.compile(r"^(?:file|local)://", re.IGNORECASE)
_PASSWORD = re.compile(r"([\w+.-]{1,50}://)[^/@:]{0,300}:[^/@]{0,300}@")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,50}://")
_CHUNK = 1 << 20
_WAKING = 0.5
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


def is_remote(path: str) -> bool:
    """Tell whether a path is an address such as ``s3://bucket/folder``."""
    return _ADDRESS.match(path) is not None


def name_some(names: Iterable[str]) -> str:
    """Name the first three of some files, sorted, and count the others."""
    ordered = sorted(names)
    more = f" and {len(ordered) - 3} more" if len(ordered) > 3 else ""
    return ", ".join(ordered[:3]) + more


def find_files(paths: Iterable[str], skipped: list[str], notes: list[str]) -> list[str]:
    """List the files that paths, folders and globs name, in their order, none twice.

    ``skipped`` gets a line for what cannot be read, ``notes`` one for files that are
    not documents by their ending.
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
        raise ReadError(f"{path}: does not exist or cannot be reached; check the address")


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
            if os.path.islink(file) and not is_within(file, folder):  # noqa: PTH114
                skipped.append(f"{file}: links to a file outside of {folder}; name that itself")
            elif not regular:
                skipped.append(f"{file}: is left out, not being a regular file")
            else:
                found.append(file)
    yield from _documents(folder, sorted(found), notes)


def is_within(path: str, folder: str) -> bool:
    """Tell whether a path, with all links followed, leads to a folder or below it."""
    inner, outer = os.path.realpath(path), os.path.realpath(folder)
    return inner == outer or inner.startswith(outer.rstrip(os.sep) + os.sep)


def _documents(folder: str, files: Sequence[str], notes: list[str]) -> list[str]:
    """Return the files of a folder that are documents by their endings."""
    found = [file for file in files if Path(file).suffix.lower() in DOCUMENT_ENDINGS]
    if len(found) < len(files):
        known = frozenset(found)
        named = name_some(Path(file).name for file in files if file not in known)
        notes.append(f"{folder}: left out files that are not documents by their ending: {named}")
    if not files:
        notes.append(f"{folder}: no documents in this folder")
    return found


def read_bytes(path: str, limits: Limits) -> bytes:
    """Read a file, an address, a pipe, a device or standard input, as far as the limits allow."""
    if path == "-":
        if sys.stdin is None:
            raise ReadError("standard input is closed; name files or folders to read")
        return _read_up_to(sys.stdin.buffer, "standard input", limits)
    if is_remote(path):
        with failing_in_one_line(path), open_remote(path) as file:
            if (getattr(file, "size", None) or 0) > limits.size:
                raise limits.too_large(path)
            return _read_up_to(file, path, limits, limits.seconds)
    try:
        with open(path, "rb", buffering=0, opener=_without_waiting) as file:
            before = os.fstat(file.fileno())
            sized = stat.S_ISREG(before.st_mode) and before.st_size > 0
            if sized and before.st_size > limits.size:
                raise limits.too_large(path)
            if not sized and _NO_WAIT:
                data = _read_waiting(file.fileno(), path, limits)
            else:
                data = _read_up_to(file, path, limits, limits.seconds)
            after = os.fstat(file.fileno())
        changed = (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size)
        if changed and stat.S_ISREG(before.st_mode):
            raise ReadError(f"{path}: was changed while it was read; try again")
        return data
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


def _without_waiting(path: str, flags: int) -> int:
    """Open a named pipe even if it has no writer."""
    return os.open(path, flags | _NO_WAIT)


def _read_waiting(descriptor: int, path: str, limits: Limits) -> bytes:
    """Read what may keep its reader waiting: a pipe, a device, or a file of the kernel."""
    data = bytearray()
    while True:
        silent_until = monotonic() + limits.seconds
        # Woken now and then: an interrupt just before the wait would be noticed after it.
        while not select.select([descriptor], [], [], min(_WAKING, limits.seconds))[0]:
            if monotonic() < silent_until:
                continue
            message = f"nothing came through this pipe for {limits.seconds:g} s"
            raise ReadError(f"{path}: {message}; raise the time limit")
        chunk = os.read(descriptor, _CHUNK)
        if not chunk:
            return bytes(data)
        data += chunk
        if len(data) > limits.size:
            raise limits.too_large(path)


def plain_path(path: str) -> str:
    """Return the path of a file on this machine that is given as an address; others as they are."""
    return path if "::" in path else _LOCAL.sub("", path)


def remote_kind(path: str) -> Literal["file", "folder"] | None:
    """Tell what is at an address; None if nothing does."""
    with failing_in_one_line(path):
        storage, inside = find_storage(path)
        # A web page with links is not a folder.
        if not path.lower().startswith(("http:", "https:")) and storage.isdir(inside):
            return "folder"
        return "file" if storage.exists(inside) else None


def files_below(path: str) -> list[str]:
    """List all files below a folder, sorted, but for hidden ones and what is in hidden folders."""
    with failing_in_one_line(path):
        storage, inside = find_storage(path)
        start = len(inside.rstrip("/"))
        names = [name[start:].lstrip("/") for name in storage.find(inside)]
    # A name that ends with a slash stands for a folder in storage that knows none.
    shown = sorted(n for n in names if n and n[-1] != "/" and not f"/{n}".count("/."))
    outer, mark, archive = path.partition("::")
    scheme, _, place = outer.partition("://")
    base = f"{scheme}://{place.rstrip('/')}/" if place.strip("/") else outer
    return [f"{base}{name}{mark}{archive}" for name in shown]


def files_like(pattern: str) -> list[str]:
    """List the files and folders that match a pattern, sorted, hidden ones if it names these."""
    with failing_in_one_line(pattern):
        storage, inside = find_storage(pattern)
        hidden = posixpath.basename(inside).startswith(".")
        names = (n for n in storage.glob(inside) if hidden or posixpath.basename(n)[:1] != ".")
        # Each match stands where the pattern does, at the same host.
        outer, mark, archive = pattern.partition("::")
        base = outer.removesuffix(inside)
        found = sorted(f"{base}{name}{mark}{archive}" for name in names)
    if not found:
        raise ReadError(f"{pattern}: no file matches this pattern")
    return found


@contextmanager
def open_remote(path: str) -> Iterator[Any]:
    """Open a file to read its bytes."""
    # subtle: an archive closes itself once nothing refers to its storage.
    storage, inside = find_storage(path)
    with storage.open(inside, "rb") as file:
        yield file


def find_storage(path: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path there."""
    if secret := _PASSWORD.match(path):
        message = "an address with a password would be cited with it; give it to fsspec’s settings"
        raise ReadError(f"{secret[1]}…: {message}")
    try:
        import fsspec
    except ImportError as error:
        message = f"{path}: fsspec is not installed: pip install 'verbatim-summarizer[remote]'"
        raise ReadError(message) from error
    try:
        storage, inside = fsspec.core.url_to_fs(path)
    except ImportError as error:
        raise ReadError(f"{path}: {_missing(path, error)}") from error
    return storage, str(inside)


def _missing(path: str, error: ImportError) -> str:
    """Say what must be installed for an address."""
    from fsspec.registry import known_implementations

    protocol = path.partition("://")[0]
    home = known_implementations.get(protocol, {}).get("class", "").partition(".")[0]
    package = _PACKAGES.get(protocol, home)
    if package in {"", "fsspec"}:
        return f"cannot be read ({error})"
    return f"{protocol}:// needs a package that is not installed: pip install {package}"


@contextmanager
def failing_in_one_line(path: str) -> Iterator[None]:
    """Make whatever goes wrong with a file a ReadError of one line."""
    try:
        yield
    except ReadError:
        raise
    except FileNotFoundError as error:
        raise ReadError(f"{path}: does not exist; check the spelling") from error
    except Exception as error:  # each kind of storage has errors of its own
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise ReadError(f"{path}: cannot be read ({reason})") from error
