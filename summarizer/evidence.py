"""Which other sources say what a quoted sentence says."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .datatypes import Sentence

# A passage supports a quote when it holds this share of the quote's words, weighted by how telling
# they are, and every number in it.
_LEAST_SHARE = 0.5
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


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
    numbers = set(_NUMBER.findall(sentences[quoted].text))
    total = float(weights[words[quoted]].sum())
    best: dict[int, int] = {}
    for row in np.flatnonzero(similarity >= threshold).tolist():
        document = sentences[row].document
        if document == own or not numbers <= set(_NUMBER.findall(sentences[row].text)):
            continue
        shared = float(weights[np.intersect1d(words[quoted], words[row])].sum())
        if shared < _LEAST_SHARE * total:
            continue
        if document not in best or similarity[row] > similarity[best[document]]:
            best[document] = row
    return [best[document] for document in sorted(best)]
