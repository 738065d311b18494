"""Which column of a table, or key of a record, is text, title, date, author, site or address."""

import re
from collections.abc import Iterable, Mapping

from ..datatypes import Document, Marks
from ..errors import ReadError
from .days import find_day
from .documents import Documents, Origin

_IGNORED = re.compile(r"[\s_\ufeff-]")
_SYNONYMS = {
    "text": ("text", "content", "body", "article", "articlebody", "fulltext"),
    "title": ("title", "headline"),
    "date": ("date", "published", "datepublished", "publishedat", "publicationdate"),
    "url": ("url", "link"),
    "author": ("author", "byline"),
    "site": ("site", "source", "publisher"),
}


def text_column(names: Iterable[object]) -> str | None:
    """Return the one of these column names that holds the text, or None."""
    return _columns(names).get("text")


def _columns(names: Iterable[object]) -> dict[str, str]:
    """Find the columns by their names, the commonest name first; blanks, _ and case are ignored."""
    folded: dict[str, str] = {}
    for name in names:
        if isinstance(name, str):
            folded.setdefault(_IGNORED.sub("", name).lower(), name)
    return {
        field: folded[synonym]
        for field, synonyms in _SYNONYMS.items()
        for synonym in reversed(synonyms)
        if synonym in folded
    }


def read_rows(rows: Iterable[tuple[int, Mapping[str, object]]], origin: Origin) -> Documents:
    """Make a document of each row.

    :param rows: The number of each row as people count it, and its cells by column.
    :param origin: Where the table comes from.
    :return: The documents; rows without text are left out and counted in ``skipped``.
    :raises ReadError: If no row has a column for the text.
    """
    documents: list[Document] = []
    skipped: list[str] = []
    without = 0
    for number, row in rows:
        columns = _columns(row)
        cells = {field: row[name] for field, name in columns.items()}
        text = cells.get("text")
        if not isinstance(text, str) or not text.strip():
            without += 1
            continue
        if len(documents) == origin.most:
            message = f"is left from row {number} on; raise the limit (--max-files)"
            skipped.append(f"{origin.name}: {message}")
            break
        documents.append(_document(text, cells, number, origin))
    if not documents:
        names = ", ".join(_SYNONYMS["text"][:4])
        raise ReadError(f"{origin.name}: has no text in a column called {names}; rename one")
    if without:
        rows_named = "row" if without == 1 else "rows"
        skipped.append(f"{origin.name}: {without} {rows_named} without text left out")
    return Documents(documents, skipped)


def _document(text: str, cells: Mapping[str, object], number: int, origin: Origin) -> Document:
    strings = {field: str(cell).strip() for field, cell in cells.items() if _plain(cell)}
    return Document(
        id=f"{origin.id}#{number}",
        text=text,
        title=" ".join(strings.get("title", "").split()),
        date=find_day(strings.get("date", "")),
        path=origin.path,
        url=strings.get("url") or None,
        author=strings.get("author") or None,
        site=strings.get("site") or None,
        marks=Marks("row", (0,), number),
    )


def _plain(cell: object) -> bool:
    return isinstance(cell, str | int | float) and not isinstance(cell, bool)
