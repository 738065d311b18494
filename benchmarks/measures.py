"""What is measured of one summary."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from statistics import fmean
from typing import Any

from summarizer import Summary

SIGNATURE = "rouge-score, Porter stemmer, stop words kept, mean over references"


@cache
def _scorer() -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)


def rouge(summary: Summary, references: Iterable[str]) -> dict[str, float]:
    """Score a summary against references.

    :param summary: The summary; each sentence is a line for ROUGE-Lsum.
    :param references: One or more.
    :return: F1 of ROUGE-1, -2 and -Lsum in percent.
    """
    lines = "\n".join(sentence.text for sentence in summary.sentences)
    scores = [_scorer().score(reference, lines) for reference in references]
    return {
        name: 100 * fmean(score[key].fmeasure for score in scores)
        for name, key in (("R1", "rouge1"), ("R2", "rouge2"), ("RLsum", "rougeLsum"))
    }


def redundancy(summary: Summary) -> float:
    """Return the mean, over sentences, of the largest share of bigrams in one earlier sentence.

    :param summary: The summary.
    :return: 0 to 1; 0 for fewer than two sentences.
    """
    earlier: list[set[tuple[str, str]]] = []
    shares: list[float] = []
    for sentence in summary.sentences:
        words = re.findall(r"\w+", sentence.text.casefold())
        bigrams = set(pairwise(words))
        if bigrams and earlier:
            shares.append(max(len(bigrams & other) / len(bigrams) for other in earlier))
        if bigrams:
            earlier.append(bigrams)
    return fmean(shares) if shares else 0.0


def budget_use(summary: Summary) -> float:
    """Return the share of a word budget that is used, 0 to 1."""
    return summary.words / summary.budget.limit
