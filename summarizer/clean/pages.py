"""The body of a web page that was saved as plain text, told by a model of the order of its parts.

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001): what is before the
body, the body with what stands aside within it, and what is behind it follow one another. Its
weights were learned from pages of which people had copied the body (see ``models/boilerplate``).

No trait of a paragraph is a word of the subject: they are its own form, its neighbours', its place,
and how much it shares with the prose around it. A few are words that pages in many languages use of
themselves.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from ..text.assets import read_weights
from ..text.tokens import tokenize, tokenize_cased
from .paragraphs import PROSE_WORDS, Paragraph

Matrix = npt.NDArray[np.float64]
Column = npt.NDArray[np.float64]

STATES = ("before", "body", "aside", "behind")
# From a row's state to a column's; a page begins before the body or with it, and has one.
MOVES = np.array([[1, 1, 0, 0], [0, 1, 1, 1], [0, 1, 1, 0], [0, 0, 0, 1]], dtype=bool)
_BEGINS = np.array([1.0, 1.0, 0.0, 0.0])
_ENDS = np.array([0.0, 1.0, 0.0, 1.0])
_BODY = STATES.index("body")
_FAR = 4.0
_LEAST = -50.0
# A page has a dozen short lines at least that are not sentences (the logarithm of 1 more).
_PAGE_SHORT = math.log1p(12)
_SHORT_WORDS = 4

_WORD_STEPS = (1, 2, 3, 5, 8, 12, 20, 35, 60)
_SHORT = 5
_NOTE_WORDS = 40
_PROSE_CAP = 100
_WINDOWS = (3, 8, 20)
# How many paragraphs of prose before one, and behind it, are compared with it.
_NEAR = 6
_LETTERS = 4
_TAIL = 40
_ELLIPSIS = re.compile(r"(?:\.\.\.|…)\s*(?:\[.*)?$|\[…\]$")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\bago\b")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\.(?:com|org|net)\b")
_QUOTED = re.compile('["“”«»„]')
_SEPARATOR = re.compile(r"[|»›•·]|\s/\s")
_RIGHTS = re.compile(r"©|\(c\)|copyright|rights reserved", re.IGNORECASE)
_READER = re.compile(
    r"\b(?:you|your|we|our|us|vous|votre|nous|notre|sie|ihre|wir|usted|nuestro|você|nós)\b",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"facebook|twitter|instagram|whatsapp|linkedin|pinterest|youtube|reddit|e-?mail|rss|newsletter"
    r"|cookies?|javascript|login|sign (?:in|up)|subscri|privacy|comment|reply|related"
    r"|read (?:more|next)|most read|trending|recommended|advert|sponsor",
    re.IGNORECASE,
)
_MARKS = "*+•o "

_NEIGHBOURS = (
    "prose", "log words", "list item", "long prose", "short fragment", "year", "time",
    "ends with a colon", "word of the web", "copies elsewhere", "alone", "capitals", "address",
    "speaks to the reader", "breaks off", "markup",
)  # fmt: skip
_AROUND = (
    "long prose", "words of long prose", "short fragment", "list item", "year", "time",
    "word of the web", "copies elsewhere", "breaks off", "capitals", "speaks to the reader",
    "alone", "log words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passes:
    """What the forward-backward algorithm found, (p, 4) float64 each.

    :param forward: Chances of the states given what stands before, rows of sum 1.
    :param backward: By what they are multiplied for all that follows.
    :param arrivals: By what the chance of a state before is multiplied for a move to this state.
    :param log_sum: Logarithm of the sum over all ways through the page.
    """

    forward: Matrix
    backward: Matrix
    arrivals: Matrix
    log_sum: float


def is_page(paragraphs: Sequence[Paragraph], model: Mapping[str, Any] | None = None) -> bool:
    """Tell a web page saved as text, menus and all, from any other text.

    :param paragraphs: All paragraphs of a document.
    :param model: For each of ``page_traits`` a weight, and an ``intercept``; the shipped one
        without it.
    """
    return speaks_for_page(page_traits(paragraphs), model or _model()["page"])


def speaks_for_page(traits: Mapping[str, float], weights: Mapping[str, float]) -> bool:
    """Tell whether the traits of a text are those of a page rather than of another text."""
    if traits["short fragments"] < _PAGE_SHORT:
        return False
    return weights["intercept"] + sum(weights[name] * traits[name] for name in traits) > 0


def page_traits(paragraphs: Sequence[Paragraph]) -> dict[str, float]:
    """Describe a whole text by the forms of its paragraphs.

    :param paragraphs: All paragraphs of a document.
    :return: Always the same traits in the same order; shares from 0 to 1, one logarithm.
    """
    count = len(paragraphs) or 1
    fragments = [p for p in paragraphs if not (p.prose or p.markup or _is_number(p))]
    short = [p for p in fragments if p.words <= _SHORT_WORDS]
    words = sum(p.words for p in paragraphs) or 1
    copies = Counter(p.text.strip(_MARKS).casefold() for p in short)
    groups = len({p.group for p in paragraphs}) or 1
    return {
        "short fragments": math.log1p(len(short)),
        "share of short fragments": len(short) / count,
        "share of fragments": len(fragments) / count,
        "share of words in fragments": sum(p.words for p in fragments) / words,
        "share of numbers": sum(map(_is_number, paragraphs)) / count,
        "share of markup": sum(p.markup for p in paragraphs) / count,
        "share of indented": sum(p.indent > 0 for p in paragraphs) / count,
        "share of numbered": sum(p.bullet > 0 and p.text[:1] not in _MARKS for p in paragraphs)
        / count,
        "share of list items": sum(p.bullet > 0 and p.text[:1] in _MARKS for p in paragraphs)
        / count,
        "share of words of the web": sum(_WEB.search(p.text) is not None for p in short) / count,
        "share of copies": sum(times - 1 for times in copies.values()) / count,
        "share of running lines": sum(p.running for p in paragraphs) / count,
        "share of unfinished lines": sum(p.text[-1:] in ",;:-" for p in paragraphs) / count,
        "paragraphs a group": min(10.0, count / groups),
    }


def _is_number(paragraph: Paragraph) -> bool:
    """Tell the number in a cell of a table."""
    return paragraph.words <= 2 and sum(map(str.isalpha, paragraph.text)) <= 1


def find_kept(
    paragraphs: Sequence[Paragraph], model: Mapping[str, Any] | None = None
) -> list[bool]:
    """Tell the paragraphs of a page's body, headings and items of lists among them.

    :param paragraphs: All paragraphs of a page, one or more.
    :param model: What ``body_chances`` takes; the shipped one without it.
    :return: For each whether it is of the body, at least one: the likeliest ones, as many as make
        the expected F1 of their words highest (Lewis 1995, "Evaluating and optimizing autonomous
        text classification systems").
    """
    traits = np.column_stack(list(describe(paragraphs).values()))
    chances = body_chances(traits, model or _model())
    words = np.array([paragraph.words for paragraph in paragraphs], dtype=np.float64)
    order = np.argsort(-chances, kind="stable")
    found = (chances * words)[order].cumsum()
    best = int(np.argmax(found / (words[order].cumsum() + found[-1])))
    kept = np.zeros(len(order), dtype=bool)
    kept[order[: best + 1]] = True
    return list(map(bool, kept))


def body_chances(traits: Matrix, model: Mapping[str, Any]) -> Matrix:
    """Return how likely each paragraph is of the body.

    :param traits: (p, t) float64.
    :param model: For each of the t ``traits``, in their order, its ``mean``, its ``deviation`` and
        a weight for each of ``STATES``; an ``intercept`` a state and the weights of ``moves``.
    :return: (p,) float64 from 0 to 1.
    """
    columns = model["traits"].values()
    mean = np.array([column["mean"] for column in columns])
    deviation = np.array([column["deviation"] for column in columns])
    weights = np.array([[column[state] for state in STATES] for column in columns])
    intercept = np.array([model["intercept"][state] for state in STATES])
    moves = np.array([[model["moves"][a][b] for b in STATES] for a in STATES])
    found = walk(standardize(traits, mean, deviation) @ weights + intercept, moves)
    return np.asarray((found.forward * found.backward)[:, _BODY])


def standardize(traits: Matrix, mean: Matrix, deviation: Matrix) -> Matrix:
    """Return traits in deviations from their means, within bounds."""
    found = traits - mean
    found /= deviation
    return np.asarray(np.clip(found, -_FAR, _FAR, out=found))


def walk(potentials: Matrix, moves: Matrix) -> Passes:
    """Sum over all ways through the states of a page, forward and backward.

    :param potentials: (p, 4) float64, how much each paragraph speaks for each state.
    :param moves: (4, 4) float64, how much speaks for a move; those not in ``MOVES`` don't count.
    """
    highest = potentials.max(axis=1, keepdims=True)
    weights = np.exp(np.maximum(potentials - highest, _LEAST))
    step = np.where(MOVES, np.exp(moves), 0.0)
    forward, backward = np.empty_like(weights), np.empty_like(weights)
    scale = np.empty(len(weights))
    reached = _BEGINS
    for number, weight in enumerate(weights):
        reached = (reached @ step if number else reached) * weight
        scale[number] = reached.sum()
        reached = forward[number] = reached / scale[number]
    ending = float(reached @ _ENDS)
    arrivals = weights / scale[:, None]
    backward[-1] = _ENDS / ending
    for number in range(len(weights) - 1, 0, -1):
        arrivals[number] *= backward[number]
        backward[number - 1] = step @ arrivals[number]
    log_sum = float(np.log(scale).sum() + highest.sum() + np.log(ending))
    return Passes(forward, backward, arrivals, log_sum)


@cache
def _model() -> Mapping[str, Any]:
    model: Mapping[str, Any] = read_weights("boilerplate")
    return model


def describe(paragraphs: Sequence[Paragraph]) -> dict[str, Column]:
    """Describe the paragraphs of a page.

    :param paragraphs: All paragraphs of a document, one or more.
    :return: A column of (p,) float64 a trait, always the same traits in the same order.
    """
    traits = _own(paragraphs)
    kin = _kinship(paragraphs, traits["long prose"] > 0)
    own = dict(traits)
    for name in _NEIGHBOURS:
        traits[f"{name}, 1 before"] = np.concatenate([[0.0], own[name][:-1]])
        traits[f"{name}, 1 behind"] = np.concatenate([own[name][1:], [0.0]])
    for name in _AROUND:
        for width in _WINDOWS:
            before, behind = _windows(own[name], width)
            traits[f"{name}, {width} before"] = before / width
            traits[f"{name}, {width} behind"] = behind / width
    traits |= kin
    traits |= _places(own)
    return traits


def _own(paragraphs: Sequence[Paragraph]) -> dict[str, Column]:
    """Describe each paragraph by itself."""
    copies = Counter(paragraph.text.strip(_MARKS).casefold() for paragraph in paragraphs)
    size = Counter(paragraph.group for paragraph in paragraphs)
    rows = (_row(p, copies[p.text.strip(_MARKS).casefold()] - 1, size[p.group]) for p in paragraphs)
    opens = [0.0 if a.group == b.group else 1.0 for a, b in pairwise(paragraphs)]
    first = next(rows)
    # Row by row, as the dictionaries of all paragraphs of a long text would fill the memory.
    table = np.empty((len(first), len(paragraphs)))
    for number, row in enumerate(chain([first], rows)):
        table[:, number] = list(row.values())
    return dict(zip(first, table, strict=True)) | {"opens a group": np.array([1.0, *opens])}


def _row(paragraph: Paragraph, copies: int, size: int) -> dict[str, float]:
    text, words, prose = paragraph.text, paragraph.words, paragraph.prose
    cased = [w for w in tokenize_cased(text[paragraph.bullet :])[:_PROSE_CAP] if w[0].isalpha()]
    capitals = sum(word[0].isupper() for word in cased)
    note = words < _NOTE_WORDS // 2
    long = prose and words >= PROSE_WORDS
    row: dict[str, float] = {
        "log words": math.log1p(min(words, _PROSE_CAP)),
        "prose": prose,
        "list item": paragraph.bullet > 0,
        "item of an item": text.startswith(("+ ", "o ")),
        "markup": paragraph.markup,
        "ends with a colon": text.endswith((":", "：")),
        "ends with a question": text.endswith(("?", "？", "؟")),
        "breaks off": _ELLIPSIS.search(text[-_TAIL:]) is not None,
        "commas a word": sum(map(text.count, ",،、")) / max(1, words),
        "capitals": capitals / max(1, len(cased)),
        "all capitals": bool(cased) and all(word.isupper() for word in cased),
        "digits": sum(map(str.isdigit, text)) / max(1, len(text)),
        "year": note and _YEAR.search(text) is not None,
        "time": note and _TIME.search(text) is not None,
        "address": _ADDRESS.search(text) is not None,
        "quotation": _QUOTED.search(text) is not None,
        "separator": note and _SEPARATOR.search(text) is not None,
        "rights": _RIGHTS.search(text) is not None,
        "speaks to the reader": _READER.search(text) is not None,
        "word of the web": words < _NOTE_WORDS and _WEB.search(text) is not None,
        "copies elsewhere": min(3, copies),
        "alone": size == 1,
        "log size of its group": math.log(size),
        "one sentence": paragraph.single,
        "credit": paragraph.credit > 0,
        "opens in lower case": bool(cased) and cased[0][0].islower(),
        "long prose": long,
        "words of long prose": min(words, _PROSE_CAP) / 20 if long else 0.0,
        "short fragment": not prose and words <= _SHORT,
        "prose with a comma": prose and "," in text,
    }
    step = bisect_left(_WORD_STEPS, words)
    for number, least in enumerate((0, *_WORD_STEPS)):
        row[f"prose of more than {least} words"] = prose and step == number
        row[f"fragment of more than {least} words"] = not prose and step == number
    return row


def _windows(column: Column, width: int) -> tuple[Column, Column]:
    """Sum a trait over ``width`` paragraphs before each one, and behind it."""
    total = np.concatenate([[0.0], np.cumsum(column)])
    at, count = np.arange(len(column)), len(column)
    before = total[at] - total[np.maximum(at - width, 0)]
    behind = total[np.minimum(at + 1 + width, count)] - total[at + 1]
    return before, behind


def _kinship(paragraphs: Sequence[Paragraph], long: npt.NDArray[np.bool_]) -> dict[str, Column]:
    """Tell how many of its words, rare ones more, a paragraph shares with the prose around it."""
    words = [
        {w for w in tokenize(p.text)[:_PROSE_CAP] if len(w) >= _LETTERS or not w.isascii()}
        for p in paragraphs
    ]
    held = Counter(word for own in words for word in own)
    rarity = {word: math.log((len(words) + 1) / count) for word, count in held.items()}
    prose = [n for n, p in enumerate(paragraphs) if p.prose and p.words >= _SHORT]
    runs = [set().union(*(words[n] for n in prose[k : k + _NEAR])) for k in range(len(prose) + 1)]
    starts = [set().union(*(words[n] for n in prose[:k])) for k in range(_NEAR)]
    before, behind, joint = (np.zeros(len(words)) for _ in range(3))
    for number, own in enumerate(words):
        place = bisect_left(prose, number)
        following = bisect_left(prose, number + 1)
        earlier = runs[place - _NEAR] if place >= _NEAR else starts[place]
        later = runs[following]
        # The exact sum is the same in any order of a set.
        total = math.fsum(rarity[word] for word in own) or 1.0
        for shares, others in ((before, own & earlier), (behind, own & later)):
            shares[number] = math.fsum(rarity[word] for word in others) / total
        either = (own & earlier) | (own & later)
        joint[number] = math.fsum(rarity[word] for word in either) / total
    shared = {"before": before, "behind": behind, "around": joint}
    traits = {f"shared with prose {where}": share for where, share in shared.items()}
    for where, share in shared.items():
        traits[f"long prose, shared {where}"] = share * long
        for width in (4, 12, 25):
            sides = _windows(share * long, width)
            counts = _windows(long.astype(np.float64), width)
            for side, sums, number_of in zip(("before", "behind"), sides, counts, strict=True):
                traits[f"prose shared {where}, {width} {side}"] = sums / (1 + number_of)
    return traits


def _places(own: dict[str, Column]) -> dict[str, Column]:
    """Tell where in the page and its prose a paragraph stands, and what kind of page it is."""
    words, long = own["words of long prose"], own["long prose"]
    fragment = 1 - own["prose"]
    count = len(words)
    total = words.sum()
    before = np.cumsum(words) - words
    behind = total - before - words
    share = before / (total or 1.0)
    place = np.arange(count) / count
    kind = {
        "log words of the page's prose": np.log1p(total),
        "page's long prose": long.mean(),
        "page's log paragraphs": np.log(count),
        "page's paragraphs alone": own["alone"].mean(),
        "page's short fragments": own["short fragment"].mean(),
    }
    traits = {
        "place": place,
        "place squared": place**2,
        "share of prose before": share,
        "share of prose before, squared": share**2,
        "prose before": np.minimum(before, 20) / 20,
        "prose behind": np.minimum(behind, 20) / 20,
        "no prose before": (before == 0).astype(np.float64),
        "no prose behind": (behind <= 0).astype(np.float64),
        **{name: np.full(count, float(value)) for name, value in kind.items()},
    }
    joined = [
        "share of prose before",
        "prose before",
        "prose behind",
        *(name for name in kind if name != "page's log paragraphs"),
    ]
    for name in joined:
        traits[f"long prose: {name}"] = traits[name] * long
        traits[f"fragment: {name}"] = traits[name] * fragment
    traits["alone: page's paragraphs alone"] = own["alone"] * traits["page's paragraphs alone"]
    return traits
