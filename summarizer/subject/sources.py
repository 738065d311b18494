"""The sources of one subject: documents, checked, cleaned and split into sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeAlias, get_args

import numpy as np

from ..clean import clean
from ..datatypes import FIELDS, Document, MarkKind, Marks, Structure
from ..encoders import Embed
from ..errors import OptionError
from ..rank.concepts import language_of, split_documents, with_stems
from ..rank.documents import duplicate_groups, off_topic_documents
from ..readers.documents import find_day
from ..readers.paths import name_some
from ..settings import Settings, is_day
from ..text.table import SentenceTable

# Sorts behind any title, date or address.
_LAST = "\U0010ffff"
_REQUIRED = frozenset({"id", "text", "title"})


class ForeignDocument(Protocol):
    """A document of another library, with its text in ``text`` or ``page_content``."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Its title, date and the like."""


AnyDocument: TypeAlias = Document | str | Mapping[str, Any] | ForeignDocument


def as_documents(given: Iterable[AnyDocument] | AnyDocument) -> list[Document]:
    """Convert texts, dicts and documents of other libraries to ``Document``.

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
    """Return the places of documents in an order that depends only on their contents."""

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
    known = {name: metadata[name] for name in FIELDS if isinstance(metadata.get(name), str)}
    if "date" in known and (day := find_day(known.pop("date"))):
        known["date"] = day
    own = {name: fields.pop(name) for name in (*FIELDS, "path") if fields.get(name) is not None}
    named = fields.pop("id", None)
    name = f"text {number}" if named is None else str(named)
    document = Document(name, text, **{**known, **own}, metadata={**metadata, **fields})
    _require_fields(document, number)
    return document


def _text_of(given: object) -> str | None:
    """Return the text of another library's document, or None."""
    text = getattr(given, "page_content", None) or getattr(given, "text", None)
    return text if isinstance(text, str) else None


def _require_fields(document: Document, number: int) -> None:
    for name in ("id", "text", "title", "date", "path", "url", "author", "site"):
        value = getattr(document, name)
        if not (isinstance(value, str) or (value is None and name not in _REQUIRED)):
            kind = type(value).__name__
            raise OptionError(f"document {number}: {name} must be a string, not {kind}")
    if document.date is not None and not is_day(document.date):
        raise OptionError(f"document {number}: date must be YYYY-MM-DD, not {document.date!r}")
    if not isinstance(document.extracted, bool):
        raise OptionError(f"document {number}: extracted must be True or False")
    marks, kinds = document.marks, get_args(MarkKind)
    if marks is not None and not (isinstance(marks, Marks) and marks.kind in kinds):
        message = f"marks must be Marks of a kind out of {', '.join(kinds)}"
        raise OptionError(f"document {number}: {message}")
    if marks is not None and list(marks.starts) != sorted(marks.starts):
        raise OptionError(f"document {number}: the starts of its marks must be ascending")


@dataclass(frozen=True, slots=True)
class Sources:
    """Documents in an order that depends only on their texts, and what is known of each.

    :param documents: The documents.
    :param numbers: The number by which each is cited: its place in the order given, from 1.
    :param structures: What each consists of.
    :param languages: The BCP 47 code of the language of each, "" where it is unknown.
    :param lengths: How many sentences the body of each has.
    :param groups: The duplicate group of each.
    :param earlier: The documents that are known already; they are not quoted but for comparison.
    :param off_topic: The documents left out as they are about something else.
    :param language: The code of the language that is quoted; "" where it is unknown.
    :param foreign: The documents in other languages, of which none is quoted.
    :param notes: What is to be said of reading them, and of all of them together.
    """

    documents: Sequence[Document]
    numbers: Sequence[int]
    structures: Sequence[Structure]
    languages: Sequence[str]
    lengths: Sequence[int]
    groups: Sequence[int]
    earlier: frozenset[int] = frozenset()
    off_topic: frozenset[int] = frozenset()
    language: str = ""
    foreign: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def by_number(self) -> list[int]:
        """The places of the documents in the order of their numbers."""
        return sorted(range(len(self.numbers)), key=self.numbers.__getitem__)

    @property
    def as_given(self) -> tuple[Document, ...]:
        """The documents in the order of their numbers."""
        return tuple(self.documents[place] for place in self.by_number)

    @property
    def dates(self) -> list[str | None]:
        """The day of each document, ``YYYY-MM-DD``, or None."""
        return [structure.date for structure in self.structures]


def split_sources(
    documents: Iterable[AnyDocument],
    settings: Settings,
    *,
    known: Iterable[AnyDocument] = (),
    after: str | None = None,
) -> tuple[Sources, SentenceTable]:
    """Clean documents, split them into sentences and find those that repeat one another.

    :param known: Documents that were known before, which get the last numbers.
    :param after: The day before which no other document may be published, ``YYYY-MM-DD``; those
        without a day are kept.
    :return: The sources, and a row for each sentence of their bodies; there may be none.
    :raises OptionError: If something else is among the documents.
    """
    given = as_documents(documents)
    notes = tuple(getattr(documents, "skipped", ()))
    if after is not None:
        given, dated = _published_since(given, after)
        notes += dated
    count = len(given)
    given += as_documents(known)
    notes += tuple(getattr(known, "skipped", ()))
    order = content_order(given)
    ordered = [given[number] for number in order]
    structures = clean(ordered)
    languages = list(map(language_of, ordered, structures))
    table = split_documents(ordered, structures, languages, settings)
    sources = Sources(
        documents=ordered,
        numbers=[number + 1 for number in order],
        structures=structures,
        languages=languages,
        lengths=np.bincount(table.document, minlength=len(ordered)).tolist(),
        groups=duplicate_groups(table, len(ordered), settings),
        earlier=frozenset(place for place, number in enumerate(order) if number >= count),
        notes=notes,
    )
    return sources, table


def without_off_topic(
    sources: Sources, table: SentenceTable, embed: Embed, settings: Settings
) -> tuple[Sources, SentenceTable, bool]:
    """Drop documents that are off topic, judging by their text and their titles.

    Earlier documents tell what the others are about, and are kept; so are the others if none of
    them is about it.

    :param embed: From k texts to (k, d) float32 unit rows.
    :return: What is known of the sources, the sentences that are left, and whether the documents
        have a common subject at all.
    """
    found, related = off_topic_documents(table, sources.languages, sources.groups, embed, settings)
    off_topic = frozenset(found.tolist()) - sources.earlier
    compared = frozenset(table.document.tolist())
    titled = [place for place in sorted(compared) if sources.structures[place].title]
    if titled and (off_topic or not related):
        # Mails of one thread may share nothing but their subject line.
        titles = embed([sources.structures[place].title for place in titled])
        group = np.array([sources.groups[place] for place in titled])
        likeness = np.where(group[:, None] == group, 0, titles @ titles.T)
        alike = likeness.max(axis=1) >= settings.same_title
        off_topic -= frozenset(np.array(titled)[alike].tolist())
        related = related or (bool(alike.all()) and len(titled) == len(compared))
    if off_topic and off_topic != compared - sources.earlier:
        sources = replace(sources, off_topic=off_topic)
        kept = ~np.isin(table.document, sorted(off_topic))
        table = with_stems(table.take(np.flatnonzero(kept)), sources.languages)
    return sources, table, related


def _published_since(
    documents: Sequence[Document], day: str
) -> tuple[list[Document], tuple[str, ...]]:
    """Drop what was published before a day, and say so."""
    dates = [structure.date for structure in clean(documents)]
    pairs = list(zip(documents, dates, strict=True))
    kept = [document for document, date in pairs if date is None or date >= day]
    undated = [document.path or document.id for document, date in pairs if date is None]
    left = len(documents) - len(kept)
    notes = [f"{left:,} of {len(documents):,} documents were published before {day} and left out"]
    if undated:
        notes.append(f"kept, although no day of publication is known: {name_some(undated)}")
    return kept, tuple(notes)
