"""A text to sentences with exact offsets, in any language.

Every mark that may end a sentence is a candidate. A logistic regression over the words around it
decides (compare Gillick 2009, "Sentence boundary detection and the problem with the U.S.");
marks that can only end a sentence, like "।" and "。", need no deciding. ``models/sentences.py`` fits
the weights.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ..assets import shipped_model
from ..datatypes import Block, Document
from ..passages import Sentences, gather
from .language import base_code, detect_language, stop_words
from .tokens import BLANK

# Marks that can also stand inside a sentence, and marks that can only end one.
_MARKS = ".!?…‥؟．"
_SURE_MARKS = "。！？｡۔।॥։።፧፨။។៕"
_QUOTES = "\"'”’»«›‹“„‟"
_CLOSERS = rf"{_QUOTES}」』）)\]}}>】〉》*_"
_OPENERS = "\"'“‘„‟«»‹›「『（([{<【〈《¿¡*_`–—―-•"
_RAISED = "⁰¹²³⁴-⁹"
_NOTE = (
    r"(?:\[[^\[\]\n]{1,30}\](?::\d{1,5})?|\s?\[\^?\d{1,3}\]"
    rf"|[{_RAISED}]{{1,4}}(?:[,–⁻-][{_RAISED}]{{1,4}})*)"
)
_CANDIDATE = re.compile(
    rf"(?P<mark>(?:[{_MARKS}{_SURE_MARKS}]|(?<=[\u0370-\u03ff\u1f00-\u1fff])[;\u037e])+"
    rf"(?:[ \xa0][.…]+(?=[\s.…]|$))*)"
    rf"(?P<close>(?:[{_CLOSERS}]|[ \xa0\u202f](?:»|''|[)\]”\"])(?=[\s{_SURE_MARKS}.,;:!?]|$))*)"
    rf"(?P<note>{_NOTE}*)(?P<digits>\d{{1,3}}(?:[,–-]\d{{1,3}})*(?=\s|$))?(?P<gap>\s*)"
)
# Thai and Lao write no marks but a blank between sentences, and at times within one.
_THAI_GAP = re.compile(r"(?<=[\u0e00-\u0eff])\s+(?=[\u0e00-\u0eff])")
_LIST_NUMBER = re.compile(r"\W{0,3}(?:\d{1,3}|[^\W\d_])[.)]\s*")
_NOTES_BEFORE = re.compile(r"\s*(?:\[\^?\d{1,3}\]\s*)+")
_GLUED = re.compile(r"[“\"«„‘'(]?[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?=[\s,’'])")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_OPENING = re.compile(rf"[.!?…][{_CLOSERS}]*\s+[{_OPENERS}]*([^\W\d_])")
_VOWEL = re.compile("[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœąęěůűőıаеёиоуыэюяіїєαεηιουωάέήίόύώ]")
# Languages that write all nouns with a capital, so that behind a number it tells nothing.
_CAPITAL_NOUNS = frozenset({"de", "lb", "nds", "gsw"})
_ROMAN = re.compile(r"[IVXLC]{1,7}$")
_NUMBER = re.compile(r"[\d.,:/–-]+$")
_ELISION = re.compile(r"^[^\W\d_]{1,6}['’](?=[^\W\d_])")
_INNER = re.compile(r"(?:[^\W\d_]{1,3}[.])+[^\W\d_]{1,3}$")
_BEHIND, _AHEAD = 48, 72
_DASHES = frozenset({"-", "--", "–", "—", "―"})
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_PARTICLES = "とっをはがのにもでやへか"
_LONGEST_WORD = 12
_LONGEST_QUOTE = 300
_CACHED = 1 << 14
_BLANKS = BLANK + "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"


class Candidate(NamedTuple):
    """A place where a sentence may end.

    ``end`` is where it would end, before the marks of notes, ``start`` where the next would begin.
    """

    end: int
    start: int
    sure: bool
    mark: str
    around: str
    before: str
    earlier: str
    after: str
    second: str


class Word(NamedTuple):
    """What is known of a word: in lower case, its kind, and whether it is an abbreviation."""

    lower: str
    kind: str
    listed: str


def split_sentences(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """Split a paragraph into sentences.

    :param text: Any text; a line break in it is a blank.
    :param language: Its BCP 47 code, an empty string if unknown; without it, it is detected.
    :return: Start and end of each sentence, ascending, without blanks and marks of notes around
        it. Each holds a letter or a digit, and each of these is held, but in marks of notes.
    """
    if language is None:
        language = detect_language(text)
    language = base_code(language)
    spans: list[tuple[int, int]] = []
    start = 0
    for end, following in _ends(text, language):
        if _LIST_NUMBER.fullmatch(text, start, end):
            continue
        left, right = _trimmed(text, start, end)
        if any(map(str.isalnum, text[left:right])):
            spans.append((left, right))
        start = following
    return spans


def _ends(text: str, language: str) -> Iterator[tuple[int, int]]:
    for candidate in find_candidates(text, language):
        if candidate.sure or _model().score(language, candidate) > 0:
            yield candidate.end, candidate.start
    yield len(text), len(text)


def find_candidates(text: str, language: str) -> Iterator[Candidate]:
    """Yield the places where a sentence may end, but for the end of the text, in order."""
    cased = _is_cased(text)
    dandas = "।" in text
    depth, quoted, done = 0, 0, 0
    found = _CANDIDATE.finditer(text)
    for match in found:
        mark, close, note, digits, gap = match.groups()
        opening, begin = match.start(), match.end("mark")
        between = text[done:begin]
        depth = max(depth + _balance(between, "([（［", ")]）］"), 0)
        quoted = max(quoted + _balance(between, "“「『《", "”」』》"), 0)
        done = begin
        end, start = match.end("close"), match.end()
        if start == len(text):
            return
        sure = mark[-1] in _SURE_MARKS or (
            mark[-1] in "!?" and not gap and _HAN.match(text, opening - 1) is not None
        )
        if mark == "." and dandas:
            continue
        if not gap and text[start] in _MARKS + _SURE_MARKS:
            continue
        if digits and not _is_note(text, opening, begin, end):
            continue
        if not gap and not sure and not digits:
            if close and close[-1] in "\"“'‘" and text[start : start + 1].isalnum():
                end, start, close = end - 1, end - 1, close[:-1]
            if not _is_glued(text, opening, start):
                continue
        inside = depth + _balance(close, "(（", ")）") > 0 and _closes(text, begin, ")）")
        within = quoted + _balance(close, "“「『《", "”」』》") > 0 and _closes(text, end, "”」』》")
        if sure:
            if close[-1:] in '“"' and close and not gap and not within:
                end, start, close = end - 1, end - 1, close[:-1]
            if within or inside or (close[-1:] in "」』）" and close and text[start] in _PARTICLES):
                continue
            yield Candidate(end, start, True, mark, "", "", "", "", "")
            continue
        behind = text[max(0, opening - _BEHIND) : opening]
        words = behind.rsplit(None, 2)
        ahead = text[start : start + _AHEAD].split(None, 3)
        if len(ahead) > 1 and ahead[0] in _DASHES:
            ahead = [ahead[0] + ahead[1], *ahead[2:]]
        shape = mark if len(mark) == 1 and mark not in ";\u037e؟" else "?" if len(mark) == 1 else "…" if "." in mark and set(mark) <= set(". …") else "!"
        around = (
            ('"' if close and close[-1] in _QUOTES else ")" if close else "")
            + ("(" if inside else "")
            + ("“" if within else "")
            + ("" if cased else "o")
            + ("_" if behind[-1:].isspace() else "")
        )
        yield Candidate(
            end,
            start,
            False,
            shape,
            around,
            words[-1] if words else "",
            words[-2] if len(words) > 1 else "",
            ahead[0] if ahead else "",
            ahead[1] if len(ahead) > 1 else "",
        )


def _balance(text: str, opening: str, closing: str) -> int:
    return sum(map(text.count, opening)) - sum(map(text.count, closing))


def _closes(text: str, start: int, closing: str) -> bool:
    return any(text.find(mark, start, start + _LONGEST_QUOTE) >= 0 for mark in closing)


def _is_cased(text: str) -> bool:
    """Tell whether its sentences open with capitals, as far as their likely beginnings tell."""
    lower = text.lower()
    if lower == text or text == text.upper():
        return False
    first = _FIRST_LETTER.search(text)
    openings = _OPENING.findall(text)
    small = sum(map(str.islower, openings)) + (first is not None and first[0].islower())
    large = sum(map(str.isupper, openings)) + (first is not None and first[0].isupper())
    return large >= small


def _is_note(text: str, opening: int, begin: int, end: int) -> bool:
    """Tell whether digits right behind a mark, or its quotation mark, are the number of a note."""
    return text[opening - 2 : opening].isalpha() and begin - opening == 1 and text[opening - 1].islower()


def _is_glued(text: str, opening: int, start: int) -> bool:
    """Tell whether two sentences lack the blank between them, as in ``"soon.Others agree"``."""
    before = text[max(0, opening - _BEHIND) : opening].rsplit(None, 1)
    word = before[-1] if before else ""
    if "@" in word or "/" in word or "www" in word.lower():
        return False
    return word[-2:].isalpha() and word[-2:].islower() and _GLUED.match(text, start) is not None


def before_features(language: str, mark: str, word: Word) -> list[str]:
    """Name what speaks of the word before a mark."""
    names = [f"m{mark}", f"k{mark} {word.kind}", f"a{word.listed} {word.kind}"]
    if 0 < len(word.lower) <= _LONGEST_WORD and mark == ".":
        names += [f"w{word.lower}"]
    if mark == "." and word.kind[0] in "lUAo" and len(word.lower) < 8:
        names += [f"y{word.lower[-2:]}", f"Y{word.lower[-3:]}"]
    names += [f"{language} m{mark}", f"{language} k{mark} {word.kind}"]
    return names


def after_features(language: str, mark: str, word: Word) -> list[str]:
    """Name what speaks of the word behind a mark."""
    names = [f"n{mark} {word.kind}", f"s{word.listed} {word.kind}"]
    if 0 < len(word.lower) <= _LONGEST_WORD:
        names += [f"v{word.lower}"]
    names += [f"{language} n{mark} {word.kind}"]
    return names


def pair_features(
    language: str, mark: str, around: str, before: Word, earlier: str, after: Word, second: str
) -> list[str]:
    """Name what speaks of both words and of the quotation marks and brackets around the mark."""
    trait = "º" if before.kind[0] == "d" and language in _model().ordinals else ""
    if trait and language in _CAPITAL_NOUNS and after.kind == "U" and not after.listed:
        after = after._replace(kind="l")
    names = [
        f"c{mark}{around}",
        f"d{mark}{around} {after.kind}",
        f"e{mark}{around} {after.kind}{after.listed} {second}",
        f"f{before.kind}{trait} {after.kind}",
        f"g{before.listed} {after.kind}{after.listed}",
        f"l{before.listed} {before.kind[0]} {after.kind}",
        f"h{before.kind}{before.listed}{trait} {after.kind}{after.listed}",
        f"{language} d{mark}{around} {after.kind}",
        f"{language} f{before.kind} {after.kind}",
    ]
    if trait:
        names += [f"q {after.kind}", f"q{after.listed} {second}"]
    names += [f"b{before.listed}", f"b{before.listed} {after.kind}"]
    if before.kind[0] == "d":
        names += [f"i{trait}{earlier} {after.kind}{after.listed}"]
    if before.kind[0] == "I":
        names += [f"j{earlier} {after.kind}{after.listed}"]
    return names


class Model:
    """The weights, and what was listed when they were fitted.

    :param weights: By the name of the feature.
    :param abbreviations: By language, without the last stop.
    :param ordinals: Languages that write a stop behind ordinal numbers.
    """

    def __init__(
        self,
        weights: dict[str, float],
        abbreviations: dict[str, list[str]],
        numeric: dict[str, list[str]],
        ordinals: list[str],
    ) -> None:
        self.weights = weights
        self.abbreviations = {code: frozenset(words) for code, words in abbreviations.items()}
        self.numeric = {code: frozenset(words) for code, words in numeric.items()}
        self.anywhere = frozenset(w for words in self.abbreviations.values() for w in words)
        self.ordinals = frozenset(ordinals)
        self.word = lru_cache(_CACHED)(self._word)
        self._before = lru_cache(_CACHED)(self._score_before)
        self._after = lru_cache(_CACHED)(self._score_after)
        self._pair = lru_cache(_CACHED)(self._score_pair)

    def score(self, language: str, candidate: Candidate) -> float:
        """Return the log odds that a sentence ends at a candidate."""
        mark, cased = candidate.mark, "o" not in candidate.around
        before = self.word(language, candidate.before, cased, True)
        after = self.word(language, candidate.after, cased, False)
        total = self._before(language, mark, before) + self._after(language, mark, after)
        if mark == ".":
            total += self.weights.get(f"x{before.lower} {after.kind}{after.listed}", 0.0)
        context = self.context(language, candidate, before, after, cased)
        return total + self._pair(*context)

    def names(self, language: str, candidate: Candidate) -> list[str]:
        """Name all features of a candidate, for fitting."""
        mark, cased = candidate.mark, "o" not in candidate.around
        before = self.word(language, candidate.before, cased, True)
        after = self.word(language, candidate.after, cased, False)
        context = self.context(language, candidate, before, after, cased)
        crossed = [f"x{before.lower} {after.kind}{after.listed}"] if mark == "." else []
        return (
            before_features(language, mark, before)
            + after_features(language, mark, after)
            + crossed
            + pair_features(*context)
        )

    def context(
        self, language: str, candidate: Candidate, before: Word, after: Word, cased: bool
    ) -> tuple[str, str, str, Word, str, Word, str]:
        """Return what ``pair_features`` takes: classes only, so that few differ."""
        earlier = self.word(language, candidate.earlier, cased, True)
        second = self.word(language, candidate.second, cased, False)
        return (
            language,
            candidate.mark,
            candidate.around,
            before._replace(lower=""),
            earlier.kind[0] + earlier.listed,
            after._replace(lower=""),
            second.kind[0],
        )

    def _score_before(self, language: str, mark: str, word: Word) -> float:
        return self._sum(before_features(language, mark, word))

    def _score_after(self, language: str, mark: str, word: Word) -> float:
        return self._sum(after_features(language, mark, word))

    def _score_pair(self, *context: Any) -> float:
        return self._sum(pair_features(*context))

    def _sum(self, names: list[str]) -> float:
        return sum(self.weights.get(name, 0.0) for name in names)

    def _word(self, language: str, token: str, cased: bool, before: bool) -> Word:
        core = token.lstrip(_OPENERS)
        opened = token[: len(token) - len(core)]
        opened = "–" if opened[:1] in _DASHES else '"' if opened else ""
        if before:
            bare = core.rstrip(_CLOSERS + ",;:")
            closed, core = core[len(bare) :][:1], bare
        else:
            core = core.rstrip(_CLOSERS + ",;:.!?…")
        if not core:
            return Word("", "-" + opened, "")
        if before:
            core = _ELISION.sub("", core) or core
        lower = core.lower()
        if before:
            listed = self._listed(language, core, lower)
            return Word(lower, _kind(core, lower, cased, before) + closed, listed)
        head = re.split("['’]", lower, maxsplit=1)[0]
        starts = "s" if lower in stop_words(language) or head in stop_words(language) else ""
        return Word(lower, _kind(core, lower, cased, before) + opened, starts)

    def _listed(self, language: str, core: str, lower: str) -> str:
        own = self.abbreviations.get(language, frozenset())
        stop = "s" if lower in stop_words(language) else ""
        if core in own:
            return "L" + stop
        if lower in self.numeric.get(language, ()) or core in self.numeric.get(language, ()):
            return "N" + stop
        if core in self.anywhere:
            return "K" + stop
        return ("l" if lower in self.anywhere or core.title() in self.anywhere else "") + stop


def _kind(core: str, lower: str, cased: bool, before: bool) -> str:
    """Tell numbers, initials, abbreviations with stops inside and words by case and length."""
    if core[0].isdigit():
        if core.isdigit():
            return f"d{min(len(core), 5)}"
        return "dn" if _NUMBER.match(core) else "dx"
    if not cased and _INNER.match(core):
        return "oi"
    if not cased:
        case = "o"
    elif core == lower:
        case = "l" if core != core.upper() else "o"
    elif core == core.upper():
        case = "A" if len(core) > 1 else "I"
    else:
        case = "U" if core[0] != lower[0] else "M"
    if not before:
        return case
    if _INNER.match(core):
        return case + "i"
    if case == "A" and _ROMAN.match(core):
        return case + "R"
    bare = "" if _VOWEL.search(lower) or case == "o" else "v"
    return f"{case}{min(len(core), 7)}{bare}"


@cache
def _model() -> Model:
    folder, _ = shipped_model("sentences")
    return Model(**json.loads((folder / "weights.json").read_text(encoding="utf-8")))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out blanks around a sentence, and marks of notes before it."""
    notes = _NOTES_BEFORE.match(text, start, end)
    left = notes.end() if notes else start
    whole = text[left:end]
    left += len(whole) - len(whole.lstrip(_BLANKS))
    return left, max(left, left + len(whole.strip(_BLANKS)))
