"""Texts as they are: plain ones, and those with markup, which gives them a title.

Markdown has a front matter, or a first heading, as reStructuredText and AsciiDoc have.
"""

import re

from ...datatypes import Document
from ..documents import Documents, Origin, find_day
from ..encodings import decode

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n")
_FRONT_MATTER_END = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_FIELD = re.compile(
    r"^(title|date|author|site)[ \t]*:[ \t]*(\S[^\r\n]*)", re.MULTILINE | re.IGNORECASE
)
_FENCE = re.compile(r"`{3}|~{3}")
_HEADING = re.compile(r"[#=][ \t]+(\S.*)")
_UNDERLINE = re.compile(r"=+[ \t]*")


def read_plaintext(data: bytes, origin: Origin) -> Documents:
    """Read a plain text; title and date are found by its structure later.

    :return: One document.
    :raises ReadError: If the bytes are not text.
    """
    text = decode(data, origin.name)
    return Documents([Document(id=origin.id, text=text, path=origin.path)])


def read_markdown(data: bytes, origin: Origin) -> Documents:
    """Read a text in Markdown, reStructuredText or AsciiDoc.

    Title, date, author and site are those of its front matter; the title may be its first heading.

    :return: One document.
    :raises ReadError: If the bytes are not text.
    """
    text = decode(data, origin.name)
    fields: dict[str, str] = {}
    below = text
    front = _FRONT_MATTER.match(text)
    end = _FRONT_MATTER_END.search(text, front.end()) if front else None
    if front and end:
        found = _FIELD.findall(text[front.end() : end.start()])
        fields = {name.lower(): value.strip().strip("\"'") for name, value in found}
        below = text[end.end() :]
    document = Document(
        id=origin.id,
        text=text,
        title=fields.get("title") or _first_heading(below),
        date=find_day(fields.get("date", "")),
        path=origin.path,
        author=fields.get("author") or None,
        site=fields.get("site") or None,
    )
    return Documents([document])


def _first_heading(text: str) -> str:
    """Return the first heading of the first level outside of code, or an empty string."""
    fence = above = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[0]):
            fence, above = mark[0] if not fence else "", ""
        elif not fence:
            heading = _HEADING.match(line)
            if heading or (above and _UNDERLINE.fullmatch(line)):
                return (heading[1] if heading else above).strip(" \t#=")
            above = line if line[:1].strip() else ""
    return ""
