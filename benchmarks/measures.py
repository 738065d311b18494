"""What is measured of one summary: a list of sentences, in reading order."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from statistics import fmean
from typing import Any

import numpy as np
import sentencex

from summarizer.rank.cohesion import needs_context
from summarizer.rank.context import FEATURES, chances, describe, load_model
from summarizer.text.tokens import count_words, normalize_space, tokenize, tokenize_cased

_KINDS = {"R1": "rouge1", "R2": "rouge2", "RLsum": "rougeLsum"}


class _Words:
    """Words of any script, where rouge-score's own are of the letters a to z."""

    def tokenize(self, text: str) -> list[str]:
        return tokenize(text)


def tokenizer(*, any_script: bool) -> Callable[[str], list[str]]:
    """Return how ROUGE splits a text into comparable words."""
    from rouge_score.tokenizers import DefaultTokenizer

    split: Callable[[str], list[str]] = DefaultTokenizer(use_stemmer=True).tokenize
    return tokenize if any_script else split


@cache
def _scorer(*, any_script: bool) -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    words = _Words() if any_script else None
    return RougeScorer(list(_KINDS.values()), use_stemmer=not any_script, tokenizer=words)


def rouge_signature(*, any_script: bool, truncate: int | None) -> str:
    """Name how ROUGE was computed, so that it can be computed again."""
    words = "words of any script, no stemmer" if any_script else "Porter stemmer"
    cut = f"cut to {truncate} words" if truncate else "whole texts"
    return f"rouge-score {version('rouge-score')}, {words}, stop words kept, {cut}"


def rouge(
    sentences: Sequence[str],
    references: Sequence[str],
    *,
    any_script: bool = False,
    truncate: int | None = None,
) -> dict[str, float]:
    """Score a summary against references.

    :param sentences: The summary; each is a line for ROUGE-Lsum.
    :param references: One or more; split into sentences for ROUGE-Lsum.
    :param any_script: Whether to count words of any script, without a stemmer.
    :param truncate: To how many words the summary and each reference are cut first, as at DUC 2004.
    :return: F1 and recall of ROUGE-1, -2 and -Lsum in percent, means over the references:
        ``{"R1": F1, "R1r": recall, …}``.
    """
    lines = [normalize_space(sentence) for sentence in sentences]
    scorer = _scorer(any_script=any_script)
    scores = [
        scorer.score(
            "\n".join(_cut(sentencex.segment("en", reference), truncate)),
            "\n".join(_cut(lines, truncate)),
        )
        for reference in references
    ]
    return {
        column: 100 * fmean(getattr(score[kind], part) for score in scores)
        for name, kind in _KINDS.items()
        for column, part in ((name, "fmeasure"), (f"{name}r", "recall"))
    }


def _cut(lines: Sequence[str], most: int | None) -> list[str]:
    """Keep the first words of some lines."""
    if most is None:
        return list(lines)
    kept: list[str] = []
    for line in lines:
        words = line.split()[:most]
        kept.append(" ".join(words))
        most -= len(words)
    return kept


def redundancy(sentences: Sequence[str]) -> float:
    """Return the mean, over sentences, of the largest share of bigrams in one earlier sentence.

    :param sentences: The summary.
    :return: 0 to 1; 0 for fewer than two sentences.
    """
    earlier: list[set[tuple[str, str]]] = []
    shares: list[float] = []
    for sentence in sentences:
        bigrams = set(pairwise(tokenize(sentence)))
        if bigrams and earlier:
            shares.append(max(len(bigrams & other) / len(bigrams) for other in earlier))
        if bigrams:
            earlier.append(bigrams)
    return fmean(shares) if shares else 0.0


def dangling(sentences: Sequence[str], documents: Sequence[Sequence[str]]) -> float:
    """Return the share of sentences that need one before them that is not there.

    :param sentences: The summary.
    :param documents: The sentences of each document.
    :return: 0 to 1: those that open with a pronoun, demonstrative or connective, are not the first
        of their document, and do not follow the sentence that they follow there.
    """
    return sum(map(needs_context, _cut_off(sentences, documents))) / max(len(sentences), 1)


def orphans(sentences: Sequence[str], documents: Sequence[Sequence[str]], code: str) -> float:
    """Return the share of sentences that are likely to need context and come without it.

    :param code: The language of the summary.
    :return: 0 to 1, what the shipped model finds likely of the sentences that neither open their
        document nor follow the sentence that they follow there.
    """
    model = load_model()
    words = model["words"].get(code, {})
    described = [describe(sentence, code, words) for sentence in _cut_off(sentences, documents)]
    likely = chances(np.array(described).reshape(-1, len(FEATURES)), model)
    return float(likely.sum()) / max(len(sentences), 1)


def _cut_off(sentences: Sequence[str], documents: Sequence[Sequence[str]]) -> list[str]:
    """Return the sentences of a summary that follow another one in their document, and not here."""
    before: dict[str, set[str | None]] = {}
    for document in documents:
        for previous, sentence in pairwise([None, *map(normalize_space, document)]):
            if sentence is not None:
                before.setdefault(sentence, set()).add(previous)
    lost = []
    above: str | None = None
    for sentence in map(normalize_space, sentences):
        if not before.get(sentence, set()) & {None, above}:
            lost.append(sentence)
        above = sentence
    return lost


def short(sentences: Sequence[str], words: int = 6) -> float:
    """Return the share of sentences of fewer words, 0 to 1."""
    return sum(count_words(sentence) < words for sentence in sentences) / max(len(sentences), 1)


def events_repeated(sentences: Sequence[str], names: int = 4, share: float = 0.4) -> float:
    """Return the share of sentences about an event that an earlier one is about.

    :param names: So many words with a capital, the first of a sentence left out, are in both ...
    :param share: ... and so is this share of the different words of the shorter one.
    :return: 0 to 1.
    """
    earlier: list[tuple[set[str], set[str]]] = []
    repeated = 0
    for sentence in sentences:
        own = set(tokenize(sentence))
        named = {word for word in tokenize_cased(sentence)[1:] if word[0].isupper()}
        repeated += any(
            len(named & those) >= names and len(own & words) >= share * min(len(own), len(words))
            for words, those in earlier
        )
        earlier.append((own, named))
    return repeated / max(len(sentences), 1)


def sources_drawn(sentences: Sequence[str], documents: Sequence[str]) -> int:
    """Count the documents that a summary quotes, each sentence from the first that has it."""
    texts = [normalize_space(document) for document in documents]
    found = (
        next((n for n, text in enumerate(texts) if normalize_space(sentence) in text), None)
        for sentence in sentences
    )
    return len({number for number in found if number is not None})


def budget_use(sentences: Sequence[str], words: int) -> float:
    """Return the share of a word budget that is used, above 1 where it is exceeded."""
    return sum(map(count_words, sentences)) / words
