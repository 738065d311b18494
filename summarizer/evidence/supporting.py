"""Whether a passage says what a quote says."""

import re

from .claims import Claim, Value
from .contrary import is_contrary
from .likeness import Likeness, ordered
from .naming import is_capitalized, lacks_name
from .swaps import swaps_names, swaps_values
from .vocabulary import TELLING

# How surely a passage states what it supports, at least, with this part of the share of the quote's
# words that stand in one order in it; see benchmarks/evidence.py.
_SUPPORTS = 1.2
_ORDER = 1 / 3
# Where neither names anybody, as in text without capitals, any word lacked may be a name.
_SUPPORTS_NAMELESS = 1.3
# Less near in meaning, the same words say something else.
_LEAST_COSINE = 0.4
# Fewer words behind an agency are the beginning of a caption, and state nothing.
_FEWEST = 4
# What may stand between the word that tells that something was said and the day on which it was.
_SAID = re.compile(
    r"(\w+)(?:\s+(?:on|late|early|reporters|journalists|in an? (?:statement|interview)))*\s+$", re.I
)
_FAR = 60


def supports(quote: Claim, passage: Claim, like: Likeness) -> bool:
    """Tell whether a passage says what a quote says.

    It does when it is near in meaning and has most of the quote's words, small ones too, all of its
    numbers, days and names but those of and by speakers, contradicts no word that has an
    opposite, denies where the quote denies, supposes nothing that the quote states, and swaps no
    names.

    :param quote: A sentence.
    :param passage: Another.
    :param like: How alike they are.
    """
    least = _SUPPORTS if quote.names or passage.names else _SUPPORTS_NAMELESS
    if like.cosine < _LEAST_COSINE or like.stated + _ORDER < least:
        return False
    if like.stated + _ORDER * ordered(quote, passage) < least:
        return False
    if _is_caption(quote):
        return False
    # Any word of it may be a name; elsewhere names alone say nothing of what was done.
    if is_capitalized(quote):
        if not quote.telling.keys() <= passage.telling.keys():
            return False
    elif not like.shared:
        return False
    if bool(quote.denials) != bool(passage.denials):
        return False
    for value in quote.values:
        if any(value.covers(other) for other in passage.values):
            continue
        if value.quantity or value.day or any(value.contradicts(other) for other in passage.values):
            return False
        if value.kind == "weekday" and not _is_of_telling(quote, value):
            return False
    if lacks_name(quote, passage) or is_contrary(quote, passage):
        return False
    if swaps_values(quote, passage) or swaps_names(quote, passage):
        return False
    if quote.stems != passage.stems:
        return True
    names = _in_order(quote, quote.stems)
    return names == _in_order(passage, frozenset(names))


def _is_caption(claim: Claim) -> bool:
    """Tell whether it is a few words beside an aside, as ``(Agency) protesters in May``."""
    return len(claim.wording) < _FEWEST and claim.text.startswith("(")


def _is_of_telling(quote: Claim, value: Value) -> bool:
    """Tell whether a day is the one on which somebody said what is told, not that of what is."""
    said = _SAID.search(quote.text, max(value.start - _FAR, 0), value.start)
    return not quote.states(value.start) or (said is not None and said[1].casefold() in TELLING)


def _in_order(claim: Claim, wanted: frozenset[str]) -> list[str]:
    """Return the different names among the wanted stems, as they follow one another."""
    return list(
        dict.fromkeys(
            word.stem
            for word in claim.words
            if word.stem in wanted and claim.text[word.start].isupper()
        )
    )
