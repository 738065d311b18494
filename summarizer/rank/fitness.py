"""How likely an editor would leave a sentence out of a summary, learned from one who did.

Sentences that are not understood alone, small talk and what tells little of the subject: they are
told by how likely context is missing (``context.py``), how far they are from the subject and from
the opening of their document, and by the words that they are made of. English was learned from.
"""

import re
from collections.abc import Collection, Sequence

import numpy as np

from ..settings import Settings
from ..text.assets import read_weights
from ..text.language import language
from ..text.table import Floats, SentenceTable
from .context import chances

FEATURES = (
    "context",  # log-odds that it is missing
    "central",  # cosine to the subject
    "position",  # the logarithm
    "few words",
    "colon",
    "first person",
    "demonstrative",  # among the first words
    "third person",  # the share of the words
    "stop words",  # the share, too
)
# Fewer words are few; so many are the first ones; no chance of missing context is surer than this.
FEW_WORDS = 8
FIRST_WORDS = 4
LEAST_CHANCE = 0.01
_WORD = re.compile(r"\w+")
# Not that of 10:30 or 3:2.
_COLON = re.compile(r"(?<!\d):|:(?!\d)")
_FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our", "ours"})
_THIRD_PERSON = frozenset(
    {
        *("he", "him", "his", "himself", "she", "her", "hers", "herself"),
        *("it", "its", "itself", "they", "them", "their", "theirs", "themselves"),
    }
)
_DEMONSTRATIVE = frozenset({"this", "that", "these", "those", "such", "here", "there"})


def with_fitness(
    pool: SentenceTable, languages: Sequence[str], settings: Settings
) -> SentenceTable:
    """Tell how likely each sentence of a ranked pool is unfit for a summary.

    In other languages than English, and for a question, how likely it needs context tells it.

    :param pool: n sentences with ``central``.
    :param languages: The language code of each document.
    :return: They, with ``unfit``.
    """
    english = np.array([languages[number] == "en" for number in pool.document.tolist()], dtype=bool)
    lacking = settings.context_unfit * pool.context
    if pool.asked or not english.any():
        return pool.with_columns(unfit=lacking)
    unfit = chances(describe(pool), read_weights("fitness"))
    return pool.with_columns(unfit=np.where(english, unfit, lacking))


def describe(pool: SentenceTable) -> Floats:
    """Describe sentences by ``FEATURES``, (n, f) float64.

    What a sentence needs is not missing where it is quoted with it.
    """
    missing = np.where(pool.unit_size > 1, 0.0, pool.context)
    missing = np.clip(missing, LEAST_CHANCE, 1 - LEAST_CHANCE)
    stop_words = language("en").stop_words
    worded = np.array([_describe_words(text, stop_words) for text in pool.texts()])
    return np.column_stack(
        [np.log(missing / (1 - missing)), pool.central, np.log1p(pool.position), worded]
    )


def _describe_words(text: str, stop_words: Collection[str]) -> list[float]:
    """Describe a sentence by those of ``FEATURES`` that its words tell."""
    words = _WORD.findall(text)
    # "US" and "IT" are no pronouns.
    lower = [word if len(word) > 1 and word.isupper() else word.lower() for word in words]
    size = max(len(words), 1)
    return [
        float(len(words) < FEW_WORDS),
        float(bool(_COLON.search(text))),
        float(not _FIRST_PERSON.isdisjoint(lower)),
        float(not _DEMONSTRATIVE.isdisjoint(lower[:FIRST_WORDS])),
        sum(word in _THIRD_PERSON for word in lower) / size,
        sum(word in stop_words for word in lower) / size,
    ]
