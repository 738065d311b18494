"""Why a sentence was picked, in terms that can be checked in the sources.

Coverage picks by concepts, pairs of neighbouring stems; what a sentence contributes is the weight
of those that no sentence quoted before it has. Neighbouring pairs are shown as one phrase.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from ..datatypes import Explanation, Phrase
from ..settings import Settings
from ..text.table import Floats, Mask, Rows, SentenceTable
from ..text.tokens import normalize_space, word_spans


def explain(
    table: SentenceTable,
    weights: Floats,
    rows: Sequence[int],
    similarity: Sequence[float | None],
    unfit: Sequence[float | None],
    numbers: Sequence[int],
    settings: Settings,
) -> tuple[Explanation, ...]:
    """Tell what each picked sentence contributes.

    :param table: All n sentences, with their concepts.
    :param weights: The weight of each concept.
    :param rows: Those picked, in reading order.
    :param similarity: For each its cosine to the subject, or None where it was not embedded.
    :param unfit: For each how likely it is unfit for a summary, or None where nothing tells it.
    :param numbers: By which number each document is cited.
    :return: An explanation for each picked sentence.
    """
    concepts = table.concepts
    assert concepts is not None
    size = len(table.stems.stems)
    seen = np.zeros(len(weights), dtype=bool)
    shares: list[tuple[float, float]] = []
    runs: list[list[_Run]] = []
    for row in rows:
        tokens = table.stems.of(row)
        pairs = np.searchsorted(concepts.keys, tokens[:-1] * size + tokens[1:])
        held = concepts.row(row)
        new = held[~seen[held]]
        shares.append((float(weights[held].sum()), float(weights[new].sum())))
        content = table.stems.content[tokens]
        telling = (content[:-1] | content[1:]) & ~seen[pairs]
        fresh = np.where(telling, weights[pairs], 0.0)
        runs.append(_runs(content, pairs, fresh, settings.phrase_concepts))
        seen[held] = True
    wanted = [np.zeros(0, np.intp), *(run.pairs for found in runs for run in found)]
    entries = np.flatnonzero(np.isin(concepts.numbers, np.concatenate(wanted)))
    document = table.document[np.searchsorted(concepts.offsets, entries, side="right") - 1]
    owners = concepts.numbers[entries]

    def sources(run: _Run) -> tuple[int, ...]:
        """Return the numbers of the sources that have all pairs of a run, ascending."""
        having = (set(document[owners == pair].tolist()) for pair in run.pairs.tolist())
        return tuple(sorted(numbers[place] for place in set.intersection(*having)))

    return tuple(
        Explanation(
            weight=round(weight, 4),
            new=round(new, 4),
            phrases=_phrases(table.text(row), found, sources)[: settings.phrases],
            similarity=None if cosine is None else round(cosine, 3),
            relevance=round(float(table.relevance[row]), 3) if table.asked else None,
            unfit=None if chance is None else round(chance, 3),
        )
        for row, (weight, new), found, cosine, chance in zip(
            rows, shares, runs, similarity, unfit, strict=True
        )
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring pairs of a sentence: its first and last telling word, what the pairs weigh."""

    first: int
    last: int
    pairs: Rows
    weight: float


def _runs(content: Mask, pairs: Rows, weights: Floats, most: int) -> list[_Run]:
    """Join the weightiest concepts of a sentence."""
    weightiest = np.argsort(-weights, kind="stable")[:most].tolist()
    chosen = sorted(place for place in weightiest if weights[place] > 0)
    found: list[_Run] = []
    for _, numbered in groupby(enumerate(chosen), lambda pair: pair[1] - pair[0]):
        run = [place for _, place in numbered]
        inner = [place for place in range(run[0], run[-1] + 2) if content[place]]
        found.append(_Run(inner[0], inner[-1], pairs[run], float(weights[run].sum())))
    return found


def _phrases(
    text: str, runs: Sequence[_Run], sources: Callable[[_Run], tuple[int, ...]]
) -> tuple[Phrase, ...]:
    """Return what runs say in the words of their sentence, weightiest first."""
    spans = word_spans(text)
    phrases = [
        Phrase(
            text=normalize_space(text[spans[run.first][0] : spans[run.last][1]]),
            weight=round(run.weight, 4),
            sources=sources(run),
        )
        for run in runs
    ]
    return tuple(sorted(phrases, key=lambda phrase: -phrase.weight))
