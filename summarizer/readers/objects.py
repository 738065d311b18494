"""Documents that a caller of the library hands over, checked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from ..datatypes import Document, MarkKind, Marks
from ..errors import OptionError

# Sorts behind all that documents say of themselves.
_LAST = "\U0010ffff"
_REQUIRED = frozenset({"id", "text", "title"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


def as_documents(given: Iterable[Document | str]) -> list[Document]:
    """Make documents of plain texts.

    :param given: Documents, plain texts, or a single one of either.
    :return: The documents; the texts are called ``text 1`` and so on by their place.
    :raises OptionError: If there is anything else among them, or a field is not of its type.
    """
    if isinstance(given, str | Document):
        given = [given]
    if not isinstance(given, Iterable) or isinstance(given, bytes | Mapping):
        raise OptionError(f"documents must be Documents or strings, not {type(given).__name__}")
    return [_as_document(item, number) for number, item in enumerate(given, 1)]


def content_order(documents: Sequence[Document]) -> list[int]:
    """Return the places of documents in an order that depends on their contents alone."""

    def content(number: int) -> tuple[str, ...]:
        d = documents[number]
        rest = (d.title, d.date, d.url, d.path, d.id)
        return (d.text, *(part or _LAST for part in rest))

    return sorted(range(len(documents)), key=content)


def _as_document(given: object, number: int) -> Document:
    if isinstance(given, Document):
        _require_fields(given, number)
        return given
    if isinstance(given, str):
        return Document(id=f"text {number}", text=given)
    name = type(given).__name__
    raise OptionError(f"document {number} must be a Document or a string, not {name}")


def _require_fields(document: Document, number: int) -> None:
    for name in ("id", "text", "title", "date", "path", "url", "author", "site"):
        value = getattr(document, name)
        if not (isinstance(value, str) or (value is None and name not in _REQUIRED)):
            kind = type(value).__name__
            raise OptionError(f"document {number}: {name} must be a string, not {kind}")
    if document.date is not None and not _DAY.match(document.date):
        raise OptionError(f"document {number}: date must be YYYY-MM-DD, not {document.date}")
    if not isinstance(document.extracted, bool):
        raise OptionError(f"document {number}: extracted must be True or False")
    if document.marks is not None:
        _require_marks(document.marks, number)


def _require_marks(marks: object, number: int) -> None:
    if not isinstance(marks, Marks) or marks.kind not in get_args(MarkKind):
        kinds = ", ".join(get_args(MarkKind))
        raise OptionError(f"document {number}: marks must be Marks of a kind out of {kinds}")
    if list(marks.starts) != sorted(marks.starts):
        raise OptionError(f"document {number}: the starts of its marks must be ascending")
