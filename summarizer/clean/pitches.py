"""Paragraphs that speak to the reader inside an article that otherwise does not.

Newsletters, subscriptions, cookie notices and calls for tips stand as paragraphs of their own and
say "we" and "you", or open with a question; a news article does so in quotations alone. Where a
text addresses its reader all along, as reviews, advice and columns do, that is its manner and
nothing is set apart. A paragraph that opens with the name in the byline is about the author.
"""

import re
from collections.abc import Sequence

from ..text.tokens import tokenize
from .paragraphs import Paragraph

_SHORT = 40
_SHORT_QUESTION = 30
# A text whose pitches would be a larger share of it speaks to the reader by manner.
_MOST = 0.3
_MOST_LONG = 0.05
_LEAST_PARAGRAPHS = 4
_BYLINE_WORDS = 12
# A page with more words than this does not break off.
_GATE_WORDS = 150
_GATE_SHARED = 0.15
_SHORT_WORD = 3
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?|„[^“”]*[“”]?|「[^」]*」?")
# What these words begin with is looked for first: few words begin so.
# subtle: "us" is a country in texts without capitals.
_READER = re.compile(
    r"\b(?=[YyOoWwuVvNnUIJj])"
    r"(?:[Yy]ou|[Yy]ours?|[Oo]urs?|[Ww]e|(?<!the )us(?=\s+(?:on|at|by|in|via|what|your|know)\b)"
    r"|[Vv]ous|[Vv]otre|[Vv]os|[Nn]otre|[Nn]ous|[Ww]ir|[Uu]nsere?[mnrs]?|Ihnen|Ihren"
    r"|[Nn]uestr[ao]s?|[Nn]osotros|[Uu]sted(?:es)?|[Vv]ostr[aeio]|[Nn]ostr[aeio]"
    r"|[Vv]ocês?|[Nn]oss[ao]s?|[Ww]ij|[Oo]nze|[Jj]ouw)\b"
)
_QUESTION = re.compile(r"\A[^.!?]*[?？؟](?:\s|$)")
_OF_ITSELF = re.compile(
    r"(?:An earlier version of )?[Tt]his (?:article|story|post|page|piece|website|site) "
    r"(?:was|has been|is part|uses|originally|first|appeared|misstated|incorrectly)\b"
)
_BYLINE = re.compile(
    r"(?:By|BY|Von|Par|Por|Door|Di)\s+((?:[^\W\d_][\w.’'-]*\s+){1,3}[^\W\d_][\w’'-]*)"
)


def find_pitches(paragraphs: Sequence[Paragraph], first: int, last: int) -> set[int]:
    """Find what a page says of itself, of its author and to its reader.

    :param paragraphs: All paragraphs of a document.
    :param first: Where its body begins.
    :param last: Where the body ends.
    :return: Places in ``paragraphs``, all from ``first`` to before ``last``.
    """
    prose = [number for number in range(first, last) if paragraphs[number].prose]
    notes = {number for number in prose if _OF_ITSELF.match(paragraphs[number].text)}
    return notes | _addressed(paragraphs, prose) | _about_author(paragraphs, prose)


def find_gate(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Find where a page breaks off and asks its reader to pay, log in, or wait.

    It is what stands from the first paragraph to the reader to the end, where none before is to the
    reader and both share hardly a word. A page of a few words to the reader is nothing else.

    :param paragraphs: The paragraphs of a page as found by its markup.
    :return: Their places.
    """
    spoken = [n for n, p in enumerate(paragraphs) if p.prose and _speaks_to_reader(p)]
    if not spoken or sum(p.words for p in paragraphs) > _GATE_WORDS:
        return set()
    first = spoken[0]
    while first and not paragraphs[first - 1].prose:
        first -= 1
    before, behind = (
        {word for p in part for word in tokenize(p.text) if len(word) > _SHORT_WORD}
        for part in (paragraphs[:first], paragraphs[first:])
    )
    apart = len(before & behind) <= _GATE_SHARED * len(behind)
    others = any(p.prose for n, p in enumerate(paragraphs) if n > first and n not in spoken)
    return set(range(first, len(paragraphs))) if apart and (first or not others) else set()


def _addressed(paragraphs: Sequence[Paragraph], prose: Sequence[int]) -> set[int]:
    """Find short paragraphs to the reader where few of the text's words are in such ones."""
    if len(prose) < _LEAST_PARAGRAPHS:
        return set()
    addressed = [number for number in prose if _speaks_to_reader(paragraphs[number])]
    pitches = {number for number in addressed if paragraphs[number].words <= _SHORT}
    total = sum(paragraphs[number].words for number in prose)
    spoken = sum(paragraphs[number].words for number in addressed)
    long = spoken - sum(paragraphs[number].words for number in pitches)
    return pitches if spoken <= _MOST * total and long <= _MOST_LONG * total else set()


def _speaks_to_reader(paragraph: Paragraph) -> bool:
    plain = _QUOTED.sub(" ", paragraph.text)
    asks = paragraph.words <= _SHORT_QUESTION and _QUESTION.match(plain)
    return bool(asks or _READER.search(plain.replace("’", "'")))


def _about_author(paragraphs: Sequence[Paragraph], prose: Sequence[int]) -> set[int]:
    """Find paragraphs that open with a name that stands in a byline."""
    bylines = (
        _BYLINE.match(paragraph.text)
        for paragraph in paragraphs
        if not paragraph.prose and paragraph.words <= _BYLINE_WORDS
    )
    # Of "By Ann Lee Staff Writer" the first two words are a name in any case.
    authors = {" ".join(byline[1].split()[:2]) for byline in bylines if byline}
    return {
        number
        for number in prose
        for author in authors
        if re.match(rf"{re.escape(author)}\b", paragraphs[number].text)
    }
