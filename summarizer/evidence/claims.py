"""What a sentence states that similar words can hide: numbers, dates, denials, opposites."""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from ..text.tokens import word_spans
from .days import Calendar, Day
from .naming import CAPITAL_NOUNS, Name, find_names, quotations
from .numerals import find_quantities
from .quantities import Quantity
from .vocabulary import AGENCIES, CLAUSAL, DENIALS, GENERAL_DENIAL, OPPOSITES, TELLING

Kind = Literal[
    "number",
    "label",
    "percent",
    "money",
    "age",
    "ordinal",
    "time",
    "date",
    "weekday",
    "opposite",
    "denial",
    "name",
]

# A capital behind this says nothing.
_OPENING = re.compile(r"[.!?:][\"'“”’»)]*\s+[\"'“‘„«(]*$")
# A year has so many digits, and nothing more: "1,500" is none.
_YEAR = 4
_HALF_DAY = 720
# So far back such things are looked for; a sentence may be as long as a book.
_FAR = 20
_ASIDE = re.compile(r"\([^()]*\)")
# A longer one says something, and so does one with a word that ends like this.
_SHORT_ASIDE = 4
_OF_DEEDS = ("ed", "ing", "en")
_OPEN_QUESTION = re.compile(r"\bor not\b|\bnot only\b", re.IGNORECASE)
# French "ne paie plus": no longer.
_NO_MORE = re.compile(r"\b(?:ne\s|n['’])\S+\s+$", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Prof|Rev|Spc)$")


@dataclass(frozen=True, slots=True)
class Value:
    """What can be told otherwise: a number, a day, a word that has an opposite.

    :param kind: What it is; only values of one kind contradict one another.
    :param start: The offset of its first character in the sentence.
    :param end: The offset behind its last character.
    :param quantity: The number, for numbers of all kinds.
    :param day: The day, for dates.
    :param choice: Which of a few it is, e.g. a weekday, with what it is one of.
    """

    kind: Kind
    start: int
    end: int
    quantity: Quantity | None = None
    day: Day | None = None
    choice: tuple[str, int] = ("", 0)

    def contradicts(self, other: "Value") -> bool:
        """Tell whether both cannot be right of one thing."""
        if self.kind != other.kind:
            return False
        if self.quantity and other.quantity:
            # Unless both are surely of 24 hours, they may be of either half of the day.
            if self.kind == "time" and not (self.choice[0] and self.choice == other.choice):
                return (self.quantity.value - other.quantity.value) % _HALF_DAY != 0
            return self.choice == other.choice and self.quantity.contradicts(other.quantity)
        if self.day and other.day:
            return self.day.contradicts(other.day)
        return self.choice[0] == other.choice[0] and self.choice != other.choice

    def covers(self, other: "Value") -> bool:
        """Tell whether another makes this one right."""
        if self.quantity and other.quantity:
            same = self.choice == other.choice or "" in {self.choice[0], other.choice[0]}
            return same and self.quantity.covers(other.quantity)
        if self.day and other.day:
            return self.day.covers(other.day)
        if self._year is not None and self._year == other._year:
            return True
        return self.kind == other.kind and self.choice == other.choice

    @property
    def bare_year(self) -> bool:
        """Whether it is a number that may be a year."""
        if self.kind != "number" or self.quantity is None or self.end - self.start != _YEAR:
            return False
        return 1500 <= self.quantity.value < 2100

    @property
    def _year(self) -> float | None:
        """The year it is, or may be for a bare number."""
        if self.day:
            return self.day.year
        return self.quantity.value if self.quantity and self.kind == "number" else None


class Word(NamedTuple):
    """A word of a sentence.

    :param stem: Its stem.
    :param weight: How telling it is; 0 for a stop word.
    :param start: The offset of its first character in the sentence.
    :param end: The offset behind its last character.
    :param name: Whether it is written as a name, inside the sentence.
    """

    stem: str
    weight: float
    start: int
    end: int
    name: bool


class Claim:
    """What a sentence states.

    :param text: The sentence.
    :param language: BCP 47 code of its language, or an empty string.
    :param stem: From a case-folded word to its stem.
    :param weights: How telling each stem is.
    """

    def __init__(
        self,
        text: str,
        language: str = "en",
        stem: Callable[[str], str] = str,
        weights: Mapping[str, float] | None = None,
    ) -> None:
        self.text = text
        self.language = language
        self.stem = stem
        self._weights = weights

    @cached_property
    def values(self) -> list[Value]:
        """All values in it, by their place."""
        days = [
            Value("date" if day else "weekday", start, end, day=day, choice=choice)
            for start, end, day, choice in Calendar.of(self.language).find(self.text)
        ]
        taken = [(value.start, value.end) for value in days]
        numbers = [
            Value(kind, start, end, quantity=quantity, choice=(unit, 0))
            for kind, start, end, quantity, unit in find_quantities(self.text, self.language, taken)
        ]
        return sorted([*days, *numbers, *self._opposites()], key=lambda value: value.start)

    @cached_property
    def denials(self) -> list[Value]:
        """The words that deny something in it.

        Those of a number do not, e.g. ``no more than``, nor do ``whether or not`` and
        ``not guilty``.
        """
        known = DENIALS.get(self.language, frozenset())
        silent = [
            (value.start, value.end)
            for value in self.values
            if value.quantity or value.kind == "opposite"
        ]
        silent += [match.span() for match in _OPEN_QUESTION.finditer(self.text)]
        return [
            Value("denial", start, end)
            for start, end, word in self._spoken
            if (
                word in known
                or (self.language == "en" and word.endswith(GENERAL_DENIAL))
                or (word == "plus" and _NO_MORE.search(self.text, max(start - _FAR, 0), start))
            )
            and not any(first <= start < last for first, last in silent)
        ]

    @cached_property
    def words(self) -> list[Word]:
        """The words that are no values, in order."""
        hidden = [value for value in self.values if value.kind != "opposite"]
        taken = deque(sorted((value.start, value.end) for value in (*hidden, *self.denials)))
        names = self.language not in CAPITAL_NOUNS
        found: list[Word] = []
        for number, (start, end, word) in enumerate(self._spoken):
            while taken and taken[0][1] <= start:
                taken.popleft()
            if taken and taken[0][0] < end:
                continue
            stem = self.stem(word)
            weight = 1.0 if self._weights is None else self._weights.get(stem, 0.0)
            capital = names and number > 0 and self.text[start].isupper()
            name = capital and not self._opens(start)
            found.append(Word(stem, weight, start, end, name))
        return found

    @cached_property
    def telling(self) -> dict[str, float]:
        """Its different telling stems and how telling each is."""
        return {word.stem: word.weight for word in self.words if word.weight > 0}

    @cached_property
    def plain(self) -> dict[str, float]:
        """Those of its telling stems that are no names."""
        return {stem: weight for stem, weight in self.telling.items() if stem not in self.names}

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words, stop words too."""
        return frozenset(word.stem for word in self.words)

    @cached_property
    def wording(self) -> list[str]:
        """The stems of its words, stop words too, but not of those that say who says it."""
        return [
            word.stem
            for word in self.words
            if self.states(word.start)
            and self.text[word.start : word.end].casefold() not in TELLING
        ]

    def states(self, place: int) -> bool:
        """Tell whether a character of it is of what is stated.

        Where it is mostly a quotation that is what is quoted, else all but short asides in
        parentheses that say nothing: agencies, photographers, abbreviations.
        """
        return bisect_right(self._edges, place) % 2 == 1

    @cached_property
    def _edges(self) -> list[int]:
        """Start and end, start and end of what is stated."""
        quoted = [edge for span in quotations(self) for edge in span]
        asides = (
            edge
            for aside in _ASIDE.finditer(self.text)
            if not self._says(*aside.span())
            for edge in aside.span()
        )
        return quoted or [0, *asides, len(self.text)]

    def _says(self, first: int, last: int) -> bool:
        """Tell whether an aside states something: at length, in a number, a denial or a clause."""
        within = [word for word in self.words if first <= word.start < last]
        values = [value for value in (*self.values, *self.denials) if first <= value.start < last]
        return len(within) > _SHORT_ASIDE or bool(values) or any(map(self._is_deed, within))

    def _is_deed(self, word: Word) -> bool:
        """Tell whether a word may be of a deed, as any of other languages that has no capital."""
        written = self.text[word.start : word.end]
        if self.language != "en":
            return written.islower() and word.weight > 0
        deed = written.islower() and written.endswith(_OF_DEEDS) and written not in AGENCIES
        return deed or written in CLAUSAL

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems written as names in it."""
        return frozenset(word.stem for word in self.words if word.name and word.weight > 0)

    @cached_property
    def named(self) -> list[Name]:
        """The names in it, of one word or more."""
        return find_names(self)

    @cached_property
    def _spoken(self) -> list[tuple[int, int, str]]:
        """Start and end of each word, and the word, case-folded."""
        return [
            (start, end, self.text[start:end].casefold().replace("’", "'"))
            for start, end in word_spans(self.text)
        ]

    def _opens(self, start: int) -> bool:
        """Tell whether a capital here may be that of a sentence within the sentence."""
        found = _OPENING.search(self.text, max(start - _FAR, 0), start)
        return found is not None and not _TITLE.search(
            self.text, max(found.start() - _FAR, 0), found.start()
        )

    def _opposites(self) -> Iterator[Value]:
        if self.language == "en":
            spoken = self._spoken
            for (start, end, word), (first, _, before) in zip(
                spoken, [(0, 0, ""), *spoken], strict=False
            ):
                if before == "not" and word == "guilty":
                    yield Value("opposite", first, end, choice=(OPPOSITES[word][0], 1))
                elif choice := OPPOSITES.get(word):
                    yield Value("opposite", start, end, choice=choice)
