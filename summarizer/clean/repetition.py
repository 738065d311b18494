"""Boilerplate that several documents repeat: notices, pitches, disclaimers, standing formulas."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from ..datatypes import Block, Document
from ..text.tokens import tokenize

# Documents that share more of their bodies than this are copies of one text, not of one site.
_COPY_SHARE = 0.3
# A repeated paragraph belongs to the subject where this share of its words stands elsewhere too.
_SUBJECT_SHARE = 0.5
_SUBJECT_LETTERS = 4
# A word that stands less than once in this many is not a word of the subject.
_RARE = 2000
# A sentence that at least this many documents, and this share of them, have is a standing formula.
_LEAST_FORMULA = 4
_FORMULA_SHARE = 0.6
_FORMULA_LETTERS = 40
_PIECE = re.compile(r"\S[^.!?。！？।]*[.!?。！？।]*")

Place = tuple[int, int]


def find_repeated(
    documents: Sequence[Document], blocks: Sequence[Sequence[Block]]
) -> dict[int, list[tuple[int, int]]]:
    """Find what documents share though it is not what they are about.

    :param documents: Documents about one subject.
    :param blocks: The blocks of each document.
    :return: By the numbers of documents, the stretches of their bodies that are such, in order.
    """
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    if len(documents) < 2:
        return {}
    for number, block in _paragraphs(documents, blocks):
        found[number].append((block.start, block.end))
    for number, start, end in _formulas(documents, blocks):
        found[number].append((start, end))
    return {number: sorted(set(stretches)) for number, stretches in found.items()}


def _paragraphs(
    documents: Sequence[Document], blocks: Sequence[Sequence[Block]]
) -> Iterator[tuple[int, Block]]:
    """Find body paragraphs that documents share though they do not share the subject."""
    noted: dict[bytes, list[tuple[int, Block]]] = defaultdict(list)
    order: list[list[bytes]] = []
    lengths: list[int] = []
    elsewhere: Counter[str] = Counter()
    for number, document in enumerate(documents):
        own: list[bytes] = []
        length = 0
        for block in blocks[number]:
            words = tokenize(document.text[block.start : block.end]) if block.kind == "body" else []
            if words:
                joined = "\n".join(words).encode(errors="surrogatepass")
                own.append(blake2b(joined, digest_size=8).digest())
                noted[own[-1]].append((number, block))
                elsewhere.update(words)
                length += len(words)
        order.append(own)
        lengths.append(length)
    shared = {key: at for key, at in noted.items() if len({number for number, _ in at}) > 1}
    if not shared:
        return
    words_of = {
        key: tokenize(documents[at[0][0]].text[at[0][1].start : at[0][1].end])
        for key, at in shared.items()
    }
    for key, words in words_of.items():
        for word, times in Counter(words).items():
            elsewhere[word] -= times * len(shared[key])
    copied = [
        sum(len(words_of[key]) for key in set(own[: _tail(own, shared)]) if key in shared)
        for own in order
    ]
    for key, at in shared.items():
        telling = {word for word in words_of[key] if len(word) >= _SUBJECT_LETTERS}
        least = max(1, sum(lengths) // _RARE)
        known = sum(elsewhere[word] >= least for word in telling)
        if known < _SUBJECT_SHARE * len(telling):
            for number, block in at:
                if copied[number] <= _COPY_SHARE * lengths[number]:
                    yield number, block


def _tail(own: Sequence[bytes], shared: dict[bytes, list[tuple[int, Block]]]) -> int:
    """Return where the shared end of a document begins; copies, shared as a whole, have none."""
    last = len(own)
    while last and own[last - 1] in shared:
        last -= 1
    return last or len(own)


def _formulas(
    documents: Sequence[Document], blocks: Sequence[Sequence[Block]]
) -> Iterator[tuple[int, int, int]]:
    """Find sentences that most of a series of documents have, though each opens with its own."""
    if len(documents) < _LEAST_FORMULA:
        return
    pieces = [list(_pieces(document, own)) for document, own in zip(documents, blocks, strict=True)]
    having = Counter(text for own in pieces for text in {text for _, _, text in own})
    least = max(_LEAST_FORMULA, _FORMULA_SHARE * len(documents))
    if any(own and having[own[0][2]] >= least for own in pieces):
        return
    for number, own in enumerate(pieces):
        for start, end, text in own:
            if having[text] >= least and len(text) >= _FORMULA_LETTERS:
                yield number, start, end


def _pieces(document: Document, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    for block in blocks:
        if block.kind == "body":
            for piece in _PIECE.finditer(document.text, block.start, block.end):
                yield piece.start(), piece.end(), " ".join(piece[0].split())
