"""Bytes to text, in one place.

A byte order mark decides; else UTF-8 where the bytes are valid UTF-8; else UTF-16 where every
second byte is zero; else what charset-normalizer finds most plausible.
"""

import codecs
import re

from ..errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 1 << 16
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_HTML = re.compile(r"\s*(?:<!doctype\s+html|<html[\s>]|<\?xml\s)", re.IGNORECASE)


def decode(data: bytes, name: str) -> str:
    """Decode the bytes of a text file.

    :param data: The whole file.
    :param name: What to call the file in an error.
    :return: The text with its line endings and NULs as they are, without a byte order mark.
    :raises ReadError: If the bytes are not text.
    """
    text = _decode(data, name)
    head = text[:_HEAD]
    if len(_CONTROL.findall(head)) > 0.02 * len(head) or head.count("\0") > 0.3 * len(head):
        raise ReadError(f"{name}: is not text; convert it to plain text or Markdown")
    if _HTML.match(head):
        raise ReadError(f"{name}: is HTML or XML; save the page as plain text or Markdown")
    return text


def _decode(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if data.startswith((b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff")):
        raise ReadError(f"{name}: is not text; convert it to plain text or Markdown")
    utf16 = _utf16_without_mark(data[:_HEAD])
    if utf16:
        return data.decode(utf16, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data, name)


def _utf16_without_mark(head: bytes) -> str | None:
    """Name the byte order where nearly every second byte is zero, as Latin letters have it."""
    half = len(head) // 2
    if half < 4:
        return None
    first, second = head[0::2].count(0), head[1::2].count(0)
    if second > 0.7 * half and first < 0.1 * half:
        return "utf-16-le"
    if first > 0.7 * half and second < 0.1 * half:
        return "utf-16-be"
    return None


def _guess(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    # A file that is UTF-8 but for a few broken bytes is UTF-8, not some 8-bit code page.
    lenient = data.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    letters = sum(byte >= 0x80 for byte in data)
    if broken * 20 < letters:
        return lenient
    matches = list(from_bytes(data[: _HEAD * 4]))
    if not matches:
        raise ReadError(f"{name}: is not text in any known encoding; convert it to UTF-8")
    # Its own order looks at garbled letters first and prefers rare Macintosh code pages to the
    # Windows ones in short texts; weighing in how much it reads like a language mends that.
    best = max(matches, key=lambda match: match.coherence - match.chaos)
    return data.decode(best.encoding, errors="replace")
