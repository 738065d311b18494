"""From a pool of sentences to what other documents say of the quoted ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..datatypes import Sentence
from ..rank.concepts import inverse_frequency
from ..rank.sentences import join_vectors
from ..table import Rows, SentenceTable
from ..text.language import Language
from . import NEAR, Claims, Difference, find_evidence
from .copies import is_part, repeated

Spans = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Passages:
    """What other documents say of one quoted sentence, as rows of a pool."""

    agreeing: tuple[tuple[int, float, bool], ...] = ()
    differing: tuple[tuple[int, float, tuple[Spans, ...]], ...] = ()


class EvidenceFinder:
    """Compares sentences of a pool with those of other documents.

    :param pool: n ranked sentences.
    :param groups: The duplicate group of each document.
    :param language: Their language.
    """

    def __init__(self, pool: SentenceTable, groups: Sequence[int], language: Language) -> None:
        places = zip(
            pool.document.tolist(),
            pool.position.tolist(),
            pool.start.tolist(),
            pool.end.tolist(),
            strict=True,
        )
        self._pool = pool
        self._groups = groups
        self._sentences = [
            Sentence(document, position, start, end, pool.documents[document].text[start:end])
            for document, position, start, end in places
        ]
        telling = inverse_frequency(pool.stems).tolist()
        self._claims = Claims(
            self._sentences, language, dict(zip(pool.stems.stems, telling, strict=True))
        )
        self._both = join_vectors(pool.vectors, pool.lexical)

    def passages(self, row: int) -> Passages:
        """Return what other documents say of a sentence."""
        near = np.flatnonzero(self._both @ self._both[row] >= NEAR)
        cosines = dict(
            zip(
                near.tolist(),
                (self._pool.vectors[near] @ self._pool.vectors[row]).tolist(),
                strict=True,
            )
        )
        found = find_evidence(
            row, near.tolist(), cosines.values(), self._sentences, self._groups, self._claims
        )
        copied = self._copied(row, found.supporting)
        return Passages(
            tuple(
                (other, cosines[other], copy)
                for other, copy in zip(found.supporting, copied, strict=True)
                if not (copy and self._cut(row, other))
            ),
            tuple(
                (other, cosines[other], tuple(map(_spans, pairs)))
                for other, pairs in found.differing
            ),
        )

    def backing(self) -> Rows:
        """Return (n,) how many independent sources state each sentence, its own among them."""
        backing = np.ones(len(self._pool), dtype=np.intp)
        for row in range(len(backing)):
            agreeing = [other for other, _, _ in self.passages(row).agreeing]
            backing[row] += sum(not copy for copy in self._copied(row, agreeing))
        return backing

    def _copied(self, row: int, found: Sequence[int]) -> list[bool]:
        if not found:
            return []
        return repeated([self._pool.stems.of(kept) for kept in (row, *found)])[1:]

    def _cut(self, row: int, other: int) -> bool:
        quote, passage = (self._pool.stems.of(kept) for kept in (row, other))
        return repeated([quote, passage])[1] and is_part(passage, quote)


def _spans(pair: Difference) -> Spans:
    quoted, other = pair
    return quoted.start, quoted.end, other.start, other.end
