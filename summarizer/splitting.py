"""The body of each document to sentences with exact offsets.

The boundaries are sentencex's (Wikimedia), for any script; put right are only those that cut what
belongs together: a list number from its item, a quotation from its closing mark, an abbreviation
from the lower-case word behind it.
"""

import re
from collections.abc import Iterator, Sequence

import sentencex

from .datatypes import Block, Document, Sentence
from .tokens import count_words

_LINE_BREAK = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_EDGE = " \t\xa0\0\ufeff\u200b\u200e\u200f\u3000"
_ADDRESS = re.compile(r"(?:https?://|www\.|@)\S*$", re.IGNORECASE)
_ONLY_MARKS = re.compile(r"[\W_]*(?:\(?(?:\d{1,3}|[a-zA-Z])[.)])?[\W_]*$")
_ONLY_CLOSERS = re.compile(r"[\"'”’»」』）)\]\s]+$")
_QUOTE_WORDS = 80


def split(documents: Sequence[Document], blocks: Sequence[Sequence[Block]]) -> list[Sentence]:
    """Split the bodies of documents into sentences.

    :param documents: The documents.
    :param blocks: The blocks of each document; only those of kind ``body`` are split.
    :return: The sentences, document by document, in order of their offsets.
    """
    sentences: list[Sentence] = []
    for number, document in enumerate(documents):
        index = 0
        bodies = (block for block in blocks[number] if block.kind == "body")
        for paragraph, block in enumerate(bodies):
            for start, end in _spans(document.text[block.start : block.end]):
                start, end = block.start + start, block.start + end
                text = document.text[start:end]
                sentences.append(Sentence(number, index, paragraph, start, end, text))
                index += 1
    return sentences


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the trimmed spans of the sentences of one paragraph."""
    # A line break within a paragraph is a wrapped line; a blank in its place keeps the offsets.
    flat = _LINE_BREAK.sub(" ", text)
    start = 0
    found = [b["end_index"] for b in sentencex.get_sentence_boundaries("en", flat)]
    for position, end in enumerate(found):
        following = found[position + 1] if position + 1 < len(found) else None
        if following is not None and _belongs_together(flat, start, end, following):
            continue
        left = start + len(flat[start:end]) - len(flat[start:end].lstrip(_EDGE))
        right = end - (len(flat[start:end]) - len(flat[start:end].rstrip(_EDGE)))
        if any(character.isalnum() for character in flat[left:right]):
            yield left, right
        start = end


def _belongs_together(text: str, start: int, cut: int, end: int) -> bool:
    """Tell whether the boundary at ``cut`` splits one sentence ``text[start:end]`` in two."""
    before, after = text[start:cut], text[cut:end]
    if _ONLY_MARKS.match(before) or _ONLY_CLOSERS.match(after):
        return True
    if after[0].islower() and before.rstrip(_EDGE).endswith("."):
        return True
    if not before[-1].isspace() and _ADDRESS.search(before):
        return True
    unclosed = before.count("“") > before.count("”") and "”" in after
    return unclosed and count_words(before) + count_words(after) <= _QUOTE_WORDS
