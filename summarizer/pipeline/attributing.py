"""The last stages: what else says the same or differs, and where it all lies."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from ..citing import Material, Selection, Spans
from ..encoders import Encoder, load_encoder
from ..evidence import Found, Pool, RowEvidence, search_evidence
from ..rank.clusters import SAME, star_clusters
from ..rank.facts import Space
from ..rank.mapping import map_sentences, shown_rows
from ..text.language import language_code


def evidence_pool(material: Material, space: Space) -> Pool:
    """Return the sentences of the space, ready to be compared."""
    return Pool(
        [sentence.text for sentence in space.sentences],
        np.array([sentence.document for sentence in space.sentences], dtype=np.intp),
        np.array([sentence.index for sentence in space.sentences], dtype=np.intp),
        [structure.date for structure in material.structures],
        [language_code(document.text) for document in material.documents],
    )


def row_evidence(
    material: Material, space: Space, chosen: Sequence[int], pool: Pool, encoder: Encoder
) -> list[RowEvidence]:
    """Find the evidence of chosen rows of the space.

    The transformer judges where the run has it loaded; the static model does nearly as well.
    """
    deep = (lambda: encoder) if getattr(encoder, "name", "").startswith("minilm@") else None
    return search_evidence(pool, space.vectors, chosen, material.voices, load_static(), deep)


@cache
def load_static() -> Encoder:
    """Load the shipped static model, once a process."""
    return load_encoder("static")


def with_evidence(
    material: Material, space: Space, chosen: Sequence[int], pool: Pool, encoder: Encoder
) -> Selection:
    """Find for each chosen row of the space the passages that say the same, or differ."""
    passages: list[list[tuple[int, float, bool]]] = []
    differing: list[list[tuple[int, float, list[Spans]]]] = []
    named = list(chosen)
    for found in row_evidence(material, space, chosen, pool, encoder):
        same = [(one, False) for one in (*found.agreeing, *found.partly)]
        same += [(one, True) for one in found.copies]
        passages.append([(int(space.kept[one.first]), one.probability, copy) for one, copy in same])
        differing.append(
            [(int(space.kept[one.first]), one.probability, _spans(one)) for one in found.differing]
        )
        named.extend(one.first for one, _ in same)
        named.extend(one.first for one in found.differing)
    shown = shown_rows(named, space.salience)
    labels = star_clusters(space.both[shown], SAME)
    return Selection(
        places=map_sentences(
            [space.sentences[row] for row in shown], material.numbers, space.vectors[shown], labels
        ),
        rows=[int(space.kept[row]) for row in chosen],
        scores=[float(space.salience[row]) for row in chosen],
        passages=passages,
        differing=differing,
        similarity=[float(space.central[row]) for row in chosen],
        importance=[float(space.importance[row]) for row in chosen],
    )


def count_backing(material: Material, space: Space, pool: Pool) -> npt.NDArray[np.intp]:
    """Return how many independent sources state each sentence of the space, its own among them."""
    found = row_evidence(material, space, range(len(space.sentences)), pool, load_static())
    return np.array([1 + len(one.agreeing) for one in found], dtype=np.intp)


def _spans(found: Found) -> list[Spans]:
    return [(*quoted, *other) for quoted, other in found.differences]
