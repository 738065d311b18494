"""What tells the paragraphs of a saved web page apart: their own traits, their neighbours', place.

No trait is a word of the subject. A few are words that pages in many languages use of themselves.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ..text.tokens import tokenize, tokenize_cased
from .paragraphs import PROSE_WORDS, Paragraph

Column = npt.NDArray[np.float64]

_WORD_STEPS = (1, 2, 3, 5, 8, 12, 20, 35, 60)
_SHORT = 5
_NOTE_WORDS = 40
_PROSE_CAP = 100
_WINDOWS = (3, 8, 20)
# So many paragraphs of prose before one and behind it are compared with it.
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
    "prose",
    "log words",
    "list item",
    "long prose",
    "short fragment",
    "year",
    "time",
    "ends with a colon",
    "word of the web",
    "copies elsewhere",
    "alone",
    "capitals",
    "address",
    "speaks to the reader",
    "breaks off",
    "markup",
)
_AROUND = (
    "long prose",
    "words of long prose",
    "short fragment",
    "list item",
    "year",
    "time",
    "word of the web",
    "copies elsewhere",
    "breaks off",
    "capitals",
    "speaks to the reader",
    "alone",
    "log words",
)


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
    rows = [_row(p, copies[p.text.strip(_MARKS).casefold()] - 1, size[p.group]) for p in paragraphs]
    opens = [0.0 if a.group == b.group else 1.0 for a, b in pairwise(paragraphs)]
    columns = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    return columns | {"opens a group": np.array([1.0, *opens])}


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
    """Sum a trait over so many paragraphs before each one, and behind it."""
    total = np.concatenate([[0.0], np.cumsum(column)])
    at, count = np.arange(len(column)), len(column)
    before = total[at] - total[np.maximum(at - width, 0)]
    behind = total[np.minimum(at + 1 + width, count)] - total[at + 1]
    return before, behind


def _kinship(paragraphs: Sequence[Paragraph], long: npt.NDArray[np.bool_]) -> dict[str, Column]:
    """Tell how many of its words a paragraph shares with the prose before it and behind it.

    Rare words count more. An article goes on about its subject; teasers and comments do not.
    """
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
