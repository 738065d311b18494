"""The body of each document to sentences with exact offsets.

The boundaries are sentencex's (Wikimedia), for any script; put right are only those that cut what
belongs together: a list number from its item, a quotation from its closing mark, an abbreviation
from the lower-case word behind it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import sentencex

from ..datatypes import Block, Document
from ..passages import Sentences, gather
from .tokens import BLANK, LINE_BREAK, count_words

# Replaced by a blank each: line breaks, which within a paragraph are wrapped lines, halves of
# surrogate pairs, which no library takes, and marks of code, which are no quotation marks.
_REPLACED = re.compile(rf"[{LINE_BREAK}\ud800-\udfff`]")
# A month that is no abbreviation, though it is as short as one.
_MAY = re.compile(r"[.!?](?<=\bMay[.!?])[\"”’)]?\s+(?=[\"“‘(]?[A-Z])")
# Scripts that write no blank between sentences may open one with a digit.
_BEFORE_DIGIT = re.compile(r"[。！？](?=\d)")
_ADDRESS = re.compile(r"(?:https?://|www\.|@)\S*$", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"\W{0,3}(?:\d{1,3}|[a-zA-Z])[.)]\s*$")
_ONLY_CLOSERS = re.compile(r"[\"'”’»」』）)\]\s]+$")
# The end of what may be an abbreviation: a short word, or one with a stop inside.
_SHORT_WORD = re.compile(r"(?:^|\W)(?:\w{1,6}|\w+\.\w+)\.\s*$")
# The number of a note, e.g. "[12]" or Markdown's "[^12]", is not part of a sentence.
_NOTES_BEFORE = re.compile(r"\s*(?:\[\^?\d{1,3}\]\s*)+")
_NOTES_BEHIND = re.compile(r"(?<=[.!?。”\"’])(?:\s*\[\^?\d{1,3}\])+\s*$")
_TAIL = 200
_QUOTE_WORDS = 80


def split(documents: Sequence[Document], blocks: Sequence[Sequence[Block]]) -> Sentences:
    """Split the bodies of documents into sentences.

    :param documents: The documents.
    :param blocks: The blocks of each document; only those of kind ``body`` are split.
    :return: The sentences, document by document, in order of their offsets.
    """
    return gather(documents, _rows(documents, blocks))


def split_sentences(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """Split a paragraph into sentences.

    :param text: One paragraph.
    :param language: Its BCP 47 code; not used yet.
    :return: The offsets of each sentence, blanks around it left out.
    """
    return list(_spans(text))


def _rows(
    documents: Sequence[Document], blocks: Sequence[Sequence[Block]]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the document, the index there, the start and the end of each sentence."""
    for number, document in enumerate(documents):
        index = 0
        bodies = (block for block in blocks[number] if block.kind == "body")
        for block in bodies:
            for start, end in _spans(document.text[block.start : block.end]):
                yield number, index, block.start + start, block.start + end
                index += 1


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the trimmed spans of the sentences of one paragraph."""
    flat = _REPLACED.sub(" ", text)
    found = {b["end_index"] for b in sentencex.get_sentence_boundaries("en", flat)}
    found.update(end.end() for rule in (_MAY, _BEFORE_DIGIT) for end in rule.finditer(flat))
    pieces = [flat[start:end] for start, end in pairwise([0, *sorted(found)])]
    # Where sentences open with capitals, a lower-case one is the rest of the one before.
    capitals = sum(not piece.lstrip()[:1].islower() for piece in pieces) > len(pieces) / 2
    start = end = 0
    held: list[str] = []
    for position, piece in enumerate(pieces):
        held.append(piece)
        end += len(piece)
        following = pieces[position + 1] if position + 1 < len(pieces) else ""
        if following and _belongs_together(held, following, capitals=capitals):
            continue
        left, right = _trimmed(flat, start, end)
        if any(map(str.isalnum, flat[left:right])):
            yield left, right
        start, held = end, []


def _trimmed(flat: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the blanks and the numbers of notes around a sentence."""
    notes = _NOTES_BEFORE.match(flat, start, end)
    left = notes.end() if notes else start
    tail = max(left, end - _TAIL)
    behind = _NOTES_BEHIND.search(flat, tail, end) if flat.find("]", tail, end) >= 0 else None
    right = behind.start() if behind else end
    whole = flat[left:right]
    left += len(whole) - len(whole.lstrip(BLANK))
    right = max(left, right - len(whole) + len(whole.rstrip(BLANK)))
    return left, right


def _belongs_together(held: Sequence[str], following: str, *, capitals: bool) -> bool:
    """Tell whether the pieces held so far and the following one are parts of one sentence."""
    tail = held[-1][-_TAIL:]
    if not any(map(str.isalnum, held[-1])) or _ONLY_CLOSERS.match(following):
        return True
    if len(held) == 1 and len(tail) < _TAIL and _LIST_NUMBER.match(tail):
        return True
    word = following.split(maxsplit=1)[0] if following.strip() else ""
    if capitals and word.islower() and _SHORT_WORD.search(tail):
        return True
    if not tail[-1].isspace() and _ADDRESS.search(tail):
        return True
    if "”" not in following:
        return False
    opened = sum(piece.count("“") - piece.count("”") for piece in held[-3:])
    near = sum(map(count_words, held[-3:])) + count_words(following) <= _QUOTE_WORDS
    return opened > 0 and near
