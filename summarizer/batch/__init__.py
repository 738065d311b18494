"""Many topics side by side: what a worker does with each, and the workers.

Whatever is a ``concurrent.futures.Executor`` can do the work. The workers of this module are
processes on this machine. Threads would share one interpreter, which most of the work needs for
itself.
"""

import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import count
from multiprocessing import resource_tracker
from queue import LifoQueue
from threading import RLock, Thread
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, TypeVar, Unpack

from ..errors import OptionError, SummarizerError
from ..settings import MODEL, Ranker, Request, Settings
from .topics import Outcome, Topic

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from ..datatypes import Document
    from ..encoders import Encoder
    from ..subject.summary import Summary
    from ..subject.timelines import Timeline

Item = TypeVar("Item")
Result = TypeVar("Result")
_In = TypeVar("_In", contravariant=True)
_Out = TypeVar("_Out", covariant=True)

# One core each, so that rounding does not depend on the number of workers.
ONE_THREAD = {
    **{f"{name}_NUM_THREADS": "1" for name in ("MKL", "OMP", "OPENBLAS", "RAYON")},
    "VECLIB_MAXIMUM_THREADS": "1",
}
LOST = "ends each process that summarizes it; it may need more memory than there is"
# Topics per worker that may be finished ahead of a slow one, as results come in order.
_AHEAD = 16
# The same in total for an executor that does not say how many workers it has.
_AHEAD_IN_ALL = 64
_TRIES = 2
_NOT_STARTED = (
    "a worker ended while it was started; a script must begin its work below "
    "if __name__ == '__main__':"
)


class Options(TypedDict, total=False):
    """Options of ``summarize`` other than documents and encoder."""

    query: str | None
    after: str | None
    words: int | None
    sentences: int | None
    chars: int | None
    ratio: float | None
    diversity: float | None
    ranker: Ranker
    language: str | None
    keep_all: bool
    min_sources: int
    settings: Settings | None


def summarize_many(
    topics: Iterable[Topic],
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    encoder: "Encoder | str" = MODEL,
    **options: Unpack[Options],
) -> Iterator[Outcome]:
    """Summarize many topics, each as ``summarize`` would.

    Topics are read only when they are needed, and outcomes are made only when they are asked for.
    At most 16 topics per worker are in memory.

    By default, processes started by ``spawn`` do the work. A script must therefore call this below
    ``if __name__ == "__main__":``, and must be able to pickle an encoder of its own.

    :param topics: The topics.
    :param executor: Does the work instead, e.g. a ``RayExecutor``, a ``ThreadPoolExecutor``, or an
        executor of Dask or MPI. It is not shut down. Its attribute ``ahead`` says how many topics
        it is given before the first one is done; without this attribute, 64.
    :param workers: The number of processes; by default one per core, and 0 for this process alone.
    :param encoder: As for ``summarize``.
    :param options: As for ``summarize``: ``query``, ``after``, ``words``, ``sentences``, ``chars``,
        ``ratio``, ``diversity``, ``ranker``, ``language``, ``keep_all``, ``min_sources``.
    :return: An outcome for each topic, in order. It does not depend on the number of workers.
    :raises SummarizerError: If an option is out of range, the encoder cannot be loaded or sent, or
        the executor breaks. A topic that fails does not raise; its outcome says why.
    """
    if executor is not None and workers is not None:
        raise OptionError("give workers or an executor, which has its own, not both")
    if executor is not None and not isinstance(executor, Executor):
        kind = type(executor).__name__
        raise OptionError(f"executor must be a concurrent.futures.Executor, not {kind}")
    if workers is not None and (type(workers) is not int or workers < 0):
        raise OptionError(f"workers must be a whole number, 0 or more, not {workers}")
    if not isinstance(topics, Iterable):
        raise OptionError(f"topics must be Topics, not {type(topics).__name__}")
    return _outcomes(Job(encoder, options), topics, executor, workers)


def _outcomes(
    job: "Job", topics: Iterable[Topic], executor: Executor | None, workers: int | None
) -> Iterator[Outcome]:
    from ..subject.sources import as_documents

    own = None
    if executor is None and workers != 0:
        executor = own = WorkerProcesses(workers)
    try:
        for topic, outcome in run(job, map(_checked, topics, count(1)), executor):
            found = outcome.summary
            if found is None:
                yield outcome
            else:
                documents = tuple(as_documents(topic.documents))
                yield replace(outcome, summary=replace(found, documents=documents))
    finally:
        if own is not None:
            own.shutdown(cancel_futures=True)


def _checked(topic: object, number: int) -> Topic:
    if not isinstance(topic, Topic):
        raise OptionError(f"topic {number} must be a Topic, not {type(topic).__name__}")
    return topic


class Work(Protocol[_In, _Out]):
    """The work done on each item; executors may pickle it."""

    def __call__(self, item: _In, /) -> _Out:
        """Return the result of an item, even if it fails; an exception stops all items."""

    def failed(self, item: _In, why: str, /) -> _Out:
        """Return the result of an item whose worker was lost."""


class WorkerLost(Exception):  # noqa: N818 (what happened to a worker, not what is wrong here)
    """An item has killed every process that worked on it."""


def run(
    work: Work[Item, Result], items: Iterable[Item], executor: Executor | None
) -> Generator[tuple[Item, Result], None, None]:
    """Work on items in parallel, and yield each with its result in the order given.

    Without an executor, this process does one after the other.
    """
    if executor is None:
        yield from ((item, work(item)) for item in items)
        return
    waiting: deque[tuple[Item, Future[Result]]] = deque()

    def take_first() -> tuple[Item, Result]:
        item, future = waiting.popleft()
        try:
            return item, future.result()
        except SummarizerError:
            raise
        except WorkerLost:
            return item, work.failed(item, LOST)
        except (BrokenExecutor, CancelledError) as error:
            raise SummarizerError(f"the workers are lost: {describe(error)}") from error
        except Exception as error:
            return item, work.failed(item, describe(error))

    try:
        for item in items:
            waiting.append((item, executor.submit(work, item)))
            ahead = getattr(executor, "ahead", _AHEAD_IN_ALL)
            while waiting and (waiting[0][1].done() or len(waiting) >= ahead):
                yield take_first()
        while waiting:
            yield take_first()
    finally:
        for _, future in waiting:
            future.cancel()


@dataclass(frozen=True)
class Job:
    """Summarizes topics; an encoder given by name is loaded once per process.

    With ``timeline``, arguments of the function of this name, it tells what happened when instead.
    """

    encoder: "Encoder | str" = MODEL
    options: Options = field(default_factory=Options)
    timeline: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        given: dict[str, Any] = dict(self.options)
        given.pop("settings", None)
        if unknown := sorted(given.keys() - set(Request.__struct_fields__)):
            raise OptionError(f"summarize has no option {' or '.join(unknown)}")
        Request(**given)

    def __call__(self, topic: Topic, /) -> Outcome:
        """Summarize a topic; the summary has no documents, so that they need not travel back."""
        found: Any = self.attempt(lambda: topic.documents, topic.query)
        if isinstance(found, str):
            return self.failed(topic, found)
        return Outcome(topic.id, replace(found, documents=()))

    def failed(self, topic: Topic, why: str, /) -> Outcome:
        """Return the outcome of a topic without a summary."""
        return Outcome(topic.id, error=why)

    def attempt(
        self, read: "Callable[[], Sequence[Document | str]]", query: str | None
    ) -> "Summary | Timeline | str":
        """Summarize documents or make their timeline, or return in one line why it failed."""
        from ..pipeline import summarize
        from ..subject.timelines import timeline

        make: Any = timeline
        how: dict[str, Any] = dict(self.timeline or {})
        if self.timeline is None:
            encoder = _loaded(self.encoder) if isinstance(self.encoder, str) else self.encoder
            asked = {} if query is None else {"query": query}
            make, how = summarize, {"encoder": encoder, **self.options, **asked}
        elif query:
            return "a query does not go with a timeline: leave the field out"
        try:
            found: Summary | Timeline = make(read(), **how)
            return found
        except Exception as error:
            return describe(error)


def describe(error: BaseException) -> str:
    """Say in one line what went wrong with an item."""
    said = " ".join(str(error).split())
    if isinstance(error, SummarizerError):
        return said
    if isinstance(error, MemoryError):
        return "needs more memory than there is; give it fewer documents"
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


@cache
def _loaded(name_or_path: str) -> "Encoder":
    from ..encoders import load_encoder

    return load_encoder(name_or_path)


class WorkerProcesses(Executor):
    """Processes on this machine, each with one core.

    One that ends costs the call it was at, which is tried once more in another; after that the
    future raises ``WorkerLost``. They ignore Ctrl-C, which is for the parent alone, and end with
    the parent, also where that is killed.

    A thread waits for each process. It sees at once that a process has ended, as the pipe to it
    has: nothing has to be polled, and no lock is shared that a dying process might keep.

    :param workers: How many, 1 or more; None for one a core.
    """

    def __init__(self, workers: int | None = None) -> None:
        # The cores this process may use, if the system tells.
        allowed = getattr(os, "sched_getaffinity", lambda _: ())(0)
        size = workers or len(allowed) or os.cpu_count() or 1
        self.ahead = size * _AHEAD
        self._threads = ThreadPoolExecutor(size)
        self._all = [_Worker() for _ in range(size)]
        # Last in, first out: few items start few processes.
        self._idle: LifoQueue[_Worker] = LifoQueue()
        for worker in reversed(self._all):
            self._idle.put(worker)
        self._sent: tuple[Any, bytes] = (None, b"")

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Call a function in a process; a function used repeatedly is sent only once."""
        if self._sent[0] is not fn:
            self._sent = fn, pickled(fn)
        return self._threads.submit(self._do, self._sent[1], pickled((args, kwargs)))

    def _do(self, function: bytes, arguments: bytes) -> Any:
        worker = self._idle.get()
        try:
            for _ in range(_TRIES):
                with suppress(EOFError):  # the process has ended
                    return worker.do(function, arguments)
            if worker.started or worker.closed:
                raise WorkerLost
            raise SummarizerError(_NOT_STARTED)
        finally:
            self._idle.put(worker)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for pending calls, or cancel them and kill the processes; then end all processes."""
        if cancel_futures:
            self.kill()
        # subtle: where calls are cancelled, this may be called by the garbage collector in any
        # thread, also in one of these, which must not be joined then.
        self._threads.shutdown(wait=wait and not cancel_futures, cancel_futures=cancel_futures)
        for worker in self._all:
            worker.close()

    def kill(self) -> None:
        """Kill all processes at once and start no new ones."""
        for worker in self._all:
            worker.kill()


class _Worker:
    """A process that is started on first use, and again after it has died."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._function = b""
        self.closed = False
        self._lock = RLock()
        self.started = False  # whether the last process was ready for calls

    def do(self, function: bytes, arguments: bytes) -> Any:
        """Call a function and return its result; EOFError if the process dies meanwhile."""
        try:
            pipe = self._pipe or self._start()
            pipe.send_bytes(b"" if function is self._function else function)
            self._function = function
            pipe.send_bytes(arguments)
            reply = pipe.recv_bytes()
        except (EOFError, OSError) as error:
            self.close()
            raise EOFError from error
        return result_of(reply)

    def _start(self) -> "Connection":
        context = multiprocessing.get_context("spawn")
        pipe, other = context.Pipe()
        # A daemon: the exit of this process ends it rather than waits for it.
        process = context.Process(target=_serve, args=(other,), daemon=True)
        if hasattr(signal, "pthread_sigmask"):
            # Ctrl-C on a terminal reaches all its processes, and must not end one that is being
            # started. A process takes over the mask of the thread that starts it, which needs no
            # Ctrl-C itself. Starting the tracker would take the mask off again.
            resource_tracker.ensure_running()
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        with self._lock:
            if self.closed:
                raise EOFError
            self.started = False
            try:
                process.start()
            except OSError as error:
                message = f"a worker cannot be started ({error}); ask for fewer"
                raise SummarizerError(message) from error
            except RuntimeError as error:  # this is a worker that is being started itself
                raise EOFError from error
            self._process, self._pipe, self._function = process, pipe, b""
            if self.closed:  # by this very thread, in the garbage collector
                raise EOFError
        other.close()  # so that the pipe closes with the process
        pipe.recv_bytes()
        self.started = True
        return pipe

    def kill(self) -> None:
        """Kill the process, even while a thread waits for it, and start no new one."""
        self.closed = True
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End the process and forget it."""
        with self._lock:
            process, self._process, self._pipe = self._process, None, None
        if process is not None:
            process.kill()
            process.join()


def _serve(calls: "Connection") -> None:
    """Answer calls in a worker process until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    # Read by libraries when they are loaded, which is later.
    os.environ.update(ONE_THREAD)
    # Keep what libraries print away from the lines on standard output.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    function: Any = None
    with suppress(EOFError, OSError):
        calls.send_bytes(b"ready")
        while True:
            data = calls.recv_bytes()
            arguments = calls.recv_bytes()
            if data:
                function = cache(partial(unpickled, data))
            calls.send_bytes(answer(function, arguments))


def answer(load: Callable[[], Callable[..., Any]], arguments: bytes) -> bytes:
    """Call a function in a worker, and return its pickled result for ``result_of``."""
    try:
        args, kwargs = unpickled(arguments)
        return pickle.dumps((True, load()(*args, **kwargs)))
    except BaseException as error:
        # Other classes may be unknown where this is unpickled.
        known = isinstance(error, SummarizerError)
        return pickle.dumps((False, error if known else RuntimeError(describe(error))))


def result_of(reply: bytes) -> Any:
    """Unpickle a result: return it, or raise the error it holds."""
    well, value = pickle.loads(reply)
    if not well:
        raise value
    return value


def pickled(given: object) -> bytes:
    """Pickle a function or its arguments."""
    try:
        return pickle.dumps(given)
    except Exception as error:
        message = f"what a worker shall do cannot be sent to another process ({error})"
        raise SummarizerError(f"{message}; workers=0 does without one") from error


def unpickled(data: bytes) -> Any:
    """Unpickle what another process has pickled."""
    try:
        return pickle.loads(data)
    except Exception as error:
        message = f"what was sent to a process cannot be loaded there ({error})"
        raise SummarizerError(
            f"{message}; define it in a module of its own, or use workers=0"
        ) from error


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
