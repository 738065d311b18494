"""The middle stages: embed, cluster, rank, pick and order sentences."""

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import blake2b
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from ..citing import Material, Selection
from ..datatypes import Sentence
from ..defaults import Ranker
from ..encoders import Encoder, embed, load_encoder, tells_apart
from ..encoders.static import StaticEncoder
from ..rank.clusters import SAME, join_vectors, star_clusters, unit_rows
from ..rank.concepts import lexical_vectors
from ..rank.copies import gather_copies
from ..rank.facts import Facts, Space
from ..rank.importance import sentence_importance
from ..rank.incidence import distinct
from ..rank.order import order_picked
from ..rank.picking import Candidates, Objective, pick_coverage, pick_densest, pick_mmr
from ..rank.redundancy import redundant_pairs
from ..rank.salience import centrality, sentence_salience, shortlist, similarity_cover
from ..text.cohesion import keep_units
from ..text.tokens import tokenize
from .attributing import evidence_pool, with_evidence
from .backing import keep_backed, require_comparable, require_fitting

# A sentence less near to the subject than this is picked only where the budget stays unfilled.
_NEAR_SUBJECT = 0.1
# More sentences than this are screened by their concepts before they are embedded.
_EMBEDDED = 1000
# A budget that takes more sentences than this is filled by their concepts alone.
_MOST_EMBEDDED = 6000


def select(
    material: Material,
    facts: Facts,
    costs: npt.NDArray[np.intp],
    limit: int,
    ranker: Ranker,
    diversity: float,
    min_sources: int,
    encoder: Encoder,
    progress: Callable[[int, int], None] | None,
) -> Selection:
    """Embed, cluster, rank, pick, order and find the evidence."""
    kept = shortlist(facts.scores, costs, limit, _EMBEDDED)
    # What has most to say may need another sentence; one that fits must stand alone.
    standing = facts.chains.standing
    kept = np.union1d(kept, standing[[int(costs[standing].argmin())]])
    if min_sources > 1:
        require_comparable(len(kept), _MOST_EMBEDDED)
        space = _embed(material, facts, kept, encoder, progress)
        pool = evidence_pool(material, space)
        backed = keep_backed(material, space, pool, min_sources)
        require_fitting(facts, space, backed, costs, limit, min_sources)
        chosen = _search(facts, space.only(backed), costs, limit, ranker, diversity)
        return with_evidence(material, space, backed[chosen].tolist(), pool, encoder)
    if costs.sum() > limit and len(kept) <= _MOST_EMBEDDED:
        space = _embed(material, facts, kept, encoder, progress)
        pool = evidence_pool(material, space)
        chosen = _search(facts, space, costs, limit, ranker, diversity)
        return with_evidence(material, space, chosen, pool, encoder)
    # Who asks for nearly everything gets it in its own order; only what stands there twice is
    # left out.
    contents = [_content(text) for text in material.sentences.texts()]
    picked = pick_densest(facts.scores, costs, contents, facts.chains.needs, limit)
    ordered = sorted(picked, key=lambda row: (facts.day[row], row))
    if len(costs) <= _MOST_EMBEDDED:
        space = _embed(material, facts, np.arange(len(costs)), encoder, progress)
        pool = evidence_pool(material, space)
        return with_evidence(material, space, ordered, pool, encoder)
    largest = float(facts.scores.max()) or 1.0
    scores = [float(facts.scores[row]) / largest for row in ordered]
    nothing: list[list[Any]] = [[] for _ in ordered]
    unknown: list[float | None] = [None] * len(ordered)
    return Selection(ordered, scores, nothing, nothing, unknown, unknown)


def _content(text: str) -> bytes:
    """Return what tells a sentence from those of other words."""
    said = "\n".join(tokenize(text)) or text
    return blake2b(said.encode(errors="surrogatepass"), digest_size=16).digest()


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
    known = tells_apart(vectors)
    meaning = vectors if known else np.zeros_like(vectors)
    if not isinstance(encoder, StaticEncoder):
        meaning = _meaning(sentences)
    if not known:
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
        importance=sentence_importance(facts, kept, unit_rows(lexical), meaning),
    )


def _meaning(sentences: Sequence[Sentence]) -> npt.NDArray[np.float32]:
    """Embed sentences with the model that importance was learned with."""
    vectors = embed(_static(), [sentence.text for sentence in sentences])
    return vectors if tells_apart(vectors) else np.zeros_like(vectors)


@cache
def _static() -> Encoder:
    return load_encoder("static")


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
    units = keep_units(facts.chains, space.kept)
    rows = [unit.rows for unit in units]
    # The rows of all units behind one another, and where each begins among them.
    flat = np.array(list(chain.from_iterable(rows)), dtype=np.intp)
    lengths = np.array(list(map(len, rows)), dtype=np.intp)
    starts = np.cumsum(lengths) - lengths
    near = np.minimum.reduceat(space.central[flat], starts) >= _NEAR_SUBJECT
    candidates = Candidates(
        opens=index[flat[starts]] == 0,
        units=rows,
        needs=np.array([unit.needs for unit in units], dtype=np.intp),
        costs=np.add.reduceat(costs[space.kept[flat]], starts),
        same=redundant_pairs(star_clusters(space.both, SAME), cosines, space.lexical),
        reads_well=np.array([unit.reads_well for unit in units]) & near,
    )
    if ranker == "mmr":
        picked = pick_mmr(candidates, space.salience, space.vectors, diversity, limit)
    else:
        # Of millions of concepts the candidates have some thousands.
        held = [facts.concepts.row(row) for row in space.kept]
        together = np.concatenate(held)
        used = distinct(together)
        ends = np.cumsum(list(map(len, held)))
        concepts = np.split(np.searchsorted(used, together), ends[:-1])
        weights = facts.weights[used]
        # What the concepts of a unit are worth is the geometric mean of its rows' importance.
        worth = np.exp(np.add.reduceat(np.log(space.importance)[flat], starts) / lengths)
        objective = Objective(concepts, rows, worth, weights, cover, space.salience, diversity)
        picked = pick_coverage(candidates, objective, limit)
    chosen = gather_copies(
        [row for unit in picked for row in rows[unit]],
        [sentence.text for sentence in space.sentences],
        space.kept,
        document,
        facts.chains.length[space.kept],
    )
    place = index / np.maximum(np.bincount(facts.document)[document] - 1, 1)
    lead = space.salience * space.central
    return order_picked(chosen, space.sentences, lead, cover, place, facts.day[space.kept])
