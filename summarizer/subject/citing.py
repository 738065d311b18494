"""From rows of the table to what a reader sees: cited sentences, sources, and notes."""

from bisect import bisect_right
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from textwrap import shorten
from typing import Any, TypeVar

from ..datatypes import (
    Block,
    Budget,
    CitedSentence,
    Difference,
    DifferingPassage,
    Document,
    Passage,
    Source,
)
from ..errors import SummarizerError, counted
from ..evidence import Found, RowEvidence
from ..readers.documents import Locator
from ..settings import Settings
from ..text.table import SentenceTable
from ..text.tokens import count_words
from .sources import AnyDocument, Sources, split_sources

# Warnings show at most this many characters of a question.
_SHOWN = 80
# What the list of sources has as the document has it.
_COPIED = ("id", "path", "url", "author", "site", "metadata")


def cite_sentences(
    sources: Sources,
    pool: SentenceTable,
    rows: Sequence[int],
    evidence: Sequence[RowEvidence],
    translations: Sequence[Sequence[Found]] = (),
    foreign: SentenceTable | None = None,
) -> tuple[CitedSentence, ...]:
    """Return rows of the pool, given in reading order, as quotes with citations.

    ``evidence`` is what other documents say of each; ``translations``, which rows of ``foreign``,
    the sentences in other languages, say it.
    """
    quotes = list(map(Citing(sources, pool).quote, rows, evidence))
    if foreign is not None:
        cite = Citing(sources, foreign)
        for number, found in enumerate(translations):
            passages = (*quotes[number].agreeing, *map(cite.translation, found))
            quotes[number] = replace(quotes[number], agreeing=_by_source(passages))
    return tuple(quotes)


_AnyPassage = TypeVar("_AnyPassage", bound=Passage)


def _by_source(passages: Iterable[_AnyPassage]) -> tuple[_AnyPassage, ...]:
    return tuple(sorted(passages, key=attrgetter("source")))


class Citing:
    """Turns rows of a pool into records."""

    def __init__(self, sources: Sources, pool: SentenceTable) -> None:
        self._sources = sources
        self._pool = pool
        self._locators: dict[int, Locator] = {}

    def quote(self, row: int, evidence: RowEvidence) -> CitedSentence:
        """Return a sentence with what other documents say about it."""
        known = {self._sources.numbers[place] for place in self._sources.earlier}
        differing = _by_source(self._differing(row, one) for one in evidence.differing)
        return CitedSentence(
            text=self._pool.text(row),
            **self.place(row),
            speaker=self._block(row).speaker,
            index=int(self._pool.position[row]),
            score=round(float(self._pool.salience[row]), 3),
            agreeing=self._passages(row, evidence.agreeing),
            partly=self._passages(row, evidence.partly),
            copies=self._passages(row, evidence.copies),
            differing=tuple(one for one in differing if one.source not in known),
            earlier=tuple(one for one in differing if one.source in known),
        )

    def _passages(self, quote: int, found: Sequence[Found]) -> tuple[Passage, ...]:
        return _by_source(Passage(**self._passage(quote, one)) for one in found)

    def translation(self, found: Found) -> Passage:
        """Return a passage in another language."""
        return Passage(
            **self.place(found.first),
            text=self._pool.text(found.first),
            similarity=round(found.probability, 3),
            language=self._sources.languages[int(self._pool.document[found.first])],
        )

    def _differing(self, quote: int, found: Found) -> DifferingPassage:
        text, other = self._pool.text(quote), self._pool.text(found.first)
        first, second = int(self._pool.start[quote]), int(self._pool.start[found.first])
        return DifferingPassage(
            **self._passage(quote, found),
            differences=tuple(
                Difference(
                    start=first + start,
                    end=first + end,
                    text=text[start:end],
                    other_start=second + other_start,
                    other_end=second + other_end,
                    other_text=other[other_start:other_end],
                )
                for (start, end), (other_start, other_end) in found.differences
            ),
        )

    def _passage(self, quote: int, found: Found) -> dict[str, Any]:
        pool = self._pool
        rows = slice(found.first, found.last + 1)
        similarity = float((pool.vectors[rows] @ pool.vectors[quote]).max())
        place = self.place(found.first) | {"end": int(pool.end[found.last])}
        text = pool.documents[int(pool.document[found.first])].text
        return {
            **place,
            "text": text[place["start"] : place["end"]],
            "similarity": round(similarity, 3),
            "probability": round(found.probability, 3),
        }

    def place(self, row: int) -> dict[str, Any]:
        """Return the source, offsets and place of a sentence."""
        number, start = int(self._pool.document[row]), int(self._pool.start[row])
        if number not in self._locators:
            self._locators[number] = Locator(self._pool.documents[number])
        return {
            "source": self._sources.numbers[number],
            "start": start,
            "end": int(self._pool.end[row]),
            "where": self._block(row).where or self._locators[number].where(start),
        }

    def _block(self, row: int) -> Block:
        """Return the block that contains a sentence."""
        blocks = self._sources.structures[int(self._pool.document[row])].blocks
        start = int(self._pool.start[row])
        return blocks[bisect_right(blocks, start, key=attrgetter("start")) - 1]


def cited_sources(quotes: Sequence[CitedSentence]) -> set[int]:
    """Return the numbers of all sources that are quoted or named with a quote."""
    cited = {quote.source for quote in quotes}
    cited.update(passage.source for quote in quotes for passage in quote.passages)
    return cited


def list_sources(sources: Sources, cited: Collection[int]) -> tuple[Source, ...]:
    """Return every source in the order given, marking those in ``cited``."""
    originals = _originals(sources)

    def listed(place: int) -> Source:
        number, document = sources.numbers[place], sources.documents[place]
        structure, original = sources.structures[place], originals[place]
        return Source(
            **{name: getattr(document, name) for name in _COPIED},
            number=number,
            title=structure.title,
            date=structure.date,
            sentences=sources.lengths[place],
            cited=number in cited,
            copy_of=None if original is None else sources.numbers[original],
            earlier=place in sources.earlier,
        )

    return tuple(map(listed, sources.by_number))


def unjudged_note(sources: Sources, languages: Container[str], what: str) -> list[str]:
    """Warn of documents in other languages than those in which something can be found."""
    strange = [code for code in sources.languages if code not in languages]
    if not strange:
        return []
    codes = ", ".join(sorted({code or "unknown" for code in strange}))
    count = counted(len(strange), "document")
    return [f"{what} cannot be found in the language of {count} ({codes})"]


def source_notes(sources: Sources) -> list[str]:
    """Say what was left out while reading, and which sources have nothing or nothing new."""
    names = [
        _name(document) + " (earlier)" * (place in sources.earlier)
        for place, document in enumerate(sources.documents)
    ]
    originals = _originals(sources)
    notes = [*sources.notes]
    if sources.foreign:
        codes = ", ".join(sorted({sources.languages[place] for place in sources.foreign}))
        verb = "is" if len(sources.foreign) == 1 else "are"
        notes.append(
            f"{counted(len(sources.foreign), 'document')} {verb} in another language ({codes}) "
            f"than the summary ({sources.language}) and not quoted"
        )
    for place in sources.by_number:
        name, document, original = names[place], sources.documents[place], originals[place]
        if _is_empty(document):
            notes.append(f"{name}: is empty")
        elif not sources.lengths[place]:
            notes.append(f"{name}: has no sentence to quote")
        elif place in sources.off_topic:
            notes.append(f"{name}: is about something else than the others and was left out")
        elif original is not None and document.text == sources.documents[original].text:
            notes.append(f"{name}: has the same text as {names[original]}")
        elif original is not None:
            notes.append(f"{name}: repeats most of {names[original]}; they count as one source")
    return notes


def sources_to(
    verb: str, documents: Iterable[AnyDocument], settings: Settings
) -> tuple[Sources, SentenceTable]:
    """Split documents as ``split_sources`` does.

    :raises SummarizerError: If there is no sentence, with ``verb`` for what was to be done with it.
    """
    sources, table = split_sources(documents, settings)
    if not len(table):
        raise nothing_to(verb, sources)
    return sources, table


def nothing_to(verb: str, sources: Sources) -> SummarizerError:
    """Return the error for documents of which no sentence can be quoted or compared."""
    notes = source_notes(sources) or ["no documents"]
    return SummarizerError(f"nothing to {verb}: {'; '.join(notes)}")


def _originals(sources: Sources) -> list[int | None]:
    """Return for each document the place of the first one it copies or nearly copies, or None."""
    of_text: dict[str, int] = {}
    of_group: dict[int, int] = {}
    found: list[int | None] = [None] * len(sources.documents)
    for place in sources.by_number:
        document = sources.documents[place]
        if _is_empty(document):
            continue
        same_text = of_text.setdefault(document.text, place)
        same_group = of_group.setdefault(sources.groups[place], place)
        found[place] = next((first for first in (same_group, same_text) if first != place), None)
    return found


def _name(document: Document) -> str:
    """Return the name of a document: its file, and its row if it comes from a table."""
    row = document.marks is not None and document.marks.kind == "row"
    return (document.path or document.id) + (f", {Locator(document).where(0)}" if row else "")


def _is_empty(document: Document) -> bool:
    return not document.text.strip("\0\ufeff \t\r\n")


NOTHING_NEW = "the sources say nothing that the earlier ones do not say"


def nothing_note(query: str) -> str:
    """Say that no sentence answers the question; a long question is cut."""
    return f"the sources say nothing about “{shorten(query, _SHOWN, placeholder=' …')}”"


def length_notes(
    used: int,
    everything: bool,
    budget: Budget,
    min_sources: int,
    settings: Settings,
    quoted: Sequence[str] = (),
) -> list[str]:
    """Say why the budget was not used up; in scripts without spaces, characters count as words."""
    if used >= settings.note_share * budget.limit:
        return []
    why = (
        "the sources hold no more"
        if everything
        else "what else fits says nothing new or cannot stand alone"
        + (f" or is stated by fewer than {min_sources} sources" if min_sources > 1 else "")
    )
    counted: str = budget.unit
    if counted == "words" and any(count_words(text) > len(text.split()) for text in quoted):
        counted = "words, here characters,"
    return [f"only {used} of {budget.limit} {counted} are used: {why}"]
