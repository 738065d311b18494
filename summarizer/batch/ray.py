"""The processes of a Ray cluster.

Tasks, not actors: a task is not bound to a node, so that those of a node that dies run elsewhere
and a node that joins gets some. A process keeps its models between tasks.
"""

import logging
import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from socket import create_connection
from time import monotonic
from typing import Any, TypeVar

from ..errors import SummarizerError
from ..version import VERSION
from .work import ONE_THREAD, Reply, Work, reply_to, result_of

Item = TypeVar("Item")
Result = TypeVar("Result")

# A call takes so many items, so that what it costs is little beside the work.
_CHUNK = 8
# For each core so many calls wait or are done ahead of one that takes long.
_AHEAD = 4
_LARGE_AHEAD = 2
_RETRIES = 3
_SECONDS = 10.0
_PATIENCE = 5.0


def run_ray(
    work: Work[Item, Result],
    items: Iterable[Item],
    workers: int | None,
    address: str | None,
    *,
    large: bool = False,
) -> Generator[tuple[Item, Result], None, None]:
    """Do items on a Ray cluster.

    :param work: What is done with each item.
    :param items: The items.
    :param workers: How many calls are under way at most; by default as many as keep all cores busy.
    :param address: Where the cluster is; by default one that is found, or one on this machine.
    :param large: Whether items or results take much memory; each is a call of its own then.
    :return: Each item with its result, in the order of ``items``.
    :raises SummarizerError: If Ray is not installed, the cluster cannot be reached, or the work
        cannot go on.
    """
    with connected(workers, address) as ray:
        yield from _Calls(ray, work, workers, large=large).run(items)


@contextmanager
def connected(workers: int | None, address: str | None) -> Iterator[Any]:
    """Reach a cluster, if none is reached already, and leave it in the end.

    :raises SummarizerError: If Ray is not installed, or the cluster cannot be reached, or fails.
    """
    try:
        import ray
    except ImportError as error:
        raise SummarizerError("Ray is not installed: pip install 'summarizer[ray]'") from error
    started = not ray.is_initialized()
    if started:
        _connect(ray, workers, address)
    try:
        yield ray
    except ray.exceptions.RayError as error:
        message = " ".join(str(error).split())[:300]
        raise SummarizerError(f"the Ray cluster failed: {message}") from error
    finally:
        if started:
            ray.shutdown()


def _connect(ray: Any, workers: int | None, address: str | None) -> None:
    if address is not None:
        _require_listener(address)
    # Ray would tell its makers that it is used.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    quiet = {"logging_level": logging.ERROR, "log_to_driver": False}
    try:
        try:
            ray.init(address=address or "auto", **quiet)
        except ConnectionError:
            if address or os.environ.get("RAY_ADDRESS"):
                raise
            ray.init(address="local", num_cpus=workers, include_dashboard=False, **quiet)
    except Exception as error:
        raise _unreachable(address or "Ray", error) from error


def _require_listener(address: str) -> None:
    """Ask whether anything listens there; Ray itself gives up after minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not port.isdecimal():
        return
    try:
        create_connection((host.strip("[]"), int(port)), _PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise _unreachable(address, error) from error


def _unreachable(address: str, error: Exception) -> SummarizerError:
    said = " ".join(str(error).split())[:200]
    message = f"{address}: no cluster can be reached ({said})"
    return SummarizerError(f"{message}; start one with: ray start --head")


class _Calls:
    """The calls under way, in order."""

    def __init__(self, ray: Any, work: Work[Any, Any], workers: int | None, *, large: bool) -> None:
        import pickle

        self._ray = ray
        self._own = work
        self._work = ray.put(pickle.dumps(work))
        self._most = workers
        self._chunk = 1 if large else _CHUNK
        self._ahead = _LARGE_AHEAD if large else _AHEAD
        self._counted = 0.0
        self._window = 1
        environment = {"env_vars": {**ONE_THREAD, "PYTHONHASHSEED": "0"}}
        self._call = ray.remote(
            num_cpus=1, max_retries=_RETRIES, scheduling_strategy="SPREAD", runtime_env=environment
        )(_do_all)

    def run(self, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        waiting: deque[tuple[list[Any], Any]] = deque()
        given = iter(items)
        while chunk := list(islice(given, self._chunk)):
            waiting.append((chunk, self._start(chunk)))
            while waiting and len(waiting) >= self._size():
                yield from self._finish(*waiting.popleft())
        while waiting:
            yield from self._finish(*waiting.popleft())

    def _size(self) -> int:
        """Return how many calls there may be; a cluster grows and shrinks."""
        if self._most:
            return self._most
        if monotonic() - self._counted > _SECONDS:
            cores = int(self._ray.cluster_resources().get("CPU", 1))
            self._window, self._counted = max(cores, 1) * self._ahead, monotonic()
        return self._window

    def _start(self, chunk: list[Any]) -> Any:
        return self._call.remote(VERSION, self._work, chunk)

    def _finish(self, chunk: list[Any], call: Any) -> Iterator[tuple[Any, Any]]:
        failures = self._ray.exceptions
        lost = (failures.WorkerCrashedError, failures.NodeDiedError, failures.OutOfMemoryError)
        try:
            replies: list[Reply] = self._ray.get(call)
        except lost:
            # One of them ended its process at each try; alone, the others go well.
            if len(chunk) == 1:
                yield chunk[0], self._own.lost(chunk[0])
                return
            for item in chunk:
                yield from self._finish([item], self._start([item]))
            return
        for item, reply in zip(chunk, replies, strict=True):
            yield item, result_of(reply)


def _do_all(version: str, work: bytes, items: list[Any]) -> list[Reply]:
    """Do some items on a node."""
    if version != VERSION:
        message = f"a node has summarizer {VERSION}, and this machine {version}"
        return [(False, SummarizerError(f"{message}; install the same on all"))] * len(items)
    return [reply_to(_loaded(work), item) for item in items]


@lru_cache(maxsize=1)
def _loaded(work: bytes) -> Any:
    import pickle

    return pickle.loads(work)
