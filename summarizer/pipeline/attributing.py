"""The last stages: what else says the same or differs."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..citing import Material, Selection, Spans
from ..evidence import NEAR, Claims, Difference, find_evidence
from ..rank.concepts import inverse_frequency, words_language
from ..rank.copies import is_part, repeated
from ..rank.facts import Facts, Space

# So many sentences tell the language.
_SAMPLE = 500
_BLOCK = 1024


def read_claims(facts: Facts, space: Space) -> Claims:
    """Return what the sentences of the space state."""
    sample = space.kept[:: len(space.kept) // _SAMPLE + 1]
    language = words_language(facts.words, facts.words.tokens[facts.words.within(sample)])
    telling = dict(zip(facts.stems.stems, inverse_frequency(facts.stems).tolist(), strict=True))
    return Claims(space.sentences, language, telling)


def with_evidence(
    material: Material, facts: Facts, space: Space, chosen: Sequence[int], claims: Claims
) -> Selection:
    """Find for each chosen row of the space the passages that say the same, or differ."""
    passages: list[list[tuple[int, float, bool]]] = []
    differing: list[list[tuple[int, float, list[Spans]]]] = []
    for row in chosen:
        near = np.flatnonzero(space.both @ space.both[row] >= NEAR)
        cosines = dict(zip(near.tolist(), (space.vectors[near] @ space.vectors[row]), strict=True))
        found = find_evidence(
            row, near.tolist(), cosines.values(), space.sentences, material.voices, claims
        )
        copied = _copied(facts, space, row, found.supporting)
        alike = [
            (other, copy)
            for other, copy in zip(found.supporting, copied, strict=True)
            if not (copy and _cut(facts, space, row, other))
        ]
        passages.append(
            [(int(space.kept[other]), float(cosines[other]), copy) for other, copy in alike]
        )
        differing.append(
            [
                (int(space.kept[other]), float(cosines[other]), [_spans(pair) for pair in pairs])
                for other, pairs in found.differing
            ]
        )
    return Selection(
        rows=[int(space.kept[row]) for row in chosen],
        scores=[float(space.salience[row]) for row in chosen],
        passages=passages,
        differing=differing,
        similarity=[float(space.central[row]) for row in chosen],
        importance=[float(space.importance[row]) for row in chosen],
    )


def count_backing(
    material: Material, facts: Facts, space: Space, claims: Claims
) -> npt.NDArray[np.intp]:
    """Return how many independent voices state each sentence of the space, its own among them."""
    backing = np.ones(len(space.sentences), dtype=np.intp)
    for start in range(0, len(space.sentences), _BLOCK):
        alike = space.both[start : start + _BLOCK] @ space.both.T
        cosines = space.vectors[start : start + _BLOCK] @ space.vectors.T
        for place, row in enumerate(range(start, start + len(alike))):
            near = np.flatnonzero(alike[place] >= NEAR)
            found = find_evidence(
                row,
                near.tolist(),
                cosines[place, near].tolist(),
                space.sentences,
                material.voices,
                claims,
            ).supporting
            backing[row] += sum(not copy for copy in _copied(facts, space, row, found))
    return backing


def _copied(facts: Facts, space: Space, row: int, found: Sequence[int]) -> list[bool]:
    """Tell which passages repeat the quote, or one before them, nearly word for word."""
    if not found:
        return []
    return repeated([facts.stems.of(kept) for kept in space.kept[[row, *found]]])[1:]


def _cut(facts: Facts, space: Space, row: int, other: int) -> bool:
    """Tell whether a passage repeats a quote, but a part of it alone."""
    quote, passage = (facts.stems.of(kept) for kept in space.kept[[row, other]])
    return repeated([quote, passage])[1] and is_part(passage, quote)


def _spans(pair: Difference) -> Spans:
    quoted, other = pair
    return quoted.start, quoted.end, other.start, other.end
