"""The sources of one subject: what is known of each document, and all their sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ..clean import clean
from ..datatypes import Document, Structure
from ..rank.concepts import language_of, split_documents
from ..rank.documents import duplicate_groups
from ..rank.features import concept_features, lexical_centrality
from ..rank.weights import concept_weights
from ..readers.objects import AnyDocument, as_documents, content_order
from ..readers.paths import name_some
from ..settings import Settings
from ..table import Concepts, Floats, Rows, SentenceTable, Stems


@dataclass(frozen=True, slots=True)
class Sources:
    """Documents in an order that depends on their texts alone, and what is known of each.

    :param documents: The documents.
    :param numbers: The number by which each is cited: its place in the order given, from 1.
    :param structures: What each consists of.
    :param languages: The BCP 47 code of the language of each, "" where it is unknown.
    :param lengths: How many sentences the body of each has.
    :param groups: The duplicate group of each.
    :param earlier: The documents that are known already; they are not quoted but for comparison.
    :param off_topic: The documents left out as they are about something else.
    :param language: The code of the language that is quoted; "" where it is unknown.
    :param abroad: The documents in other languages, of which none is quoted.
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
    abroad: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def as_given(self) -> tuple[Document, ...]:
        """The documents in the order of their numbers."""
        ordered = sorted(zip(self.numbers, self.documents, strict=True), key=lambda pair: pair[0])
        return tuple(document for _, document in ordered)

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
        given, told = _published_since(given, after)
        notes += told
    count = len(given)
    given += as_documents(known)
    notes += tuple(getattr(known, "skipped", ()))
    order = content_order(given)
    ordered = [given[number] for number in order]
    structures = clean(ordered)
    languages = list(map(language_of, ordered, structures))
    table = split_documents(ordered, structures, languages)
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


def weigh_concepts(
    stems: Stems,
    concepts: Concepts,
    document: Rows,
    position: Rows,
    sectioned: float,
    settings: Settings,
) -> Floats:
    """Estimate how likely people are to put each concept of n sentences into a summary.

    :param document: (n,) the document of each sentence.
    :param position: (n,) its place among the sentences of its document.
    :param sectioned: The share of sentences that are of reports.
    :return: A weight for each concept, 0 to 1.
    """
    central = lexical_centrality(stems, position, settings)
    features = concept_features(stems, concepts, document, position, central, sectioned)
    return concept_weights(features, settings.weights)


def _published_since(
    documents: Sequence[Document], day: str
) -> tuple[list[Document], tuple[str, ...]]:
    """Leave out what was published before a day, and say so."""
    dates = [structure.date for structure in clean(documents)]
    pairs = list(zip(documents, dates, strict=True))
    kept = [document for document, date in pairs if date is None or date >= day]
    undated = [document.path or document.id for document, date in pairs if date is None]
    left = len(documents) - len(kept)
    notes = [f"{left:,} of {len(documents):,} documents were published before {day} and left out"]
    if undated:
        notes.append(f"kept, although no day of publication is known: {name_some(undated)}")
    return kept, tuple(notes)
