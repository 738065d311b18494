"""Whether time grows as fast as a text."""

from collections.abc import Callable
from time import process_time

# What comes behind, so that what began to match fails at the end.
_END = "\x00!"
# Characters of tokens at first, so that exponential time is met early, and then.
_FEW = 64
_MANY = 8000
# Seconds below which so many are done in linear time, as quadratic time is longer.
_NOTICED = 0.004
# Time grows by 2 at each doubling where it is linear, by 4 where it is quadratic.
_GROWTH = 2.5
_TRIES = 5


def is_linear(use: Callable[[str], object], token: str) -> bool:
    """Tell whether twice as many tokens take twice as long, or no time."""
    for size in (_FEW, _MANY):
        if _seconds(use, token, size) >= _NOTICED:
            # Other work on the machine makes single runs slow.
            return any(_ratio(use, token, size) <= _GROWTH for _ in range(_TRIES))
    return True


def _ratio(use: Callable[[str], object], token: str, size: int) -> float:
    short, long = (min(_seconds(use, token, n * size) for _ in range(2)) for n in (1, 2))
    return long / short if long >= _NOTICED else 0.0


def _seconds(use: Callable[[str], object], token: str, size: int) -> float:
    text = token * (size // len(token)) + _END
    start = process_time()
    use(text)
    return process_time() - start
