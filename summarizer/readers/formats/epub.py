"""Electronic books (EPUB): the text of the chapters in their order."""

from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from ...datatypes import Document
from ...errors import ReadError
from ..documents import GAP, Documents, Origin, find_day, join_paragraphs, one_line
from ..encodings import decode
from .html import text_of_markup

_CONTAINER = "META-INF/container.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"


def read_epub(data: bytes, origin: Origin) -> Documents:
    """Read a book.

    :return: One document, without the table of contents.
    :raises ReadError: If it holds no text, or no chapter can be read.
    """
    paragraphs: list[str] = []
    missing: list[str] = []
    with ZipFile(BytesIO(data)) as archive:
        rootfile = next(_parse(archive.read(_CONTAINER)).iter("{*}rootfile"))
        package = _parse(archive.read(rootfile.get("full-path")))
        folder = dirname(rootfile.get("full-path"))
        items = {item.get("id"): item for item in package.iter("{*}item")}
        for reference in package.iter("{*}itemref"):
            item = items.get(reference.get("idref"))
            if item is None or "nav" in (item.get("properties") or "").split():
                continue
            name = normpath(join(folder, unquote(item.get("href", ""))))
            try:
                page = decode(archive.read(name), origin.name)
            except KeyError:
                missing.append(name)
                continue
            paragraphs += [text for text in text_of_page(page).split(GAP) if text]
    if not paragraphs:
        raise ReadError(f"{origin.name}: holds no text")
    text, marks = join_paragraphs(paragraphs)
    left_out = [f"{origin.name}: {name} is missing in it" for name in missing]
    document = Document(
        id=origin.id,
        text=text,
        title=_field(package, "title"),
        date=find_day(_field(package, "date")),
        path=origin.path,
        author=_field(package, "creator") or None,
        site=_field(package, "publisher") or None,
        marks=marks,
    )
    return Documents([document], left_out)


def text_of_page(page: str) -> str:
    """Return the text of the body of a page."""
    start, end = page.find("<body"), page.rfind("</body")
    return text_of_markup(f"<div{page[start + 5 : end]}</div>" if 0 <= start < end else page)


def _parse(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def _field(package: Any, name: str) -> str:
    found = next(package.iter(f"{_DC}{name}"), None)
    return "" if found is None else one_line(found.text)
