"""Word files (DOCX), by python-docx."""

from io import BytesIO
from typing import Any

from ...datatypes import Document
from ...errors import ReadError
from ..archives import with_legible_properties
from ..documents import (
    Documents,
    Origin,
    as_superscript,
    join_paragraphs,
    one_line,
    what_it_says,
    with_rows_joined,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What a text box holds stands in the file twice, the second time for old programs.
_ONCE = "[not(ancestor::*[local-name()='Fallback'])]"
_PARAGRAPHS = f".//w:p{_ONCE}"
_RUNS = " | ".join(f".//w:{name}{_ONCE}" for name in ("t", "tab", "br", "cr", "noBreakHyphen"))
_LETTERS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
# Where text stood before it was deleted, or moved to where it stands now.
_GONE = {f"{_W}{name}" for name in ("del", "moveFrom")}
_OFF = {"0", "false", "off", "none"}
_TITLE_STYLE = "Title"
# What python-docx calls a file that says nothing of itself, and who then wrote it.
_NO_TITLE = "Word Document"
_NO_AUTHOR = "python-docx"
_NO_DAY = "2013-12-23"


def read_docx(data: bytes, origin: Origin) -> Documents:
    """Read a Word file as it reads with all changes accepted.

    Its paragraphs are those of the body, also in text boxes and tracked insertions, and the rows of
    tables; text that is hidden, deleted or moved elsewhere is left out.

    :return: One document; empty paragraphs are neither kept nor counted.
    :raises ReadError: If it holds no text.
    """
    import docx

    file = docx.Document(BytesIO(with_legible_properties(data)))
    hidden = _hidden_styles(file)
    found: list[tuple[str, object]] = []
    headline = above = ""
    for element in file.element.body.xpath(_PARAGRAPHS):
        # The paragraphs of a text box stand within the one that it is anchored in.
        parts = (
            _text(run, hidden)
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
        found.append((text, next(element.iterancestors(f"{_W}tr"), None)))
        if element.style == _TITLE_STYLE and not headline:
            headline = text
    if above.strip():
        found.append((one_line(above), None))
    paragraphs = with_rows_joined(found)
    if not paragraphs:
        raise ReadError(f"{origin.name}: holds no text")
    about = file.core_properties
    title, author = what_it_says(lambda: about.title), what_it_says(lambda: about.author)
    day = what_it_says(lambda: about.created.date().isoformat() if about.created else "")
    text, marks = join_paragraphs(paragraphs)
    return Documents(
        [
            Document(
                id=origin.id,
                text=text,
                title=headline if title in ("", _NO_TITLE) else title,
                date=None if day in ("", _NO_DAY) else day,
                path=origin.path,
                author=None if author in ("", _NO_AUTHOR) else author,
                marks=marks,
            )
        ]
    )


def _text(element: Any, hidden: set[str]) -> str:
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
