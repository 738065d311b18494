"""The names in a sentence, and whether two may be one."""

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ..text.tokens import tokenize
from .vocabulary import ALIASES, REGIONS, SOURCES, TELLING, TITLES

if TYPE_CHECKING:
    from .claims import Claim, Word

# Languages that write every noun as others write names.
CAPITAL_NOUNS = frozenset({"de", "lb"})
# What may stand between two words of one name.
_WITHIN = re.compile(r"[ \u00a0]|-|\.[ \u00a0]?|[ ](?:of|de|del|la|von|van|bin|al)[ -]")
_JOINING = frozenset({"of", "de", "del", "la", "von", "van", "bin", "al"})
# Stop words that people are called by.
_GIVEN = frozenset({"bill", "will"})
_OPENING = re.compile(r"[\"'“‘„«(\[]\s*$")
_POSSESSIVE = re.compile(r"['’]s?$")
# More names, or values, are a list: each would be compared with each.
MOST = 40
# Where of so many words most are written as names, capitals say nothing.
_FEWEST = 5
_MOST_NAMES = 0.8
# So alike, names of so many letters are spelled differently.
_SPELLED = 0.75
_LETTERS = 5
# So many letters at the beginning, and of the shorter so large a share, make one word of two.
_ROOT = 4
_SHARE_OF_ROOT = 0.6
_SMALL = frozenset({"of", "the", "and", "for", "de", "la", "in"})
_NEAR_TELLING = 2
_FAR_TELLING = 4
# Where so much of a sentence is quoted, the rest says who speaks, and where.
_QUOTED = re.compile(r"„[^“”]+(?:[“”]|$)|«[^»]+(?:»|$)|»[^«»]+«|[\"“][^\"“”]+(?:[\"”]|$)")
_MOSTLY = 0.5
_FAR = 80


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence.

    :param start: The offset of its first character.
    :param end: The offset behind its last character.
    :param words: Its words, case-folded, without titles.
    :param titles: The titles in front of it.
    :param first: The place of its first word among the words of the sentence.
    :param last: The place of its last word.
    :param sure: Whether it must be a name: it stands inside the sentence, or has two words.
    """

    start: int
    end: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    first: int
    last: int
    sure: bool

    @property
    def joined(self) -> str:
        """Its words with hyphens between them."""
        return "-".join(self.words)


def is_capitalized(claim: "Claim") -> bool:
    """Tell whether so many words are written as names are that none is told, as in headlines."""
    words = claim.words
    capital = sum(claim.text[word.start].isupper() for word in words)
    return capital > MOST or (len(words) >= _FEWEST and capital > _MOST_NAMES * len(words))


def find_names(claim: "Claim") -> list[Name]:
    """Return the names in a sentence of a language that writes names alone with capitals."""
    words = claim.words
    if claim.language in CAPITAL_NOUNS or is_capitalized(claim):
        return []
    found: list[Name] = []
    run: list[int] = []
    for place, word in enumerate(words):
        upper = claim.text[word.start].isupper()
        if run and not upper and claim.text[word.start : word.end] in _JOINING:
            continue
        if run and (
            not upper or not _WITHIN.fullmatch(claim.text[words[run[-1]].end : word.start])
        ):
            found.extend(_name(claim, words, run))
            run = []
        if upper:
            run.append(place)
    found.extend(_name(claim, words, run))
    return found


def _name(claim: "Claim", words: "list[Word]", run: list[int]) -> list[Name]:
    """Return the name that a run of capitalised words is, if it is one."""
    while run and words[run[0]].weight <= 0:
        word = _bare(claim, words[run[0]])
        if len(word) == 1 or word in _GIVEN:
            break
        run = run[1:]
    bare = [_bare(claim, words[place]) for place in run]
    titles = 0
    while titles < len(bare) - 1 and bare[titles] in TITLES:
        titles += 1
    own = bare[titles:]
    if own and all(len(word) == 1 for word in own):
        own = ["".join(own)]
    if not own or (len(own) == 1 and (own[0] in TITLES or len(own[0]) < 2)):
        return []
    first, last = words[run[0]], words[run[-1]]
    opened = _OPENING.search(claim.text, max(first.start - 3, 0), first.start)
    sure = len(run) > 1 or (first.name and not opened)
    start = words[run[titles]].start
    end = first.start + len(_POSSESSIVE.sub("", claim.text[first.start : last.end]))
    name = Name(start, end, tuple(own), tuple(bare[:titles]), run[0], run[-1], sure)
    return [replace(name, sure=sure or is_region(name) or alias(name) is not None)]


def _bare(claim: "Claim", word: "Word") -> str:
    return _POSSESSIVE.sub("", claim.text[word.start : word.end]).casefold()


def same_name(one: Name, other: Name, *, parts: bool = True) -> bool:
    """Tell whether two names may be one: a part, an acronym, a spelling, a people of a country.

    :param parts: Whether a capital or another part of a country may stand for it, and one of a
        family or of a kind for another.
    """
    ones, others = set(one.words), set(other.words)
    if ones <= others or others <= ones:
        return True
    if one.words[-1] == other.words[-1]:
        return parts
    known, its = alias(one), alias(other)
    if known and its and known[0] == its[0]:
        return parts or not (known[1] or its[1])
    if _short(one, other) or _short(other, one):
        return True
    if not _akin(one.words[-1], other.words[-1]) or (is_country(one) and is_country(other)):
        return False
    first, second = one.words[0], other.words[0]
    alone = len(one.words) == 1 or len(other.words) == 1
    return parts or alone or first == second or _akin(first, second)


def alias(name: Name) -> tuple[int, bool] | None:
    """Return which of the known powers a name is of, if any, and whether of a part of it."""
    return ALIASES.get(name.joined)


def is_region(name: Name) -> bool:
    """Tell whether it is a country, a continent or a part of a country."""
    return name.joined in REGIONS or is_country(name)


def is_country(name: Name) -> bool:
    """Tell whether it is a country or a continent."""
    return name.joined in _countries()


@cache
def _countries() -> frozenset[str]:
    from babel import Locale

    names = Locale("en").territories.values()
    return frozenset(re.sub(r"\W+", "-", name.casefold()) for name in names)


def _short(short: Name, long: Name) -> bool:
    """Tell whether a name is made of the first letters of another."""
    letters = "".join(short.words)
    initials = "".join(word[0] for word in long.words if word not in _SMALL)
    return len(short.words) == 1 and len(initials) > 1 and letters == initials


def _akin(one: str, other: str) -> bool:
    """Tell whether two words are spellings or forms of one."""
    root = next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
    if root >= _ROOT and root >= _SHARE_OF_ROOT * min(len(one), len(other)):
        return True
    if min(len(one), len(other)) < _LETTERS:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _SPELLED and matcher.ratio() >= _SPELLED


def missing(
    names: list[Name], claim: "Claim", others: list[Name], *, parts: bool = True
) -> list[Name]:
    """Return those of one sentence's names that another has in no form.

    :param names: Of the one.
    :param claim: The other.
    :param others: Its names.
    :param parts: As for :func:`same_name`.
    """
    if not names:
        return []
    known = {_bare(claim, word) for word in claim.words}
    return [
        name
        for name in names
        if not known.issuperset(name.words)
        and not any(same_name(name, its, parts=parts) for its in others)
    ]


def lacks_name(quote: "Claim", passage: "Claim") -> bool:
    """Tell whether a passage lacks what a quote names; who says it may be unnamed in it."""
    if quote.language in CAPITAL_NOUNS:
        return _lacks_capitals(quote, passage)
    ones = quote.named
    if not ones:
        return False
    others = passage.named
    lacked = [name for name in missing(ones, passage, others, parts=False) if name.sure]
    if not all(is_told(quote, name) for name in lacked):
        return True
    added = missing(others, quote, ones) if lacked else []
    return any(name.sure and is_told(passage, name) for name in added)


def _lacks_capitals(quote: "Claim", passage: "Claim") -> bool:
    """Tell whether a passage lacks two words that stand together with capitals, as names do."""
    return any(
        quote.text[one.start].isupper()
        and quote.text[other.start].isupper()
        and quote.text[one.end : other.start] in {" ", "-"}
        and min(one.weight, other.weight) > 0
        and one.stem not in passage.telling
        and other.stem not in passage.telling
        for one, other in pairwise(quote.words)
    )


def openings(quote: "Claim", passage: "Claim") -> list[Name]:
    """Return the single words that two sentences open with, if they may be two names."""
    strange = [
        name
        for claim, other in ((quote, passage), (passage, quote))
        for name in missing(claim.named[:1], other, other.named, parts=False)
        if name.first == 0 and not name.sure and not is_told(claim, name)
    ]
    return strange if len(strange) > 1 else []


def quotations(claim: "Claim") -> list[tuple[int, int]]:
    """Return the (start, end) of what is quoted in a sentence that is mostly what somebody said."""
    found = [match.span() for match in _QUOTED.finditer(claim.text)]
    if sum(end - start for start, end in found) < _MOSTLY * len(claim.text):
        return []
    # The name of a book, or a headline, is quoted as well.
    rest = tokenize(_QUOTED.sub(" ", claim.text))
    spoken = claim.language != "en" or not rest or not TELLING.isdisjoint(rest)
    return found if spoken else []


def is_told(claim: "Claim", name: Name) -> bool:
    """Tell whether a name is of who is quoted, or of where it was published."""
    words, text = claim.words, claim.text
    quoted = quotations(claim)
    if quoted and not any(start <= name.start < end for start, end in quoted):
        return True
    if text[: name.start].endswith("("):
        return True
    for place in range(max(name.first - _FAR_TELLING, 0), name.last + 1 + _NEAR_TELLING):
        if name.first <= place <= name.last or place >= len(words):
            continue
        word = _bare(claim, words[place])
        known = TELLING if place >= name.first - _NEAR_TELLING else SOURCES
        between = text[words[place].end : name.start] or text[name.end : words[place].start]
        if word in known and not set(between) & set(",;:"):
            return True
    after = apposed(claim, name)
    return after is not None and _bare(claim, words[after]) in TELLING


def apposed(claim: "Claim", name: Name) -> int | None:
    """Return the place of the word behind what stands between commas behind a name."""
    if not claim.text.startswith(",", name.end):
        return None
    comma = claim.text.find(",", name.end + 1, name.end + _FAR)
    if comma < 0:
        return None
    places = range(name.last + 1, len(claim.words))
    return next((place for place in places if claim.words[place].start > comma), None)
