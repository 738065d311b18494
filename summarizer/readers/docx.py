"""Word files (DOCX), by python-docx."""

from io import BytesIO

from ..datatypes import Document
from ..errors import ReadError
from .documents import Documents, Origin
from .paragraphs import join_paragraphs

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What a text box holds stands in the file twice, the second time for old programs.
_ONCE = "[not(ancestor::*[local-name()='Fallback'])]"
_PARAGRAPHS = f".//w:p{_ONCE}"
_RUNS = " | ".join(f".//w:{name}{_ONCE}" for name in ("t", "tab", "br", "cr", "noBreakHyphen"))
_LETTERS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
_TITLE_STYLE = "Title"
# What python-docx calls a file that says nothing of itself, and who then wrote it.
_NO_TITLE = "Word Document"
_NO_AUTHOR = "python-docx"
_NO_DAY = "2013-12-23"


def read_docx(data: bytes, origin: Origin) -> Documents:
    """Read a Word file: its paragraphs, also in tables, text boxes and tracked insertions.

    :return: One document; empty paragraphs are neither kept nor counted.
    :raises ReadError: If it holds no text.
    """
    import docx

    file = docx.Document(BytesIO(data))
    body = file.element.body
    paragraphs: list[str] = []
    headline = ""
    for element in body.xpath(_PARAGRAPHS):
        # The paragraphs of a text box stand within the one that it is anchored in.
        parts = (
            _LETTERS.get(run.tag, run.text or "")
            for run in element.xpath(_RUNS)
            if next(run.iterancestors(f"{_W}p")) is element
        )
        text = " ".join("".join(parts).split())
        if not text:
            continue
        paragraphs.append(text)
        style = element.style
        if style == _TITLE_STYLE and not headline:
            headline = text
    if not paragraphs:
        raise ReadError(f"{origin.name}: holds no text")
    properties = file.core_properties
    title, author = (" ".join(f.split()) for f in (properties.title, properties.author))
    day = properties.created.date().isoformat() if properties.created else None
    text, marks = join_paragraphs(paragraphs)
    return Documents(
        [
            Document(
                id=origin.id,
                text=text,
                title=headline if title in ("", _NO_TITLE) else title,
                date=None if day == _NO_DAY else day,
                path=origin.path,
                author=None if author in ("", _NO_AUTHOR) else author,
                marks=marks,
            )
        ]
    )
