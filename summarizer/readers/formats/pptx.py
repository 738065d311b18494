"""Presentations (PPTX), by python-pptx."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from ...datatypes import Document, Marks
from ...errors import ReadError
from ..archives import with_legible_properties
from ..documents import GAP, Documents, Origin, one_line, what_it_says


def read_pptx(data: bytes, origin: Origin) -> Documents:
    """Read a presentation: the paragraphs of each slide, also in tables and groups, then its notes.

    :return: One document; hidden slides are left out.
    :raises ReadError: If it holds no text.
    """
    import pptx

    file = pptx.Presentation(BytesIO(with_legible_properties(data)))
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for slide in file.slides:
        starts.append(length)
        if slide._element.get("show") == "0":
            continue
        for paragraph in _paragraphs(slide):
            parts.append(paragraph)
            length += len(paragraph) + len(GAP)
    if not parts:
        raise ReadError(f"{origin.name}: holds no text")
    about = file.core_properties
    text = GAP.join(parts)
    return Documents(
        [
            Document(
                id=origin.id,
                text=text,
                title=what_it_says(lambda: about.title) or parts[0],
                date=what_it_says(lambda: about.created.date().isoformat()) or None,
                path=origin.path,
                author=what_it_says(lambda: about.author) or None,
                marks=Marks("slide", tuple(min(start, len(text)) for start in starts)),
            )
        ]
    )


def _paragraphs(slide: Any) -> Iterator[str]:
    title = slide.shapes.title
    first = [title] if title is not None else []
    others = [shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id]
    yield from _texts([*first, *others])
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield from _lines(slide.notes_slide.notes_text_frame)


def _texts(shapes: Iterable[Any]) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _texts(shape.shapes)
        elif shape.has_text_frame:
            yield from _lines(shape.text_frame)
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                for cell in row.cells:
                    yield from _lines(cell.text_frame)


def _lines(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        if text := one_line(paragraph.text):
            yield text
