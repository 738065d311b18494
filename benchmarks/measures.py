"""What is measured of one summary."""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from statistics import fmean
from typing import Any

import sentencex

from summarizer import Summary
from summarizer.tokens import normalize_space, tokenize

SIGNATURE = {
    False: "rouge-score, Porter stemmer, stop words kept, mean over references",
    True: "rouge-score, words of any script, no stemmer, stop words kept, mean over references",
}


class _Words:
    """Words of any script, where rouge-score's own are of the letters a to z."""

    def tokenize(self, text: str) -> list[str]:
        return tokenize(text)


@cache
def _scorer(*, any_script: bool) -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    tokenizer = _Words() if any_script else None
    kinds = ["rouge1", "rouge2", "rougeLsum"]
    return RougeScorer(kinds, use_stemmer=not any_script, tokenizer=tokenizer)


def rouge(
    summary: Summary, references: Iterable[str], *, any_script: bool = False
) -> dict[str, float]:
    """Score a summary against references.

    :param summary: The summary; each sentence is a line for ROUGE-Lsum.
    :param references: One or more; split into sentences for ROUGE-Lsum.
    :param any_script: Whether to count words of any script, without a stemmer.
    :return: F1 of ROUGE-1, -2 and -Lsum in percent.
    """
    lines = "\n".join(normalize_space(sentence.text) for sentence in summary.sentences)
    scorer = _scorer(any_script=any_script)
    scores = [
        scorer.score("\n".join(sentencex.segment("en", reference)), lines)
        for reference in references
    ]
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
        bigrams = set(pairwise(tokenize(sentence.text)))
        if bigrams and earlier:
            shares.append(max(len(bigrams & other) / len(bigrams) for other in earlier))
        if bigrams:
            earlier.append(bigrams)
    return fmean(shares) if shares else 0.0


def budget_use(summary: Summary) -> float:
    """Return the share of a word budget that is used, 0 to 1."""
    return summary.words / summary.budget.limit
