"""Where two sentences give one thing differently: a number, a day, a name, yes and no."""

import re
from bisect import bisect_left

from .claims import Claim, Value
from .contrary import opposed
from .likeness import Likeness, aligned, gaps, rest
from .naming import MOST, missing
from .renaming import renamed
from .slots import CUT, around, bare, comparable, same_mood, same_slot, with_unit
from .vocabulary import CONTRASTS

Difference = tuple[Value, Value]

# Least likeness of sentences about one event; less will do where one is nearly all in the other.
_SAME_EVENT = 1.2
_CONTAINED_EVENT = 1.0
_NEARLY_ALL = 0.9
# Where one number alone differs, and no name does.
_ONE_NUMBER = 1.1
# How many telling words they share, other than names; of short ones that share most, fewer.
_FEW = 4
_FEWEST = 3
_SHORT = 0.6
# Least likeness of sentences that state one thing of it, and the share of the telling words of
# each that the other has, apart from those that differ.
_SAME_STATEMENT = 1.05
_MOST = 0.5
# Of those that name another in one role: vectors of names are far from one another.
_SAME_ROLE = 0.95
_NEARLY = 0.6
# Sentences that share so much need share fewer words.
_CLOSE = 0.7
# Of a sentence that was corrected so much is the same, beside what was.
_SAME = 0.9
_OF_DAYS = frozenset({"date", "weekday", "time"})
# A denial of less than what it stands before.
_NOT_WHOLLY = re.compile(
    r"\b(?:until|unless|before|only|just|merely|longer|all|every|always|necessarily|yet)\b", re.I
)
# What denies no verb.
_BESIDE = re.compile(r"(?:without|no|nor|neither|none|nobody|nothing)\b", re.I)
_NEAR = 40


def differences(quote: Claim, passage: Claim, like: Likeness) -> list[Difference]:
    """Find what two sentences about one thing give differently.

    :param quote: A sentence.
    :param passage: Another.
    :param like: How alike they are.
    :return: Pairs of a value of the quote and the other of the passage, in the order of the quote;
        none where they may be about different things.
    """
    if min(like.held, like.holds) >= _SAME and (found := _corrected(quote, passage)):
        return found
    if like.worded >= _CLOSE and (found := opposed(quote, passage)):
        return found
    if like.score < _SAME_ROLE or like.shared < _FEWEST - 1:
        return []
    names = renamed(quote, passage) if like.plain >= _MOST else []
    if not names and like.score < (_CONTAINED_EVENT if _contained(like) else _SAME_STATEMENT):
        return []
    both = min(like.held, like.holds)
    pairs = _pairs(quote, passage, framed=both >= _MOST)
    kinds = {pair[0].kind for pair in pairs}
    # Stage 13 is not stage 15, and what was done by others or at another time was done again.
    if "label" in kinds or (pairs and names) or _another_one(quote, passage):
        return []
    if not names and _other_people(quote, passage):
        return []
    numbers = [pair for pair in pairs if pair[0].quantity and pair[0].kind != "time"]
    others = [pair for pair in pairs if pair not in numbers]
    if numbers:
        sure = _same_event(like) or _one_number(quote, passage, like)
        elsewhere = others or _another_day(quote, passage) or _other_counts(quote, passage, numbers)
        return numbers if sure and not elsewhere else []
    denied = bool(quote.denials) != bool(passage.denials)
    if others:
        # What is rejected and what is not approved is the same.
        twice = denied and kinds == {"opposite"}
        stated = like.score >= _SAME_STATEMENT and _framed(quote, passage, others, like, _MOST)
        return others if stated and len(others) == 1 and not twice else []
    if _another_day(quote, passage) or _another_number(quote, passage):
        return []
    if denied:
        sure = _same_event(like) and both >= _SHORT
        return _denied(quote, passage) if sure else []
    return names if names and _framed(quote, passage, names, like, _NEARLY) else []


def _corrected(quote: Claim, passage: Claim) -> list[Difference]:
    """Return the values that differ in sentences that are the same apart from them.

    Of those on another day, or of another stage, other numbers are no correction.
    """
    ones, others = (
        [value for value in values if value.kind not in {"opposite", "denial"}]
        for values in (_unmatched(quote, passage), _unmatched(passage, quote))
    )
    kinds = {value.kind for value in ones}
    if not 0 < len(ones) == len(others) <= MOST or "label" in kinds:
        return []
    if (len(ones) > 1 and kinds & _OF_DAYS) or _another_one(quote, passage):
        return []
    longest = max(len(quote.words), len(passage.words))
    if bool(quote.denials) != bool(passage.denials):
        return []
    pairs = aligned(quote.words, passage.words)
    replaced = any(
        all(any(word.weight > 0 for word in words) for words in gap)
        for gap in gaps(quote, passage, pairs)
    )
    if replaced or len(pairs) < _SAME * longest:
        return []
    same = {(-1, -1), *pairs, (len(quote.words), len(passage.words))}
    for one, other in zip(ones, others, strict=True):
        first, last = _place(quote, one), _place(passage, other)
        if not ({(first, last), (first - 1, last - 1)} <= same and one.contradicts(other)):
            return []
        if kinds & _OF_DAYS and not same_slot(quote, one, passage, other, framed=True):
            return []
    return [
        (with_unit(quote, one), with_unit(passage, other))
        for one, other in zip(ones, others, strict=True)
    ]


def _place(claim: Claim, value: Value) -> int:
    """Return the place of the first word behind a value."""
    return bisect_left([word.start for word in claim.words], value.end)


def _same_event(like: Likeness) -> bool:
    both = min(like.held, like.holds)
    enough = like.shared >= _FEW or (both >= _SHORT and like.shared >= _FEWEST)
    return enough and like.score >= (_CONTAINED_EVENT if _contained(like) else _SAME_EVENT)


def _contained(like: Likeness) -> bool:
    return max(like.held, like.holds) >= _NEARLY_ALL


def _one_number(quote: Claim, passage: Claim, like: Likeness) -> bool:
    """Tell whether a number alone differs in sentences that are somewhat alike."""
    if like.score < _ONE_NUMBER or like.shared < _FEWEST:
        return False
    ones, others = quote.named, passage.named
    if missing(ones, passage, others) and missing(others, quote, ones):
        return False
    against = [
        (one, other)
        for one in _unmatched(quote, passage)
        for other in _unmatched(passage, quote)
        if one.quantity and one.contradicts(other)
    ]
    return len(against) == 1


def _framed(
    quote: Claim, passage: Claim, pairs: list[Difference], like: Likeness, most: float
) -> bool:
    """Tell whether the sentences share most of what they say apart from what differs."""
    held, holds = rest(quote, passage, pairs)
    agreed = sum(any(value.covers(its) for its in passage.values) for value in quote.values)
    both = min(held, holds)
    few = _FEWEST - 1 if both >= _NEARLY_ALL else _FEWEST if both >= _CLOSE else _FEW
    return both >= most and like.shared + agreed >= few


def _other_people(quote: Claim, passage: Claim) -> bool:
    """Tell whether both name somebody, and nobody alike, or open with other ones in one frame."""
    ones, others = quote.names, passage.names
    strange = ones.isdisjoint(passage.telling) and others.isdisjoint(quote.telling)
    if ones and others and strange:
        return True
    firsts, seconds = quote.words[:2], passage.words[:2]
    framed = [word.stem for word in firsts[1:]] == [word.stem for word in seconds[1:]]
    return framed and all(
        words and words[0].weight > 0 and words[0].stem not in other.telling
        for words, other in ((firsts, passage), (seconds, quote))
    )


def _another_one(quote: Claim, passage: Claim) -> bool:
    """Tell whether both are of one of several, e.g. the first and the second, and of another."""
    ones, others = (bare(claim.text.split()) for claim in (quote, passage))
    return any(group & ones and group & others and not group & ones & others for group in CONTRASTS)


def _another_day(quote: Claim, passage: Claim) -> bool:
    """Tell whether the days, or the times, that they give are all others."""
    return any(_all_contradict(quote, passage, kind) for kind in ("date", "weekday", "time"))


def _all_contradict(quote: Claim, passage: Claim, kind: str) -> bool:
    ones = [value for value in quote.values if value.kind == kind]
    others = [value for value in passage.values if value.kind == kind]
    if not (ones and others):
        return False
    return all(one.contradicts(other) for one in ones for other in others)


def _other_counts(quote: Claim, passage: Claim, pairs: list[Difference]) -> bool:
    """Tell whether both count more that the other does not, and nothing alike: another event."""
    if any(
        value.quantity and value.covers(its) for value in quote.values for its in passage.values
    ):
        return False
    return all(
        sum(value.kind == "number" for value in _unmatched(claim, other)) > len(pairs)
        for claim, other in ((quote, passage), (passage, quote))
    )


def _another_number(quote: Claim, passage: Claim) -> bool:
    """Tell whether a number of the one contradicts any of the other, whatever it is of."""
    return any(
        one.quantity and one.contradicts(other)
        for one in _unmatched(quote, passage)
        for other in _unmatched(passage, quote)
    )


def _pairs(quote: Claim, passage: Claim, *, framed: bool) -> list[Difference]:
    """Return the values that stand against one another, and against nothing else."""
    ones, others = _unmatched(quote, passage), _unmatched(passage, quote)
    if max(len(ones), len(others)) > MOST:
        return []
    against = [
        (one, other)
        for one in ones
        for other in others
        if one.contradicts(other)
        and _same_number(one, other) >= any(_same_number(one, its) for its in others)
        and comparable(one, other)
        and same_mood(quote, one, passage, other)
        and same_slot(quote, one, passage, other, framed=framed)
    ]
    return [
        (with_unit(quote, one), with_unit(passage, other))
        for one, other in against
        if sum(one == pair[0] for pair in against) == sum(other == pair[1] for pair in against) == 1
    ]


def _unmatched(claim: Claim, other: Claim) -> list[Value]:
    return [
        value
        for value in claim.values
        if not any(value.covers(its) or its.covers(value) for its in other.values)
    ]


def _same_number(one: Value, other: Value) -> bool:
    """Tell whether two numbers are as large, whatever is said of them."""
    if one.quantity is None or other.quantity is None:
        return False
    return one.quantity.value == other.quantity.value


def _denied(quote: Claim, passage: Claim) -> list[Difference]:
    """Return what one sentence denies and the other does not."""
    if len(quote.denials) + len(passage.denials) != 1:
        return []
    denying, other = (quote, passage) if quote.denials else (passage, quote)
    denial = denying.denials[0]
    clause = CUT.split(denying.text[denial.end :], maxsplit=1)[0]
    if _NOT_WHOLLY.search(clause) or _BESIDE.match(denying.text, denial.start):
        return []
    last = denial.end + min(len(clause), _NEAR)
    behind = [word for word in denying.words if denial.end <= word.start < last and word.weight > 0]
    if not behind or "." in denying.text[denial.end : behind[0].start]:
        return []
    alike = [word for word in other.words if word.stem == behind[0].stem]
    twice = sum(word.stem == behind[0].stem for word in denying.words) > 1
    if len(alike) != 1 or twice:
        return []
    denied = Value("denial", denial.start, behind[0].end)
    stated = Value("denial", alike[0].start, alike[0].end)
    context, its = (
        {*before, *after}
        for claim, value in ((denying, denied), (other, stated))
        for before, after in [around(claim, value, clause=True)]
    )
    if not context & its or not same_mood(denying, denied, other, stated):
        return []
    return [(denied, stated) if quote.denials else (stated, denied)]
