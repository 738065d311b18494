"""Markdown files: title and date from the front matter or the first heading."""

import re

from ..datatypes import Document

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"^(title|date)[ \t]*:[ \t]*(.+?)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*\r?$|^(\S.*?)[ \t]*\r?\n=+[ \t]*\r?$", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_markdown(id: str, path: str | None, text: str) -> Document:  # noqa: A002
    """Make a document of a Markdown text."""
    front = _FRONT_MATTER.match(text)
    fields = (
        {name.lower(): value.strip("\"'") for name, value in _FIELD.findall(front[1])}
        if front
        else {}
    )
    heading = _HEADING.search(text)
    title = fields.get("title") or (heading and (heading[1] or heading[2])) or ""
    day = _DAY.match(fields.get("date", ""))
    return Document(id=id, text=text, title=title, date=day[0] if day else None, path=path)
