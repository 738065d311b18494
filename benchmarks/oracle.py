"""The best that quoting can do: sentences picked greedily with the references in sight."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise
from statistics import fmean

from summarizer.text.tokens import count_words

from .measures import tokenizer

Grams = Counter[tuple[str, ...]]


def oracle(
    documents: Sequence[Sequence[str]],
    references: Sequence[str],
    words: int,
    *,
    any_script: bool = False,
) -> list[str]:
    """Pick the sentences that add most to the sum of ROUGE-1 and ROUGE-2.

    :param documents: The sentences of each document.
    :param references: What people wrote.
    :param words: The budget.
    :param any_script: As for ``rouge``.
    :return: The sentences in reading order; the search ends where none adds anything (Nallapati,
        Zhai and Zhou 2017).
    """
    tokenize = tokenizer(any_script=any_script)
    sentences = list(chain.from_iterable(documents))
    grams = [_grams(tokenize(sentence)) for sentence in sentences]
    wanted = [_grams(tokenize(reference)) for reference in references]
    costs = [count_words(sentence) for sentence in sentences]
    picked: list[int] = []
    have: tuple[Grams, Grams] = (Counter(), Counter())
    best = 0.0
    while True:
        left = words - sum(costs[row] for row in picked)
        fitting = [r for r, cost in enumerate(costs) if r not in picked and cost <= left]
        gains = [(_quality(have, grams[row], wanted), -row) for row in fitting]
        quality, row = max(gains, default=(0.0, 0))
        if quality <= best:
            return [sentences[row] for row in sorted(picked)]
        best = quality
        picked.append(-row)
        have = (have[0] + grams[-row][0], have[1] + grams[-row][1])


def _grams(tokens: Sequence[str]) -> tuple[Grams, Grams]:
    return Counter((token,) for token in tokens), Counter(pairwise(tokens))


def _quality(
    have: tuple[Grams, Grams], more: tuple[Grams, Grams], wanted: Sequence[tuple[Grams, Grams]]
) -> float:
    """Return the mean over references of the sum of both F1s."""
    both = [one + other for one, other in zip(have, more, strict=True)]
    return fmean(
        sum(
            2 * (ours & theirs).total() / max(ours.total() + theirs.total(), 1)
            for ours, theirs in zip(both, reference, strict=True)
        )
        for reference in wanted
    )
