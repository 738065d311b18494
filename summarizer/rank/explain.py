"""Why a sentence was picked, in terms that can be checked in the sources.

Coverage picks by concepts, pairs of neighbouring stems; what a sentence contributes is the weight
of those that no sentence quoted before it has. Neighbouring pairs are shown as one phrase.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from ..datatypes import Explanation, Phrase, Sentence
from ..text.tokens import normalize_space, tokenize_cased
from .facts import Facts
from .incidence import distinct

_PHRASES = 5
# So many of the weightiest pairs of a sentence are joined to phrases.
_PAIRS = 8


def explain(
    facts: Facts,
    sentences: Sequence[Sentence],
    rows: Sequence[int],
    similarity: Sequence[float | None],
    importance: Sequence[float | None],
    numbers: Sequence[int],
) -> tuple[Explanation, ...]:
    """Tell what each picked sentence contributes.

    :param facts: What is known of all sentences.
    :param sentences: The n sentences.
    :param rows: Those picked, in reading order.
    :param similarity: For each its cosine to the subject, or None where it was not embedded.
    :param importance: For each what its concepts are worth in it, or None likewise.
    :param numbers: By which number each document is cited.
    :return: An explanation for each picked sentence.
    """
    size = len(facts.stems.stems)
    keys = facts.concepts.pairs.astype(np.int64) @ np.array([size, 1])
    seen = np.zeros(facts.concepts.count, dtype=bool)
    shares: list[tuple[float, float]] = []
    runs: list[list[_Run]] = []
    for row in rows:
        tokens = facts.stems.of(row)
        pairs = np.searchsorted(keys, tokens[:-1] * size + tokens[1:])
        held = facts.concepts.row(row)
        new = held[~seen[held]]
        shares.append((float(facts.weights[held].sum()), float(facts.weights[new].sum())))
        runs.append(_runs(facts, tokens, pairs, seen))
        seen[held] = True
    named = [run.pairs for found in runs for run in found]
    having = _sources(facts, np.unique(np.concatenate([np.zeros(0, np.intp), *named])), numbers)
    return tuple(
        Explanation(
            weight=round(weight, 4),
            new=round(new, 4),
            phrases=_phrases(sentences[row].text, found, having),
            similarity=None if cosine is None else round(cosine, 3),
            importance=None if worth is None else round(worth, 3),
        )
        for row, (weight, new), found, cosine, worth in zip(
            rows, shares, runs, similarity, importance, strict=True
        )
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring pairs of a sentence: its first and last telling word, what the pairs weigh."""

    first: int
    last: int
    pairs: npt.NDArray[np.intp]
    weight: float


def _runs(
    facts: Facts,
    tokens: npt.NDArray[np.intp],
    pairs: npt.NDArray[np.intp],
    seen: npt.NDArray[np.bool_],
) -> list[_Run]:
    """Join the weightiest new concepts of a sentence."""
    content = facts.stems.content[tokens]
    telling = content[:-1] | content[1:]
    weights = np.where(telling & ~seen[pairs], facts.weights[pairs], 0.0)
    weightiest = np.argsort(-weights, kind="stable")[:_PAIRS].tolist()
    chosen = sorted(place for place in weightiest if weights[place] > 0)
    found: list[_Run] = []
    for _, numbered in groupby(enumerate(chosen), lambda pair: pair[1] - pair[0]):
        run = [place for _, place in numbered]
        inner = [place for place in range(run[0], run[-1] + 2) if content[place]]
        found.append(_Run(inner[0], inner[-1], pairs[run], float(weights[run].sum())))
    return found


def _sources(
    facts: Facts, wanted: npt.NDArray[np.intp], numbers: Sequence[int]
) -> Mapping[int, frozenset[int]]:
    """Return the numbers of the sources that have each of the concepts wanted."""
    sought = np.zeros(facts.concepts.count, dtype=bool)
    sought[wanted] = True
    entries = np.flatnonzero(sought[facts.concepts.concepts])
    rows = np.searchsorted(facts.concepts.offsets, entries, side="right") - 1
    found = distinct(
        facts.concepts.concepts[entries] * np.int64(len(numbers)) + facts.document[rows]
    )
    concepts, documents = np.divmod(found, len(numbers))
    ends = np.searchsorted(concepts, wanted, side="right")
    parts = zip(np.searchsorted(concepts, wanted).tolist(), ends.tolist(), strict=True)
    return {
        concept: frozenset(numbers[document] for document in documents[start:end].tolist())
        for concept, (start, end) in zip(wanted.tolist(), parts, strict=True)
    }


def _phrases(
    text: str, runs: Sequence[_Run], having: Mapping[int, frozenset[int]]
) -> tuple[Phrase, ...]:
    """Return what runs say in the words of their sentence, weightiest first."""
    spans = _spans(text)
    phrases = [
        Phrase(
            text=normalize_space(text[spans[run.first][0] : spans[run.last][1]]),
            weight=round(run.weight, 4),
            sources=tuple(
                sorted(frozenset.intersection(*(having[pair] for pair in run.pairs.tolist())))
            ),
        )
        for run in runs
    ]
    return tuple(sorted(phrases, key=lambda phrase: -phrase.weight)[:_PHRASES])


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where each word of a text stands."""
    spans: list[tuple[int, int]] = []
    end = 0
    for word in tokenize_cased(text):
        start = text.replace("’", "'").index(word, end)
        end = start + len(word)
        spans.append((start, end))
    return spans
