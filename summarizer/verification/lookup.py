"""A passage, looked up in a text that may have changed."""

import re
from difflib import SequenceMatcher
from functools import cached_property

from ..datatypes import Document
from ..locating import Locator
from ..text.sentences import split_sentences
from ..text.tokens import tokenize
from .records import Found, Passage, Status

# Least share of words in common, in one order, of a sentence that is a quote changed.
_SIMILAR = 0.5
_PARAGRAPH = re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL)


class Text:
    """A document as it reads today.

    :param document: The document.
    :param path: What the summary would call it.
    """

    def __init__(self, document: Document, path: str) -> None:
        self._document = document
        self._locator = Locator(document)
        self._path = path

    def look_up(self, passage: Passage) -> tuple[Status, Found | None]:
        """Tell what became of a passage."""
        text = self._document.text
        if text[passage.start : passage.end] == passage.text:
            return "intact", self._found(passage.start, passage.end, 1.0)
        span = self._nearest(re.escape(passage.text), passage.start)
        if span is not None:
            return "moved", self._found(*span, 1.0)
        rewrapped = self._nearest(r"\s+".join(map(re.escape, passage.text.split())), passage.start)
        if rewrapped is not None:
            return "changed", self._found(*rewrapped, 1.0)
        return self._most_similar(passage)

    @cached_property
    def _sentences(self) -> list[tuple[int, int, list[str]]]:
        """Start, end and words of each sentence, whatever part of the text it is in."""
        text = self._document.text
        return [
            (match.start() + start, match.start() + end, tokenize(match[0][start:end]))
            for match in _PARAGRAPH.finditer(text)
            for start, end in split_sentences(match[0])
        ]

    def _nearest(self, pattern: str, start: int) -> tuple[int, int] | None:
        spans = (match.span() for match in re.finditer(pattern, self._document.text))
        return min(spans, key=lambda span: (abs(span[0] - start), span), default=None)

    def _most_similar(self, passage: Passage) -> tuple[Status, Found | None]:
        matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
        matcher.set_seq2(tokenize(passage.text))
        best: tuple[float, int, tuple[int, int]] | None = None
        for start, end, words in self._sentences:
            matcher.set_seq1(words)
            least = _SIMILAR if best is None else best[0]
            if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
                continue
            found = (matcher.ratio(), -abs(start - passage.start), (start, end))
            if found[0] >= _SIMILAR and (best is None or found > best):
                best = found
        if best is None:
            return "missing", None
        return "changed", self._found(*best[2], round(best[0], 3))

    def _found(self, start: int, end: int, similarity: float) -> Found:
        where = self._locator.where(start)
        return Found(self._path, start, end, where, self._document.text[start:end], similarity)
