"""The language of a text, its stop words and its stemmer."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from .tokens import tokenize

_SAMPLE = 20_000
# Codes of one language that stand for another one here, and labels of texts in no language.
_CODES = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "wuu": "zh", "cmn": "zh"}
_NO_LANGUAGE = {"zxx", "und", "vo", "la"}
_LEAST_CONFIDENCE = 0.5
# English has a larger share of stop words of three letters and more, other languages a smaller one.
_ENGLISH_SHARE = 0.2
_ENGLISH_SAMPLE = 4_000
# At most this many words keep their stems.
_MOST_KNOWN = 1 << 16
_LONGEST_KNOWN = 32
# The stems of words that were met, by language.
_KNOWN: defaultdict[str, dict[str, str]] = defaultdict(dict)


@dataclass(frozen=True, slots=True)
class Language:
    """A language, or an unknown one, without stop words and with stems as they are written.

    :param code: Its BCP 47 code, or an empty string.
    :param name: Its English name in lower case, or an empty string.
    :param stop_words: Its function words, case-folded; none where no list is known.
    :param stem: From a case-folded word to its stem (Snowball, Porter 2001, where there is one).
        Not to be shared by threads: it has a state.
    """

    code: str
    name: str
    stop_words: frozenset[str]
    stem: Callable[[str], str]


def detect_language(text: str) -> str:
    """Tell the language of a text.

    English is known by its stop words alone, which costs no model; any other language by n-grams
    of bytes (``py3langid``, after Lui and Baldwin 2012).

    :param text: Any text; its first 20,000 characters decide.
    :return: A BCP 47 code, e.g. ``en``; an empty string where the text is in no language that is
        known or names none clearly.
    """
    words = tokenize(text[:_ENGLISH_SAMPLE])
    if sum(map(_long_english().__contains__, words)) > len(words) * _ENGLISH_SHARE:
        return "en"
    return letters_language(text[:_SAMPLE], _LEAST_CONFIDENCE)


def letters_language(text: str, confidence: float = 0.0) -> str:
    """Tell the language of a text by n-grams alone.

    :param confidence: Of a code that is less certain than this, 0 to 1, nothing is told.
    """
    code: str
    code, certain = _identifier().classify(text)
    if certain < confidence or code in _NO_LANGUAGE:
        return ""
    return _CODES.get(code, code)


def language(code: str) -> Language:
    """Return what is known of a language.

    :param code: Its BCP 47 code, or an empty string; a region or script in it changes nothing.
    """
    import snowballstemmer

    code = base_code(code)
    name = _name(code)
    stem: Callable[[str], str] = str
    if name in snowballstemmer.algorithms():
        stem = _remembering(snowballstemmer.stemmer(name).stemWord, _KNOWN[name])
    return Language(code, name, stop_words(code), stem)


@cache
def base_code(code: str) -> str:
    """Return the language of a BCP 47 code, e.g. ``pt`` of ``pt-BR``, and ``no`` of ``nb``."""
    base = code.replace("_", "-").split("-", 1)[0].lower()
    return _CODES.get(base, base)


@cache
def stop_words(code: str) -> frozenset[str]:
    """Return the case-folded stop words of a language, none where no list is known."""
    from stop_words import get_stop_words

    name = _listed().get(base_code(code))
    return frozenset(map(str.casefold, get_stop_words(name))) if name else frozenset()


@cache
def weekdays(code: str) -> frozenset[str]:
    """Return the case-folded names of the days of the week in a language (CLDR), if it has any."""
    locale = find_locale(code)
    return frozenset(map(str.casefold, locale.days["format"]["wide"].values() if locale else ()))


@cache
def find_locale(code: str) -> Any:
    """Return what the CLDR knows of a language (``babel.Locale``); None where it does not know it.

    :param code: Its BCP 47 code, or an empty string for what all languages share.
    """
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code or "und", sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@cache
def _long_english() -> frozenset[str]:
    """Return English stop words of three letters and more; shorter ones are in other languages."""
    return frozenset(word for word in stop_words("en") if len(word) > 2)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


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
def _listed() -> dict[str, str]:
    """Return the English name of each language that has a list of stop words, by its code."""
    from stop_words import LANGUAGE_MAPPING

    return {_CODES.get(code, code): name for code, name in LANGUAGE_MAPPING.items()}


@cache
def _name(code: str) -> str:
    locale = find_locale(code) if code and code not in _listed() else None
    return _listed().get(code) or str((locale and locale.get_language_name("en")) or "").lower()
