"""Whether a passage says what a quote says."""

from .claims import Claim
from .likeness import Likeness
from .naming import is_capitalized, lacks_name, quotations

# Least likeness of a passage that supports a quote; see benchmarks/evidence.py.
SUPPORTS = 1.14
# Least share of the quote's telling words that it has.
_LEAST_HELD = 0.45
# So many of them in a row may be missing: more are a clause that it does not state.
_MOST_LACKED = 3
# Where neither names anybody, as in text without capitals, names count as other words do; then
# it has this share of them, and the quote a part of the passage's.
_LEAST_HELD_NAMELESS = 0.6
_LEAST_HOLDS_NAMELESS = 0.2


def supports(quote: Claim, passage: Claim, like: Likeness) -> bool:
    """Tell whether a passage says what a quote says.

    It does when it is alike, has all of the quote's numbers, dates, clauses and names but those of
    speakers, contradicts no weekday nor any word that has an opposite, denies where the quote
    denies, and swaps no names.

    :param quote: A sentence.
    :param passage: Another.
    :param like: How alike they are.
    """
    if like.score < SUPPORTS or like.held < _LEAST_HELD:
        return False
    if not (quote.names or passage.names) and (
        like.held < _LEAST_HELD_NAMELESS or like.holds < _LEAST_HOLDS_NAMELESS
    ):
        return False
    # Any word of it may be a name.
    if is_capitalized(quote) and not quote.telling.keys() <= passage.telling.keys():
        return False
    if bool(quote.denials) != bool(passage.denials):
        return False
    for value in quote.values:
        if any(value.covers(other) for other in passage.values):
            continue
        if value.quantity or value.day or any(value.contradicts(other) for other in passage.values):
            return False
    if lacks_name(quote, passage) or _lacks_clause(quote, passage):
        return False
    stems = {word.stem for word in quote.words}
    if stems != {word.stem for word in passage.words}:
        return True
    names = _in_order(quote, stems)
    return names == _in_order(passage, set(names))


def _lacks_clause(quote: Claim, passage: Claim) -> bool:
    """Tell whether a passage has none of so many telling words of a quote in a row."""
    row = 0
    said = quotations(quote) or [(0, len(quote.text))]
    for word in quote.words:
        if word.weight > 0 and any(start <= word.start < end for start, end in said):
            row = 0 if word.stem in passage.telling else row + 1
            if row > _MOST_LACKED:
                return True
    return False


def _in_order(claim: Claim, wanted: set[str]) -> list[str]:
    """Return the different names among the wanted stems, as they follow one another."""
    return list(
        dict.fromkeys(
            word.stem
            for word in claim.words
            if word.stem in wanted and claim.text[word.start].isupper()
        )
    )
