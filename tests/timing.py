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
_ROUNDS = 5


def is_linear(use: Callable[[str], object], token: str) -> bool:
    """Tell whether twice as many tokens take twice as long, or no time."""
    for size in (_FEW, _MANY):
        # Other work, and the collection of garbage, make single runs slow.
        if all(_seconds(use, token, size) >= _NOTICED for _ in range(2)):
            break
    short = long = float("inf")
    for number in range(_ROUNDS):
        short = min(short, _seconds(use, token, size))
        long = min(long, _seconds(use, token, 2 * size))
        if number and (long < _NOTICED or long <= _GROWTH * short):
            return True
    return False


def _seconds(use: Callable[[str], object], token: str, size: int) -> float:
    text = token * (size // len(token)) + _END
    start = process_time()
    use(text)
    return process_time() - start
