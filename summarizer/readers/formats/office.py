"""Office files: DOCX by python-docx, PPTX by python-pptx, RTF by striprtf, and ODT."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from io import BytesIO
from itertools import accumulate, chain
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812

from ...datatypes import Marks
from ...errors import ReadError
from ..archives import find_field, parse_xml, with_legible_properties
from ..documents import (
    GAP,
    Documents,
    Origin,
    as_superscript,
    document_of,
    find_day,
    one_line,
    starts_of,
    what_it_says,
    with_rows_joined,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What a text box holds stands in the file twice, the second time for old programs.
_ONCE = "[not(ancestor::*[local-name()='Fallback'])]"
_WORD_PARAGRAPHS = f".//w:p{_ONCE}"
_RUNS = " | ".join(f".//w:{name}{_ONCE}" for name in ("t", "tab", "br", "cr", "noBreakHyphen"))
_LETTERS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
# Where text stood before it was deleted, or moved to where it stands now.
_GONE = {f"{_W}{name}" for name in ("del", "moveFrom")}
_OFF = {"0", "false", "off", "none"}
_TITLE_STYLE = "Title"
# An item of a list has no mark among its letters.
_ITEM = (
    "./w:pPr[w:numPr[not(w:numId/@w:val='0')] or w:pStyle[starts-with(@w:val,'List')]]"
    "[not(w:pStyle[starts-with(@w:val,'Heading')])]"
)
_BULLET = "•"
# What python-docx calls a file that says nothing of itself, and who then wrote it.
_NO_TITLE = "Word Document"
_NO_AUTHOR = "python-docx"
_NO_DAY = "2013-12-23"
_NO_DAY_OF_SLIDES = "2013-01-27"

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ROW = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-row"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LISTED = f"{_TEXT}list-item"
_MANIFEST = "META-INF/manifest.xml"
_BLANKS = {f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"}
_APART = {f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}tracked-changes"}
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")

_INFO = re.compile(r"\{\\(title|author)\b((?:[^{}\\]|\\.){1,500})\}", re.DOTALL)
_CODE_PAGE = re.compile(r"\\ansicpg\d+")
_CREATED = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})\b")
_RAISED = re.compile(r"\\super(?:\\[a-z]{1,20}-?\d{0,9}){0,9}[ ]?([-+\d]{1,9})")
_HEAD = 1 << 16


def read_docx(data: bytes, origin: Origin) -> Documents:
    """Read a Word file as it reads with all changes accepted.

    Its paragraphs are those of the body, also in text boxes and tracked insertions, and the rows of
    tables; what is hidden, deleted or moved elsewhere is left out. Empty ones are not counted.
    """
    import docx

    file = docx.Document(BytesIO(with_legible_properties(data)))
    hidden = _hidden_styles(file)
    found: list[tuple[str, object]] = []
    headline = above = ""
    for element in file.element.body.xpath(_WORD_PARAGRAPHS):
        # The paragraphs of a text box stand within the one that it is anchored in.
        parts = (
            _seen(run, hidden)
            for run in element.xpath(_RUNS)
            if next(run.iterancestors(f"{_W}p")) is element
        )
        given = above + "".join(parts)
        if element.xpath("./w:pPr/w:rPr/*[self::w:del or self::w:moveFrom]"):
            above = given  # the mark at its end is gone, so that the next one goes on with it
            continue
        above = ""
        text = one_line(given)
        if not text:
            continue
        row = next(element.iterancestors(f"{_W}tr"), None)
        item = row is None and element.xpath(_ITEM)
        found.append((f"{_BULLET} {text}" if item else text, row))
        if element.style == _TITLE_STYLE and not headline:
            headline = text
    if above.strip():
        found.append((one_line(above), None))
    about = file.core_properties
    title, author = what_it_says(lambda: about.title), what_it_says(lambda: about.author)
    day = what_it_says(lambda: about.created.date().isoformat() if about.created else "")
    document = document_of(
        with_rows_joined(found),
        origin,
        title=headline if title in ("", _NO_TITLE) else title,
        date=None if day in ("", _NO_DAY) else day,
        author=None if author in ("", _NO_AUTHOR) else author,
    )
    return Documents([document])


def _seen(element: Any, hidden: set[str]) -> str:
    """Return what a reader sees of an element of a run."""
    letters = _LETTERS.get(element.tag, element.text or "")
    for above in element.iterancestors():
        if above.tag == f"{_W}p":
            style = above.find(f"{_W}pPr/{_W}pStyle")
            return "" if style is not None and style.get(f"{_W}val") in hidden else letters
        if above.tag in _GONE:
            return ""
        look = above.find(f"{_W}rPr") if above.tag == f"{_W}r" else None
        if look is None:
            continue
        style = look.find(f"{_W}rStyle")
        if _is_on(look.find(f"{_W}vanish")) or (
            style is not None and style.get(f"{_W}val") in hidden
        ):
            return ""
        place = look.find(f"{_W}vertAlign")
        if place is not None and place.get(f"{_W}val") == "superscript":
            letters = as_superscript(letters)
    return letters


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{_W}val", "1") not in _OFF


def _hidden_styles(file: Any) -> set[str]:
    """Return the ids of the styles whose text is hidden."""
    return {
        style.get(f"{_W}styleId")
        for style in file.styles.element.iterchildren(f"{_W}style")
        if _is_on(style.find(f"{_W}rPr/{_W}vanish"))
    }


def read_odt(data: bytes, origin: Origin) -> Documents:
    """Read an OpenDocument text; notes, comments, hidden and deleted text are left out."""
    with ZipFile(BytesIO(data)) as archive:
        if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
            raise ReadError(f"{origin.name}: is locked with a password; save a copy without one")
        content = parse_xml(archive.read("content.xml"))
        meta = _parse_meta(archive)
    raised, hidden = (
        {
            style.get(f"{_STYLE}name")
            for style in content.iter(f"{_STYLE}style")
            if any(look in p.get(kind, "") for p in style.iter(f"{_STYLE}text-properties"))
        }
        for kind, look in ((f"{_STYLE}text-position", "super"), (f"{_TEXT}display", "none"))
    )
    body = content.find(f"{_OFFICE}body")
    found: list[tuple[str, object]] = []
    for element in () if body is None else body.iter(*_PARAGRAPHS):
        if any(above.tag in {*_APART, *_PARAGRAPHS} for above in element.iterancestors()):
            continue
        parts: list[str] = []
        _collect(element, parts, raised, hidden)
        text = " ".join("".join(parts).split())
        if text:
            row = next(element.iterancestors(_ROW), None)
            listed = [e for e in element.iterancestors(_LISTED) if element.tag == _PARAGRAPHS[0]]
            found.append((f"{_BULLET} {text}" if row is None and listed else text, row))
    author = find_field(meta, f"{_META}initial-creator") or find_field(meta, f"{_DC}creator")
    document = document_of(
        with_rows_joined(found),
        origin,
        title=find_field(meta, f"{_DC}title"),
        date=find_day(find_field(meta, f"{_META}creation-date")),
        author=author or None,
    )
    return Documents([document])


def _parse_meta(archive: ZipFile) -> Any:
    """Return what the file says of itself; None where that is missing or damaged."""
    from lxml.etree import XMLSyntaxError

    try:
        return parse_xml(archive.read("meta.xml"))
    except (KeyError, XMLSyntaxError, BadZipFile, ZlibError):
        return None


def _collect(element: Any, parts: list[str], raised: set[str], hidden: set[str]) -> None:
    if element.get(f"{_TEXT}style-name") in hidden:
        return
    at = len(parts)
    parts.append(element.text or "")
    for child in element:
        if child.tag in _BLANKS:
            parts.append(" ")
        elif isinstance(child.tag, str) and child.tag not in _APART:
            # Paragraphs within one are those of a text box.
            between = " " if child.tag in _PARAGRAPHS else ""
            parts.append(between)
            _collect(child, parts, raised, hidden)
            parts.append(between)
        parts.append(child.tail or "")
    if element.get(f"{_TEXT}style-name") in raised:
        parts[at:] = map(as_superscript, parts[at:])


def read_pptx(data: bytes, origin: Origin) -> Documents:
    """Read a presentation: the paragraphs of each slide that is shown, then its notes."""
    import pptx

    file = pptx.Presentation(BytesIO(with_legible_properties(data)))
    slides = [
        list(_of_slide(slide)) if slide._element.get("show") != "0" else [] for slide in file.slides
    ]
    parts = list(chain.from_iterable(slides))
    # One without text at the end begins where the text ends.
    starts = [*starts_of(parts), sum(map(len, parts)) + len(GAP) * (len(parts) - 1)]
    firsts = accumulate(map(len, slides[:-1]), initial=0)
    about = file.core_properties
    day = what_it_says(lambda: about.created.date().isoformat())
    document = document_of(
        parts,
        origin,
        title=what_it_says(lambda: about.title) or "".join(parts[:1]),
        date=None if day in ("", _NO_DAY_OF_SLIDES) else day,
        author=what_it_says(lambda: about.author) or None,
        marks=Marks("slide", tuple(starts[first] for first in firsts)),
    )
    return Documents([document])


def _of_slide(slide: Any) -> Iterator[str]:
    title = slide.shapes.title
    first = [title] if title is not None else []
    others = [shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id]
    yield from _of_shapes(first)
    yield from _of_shapes(others, listed=True)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield from _of_frame(slide.notes_slide.notes_text_frame)


def _of_shapes(shapes: Iterable[Any], *, listed: bool = False) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _of_shapes(shape.shapes)
        elif shape.has_text_frame:
            texts = list(_of_frame(shape.text_frame))
            items = listed and shape.is_placeholder and len(texts) > 1
            yield from (f"{_BULLET} {text}" if items else text for text in texts)
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                for cell in row.cells:
                    yield from _of_frame(cell.text_frame)


def _of_frame(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        if text := one_line(paragraph.text):
            yield text


def read_rtf(data: bytes, origin: Origin) -> Documents:
    """Read a rich text file; empty paragraphs are neither kept nor counted."""
    # Rich text is ASCII; what is not stands for itself in the code page named in the file.
    source = data.decode("latin-1")
    lines = _plain(source).split("\n")
    paragraphs = [" ".join(line.replace("|", " ").split()) for line in lines]
    head = source[:_HEAD]
    page = _CODE_PAGE.search(head)
    info = {
        name: what_it_says(partial(_plain, rf"{{\rtf1{page[0] if page else ''}{given}}}"))
        for name, given in _INFO.findall(head)
    }
    created = _CREATED.search(head)
    day = f"{created[1]}-{created[2]:>02}-{created[3]:>02}" if created else ""
    document = document_of(
        list(filter(None, paragraphs)),
        origin,
        title=info.get("title", ""),
        date=find_day(day),
        author=info.get("author") or None,
    )
    return Documents([document])


def _plain(source: str) -> str:
    from striprtf.striprtf import rtf_to_text

    def raised(found: re.Match[str]) -> str:
        return "".join(rf"\u{ord(letter)}?" for letter in as_superscript(found[1]))

    text: str = rtf_to_text(_RAISED.sub(raised, source), errors="replace")  # type: ignore[no-untyped-call]
    return text
