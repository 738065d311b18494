"""What sources give differently, in a line a passage."""

import re
from collections.abc import Iterable, Sequence

from ..datatypes import CitedSentence, Disagreement
from ..text.tokens import normalize_space
from .escaping import escape

HEADING = "Where sources differ"

Span = tuple[int, int]


def disagreements(
    sentences: Sequence[CitedSentence],
) -> list[tuple[CitedSentence, Disagreement]]:
    """Return every passage that differs, with the quote that it differs from."""
    return [(sentence, passage) for sentence in sentences for passage in sentence.disagreement]


def told_differently(sentence: CitedSentence, passage: Disagreement) -> str:
    """Say who says what, e.g. ``[4] says “15”, [1] “12”``."""
    return "; ".join(
        f"[{passage.source}] says “{normalize_space(words.other_text)}”, "
        f"[{sentence.source}] “{normalize_space(words.text)}”"
        for words in passage.differences
    )


def words_of_passage(passage: Disagreement) -> list[Span]:
    """Return where in the passage the words stand that differ."""
    return [
        (words.other_start - passage.start, words.other_end - passage.start)
        for words in passage.differences
    ]


def words_of_quote(sentence: CitedSentence) -> list[Span]:
    """Return where in the quote the words stand that another source gives differently."""
    found = {
        (words.start - sentence.start, words.end - sentence.start)
        for passage in sentence.disagreement
        for words in passage.differences
    }
    return sorted(found)


def differing_words(sentences: Sequence[CitedSentence], source: int) -> list[Span]:
    """Return where words stand in a source that it and another one give differently."""
    pairs = disagreements(sentences)
    found = {(d.start, d.end) for s, p in pairs for d in p.differences if s.source == source}
    found |= {
        (d.other_start, d.other_end) for _, p in pairs for d in p.differences if p.source == source
    }
    return sorted(found)


def marked_words(text: str, spans: Iterable[Span]) -> list[tuple[str, bool]]:
    """Return the words of a text, between blanks, and whether any letter of it is in a span."""
    spans = list(spans)
    return [
        (word[0], any(start < word.end() and word.start() < end for start, end in spans))
        for word in re.finditer(r"\S+", text.replace("\0", " "))
    ]


def emphasize(text: str, spans: Iterable[Span]) -> str:
    """Return a text as HTML in which the words in the spans are emphasized.

    Nothing else of the text changes; spans that overlap or lie outside are left out.
    """
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if done <= start < end <= len(text):
            parts += [
                escape(text[done:start], quote=False),
                f'<b class="differs">{escape(text[start:end], quote=False)}</b>',
            ]
            done = end
    return "".join([*parts, escape(text[done:], quote=False)])
