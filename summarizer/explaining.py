"""Why a sentence was picked, in terms that can be checked in the sources.

Coverage picks by concepts, pairs of neighbouring stems; what a sentence contributes is the weight
of those that no sentence quoted before it has. Neighbouring pairs are shown as one phrase.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from .datatypes import Explanation, Phrase, Sentence
from .facts import Facts
from .tokens import normalize_space, tokenize_cased

_PHRASES = 5
# So many of the weightiest pairs of a sentence are joined to phrases.
_PAIRS = 8


def explain(
    facts: Facts,
    sentences: Sequence[Sentence],
    rows: Sequence[int],
    similarity: Sequence[float | None],
    numbers: Sequence[int],
) -> tuple[Explanation, ...]:
    """Tell what each picked sentence contributes.

    :param facts: What is known of all sentences.
    :param sentences: The n sentences.
    :param rows: Those picked, in reading order.
    :param similarity: For each its cosine to the subject, or None where it was not embedded.
    :param numbers: By which number each document is cited.
    :return: An explanation for each picked sentence.
    """
    concepts = [facts.concepts.row(row) for row in rows]
    having = _sources(facts, concepts, numbers)
    seen = np.zeros(facts.concepts.count, dtype=bool)
    explanations: list[Explanation] = []
    for row, held, cosine in zip(rows, concepts, similarity, strict=True):
        new = held[~seen[held]]
        explanations.append(
            Explanation(
                weight=round(float(facts.weights[held].sum()), 4),
                new=round(float(facts.weights[new].sum()), 4),
                phrases=_phrases(facts, row, sentences[row].text, seen, having),
                similarity=None if cosine is None else round(cosine, 3),
            )
        )
        seen[held] = True
    return tuple(explanations)


def _sources(
    facts: Facts, concepts: Sequence[npt.NDArray[np.intp]], numbers: Sequence[int]
) -> Mapping[int, frozenset[int]]:
    """Return the numbers of the sources that have each of the concepts."""
    wanted = np.zeros(facts.concepts.count, dtype=bool)
    for held in concepts:
        wanted[held] = True
    found: dict[int, set[int]] = {int(concept): set() for concept in np.flatnonzero(wanted)}
    entries = np.flatnonzero(wanted[facts.concepts.concepts])
    documents = facts.document[facts.concepts.rows[entries]]
    for concept, document in zip(facts.concepts.concepts[entries], documents, strict=True):
        found[int(concept)].add(numbers[document])
    return {concept: frozenset(sources) for concept, sources in found.items()}


def _phrases(
    facts: Facts,
    row: int,
    text: str,
    seen: npt.NDArray[np.bool_],
    having: Mapping[int, frozenset[int]],
) -> tuple[Phrase, ...]:
    """Join the weightiest new concepts of a sentence to phrases, weightiest first."""
    stems = facts.stems
    tokens = stems.of(row)
    size = len(stems.stems)
    keys = facts.concepts.pairs @ np.array([size, 1])
    pairs = np.searchsorted(keys, tokens[:-1] * size + tokens[1:])
    telling = stems.content[tokens[:-1]] | stems.content[tokens[1:]]
    weights = np.where(telling & ~seen[pairs], facts.weights[pairs], 0.0)
    chosen = np.sort(np.argsort(-weights, kind="stable")[:_PAIRS])
    chosen = chosen[weights[chosen] > 0]
    spans = _spans(text)
    phrases: list[Phrase] = []
    for run in np.split(chosen, np.flatnonzero(np.diff(chosen) > 1) + 1):
        if not len(run):
            continue
        inner = [place for place in range(run[0], run[-1] + 2) if stems.content[tokens[place]]]
        sources = frozenset.intersection(*(having[int(pair)] for pair in pairs[run]))
        phrases.append(
            Phrase(
                text=normalize_space(text[spans[inner[0]][0] : spans[inner[-1]][1]]),
                weight=round(float(weights[run].sum()), 4),
                sources=tuple(sorted(sources)),
            )
        )
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
