"""Rich text files (RTF), by striprtf."""

import re
from functools import partial

from ...datatypes import Document
from ...errors import ReadError
from ..documents import (
    Documents,
    Origin,
    as_superscript,
    find_day,
    join_paragraphs,
    what_it_says,
)

_INFO = re.compile(r"\{\\(title|author)\b((?:[^{}\\]|\\.){1,500})\}", re.DOTALL)
_CODE_PAGE = re.compile(r"\\ansicpg\d+")
_CREATED = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})\b")
_RAISED = re.compile(r"\\super(?:\\[a-z]{1,20}-?\d{0,9}){0,9}[ ]?([-+\d]{1,9})")
_HEAD = 1 << 16


def read_rtf(data: bytes, origin: Origin) -> Documents:
    """Read a rich text file.

    :return: One document; empty paragraphs are neither kept nor counted.
    :raises ReadError: If it holds no text.
    """
    # Rich text is ASCII; what is not stands for itself in the code page named in the file.
    source = data.decode("latin-1")
    lines = _plain(source).split("\n")
    paragraphs = [" ".join(line.replace("|", " ").split()) for line in lines]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    if not paragraphs:
        raise ReadError(f"{origin.name}: holds no text")
    head = source[:_HEAD]
    page = _CODE_PAGE.search(head)
    info = {
        name: what_it_says(partial(_plain, rf"{{\rtf1{page[0] if page else ''}{given}}}"))
        for name, given in _INFO.findall(head)
    }
    created = _CREATED.search(head)
    day = f"{created[1]}-{created[2]:>02}-{created[3]:>02}" if created else ""
    text, marks = join_paragraphs(paragraphs)
    return Documents(
        [
            Document(
                id=origin.id,
                text=text,
                title=info.get("title", ""),
                date=find_day(day),
                path=origin.path,
                author=info.get("author") or None,
                marks=marks,
            )
        ]
    )


def _plain(source: str) -> str:
    from striprtf.striprtf import rtf_to_text

    source = _RAISED.sub(lambda found: _escaped(as_superscript(found[1])), source)
    text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    return text


def _escaped(text: str) -> str:
    return "".join(rf"\u{ord(letter)}?" for letter in text)
