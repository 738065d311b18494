"""Rich text files (RTF), by striprtf."""

import re

from ..datatypes import Document
from ..errors import ReadError
from .documents import Documents, Origin
from .paragraphs import join_paragraphs

_INFO = re.compile(r"\{\\(title|author)\s+([^{}\\]{1,500})\}")
_CREATED = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})\b")


def read_rtf(data: bytes, origin: Origin) -> Documents:
    """Read a rich text file.

    :return: One document; empty paragraphs are neither kept nor counted.
    :raises ReadError: If it holds no text.
    """
    from striprtf.striprtf import rtf_to_text

    # Rich text is ASCII; what is not stands for itself in the code page named in the file.
    source = data.decode("latin-1")
    lines = rtf_to_text(source, errors="replace").split("\n")  # type: ignore[no-untyped-call]
    paragraphs = [" ".join(line.replace("|", " ").split()) for line in lines]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    if not paragraphs:
        raise ReadError(f"{origin.name}: holds no text")
    info = dict(_INFO.findall(source[: 1 << 16]))
    created = _CREATED.search(source[: 1 << 16])
    day = f"{created[1]}-{int(created[2]):02}-{int(created[3]):02}" if created else None
    text, marks = join_paragraphs(paragraphs)
    return Documents(
        [
            Document(
                id=origin.id,
                text=text,
                title=info.get("title", "").strip(),
                date=day,
                path=origin.path,
                author=info.get("author", "").strip() or None,
                marks=marks,
            )
        ]
    )
