"""One thread for products of matrices, while a summary is made.

The matrices are small: threads that wait for one another take longer, several times as long where
another program keeps a core busy.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any


class _Limit:
    """What several summaries at once share: the first begins it, the last ends it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.summaries = 0
        self.limiter: Any = None


_LIMIT = _Limit()


@contextmanager
def one_thread() -> Iterator[None]:
    """Let numpy multiply matrices in one thread, and as before in the end."""
    with _LIMIT.lock:
        if not _LIMIT.summaries:
            _LIMIT.limiter = _controller().limit(limits=1)
        _LIMIT.summaries += 1
    try:
        yield
    finally:
        with _LIMIT.lock:
            _LIMIT.summaries -= 1
            if not _LIMIT.summaries:
                _LIMIT.limiter.restore_original_limits()


@cache
def _controller() -> Any:
    from threadpoolctl import ThreadpoolController

    # That of numpy's wheels; others may be those of an encoder, the matrices of which are large.
    return ThreadpoolController().select(internal_api="openblas")
