"""Where a passage says the contrary of a quote, or another thing in nearly the same words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from .claims import Claim, Value, Word
from .exclusions import sides
from .likeness import Pairs, aligned, gaps
from .naming import CAPITAL_NOUNS
from .vocabulary import ALIASES, CONTRACTED, FUNCTIONAL, SUPPOSING, TELLING, TITLES, UNDOING

# So near in front of a word stands the one by which it may be, is to be or is not done, and no such
# thing between; in German a comma stands between. Far in front of its like in the other sentence is
# near enough.
_NEAR = 4
_FAR = 8
_APART = re.compile(r"[.,;:!?()\"“”–—]|\b(?:and|but|while|or|et|mais|y|pero)\b", re.IGNORECASE)
_APART_GERMAN = re.compile(r"[.;:!?()\"„“”–—]|\b(?:und|aber|oder)\b", re.IGNORECASE)
_PARENTHESIS = re.compile(r"[()]")
# A passage so many times as long tells more than the quote, and so does one of so many words; there
# what excludes one another must stand in one place.
_MORE = 1.5
_LONG = 60
# Of nearly the same sentences so large a part is alike, but for so many places, and in all of them
# for so many words.
_NEARLY_ALL = 0.9
_MOST_PLACES = 2
_MOST_WORDS = 2
# Of sentences that differ in one word so large a part is alike, and so many words.
_SAME = 0.85
_LEAST = 6
# Where less of either is alike, what one says may be, another may say is: later, or more surely.
_MOSTLY = 0.75


def is_contrary(quote: Claim, passage: Claim) -> bool:
    """Tell whether a passage excludes, supposes, undoes or replaces what a quote states.

    :param quote: A sentence.
    :param passage: Another, mostly in the same words.
    """
    pairs = aligned(quote.words, passage.words)
    if _excludes(quote, passage, pairs) or _replaces(quote, passage, pairs):
        return True
    back = [(other, one) for one, other in pairs]
    supposed, its_supposed = _supposed(quote), _supposed(passage)
    if _turns(passage, its_supposed, quote, supposed, back):
        return True
    longest = max(len(quote.words), len(passage.words))
    if len(pairs) >= _MOSTLY * longest and _turns(quote, supposed, passage, its_supposed, pairs):
        return True
    return any(
        _turns(quote, one, passage, other, pairs) or _turns(passage, other, quote, one, back)
        for one, other in (
            (_undone(quote), _undone(passage)),
            (_denied(quote), _denied(passage)),
        )
    )


def opposed(quote: Claim, passage: Claim) -> list[tuple[Value, Value]]:
    """Return the words that exclude one another in sentences that are the same apart from them."""
    pairs = aligned(quote.words, passage.words)
    if len(pairs) < max(_SAME * max(len(quote.words), len(passage.words)), _LEAST):
        return []
    replaced = list(gaps(quote, passage, pairs))
    if len(replaced) != 1 or any(len(words) > 1 for words in replaced[0]):
        return []
    (one,), (other,) = replaced[0]
    known = sides(quote.language, quote.stem)
    own, strange = (known.get(word.stem, frozenset()) for word in (one, other))
    if own & strange or {group for group, _ in own}.isdisjoint(group for group, _ in strange):
        return []
    return [(Value("opposite", one.start, one.end), Value("opposite", other.start, other.end))]


def _excludes(quote: Claim, passage: Claim, pairs: Pairs) -> bool:
    """Tell whether each has a word that excludes one of the other, and none that agrees with it."""
    known = sides(quote.language, quote.stem)
    own, strange = (
        {side for stem in stems for side in known.get(stem, ())}
        for stems in (quote.stems - passage.stems, passage.stems - quote.stems)
    )
    own, strange = own - strange, strange - own
    groups = {group for group, _ in strange} & {group for group, _ in own}
    if not groups or len(passage.words) <= min(_MORE * len(quote.words), _LONG):
        return bool(groups)
    for words, its in gaps(quote, passage, pairs):
        mine, theirs = (
            {
                group
                for word in beside
                for group, side in known.get(word.stem, ())
                if (group, side) in which
            }
            for beside, which in ((words, own), (its, strange))
        )
        if not mine.isdisjoint(theirs):
            return True
    return False


def _replaces(quote: Claim, passage: Claim, pairs: Pairs) -> bool:
    """Tell whether the sentences are the same but for a telling word in one place or two.

    Another name of one power, and who says it, are no other words.
    """
    replaced = [
        gap
        for gap in gaps(quote, passage, pairs)
        if any(_tells(quote, word) for word in gap[0])
        and any(_tells(passage, word) for word in gap[1])
    ]
    if not 1 <= len(replaced) <= _MOST_PLACES:
        return False
    most = _MOST_WORDS // len(replaced)
    for number, claim in enumerate((quote, passage)):
        own = [gap[number] for gap in replaced]
        if any(
            sum(_tells(claim, word) for word in words) > most or len(words) > most + 1
            for words in own
        ):
            return False
        if len(pairs) + sum(map(len, own)) < _NEARLY_ALL * len(claim.words):
            return False
    return not any(
        _says(quote, ones)
        or _says(passage, others)
        or _powers(quote, ones) & _powers(passage, others)
        for ones, others in replaced
    )


def _tells(claim: Claim, word: Word) -> bool:
    """Tell whether a word says what is done, be it a stop word."""
    return word.weight > 0 or (claim.language == "en" and _written(claim, word) not in FUNCTIONAL)


def _says(claim: Claim, words: Sequence[Word]) -> bool:
    """Tell whether words, or one next to them, tell who says a thing, or are a title of a name."""
    first, last = claim.words.index(words[0]), claim.words.index(words[-1])
    said = claim.words[max(first - 1, 0) : last + 2]
    titled = said[-1].name and _written(claim, words[-1]) in TITLES
    return titled or any(_written(claim, word) in TELLING for word in said)


def _powers(claim: Claim, words: Sequence[Word]) -> set[int]:
    """Return which of the known powers words name."""
    written = [_written(claim, word) for word in words]
    return {ALIASES[word][0] for word in written if word in ALIASES}


def _written(claim: Claim, word: Word) -> str:
    return claim.text[word.start : word.end].casefold().replace("’", "'")


def _supposed(claim: Claim) -> list[int]:
    """Return the places behind words by which something may be, or is to be."""
    known = SUPPOSING.get(claim.language, frozenset())
    return [
        place + 1
        for place, word in enumerate(claim.words)
        # A capital makes a name of "May" and "Will" inside a sentence.
        if not word.name
        and (
            (written := _written(claim, word)) in known
            or written.endswith(CONTRACTED)
            or (
                written == "to"
                and place
                and _written(claim, claim.words[place - 1]) in {"is", "are"}
            )
        )
    ]


def _undone(claim: Claim) -> list[int]:
    """Return the places behind words by which something is not done."""
    known = UNDOING.get(claim.language, frozenset())
    return [
        place + 1
        for place, word in enumerate(claim.words)
        if _written(claim, word) in known
        or (_written(claim, word) == "off" and claim.words[place - 1].stem == "call")
    ]


def _denied(claim: Claim) -> list[int]:
    """Return the places behind words that deny."""
    starts = [word.start for word in claim.words]
    return [bisect_left(starts, value.end) for value in claim.denials]


def _turns(
    claim: Claim, places: Sequence[int], other: Claim, others: Sequence[int], pairs: Pairs
) -> bool:
    """Tell whether words of one sentence turn a telling one that stands unturned in the other.

    :param places: The places behind words of the one that turn what follows.
    :param others: Those in the other.
    :param pairs: The places of words that both have in one order.
    """
    apart = _APART_GERMAN if claim.language in CAPITAL_NOUNS else _APART
    alike = dict(pairs)
    stated = {claim.words[number].stem for number in alike}
    shortest, longest = sorted((len(claim.words), len(other.words)))
    for place in places:
        for number, word in enumerate(claim.words[place : place + _NEAR], place):
            if apart.search(claim.text, claim.words[place - 1].end if place else 0, word.start):
                break
            if word.stem not in other.stems or not _tells(claim, word):
                continue
            if _written(claim, word) in TELLING:
                continue
            if number in alike:
                last = bisect_right(others, alike[number])
                near = others[max(last - _FAR, 0) : last]
                turned = any(_reaches(other, before, alike[number]) for before in near)
            else:
                turned = bool(others) or longest > _MORE * shortest or word.stem in stated
            if not turned:
                return True
            break
    return False


def _reaches(claim: Claim, before: int, place: int) -> bool:
    """Tell whether a word may be turned by one so far in front of it, of no other parenthesis."""
    if not 0 <= place - before < _FAR:
        return False
    start = claim.words[before - 1].start if before else 0
    return not _PARENTHESIS.search(claim.text, start, claim.words[place].start)
