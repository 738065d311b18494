"""From rows to what a reader sees: cited sentences, the list of sources, and notes."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

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
from .defaults import FULL
from .passages import Sentences

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
    :param places: Where sentences lie on the map; empty where none was embedded.
    """

    rows: list[int]
    scores: list[float]
    passages: list[list[tuple[int, float, bool]]]
    differing: list[list[tuple[int, float, list[Spans]]]]
    similarity: list[float | None]
    places: tuple[Place, ...] = ()


def locate(document: Document, offset: int) -> str:
    """Say where a person finds a place of a text in its original.

    :param document: The document.
    :param offset: An offset in its text.
    :return: Such as ``page 3``, ``paragraph 4`` or ``row 7``; ``line 12`` for one without marks.
    """
    marks = document.marks
    if marks is not None and marks.starts:
        place = max(bisect_right(marks.starts, offset) - 1, 0)
        return f"{marks.kind} {marks.first + place}"
    breaks = [document.text.count(letter, 0, offset) for letter in "\n\r"]
    return f"line {1 + (breaks[0] or breaks[1])}"


def cite_sentence(material: Material, selection: Selection, place: int) -> CitedSentence:
    """Return a picked sentence with its citation.

    :param material: The sources.
    :param selection: What was picked.
    :param place: Which of the picked sentences, counted from 0.
    """
    sentence = material.sentences[selection.rows[place]]
    passages = []
    for row, cosine, copy in selection.passages[place]:
        passage = material.sentences[row]
        number = material.numbers[passage.document]
        passages.append(
            Citation(
                source=number,
                start=passage.start,
                end=passage.end,
                text=passage.text,
                similarity=round(cosine, 3),
                where=locate(material.documents[passage.document], passage.start),
                copy=copy,
            )
        )
    return CitedSentence(
        text=sentence.text,
        source=material.numbers[sentence.document],
        start=sentence.start,
        end=sentence.end,
        index=sentence.index,
        score=round(selection.scores[place], 3),
        where=locate(material.documents[sentence.document], sentence.start),
        corroboration=tuple(sorted(passages, key=lambda citation: citation.source)),
        disagreement=tuple(
            sorted(
                (_disagreement(material, sentence, *found) for found in selection.differing[place]),
                key=lambda passage: passage.source,
            )
        ),
    )


def _disagreement(
    material: Material, quote: Sentence, row: int, cosine: float, words: Sequence[Spans]
) -> Disagreement:
    passage = material.sentences[row]
    return Disagreement(
        source=material.numbers[passage.document],
        start=passage.start,
        end=passage.end,
        text=passage.text,
        similarity=round(cosine, 3),
        where=locate(material.documents[passage.document], passage.start),
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
    return (document.path or document.id) + (f", {locate(document, 0)}" if row else "")


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
    if used >= FULL * budget.limit:
        return []
    everything = len(selection.rows) == len(costs)
    why = (
        "the sources hold no more"
        if everything
        else "what else fits says nothing new or cannot stand alone"
        + (f" or is stated by fewer than {min_sources} sources" if min_sources > 1 else "")
    )
    return [f"only {used} of {budget.limit} {budget.unit} are used: {why}"]
