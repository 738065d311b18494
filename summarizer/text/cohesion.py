"""Which sentences cannot stand without the one before them.

A sentence that opens with a pronoun, a demonstrative or a connective points back; so does one
inside a quotation whose speaker was named before. The cues are English; in other languages only
the quotation marks tell.
"""

import re

import numpy as np
import numpy.typing as npt

from ..datatypes import NOTHING, Unit
from ..rank.facts import Chains
from .tokens import count_words

_LEAST_WORDS = 6
_NO_STATEMENT = re.compile(r"[?？؟:;][\"'”’»」)\]]*\s*$")
# More sentences than this are a passage, not a sentence with its antecedent.
LONGEST_CHAIN = 3
_PRONOUN = (
    r"he|she|it|they|him|her|them|his|hers|its|their|theirs|he's|she's|it's|they're|he'll|she'll"
    r"|it'll|they'll|he'd|she'd|they'd|they've|himself|herself|itself|themselves"
)
_DEMONSTRATIVE = (
    r"this|that|these|those(?!\s+(?:who|with|of|in))|that's|such|both(?!\s+\S+\s+and\b)"
    r"|the\s+(?:former|latter|same)|another|others|neither(?!\s+\S+(?:\s+\S+)?\s+nor\b)|here|there\s+(?:he|she|they)"
)
_CONNECTIVE = (
    r"and|but|or|nor|so|yet|still|then|thus|hence|also|too|however|moreover|furthermore|therefore"
    r"|nevertheless|nonetheless|meanwhile|instead|otherwise|likewise|similarly|consequently"
    r"|accordingly|besides|indeed|additionally|conversely|afterwards?|elsewhere|rather(?!\s+than)"
    r"|in\s+(?:addition|contrast|turn|fact|other\s+words|particular|response)(?=\s*,)|by\s+contrast"
    r"|for\s+(?:example|instance)|as\s+a\s+(?:result|consequence)|as\s+such|of\s+course"
    r"|on\s+the\s+(?:other\s+hand|contrary)|at\s+the\s+same\s+time|after\s+that|because\s+of\s+th(?:is|at)"
    r"|to\s+(?:this|that)\s+end|despite\s+th(?:is|at|ese)"
)
_OPENING = re.compile(
    rf"[\W_]*(?:{_PRONOUN}|{_DEMONSTRATIVE}|{_CONNECTIVE})(?![\w'])", re.IGNORECASE
)
_INTRODUCED = re.compile(
    rf"(?:in|on|at|with|during|after|before|following|despite|according\s+to|of)\s+(?:{_PRONOUN})\b"
    rf"[^,]*,\s*(?:{_PRONOUN})\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]|「[^」]*」")
_OPENS_QUOTE = re.compile(r"\s*[“\"«„「]")
_REPORTS = re.compile(rf"[\W_]*(?:{_PRONOUN})\b", re.IGNORECASE)
_UNOPENED = re.compile(r"[^“\"«„「”»」]*+[”»」]")


def find_chains(
    points_back: npt.NDArray[np.bool_],
    states: npt.NDArray[np.bool_],
    document: npt.NDArray[np.intp],
    index: npt.NDArray[np.intp],
) -> Chains:
    """Join each sentence to those before it that it cannot stand without.

    :param points_back: (n,) bool, what ``dangles`` says of each sentence.
    :param states: (n,) bool, what ``is_statement`` says.
    :param document: (n,) the document of each, ascending.
    :param index: (n,) its position there.
    :return: What may be picked. Where nothing may be, all may.
    """
    follows = np.zeros(len(document), dtype=bool)
    follows[1:] = (document[1:] == document[:-1]) & (index[1:] == index[:-1] + 1)
    led = points_back & follows
    before, length = led, 1 + led.astype(np.int8)
    for back in range(1, LONGEST_CHAIN):
        before = before & _shifted(led, back)
        length += before
    head = np.arange(len(document)) - length + 1
    stands = (length <= LONGEST_CHAIN) & ~points_back[head]
    chained = states.copy()
    for back in range(1, LONGEST_CHAIN):
        chained &= _shifted(states, back) | (length <= back)
    return Chains(length, stands, states, chained, bool(stands.any()))


def _shifted(flags: npt.NDArray[np.bool_], back: int) -> npt.NDArray[np.bool_]:
    """Return for each row the flag of one so far before it."""
    return np.concatenate([np.zeros(back, dtype=bool), flags])[: len(flags)]


def keep_units(chains: Chains, kept: npt.NDArray[np.intp]) -> list[Unit]:
    """Return the units of which all that they hold and need is kept.

    There is one for each sentence and a second one, for a sentence that needs the one before it,
    that may be used where this is picked already.

    :param chains: Of n sentences.
    :param kept: (k,) rows of these, ascending.
    :return: Those units, their rows counted among the k.
    """
    place = {row: number for number, row in enumerate(kept.tolist())}
    units: list[Unit] = []
    for row, number in place.items():
        length, stands = int(chains.length[row]), bool(chains.stands[row])
        states = bool(chains.states[row])
        if length == 1:
            needs = -1 if stands or not chains.any_stands else NOTHING
            units.append(Unit((number,), needs, states and (stands or needs == NOTHING)))
            continue
        chain = range(row - length + 1, row + 1)
        if stands and all(member in place for member in chain):
            units.append(Unit(tuple(map(place.__getitem__, chain)), -1, bool(chains.joint[row])))
        if row - 1 in place:
            units.append(Unit((number,), place[row - 1], states))
    return units


def is_statement(text: str) -> bool:
    """Tell a sentence that states something from a question, a heading or a scrap.

    :param text: One sentence.
    :return: Whether it has at least six words and ends neither in a question mark nor a colon.
    """
    return count_words(text) >= _LEAST_WORDS and _NO_STATEMENT.search(text[-20:]) is None


def dangles(text: str) -> bool:
    """Tell whether a sentence points back, e.g. ``"He said so."`` or ``"However, it rained."``.

    :param text: One sentence.
    :return: Whether its opening, or the attribution of the quotation it opens with, refers to
        something said before.
    """
    text = text.replace("’", "'")
    if _UNOPENED.match(text):
        return True
    if _OPENS_QUOTE.match(text):
        outside = _QUOTED.sub(" ", text)
        if not re.search(r"\w", outside) or re.match(r"\s*[“\"«„「]", outside):
            return True
        return _REPORTS.match(outside) is not None
    return _OPENING.match(text) is not None or _INTRODUCED.match(text) is not None
