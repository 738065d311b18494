"""Furniture that several documents repeat: cookie notices, newsletter pitches, disclaimers.

Paragraphs are noted part by part of the documents, by a hash of their words; only those that turn
out to be shared are looked at again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from ..datatypes import Block, Document
from ..text.tokens import tokenize

# Documents that share more of their bodies than this are copies of one text, not of one site.
_COPY_SHARE = 0.3
# A repeated paragraph belongs to the subject where this share of its words stands elsewhere too.
_SUBJECT_SHARE = 0.5
_SUBJECT_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Noted:
    """The body paragraphs of some documents.

    :param places: (p, 3) int64, the document, the start and the number of words of each.
    :param hashes: (p,) uint64, of their words.
    :param words: How often each word that may tell a subject stands in them.
    """

    places: npt.NDArray[np.int64]
    hashes: npt.NDArray[np.uint64]
    words: Counter[str]


def note_paragraphs(
    documents: Sequence[Document], blocks: Sequence[Sequence[Block]], first: int = 0
) -> Noted:
    """Note the body paragraphs of documents.

    :param documents: Some documents.
    :param blocks: The blocks of each.
    :param first: The number of the first of them among all.
    """
    places: list[tuple[int, int, int]] = []
    hashes: list[bytes] = []
    counts: Counter[str] = Counter()
    for number, document in enumerate(documents):
        for block in blocks[number]:
            if block.kind == "body":
                text = document.text[block.start : block.end]
                words = tokenize(text)
                if words:
                    places.append((first + number, block.start, len(words)))
                    joined = "\n".join(words).encode(errors="surrogatepass")
                    hashes.append(blake2b(joined, digest_size=8).digest())
                    counts.update(words)
    return Noted(
        np.array(places, dtype=np.int64).reshape(-1, 3),
        np.frombuffer(b"".join(hashes), dtype=np.uint64),
        Counter({w: times for w, times in counts.items() if len(w) >= _SUBJECT_LETTERS}),
    )


def repeated_furniture(
    documents: Sequence[Document],
    blocks: Sequence[Sequence[Block]],
    parts: Iterable[Noted],
) -> set[tuple[int, int]]:
    """Find body paragraphs that documents share though they do not share the subject.

    :param documents: Documents about one subject.
    :param blocks: The blocks of each document.
    :param parts: What was noted of them, part by part.
    :return: ``(document, start)`` of each such paragraph.
    """
    noted = list(parts)
    places = np.concatenate([np.zeros((0, 3), dtype=np.int64), *(part.places for part in noted)])
    hashes = np.concatenate([np.zeros(0, dtype=np.uint64), *(part.hashes for part in noted)])
    shared = _shared(documents, blocks, places, hashes)
    if not shared:
        return set()
    elsewhere: Counter[str] = Counter()
    for part in noted:
        elsewhere.update(part.words)
    for words, at in shared.items():
        for word, times in Counter(words).items():
            elsewhere[word] -= times * len(at)
    lengths = np.bincount(places[:, 0], places[:, 2], minlength=len(documents))
    copied = [0] * len(documents)
    for words, at in shared.items():
        for number in {number for number, _ in at}:
            copied[number] += len(words)
    furniture: set[tuple[int, int]] = set()
    for words, at in shared.items():
        telling = {word for word in words if len(word) >= _SUBJECT_LETTERS}
        known = sum(elsewhere[word] > 0 for word in telling)
        if known < _SUBJECT_SHARE * len(telling):
            furniture.update(
                (number, start)
                for number, start in at
                if copied[number] <= _COPY_SHARE * lengths[number]
            )
    return furniture


def _shared(
    documents: Sequence[Document],
    blocks: Sequence[Sequence[Block]],
    places: npt.NDArray[np.int64],
    hashes: npt.NDArray[np.uint64],
) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """Return the words of the paragraphs that several documents have, and where these stand."""
    order = np.argsort(hashes, kind="stable")
    same = np.flatnonzero(hashes[order][1:] == hashes[order][:-1])
    twice = np.sort(order[np.union1d(same, same + 1)])
    ends: dict[tuple[int, int], int] = {}
    for number in np.unique(places[twice, 0]).tolist():
        ends |= {(number, block.start): block.end for block in blocks[number]}
    found: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, start, _ in places[twice].tolist():
        text = documents[number].text[start : ends[number, start]]
        found[tuple(tokenize(text))].append((number, start))
    return {w: at for w, at in found.items() if len({number for number, _ in at}) > 1}
