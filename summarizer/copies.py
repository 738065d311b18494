"""Texts that repeat one another: an agency's report in two papers is one voice, not two.

Compared by shingles, runs of neighbouring words (Broder 1997).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .incidence import Stems

_SHINGLE = 6
# Documents of which the shorter has so many of its shingles in the other are one voice.
_COPIED_DOCUMENT = 0.5
# What more documents than this share is a phrase of their trade.
_MOST_SHARING = 50
_SHORT_SHINGLE = 3
# Sentences of which the shorter has so many of its shorter shingles in the other are copies.
_COPIED_SENTENCE = 0.85
_FACTOR = np.uint64(1_000_003)


def document_voices(stems: Stems, document: npt.NDArray[np.intp], documents: int) -> list[int]:
    """Tell which documents are copies of one text, be it with another beginning or end.

    :param stems: The stems of n sentences.
    :param document: (n,) the document of each, ascending.
    :param documents: How many documents there are, d.
    :return: d numbers, the same for copies of one text: that of its first document.
    """
    place, shingle = _shingles(stems.tokens, document[stems.rows])
    size = np.bincount(place, minlength=documents)
    order = np.argsort(shingle, kind="stable")
    place, starts = place[order], np.flatnonzero(np.diff(shingle[order], prepend=-1))
    lengths = np.diff(starts, append=len(place))
    shared: dict[tuple[int, int], int] = {}
    for start, length in zip(starts, lengths, strict=True):
        if 1 < length <= _MOST_SHARING:
            having = place[start : start + length].tolist()
            for number, one in enumerate(having):
                for other in having[number + 1 :]:
                    shared[one, other] = shared.get((one, other), 0) + 1
    voices = list(range(documents))
    for (one, other), times in sorted(shared.items()):
        if times >= _COPIED_DOCUMENT * min(size[one], size[other]):
            first, second = sorted((voices[one], voices[other]))
            voices = [first if voice == second else voice for voice in voices]
    return voices


def repeated(texts: Sequence[npt.NDArray[np.intp]]) -> list[bool]:
    """Tell which sentences repeat one before them nearly word for word.

    :param texts: The stems of each sentence in order.
    :return: For each whether it does; never for the first.
    """
    seen: list[set[tuple[int, ...]]] = []
    found: list[bool] = []
    for stems in texts:
        words = stems.tolist()
        length = min(_SHORT_SHINGLE, len(words))
        own = set(zip(*(words[start:] for start in range(length)), strict=False))
        found.append(
            any(
                len(own & other) >= _COPIED_SENTENCE * max(min(len(own), len(other)), 1)
                for other in seen
            )
        )
        if not found[-1]:
            seen.append(own)
    return found


def _shingles(
    tokens: npt.NDArray[np.intp], document: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return each document with each of its different shingles, numbered; documents ascending."""
    count = len(tokens) - _SHINGLE + 1
    if count < 1:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    hashes = np.zeros(count, dtype=np.uint64)
    for start in range(_SHINGLE):
        hashes = hashes * _FACTOR + tokens[start : start + count].astype(np.uint64) + np.uint64(1)
    within = document[:count] == document[_SHINGLE - 1 :]
    different, numbers = np.unique(hashes[within], return_inverse=True)
    entries = np.unique(document[:count][within] * max(len(different), 1) + numbers)
    place, shingle = np.divmod(entries, max(len(different), 1))
    return place.astype(np.intp), shingle.astype(np.intp)
