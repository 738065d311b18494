"""ZIP, tar and gzip archives and mailboxes, in memory: what is in them, never on disk."""

import re
import stat
import tarfile
from collections.abc import Callable, Iterator
from gzip import GzipFile
from io import BytesIO
from itertools import pairwise
from pathlib import PurePath
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

from ..errors import ReadError
from .documents import LINE_BREAKS, one_line
from .formats import DOCUMENT_ENDINGS
from .limits import Meter
from .paths import name_some

_CHUNK = 1 << 18
_GZIP_ENDINGS = {".gz": "", ".gzip": "", ".tgz": ".tar"}
_ENVELOPE = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S[^\n]{0,300} \d{4}\r?\n"
    rb"(?=>?[A-Za-z][A-Za-z0-9-]{0,75}:|>From )"
)
_MANGLED = re.compile(rb"^>(>*From )", re.MULTILINE)
_ENCRYPTED = 1
# What office files say of themselves, and what one says that says nothing.
_PROPERTIES = "docProps/core.xml"
_NO_PROPERTIES = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>'
)

# A name inside an archive, and how to get the bytes.
Member = tuple[str, Callable[[], bytes]]


def unpack(kind: str, data: bytes, name: str, meter: Meter, notes: list[str]) -> Iterator[Member]:
    """Yield the name of each file in an archive, and a function that unpacks it.

    Names are without steps upwards. The function raises a ReadError where the file is damaged or
    locked, or the meter stops it. ``notes`` gets a line for what is left out by its ending.
    """
    if kind == "gzip":
        inside = PurePath(name).stem + _GZIP_ENDINGS.get(PurePath(name).suffix.lower(), "")
        yield inside, lambda: _read(GzipFile(fileobj=BytesIO(data)), name, meter)
    elif kind == "mbox":
        yield from _messages(data)
    else:
        others: list[str] = []
        members = _zip_members if kind == "zip" else _tar_members
        for path, get in members(data, name, meter):
            safe = _safe_name(path)
            if any(part.startswith(".") or part == "__MACOSX" for part in PurePath(safe).parts):
                continue
            if PurePath(safe).suffix.lower() in DOCUMENT_ENDINGS:
                yield safe, get
            else:
                others.append(safe)
        if others:
            named = name_some(others)
            notes.append(f"{name}: left out files that are not documents by their ending: {named}")


def check_size(data: bytes, name: str, meter: Meter) -> None:
    """Count what the parts of a file say they unpack to; zipfile cuts off one that has more."""
    with ZipFile(BytesIO(data)) as archive:
        meter.count(name, sum(info.file_size for info in archive.infolist()))


def with_legible_properties(data: bytes) -> bytes:
    """Return a Word or PowerPoint file with empty properties where its own are damaged or gone.

    Its libraries read them first, and would not go on to the text.
    """
    with ZipFile(BytesIO(data)) as archive:
        try:
            parse_xml(archive.read(_PROPERTIES))
        except Exception:  # each packing has errors of its own
            mended = BytesIO()
            with ZipFile(mended, "w") as copy:
                for info in archive.infolist():
                    if info.filename != _PROPERTIES:
                        copy.writestr(info, archive.read(info))
                copy.writestr(_PROPERTIES, _NO_PROPERTIES)
            return mended.getvalue()
    return data


def parse_xml(data: bytes) -> Any:
    """Parse XML without entities, documents from elsewhere, or trees of any depth."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def find_field(tree: Any, tag: str) -> str:
    """Return in one line what the first element of a name holds; an empty string without one."""
    found = None if tree is None else next(tree.iter(tag), None)
    return "" if found is None else one_line(found.text)


def _safe_name(path: str) -> str:
    """Return a path that stays within its archive, in one line."""
    line = LINE_BREAKS.sub(" ", path.replace("\\", "/"))
    parts = [part for part in line.split("/") if part not in ("", ".", "..")]
    return "/".join(parts)


def _zip_members(data: bytes, name: str, meter: Meter) -> Iterator[Member]:
    try:
        opened = ZipFile(BytesIO(data))
    except Exception as error:  # it passes on the errors of all that it is made of
        raise _damaged(name, error) from error
    with opened as archive:
        for info in archive.infolist():
            if not info.is_dir() and not stat.S_ISLNK(info.external_attr >> 16):
                yield info.filename, lambda info=info: _unzip(archive, info, name, meter)  # type: ignore[misc]


def _unzip(archive: ZipFile, info: ZipInfo, name: str, meter: Meter) -> bytes:
    inner = f"{name}/{_safe_name(info.filename)}"
    if info.flag_bits & _ENCRYPTED:
        raise ReadError(f"{inner}: is locked with a password; unpack it yourself")
    try:
        file = archive.open(info)
    except Exception as error:
        raise _damaged(inner, error) from error
    return _read(file, inner, meter)


def _tar_members(data: bytes, name: str, meter: Meter) -> Iterator[Member]:
    try:
        with tarfile.open(fileobj=BytesIO(data), mode="r:") as archive:
            for info in archive:
                file = archive.extractfile(info) if info.isfile() else None
                if file is not None:
                    inner = f"{name}/{_safe_name(info.name)}"
                    yield info.name, lambda file=file, inner=inner: _read(file, inner, meter)  # type: ignore[misc]
            # tarfile takes what is not a header for the end.
            if data[archive.offset :].strip(b"\0"):
                raise ReadError(f"{name}: is damaged; files in it may be missing")
    except ReadError:
        raise
    except Exception as error:  # what a header may say is not always checked
        raise _damaged(name, error) from error


def _read(file: IO[bytes] | GzipFile, name: str, meter: Meter) -> bytes:
    data = bytearray()
    while True:
        try:
            chunk = file.read(_CHUNK)
        except Exception as error:  # each packing has errors of its own
            raise _damaged(name, error) from error
        if not chunk:
            return bytes(data)
        meter.count(name, len(chunk))
        data += chunk


def _messages(data: bytes) -> Iterator[Member]:
    """Yield the messages of a mailbox (mboxrd), numbered from 1."""
    edges = [(envelope.start(), envelope.end()) for envelope in _ENVELOPE.finditer(data)]
    for number, ((_, start), (end, _)) in enumerate(pairwise([*edges, (len(data), 0)]), 1):
        yield f"{number}.eml", lambda start=start, end=end: _MANGLED.sub(rb"\1", data[start:end])  # type: ignore[misc]


def _damaged(name: str, error: Exception) -> ReadError:
    reason = " ".join(str(error).split())[:100] or type(error).__name__
    return ReadError(f"{name}: is damaged or packed in an unknown way ({reason})")
