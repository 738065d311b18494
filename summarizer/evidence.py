"""Which other sources say what a quoted sentence says."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .datatypes import Sentence

# Least similarity, in meaning and in words, of a passage that supports a quote.
SUPPORTS = 0.75
# It does so when it also holds this share of the quote's words, weighted by how telling
# they are, every number in it, and is denied where it is.
_LEAST_SHARE = 0.6
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_UNITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMERALS = {word: str(number) for number, word in enumerate(_UNITS.split(), 2)}
_NUMERALS |= {word: str(10 * number) for number, word in enumerate(_TENS.split(), 2)}
_DENIALS = frozenset(
    {"no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot"}
)


def corroborating(
    quoted: int,
    sentences: Sequence[Sentence],
    voices: Sequence[int],
    similarity: npt.NDArray[np.float32],
    words: Sequence[npt.NDArray[np.intp]],
    weights: npt.NDArray[np.float64],
    threshold: float,
) -> list[int]:
    """Find the passages of other documents that say what a quoted sentence says.

    :param quoted: The row of the quoted sentence.
    :param sentences: n sentences.
    :param voices: A number for each document, the same for copies of one text.
    :param similarity: (n,) how similar each is to the quoted one.
    :param words: The different stems of each sentence.
    :param weights: (s,) how telling each stem is.
    :param threshold: Least similarity.
    :return: Rows, at most one for each other voice, in the order of voices.
    """
    own = voices[sentences[quoted].document]
    claim = Claim(sentences[quoted].text)
    total = float(weights[words[quoted]].sum())
    best: dict[int, int] = {}
    for row in np.flatnonzero(similarity >= threshold).tolist():
        voice = voices[sentences[row].document]
        if voice == own or not claim.agrees_with(Claim(sentences[row].text)):
            continue
        shared = float(weights[np.intersect1d(words[quoted], words[row])].sum())
        if not total or shared < _LEAST_SHARE * total:
            continue
        if voice not in best or similarity[row] > similarity[best[voice]]:
            best[voice] = row
    return [best[voice] for voice in sorted(best)]


class Claim:
    """What a sentence states that similar words can hide: numbers, a denial, who did it to whom.

    Number words and denials are known in English alone.
    """

    def __init__(self, text: str) -> None:
        spoken = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
        self.numbers = set(_NUMBER.findall(_SEPARATOR.sub("", text)))
        self.numbers.update(_NUMERALS[word] for word in spoken if word in _NUMERALS)
        self.denied = any(word in _DENIALS or word.endswith("n't") for word in spoken)
        self.words = frozenset(spoken)
        found = [match for match in _WORD.findall(text) if match[0].isupper()]
        self.names = list(dict.fromkeys(found))

    def agrees_with(self, passage: "Claim") -> bool:
        """Tell whether a passage has all the numbers, denies alike and swaps no names."""
        if not self.numbers <= passage.numbers or self.denied != passage.denied:
            return False
        if self.words != passage.words:
            return True
        return self.names == [name for name in passage.names if name in self.names]
