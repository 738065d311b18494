"""The first stages: from documents to sentences, and what their words and places tell."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import starmap

import numpy as np
import numpy.typing as npt

from ..batch.spreading import Spread
from ..citing import Material
from ..clean import clean
from ..datatypes import Document
from ..encoders import Encoder, embed
from ..given import content_order
from ..rank.concepts import inverse_frequency, join_concepts
from ..rank.counting import Counts, add_counts
from ..rank.facts import Facts
from ..rank.features import Kinds, centrality, describe, word_kinds
from ..rank.incidence import Stems
from ..rank.order import rank_days
from ..rank.subject import (
    comparable_documents,
    document_cosines,
    is_doubtful,
    opening_sentences,
    stray_documents,
)
from ..rank.weights import concept_weights
from ..text.cohesion import find_chains
from .parts import Survey, count_part, divide, join_surveys, row_parts, survey_part

# So many concepts are described at once.
_CONCEPTS = 1 << 16


def prepare(given: Sequence[Document], spread: Spread = starmap) -> tuple[Material, Survey]:
    """Put documents in an order that depends on their contents alone; clean and split them.

    :param given: The documents.
    :param spread: What maps the work on parts of them.
    """
    order = content_order(given)
    documents = [given[number] for number in order]
    parts = divide(documents)
    structures = clean(documents)
    blocks = [structure.blocks for structure in structures]
    surveyed = spread(
        survey_part, ((documents[first:last], blocks[first:last]) for first, last in parts)
    )
    survey = join_surveys(documents, list(surveyed), [first for first, _ in parts])
    lengths = np.bincount(survey.sentences.document, minlength=len(documents)).tolist()
    numbers = [number + 1 for number in order]
    voices = list(range(len(order)))
    return Material(documents, numbers, structures, survey.sentences, lengths, voices), survey


def without_strays(
    material: Material, survey: Survey, stems: Stems, encoder: Encoder
) -> tuple[Material, Survey]:
    """Leave out the documents that are about something else than the others."""
    known, document = np.unique(material.sentences.document, return_inverse=True)
    compared = comparable_documents(stems, document)
    if not len(compared):
        return material, survey
    words = document_cosines(stems, document, inverse_frequency(stems))[np.ix_(compared, compared)]
    if not is_doubtful(words):
        return material, survey
    rows = opening_sentences(document)
    rows = rows[np.isin(document[rows], compared)]
    vectors = embed(encoder, [material.sentences[row].text for row in rows], None)
    found, related = stray_documents(words, vectors, np.searchsorted(compared, document[rows]))
    strays = known[compared[found]]
    if len(strays):
        survey = survey.keep(np.flatnonzero(~np.isin(material.sentences.document, strays)))
    notes = () if related else ("the documents seem to have no common subject",)
    left_out = frozenset(strays.tolist())
    return replace(material, sentences=survey.sentences, strays=left_out, notes=notes), survey


def weigh(material: Material, survey: Survey, stems: Stems, spread: Spread = starmap) -> Facts:
    """Tell what the sentences' words and places say of them.

    :param material: The documents, n sentences of which may be quoted.
    :param survey: What these tell by themselves.
    :param stems: Their words.
    :param spread: What maps the work on parts of them.
    """
    document = survey.sentences.document.astype(np.intp)
    index = survey.sentences.position.astype(np.intp)
    starts = np.flatnonzero(np.diff(document, prepend=-1))
    central = centrality(stems, index)
    counted = list(spread(count_part, row_parts(stems, starts, document, index, central)))
    counts = add_counts(counts for _, counts in counted)
    concepts = join_concepts([part for part, _ in counted], counts.keys, len(stems.stems))
    weights = _weights(counts, word_kinds(stems), len(document), len(starts))
    return Facts(
        document=document,
        index=index,
        words=survey.words,
        stems=stems,
        concepts=concepts,
        weights=weights,
        scores=concepts.totals(weights),
        day=rank_days([structure.date for structure in material.structures])[document],
        chains=find_chains(survey.points_back, survey.states, document, index),
    )


def _weights(
    counts: Counts, kinds: Kinds, sentences: int, documents: int
) -> npt.NDArray[np.float64]:
    """Weigh concepts, block by block; the first concept stands in each to tell its scale."""
    weights: list[npt.NDArray[np.float64]] = []
    first = describe(counts.between(0, 1), kinds, sentences, documents)
    for start in range(0, max(len(counts.keys), 1), _CONCEPTS):
        block = counts.between(start, start + _CONCEPTS)
        features = describe(block, kinds, sentences, documents)
        if start == 0:
            weights.append(concept_weights(features))
        else:
            own = concept_weights(np.concatenate([first, features]))
            weights.append(own[1:] / own[0] * weights[0][0])
    joined = np.concatenate(weights)
    return joined if len(weights) == 1 else joined / joined.sum()
