"""``baseline_worker.py BASELINE``: what any summarizer must beat.

``lead`` takes the sentences of the first document, then of the second; ``round-robin`` the first
sentence of each document, then the second of each; ``random`` any, in ten answers to be averaged.
"""

import zlib
from collections.abc import Callable, Iterable
from functools import partial
from itertools import accumulate, chain
from random import Random
from typing import Any

from protocol import answer, arguments, fill

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


def solve(order: Callable[[list[list[str]]], Iterable[int]], given: dict[str, Any]) -> list[str]:
    """Fill the budget in an order."""
    sentences = list(chain.from_iterable(given["documents"]))
    picked = fill(sentences, order(given["documents"]), given["words"])
    return [sentences[position] for position in picked]


if __name__ == "__main__":
    (baseline,) = arguments(ORDERS)
    answer(*(partial(solve, order) for order in ORDERS[baseline]))
