"""Which sentences cannot stand without the one before them.

A sentence that opens with a pronoun, a demonstrative or a connective points back; so does one
inside a quotation whose speaker was named before. The cues are English; in other languages only
the quotation marks tell.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .datatypes import NOTHING, Sentence, Unit
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
_UNOPENED = re.compile(r"^[^“\"«„「]*[”»」]")


def readable_units(sentences: Sequence[Sentence]) -> list[Unit]:
    """Join each sentence to those before it that it cannot stand without.

    :param sentences: n sentences, those of a document together and in order.
    :return: A unit for each sentence, and a second one, for a sentence that needs the one before
        it, that may be used where this is picked already. Where none may be picked, all may.
    """
    units: list[Unit] = []
    for row, sentence in enumerate(sentences):
        chain = [row]
        while dangles(sentences[chain[0]].text) and len(chain) <= LONGEST_CHAIN:
            previous = chain[0] - 1
            if previous < 0 or not sentences[chain[0]].follows(sentences[previous]):
                break
            chain.insert(0, previous)
        stands = len(chain) <= LONGEST_CHAIN and not dangles(sentences[chain[0]].text)
        states = is_statement(sentence.text)
        if stands and len(chain) > 1:
            chain_states = all(is_statement(sentences[r].text) for r in chain)
            units.append(Unit(tuple(chain), -1, chain_states))
        if len(chain) > 1:
            units.append(Unit((row,), row - 1, states))
        else:
            units.append(Unit((row,), -1 if stands else NOTHING, states))
    if any(unit.needs == -1 for unit in units):
        return units
    return [Unit(unit.rows, -1, False) if unit.needs == NOTHING else unit for unit in units]


def keep_units(units: Sequence[Unit], kept: npt.NDArray[np.intp]) -> list[Unit]:
    """Return the units of which all that they hold and need is kept.

    :param units: Units of n sentences.
    :param kept: (k,) rows of these, ascending.
    :return: Those units, their rows counted among the k.
    """
    place = {int(row): number for number, row in enumerate(kept)}
    place |= {-1: -1, NOTHING: NOTHING}
    return [
        Unit(tuple(place[row] for row in unit.rows), place[unit.needs], unit.reads_well)
        for unit in units
        if unit.needs in place and all(row in place for row in unit.rows)
    ]


def single_needs(units: Sequence[Unit]) -> npt.NDArray[np.intp]:
    """Return (n,) the row that each sentence needs where it is picked by itself, or -1."""
    singles = sorted((unit.rows[0], max(unit.needs, -1)) for unit in units if len(unit.rows) == 1)
    return np.array([needs for _, needs in singles], dtype=np.intp)


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
