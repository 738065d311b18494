"""Documents that a caller of the library hands over, checked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, get_args

from ..datatypes import Document, MarkKind, Marks
from ..errors import OptionError
from ..text.dates import as_day
from .documents import find_day

# Sorts after all that documents say of themselves.
_LAST = "\U0010ffff"
_REQUIRED = frozenset({"id", "text", "title"})
# What a dict or the metadata of an object may tell of a document.
_TOLD = ("title", "date", "url", "author", "site")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class WithText(Protocol):
    """What some libraries call a document."""

    @property
    def text(self) -> str:
        """The text."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What is known of it."""


class WithPageContent(Protocol):
    """What others call a document."""

    @property
    def page_content(self) -> str:
        """The text."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What is known of it."""


AnyDocument: TypeAlias = Document | str | Mapping[str, Any] | WithText | WithPageContent


def as_documents(given: Iterable[AnyDocument] | AnyDocument) -> list[Document]:
    """Make documents of what other libraries call one.

    :param given: Documents, plain texts, dicts with a ``text`` and further fields of ``Document``,
        and objects with ``page_content`` or ``text`` and ``metadata``, or a single one of these.
        Whatever else a dict holds is metadata. Metadata may tell ``title``, ``date``, ``url``,
        ``author`` and ``site``.
    :return: The documents; one without an id is called ``text 1`` and so on by its place.
    :raises OptionError: If there is anything else among them, or a field is not of its type.
    """
    alone = isinstance(given, str | Mapping) or _text_of(given) is not None
    items: Any = [given] if alone else given
    if not isinstance(items, Iterable) or isinstance(items, bytes):
        raise OptionError(f"documents must be Documents or strings, not {type(given).__name__}")
    return [_as_document(item, number) for number, item in enumerate(items, 1)]


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
    if isinstance(given, Mapping):
        fields = dict(given)
        metadata = fields.pop("metadata", None) or {}
        text = fields.pop("text", None)
    else:
        fields, text = {}, _text_of(given)
        metadata = getattr(given, "metadata", None) or {}
        fields["id"] = getattr(given, "id", None)
    if not isinstance(text, str):
        kind = type(given).__name__
        raise OptionError(f"document {number} must be a Document or have a text, not {kind}")
    if not isinstance(metadata, Mapping):
        kind = type(metadata).__name__
        raise OptionError(f"document {number}: metadata must be a mapping, not {kind}")
    told = {name: metadata[name] for name in _TOLD if isinstance(metadata.get(name), str)}
    if "date" in told and (day := find_day(told.pop("date"))):
        told["date"] = day
    own = {name: fields.pop(name) for name in (*_TOLD, "path") if fields.get(name) is not None}
    named = fields.pop("id", None)
    name = f"text {number}" if named is None else str(named)
    document = Document(name, text, **{**told, **own}, metadata={**metadata, **fields})
    _require_fields(document, number)
    return document


def _text_of(given: object) -> str | None:
    """Return the text of an object that has one, as those of other libraries do."""
    text = getattr(given, "page_content", None) or getattr(given, "text", None)
    return text if isinstance(text, str) else None


def _require_fields(document: Document, number: int) -> None:
    for name in ("id", "text", "title", "date", "path", "url", "author", "site"):
        value = getattr(document, name)
        if not (isinstance(value, str) or (value is None and name not in _REQUIRED)):
            kind = type(value).__name__
            raise OptionError(f"document {number}: {name} must be a string, not {kind}")
    if document.date is not None and (
        not _DAY.fullmatch(document.date) or as_day(document.date) is None
    ):
        raise OptionError(f"document {number}: date must be YYYY-MM-DD, not {document.date!r}")
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
