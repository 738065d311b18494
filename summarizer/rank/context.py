"""How likely a sentence needs context that it does not bring, learned.

What tells is how it opens: with words that documents seldom open with ("But", "He", "Il"), with
many small words before the first name, or inside a quotation. Which words these are was learned in
each language from sentences that open a text and sentences from its middle.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from ..text.assets import read_weights
from ..text.language import language
from ..text.table import Floats, SentenceTable
from ..text.tokens import tokenize, tokenize_cased

PLACES = ("first", "second", "early", "set off")
FEATURES = (
    *PLACES,  # the largest weight of a word that stands there
    "quotation alone",
    "quotation without an end",
    "small words before a name",
)
# The words of a sentence that are early, behind the second; of small words before a name
# at most MOST_SMALL are counted.
EARLY = 5
MOST_SMALL = 8
_LETTERS = 40
# One without an end goes on to the end of the text, so that none is looked for twice.
_QUOTED = re.compile(r"“[^”]*(”?)|\"[^\"]*(\"?)|«[^»]*(»?)|„[^“”]*([“”]?)|「[^」]*(」?)")
_MARK = re.compile(r"[“\"«„「]")
_OPENING = re.compile(r"\A\s*[“\"«„「]")
_SET_OFF = re.compile(r"[,;:—–()،、]\s*([^\s,;:—–()،、.]+)\s*(?=[,;:—–()،、.]|$)")


def context_chances(table: SentenceTable, languages: Sequence[str]) -> Floats:
    """Return how likely each sentence needs context.

    :param table: n sentences.
    :param languages: The language code of each document.
    :return: (n,) float64, 0 to 1; 0 for sentences that open their document.
    """
    model = load_model()
    described = np.array(
        [
            describe(text, languages[number], model["words"].get(languages[number], {}))
            for text, number in zip(table.texts(), table.document.tolist(), strict=True)
        ]
    ).reshape(-1, len(FEATURES))
    # A text that was lower-cased names nobody either.
    cased = np.unique(table.document[table.stems.rows[table.stems.capital]])
    described[~np.isin(table.document, cased), -1] = np.nan
    return np.where(table.position > 0, chances(described, model), 0.0)


def chances(described: Floats, model: Mapping[str, Any]) -> Floats:
    """Return the probabilities of a logistic regression.

    :param described: (n, f) float64; what is not known of a sentence is NaN and counts as the mean.
    :param model: An ``intercept``, and for each of the f ``features``, in their order, its
        ``mean``, its ``deviation`` and its ``coefficient``.
    """
    columns = model["features"].values()
    mean, deviation, coefficient = (
        np.array([column[name] for column in columns])
        for name in ("mean", "deviation", "coefficient")
    )
    standard = np.nan_to_num((described - mean) / deviation)
    # subtle: a product of matrices may round differently by how many rows it has.
    odds = (standard * coefficient).sum(axis=1) + model["intercept"]
    return np.asarray(1 / (1 + np.exp(-odds)))


def describe(text: str, code: str, weights: Mapping[str, Mapping[str, float]]) -> list[float]:
    """Describe a sentence by ``FEATURES``.

    :param text: The sentence.
    :param code: Its language.
    :param weights: For each of ``PLACES`` the weights of words there.
    """
    plain = text.replace("’", "'")
    outside, alone = outside_quotations(plain)
    placed = place_words(outside)
    largest = [
        max((weights.get(place, {}).get(word, 0.0) for word in placed[place]), default=0.0)
        for place in PLACES
    ]
    unended = _OPENING.match(outside) is not None or outside.count('"') % 2 > 0
    return [*largest, float(alone), float(unended), small_words(tokenize_cased(plain), code)]


def outside_quotations(text: str) -> tuple[str, bool]:
    """Return what stands outside quotations, or all where nothing does, and whether that is so."""
    outside = _QUOTED.sub(_ended_away, text) if _MARK.search(text) else text
    if any(map(str.isalnum, outside)):
        return outside, False
    return text.strip(' "“”«»„「」'), True


def _ended_away(quotation: re.Match[str]) -> str:
    """Return a blank for a quotation that has an end, or itself."""
    return " " if any(quotation.groups()) else quotation[0]


def place_words(text: str) -> dict[str, list[str]]:
    """Return the words of a sentence, case-folded, by ``PLACES``.

    The last of them holds words that stand by themselves between commas, e.g. ``however``.
    """
    # The first words end within this many letters.
    opening = tokenize(text[: _LETTERS * EARLY])[:EARLY]
    apart = [match[1].casefold() for match in _SET_OFF.finditer(text)]
    return {"first": opening[:1], "second": opening[1:2], "early": opening[2:], "set off": apart}


def small_words(words: Sequence[str], code: str) -> float:
    """Count stop words in front of the first name; NaN where no word tells itself a name.

    A first word with a capital is one unless it is a stop word.
    """
    stop_words, small = language(code).stop_words, 0
    for number, word in enumerate(words):
        is_small = word.casefold() in stop_words
        if word[0].isupper() and (number or not is_small):
            return float(min(small, MOST_SMALL))
        small += is_small
    # Letters of scripts without capitals are neither.
    return float(min(small, MOST_SMALL)) if any(map(str.islower, words)) else float("nan")


@cache
def load_model() -> Mapping[str, Any]:
    """Return the shipped model: ``intercept``, ``features``, ``words`` by language and place."""
    model: Mapping[str, Any] = read_weights("context")
    return model
