"""``baseline_worker.py BASELINE``: what any summarizer must beat.

``lead`` takes the sentences of the first document, then of the second; ``round-robin`` the first
sentence of each document, then the second of each; ``random`` any, in ten answers to be averaged;
``centroid`` those that bring the summary nearest to the centroid of all sentences by tf-idf, one
after the other (Ghalandari 2017).
"""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from itertools import accumulate, chain
from random import Random
from typing import Any

import numpy as np
from protocol import answer, arguments, count_words, fill

from summarizer.text.tokens import tokenize

_SEEDS = 10


def lead(documents: list[list[str]]) -> Iterable[int]:
    """Return the positions of all sentences in reading order."""
    return range(sum(map(len, documents)))


def round_robin(documents: list[list[str]]) -> Iterable[int]:
    """Return the positions of the first sentences, then of the second ones, and so on."""
    sizes = [len(document) for document in documents]
    spans = [(end - size, size) for end, size in zip(accumulate(sizes), sizes, strict=True)]
    return chain.from_iterable(
        (start + turn for start, size in spans if turn < size)
        for turn in range(max(sizes, default=0))
    )


def shuffled(seed: int, documents: list[list[str]]) -> Iterable[int]:
    """Return the positions in an order that depends on the seed and on the sentences."""
    text = "\n".join(chain.from_iterable(documents))
    order = list(lead(documents))
    Random(zlib.crc32(text.encode()) + seed).shuffle(order)
    return order


ORDERS: dict[str, list[Callable[[list[list[str]]], Iterable[int]]]] = {
    "lead": [lead],
    "round-robin": [round_robin],
    "random": [partial(shuffled, seed) for seed in range(_SEEDS)],
}


def centroid(given: dict[str, Any]) -> list[str]:
    """Fill the budget greedily by the cosine of the summary to the centroid."""
    sentences = list(chain.from_iterable(given["documents"]))
    costs = np.array([count_words(sentence) for sentence in sentences])
    counts = [Counter(tokenize(sentence)) for sentence in sentences]
    places = {word: n for n, word in enumerate(dict.fromkeys(chain.from_iterable(counts)))}
    vectors = np.zeros((len(sentences), len(places)))
    for row, words in enumerate(counts):
        vectors[row, [places[word] for word in words]] = list(words.values())
    vectors *= np.log(len(sentences) / np.maximum((vectors > 0).sum(axis=0), 1))
    target, summary = vectors.sum(axis=0), np.zeros(len(places))
    picked: list[int] = []
    while True:
        left = given["words"] - costs[picked].sum()
        free = costs <= left
        free[picked] = False
        if not free.any():
            return [sentences[row] for row in sorted(picked)]
        sums = summary + vectors
        cosines = sums @ target / np.maximum(np.linalg.norm(sums, axis=1), 1e-9)
        picked.append(int(np.where(free, cosines, -np.inf).argmax()))
        summary = summary + vectors[picked[-1]]


def solve(order: Callable[[list[list[str]]], Iterable[int]], given: dict[str, Any]) -> list[str]:
    """Fill the budget in an order."""
    sentences = list(chain.from_iterable(given["documents"]))
    picked = fill(sentences, order(given["documents"]), given["words"])
    return [sentences[position] for position in picked]


if __name__ == "__main__":
    (baseline,) = arguments(["centroid", *ORDERS])
    if baseline == "centroid":
        answer(centroid)
    else:
        answer(*(partial(solve, order) for order in ORDERS[baseline]))
