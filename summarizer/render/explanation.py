"""Why each sentence was picked, in a few lines."""

from collections.abc import Sequence

from ..datatypes import CitedSentence, Explanation, Source
from ..text.tokens import normalize_space

_SHOWN_WORDS = 8
_SHOWN_SOURCES = 10


def explanation_lines(
    sentence: CitedSentence, source: Source, explanation: Explanation
) -> list[str]:
    """Tell what a quoted sentence contributes.

    :param sentence: The quote.
    :param source: Its source.
    :param explanation: What it contributes.
    :return: How it begins and where it stands; its weight; its weightiest phrases, each with the
        numbers of the sources that have it, the first of many.
    """
    words = normalize_space(sentence.text).split()
    shown = " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")
    told = f"holds {explanation.weight:.1%} of the weight of all that is said"
    told += f", {explanation.new:.1%} not quoted before it"
    if explanation.importance is not None:
        told += f"; importance {explanation.importance:.1f}"
    if explanation.similarity is not None:
        told += f"; similarity to the subject {explanation.similarity:.2f}"
    lines = [
        f"{shown} [{sentence.source}]: sentence {sentence.index + 1} of {source.sentences}",
        told,
    ]
    phrases = [
        f"“{phrase.text}” {phrase.weight:.1%} [{_some(phrase.sources)}]"
        for phrase in explanation.phrases
    ]
    return [*lines, "; ".join(phrases)] if phrases else lines


def _some(numbers: Sequence[int]) -> str:
    shown = numbers if len(numbers) <= _SHOWN_SOURCES else numbers[: _SHOWN_SOURCES - 1]
    more = f" and {len(numbers) - len(shown)} more" if len(shown) < len(numbers) else ""
    return ", ".join(map(str, shown)) + more
