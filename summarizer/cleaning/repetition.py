"""Furniture that several documents repeat: cookie notices, newsletter pitches, disclaimers."""

from collections import defaultdict
from collections.abc import Sequence

from ..datatypes import Block, Document
from ..tokens import tokenize

# Documents that share more of their bodies than this are copies of one text, not of one site.
_COPY_SHARE = 0.3
# A repeated paragraph belongs to the subject where this share of its words stands elsewhere too.
_SUBJECT_SHARE = 0.5
_SUBJECT_LETTERS = 4


def repeated_furniture(
    documents: Sequence[Document], blocks: Sequence[Sequence[Block]]
) -> set[tuple[int, int]]:
    """Find body paragraphs that documents share though they do not share the subject.

    :param documents: Documents about one subject.
    :param blocks: The blocks of each document.
    :return: ``(document, start)`` of each such paragraph.
    """
    places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    lengths = [0] * len(documents)
    for number, document in enumerate(documents):
        for block in blocks[number]:
            if block.kind == "body":
                words = tuple(tokenize(document.text[block.start : block.end]))
                places[words].append((number, block.start))
                lengths[number] += len(words)
    shared = {w: at for w, at in places.items() if w and len({number for number, _ in at}) > 1}
    if not shared:
        return set()
    elsewhere = {word for words in places if words not in shared for word in words}
    copied = [0] * len(documents)
    for words, at in shared.items():
        for number in {number for number, _ in at}:
            copied[number] += len(words)
    furniture: set[tuple[int, int]] = set()
    for words, at in shared.items():
        telling = {word for word in words if len(word) >= _SUBJECT_LETTERS}
        on_subject = len(telling & elsewhere) >= _SUBJECT_SHARE * len(telling)
        if not on_subject:
            furniture.update(
                (number, start)
                for number, start in at
                if copied[number] <= _COPY_SHARE * lengths[number]
            )
    return furniture
