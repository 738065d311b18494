"""How long a summary may be, and what a sentence takes of that."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral, Real

import numpy as np
import numpy.typing as npt

from .datatypes import Budget
from .defaults import WORDS
from .errors import BudgetError
from .text.tokens import count_words, normalize_space


@dataclass(frozen=True, slots=True)
class Length:
    """The length asked for: one of the four is set, or none for 150 words.

    :param words: Most words, 1 or more.
    :param sentences: Most sentences, 1 or more.
    :param chars: Most characters, blanks between sentences counted, 1 or more.
    :param ratio: Most words as a share of the words that may be quoted, above 0 to 1.
    :raises BudgetError: If several are set, or one is out of range.
    """

    words: int | None = None
    sentences: int | None = None
    chars: int | None = None
    ratio: float | None = None

    def __post_init__(self) -> None:
        named = {
            "words": self.words,
            "sentences": self.sentences,
            "chars": self.chars,
            "ratio": self.ratio,
        }
        given = [name for name, value in named.items() if value is not None]
        if len(given) > 1:
            raise BudgetError(f"give one length, not {' and '.join(given)}")
        for name in ("words", "sentences", "chars"):
            value = named[name]
            whole = isinstance(value, Integral) and not isinstance(value, bool)
            if value is not None and (not whole or value < 1):
                raise BudgetError(f"{name} must be a whole number of 1 or more, not {value}")
        number = isinstance(self.ratio, Real)
        if self.ratio is not None and not (number and 0 < self.ratio <= 1):
            raise BudgetError(f"ratio must be above 0 and at most 1, not {self.ratio}")

    def budget(self, sentences: Iterable[str]) -> Budget:
        """Return the budget for given sources.

        :param sentences: All sentences that may be quoted.
        :raises BudgetError: If it is a ratio of so little text that no word is left.
        """
        if self.sentences is not None:
            return Budget("sentences", int(self.sentences))
        if self.chars is not None:
            return Budget("chars", int(self.chars))
        if self.ratio is None:
            return Budget("words", WORDS if self.words is None else int(self.words))
        total = sum(map(count_words, sentences))
        # A share such as 0.07 * 100 must not lose a word to rounding.
        limit = math.floor(self.ratio * total + 1e-9)
        if limit < 1:
            raise BudgetError(f"a ratio of {self.ratio} of {total} words is less than one word")
        return Budget("words", limit)

    def __str__(self) -> str:
        if self.ratio is not None:
            return f"ratio {float(self.ratio)!r}"
        if self.sentences is not None:
            return f"sentences {self.sentences}"
        if self.chars is not None:
            return f"chars {self.chars}"
        return f"words {WORDS if self.words is None else self.words}"


def sentence_costs(sentences: Iterable[str], budget: Budget) -> tuple[npt.NDArray[np.intp], int]:
    """Return what sentences take of a budget.

    :param sentences: n texts.
    :param budget: The budget.
    :return: (n,) intp costs, and the most they may add up to. A character budget is one larger,
        and each cost too, for the blank between sentences.
    """
    if budget.unit == "sentences":
        return np.fromiter((1 for _ in sentences), dtype=np.intp), budget.limit
    if budget.unit == "chars":
        lengths = (len(normalize_space(text)) + 1 for text in sentences)
        return np.fromiter(lengths, dtype=np.intp), budget.limit + 1
    words = (count_words(text.replace("\0", " ")) for text in sentences)
    return np.fromiter(words, dtype=np.intp), budget.limit


def require_room(costs: npt.NDArray[np.intp], budget: Budget) -> None:
    """Make sure that at least one sentence fits.

    :param costs: As ``sentence_costs`` returns them, of sentences that can stand alone; at least
        one.
    :param budget: The budget.
    :raises BudgetError: If the shortest sentence exceeds the budget; it names the least that works.
    """
    least = int(costs.min()) - (1 if budget.unit == "chars" else 0)
    if least > budget.limit:
        raise BudgetError(
            f"no sentence that can stand alone is as short as {_count(budget.limit, budget.unit)}: "
            f"the shortest has {_count(least, budget.unit)}; ask for {least} or more"
        )


def _count(number: int, unit: str) -> str:
    return f"{number} {unit if number != 1 else unit.removesuffix('s')}"
