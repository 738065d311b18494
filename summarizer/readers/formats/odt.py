"""OpenDocument texts (ODT): the paragraphs and headings of ``content.xml``."""

from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812

from ...datatypes import Document
from ...errors import ReadError
from ..documents import (
    Documents,
    Origin,
    as_superscript,
    find_day,
    join_paragraphs,
    with_rows_joined,
)

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ROW = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-row"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_POSITION = f"{_STYLE}text-position"
_BLANKS = {f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"}
_APART = {f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}tracked-changes"}
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")


def read_odt(data: bytes, origin: Origin) -> Documents:
    """Read an OpenDocument text; notes, comments and deleted text are left out.

    :return: One document; empty paragraphs are neither kept nor counted.
    :raises ReadError: If it is damaged, locked or holds no text.
    """
    with ZipFile(BytesIO(data)) as archive:
        if _is_locked(archive):
            raise ReadError(f"{origin.name}: is locked with a password; save a copy without one")
        content = _parse(archive.read("content.xml"))
        meta = _parse_meta(archive)
    raised = {
        style.get(f"{_STYLE}name")
        for style in content.iter(f"{_STYLE}style")
        if any("super" in p.get(_POSITION, "") for p in style.iter(f"{_STYLE}text-properties"))
    }
    body = content.find(f"{_OFFICE}body")
    found: list[tuple[str, object]] = []
    for element in () if body is None else body.iter(*_PARAGRAPHS):
        if any(above.tag in {*_APART, *_PARAGRAPHS} for above in element.iterancestors()):
            continue
        parts: list[str] = []
        _collect(element, parts, raised)
        text = " ".join("".join(parts).split())
        if text:
            found.append((text, next(element.iterancestors(_ROW), None)))
    paragraphs = with_rows_joined(found)
    if not paragraphs:
        raise ReadError(f"{origin.name}: holds no text")
    text, marks = join_paragraphs(paragraphs)
    return Documents(
        [
            Document(
                id=origin.id,
                text=text,
                title=_field(meta, f"{_DC}title") or "",
                date=find_day(_field(meta, f"{_META}creation-date") or ""),
                path=origin.path,
                author=_field(meta, f"{_META}initial-creator") or _field(meta, f"{_DC}creator"),
                marks=marks,
            )
        ]
    )


def _is_locked(archive: ZipFile) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in archive.namelist() and b"encryption-data" in archive.read(manifest)


def _parse(data: bytes) -> Any:
    """Parse XML without entities, documents from elsewhere, or trees of any depth."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def _parse_meta(archive: ZipFile) -> Any:
    """Return what the file says of itself; None where that is missing or damaged."""
    from lxml.etree import XMLSyntaxError

    try:
        return _parse(archive.read("meta.xml"))
    except (KeyError, XMLSyntaxError, BadZipFile, ZlibError):
        return None


def _collect(element: Any, parts: list[str], raised: set[str]) -> None:
    at = len(parts)
    parts.append(element.text or "")
    for child in element:
        if child.tag in _BLANKS:
            parts.append(" ")
        elif isinstance(child.tag, str) and child.tag not in _APART:
            # Paragraphs within one are those of a text box.
            between = " " if child.tag in _PARAGRAPHS else ""
            parts.append(between)
            _collect(child, parts, raised)
            parts.append(between)
        parts.append(child.tail or "")
    if element.get(f"{_TEXT}style-name") in raised:
        parts[at:] = map(as_superscript, parts[at:])


def _field(meta: Any, tag: str) -> str | None:
    found = None if meta is None else next(meta.iter(tag), None)
    return None if found is None else " ".join((found.text or "").split()) or None
