"""Which other sources say what a quoted sentence says."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .datatypes import Sentence

# A passage supports a quote when it holds this share of the quote's words, weighted by how telling
# they are, every number in it, and is denied where it is.
_LEAST_SHARE = 0.5
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NUMERALS = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
}
_DENIALS = frozenset(
    {"no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot"}
)


def corroborating(
    quoted: int,
    sentences: Sequence[Sentence],
    similarity: npt.NDArray[np.float32],
    words: Sequence[npt.NDArray[np.intp]],
    weights: npt.NDArray[np.float64],
    threshold: float,
) -> list[int]:
    """Find the passages of other documents that say what a quoted sentence says.

    :param quoted: The row of the quoted sentence.
    :param sentences: n sentences.
    :param similarity: (n,) how similar each is to the quoted one.
    :param words: The different stems of each sentence.
    :param weights: (s,) how telling each stem is.
    :param threshold: Least similarity.
    :return: Rows, at most one for each other document, in the order of documents.
    """
    own = sentences[quoted].document
    claim = Claim(sentences[quoted].text)
    total = float(weights[words[quoted]].sum())
    best: dict[int, int] = {}
    for row in np.flatnonzero(similarity >= threshold).tolist():
        document = sentences[row].document
        if document == own or not claim.agrees_with(Claim(sentences[row].text)):
            continue
        shared = float(weights[np.intersect1d(words[quoted], words[row])].sum())
        if shared < _LEAST_SHARE * total:
            continue
        if document not in best or similarity[row] > similarity[best[document]]:
            best[document] = row
    return [best[document] for document in sorted(best)]


class Claim:
    """What a sentence states that similar words can hide: numbers, a denial, who did it to whom.

    Number words and denials are known in English alone.
    """

    def __init__(self, text: str) -> None:
        spoken = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
        self.numbers = set(_NUMBER.findall(text))
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
