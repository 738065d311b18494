"""What a number in a text may stand for: rounded, at least, nearly."""

from dataclasses import dataclass
from typing import Literal

Bound = Literal["", "about", "nearly", "less", "most", "more", "over", "least"]

# What is said of a number in front of it. Some of these words say also where something is, as in
# "spread over 78 samples", so that the number itself may be meant.
_PHRASES: tuple[tuple[Bound, str], ...] = (
    ("about", "about|around|roughly|approximately|some|estimated"),
    ("nearly", "nearly|almost|close to|just short of|just shy of"),
    ("less", "less than|fewer than"),
    ("most", "under|below|up to|as many as|as much as|at most|no more than|not more than"),
    ("more", "more than|exceeding|upwards of|upward of|wider than|longer than|larger than"),
    ("more", "greater than|higher than|older than"),
    ("over", "over|above"),
    ("least", "at least|minimum of|no fewer than|no less than|not fewer than|not less than"),
)
BOUNDS: dict[tuple[str, ...], Bound] = {
    tuple(words.split()): bound for bound, phrases in _PHRASES for words in phrases.split("|")
}
_SHARE_OF_ROUNDING = 0.05
_SHARE_OF_ABOUT = 0.1
_SHARE_OF_NEARLY = 0.1
_SHARE_OF_MOST = 0.5
_TIMES_OF_MORE = 2


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text gives it.

    :param value: The number.
    :param place: The unit of its last digit that counts, e.g. 100,000 in 1.2 million.
    :param bound: What is said of it.
    """

    value: float
    place: float
    bound: Bound = ""

    def contradicts(self, other: "Quantity") -> bool:
        """Tell whether no number can be meant by both; a rounded one agrees with an exact one."""
        # "At least 12" is what was counted so far: it is 12, but no less than "more than 12".
        mine, its = (bound if bound != "least" else "" for bound in (self.bound, other.bound))
        if {self.bound, other.bound} == {"least", "more"} and self.value == other.value:
            return False
        if mine == its:
            apart = abs(self.value - other.value)
            if self.bound in {"more", "over"}:
                return apart >= max(self.place, other.place)
            return apart > max(self._rounding, other._rounding)
        (low, low_in, high, high_in) = self._range
        (least, least_in, most, most_in) = other._range
        if high < least or most < low:
            return True
        return (high == least and not (high_in and least_in)) or (
            most == low and not (most_in and low_in)
        )

    def covers(self, other: "Quantity") -> bool:
        """Tell whether another number, being so, makes this one right."""
        if other.bound not in {"", "least", self.bound}:
            return False
        if self.bound in {other.bound, "least"} and self.value == other.value:
            return True
        if self.bound not in {"", "least"}:
            low, low_in, high, high_in = self._range
            above = other.value > low or (low_in and other.value == low)
            return (
                not other.bound
                and above
                and (other.value < high or (high_in and other.value == high))
            )
        if self.value == other.value:
            return True
        near = abs(self.value - other.value) <= self._rounding
        return near and other.place < self.place

    @property
    def _rounding(self) -> float:
        """How far the number meant may be from the one given."""
        if self.place >= 1 and self.value < 100:
            return 0.5
        return max(min(self.place / 2, _SHARE_OF_ROUNDING * self.value), 0.0)

    @property
    def _range(self) -> tuple[float, bool, float, bool]:
        """Return the least number meant, whether it is one, the largest, and whether it is one."""
        value = self.value
        match self.bound:
            case "about":
                slack = _SHARE_OF_ABOUT * value
                return value - slack, True, value + slack, True
            case "nearly":
                return (1 - _SHARE_OF_NEARLY) * value, True, value, False
            case "less" | "most":
                return _SHARE_OF_MOST * value, True, value, self.bound == "most"
            case "more" | "over":
                return value, self.bound == "over", _TIMES_OF_MORE * value, True
        return value, True, value, True
