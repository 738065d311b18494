"""Numbers, days, times and denials in a sentence, each with what it may mean.

A number stands for an interval: "about 100" and "100" can both be right, "12" and "15" cannot.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import accumulate, product, repeat
from typing import Any, Literal

from ..text.dates import Parts, as_day, find_dates
from ..text.language import find_locale

Kind = Literal["number", "percent", "money", "age", "ordinal", "time", "day"]

# The languages in which text2num reads numbers that are spelt out.
_SPELT = frozenset({"en", "fr", "es", "pt", "de", "nl", "it"})
# As long as 727,727 in German.
_LONGEST_NUMERAL = 65
_LARGEST = 1e30
_ALPHANUMERIC = re.compile(r"[^\W\d_]+")
_PIECE = re.compile(r"[^\W_]+|[\W_]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# subtle: \d matches the digits of every script, and int and float read them.
_DIGITS = (
    r"(?<![0-9A-Za-z\u00c0-\u024f])(?<!\d[.,])"
    r"(?:(?<!/)(?P<over>\d)/(?P<under>[23458]|16)(?![/\d])"
    r"|(?P<digits>\d{1,3}(?:[BLANKS]\d{3})++(?:[.,]\d++)?|\d++(?:[.,]\d++)*+)"
    r"(?:[- \u2011](?P<up>\d)/(?P<down>\d)(?!\d))?)"
    r"(?:(?P<ordinal>st|nd|rd|th)|(?P<decade>s))?(?![^\W\d_]|\d)"
    r"|(?<![0-9A-Za-z\u00c0-\u024f])(?P<glued>\d++(?:[.,]\d++)*+)(?=(?:bn|[mbk])\b|[^\W\d_]{2,}|[^\x00-\x7f])"
)
# What parts the thousands of a number, besides a blank where that is usual in a language.
_HARD_BLANKS = "\xa0\u2009\u202f"
_CLOCK = re.compile(
    r"(?<![\d:.,])(?:(\d{1,2})(?:[:.]\s?(\d{2}))?\s?(?:([ap])\.?m\b\.?|o['’]clock\b)"
    r"|(?<!/)([01]?\d|2[0-3]):([0-5]\d)(?![\d:]))",
    re.I,
)
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "bn": 1e9, "b": 1e9, "dozen": 12.0,
}  # fmt: skip
_SCALE = re.compile(
    r"(?<![\s-])[\s-]*(hundred|thousand|million|billion|trillion|dozen)\b|\s?(bn|[mbk])\b", re.I
)
# "Tens of thousands" is a range, and so is "dozens".
_VAGUE = re.compile(
    r"\b(?:(tens|hundreds|dozens)\s+of\s+)?(dozens|hundreds|thousands|millions|billions)\b", re.I
)
_VAGUE_BASE = {"tens": 10.0, "dozens": 24.0, "hundreds": 100.0, "thousands": 1e3, "millions": 1e6,
               "billions": 1e9}  # fmt: skip
_FRACTION = re.compile(r"[\s-](?:half|halves|thirds?|quarters?|fourths?|fifths?)\b", re.I)
_PERCENT = re.compile(
    r"(?<![\s-])[\s-]*(?:%|per\s?cent\b|percentage\b|pour cent\b|prozent\b)", re.I
)
_MONEY_BEFORE = re.compile(r"(?:(?:US|C|A|NZ|HK)?([$€£¥₹])|\b(USD|EUR|GBP))\s?$")
_MONEY_BEHIND = re.compile(
    r"(?<!\s)\s*+(?:(?:US|U\.S\.)\s+)?(dollars?|euros?|pounds?|[$€£])(?!\w)", re.I
)
_CURRENCIES = {"dollar": "$", "euro": "€", "pound": "£", "usd": "$", "eur": "€", "gbp": "£"}
_AGE = re.compile(
    r"(?<![\s-])[\s-]*+(?:(years?|months?|weeks?|days?)[\s-]*old\b|(y)ears? of age\b)", re.I
)
_FAR = 30

# Units that people convert into one another, by their names in CLDR: how many of the first of their
# kind each is.
_MEASURES: dict[str, dict[str, float]] = {
    "length": {"meter": 1, "kilometer": 1e3, "centimeter": 1e-2, "millimeter": 1e-3,
               "mile": 1609.344, "yard": 0.9144, "foot": 0.3048, "inch": 0.0254,
               "nautical-mile": 1852},
    "mass": {"kilogram": 1, "gram": 1e-3, "tonne": 1e3, "ton": 907.18, "ounce": 0.02835},
    "duration": {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800,
                 "month": 2629746, "year": 31556952, "decade": 315569520,
                 "century": 3155695200},
    "area": {"square-meter": 1, "square-kilometer": 1e6, "hectare": 1e4, "acre": 4046.86,
             "square-mile": 2589988, "square-foot": 0.092903},
    "speed": {"kilometer-per-hour": 1, "mile-per-hour": 1.609344, "knot": 1.852},
    "volume": {"liter": 1, "gallon": 3.785, "barrel": 158.987},
}  # fmt: skip

_LENGTHS: tuple[Literal["long", "short"], ...] = ("long", "short")

# What is said of a number in front of it, and which multiples of it are meant then. Logic sets no
# end to "more than 20", but readers take "26" for another number.
_BOUNDS = {
    (0.9, 1.1): "about|around|roughly|approximately|some|estimated|an estimated",
    (0.4, 0.6): "half a",
    (0.2, 0.3): "quarter",
    (1.0, 10.0): "several|few|couple|couple of",
    (0.8, 1.0): (
        "nearly|almost|close to|just under|"
        "less than|fewer than|under|below|up to|as many as|as much as|at most|no more than"
    ),
    (1.0, 1.25): "more than|over|above|at least|upwards of|exceeding|greater than|no fewer than",
}
_BOUND = re.compile(
    r"\b(?:" + "|".join(f"({phrases})" for phrases in _BOUNDS.values()) + r")\s+$", re.I
)
# A round number may be off by half its last digit, but by no more than this share of it; one with a
# scale, e.g. "1.7 million", by the whole of it.
_ROUNDING = 0.05
_ROUNDING_SCALED = 0.1
# The highest number meant is this many times the least from which a value is vague.
_VAGUE_FROM = 5.0
_EXACT_BELOW = 100


@dataclass(frozen=True, slots=True)
class Value:
    """Something that another source can give otherwise.

    :param kind: What it is; only values of one kind and unit can be compared.
    :param start: The offset of its first character in the sentence.
    :param end: The offset after its last character.
    :param low: The least number meant; minutes after midnight for a time.
    :param high: The largest number meant.
    :param unit: ``%``, a currency, the unit of an age, or an empty string.
    :param day: (year, month, day, weekday from Monday 0) as far as they are known, for a day.
    :param factor: What its scale and its unit make of the bare number.
    """

    kind: Kind
    start: int
    end: int
    low: float = 0.0
    high: float = 0.0
    unit: str = ""
    day: Parts = (None, None, None, None)
    factor: float = field(default=1.0, compare=False)

    @property
    def exact(self) -> bool:
        """Whether it is a single number."""
        return self.low == self.high

    def comparable(self, other: "Value") -> bool:
        """Tell whether both are values of one kind in one unit."""
        return self.kind == other.kind and self.unit == other.unit

    def agrees(self, other: "Value") -> bool:
        """Tell whether both can be right of one thing; the German "19." may be an ordinal."""
        kinds = {self.kind, other.kind}
        if not self.comparable(other) and (self.unit or kinds != {"ordinal", "number"}):
            return False
        if self.kind == "day":
            pairs = zip(self.day, other.day, strict=True)
            known = [(one, two) for one, two in pairs if one is not None and two is not None]
            return bool(known) and all(one == two for one, two in known)
        return self.low <= other.high and other.low <= self.high

    def contradicts(self, other: "Value") -> bool:
        """Tell whether both are of one kind and cannot both be right of one thing.

        What is vague, e.g. ``dozens``, says too little to be contradicted.
        """
        if not self.comparable(other) or self.agrees(other):
            return False
        if self.kind == "day":
            pairs = zip(self.day, other.day, strict=True)
            return any(one is not None and its is not None for one, its in pairs)
        return all(value.high <= _VAGUE_FROM * value.low for value in (self, other))


def find_values(text: str, language: str, published: str | None = None) -> list[Value]:
    """Find the numbers, times and days of a sentence, in its order.

    :param text: The sentence.
    :param language: Its BCP 47 code; digits are read in every language, words in some.
    :param published: The day of its document, ``YYYY-MM-DD``, by which weekdays become dates.
    """
    found = [*_days(text, language, published), *_times(text)]
    spans = sorted((value.start, value.end) for value in found)
    # Up to where those that begin at one place or before it reach.
    reach = list(accumulate((end for _, end in spans), max))
    numbers: list[Value] = []
    for value in sorted(
        [*_vague(text, language), *_in_digits(text, language), *_in_words(text, language)],
        key=lambda value: (value.start, -value.end),
    ):
        before = bisect_left(spans, (value.end,))
        if before and reach[before - 1] > value.start:
            continue
        if not numbers or numbers[-1].end <= value.start:
            numbers.append(value)
    return sorted([*found, *_join_ranges(text, numbers)], key=lambda value: value.start)


def _vague(text: str, language: str) -> Iterator[Value]:
    if language == "en":
        for match in _VAGUE.finditer(text):
            low = _VAGUE_BASE[match[2].lower()] * _VAGUE_BASE.get((match[1] or "").lower(), 1.0)
            yield Value("number", *match.span(), low, 10 * low)


@cache
def _blanks(language: str) -> str:
    """Return what stands between thousands in a language (CLDR)."""
    locale = find_locale(language)
    symbols = locale.number_symbols.get("latn", {}) if locale else {}
    return _HARD_BLANKS + (" " if symbols.get("group", ",").isspace() else "")


@cache
def _numerals(blanks: str) -> re.Pattern[str]:
    return re.compile(_DIGITS.replace("BLANKS", blanks))


def _in_digits(text: str, language: str) -> Iterator[Value]:
    blanks = _blanks(language)
    for match in _numerals(blanks).finditer(text):
        digits = (match["digits"] or match["glued"] or match["over"]).translate(
            dict.fromkeys(map(ord, blanks))
        )
        if match["decade"]:  # "the 80s" are no number
            continue
        plain = digits
        if _GROUPED.fullmatch(digits):
            # One point and three digits are a decimal fraction in English.
            if language != "en" or "." not in digits or digits.count(".") > 1:
                plain = re.sub(r"[.,]", "", digits)
        elif language != "en" and digits.count(",") == 1 and "." not in digits:
            plain = digits.replace(",", ".")
        else:
            plain = digits.replace(",", "")
        try:
            value = float(plain)
        except ValueError:
            continue
        if value > _LARGEST or _FRACTION.match(text, match.end()):
            continue
        if match["over"]:  # "1/4"
            value /= int(match["under"])
        if match["up"]:  # "2-1/4"
            value += int(match["up"]) / max(int(match["down"]), 1)
        end = match.start() + len(digits) if match["glued"] else match.end()
        place = _place(plain)
        yield _described(
            text, language, match.start(), end, value, place, ordinal=bool(match["ordinal"])
        )


def _in_words(text: str, language: str) -> Iterator[Value]:
    if language not in _SPELT:
        return
    whole = _SURROGATE.sub("\ufffd", text)
    words = (word for word in _ALPHANUMERIC.findall(whole) if len(word) <= _LONGEST_NUMERAL)
    if not any(map(_is_spelt, words, repeat(language))):
        return
    pieces = [_Piece(match[0], *match.span()) for match in _PIECE.finditer(whole)]
    for number in _read(pieces, language):
        start, end = pieces[number.start].start, pieces[number.end - 1].end
        # "One" and "first" are rarely counts; what has digits was read already.
        if number.value > 1 and not any(map(str.isdigit, text[start:end])):
            plural = number.is_ordinal and language == "en" and text[end - 1] == "s"
            if not plural and not _FRACTION.match(text, end):
                plain = f"{number.value:.6f}".rstrip("0").rstrip(".")
                ordinal = bool(number.is_ordinal)
                yield _described(
                    text, language, start, end, number.value, _place(plain), ordinal=ordinal
                )


@lru_cache(maxsize=1 << 16)
def _is_spelt(word: str, language: str) -> bool:
    """Tell whether a word is a number; without one such word text2num finds none in a text."""
    return bool(_read([_Piece(word, 0, len(word))], language))


def is_numeral(word: str, language: str) -> bool:
    """Tell whether a word is a number, in digits or spelt out."""
    if any(map(str.isdigit, word)):
        return True
    return language in _SPELT and len(word) <= _LONGEST_NUMERAL and _is_spelt(word, language)


def unit_of(word: str, language: str) -> tuple[str, float] | None:
    """Return of what kind a word is a unit, and how many of the first of its kind it is."""
    return _measures(language)[1].get(_plain(word))


def _read(pieces: "list[_Piece]", language: str) -> list[Any]:
    from text_to_num import find_numbers

    return list(find_numbers(pieces, language, threshold=0))


class _Piece:
    """A word or what is between two, as text2num takes it."""

    __slots__ = ("end", "start", "word")

    def __init__(self, word: str, start: int, end: int) -> None:
        self.word, self.start, self.end = word, start, end

    def text(self) -> str:
        return self.word

    def nt_separated(self, previous: "_Piece") -> bool:  # noqa: ARG002
        return False

    def not_a_number_part(self) -> bool:
        return False


def _place(plain: str) -> float:
    """Return the unit of the last digit that counts, e.g. 100 for ``1200``."""
    whole, _, fraction = plain.partition(".")
    if fraction:
        return float(10.0 ** -len(fraction))
    zeros = len(whole) - len(whole.rstrip("0"))
    return float(10 ** (zeros if zeros < len(whole) else 0))


def _described(
    text: str, language: str, start: int, end: int, value: float, place: float, *, ordinal: bool
) -> Value:
    """Add to a bare number its scale, its unit and how far it may be off."""
    scale, money = _SCALE.match(text, end), _MONEY_BEFORE.search(text, max(start - _FAR, 0), start)
    scaled = 1.0
    if scale and (scale[1] or money):
        scaled = _SCALES[(scale[1] or scale[2]).lower()]
        value, place, end = value * scaled, place * scaled, scale.end()
        slack = min(place, _ROUNDING_SCALED * value)
    else:
        slack = min(place / 2, _ROUNDING * value) if value >= _EXACT_BELOW and place > 1 else 0.0
    kind: Kind = "ordinal" if ordinal else "number"
    unit = ""
    if money:
        sign = money[1] or money[2]
        kind, unit = "money", _CURRENCIES.get(sign.lower(), sign)
        start = money.end() - len(money[0].lstrip())
    elif percent := _PERCENT.match(text, end):
        kind, unit, end = "percent", "%", percent.end()
    elif behind := _MONEY_BEHIND.match(text, end):
        name = behind[1].lower().rstrip("s")
        kind, unit, end = "money", _CURRENCIES.get(name, name), behind.end()
    elif age := _AGE.match(text, end):
        kind, unit, end = "age", (age[1] or age[2])[0].lower(), age.end()
    elif not ordinal and (measure := _measures(language)[0].match(text, end)):
        unit, factor = _measures(language)[1][_plain(measure[1])]
        slack = min(0.45 * place, _ROUNDING * value)
        value, slack, end = value * factor, slack * factor, measure.end()
        scaled *= factor
    low, high, start = _meant(text, start, value, slack)
    return Value(kind, start, end, low, high, unit, factor=scaled)


def _meant(text: str, start: int, value: float, slack: float) -> tuple[float, float, int]:
    """Return the least and the largest number meant, and where the words that say so start."""
    bound = _BOUND.search(text, max(start - _FAR, 0), start)
    if bound and bound.lastindex:
        least, most = list(_BOUNDS)[bound.lastindex - 1]
        return least * value, most * value, bound.start()
    return value - slack, value + slack, start


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


@cache
def _measures(language: str) -> tuple[re.Pattern[str], dict[str, tuple[str, float]]]:
    """Return a pattern of the names of units in a language (CLDR), and what each is of."""
    from babel.units import format_unit

    found: dict[str, tuple[str, float]] = {}
    # "Kilometres" are British.
    locales = map(find_locale, (language, "en-GB") if language == "en" else (language,))
    units = [(kind, *unit) for kind, own in _MEASURES.items() for unit in own.items()]
    for locale, (kind, unit, factor) in product(filter(None, locales), units):
        for length, number in product(_LENGTHS, (1, 2, 5, 11)):
            shown = format_unit(number, f"{kind}-{unit}", length, locale=locale)
            name = _plain(re.sub(r"\d+", " ", shown))
            # "In" is hardly ever an inch, and a letter may be anything.
            if len(name) > 1 and name != "in":
                found.setdefault(name, (kind, factor))
    names = sorted(found, key=lambda name: (-len(name), name))
    spaced = (r"\s+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"[\s-]*({'|'.join(spaced) or '(?!)'})(?!\w)", re.I), found


_BETWEEN_ENDS = frozenset({"-", "–", "—", "to", "or"})


def _join_ranges(text: str, found: Sequence[Value]) -> list[Value]:
    """Make one value of both ends of a range, e.g. ``25-40%`` or ``between 3 and 4 million``.

    The scale and the unit of the second end are also those of a first one that has neither.
    """
    joined: list[Value] = []
    for value in found:
        last = joined[-1] if joined else None
        if last and _is_range(text, last, value):
            bare = last.kind == "number" and not last.unit and last.factor == 1
            factor = value.factor if bare and last.low * value.factor < value.high else 1.0
            low, high = min(last.low * factor, value.low), max(last.high * factor, value.high)
            joined[-1] = replace(value, start=last.start, low=low, high=high)
        else:
            joined.append(value)
    return joined


def _is_range(text: str, one: Value, other: Value) -> bool:
    between = text[one.end : other.start].strip().casefold()
    before = text[max(one.start - _FAR, 0) : one.start].rstrip().casefold()
    return between in _BETWEEN_ENDS or (between == "and" and before.endswith("between"))


def _times(text: str) -> Iterator[Value]:
    for match in _CLOCK.finditer(text):
        hour, minute, half, hour_24, minute_24 = match.groups()
        minutes = 60.0 * int(hour or hour_24) + int(minute or minute_24 or 0)
        if hour:
            minutes = minutes % 720 + 720 * (half in ("p", "P"))
        if int(hour or 0) <= 24:
            yield Value("time", *match.span(), minutes, minutes)


def _days(text: str, language: str, published: str | None) -> Iterator[Value]:
    for found in find_dates(text, language, as_day(published)):
        year, month, day, weekday = found.parts
        # Of a range of days, the month alone is one value.
        parts = (year, month, None, None) if found.until else (year, month, day, weekday)
        yield Value("day", found.start, found.end, day=parts)


# The words that deny, in the languages in which most denials have one. Where a verb itself denies,
# as in Czech, Turkish and Japanese, these are its forms; some other words look like them, and what
# has one is then not told to agree with what has none. In Persian, too many do.
_LETTER = r"[\w\u0900-\u0963]"
_DENYING = {
    "ar": r"[وف]?(?:لا|لم|لن|ليس\w{0,3}|غير|دون|بدون)",
    "bg": "не|ни(?:кога|кой|що|то)|няма|без",
    "ca": "no|mai|ningú|res|cap|sense|ni",
    "cs": r"ne(?!j|bo\b|ž\b|děl)\w*|ni(?:kdy|kdo|c)|žádn\w+|bez|ani",
    "da": "ikke|ingen|intet|aldrig|uden|hverken",
    "de": r"nicht|kein\w{0,2}|nie|niemals|niemand\w{0,2}|nichts|weder|ohne",
    "el": "δεν|μην?|όχι|ποτέ|κανείς|κανένας?|καμία|τίποτα|χωρίς|ούτε",
    "en": r"(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t)(?!['’])",
    "es": "no|nunca|jamás|nadie|nada|ning[uú]n[oa]?s?|sin|tampoco|ni",
    "fi": "e[nit]|emme|ette|eivät|eikä|älä|ilman",
    "fr": "ne|n(?=['’])|pas|jamais|aucune?|rien|sans|ni|non",
    "he": "ו?(?:לא|אין|אינ(?:ו|ה|ם|ן)|מעולם|ללא|בלי)",
    "hi": "नहीं|नही|न|मत|बिना|बग़ैर",
    "hu": r"nem|ne|sem|soha|senki|semmi|nincs\w*|nélkül",
    "id": "tidak|tak|bukan|belum|tanpa|jangan",
    "it": "non|mai|nessun[oa]?|niente|nulla|senza|né|neppure",
    "nl": "niet|geen|nooit|niemand|niets|zonder|noch",
    "no": "ikke|ingen|intet|aldri|uten|verken",
    "pl": r"nie|nigdy|nikt|nic|żad\w+|bez|ani",
    "pt": "não|nunca|jamais|ninguém|nada|nenhuma?|sem|nem",
    "ro": "nu|n(?=-)|ni(?:ci(?:odată|un|o)?|meni|mic)|fără",
    "ru": r"не|ни|нет|никогда|никто|ничего|никак\w+|без",
    "sk": r"ne(?!j|bo\b|ž\b|deľ)\w*|nie|ni(?:kdy|kto|č)|žiadn\w+|bez|ani",
    "sv": "inte|ej|icke|ing(?:en|et|a)|aldrig|utan|varken",
    "tr": r"\w{2,}m[aeıiuü](?:d[ıi]|dan|den|mış|miş|y[ae]c|yor|z)\w*|değil\w*|yok\w*|hiç|asla",
    "uk": "не|ні|ніколи|ніхто|нічого|немає|без",
    "vi": "không|chưa|chẳng|đừng",
}
# Where words are not set apart, or change at their end.
_DENYING_WITHIN = {
    "ja": "ない|なかっ|なく|ませ?ん|[ずぬ](?=[、。に])|[不未無]",
    "ko": "않|못|없|아니|안 ",
    "th": "ไม่|มิได้|ไร้",
    "zh": "[不没沒未无無非否]",
}
DENYING = frozenset(_DENYING | _DENYING_WITHIN)
_NOT_DENYING = re.compile(r"not\s+only\b|no\s+(?:longer\s+than|more\s+than|later\s+than|\d)", re.I)


def find_denials(text: str, language: str) -> list[tuple[int, int]]:
    """Return start and end of each word that denies, e.g. ``not``, ``didn't`` and ``nicht``."""
    pattern = _denials(language)
    return [
        match.span()
        for match in (pattern.finditer(text) if pattern else ())
        if not (language == "en" and _NOT_DENYING.match(text, match.start()))
    ]


@cache
def _denials(language: str) -> re.Pattern[str] | None:
    if language in _DENYING_WITHIN:
        return re.compile(_DENYING_WITHIN[language])
    if language not in _DENYING:
        return None
    return re.compile(rf"(?<!{_LETTER})(?:{_DENYING[language]})(?!{_LETTER})", re.I)
