"""The language of a text, known by its stop words; its stop words and its stemmer."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from .tokens import tokenize

# What a language is known by that has no words between blanks.
_SCRIPTS = (
    (re.compile(r"[\u3040-\u30ff]"), "ja"),
    (re.compile(r"[\uac00-\ud7af]"), "ko"),
    (re.compile(r"[\u4e00-\u9fff]"), "zh"),
    (re.compile(r"[\u0e00-\u0e7f]"), "th"),
)
_SAMPLE = 20_000
# Languages whose stop words are listed without the accents that they are written with.
_WITHOUT_ACCENTS = {"romanian"}
# Less of a text than this are stop words of no language that it is written in.
_LEAST_SHARE = 0.15
# So many are of hardly another one; the commonest language need not wait for the others.
_CERTAIN = 0.35
# So many words are stemmed once.
_MOST_KNOWN = 1 << 16
_LONGEST_KNOWN = 32
# The stems of words that were met, by language.
_KNOWN: defaultdict[str, dict[str, str]] = defaultdict(dict)


@dataclass(frozen=True, slots=True)
class Language:
    """A language, or an unknown one, without stop words and with stems as they are written.

    :param name: Its English name in lower case, or an empty string.
    :param stop_words: Its function words, case-folded.
    :param stem: From a case-folded word to its stem (Snowball, Porter 2001, where there is one).
    """

    name: str
    stop_words: frozenset[str]
    stem: Callable[[str], str]

    @property
    def code(self) -> str:
        """Its BCP 47 code, or an empty string."""
        from stop_words import LANGUAGE_MAPPING

        codes: dict[str, str] = {name: code for code, name in LANGUAGE_MAPPING.items()}
        return codes.get(self.name, "")


def detect_language(counts: Mapping[str, int]) -> Language:
    """Tell the language by the share of words that are its stop words.

    :param counts: How often each case-folded word occurs.
    :return: The language; an unknown one where no language has enough of its stop words. Not to be
        shared by threads: its stemmer has a state.
    """
    if _share("english", counts) >= _CERTAIN:
        return _language("english")
    best = max(_names(), key=lambda name: _share(name, counts))
    return _language(best if _share(best, counts) >= _LEAST_SHARE else "")


def language_code(text: str) -> str:
    """Return the BCP 47 code of the language of a text, e.g. ``en``; an empty string if unknown.

    :param text: Any text; its beginning decides.
    """
    sample = text[:_SAMPLE]
    code = detect_language(Counter(tokenize(sample))).code
    if code:
        return code
    # A tenth of its characters, as a few are in names that texts in other languages quote.
    enough = max(len(sample) / 10, 1)
    return next((code for script, code in _SCRIPTS if len(script.findall(sample)) >= enough), "")


def readability(text: str) -> dict[str, float]:
    """Return for each language the share of a text's characters that are in its stop words.

    Words of one or two letters do not count: the wrong encoding takes words apart.
    """
    counts = Counter(word for word in tokenize(text) if len(word) > 2)
    plain: Counter[str] = Counter()
    for word, times in counts.items():
        plain[_without_accents(word)] += times
    return {
        name: sum(
            len(word) * (plain if name in _WITHOUT_ACCENTS else counts).get(word, 0)
            for word in _stop_words(name)
            if len(word) > 2
        )
        / max(len(text), 1)
        for name in _names()
    }


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _share(name: str, counts: Mapping[str, int]) -> float:
    total = sum(counts.values())
    return sum(map(counts.get, _stop_words(name), repeat(0))) / max(total, 1)


def _language(name: str) -> Language:
    import snowballstemmer

    stem: Callable[[str], str] = str
    if name in snowballstemmer.algorithms():
        stem = _remembering(snowballstemmer.stemmer(name).stemWord, _KNOWN[name])
    return Language(name, _stop_words(name) if name else frozenset(), stem)


def _remembering(stem: Callable[[str], str], known: dict[str, str]) -> Callable[[str], str]:
    """Return what stems words that are not known and adds the shorter ones to the known."""

    def find(word: str) -> str:
        found = known.get(word)
        if found is None:
            found = stem(word)
            if len(word) <= _LONGEST_KNOWN:
                if len(known) >= _MOST_KNOWN:
                    known.clear()
                known[word] = found
        return found

    return find


@cache
def _stop_words(name: str) -> frozenset[str]:
    from stop_words import get_stop_words

    return frozenset(word.casefold() for word in get_stop_words(name))


@cache
def _names() -> list[str]:
    from stop_words import LANGUAGE_MAPPING

    return sorted(set(LANGUAGE_MAPPING.values()))


_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}


@cache
def base_code(code: str) -> str:
    base = code.replace("_", "-").split("-", 1)[0].lower()
    return _ALIASES.get(base, base)


@cache
def stop_words(code: str) -> frozenset[str]:
    from stop_words import LANGUAGE_MAPPING

    name = LANGUAGE_MAPPING.get("nb" if code == "no" else code)
    return _stop_words(name) if name else frozenset()
