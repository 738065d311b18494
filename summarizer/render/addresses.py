"""Where links of a summary may lead."""

import re
from pathlib import Path
from urllib.parse import quote, urlsplit

from .printable import UNSAFE

# What has a meaning in an address, and what is encoded already.
_LEGIBLE = 50
_KEPT = "%:/?#[]@!$&'()*+,;=~"


def web_address(url: str | None) -> str | None:
    """Return an address that may become a link: one that a script cannot hide in."""
    safe = url and re.match(r"https?://[^\s\"<>]+\Z", url, re.IGNORECASE) and not UNSAFE.search(url)
    return url if safe else None


def short_address(url: str) -> str:
    """Return what people read of a web address: all but its scheme, or only the host."""
    bare = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    host = urlsplit(url).hostname if len(bare) > _LEGIBLE else None
    return f"{host}/…" if host else bare


def encode_address(url: str) -> str:
    """Return an address in ASCII, for links that take no other letters."""
    return quote(url, safe=_KEPT)


def file_of(path: str) -> str:
    """Return what can be opened of a path that may go on inside an archive.

    :param path: Where a document was read, e.g. ``a.zip/b.txt``.
    :return: The archive, e.g. ``a.zip``; the path itself where it leads into none.
    """
    try:
        given = Path(path)
        if given.exists():
            return path
        return next((str(part) for part in given.parents if part.is_file()), path)
    except (OSError, ValueError):
        return path
