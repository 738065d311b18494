"""A text to sentences with exact offsets, in any language.

Every mark that may end a sentence is a candidate. A logistic regression over the words around it
decides (compare Gillick 2009, "Sentence boundary detection and the problem with the U.S."). Marks
that can only end a sentence, like "।" and "。", need no deciding. ``models/sentences.py`` fits
the weights.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Any, NamedTuple

from .assets import read_weights
from .language import base_code, detect_language, stop_words, weekdays
from .tokens import BLANK

# Marks that can also stand inside a sentence, and marks that can only end one.
_MARKS = ".!?…‥؟．"
_SURE_MARKS = "。！？｡۔।॥։።፧፨။។៕"
_ALL_MARKS = frozenset(_MARKS + _SURE_MARKS)
_QUOTES = "\"'”’»«›‹“„‟"
_CLOSERS = rf"{_QUOTES}」』）)\]}}>】〉》*_"
_OPENERS = "\"'“‘„‟«»‹›「『（([{<【〈《¿¡*_`–—―-•"
_RAISED = "⁰¹²³⁴-⁹"
_NOTE = (
    r"(?:\[[^\[\]\n]{1,30}\](?::\d{1,5})?|\s?\[\^?\d{1,3}\]|<sup>[^<>\n]{1,20}</sup>"
    rf"|[{_RAISED}]{{1,4}}(?:[,–⁻-][{_RAISED}]{{1,4}})*)"
)
_CANDIDATE = re.compile(
    rf"(?P<mark>[{_MARKS}{_SURE_MARKS}]+(?:[ \xa0][.…]+(?=[\s.…]|$))*)"
    rf"(?P<close>(?:[{_CLOSERS}]|[ \xa0\u202f](?:»|''|[)\]”\"])(?=[\s{_SURE_MARKS}.,;:!?]|$))*)"
    rf"(?P<note>{_NOTE}*)(?P<digits>\d{{1,3}}(?:[,–-]\d{{1,3}})*(?=\s|$))?(?P<gap>\s*)"
)
# In Greek the semicolon asks.
_GREEK_CANDIDATE = re.compile(_CANDIDATE.pattern.replace("[.!?", "[;\u037e.!?", 1))
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
# Thai and Lao write no marks but a blank between sentences, and at times within one.
_THAI_GAP = re.compile(r"(?<=[\u0e00-\u0eff])\s+(?=[\u0e00-\u0eff])(?![\u0e00-\u0eff]{1,5}\.)")
# "1.", "§ 2. 1." and, in rulings, "SEGUNDO.- 1."
_LIST_NUMBER = re.compile(r"(?:[^\W\d_]{5,10}\.[-–]\s)?(?:\W{0,3}(?:\d{1,3}|[^\W\d_])[.)]\s*){1,2}")
_NOTES_BEFORE = re.compile(r"(?:\[\^?\d{1,3}\]\s*)+")
_IN_NOTE, _NOTE_REST = re.compile(r"\[[^\[\]]{1,20}\Z"), re.compile(r"[^\[\]\n]{1,20}\]")
_THAI = re.compile(r"[\u0e00-\u0eff]")
_GLUED = re.compile(r"(?<![^\W\d_])[“\"«„‘'(]?[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?=[\s,’']|$)")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
# Behind shorter words the stop may be that of an abbreviation.
_OPENING = re.compile(rf"(?<=[^\W\d_]{{5}})[.!?…][{_CLOSERS}]*\s+[{_OPENERS}]*([^\W\d_])")
_VOWEL = re.compile("[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœąęěůűőıаеёиоуыэюяіїєαεηιουωάέήίόύώ]")
# Languages that write all nouns with a capital, so that behind a number it tells nothing.
_CAPITAL_NOUNS = frozenset({"de", "lb", "nds", "gsw"})
_ROMAN = re.compile(r"[IVXLC]{1,7}$")
_NUMBER = re.compile(r"\A[\d.,:/–-]+$")
_ELISION = re.compile(r"^[^\W\d_]{1,6}['’](?=[^\W\d_])")
_APOSTROPHE = re.compile("['’]")
# Behind a question in quotation marks: a name or two, and that they say it.
_WHO_ASKS = re.compile(
    r"(?:[^\W\d_][\w’'-]{0,40}+\s++){1,3}(?:said|asked|cried|replied|answered|shouted|whispered|called"
    r"|exclaimed|wondered|demanded|muttered|yelled|screamed|added|inquired|enquired|says|asks)\b"
)
_WHO_SAYS = re.compile(
    r"\A[^\s，。！？：；“”「」]{1,12}(?:[说說问問答喊]|(?<!知)道|表示)(?=[，。！？：]|$)"
)
_INNER = re.compile(r"\A(?:[^\W\d_]{1,3}[.])+[^\W\d_]{1,3}$")
_BEHIND, _AHEAD = 48, 72
_DASHES = frozenset({"-", "--", "–", "—", "―"})
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_PARTICLES = "とっをはがのにもでやへか"
# Scripts without capitals, of whose letters none is a word.
_CASELESS = re.compile("[\u0620-\u06ff\u0e00-\u0eff]")
_SHORT_WORD = 8
_LONGEST_QUOTE = 300
# More than who says something takes, with the mark behind it.
_LONGEST_SAYING = 20
_LONGEST_NUMBER, _LONGEST_WORD = 16, 12
_CACHED = 1 << 15
# Behind a listed abbreviation in lower case within a sentence, a name opens another one only if
# that is likelier than this (log odds).
_LEAST_ODDS = 1.25
_LEAST_ODDS_NUMBER, _LEAST_ODDS_TITLE = 0.5, 2.5
# Those that close a list, as "etc." does: behind these, a name mostly opens another sentence.
_CLOSES_LIST = re.compile(
    r"etc|ecc|enz|usw|osv|o\.s\.v|m\.m|m\.fl|it[pdn]|at[dď]|apod|stb|jne|ym|kt|т\.[днп]|др|dll|dsb"
)
# What goes on behind a weekday that is part of a time; in "Friday was quiet" it is the subject.
_BEHIND_WEEKDAY = re.compile(
    r"(?:morning|afternoon|evening|night|at|in|on|to|for|by|of|and|or|but|with|from|after|before|as|when"
    r"|while|where|near|during|until|through|outside|following|because|the)\W*"
)
_BLANKS = BLANK + "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"


class Candidate(NamedTuple):
    """A place where a sentence may end, and the words around it.

    ``end`` is where it would end, before the marks of notes, ``start`` where the next would begin.
    Where the mark can only end a sentence (``sure``), the rest is empty.
    """

    end: int
    start: int
    sure: bool
    mark: str = ""
    around: str = ""
    earlier: str = ""
    before: str = ""
    after: str = ""
    second: str = ""


class Word(NamedTuple):
    """What is known of a word: in lower case, its kind, how it is listed, and what it weighs."""

    lower: str
    kind: str
    listed: str
    weight: float


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
    model = _model()
    spans: list[tuple[int, int]] = []
    begin = len(text) - len(text.lstrip(_BLANKS))
    for candidate in find_candidates(text, language):
        if not candidate.sure and model.score(language, candidate) <= 0:
            continue
        head = text[begin : candidate.end] if candidate.end - begin <= _LONGEST_NUMBER else ""
        word = head.rstrip(".") if head.endswith(".") and len(head) <= _LONGEST_WORD else ""
        if not (_LIST_NUMBER.fullmatch(head) or model.abbreviates(language, word)):
            _add(spans, text, begin, candidate.end)
            begin = candidate.start
    _add(spans, text, begin, len(text))
    return list(_at_thai_gaps(text, spans)) if _THAI.search(text) else spans


def _add(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    """Add a sentence without blanks around it and marks of notes before it, if it says anything."""
    if text.startswith("[", begin):
        notes = _NOTES_BEFORE.match(text, begin, end)
        begin = notes.end() if notes else begin
    whole = text[begin:end]
    left = begin + len(whole) - len(whole.lstrip(_BLANKS))
    bare = whole.strip(_BLANKS)
    if any(map(str.isalnum, bare)):
        spans.append((left, left + len(bare)))


def _at_thai_gaps(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        for gap in _THAI_GAP.finditer(text, start, end):
            yield start, gap.start()
            start = gap.end()
        yield start, end


def find_candidates(text: str, language: str) -> Iterator[Candidate]:
    """Yield the places where a sentence may end, but for the end of the text, in order."""
    cased: bool | None = None
    first = _FIRST_LETTER.search(text)
    opens_high = first is not None and first[0].isupper()
    round_, quoted = _Pairs(text, "(（", ")）"), _Pairs(text, "“「『《", "”」』》")
    dandas = "।" in text
    english = language in ("en", "")
    pattern = _GREEK_CANDIDATE if _GREEK.search(text) else _CANDIDATE
    for match in pattern.finditer(text):
        mark, close, note, digits, gap = match.groups()
        start = match.end()
        if start == len(text):
            if note or (digits and _is_note(text, match.start())):
                yield Candidate(match.end("close"), start, True)
            return
        if mark == "." and (dandas or (not gap and not close and not text[start].isupper())):
            continue
        opening, end = match.start(), match.end("close")
        if mark in ";\u037e" and not _GREEK.match(text, opening - 1):
            continue
        if not gap:
            if text[start] in _ALL_MARKS:
                continue
            if close and close[-1] in "\"“'‘" and text[start].isalnum():
                end, start, close = end - 1, end - 1, close[:-1]
        if digits and not _is_note(text, opening):
            continue
        inside, closing = round_.closing(end), quoted.closing(end)
        # What goes on right behind a quotation holds it, as particles of Korean do.
        if closing and text[closing : closing + 1].isalpha():
            continue
        unspaced = not gap and mark[-1] in "!?" and _HAN.match(text, opening - 1)
        if mark[-1] in _SURE_MARKS or unspaced:
            if close[-1:] in ("」", "』", "）") and text[start] in _PARTICLES:
                continue
            if close and not gap and _WHO_SAYS.match(text[start : start + _LONGEST_SAYING]):
                continue
            if not inside and not closing:
                yield Candidate(end, start, True)
            continue
        if mark == "." and text[start] in "¿¡":
            yield Candidate(end, start, True)
            continue
        if not gap and not digits and not _is_glued(text, opening, start):
            continue
        if english and close and mark[-1] in "?!" and _WHO_ASKS.match(text, start):
            continue
        if cased is None:
            cased = _is_cased(text)
        if cased and close and text[start].islower() and close[-1] in _QUOTES:
            continue
        behind = text[max(0, opening - _BEHIND) : opening]
        words = behind.rsplit(None, 2)
        ahead = text[start : start + _AHEAD].split(None, 3)
        noted = "[" in behind and not text[start].isupper() and _IN_NOTE.search(behind)
        if noted and _NOTE_REST.match(text, start):
            continue
        if mark == "." and not close and _is_spelled_apart(words, ahead, opens_high=opens_high):
            continue
        if len(ahead) > 1 and ahead[0] in _DASHES:
            ahead = [ahead[0] + ahead[1], *ahead[2:]]
        quoted_end = ('"' if close[-1] in _QUOTES else ")") if close else ""
        signs = {"(": inside, "“": closing, "o": not cased, "_": behind[-1:].isspace()}
        around = quoted_end + "".join(sign for sign, stands in signs.items() if stands)
        earlier, before = ["", "", *words][-2:]
        after, second = [*ahead, "", ""][:2]
        yield Candidate(end, start, False, _shape(mark), around, earlier, before, after, second)


def _is_spelled_apart(words: Sequence[str], ahead: Sequence[str], *, opens_high: bool) -> bool:
    """Tell an abbreviation in several words, such as "z. B." and "U. S.", or a letter of it."""
    core = words[-1].lstrip(_OPENERS) if words else ""
    # One with stops within goes on with the sign of a section, as "i.V.m. § 3" does.
    if ahead and ahead[0][0] == "§" and _INNER.match(core):
        return True
    letters = core.replace(".", "")
    if not ahead or not letters.isalpha() or len(letters) > 2:
        return False
    if _CASELESS.match(letters) and (len(letters) == 1 or "." in words[-1]):
        return True
    letter_follows = len(ahead[0]) == 2 and ahead[0][0].isalpha() and ahead[0][1] == "."
    return (letter_follows and len(letters) == 1) or (opens_high and ahead[0][0].islower())


class _Pairs:
    """Tells whether brackets or quotation marks are open at ascending places of a text."""

    def __init__(self, text: str, opening: str, closing: str) -> None:
        self._text, self._opening, self._closing = text, opening, closing
        self._used = any(map(text.__contains__, opening))
        self._depth = self._done = 0

    def closing(self, place: int) -> int:
        """Return the place behind the mark that closes what is open at a place; 0 without one."""
        if not self._used:
            return 0
        for mark in self._opening:
            self._depth += self._text.count(mark, self._done, place)
        for mark in self._closing:
            self._depth -= self._text.count(mark, self._done, place)
        self._depth, self._done = max(self._depth, 0), place
        found = [self._text.find(m, place, place + _LONGEST_QUOTE) for m in self._closing]
        return min((at for at in found if at >= 0), default=-1) + 1 if self._depth > 0 else 0


def _shape(mark: str) -> str:
    """Make one of the marks that mean the same."""
    if len(mark) == 1:
        return "?" if mark in ";\u037e؟" else mark
    return "…" if "." in mark and not set(mark) - set(". \xa0…") else "!"


def _is_cased(text: str) -> bool:
    """Tell whether its sentences open with capitals, as far as their likely beginnings tell."""
    lower = text.lower()
    if lower == text or text == text.upper():
        return False
    first = _FIRST_LETTER.search(text)
    openings = _OPENING.findall(text)
    if first:
        openings.append(first[0])
    return sum(map(str.isupper, openings)) >= sum(map(str.islower, openings))


def _is_note(text: str, opening: int) -> bool:
    """Tell whether digits right behind a sentence are the number of a note, not a decimal."""
    return text[max(0, opening - 2) : opening].isalpha() and text[opening - 1].islower()


def _is_glued(text: str, opening: int, start: int) -> bool:
    """Tell whether two sentences lack the blank between them, as in ``"soon.Others agree"``."""
    before = text[max(0, opening - _BEHIND) : opening].rsplit(None, 1)
    word = before[-1] if before else ""
    if "@" in word or "/" in word or "www" in word.lower():
        return False
    return word[-2:].isalpha() and word[-2:].islower() and _GLUED.match(text, start) is not None


def _word_features(lower: str, kind: str) -> list[str]:
    """Name what speaks of the word before a stop; the last letters tell of words never seen."""
    names = [f"w{lower}"]
    if kind[0] in "lUAo" and len(lower) < _SHORT_WORD:
        letters = "".join("v" if _VOWEL.match(letter) else "c" for letter in lower)
        names += [f"y{lower[-2:]}", f"Y{lower[-3:]}", f"z{letters}"]
    return names


def _context_features(
    language: str,
    mark: str,
    around: str,
    ordinal: bool,
    earlier: str,
    left: str,
    listed: str,
    right: str,
    starts: str,
    second: str,
) -> list[str]:
    """Name what speaks of the kinds of the words and of the quotation marks and brackets."""
    names = [
        f"m{mark}",
        f"k{mark} {left}",
        f"a{listed} {left}",
        f"n{mark} {right}",
        f"s{starts} {right}",
        f"{language} m{mark}",
        f"{language} k{mark} {left}",
        f"{language} n{mark} {right}",
    ]
    trait = "º" if ordinal and left[0] == "d" else ""
    unclear = trait or listed[:1] in ("P", "N", "L")
    if unclear and language in _CAPITAL_NOUNS and right == "U" and not starts:
        right = "l"
    names += [
        f"c{mark}{around}",
        f"d{mark}{around} {right}",
        f"e{mark}{around} {right}{starts} {second}",
        f"f{left}{trait} {right}",
        f"g{listed} {right}{starts}",
        f"h{left}{listed}{trait} {right}{starts}",
        f"l{listed} {left[0]} {right}",
        f"t{earlier} {listed}{left[0]} {right}{starts}",
        f"b{listed}",
        f"b{listed} {right}",
        f"r{earlier} {left} {right[0]}{starts}",
        f"{language} d{mark}{around} {right}",
        f"{language} f{left} {right}",
    ]
    if trait:
        names += [f"q {right}", f"q{starts} {second}"]
    if left[0] == "d":
        names.append(f"i{trait}{earlier} {right}{starts}")
    if left[0] == "I":
        names.append(f"j{earlier} {right}{starts}")
    return names


class Model:
    """The weights, and what was listed when they were fitted.

    :param weights: By the name of the feature.
    :param abbreviations: By language, without the last stop.
    :param prefixes: Those that go on with a name or a number, as titles do.
    :param titles: The same, of lists that tell less of other languages.
    :param numeric: Those that are abbreviations before a number only.
    :param ordinals: Languages that write a stop behind ordinal numbers.
    :param words: Common words by language, in lower case; which language has any is in its keys.
    """

    def __init__(
        self,
        weights: dict[str, float],
        abbreviations: dict[str, list[str]],
        prefixes: dict[str, list[str]],
        titles: dict[str, list[str]],
        numeric: dict[str, list[str]],
        ordinals: list[str],
        words: dict[str, list[str]],
    ) -> None:
        self.words = {code: frozenset(common) for code, common in words.items()}
        self.weights = weights
        self.abbreviations = {code: frozenset(words) for code, words in abbreviations.items()}
        self.prefixes = {
            code: frozenset(chain(prefixes.get(code, ()), titles.get(code, ())))
            for code in prefixes.keys() | titles.keys()
        }
        self.numeric = {code: frozenset(words) for code, words in numeric.items()}
        self.ordinals = frozenset(ordinals)
        often = Counter(
            word
            for code in self.abbreviations.keys() | titles.keys()
            for word in self.abbreviations.get(code, frozenset()).union(titles.get(code, ()))
        )
        self._anywhere = frozenset(often)
        self._often = frozenset(word for word, times in often.items() if times > 1)
        self._before_names = frozenset[str]().union(*prefixes.values())
        self.word_before = lru_cache(_CACHED)(self._word_before)
        self.word_after = lru_cache(_CACHED)(self._word_after)
        self._context = lru_cache(_CACHED)(lambda *context: self._sum(_context_features(*context)))

    def score(self, language: str, candidate: Candidate) -> float:
        """Return the log odds that a sentence ends at a candidate."""
        before, after, context = self._around(language, candidate)
        kind, right = before.kind, after.kind
        weight = after.weight
        if candidate.mark == ".":
            weight += before.weight + self.weights.get(
                f"x{before.lower} {right}{after.listed}", 0.0
            )
            # An ordinal number goes on in lower case, the day of a date with the month.
            if language in self.ordinals and (
                (kind[0] == "d" and right[0] == "l") or (kind in ("d1", "d2") and right[0] == "d")
            ):
                return -1.0
            if kind[0] != "d" and before.lower[-1:] in ("ª", "º"):
                return -1.0
            # The half of a day goes on with the name of the day, as in "9 a.m. Tuesday".
            timed = kind[1:2] == "i" and candidate.earlier[:1].isdigit()
            if timed and after.lower in weekdays(language):
                ends = not (candidate.second and candidate.after[-1].isalpha())
                if ends or _BEHIND_WEEKDAY.fullmatch(candidate.second):
                    return -1.0
        odds = weight + self._context(*context)
        # No list has all titles: in English, a word without a vowel is one, as in "Spc. Graner".
        named = after.kind[0] == "U" and after.listed in ("", "u") and not candidate.around
        title = language == "en" and kind[0] == "U" and kind[-1] == "v" and len(before.lower) > 2
        if named and title and before.listed in ("", "u") and odds <= _LEAST_ODDS_TITLE:
            return -1.0
        # Treebanks have few streets and titles before names, as in "przy ul. Polnej".
        abbreviated = kind[0] == "l" and kind[-1].isalnum() and before.listed in ("P", "L")
        closing = _CLOSES_LIST.fullmatch(before.lower)
        if named and abbreviated and not closing and odds <= _LEAST_ODDS:
            within = self.earlier(language, True, candidate.earlier)[0] == "l"
            return -1.0 if within or before.listed == "P" else odds
        # So does a number, behind what is an abbreviation in another language.
        numbered = after.kind[:2] in ("d1", "d2") and kind[0] == "l" and before.listed in ("l", "K")
        if numbered and odds <= _LEAST_ODDS_NUMBER:
            return -1.0
        return odds

    def names(self, language: str, candidate: Candidate) -> list[str]:
        """Name all features of a candidate; ``score`` sums their weights."""
        before, after, context = self._around(language, candidate)
        names = [*_context_features(*context), f"v{after.lower}"]
        if candidate.mark == ".":
            names += _word_features(before.lower, before.kind)
            names.append(f"x{before.lower} {after.kind}{after.listed}")
        return names

    def _around(self, language: str, candidate: Candidate) -> tuple[Word, Word, tuple[Any, ...]]:
        """Describe the words beside a candidate, and what ``_context_features`` takes."""
        cased = "o" not in candidate.around
        before = self.word_before(language, cased, candidate.before)
        after = self.beside(language, cased, candidate.before, candidate.after)
        context = (
            language,
            candidate.mark,
            candidate.around,
            language in self.ordinals,
            self.earlier(language, cased, candidate.earlier),
            before.kind,
            before.listed,
            after.kind,
            after.listed,
            self.word_after(language, cased, candidate.second).kind[0],
        )
        return before, after, context

    def beside(self, language: str, cased: bool, before: str, after: str) -> Word:
        """Describe the word behind a mark, as far as it speaks behind the word before it.

        Names go on behind initials with words that are common elsewhere, as in ``U.S. House``; and
        an abbreviation follows upon another in a title only, as in ``Lt. Gov.``
        """
        left = self.word_before(language, cased, before)
        word = self.word_after(language, cased, after)
        initials = left.kind[1:2] == "i"
        if initials and word.listed != "s":
            word = word._replace(listed="")
        if word.kind[-1] == "." and not (
            left.kind[0] == "A" if initials else self._abbreviates(language, left)
        ):
            word = word._replace(kind=word.kind[:-1])
        elif word.kind[-1] == ".":
            word = word._replace(listed="")
        return word

    def abbreviates(self, language: str, token: str) -> bool:
        """Tell whether a word is an abbreviation and nothing else, which is no sentence."""
        word = self.word_before(language, True, token)
        # One without a vowel is written short, or hums.
        short = word.kind[0] in "lU" and word.kind[-1] == "v" and not set(word.lower) <= set("hms")
        return short or word.listed in ("P", "N", "L", "Q", "K")

    def _abbreviates(self, language: str, word: Word) -> bool:
        """Tell whether a word is listed and not common, or has no vowel."""
        if word.kind[0] == "d":
            return False
        if len(word.lower) > 1 and "v" in word.kind:
            return True
        if "s" in word.listed or word.lower in self.words.get(language, ()):
            return False
        return word.listed in ("P", "N", "L", "Q", "K") or "v" in word.kind

    def earlier(self, language: str, cased: bool, token: str) -> str:
        """Describe the second word before a mark; without one, or with a stop, a sentence opens."""
        bare = token.rstrip(_CLOSERS + ".!?…")
        word = self.word_before(language, cased, bare)
        return ("" if bare == token and token else "^") + word.kind[0] + word.listed

    def _sum(self, names: list[str]) -> float:
        return sum([self.weights.get(name, 0.0) for name in names])

    def _word_before(self, language: str, cased: bool, token: str) -> Word:
        core = token.lstrip(_OPENERS)
        bare = core.rstrip(_CLOSERS + ",;:")
        if not bare:
            return Word("", "-", "", 0.0)
        closed = core[len(bare) : len(bare) + 1]
        core = _ELISION.sub("", bare) or bare
        lower = core.lower()
        kind = _case(core, lower, cased)
        if kind[0] != "d":
            if "." in core and _INNER.match(core):
                kind += "i"
            elif kind == "A" and _ROMAN.match(core):
                kind += "R"
            else:
                consonants = kind != "o" and not _VOWEL.search(lower)
                kind += str(min(len(core), 7)) + ("v" if consonants else "")
        weight = self._sum(_word_features(lower, kind))
        return Word(lower, kind + closed, self._listed(language, core, lower), weight)

    def _word_after(self, language: str, cased: bool, token: str) -> Word:
        core = token.lstrip(_OPENERS)
        opening = token[: len(token) - len(core)]
        opened = "–" if opening[:1] in _DASHES else '"' if opening else ""
        bare = core.rstrip(_CLOSERS + ",;:")
        core = bare.rstrip(_CLOSERS + ",;:.!?…")
        if not core:
            return Word("", "-" + opened, "", 0.0)
        lower = core.lower()
        if bare[-1] == "." and self._listed(language, core, lower)[:1] in ("P", "N", "L", "Q", "K"):
            opened += "."
        head = _APOSTROPHE.split(lower, maxsplit=1)[0]
        common = stop_words(language)
        starts = "s" if lower in common or head in common else self._known(language, lower)
        kind = _case(core, lower, cased)
        if kind == "A" and _ROMAN.match(core):
            kind = "dR"
        elif kind == "I" and bare[-1] == ".":
            starts = ""
        weight = self.weights.get(f"v{lower}", 0.0)
        return Word(lower, kind + opened, starts, weight)

    def _listed(self, language: str, core: str, lower: str) -> str:
        """Tell how the word is listed in the language, in another one, or in another case."""
        stop = "s" if lower in stop_words(language) else ""
        spellings = {core, lower}
        for sign, lists in (("P", self.prefixes), ("N", self.numeric), ("L", self.abbreviations)):
            if not spellings.isdisjoint(lists.get(language, ())):
                # Lists of stop words hold abbreviations, too.
                return sign + ("" if sign == "P" and language not in self.words else stop)
        if not spellings.isdisjoint(self._before_names):
            return "Q" + stop
        if not spellings.isdisjoint(self._often):
            return "K" + stop
        if not self._anywhere.isdisjoint((core, lower, core.title())):
            return "l" + stop
        return stop or self._known(language, lower)

    def _known(self, language: str, lower: str) -> str:
        """Tell common words from others, where the common ones of a language are known."""
        if language not in self.words or lower[0].isdigit():
            return ""
        return "k" if lower in self.words[language] else "u"


def _case(core: str, lower: str, cased: bool) -> str:
    """Tell numbers with how many digits, and words by their capitals."""
    if core[0].isdigit():
        if core.isdigit():
            return f"d{min(len(core), 5)}"
        return "dn" if _NUMBER.match(core) else "dx"
    if not cased:
        return "o"
    if core == lower:
        return "l" if core != core.upper() else "o"
    if core == core.upper():
        return "A" if len(core) > 1 else "I"
    return "U" if core[0] != lower[0] else "M"


@cache
def _model() -> Model:
    return Model(**read_weights("sentences"))
