"""Bytes to text, in one place.

A byte order mark decides; else UTF-8 where the bytes are valid UTF-8; else UTF-16 where every
second byte is one of very few; else the code page that gives most stop words of a language, or what
charset-normalizer finds most plausible.
"""

import codecs
import re
from collections import Counter

from ..errors import ReadError
from ..languages import readability

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Of about equally readable ones the first is taken.
_CODE_PAGES = ("cp1252", "cp1250", "cp1254", "mac_roman", "cp850")
_READABLE = 0.06
_MARGIN = 0.02
_HEAD = 1 << 16
_SAMPLE = 1 << 17
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")


def decode(data: bytes, name: str) -> str:
    """Decode the bytes of a text file.

    :param data: The whole file.
    :param name: What to call the file in an error.
    :return: The text with its line endings and NULs as they are, without a byte order mark.
    :raises ReadError: If the bytes are not text.
    """
    text = _decode(data, name)
    head = text[:_HEAD]
    strange = len(_CONTROL.findall(head))
    if strange > max(3, 0.02 * len(head)) or head.count("\0") > 0.3 * len(head) + 3:
        raise ReadError(f"{name}: is not text; convert it to plain text or Markdown")
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
        lenient = data.decode("utf-8", errors="replace")
        broken = lenient.count("\ufffd")
        whole = len(lenient) - len(lenient.encode("ascii", errors="ignore")) - broken
        # A few bytes broken or cut off do not make UTF-8 something else; an 8-bit code page has
        # next to no sequences that are valid UTF-8 by chance.
        if whole >= 2 * broken:
            return lenient
        return data.decode(_guess(data, name), errors="replace")


def _utf16_without_mark(head: bytes) -> str | None:
    """Name the byte order of UTF-16: every second byte is one of very few, the others are not."""
    half = len(head) // 2
    if half < 8 or b"\0" not in head:
        return None
    first, second = (_share_of_commonest(head[start : 2 * half : 2]) for start in (0, 1))
    if second > 0.9 and first < 0.7:
        return "utf-16-le"
    if first > 0.9 and second < 0.7:
        return "utf-16-be"
    return None


def _share_of_commonest(column: bytes) -> float:
    """Return the share of the three commonest bytes; 0 unless zero is among them."""
    counted = Counter(column).most_common(3)
    if not any(byte == 0 for byte, _ in counted):
        return 0.0
    return sum(count for _, count in counted) / len(column)


def _guess(data: bytes, name: str) -> str:
    """Name the most plausible encoding of text that is not Unicode."""
    from charset_normalizer import from_bytes

    special = _NOT_ASCII.search(data)
    start = data.rfind(b"\n", 0, special.start()) + 1 if special else 0
    sample = data[start : start + _SAMPLE]
    if start + _SAMPLE < len(data):  # a character of several bytes must not be cut
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    matches = list(from_bytes(sample))
    if not matches:
        raise ReadError(f"{name}: is not text in any known encoding; convert it to UTF-8")
    # Its own order looks at garbled letters first and prefers rare Macintosh code pages to the
    # Windows ones in short texts; weighing in how much it reads like a language mends that.
    likeliest = max(matches, key=lambda match: match.coherence - match.chaos).encoding
    # Code pages differ in letters that few words have, and stop words are the words of most texts.
    found = {encoding: _readability(sample, encoding) for encoding in (*_CODE_PAGES, likeliest)}
    most = max(found.values())
    nearly = (encoding for encoding in found if found[encoding] >= most - _MARGIN)
    return next(nearly) if most >= _READABLE else likeliest


def _readability(sample: bytes, encoding: str) -> float:
    try:
        return readability(sample.decode(encoding))
    except (UnicodeDecodeError, LookupError):
        return 0.0
