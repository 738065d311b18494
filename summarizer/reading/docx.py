"""Word files (DOCX), by python-docx."""

from io import BytesIO

from ..datatypes import Document
from ..errors import ReadError
from .documents import Documents, Origin
from .paragraphs import join_paragraphs

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Paragraphs of the body and its tables; a text box stands in the file twice.
_PARAGRAPHS = ".//w:p[not(ancestor::w:txbxContent)]"
_RUNS = ".//w:t | .//w:tab | .//w:br | .//w:cr | .//w:noBreakHyphen"
_IN_BOX = f"{_W}txbxContent"
_LETTERS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
_TITLE_STYLE = "Title"
# What python-docx calls a file that says nothing of itself.
_NO_TITLE = "Word Document"


def read_docx(data: bytes, origin: Origin) -> Documents:
    """Read a Word file: its paragraphs, those of tables and tracked insertions included.

    :return: One document; empty paragraphs are neither kept nor counted.
    :raises ReadError: If it holds no text.
    """
    import docx

    file = docx.Document(BytesIO(data))
    body = file.element.body
    paragraphs: list[str] = []
    headline = ""
    for element in body.xpath(_PARAGRAPHS):
        boxes = {id(inner) for box in element.iter(_IN_BOX) for inner in box.iter()}
        parts = (
            _LETTERS.get(run.tag, run.text or "")
            for run in element.xpath(_RUNS)
            if id(run) not in boxes
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
    title = " ".join(properties.title.split())
    text, marks = join_paragraphs(paragraphs)
    return Documents(
        [
            Document(
                id=origin.id,
                text=text,
                title=headline if title in ("", _NO_TITLE) else title,
                date=properties.created.date().isoformat() if properties.created else None,
                path=origin.path,
                author=properties.author.strip() or None,
                marks=marks,
            )
        ]
    )
