"""Ctrl-C and SIGTERM: the command ends within moments, whatever it does, and leaves nothing behind.

Python answers a signal by an exception at the next instruction. That may be late, where a library
computes in C or a read began just after the signal, and it unwinds through code that may wait for
a thread or a process. So a thread waits for signals instead: it puts in order what was registered
here and ends the process. What the process started ends with it.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import RLock, Thread

# Longest wait, in seconds, for what must not be cut, e.g. a line to a pipe that nobody reads.
_PATIENCE = 2.0
_SHOW_CURSOR = b"\x1b[?25h"
_SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM})

_WHOLE = RLock()
_LAST: list[Callable[[], None]] = []


def answer_signals() -> None:
    """Let SIGINT end this process with 130 and SIGTERM with 143; one that is ignored stays so."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            # Any Python handler makes Python write the number to the pipe.
            signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    Thread(target=_wait, args=(reader,), daemon=True).start()


def whole() -> RLock:
    """Return a context in which a signal does not end the process, unless it lasts too long."""
    return _WHOLE


@contextmanager
def at_signal(action: Callable[[], None]) -> Iterator[None]:
    """Run an action before a signal ends the process within this context.

    :param action: Runs in another thread; may neither wait nor use buffered files.
    """
    _LAST.append(action)
    try:
        yield
    finally:
        _LAST.remove(action)


def _wait(reader: int) -> None:
    while (number := os.read(reader, 1)[0]) not in _SIGNALS:
        continue
    _WHOLE.acquire(timeout=_PATIENCE)
    for action in reversed(_LAST):
        with suppress(Exception):
            action()
    with suppress(OSError):
        if os.isatty(2):
            os.write(2, _SHOW_CURSOR)
    os._exit(128 + number)
