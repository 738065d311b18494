"""Files wherever fsspec reaches: ``s3://``, ``gs://``, ``hdfs://`` and other addresses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from ..errors import ReadError

# What must be installed for storage that fsspec itself has the code of.
_PACKAGES = {"hdfs": "pyarrow", "http": "aiohttp", "https": "aiohttp", "sftp": "paramiko"}
# Seen by this process or this machine alone.
_HERE = ("data:", "dir:", "file:", "local:", "memory:")
_LOCAL = re.compile(r"^(?:file|local)://", re.IGNORECASE)
_PASSWORD = re.compile(r"([\w+.-]+://)[^/@]*:[^/@]*@")


def is_seen_elsewhere(path: str) -> bool:
    """Tell whether other machines find the same behind an address."""
    outermost = path.rpartition("::")[2]
    return "://" in outermost and not outermost.lower().startswith(_HERE)


def plain_path(path: str) -> str:
    """Return the path of a file on this machine that is given as an address; others as they are."""
    return path if "::" in path else _LOCAL.sub("", path)


def remote_kind(path: str) -> Literal["file", "folder"] | None:
    """Tell what stands behind an address; None if nothing does.

    :raises ReadError: If it cannot be reached.
    """
    with one_line(path):
        storage, inside = find_storage(path)
        # A web page with links is no folder.
        if not path.lower().startswith(("http:", "https:")) and storage.isdir(inside):
            return "folder"
        return "file" if storage.exists(inside) else None


def files_below(path: str) -> list[str]:
    """List all files below a folder, sorted, but for hidden ones and what is in hidden folders.

    :raises ReadError: If it cannot be reached.
    """
    with one_line(path):
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
    """List the files and folders that match a pattern, sorted, hidden ones if it names these.

    :raises ReadError: If they cannot be reached, or there are none.
    """
    with one_line(pattern):
        storage, inside = find_storage(pattern)
        hidden = _last(inside).startswith(".")
        names = (n for n in storage.glob(inside) if hidden or not _last(n).startswith("."))
        # Each match stands where the pattern does, behind the same host.
        outer, mark, archive = pattern.partition("::")
        base = outer.removesuffix(inside)
        found = sorted(f"{base}{name}{mark}{archive}" for name in names)
    if not found:
        raise ReadError(f"{pattern}: no file matches this pattern")
    return found


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def open_remote(path: str) -> Any:
    """Open a file to read its bytes."""
    storage, inside = find_storage(path)
    return storage.open(inside, "rb")


def find_storage(path: str) -> tuple[Any, str]:
    """Return the file system behind an address, and the path there."""
    if secret := _PASSWORD.match(path):
        message = "an address with a password would be cited with it; give it to fsspec’s settings"
        raise ReadError(f"{secret[1]}…: {message}")
    try:
        import fsspec
    except ImportError as error:
        message = f"{path}: fsspec is not installed: pip install 'summarizer[remote]'"
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
def one_line(path: str) -> Iterator[None]:
    """Make whatever goes wrong with a file one line.

    :raises ReadError: If something does.
    """
    try:
        yield
    except ReadError:
        raise
    except FileNotFoundError as error:
        raise ReadError(f"{path}: does not exist; check the spelling") from error
    except Exception as error:  # each kind of storage has errors of its own
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise ReadError(f"{path}: cannot be read ({reason})") from error
