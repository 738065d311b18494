"""Whether time grows as fast as a text."""

import gc
from collections.abc import Callable
from time import process_time

# What comes behind, so that what began to match fails at the end.
_END = "\x00!"
# Characters of tokens at first, so that exponential time is met early, and then.
_FEW = 64
_MANY = 8000
# Seconds below which so many are done in linear time, as quadratic time is longer.
_NOTICED = 0.004
# How many times as many tokens are tried: in linear time each takes as long as before,
# in quadratic time 8 times as long. A slow spell of the machine is far from either.
_TIMES = (4, 8)
_SLOWER = 3.0
_TRIES = 3


def is_linear(use: Callable[[str], object], token: str) -> bool:
    """Tell whether a token takes as long, or no time, where there are many times as many."""
    for size in (_FEW, _MANY):
        few = _seconds(use, token, size, runs=2)
        if few >= _NOTICED:
            for _ in range(_TRIES):
                if _grows_linearly(use, token, size, few):
                    return True
                few = _seconds(use, token, size, runs=2)
            return False
    return True


def _grows_linearly(use: Callable[[str], object], token: str, size: int, few: float) -> bool:
    for times in _TIMES:
        many = _seconds(use, token, times * size, runs=1)
        if many >= max(_NOTICED, _SLOWER * times * few):
            return False
    return True


def _seconds(use: Callable[[str], object], token: str, size: int, runs: int) -> float:
    """Return the least of some runs, as other work on the machine makes single ones long."""
    text = token * (size // len(token)) + _END
    collects = gc.isenabled()
    gc.disable()
    try:
        return min(_run(use, text) for _ in range(runs))
    finally:
        if collects:
            gc.enable()


def _run(use: Callable[[str], object], text: str) -> float:
    start = process_time()
    use(text)
    return process_time() - start
