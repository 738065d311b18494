"""The first stages: from documents to sentences, and what their words and places tell."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..citing import Material
from ..cleaning import clean
from ..cohesion import readable_units
from ..concepts import extract_concepts, inverse_frequency
from ..datatypes import Document
from ..embedding import Encoder, embed
from ..facts import Facts
from ..features import concept_features
from ..given import content_order
from ..incidence import Stems
from ..ordering import rank_days
from ..splitting import split
from ..subject import (
    comparable_documents,
    document_cosines,
    is_doubtful,
    opening_sentences,
    stray_documents,
)
from ..weighing import concept_weights


def prepare(given: Sequence[Document]) -> Material:
    """Put documents in an order that depends on their contents alone; clean and split them."""
    order = content_order(given)
    documents = [given[number] for number in order]
    structures = clean(documents)
    sentences = split(documents, [structure.blocks for structure in structures])
    lengths = np.bincount([s.document for s in sentences], minlength=len(documents)).tolist()
    numbers = [number + 1 for number in order]
    return Material(documents, numbers, structures, sentences, lengths, list(range(len(order))))


def without_strays(material: Material, stems: Stems, encoder: Encoder) -> Material:
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


def weigh(material: Material, stems: Stems) -> Facts:
    """Tell what the sentences' words and places say of them."""
    document = np.array([s.document for s in material.sentences], dtype=np.intp)
    index = np.array([s.index for s in material.sentences], dtype=np.intp)
    concepts = extract_concepts(stems)
    weights = concept_weights(concept_features(stems, concepts, document, index))
    day = rank_days([structure.date for structure in material.structures])[document]
    units = readable_units(material.sentences)
    scores = concepts.totals(weights)
    return Facts(document, index, stems, concepts, weights, scores, day, units)
