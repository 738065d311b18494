"""Markdown files: title, date, author and site from the front matter, or the first heading."""

import re

from ..datatypes import Document
from .days import find_day
from .decoding import decode
from .documents import Documents, Origin

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(
    r"^(title|date|author|site)[ \t]*:[ \t]*(\S[^\r\n]*)", re.MULTILINE | re.IGNORECASE
)
_FENCED = re.compile(r"^(`{3}|~{3}).*?^\1", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(\S[^\r\n]*)|^(\S[^\r\n]*)\r?\n=+[ \t]*\r?$", re.MULTILINE)


def read_markdown(data: bytes, origin: Origin) -> Documents:
    """Read a Markdown text.

    :return: One document.
    :raises ReadError: If the bytes are not text.
    """
    text = decode(data, origin.name)
    front = _FRONT_MATTER.match(text)
    found = _FIELD.findall(front[1]) if front else []
    fields = {name.lower(): value.strip().strip("\"'") for name, value in found}
    heading = _HEADING.search(_FENCED.sub("", text[front.end() :] if front else text))
    above = (heading[1] or heading[2]).strip(" \t#") if heading else ""
    document = Document(
        id=origin.id,
        text=text,
        title=fields.get("title") or above,
        date=find_day(fields.get("date", "")),
        path=origin.path,
        author=fields.get("author") or None,
        site=fields.get("site") or None,
    )
    return Documents([document])
