"""Where two sentences name another person, place or body in one role."""

from .claims import Claim, Value
from .naming import Name, alias, apposed, is_region, is_told, missing
from .vocabulary import OFFICES, OPPOSITES, SHARED_DEEDS

_HAVING = frozenset({"has", "have", "had", "also", "then", "later", "who"})
_BEING = frozenset({"is", "was", "are", "were", "be", "been", "being", "as"})
# The road to one place is another than the road to the next.
_AIMING = frozenset({"to", "from", "of", "for", "with", "between"})
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her"})
_MANY = frozenset({"one", "among", "another", "other", "others", "also", "including", "include"})
# So many words in front of a preposition belong to it.
_REACH = 4
# And so many behind a name and a comma say what one is.
_TITLE_WORDS = 2

Role = tuple[str, str]


def renamed(quote: Claim, passage: Claim) -> list[tuple[Value, Value]]:
    """Find the one name that two sentences about one thing give differently.

    :return: One pair of a name of the quote and the other of the passage; none where names are
        those of speakers, may be one, or are more than one on either side, and in other languages
        than English.
    """
    if quote.language != "en":
        return []
    ones, others = quote.named, passage.named
    strange = _strange(quote, ones, passage, others), _strange(passage, others, quote, ones)
    if len(strange[0]) != 1 or len(strange[1]) != 1:
        return []
    (one,), (other,) = strange
    alike = _article(quote, one) == _article(passage, other) and _comparable(one, other)
    if not (one.sure and other.sure and alike):
        return []
    mine, its = _roles(quote, one), _roles(passage, other)
    if not mine & its or any(deed in SHARED_DEEDS for _, deed in mine | its):
        return []
    return [(Value("name", one.start, one.end), Value("name", other.start, other.end))]


def _strange(claim: Claim, names: list[Name], other: Claim, others: list[Name]) -> list[Name]:
    return [name for name in missing(names, other, others) if not is_told(claim, name)]


def _comparable(one: Name, other: Name) -> bool:
    """Tell whether both may be of one kind: not a country and a town in it."""
    return (is_region(one) or alias(one) is not None) == (
        is_region(other) or alias(other) is not None
    )


def _article(claim: Claim, name: Name) -> bool:
    place = name.first - 1
    return place >= 0 and _joined(claim, place, name.first) and _lower(claim, place) in _ARTICLES


def _roles(claim: Claim, name: Name) -> set[Role]:
    """Return what a name is said to be or to do: a word with how the name depends on it."""
    return {*_before(claim, name), *_behind(claim, name)}


def _before(claim: Claim, name: Name) -> set[Role]:
    words, text = claim.words, claim.text
    roles = {("title", claim.stem(title)) for title in name.titles if title in OFFICES}
    first = name.first
    back = first - 1
    end = words[first].start
    if back >= 0 and text[words[back].end : end] == ", " and text.startswith(",", name.end):
        return roles | {("title", words[back].stem)}  # "the mayor, Ann Lee,"
    while back >= 0 and _lower(claim, back) in _ARTICLES and _joined(claim, back, first):
        back -= 1
    if back < 0 or not _joined(claim, back, first):
        return roles
    word = words[back]
    if _says(claim, back) or word.name:
        return roles | ({("title", word.stem)} if not word.name else set())
    preposition = _lower(claim, back)
    if preposition in _AIMING:
        return roles
    relation = "agent" if preposition == "by" else preposition
    for place in range(back - 1, max(back - 1 - _REACH, -1), -1):
        if not _joined(claim, place, back):
            break
        if _says(claim, place):
            roles.add((relation, words[place].stem))
            if relation == "agent":
                break
    return roles


def _behind(claim: Claim, name: Name) -> set[Role]:
    words = claim.words
    roles: set[Role] = set()
    place = name.last + 1
    between = claim.text[words[name.first - 1].end : words[name.first].start] if name.first else ""
    if claim.text.startswith(",", name.end) and between != ", ":
        while place < len(words) and _lower(claim, place) in _ARTICLES:
            place += 1
        for title in range(place, min(place + _TITLE_WORDS, len(words))):
            if _says(claim, title) and _joined(claim, place, title):
                roles.add(("title", words[title].stem))  # "Ann Lee, the police chief"
        after = apposed(claim, name)
        if after is None:
            return roles
        place = after
    elif place >= len(words) or (between != ", " and not _joined(claim, name.last, place)):
        return roles
    if words[name.last].end != name.end and place < len(words):
        return {("of", words[place].stem)}
    relation = "agent"
    while place < len(words) and (low := _lower(claim, place)) in _HAVING | _BEING:
        if low in _BEING:
            relation = "is"
        place += 1
    if place < len(words) and _says(claim, place):
        roles.add((relation, words[place].stem))
    return roles


def _says(claim: Claim, place: int) -> bool:
    """Tell whether a word says what is done, or who does it, and is no name."""
    word = claim.words[place]
    return not word.name and (word.weight > 0 or _lower(claim, place) in OPPOSITES)


def _lower(claim: Claim, place: int) -> str:
    word = claim.words[place]
    return claim.text[word.start : word.end].casefold()


def _joined(claim: Claim, one: int, other: int) -> bool:
    """Tell whether nothing sets two words apart."""
    between = claim.text[claim.words[one].end : claim.words[other].start]
    return not set(between) & set(',;:()"“”–—')
