"""Markdown files: title and date from the front matter or the first heading."""

import re

from ..datatypes import Document

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"^(title|date)[ \t]*:[ \t]*(\S[^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_FENCED = re.compile(r"^(`{3}|~{3}).*?^\1", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(\S[^\r\n]*)|^(\S[^\r\n]*)\r?\n=+[ \t]*\r?$", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_markdown(id: str, path: str | None, text: str) -> Document:  # noqa: A002
    """Make a document of a Markdown text."""
    front = _FRONT_MATTER.match(text)
    found = _FIELD.findall(front[1]) if front else []
    fields = {name.lower(): value.strip().strip("\"'") for name, value in found}
    heading = _HEADING.search(_FENCED.sub("", text[front.end() :] if front else text))
    above = (heading[1] or heading[2]).strip(" \t#") if heading else ""
    day = _DAY.match(fields.get("date", ""))
    return Document(
        id=id,
        text=text,
        title=fields.get("title") or above,
        date=day[0] if day else None,
        path=path,
    )
