"""Texts that repeat one another: an agency's report in two papers is one voice, not two.

Compared by shingles, runs of neighbouring words (Broder 1997).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from .incidence import Stems, distinct

_SHINGLE = 6
# Documents of which the shorter has so many of its shingles in the other are one voice.
_COPIED_DOCUMENT = 0.5
# Of what more documents than this share only neighbours are compared: it is a phrase of their
# trade, or a text that was printed as often.
_MOST_SHARING = 50
# So many pairs are counted at once.
_PAIRS = 1 << 22
_SHORT_SHINGLE = 3
# Sentences of which the shorter has so many of its shorter shingles in the other are copies.
_COPIED_SENTENCE = 0.85
# It repeats the whole of a longer one if it has so many of its shingles.
_WHOLE = 0.7
_FACTOR = np.uint64(1_000_003)


def document_voices(stems: Stems, document: npt.NDArray[np.intp], documents: int) -> list[int]:
    """Tell which documents are copies of one text, be it with another beginning or end.

    :param stems: The stems of n sentences.
    :param document: (n,) the document of each, ascending.
    :param documents: How many documents there are, d.
    :return: d numbers, the same for copies of one text: that of its first document.
    """
    starts = np.flatnonzero(np.diff(document, prepend=-1))
    parts = [
        _shingles(part.tokens, document[first:last][part.rows])
        for first, last in stems.blocks(starts)
        for part in [stems.between(first, last)]
    ]
    if not parts:
        return list(range(documents))
    place = np.concatenate([place for place, _ in parts])
    size = np.bincount(place, minlength=documents)
    pairs, times = _sharing(place, np.concatenate([hashes for _, hashes in parts]), documents)
    one, other = np.divmod(pairs, documents)
    copied = times >= _COPIED_DOCUMENT * np.minimum(size[one], size[other])
    return _joined(zip(one[copied].tolist(), other[copied].tolist(), strict=True), documents)


def _sharing(
    place: npt.NDArray[np.int32], hashes: npt.NDArray[np.uint64], documents: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the pairs of documents that share shingles, numbered, and how many they share."""
    order = np.argsort(hashes, kind="stable")
    place, hashes = place[order], hashes[order]
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    lengths = np.diff(starts, append=len(place))
    pairs = times = np.zeros(0, dtype=np.int64)
    often = np.repeat(lengths > _MOST_SHARING, lengths)
    near = np.flatnonzero(often[1:] & (hashes[1:] == hashes[:-1]))
    waiting = [place[near].astype(np.int64) * documents + place[near + 1]]
    shared = lengths[(lengths > 1) & (lengths <= _MOST_SHARING)]
    for length in distinct(shared).tolist():
        one, other = np.triu_indices(length, 1)
        groups = starts[lengths == length]
        most = max(_PAIRS // len(one), 1)
        for first in range(0, len(groups), most):
            having = place[groups[first : first + most, None] + np.arange(length)].astype(np.int64)
            waiting.append((having[:, one] * documents + having[:, other]).ravel())
            # Those that wait are added when they are as many, so that each is sorted a few times.
            if sum(map(len, waiting)) > max(_PAIRS, len(pairs)):
                pairs, times = _added(pairs, times, waiting)
                waiting = []
    return _added(pairs, times, waiting)


def _added(
    pairs: npt.NDArray[np.int64],
    times: npt.NDArray[np.int64],
    found: Sequence[npt.NDArray[np.int64]],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Count found pairs with those counted before."""
    both = np.concatenate([pairs, *found])
    counts = np.concatenate([times, np.ones(len(both) - len(pairs), dtype=np.int64)])
    order = np.argsort(both, kind="stable")
    both = both[order]
    starts = np.flatnonzero(np.diff(both, prepend=-1))
    return both[starts], np.add.reduceat(counts[order], starts) if len(starts) else counts


def _joined(pairs: Iterable[tuple[int, int]], count: int) -> list[int]:
    """Return for each of so many the first of those that pairs join it to."""
    first = list(range(count))

    def root(number: int) -> int:
        while first[number] != number:
            first[number] = number = first[first[number]]
        return number

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        first[high] = low
    return [root(number) for number in range(count)]


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


def _shingles(
    tokens: npt.NDArray[np.int32], document: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint64]]:
    """Return each document with the hash of each of its different shingles; documents ascending."""
    count = len(tokens) - _SHINGLE + 1
    if count < 1:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for start in range(_SHINGLE):
        hashes = hashes * _FACTOR + tokens[start : start + count].astype(np.uint64) + np.uint64(1)
    within = document[:count] == document[_SHINGLE - 1 :]
    different, numbers = np.unique(hashes[within], return_inverse=True)
    entries = distinct(document[:count][within] * max(len(different), 1) + numbers)
    place, shingle = np.divmod(entries, max(len(different), 1))
    return place.astype(np.int32), different[shingle]


def gather_copies(
    chosen: Sequence[int],
    texts: Sequence[str],
    place: npt.NDArray[np.intp],
    document: npt.NDArray[np.intp],
    chain: npt.NDArray[np.integer],
) -> list[int]:
    """Take what stands word for word in several documents from as few of them as possible.

    :param chosen: The rows of picked sentences.
    :param texts: k sentences.
    :param place: (k,) their places among all sentences, ascending.
    :param document: (k,) the document of each, ascending.
    :param chain: (k,) how many sentences end with each that it cannot stand without.
    :return: For each chosen row that row, or one of the same words in the document that has most
        of the others; a sentence and those it cannot stand without stay together.
    """
    chains: list[list[int]] = []
    for row in sorted(chosen):
        if chain[row] > 1 and chains and chains[-1][-1] == row - 1:
            chains[-1].append(row)
        else:
            chains.append([row])
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    firsts = {texts[rows[0]] for rows in chains}
    for row, text in enumerate(texts):
        if text in firsts:
            rows_of[text].append(row)
    moved = {row: row for row in chosen}
    waiting = [(rows, _copies_of(rows, rows_of, texts, place, document, chain)) for rows in chains]
    while waiting:
        held: Counter[int] = Counter()
        for rows, copies in waiting:
            held.update(dict.fromkeys(copies, len(rows)))
        best = min(held, key=lambda source: (-held[source], source))
        for rows, copies in waiting:
            if best in copies:
                moved |= {row: copies[best] + step for step, row in enumerate(rows)}
        waiting = [(rows, copies) for rows, copies in waiting if best not in copies]
    return [moved[row] for row in chosen]


def _copies_of(
    rows: Sequence[int],
    rows_of: Mapping[str, Sequence[int]],
    texts: Sequence[str],
    place: npt.NDArray[np.intp],
    document: npt.NDArray[np.intp],
    chain: npt.NDArray[np.integer],
) -> dict[int, int]:
    """Return the first row of each document's copy of neighbouring sentences, their own too."""
    found: dict[int, int] = {int(document[rows[0]]): rows[0]}
    last = len(rows) - 1
    for row in rows_of[texts[rows[0]]]:
        if row + last < len(texts) and document[row] == document[row + last]:
            whole = place[row + last] - place[row] == last
            pairs = zip(rows, range(row, row + len(rows)), strict=True)
            if whole and all(texts[a] == texts[b] and chain[a] == chain[b] for a, b in pairs):
                found.setdefault(int(document[row]), row)
    return found
