"""From rows to what a reader sees: cited sentences, the list of sources, and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .datatypes import (
    Budget,
    Citation,
    CitedSentence,
    Difference,
    Disagreement,
    Document,
    Place,
    Sentence,
    Source,
    Structure,
)
from .passages import Sentences
from .readers.documents import Locator

# A budget of which less is used is spoken of.
_NEARLY_FULL = 0.95
# Start and end of words in a quote, and of what stands for them in a passage.
Spans = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Material:
    """Documents in an order that depends on their texts alone, and their sentences.

    :param documents: The documents.
    :param numbers: The number by which each is cited: its place in the order given, from 1.
    :param structures: What each consists of.
    :param sentences: The sentences that may be quoted.
    :param voices: A number for each document, the same for copies of one text.
    :param lengths: How many sentences the body of each document has.
    :param notes: What is to be said of the documents as a whole.
    :param strays: The documents left out as they are about something else.
    """

    documents: list[Document]
    numbers: list[int]
    structures: list[Structure]
    sentences: Sentences
    lengths: list[int]
    voices: list[int]
    notes: tuple[str, ...] = ()
    strays: frozenset[int] = frozenset()

    @property
    def as_given(self) -> tuple[Document, ...]:
        """The documents in the order of their numbers."""
        ordered = sorted(zip(self.numbers, self.documents, strict=True), key=lambda pair: pair[0])
        return tuple(document for _, document in ordered)


@dataclass(frozen=True, slots=True)
class Selection:
    """What was picked, in reading order, as rows of ``Material.sentences``.

    :param rows: The picked sentences.
    :param scores: The salience of each.
    :param passages: For each, (row, cosine, copy) of the passages that say the same.
    :param differing: For each, (row, cosine, words) of the passages that differ, and in what words.
    :param similarity: For each, its cosine to the subject, or None where it was not embedded.
    :param importance: For each, what its concepts are worth in it, or None likewise.
    :param places: Where sentences lie on the map; empty where none was embedded.
    """

    rows: list[int]
    scores: list[float]
    passages: list[list[tuple[int, float, bool]]]
    differing: list[list[tuple[int, float, list[Spans]]]]
    similarity: list[float | None]
    importance: list[float | None]
    places: tuple[Place, ...] = ()


def cite_sentences(material: Material, selection: Selection) -> tuple[CitedSentence, ...]:
    """Return the picked sentences with their citations.

    :param material: The sources.
    :param selection: What was picked.
    """
    cite = _Citing(material)
    return tuple(
        cite.quote(row, score, passages, differing)
        for row, score, passages, differing in zip(
            selection.rows, selection.scores, selection.passages, selection.differing, strict=True
        )
    )


class _Citing:
    """Makes records of rows."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._locators: dict[int, Locator] = {}

    def quote(
        self,
        row: int,
        score: float,
        passages: Sequence[tuple[int, float, bool]],
        differing: Sequence[tuple[int, float, list[Spans]]],
    ) -> CitedSentence:
        sentence = self._material.sentences[row]
        return CitedSentence(
            text=sentence.text,
            source=self._material.numbers[sentence.document],
            start=sentence.start,
            end=sentence.end,
            index=sentence.index,
            score=round(score, 3),
            where=self._where(sentence),
            corroboration=tuple(
                sorted((self._citation(*found) for found in passages), key=_source)
            ),
            disagreement=tuple(
                sorted((self._disagreement(sentence, *found) for found in differing), key=_source)
            ),
        )

    def _citation(self, row: int, cosine: float, copy: bool) -> Citation:
        return Citation(**self._place(row, cosine), copy=copy)

    def _place(self, row: int, cosine: float) -> dict[str, Any]:
        """Return what a citation says of any passage."""
        passage = self._material.sentences[row]
        return {
            "source": self._material.numbers[passage.document],
            "start": passage.start,
            "end": passage.end,
            "text": passage.text,
            "similarity": round(cosine, 3),
            "where": self._where(passage),
        }

    def _disagreement(
        self, quote: Sentence, row: int, cosine: float, words: Sequence[Spans]
    ) -> Disagreement:
        passage = self._material.sentences[row]
        return Disagreement(
            **self._place(row, cosine),
            differences=tuple(
                Difference(
                    start=quote.start + start,
                    end=quote.start + end,
                    text=quote.text[start:end],
                    other_start=passage.start + other_start,
                    other_end=passage.start + other_end,
                    other_text=passage.text[other_start:other_end],
                )
                for start, end, other_start, other_end in words
            ),
        )

    def _where(self, sentence: Sentence) -> str:
        number = sentence.document
        if number not in self._locators:
            self._locators[number] = Locator(self._material.documents[number])
        return self._locators[number].where(sentence.start)


def _source(passage: Citation | Disagreement) -> int:
    return passage.source


def list_sources(material: Material, quotes: Sequence[CitedSentence]) -> tuple[Source, ...]:
    """Return every source, in the order given, and whether the summary cites it."""
    cited = {quote.source for quote in quotes}
    cited.update(passage.source for quote in quotes for passage in quote.corroboration)
    originals = _originals(material)
    cited.update(passage.source for quote in quotes for passage in quote.disagreement)
    sources = [
        Source(
            number=number,
            id=document.id,
            title=structure.title,
            path=document.path,
            url=document.url,
            date=structure.date,
            sentences=length,
            cited=number in cited,
            author=document.author,
            site=document.site,
            copy_of=None if original is None else material.numbers[original],
        )
        for number, document, structure, length, original in zip(
            material.numbers,
            material.documents,
            material.structures,
            material.lengths,
            originals,
            strict=True,
        )
    ]
    return tuple(sorted(sources, key=lambda source: source.number))


def source_notes(material: Material) -> list[str]:
    """Say which sources give nothing or nothing new, in the order of their numbers."""
    names = [_name(document) for document in material.documents]
    originals = _originals(material)
    notes: list[str] = list(material.notes)
    for place in _by_number(material):
        name, document, original = names[place], material.documents[place], originals[place]
        if _is_empty(document):
            notes.append(f"{name}: is empty")
        elif not material.lengths[place]:
            notes.append(f"{name}: has no sentence to quote")
        elif place in material.strays:
            notes.append(f"{name}: is about something else and was left out; --keep-all keeps it")
        elif original is not None and document.text == material.documents[original].text:
            notes.append(f"{name}: has the same text as {names[original]}")
        elif original is not None:
            notes.append(f"{name}: repeats most of {names[original]}; both count as one voice")
    return notes


def _originals(material: Material) -> list[int | None]:
    """Return for each document the place of the first with the same text, None for the first."""
    of_text: dict[str, int] = {}
    of_voice: dict[int, int] = {}
    found: list[int | None] = [None] * len(material.documents)
    for place in _by_number(material):
        document = material.documents[place]
        if _is_empty(document):
            continue
        same_text = of_text.setdefault(document.text, place)
        same_voice = of_voice.setdefault(material.voices[place], place)
        found[place] = next((first for first in (same_voice, same_text) if first != place), None)
    return found


def _name(document: Document) -> str:
    """Return what a document is called: its file, and the row where it is one of a table."""
    row = document.marks is not None and document.marks.kind == "row"
    return (document.path or document.id) + (f", {Locator(document).where(0)}" if row else "")


def _by_number(material: Material) -> list[int]:
    return sorted(range(len(material.numbers)), key=material.numbers.__getitem__)


def _is_empty(document: Document) -> bool:
    return not document.text.strip("\0\ufeff \t\r\n")


def length_notes(
    selection: Selection, costs: npt.NDArray[np.intp], budget: Budget, min_sources: int
) -> list[str]:
    """Say why a budget was not used up."""
    # Each cost in characters counts a blank behind the sentence, also behind the last one.
    used = int(costs[selection.rows].sum()) - (budget.unit == "chars")
    if used >= _NEARLY_FULL * budget.limit:
        return []
    everything = len(selection.rows) == len(costs)
    why = (
        "the sources hold no more"
        if everything
        else "what else fits says nothing new or cannot stand alone"
        + (f" or is stated by fewer than {min_sources} sources" if min_sources > 1 else "")
    )
    return [f"only {used} of {budget.limit} {budget.unit} are used: {why}"]
