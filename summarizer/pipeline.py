"""From documents to a summary: the one place that knows the order of the stages."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt

from .budget import Length, require_room, sentence_costs
from .citing import Material, Selection, cite_sentence, length_notes, list_sources, source_notes
from .cleaning import clean
from .clustering import join_vectors, star_clusters, unit_rows
from .cohesion import keep_units, readable_units, single_needs
from .concepts import (
    different_stems,
    extract_concepts,
    inverse_frequency,
    lexical_vectors,
    stem_sentences,
)
from .copies import document_voices, repeated
from .datatypes import Document
from .defaults import MODEL, RANKER, Ranker
from .embedding import Encoder, embed, load_encoder, tells_apart
from .errors import SummarizerError
from .evidence import SUPPORTS, corroborating
from .explaining import explain
from .facts import Facts, Space
from .features import concept_features
from .given import as_documents, checked_diversity, content_order
from .incidence import Stems
from .mapping import map_sentences, shown_rows
from .ordering import order_picked, rank_days
from .picking import Candidates, Objective, pick_coverage, pick_densest, pick_mmr
from .redundancy import redundant_pairs
from .salience import centrality, sentence_salience, shortlist, similarity_cover
from .splitting import split
from .subject import (
    comparable_documents,
    document_cosines,
    is_doubtful,
    opening_sentences,
    stray_documents,
)
from .summary import Summary
from .tokens import tokenize
from .version import VERSION
from .weighing import concept_weights

# Mean of the cosines in meaning and in words from which two sentences say the same.
_SAME = 0.6
# A sentence less near to the subject than this is picked only where the budget stays unfilled.
_NEAR_SUBJECT = 0.1
# More sentences than this are screened by their concepts before they are embedded.
_EMBEDDED = 1500
# A budget that takes more sentences than this is filled by their concepts alone.
_MOST_EMBEDDED = 6000


def summarize(
    documents: Iterable[Document | str],
    *,
    words: int | None = None,
    sentences: int | None = None,
    chars: int | None = None,
    ratio: float | None = None,
    diversity: float | None = None,
    ranker: Ranker = RANKER,
    encoder: Encoder | str = MODEL,
    keep_all: bool = False,
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
    :param keep_all: Whether to quote documents that are about something else than the others too.
    :param progress: Called with the number of sentences embedded and their total.
    :return: The summary; the same for the same texts, but for the numbers of the sources, in
        whatever order these are given.
    :raises SummarizerError: If an option is out of range, there is nothing to quote, or no
        sentence fits the length.
    """
    length = Length(words, sentences, chars, ratio)
    diversity = checked_diversity(ranker, diversity)
    skipped: tuple[str, ...] = getattr(documents, "skipped", ())
    material = _prepare(as_documents(documents))
    if isinstance(encoder, str):
        encoder = _loaded(encoder)
    stems = stem_sentences([sentence.text for sentence in material.sentences])
    document = np.array([s.document for s in material.sentences], dtype=np.intp)
    material = replace(material, voices=document_voices(stems, document, len(material.documents)))
    if not keep_all:
        material = _without_strays(material, stems, encoder)
    texts = [sentence.text for sentence in material.sentences]
    if material.strays:
        stems = stem_sentences(texts)
    if not texts:
        notes = source_notes(material) or ["no documents were given"]
        raise SummarizerError("nothing to quote: " + "; ".join((*skipped, *notes)))
    budget = length.budget(texts)
    costs, limit = sentence_costs(texts, budget)
    facts = _weigh(material, stems)
    require_room(costs[facts.standing], budget)
    selection = _select(material, facts, costs, limit, ranker, diversity, encoder, progress)
    quotes = tuple(
        cite_sentence(material, selection, place) for place in range(len(selection.rows))
    )
    model = getattr(encoder, "name", type(encoder).__name__)
    return Summary(
        sentences=quotes,
        sources=list_sources(material, quotes),
        budget=budget,
        explanations=explain(
            facts, material.sentences, selection.rows, selection.similarity, material.numbers
        ),
        documents=material.as_given,
        places=selection.places,
        warnings=(*skipped, *source_notes(material), *length_notes(selection, costs, budget)),
        signature=f"summarizer {VERSION} | model {model} | ranker {ranker} "
        f"| diversity {float(diversity)!r} | {length}",
    )


@cache
def _loaded(name_or_path: str) -> Encoder:
    return load_encoder(name_or_path)


def _prepare(given: Sequence[Document]) -> Material:
    """Put documents in an order that depends on their contents alone; clean and split them."""
    order = content_order(given)
    documents = [given[number] for number in order]
    structures = clean(documents)
    sentences = split(documents, [structure.blocks for structure in structures])
    lengths = np.bincount([s.document for s in sentences], minlength=len(documents)).tolist()
    numbers = [number + 1 for number in order]
    return Material(documents, numbers, structures, sentences, lengths, list(range(len(order))))


def _without_strays(material: Material, stems: Stems, encoder: Encoder) -> Material:
    """Leave out the documents that are about something else than the others."""
    known, document = np.unique([s.document for s in material.sentences], return_inverse=True)
    compared = comparable_documents(stems, document)
    if not len(compared):
        return material
    words = document_cosines(stems, document, inverse_frequency(stems))[np.ix_(compared, compared)]
    if not is_doubtful(words):
        return material
    rows = opening_sentences(document)
    rows = rows[np.isin(document[rows], compared)]
    vectors = embed(encoder, [material.sentences[row].text for row in rows], None)
    found, related = stray_documents(words, vectors, np.searchsorted(compared, document[rows]))
    strays = frozenset(known[compared[found]].tolist())
    kept = [sentence for sentence in material.sentences if sentence.document not in strays]
    notes = () if related else ("the documents seem to have no common subject",)
    return replace(material, sentences=kept, strays=strays, notes=notes)


def _weigh(material: Material, stems: Stems) -> Facts:
    document = np.array([s.document for s in material.sentences], dtype=np.intp)
    index = np.array([s.index for s in material.sentences], dtype=np.intp)
    concepts = extract_concepts(stems)
    weights = concept_weights(concept_features(stems, concepts, document, index))
    day = rank_days([structure.date for structure in material.structures])[document]
    units = readable_units(material.sentences)
    scores = concepts.totals(weights)
    return Facts(document, index, stems, concepts, weights, scores, day, units)


def _select(
    material: Material,
    facts: Facts,
    costs: npt.NDArray[np.intp],
    limit: int,
    ranker: Ranker,
    diversity: float,
    encoder: Encoder,
    progress: Callable[[int, int], None] | None,
) -> Selection:
    """Embed, cluster, rank, pick, order and find the evidence."""
    kept = shortlist(facts.scores, costs, limit, _EMBEDDED)
    # What has most to say may need another sentence; one that fits must stand alone.
    standing = facts.standing
    kept = np.union1d(kept, standing[[int(costs[standing].argmin())]])
    if costs.sum() > limit and len(kept) <= _MOST_EMBEDDED:
        space = _embed(material, facts, kept, encoder, progress)
        chosen = _search(facts, space, costs, limit, ranker, diversity)
        return _with_evidence(material, facts, space, chosen)
    # Who asks for nearly everything gets it in its own order; only what stands there twice is
    # left out.
    contents = [tuple(tokenize(s.text)) or s.text for s in material.sentences]
    picked = pick_densest(facts.scores, costs, contents, single_needs(facts.units), limit)
    ordered = sorted(picked, key=lambda row: (facts.day[row], row))
    if len(costs) <= _MOST_EMBEDDED:
        space = _embed(material, facts, np.arange(len(costs)), encoder, progress)
        return _with_evidence(material, facts, space, ordered)
    largest = float(facts.scores.max()) or 1.0
    scores = [float(facts.scores[row]) / largest for row in ordered]
    return Selection(ordered, scores, [[] for _ in ordered], [None] * len(ordered))


def _embed(
    material: Material,
    facts: Facts,
    kept: npt.NDArray[np.intp],
    encoder: Encoder,
    progress: Callable[[int, int], None] | None,
) -> Space:
    sentences = [material.sentences[row] for row in kept]
    vectors = embed(encoder, [sentence.text for sentence in sentences], progress)
    lexical = lexical_vectors(facts.stems, kept)
    if not tells_apart(vectors):
        vectors = unit_rows(lexical)
    salience = sentence_salience(vectors, facts.document[kept], facts.index[kept])
    return Space(
        kept=kept,
        sentences=sentences,
        vectors=vectors,
        lexical=lexical,
        both=join_vectors(vectors, lexical),
        salience=salience,
        central=centrality(vectors, facts.document[kept]),
    )


def _search(
    facts: Facts,
    space: Space,
    costs: npt.NDArray[np.intp],
    limit: int,
    ranker: Ranker,
    diversity: float,
) -> list[int]:
    """Cluster, rank, pick and order; return rows of the space."""
    document, index = facts.document[space.kept], facts.index[space.kept]
    cosines = space.vectors @ space.vectors.T
    cover = similarity_cover(cosines)
    units = keep_units(facts.units, space.kept)
    rows = [unit.rows for unit in units]
    near = [bool((space.central[list(unit)] >= _NEAR_SUBJECT).all()) for unit in rows]
    same, overlapping = redundant_pairs(star_clusters(space.both, _SAME), cosines, space.lexical)
    candidates = Candidates(
        opens=np.array([index[unit[0]] == 0 for unit in rows]),
        units=rows,
        needs=np.array([unit.needs for unit in units], dtype=np.intp),
        costs=np.array([costs[space.kept[list(unit)]].sum() for unit in rows], dtype=np.intp),
        same=same,
        overlapping=overlapping,
        reads_well=np.array([unit.reads_well for unit in units]) & np.array(near),
    )
    if ranker == "mmr":
        picked = pick_mmr(candidates, space.salience, space.vectors, diversity, limit)
    else:
        concepts = [facts.concepts.row(row) for row in space.kept]
        objective = Objective(concepts, rows, facts.weights, cover, space.salience, diversity)
        picked = pick_coverage(candidates, objective, limit)
    chosen = [row for unit in picked for row in rows[unit]]
    place = index / np.maximum(np.bincount(facts.document)[document] - 1, 1)
    lead = space.salience * space.central
    return order_picked(chosen, space.sentences, lead, cover, place, facts.day[space.kept])


def _with_evidence(
    material: Material, facts: Facts, space: Space, chosen: Sequence[int]
) -> Selection:
    """Find for each chosen row of the space the passages that say the same."""
    words = different_stems(facts.stems, space.kept)
    telling = inverse_frequency(facts.stems)
    passages: list[list[tuple[int, float, bool]]] = []
    named = list(chosen)
    for row in chosen:
        alike = space.both @ space.both[row]
        found = corroborating(
            row, space.sentences, material.voices, alike, words, telling, SUPPORTS
        )
        cosines = space.vectors[found] @ space.vectors[row]
        rows = space.kept[[row, *found]]
        copied = repeated([facts.stems.of(kept) for kept in rows])[1:]
        passages.append(list(zip(rows[1:].tolist(), cosines.tolist(), copied, strict=True)))
        named.extend(found)
    shown = shown_rows(named, space.salience)
    labels = star_clusters(space.both[shown], _SAME)
    return Selection(
        places=map_sentences(
            [space.sentences[row] for row in shown], material.numbers, space.vectors[shown], labels
        ),
        rows=[int(space.kept[row]) for row in chosen],
        scores=[float(space.salience[row]) for row in chosen],
        passages=passages,
        similarity=[float(space.central[row]) for row in chosen],
    )
