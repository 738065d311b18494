"""From documents to a summary: the one place that knows the order of the stages."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from .budget import Length, require_room, sentence_costs
from .cleaning import Structure, clean
from .clustering import star_clusters
from .cohesion import readable_units
from .concepts import (
    different_stems,
    extract_concepts,
    inverse_frequency,
    lexical_vectors,
    stem_sentences,
)
from .datatypes import Budget, Citation, CitedSentence, Document, Sentence, Source
from .embedding import Encoder, embed, load_encoder
from .errors import OptionError, SummarizerError
from .evidence import corroborating
from .ordering import order_picked
from .picking import Candidates, Objective, pick_coverage, pick_mmr
from .salience import centrality, concept_weights, sentence_salience, shortlist, similarity_cover
from .splitting import split
from .summary import Summary
from .version import VERSION

Ranker = Literal["coverage", "mmr"]
RANKERS: tuple[Ranker, ...] = get_args(Ranker)
DEFAULT_DIVERSITY: dict[Ranker, float] = {"coverage": 1.0, "mmr": 0.3}
# Mean of the cosines in meaning and in words from which two sentences say the same.
_SAME = 0.6
# A sentence less near to the subject than this is picked only where the budget stays unfilled.
_NEAR_SUBJECT = 0.1
# More sentences than this are screened by their concepts before they are embedded.
_EMBEDDED = 1500


@dataclass(frozen=True, slots=True)
class _Material:
    """Documents in an order that depends on their texts alone, and their sentences.

    :param documents: The documents.
    :param numbers: The number by which each is cited: its place in the order given, from 1.
    :param structures: What each consists of.
    :param sentences: The sentences of all bodies.
    """

    documents: list[Document]
    numbers: list[int]
    structures: list[Structure]
    sentences: list[Sentence]


@dataclass(frozen=True, slots=True)
class _Selection:
    """What was picked, in reading order, as rows of ``_Material.sentences``.

    :param rows: The picked sentences.
    :param scores: The salience of each.
    :param passages: For each, (row, cosine) of the passages that say the same.
    """

    rows: list[int]
    scores: list[float]
    passages: list[list[tuple[int, float]]]


def summarize(
    documents: Iterable[Document | str],
    *,
    words: int | None = None,
    sentences: int | None = None,
    chars: int | None = None,
    ratio: float | None = None,
    diversity: float | None = None,
    ranker: Ranker = "coverage",
    encoder: Encoder | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Summarize documents about one subject in sentences of their own.

    :param documents: Documents, as ``read`` returns them, or plain texts.
    :param words: Most words; 150 where no length is given. At most one length may be.
    :param sentences: Most sentences.
    :param chars: Most characters, blanks between sentences counted.
    :param ratio: Most words as a share of all that may be quoted, above 0 to 1.
    :param diversity: 0 to 1. At 1 what is said twice counts once (coverage), or only difference
        counts (mmr); at 0 only salience counts. By default 1 for coverage, 0.3 for mmr.
    :param ranker: ``coverage`` or ``mmr``.
    :param encoder: Anything with ``encode(n strings) -> (n, d)``; by default the shipped model.
    :param progress: Called with the number of sentences embedded and their total.
    :return: The summary; the same for the same texts, but for the numbers of the sources, in
        whatever order these are given.
    :raises SummarizerError: If an option is out of range, there is nothing to quote, or no
        sentence fits the length.
    """
    length = Length(words, sentences, chars, ratio)
    if ranker not in RANKERS:
        raise OptionError(f"ranker must be {' or '.join(RANKERS)}, not {ranker}")
    diversity = DEFAULT_DIVERSITY[ranker] if diversity is None else diversity
    if not 0 <= diversity <= 1:
        raise OptionError(f"diversity must be from 0 to 1, not {diversity}")
    skipped: tuple[str, ...] = getattr(documents, "skipped", ())
    material = _prepare(_as_documents(documents))
    texts = [sentence.text for sentence in material.sentences]
    if not texts:
        raise SummarizerError("there is no sentence to quote in what was given")
    budget = length.budget(texts)
    costs, limit = sentence_costs(texts, budget)
    require_room(costs, budget)
    encoder = encoder or _default_encoder()
    selection = _select(material, costs, limit, ranker, diversity, encoder, progress)
    quotes = tuple(_cite(material, selection, place) for place in range(len(selection.rows)))
    model = getattr(encoder, "name", type(encoder).__name__)
    return Summary(
        sentences=quotes,
        sources=_sources(material, quotes),
        budget=budget,
        warnings=(*skipped, *_warnings(material, selection, costs, budget)),
        signature=f"summarizer {VERSION} | model {model} | ranker {ranker} "
        f"| diversity {diversity:g} | {length}",
    )


def _as_documents(documents: Iterable[Document | str]) -> list[Document]:
    if isinstance(documents, str | Document):
        documents = [documents]
    return [
        Document(id=f"text {number}", text=document) if isinstance(document, str) else document
        for number, document in enumerate(documents, 1)
    ]


@cache
def _default_encoder() -> Encoder:
    return load_encoder()


def _prepare(given: Sequence[Document]) -> _Material:
    """Read, so to speak, the documents in the order of their texts; clean and split them."""
    order = sorted(range(len(given)), key=lambda i: (given[i].text, given[i].title, given[i].id))
    documents = [given[i] for i in order]
    structures = clean(documents)
    sentences = split(documents, [structure.blocks for structure in structures])
    return _Material(documents, [i + 1 for i in order], structures, sentences)


def _select(
    material: _Material,
    costs: npt.NDArray[np.intp],
    limit: int,
    ranker: Ranker,
    diversity: float,
    encoder: Encoder,
    progress: Callable[[int, int], None] | None,
) -> _Selection:
    """Embed, cluster, rank, pick, order and find the evidence."""
    document = np.array([s.document for s in material.sentences], dtype=np.intp)
    index = np.array([s.index for s in material.sentences], dtype=np.intp)
    stems = stem_sentences([s.text for s in material.sentences])
    concepts = extract_concepts(stems)
    weights = concept_weights(concepts.rows, concepts.concepts, concepts.count, document, index)

    kept = shortlist(concepts.totals(weights), costs, limit, _EMBEDDED)
    sentences = [material.sentences[row] for row in kept]
    document, index, costs = document[kept], index[kept], costs[kept]
    vectors = embed(encoder, [sentence.text for sentence in sentences], progress)
    lexical = lexical_vectors(stems, kept)
    both = _both(vectors, lexical)
    labels = star_clusters(both, _SAME)
    salience = sentence_salience(vectors, document, index)
    cover = similarity_cover(vectors, vectors)

    near = centrality(vectors, document) >= _NEAR_SUBJECT
    units = readable_units(sentences)
    rows = [unit.rows for unit in units]
    candidates = Candidates(
        units=rows,
        needs=np.array([unit.needs for unit in units], dtype=np.intp),
        costs=np.array([costs[list(unit)].sum() for unit in rows], dtype=np.intp),
        labels=labels,
        reads_well=np.array([u.reads_well and near[list(u.rows)].all() for u in units], dtype=bool),
    )
    if ranker == "mmr":
        picked = pick_mmr(candidates, salience, vectors, diversity, limit)
    else:
        facts = [concepts.row(row) for row in kept]
        objective = Objective(facts, rows, weights, cover, salience, diversity)
        picked = pick_coverage(candidates, objective, limit)

    lengths = np.bincount(document)
    place = index / np.maximum(lengths[document] - 1, 1)
    day = _days(material.structures)[document]
    chosen = [row for unit in picked for row in rows[unit]]
    ordered = order_picked(chosen, sentences, salience, cover, place, day)
    words, telling = different_stems(stems, kept), inverse_frequency(stems)
    passages = [
        corroborating(row, sentences, both @ both[row], words, telling, _SAME) for row in ordered
    ]
    return _Selection(
        rows=[int(kept[row]) for row in ordered],
        scores=[float(salience[row]) for row in ordered],
        passages=[
            [(int(kept[other]), float(vectors[row] @ vectors[other])) for other in others]
            for row, others in zip(ordered, passages, strict=True)
        ],
    )


def _both(
    vectors: npt.NDArray[np.float32], lexical: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Join vectors of meaning and of words so that their products are the mean of both cosines."""
    half = np.float32(np.sqrt(0.5))
    worded = lexical.any(axis=1, keepdims=True)
    return np.hstack([vectors * np.where(worded, half, np.float32(1)), lexical * half])


def _days(structures: Sequence[Structure]) -> npt.NDArray[np.intp]:
    """Rank the days of documents; one without a date gets the middle rank."""
    days = sorted({structure.date for structure in structures if structure.date})
    rank = {day: number for number, day in enumerate(days)}
    known = sorted(rank[structure.date] for structure in structures if structure.date)
    middle = known[len(known) // 2] if known else 0
    return np.array([rank[s.date] if s.date else middle for s in structures], dtype=np.intp)


def _cite(material: _Material, selection: _Selection, place: int) -> CitedSentence:
    sentence = material.sentences[selection.rows[place]]
    passages = []
    for row, cosine in selection.passages[place]:
        passage = material.sentences[row]
        number = material.numbers[passage.document]
        similarity = round(cosine, 4)
        passages.append(Citation(number, passage.start, passage.end, passage.text, similarity))
    return CitedSentence(
        text=sentence.text,
        source=material.numbers[sentence.document],
        start=sentence.start,
        end=sentence.end,
        index=sentence.index,
        score=round(selection.scores[place], 4),
        corroboration=tuple(sorted(passages, key=lambda citation: citation.source)),
    )


def _sources(material: _Material, quotes: Sequence[CitedSentence]) -> tuple[Source, ...]:
    cited = {quote.source for quote in quotes}
    cited.update(passage.source for quote in quotes for passage in quote.corroboration)
    lengths = np.bincount(
        [sentence.document for sentence in material.sentences], minlength=len(material.documents)
    )
    sources = [
        Source(
            number=number,
            id=document.id,
            title=structure.title,
            path=document.path,
            url=document.url,
            date=structure.date,
            sentences=int(length),
            cited=number in cited,
        )
        for number, document, structure, length in zip(
            material.numbers, material.documents, material.structures, lengths, strict=True
        )
    ]
    return tuple(sorted(sources, key=lambda source: source.number))


def _warnings(
    material: _Material, selection: _Selection, costs: npt.NDArray[np.intp], budget: Budget
) -> list[str]:
    """Say what a careful user should know, in the order of the sources."""
    quotable = {sentence.document for sentence in material.sentences}
    first_with: dict[str, str] = {}
    notes: list[tuple[int, str]] = []
    for place, number in sorted(enumerate(material.numbers), key=lambda pair: pair[1]):
        document = material.documents[place]
        name = document.path or document.id
        if not document.text.strip("\0 \t\r\n"):
            notes.append((number, f"{name}: is empty"))
        elif place not in quotable:
            notes.append((number, f"{name}: has no sentence to quote"))
        elif document.text in first_with:
            notes.append((number, f"{name}: has the same text as {first_with[document.text]}"))
        else:
            first_with[document.text] = name
    lines = [note for _, note in notes]
    used = int(costs[selection.rows].sum())
    if used < 0.95 * budget.limit:
        held = "the sources hold no more" if used == costs.sum() else "nothing else that fits is new"
        lines.append(f"only {used} of {budget.limit} {budget.unit} are used: {held}")
    return lines
