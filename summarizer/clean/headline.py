"""The headline of a document, where it is not given."""

from collections.abc import Iterable, Sequence

from ..text.tokens import tokenize
from .dates import find_date
from .paragraphs import PROSE_WORDS, Paragraph

_LEAST_TITLE_WORDS = 4
_TITLE_WORDS = 24


def find_headline(
    paragraphs: Sequence[Paragraph], first: int, last: int, *, page: bool
) -> int | None:
    """Find the headline: the first fragment above the body in its words, else the longest."""
    candidates = range(first)
    if first == 0 and _opens_with_headline(paragraphs, last):
        candidates = range(1)
    if not candidates:
        return None
    subject = _Subject(paragraphs[first:last])
    longest, most = None, _LEAST_TITLE_WORDS - 1
    for number in candidates:
        paragraph = paragraphs[number]
        if paragraph.bullet or paragraph.words > _TITLE_WORDS or find_date(paragraph.text):
            continue
        if paragraph.prose and not paragraph.text.endswith(("?", "!")):
            continue
        above = paragraphs[max(0, number - 1)]
        # On a page the credit of a photo stands right under its caption.
        if page and number and above.prose and above.group == paragraph.group:
            continue
        if subject.shares(paragraph):
            return number
        if paragraph.words > most:
            longest, most = number, paragraph.words
    return longest


class _Subject:
    """The words of a body, looked for no further than a headline needs."""

    def __init__(self, body: Iterable[Paragraph]) -> None:
        self._waiting = iter(body)
        self._words: set[str] = set()

    def shares(self, headline: Paragraph) -> bool:
        """Tell whether the body has two longer words of a line, and half of them."""
        words = _longer_words(headline)
        while True:
            shared = len(words & self._words)
            # Two words of a menu entry may stand in the body by chance; half a headline does not.
            if shared > 1 and shared >= 0.5 * len(words):
                return True
            paragraph = next(self._waiting, None)
            if paragraph is None:
                return False
            self._words |= _longer_words(paragraph)


def _longer_words(paragraph: Paragraph) -> set[str]:
    return {word for word in tokenize(paragraph.text) if len(word) > 3}


def _opens_with_headline(paragraphs: Sequence[Paragraph], last: int) -> bool:
    """Tell a headline with a question mark, or one above short paragraphs, from a sentence."""
    if last < 2:
        return False
    opening = paragraphs[0]
    alone = paragraphs[1].group != opening.group or opening.markup
    return (
        alone
        and (not opening.prose or opening.text.endswith("?"))
        and (opening.words < 2 * PROSE_WORDS < sum(p.words for p in paragraphs[1:last]))
    )
