"""What format the bytes of a file have, told by what stands in them, and the reader of each."""

import json
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from ...errors import ReadError
from ..documents import Documents, Origin
from .tables import text_column


class Format(NamedTuple):
    """A format that is read.

    :param reader: The function that reads it, with its module; empty for archives, which are
        unpacked.
    :param endings: What files in it end with in a folder.
    :param zipped: Whether it is a ZIP archive, and may unpack to more than there is memory.
    :param named: Whether the ending of a text tells it, as what stands in it may not.
    """

    reader: str
    endings: tuple[str, ...]
    zipped: bool = False
    named: bool = False


FORMATS = {
    "bibtex": Format("tables.read_bibtex", (".bib",), named=True),
    "csv": Format("tables.read_csv", (".csv", ".tsv"), named=True),
    "docx": Format("office.read_docx", (".docx",), zipped=True),
    "epub": Format("html.read_epub", (".epub",), zipped=True),
    "gzip": Format("", (".gz", ".tgz")),
    "html": Format("html.read_html", (".htm", ".html", ".xhtml")),
    "json": Format("tables.read_json", (".json", ".jsonl", ".ndjson"), named=True),
    "mail": Format("text.read_mail", (".eml",), named=True),
    "markdown": Format(
        "text.read_markdown", (".md", ".markdown", ".adoc", ".asciidoc", ".rst"), named=True
    ),
    "mbox": Format("", (".mbox",)),
    "odt": Format("office.read_odt", (".odt",), zipped=True),
    "pdf": Format("pdf.read_pdf", (".pdf",)),
    "pptx": Format("office.read_pptx", (".pptx",), zipped=True),
    "ris": Format("tables.read_ris", (".ris",), named=True),
    "rtf": Format("office.read_rtf", (".rtf",)),
    "spreadsheet": Format("tables.read_spreadsheet", (".xlsx", ".ods"), zipped=True),
    "subtitles": Format("text.read_subtitles", (".srt", ".vtt"), named=True),
    "tar": Format("", (".tar",)),
    "text": Format("text.read_plaintext", ("", ".asc", ".text", ".txt")),
    "zip": Format("", (".zip",)),
}
# What a folder is searched for; a file that is named itself may have any ending.
DOCUMENT_ENDINGS = frozenset(ending for known in FORMATS.values() for ending in known.endings)
_REASON = 150
_HEAD = 1 << 12
_MOST_MEMBERS = 100_000
_LONGEST_ROW = 1 << 24
_UNREADABLE = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or locked Office file; save it as DOCX or PDF"),
    (b"BZh", "packed by bzip2; unpack it first"),
    (b"\xfd7zXZ\0", "packed by xz; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
)
_OFFICE = {"word/": "docx", "xl/": "spreadsheet", "ppt/": "pptx"}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_BOOK = "application/epub+zip"
# WebVTT says so; SubRip opens with a number above times.
_SUBTITLES = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:WEBVTT[ \t\r\n]|"
    rb"\s{0,9}\d{1,9}[ \t]*\r?\n\d{1,4}:\d\d:\d\d[.,]\d{1,3}[ \t]*-->)"
)
_RIS = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}TY  - [A-Z]")
_HTML = re.compile(rb"<!doctype\s{1,99}html|<html[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"<(?:body|div|head|meta|p|title|table|article)[\s>]", re.IGNORECASE)
_XML = re.compile(rb"<\?xml\s", re.IGNORECASE)
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,75}):[ \t]")
_ENVELOPE = re.compile(rb"From \S[^\n]{0,300} \d{4}\r?\n(?:>?[A-Za-z][A-Za-z0-9-]{0,75}:|>From )")
_MAIL_FIELDS = {b"message-id", b"mime-version", b"received", b"return-path", b"dkim-signature"}
_NAMED = {
    ending: kind for kind, known in FORMATS.items() if known.named for ending in known.endings
}
_NAMED_HTML = {*FORMATS["html"].endings, ".xht"}


def detect(data: bytes, name: str) -> str:
    """Tell the format of a file; its ending decides between those that look alike."""
    for mark, what in _UNREADABLE:
        if data.startswith(mark):
            raise ReadError(f"{name}: is {what}")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name)
    if data.startswith(b"\x1f\x8b"):
        return "gzip"
    if data[257:262] == b"ustar":
        return "tar"
    head = data[:_HEAD]
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if b"%PDF-" in head[:1024] and not head.lstrip()[:1].isalpha():
        return "pdf"
    return _textual(data, _plain(head), name)


def _plain(head: bytes) -> bytes:
    """Make UTF-16 and UTF-32 of Latin letters legible to patterns."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.replace(b"\0", b"") if b"<\0" in head[:8] or b"\0<" in head[:8] else head


def _textual(data: bytes, head: bytes, name: str) -> str:
    ending = PurePath(name).suffix.lower()
    opening, declared = _after_comments(head)
    if _HTML.match(opening) or (ending in _NAMED_HTML and _TAG.search(head)):
        return "html"
    if declared:
        raise ReadError(f"{name}: is XML of a kind that is not read; save it as HTML or text")
    if _ENVELOPE.match(head):
        return "mbox"
    if _is_mail(head):
        return "mail"
    if _SUBTITLES.match(head):
        return "subtitles"
    if _RIS.match(head):
        return "ris"
    if ending in _NAMED:
        return _NAMED[ending]
    first_line = data[: data.find(b"\n") + 1 or None]
    if _is_json_row(first_line):
        return "json"
    if len(first_line) < _HEAD and _is_header(first_line):
        return "csv"
    return "text"


def _after_comments(head: bytes) -> tuple[bytes, bool]:
    """Return what follows a declaration of XML and comments, and whether there is one."""
    rest = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = _XML.match(rest) is not None
    if declared:
        rest = rest.partition(b">")[2].lstrip()
    while rest.startswith(b"<!--") and b"-->" in rest:
        rest = rest.partition(b"-->")[2].lstrip()
    return rest, declared


def _is_mail(head: bytes) -> bool:
    """Tell the header of a message from a text that opens with "Note: …"."""
    found: set[bytes] = set()
    for line in head.splitlines():
        field = _FIELD.match(line)
        if field:
            found.add(field[1].lower())
        elif not (found and line[:1] in (b" ", b"\t")):
            break
    return b"from" in found and not found.isdisjoint(_MAIL_FIELDS)


def _is_json_row(line: bytes) -> bool:
    if not line.lstrip().startswith(b"{") or len(line) > _LONGEST_ROW:
        return False
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and text_column(row) is not None


def _is_header(line: bytes) -> bool:
    """Tell the names of columns from a sentence: single words, one of them for the text."""
    for delimiter in (b",", b";", b"\t"):
        cells = [cell.strip(b' "\r\n').decode(errors="replace") for cell in line.split(delimiter)]
        if len(cells) > 1 and all(cell.isidentifier() for cell in cells):
            return text_column(cells) is not None
    return False


def _zipped(data: bytes, name: str) -> str:
    """Tell a Word or OpenDocument file from a ZIP archive of files."""
    from io import BytesIO
    from zipfile import ZipFile

    if data.count(b"PK\1\2") > _MOST_MEMBERS:
        raise ReadError(f"{name}: has more than {_MOST_MEMBERS} files in it; unpack it yourself")
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            # No more of it, which may unpack to more than there is memory.
            kind = (
                archive.open("mimetype").read(80).decode("latin-1") if "mimetype" in names else ""
            )
    except Exception as error:  # zipfile passes on the errors of all that it is made of
        raise ReadError(f"{name}: is a damaged ZIP archive ({error})") from error
    if kind.startswith(_BOOK):
        return "epub"
    if kind.startswith(_OPEN_DOCUMENT):
        if kind.startswith(f"{_OPEN_DOCUMENT}text"):
            return "odt"
        if kind.startswith(f"{_OPEN_DOCUMENT}spreadsheet"):
            return "spreadsheet"
        raise ReadError(f"{name}: is not a text document; save it as PDF or text")
    if "[Content_Types].xml" in names:
        for folder, office in _OFFICE.items():
            if any(member.startswith(folder) for member in names):
                return office
    return "zip"


def find_reader(kind: str) -> Callable[[bytes, Origin], Documents]:
    """Return the function that reads a format that is not an archive."""
    module, name = FORMATS[kind].reader.split(".")
    found: Callable[[bytes, Origin], Documents] = getattr(
        import_module(f".{module}", __name__), name
    )
    return found


def parse(kind: str, data: bytes, origin: Origin) -> Documents:
    """Parse a file in this process; whatever is wrong with it is a ReadError."""
    read = find_reader(kind)
    try:
        return read(data, origin)
    except ReadError:
        raise
    except MemoryError as error:
        message = f"needs too much memory to be read as {kind}"
        raise ReadError(f"{origin.name}: {message}") from error
    except Exception as error:  # parsers raise whatever a damaged file leads them to
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:_REASON]
        raise ReadError(f"{origin.name}: cannot be read as {kind} ({reason})") from error
