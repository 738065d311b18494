"""From documents to a summary: the one place that knows the order of the stages."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from .budget import Length, require_room, sentence_costs
from .citing import Material, Selection, cite_sentence, length_notes, list_sources, source_notes
from .cleaning import clean
from .clustering import identical_clusters, star_clusters
from .cohesion import readable_units
from .concepts import (
    different_stems,
    extract_concepts,
    inverse_frequency,
    lexical_vectors,
    stem_sentences,
)
from .datatypes import Document, Structure
from .embedding import DEFAULT_MODEL, Encoder, embed, load_encoder
from .errors import OptionError, SummarizerError
from .evidence import corroborating
from .ordering import order_picked
from .picking import Candidates, Objective, pick_coverage, pick_mmr
from .redundancy import redundant_pairs
from .salience import centrality, concept_weights, sentence_salience, shortlist, similarity_cover
from .splitting import split
from .summary import Summary
from .tokens import tokenize
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


def summarize(
    documents: Iterable[Document | str],
    *,
    words: int | None = None,
    sentences: int | None = None,
    chars: int | None = None,
    ratio: float | None = None,
    diversity: float | None = None,
    ranker: Ranker = "coverage",
    encoder: Encoder | str = DEFAULT_MODEL,
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
    :param encoder: Anything with ``encode(n strings) -> (n, d)``, or what ``load_encoder`` takes.
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
        notes = source_notes(material) or ["no documents were given"]
        raise SummarizerError("nothing to quote: " + "; ".join((*skipped, *notes)))
    budget = length.budget(texts)
    costs, limit = sentence_costs(texts, budget)
    require_room(costs, budget)
    if isinstance(encoder, str):
        encoder = _loaded(encoder)
    selection = _select(material, costs, limit, ranker, diversity, encoder, progress)
    quotes = tuple(
        cite_sentence(material, selection, place) for place in range(len(selection.rows))
    )
    model = getattr(encoder, "name", type(encoder).__name__)
    return Summary(
        sentences=quotes,
        sources=list_sources(material, quotes),
        budget=budget,
        warnings=(*skipped, *source_notes(material), *length_notes(selection, costs, budget)),
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
def _loaded(name_or_path: str) -> Encoder:
    return load_encoder(name_or_path)


def _prepare(given: Sequence[Document]) -> Material:
    """Read, so to speak, the documents in the order of their texts; clean and split them."""
    order = sorted(range(len(given)), key=lambda i: (given[i].text, given[i].title))
    documents = [given[i] for i in order]
    structures = clean(documents)
    sentences = split(documents, [structure.blocks for structure in structures])
    return Material(documents, [i + 1 for i in order], structures, sentences)


def _select(
    material: Material,
    costs: npt.NDArray[np.intp],
    limit: int,
    ranker: Ranker,
    diversity: float,
    encoder: Encoder,
    progress: Callable[[int, int], None] | None,
) -> Selection:
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
    salience = sentence_salience(vectors, document, index)
    cosines = vectors @ vectors.T
    cover = similarity_cover(cosines)
    # Who asks for everything gets everything; only what stands there twice is left out.
    if costs.sum() <= limit:
        copies = identical_clusters([tuple(tokenize(s.text)) or s.text for s in sentences])
        redundant = copies[:, None] == copies
    else:
        redundant = redundant_pairs(star_clusters(both, _SAME), cosines, lexical)

    central = centrality(vectors, document)
    near = central >= _NEAR_SUBJECT
    units = readable_units(sentences)
    rows = [unit.rows for unit in units]
    candidates = Candidates(
        units=rows,
        needs=np.array([unit.needs for unit in units], dtype=np.intp),
        costs=np.array([costs[list(unit)].sum() for unit in rows], dtype=np.intp),
        redundant=redundant,
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
    ordered = order_picked(chosen, sentences, salience * central, cover, place, day)
    words, telling = different_stems(stems, kept), inverse_frequency(stems)
    passages = [
        corroborating(row, sentences, both @ both[row], words, telling, _SAME) for row in ordered
    ]
    return Selection(
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
    lengths = np.linalg.norm(lexical, axis=1, keepdims=True)
    worded = lengths > 0
    units = lexical / np.where(worded, lengths, 1)
    return np.hstack([vectors * np.where(worded, half, np.float32(1)), units * half])


def _days(structures: Sequence[Structure]) -> npt.NDArray[np.intp]:
    """Rank the days of documents; one without a date gets the middle rank."""
    days = sorted({structure.date for structure in structures if structure.date})
    rank = {day: number for number, day in enumerate(days)}
    known = sorted(rank[structure.date] for structure in structures if structure.date)
    middle = known[len(known) // 2] if known else 0
    return np.array([rank[s.date] if s.date else middle for s in structures], dtype=np.intp)
