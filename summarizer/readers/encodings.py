"""Bytes to text, in one place.

A byte order mark decides; else UTF-8 where the bytes are valid UTF-8; else UTF-16 where every
second byte is one of very few; else what it declares, in formats that can; else what chardetng, the
detector of Firefox, finds, or a code page of DOS or the old Macintosh, which it does not know.
"""

import codecs
import re
from collections import Counter

from ..errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Of the encodings that are declared, what is in use under their names (WHATWG, Encoding).
_WIDER = {
    "ascii": "cp1252", "big5": "big5hkscs", "euc_kr": "cp949", "gb2312": "gb18030",
    "gbk": "gb18030", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "shift_jis": "cp932", "tis-620": "cp874",
}  # fmt: skip
_NOT_EIGHT_BIT = ("utf", "idna", "punycode", "raw_unicode", "unicode", "undefined")
_HEAD = 1 << 16
_SAMPLE = 1 << 17
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_OLD_CODE_PAGES = ("mac_roman", "cp850")
_WITHIN_WORD = re.compile(r"(?<=[a-z])[^\x00-\x7f](?=[a-z])")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")


def decode(data: bytes, name: str) -> str:
    """Decode a text file; line endings and NULs stay, a byte order mark goes."""
    text = _decode(data, name)
    head = text[:_HEAD]
    strange = len(_CONTROL.findall(head))
    if strange > max(3, 0.02 * len(head)) or head.count("\0") > 0.3 * len(head) + 3:
        raise ReadError(f"{name}: is not text; convert it to plain text or Markdown")
    return text


def decode_as(data: bytes, declared: str, name: str) -> str:
    """Decode text that says what encoding it is in, unless it is UTF-8 all the same."""
    encoding = _known(declared)
    if encoding and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode(encoding, errors="replace")
    return decode(data, name)


def _known(declared: str) -> str:
    """Return what browsers take a declared encoding for; nothing for UTF-8 and unknown ones."""
    label = declared.strip().lower().removesuffix("-i").removesuffix("-e")
    label = label.replace("windows-874", "cp874").removeprefix("x-")
    try:
        found = codecs.lookup(label)
        b"a".decode(found.name)  # which not all can
    except (LookupError, ValueError):
        return ""
    name = _WIDER.get(found.name, found.name)
    return "" if name.startswith(_NOT_EIGHT_BIT) else name


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
        return data.decode(_guess(data), errors="replace")


def _utf16_without_mark(head: bytes) -> str | None:
    """Name the byte order of UTF-16: every second byte is one of very few, the others are not."""
    half = len(head) // 2
    if half < 8 or b"\0" not in head:
        return None
    first, second = (_share_of_commonest(head[start : 2 * half : 2]) for start in (0, 1))
    order = "le" if second > first else "be"
    return f"utf-16-{order}" if max(first, second) > 0.9 and min(first, second) < 0.7 else None


def _share_of_commonest(column: bytes) -> float:
    """Return the share of the three commonest bytes; 0 unless zero is among them."""
    counted = dict(Counter(column).most_common(3))
    return sum(counted.values()) / len(column) if 0 in counted else 0.0


def _guess(data: bytes) -> str:
    """Name the most plausible encoding of text that is not Unicode."""
    from chardetng_py import EncodingDetector

    special = _NOT_ASCII.search(data)
    start = max(special.start() - _SAMPLE, 0) if special else 0
    sample = data[start : start + 2 * _SAMPLE]
    detector = EncodingDetector()
    detector.feed(sample, last=len(sample) == len(data))
    label = detector.guess(tld=None, allow_utf8=False)
    found = _known(label) or label
    # Letters with accents within words are small ones of Western Europe, or it is another encoding.
    candidates = (found, *_OLD_CODE_PAGES)
    strange = {encoding: _strange_letters(sample, encoding) for encoding in candidates}
    best = min(candidates, key=strange.__getitem__)
    return best if not strange[best] and strange[found] else found


def _strange_letters(sample: bytes, encoding: str) -> int:
    """Count what stands between Latin letters and is not a small letter of Western Europe."""
    within = _WITHIN_WORD.findall(sample.decode(encoding, errors="replace"))
    return sum(not ("ß" <= letter <= "ÿ" or letter in "œ’") for letter in within)
