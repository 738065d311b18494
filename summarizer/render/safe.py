"""Text of strangers made safe: what could drive a terminal, turn text around or lead astray."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

# Control characters except the line feed, lone surrogates, and marks of text direction.
UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_WEB = re.compile(r"https?://[^\s\"<>\\]+\Z", re.IGNORECASE)
# Of a longer web address only the host is shown.
_LEGIBLE = 50
# Characters with a meaning in addresses, and % for what is encoded already.
_KEPT = "%:/?#[]@!$&'()*+,;=~"


def printable(text: str) -> str:
    """Escape what could control a terminal or change the direction of text."""
    return UNSAFE.sub(lambda match: ascii(match[0])[1:-1], text)


def printable_line(text: str) -> str:
    """Show a text in one line: line breaks are spaces, all else as ``printable`` shows it."""
    return printable(" ".join(text.split()))


def printable_json(text: str) -> str:
    """Escape the same in JSON, so that the decoded text stays the same."""
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def encodable(value: Any) -> Any:
    """Replace lone surrogates in a JSON value, for what takes only UTF-8; offsets stay."""
    if isinstance(value, Mapping):
        return {key: encodable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [encodable(one) for one in value]
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def web_address(url: str | None) -> str | None:
    """Return an address if it is safe as a link, one that cannot hide a script; else None."""
    if not url or not _WEB.match(url) or UNSAFE.search(url):
        return None
    try:
        return url if urlsplit(url).hostname else None
    except ValueError:
        return None


def short_address(url: str) -> str:
    """Return a web address for people: without its scheme, or only the host if it is long.

    A name of a user, which may look like a host, is left out.
    """
    parts = urlsplit(url)
    bare = parts._replace(scheme="", netloc=parts.netloc.rpartition("@")[2]).geturl()
    bare = bare.removeprefix("//").removeprefix("www.").rstrip("/")
    return f"{parts.hostname}/…" if len(bare) > _LEGIBLE else bare


def encode_address(url: str) -> str:
    """Return an address in ASCII, for links that take no other letters."""
    return quote(url, safe=_KEPT)


def file_of(path: str) -> str:
    """Return the file to open for a path: ``a.zip`` for ``a.zip/b.txt``, else the path itself."""
    try:
        given = Path(path)
        if given.exists():
            return path
        return next((str(part) for part in given.parents if part.is_file()), path)
    except (OSError, ValueError):
        return path
