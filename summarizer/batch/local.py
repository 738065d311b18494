"""Processes on this machine, each with one core.

Threads would share one interpreter, which most of the work needs for itself. This module is both
ends of a process: ``run_local`` sends items and gets results back, ``main`` is what runs in it. A
process ends when the pipe to it does, so that none is left behind by a parent that was killed.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import LifoQueue
from threading import RLock
from typing import IO, Any, TypeVar

from ..errors import SummarizerError
from ..readers.processes import end_process, open_pipe
from .work import ONE_THREAD, Reply, Work, reply_to, result_of

Item = TypeVar("Item")
Result = TypeVar("Result")

_START = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from summarizer.batch.local import main; main()"
)
# So many items a worker may be ahead of one that takes long, so that order costs no waiting.
_AHEAD = 16
_LARGE_AHEAD = 2
_TRIES = 2


def count_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_local(
    work: Work[Item, Result], items: Iterable[Item], workers: int, *, large: bool = False
) -> Generator[tuple[Item, Result], None, None]:
    """Do items in processes of their own.

    :param work: What is done with each item.
    :param items: The items; 16 a worker are taken ahead of what is returned, of large ones 2.
    :param workers: How many processes, 1 or more.
    :param large: Whether items or results take much memory.
    :return: Each item with its result, in the order of ``items``.
    :raises SummarizerError: If the work or an item cannot be sent, or the work cannot go on.
    """
    team = _Team(_pickled(work), workers)
    waiting: deque[tuple[Item, Future[Reply | None]]] = deque()
    most = workers * (_LARGE_AHEAD if large else _AHEAD)

    def take_first() -> tuple[Item, Result]:
        item, future = waiting.popleft()
        reply = future.result()
        return item, work.lost(item) if reply is None else result_of(reply)

    try:
        for item in items:
            waiting.append((item, team.submit(_pickled(item))))
            while waiting and (waiting[0][1].done() or len(waiting) >= most):
                yield take_first()
        while waiting:
            yield take_first()
    finally:
        team.close()


def _pickled(given: object) -> bytes:
    try:
        return pickle.dumps(given)
    except Exception as error:
        message = f"{type(given).__name__} cannot be sent to another process ({error})"
        raise SummarizerError(f"{message}; workers=0 does without one") from error


class _Team:
    """A thread for each process, which waits for its replies."""

    def __init__(self, work: bytes, size: int) -> None:
        self._threads = ThreadPoolExecutor(size)
        self._all = [_Process(work) for _ in range(size)]
        # The one that was used last is taken first: few items need few processes.
        self._idle: LifoQueue[_Process] = LifoQueue()
        for process in reversed(self._all):
            self._idle.put(process)

    def submit(self, item: bytes) -> "Future[Reply | None]":
        return self._threads.submit(self._do, item)

    def _do(self, item: bytes) -> Reply | None:
        process = self._idle.get()
        try:
            return process.do(item)
        finally:
            self._idle.put(process)

    def close(self) -> None:
        for process in self._all:
            process.forbid()
        # subtle: may be called by the garbage collector in any thread, which must not join threads.
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            process.stop()


class _Process:
    """A process that is started when it is first needed, and again where it ended."""

    def __init__(self, work: bytes) -> None:
        self._work = work
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._lock = RLock()

    def do(self, item: bytes) -> Reply | None:
        """Send an item and wait for the reply; None where the process ends at each try."""
        for _ in range(_TRIES):
            try:
                process = self._process or self._start()
                stdin, stdout = open_pipe(process.stdin), open_pipe(process.stdout)
                stdin.write(pickle.dumps(item))
                stdin.flush()
                reply: Reply = pickle.load(stdout)
                return reply
            except (EOFError, OSError, pickle.UnpicklingError):
                self.stop()
                if self._closed:
                    break
            except ValueError:
                if not self._closed:
                    raise
                break  # the pipe was closed meanwhile
        return None

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise EOFError
            self._process = process = _open()
            if self._closed:  # by this very thread, where it collected garbage
                raise EOFError
        stdin = open_pipe(process.stdin)
        stdin.write(pickle.dumps(sys.path) + pickle.dumps(self._work))
        return process

    def forbid(self) -> None:
        """End the process, also while a thread waits for it, and start no other."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def stop(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            end_process(process)


def _open() -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            # -P: nothing is imported from the folder that the command is called in.
            [sys.executable, "-P", "-c", _START],
            env={**os.environ, **ONE_THREAD, "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the parent alone
        )
    except OSError as error:
        raise SummarizerError(f"a worker cannot be started ({error}); ask for fewer") from error


def main() -> None:
    """Do items until standard input ends."""
    replies = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get among the replies.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    items = sys.stdin.buffer
    work = _load(items)
    while True:
        item = _load(items)
        failed = next((given for given in (work, item) if isinstance(given, SummarizerError)), None)
        pickle.dump((False, failed) if failed else reply_to(work, item), replies)
        replies.flush()


def _load(items: IO[bytes]) -> Any:
    """Return what was sent, or why it cannot be loaded; it comes as bytes, which always can."""
    try:
        data: bytes = pickle.load(items)
    except EOFError:
        sys.exit()
    try:
        return pickle.loads(data)
    except Exception as error:
        message = f"what was sent to a process cannot be loaded there ({error})"
        return SummarizerError(f"{message}; define it in a module of its own, or use workers=0")
