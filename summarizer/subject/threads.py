"""Threads: matrices are multiplied in one, and a fork waits until no other is summarizing.

OpenBLAS and other libraries hold locks while they compute. A fork copies these as they are, with
nobody to open them in the new process; OpenBLAS itself, asked before a fork to end its threads, may
wait for ever for one that another thread uses.
"""

import os
from collections import Counter
from contextlib import AbstractContextManager, ContextDecorator
from functools import cache
from threading import Condition, get_ident
from time import monotonic
from typing import Any

# Longest time, in seconds, that a fork and a summary wait for each other before both go on at their
# own risk: an encoder may itself fork, or wait for a thread that summarizes.
_PATIENCE = 30.0


class _Gate(ContextDecorator):
    """Counts the summaries in progress per thread, and the forks waiting for them."""

    def __init__(self) -> None:
        self.changed = Condition()
        self.summaries: Counter[int] = Counter()
        self.forks = 0

    def __enter__(self) -> None:
        with self.changed:
            own = self.summaries[get_ident()]
            self.changed.wait_for(lambda: own or not self.forks, _PATIENCE)
            self.summaries[get_ident()] += 1

    def __exit__(self, *_: object) -> None:
        with self.changed:
            self.summaries[get_ident()] -= 1
            self.summaries += Counter()  # drops zero counts
            self.changed.notify_all()

    def before_fork(self) -> None:
        self.changed.acquire()
        self.forks += 1
        until = monotonic() + _PATIENCE
        while set(self.summaries) - {get_ident()} and (left := until - monotonic()) > 0:
            self.changed.wait(left)

    def after_fork(self) -> None:
        self.forks -= 1
        self.changed.notify_all()
        self.changed.release()

    def after_fork_in_child(self) -> None:
        # Other threads do not exist in the child.
        self.changed, self.forks = Condition(), 0
        self.summaries = +Counter({get_ident(): self.summaries[get_ident()]})


# Makes forks in other threads wait until this context or function ends.
unforked = _Gate()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=unforked.before_fork,
        after_in_parent=unforked.after_fork,
        after_in_child=unforked.after_fork_in_child,
    )


@cache
def _controller() -> Any:
    from threadpoolctl import ThreadpoolController

    # Only numpy's own OpenBLAS: encoders multiply large matrices, which gain from threads.
    return ThreadpoolController().select(internal_api="openblas")


def one_thread() -> AbstractContextManager[Any]:
    """Return a context in which numpy multiplies matrices in one thread.

    The matrices are small: threads that wait for one another take longer, several times as long
    where another program keeps a core busy.
    """
    limit: AbstractContextManager[Any] = _controller().limit(limits=1)
    return limit
