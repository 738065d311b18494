"""Sentences that repeat one another nearly word for word."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_SHORT_SHINGLE = 3
_COPIED_SENTENCE = 0.85
_WHOLE = 0.7


def repeated(texts: Sequence[npt.NDArray[np.intp]]) -> list[bool]:
    """Tell which sentences repeat one before them nearly word for word.

    :param texts: The stems of each sentence in order.
    :return: For each whether it does; never for the first.
    """
    seen: list[set[tuple[int, ...]]] = []
    found: list[bool] = []
    for stems in texts:
        own = _short_shingles(stems)
        found.append(
            any(
                len(own & other) >= _COPIED_SENTENCE * max(min(len(own), len(other)), 1)
                for other in seen
            )
        )
        if not found[-1]:
            seen.append(own)
    return found


def is_part(text: npt.NDArray[np.intp], whole: npt.NDArray[np.intp]) -> bool:
    """Tell whether a sentence that repeats another lacks a part of it.

    :param text: Its stems in order.
    :param whole: Those of the other.
    """
    shingles = _short_shingles(whole)
    return len(shingles & _short_shingles(text)) < _WHOLE * len(shingles)


def _short_shingles(stems: npt.NDArray[np.intp]) -> set[tuple[int, ...]]:
    words = stems.tolist()
    length = min(_SHORT_SHINGLE, len(words))
    return set(zip(*(words[start:] for start in range(length)), strict=False))
