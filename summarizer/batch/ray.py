"""The processes of a Ray cluster, as an executor.

Tasks, not actors: a task is not bound to a node, so that those of a node that dies run elsewhere
and a node that joins gets some. A process keeps its models between tasks.
"""

import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from hashlib import sha256
from socket import create_connection
from time import monotonic
from typing import Any

from .. import __version__
from ..errors import SummarizerError
from . import ONE_THREAD, WorkerLost, answer, pickled, result_of, unpickled

# Calls per core that may be finished ahead of a slow one.
_AHEAD = 32
_RETRIES = 3
_SECONDS = 10.0
_PATIENCE = 5.0


class RayExecutor(Executor):
    """Calls functions on a Ray cluster.

    A call whose node or process ends is tried three times more, elsewhere; after that its future
    raises ``WorkerLost``.

    :param address: Where the cluster is; by default one that is found, or one on this machine.
    :param ahead: How many calls are under way at most; by default as many as keep all cores busy.
    :raises SummarizerError: If Ray is not installed, or the cluster cannot be reached.
    """

    def __init__(self, address: str | None = None, *, ahead: int | None = None) -> None:
        try:
            import ray
        except ImportError as error:
            raise SummarizerError(
                "Ray is not installed: pip install 'verbatim-summarizer[ray]'"
            ) from error
        self._ray: Any = ray
        self._own = not ray.is_initialized()
        if self._own:
            _connect(ray, ahead, address)
        self._given = ahead
        self._counted = -_SECONDS
        self._cores = 1
        self._sent: tuple[Any, str, Any] = (None, "", None)
        environment = {"env_vars": {**ONE_THREAD, "PYTHONHASHSEED": "0"}}
        self._call = ray.remote(
            num_cpus=1, max_retries=_RETRIES, scheduling_strategy="SPREAD", runtime_env=environment
        )(_call)

    @property
    def ahead(self) -> int:
        """The most calls under way; it follows the size of the cluster."""
        if self._given:
            return self._given
        if monotonic() - self._counted > _SECONDS:
            with _failures(self._ray):
                self._cores = max(int(self._ray.cluster_resources().get("CPU", 1)), 1)
            self._counted = monotonic()
        return self._cores * _AHEAD

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Call a function on a node; a function used repeatedly is sent only once."""
        with _failures(self._ray):
            if self._sent[0] is not fn:
                data = pickled(fn)
                self._sent = fn, sha256(data).hexdigest(), self._ray.put(data)
            _, name, function = self._sent
            call = self._call.remote(__version__, name, function, pickled((args, kwargs)))
        result: Future[Any] = Future()
        result.set_running_or_notify_cancel()
        call.future().add_done_callback(lambda done: self._finish(done, result))
        return result

    def _finish(self, done: "Future[Any]", result: "Future[Any]") -> None:
        errors = self._ray.exceptions
        try:
            with _failures(self._ray):
                try:
                    reply = done.result()
                except (errors.WorkerCrashedError, errors.NodeDiedError, errors.OutOfMemoryError):
                    raise WorkerLost from None
            value = result_of(reply)
        except Exception as error:
            result.set_exception(error)
        else:
            result.set_result(value)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Leave the cluster, if it was reached by this executor."""
        if self._own:
            self._ray.shutdown()


@contextmanager
def _failures(ray: Any) -> Iterator[None]:
    """Say in one line what goes wrong with the cluster."""
    try:
        yield
    except ray.exceptions.RayError as error:
        message = " ".join(str(error).split())[:300]
        raise SummarizerError(f"the Ray cluster failed: {message}") from error


def _connect(ray: Any, cores: int | None, address: str | None) -> None:
    if address is not None:
        _require_listener(address)
    # No usage reports to the makers of Ray.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    quiet = {"logging_level": logging.ERROR, "log_to_driver": False}
    try:
        try:
            ray.init(address=address or "auto", **quiet)
        except ConnectionError:
            if address or os.environ.get("RAY_ADDRESS"):
                raise
            ray.init(address="local", num_cpus=cores, include_dashboard=False, **quiet)
    except Exception as error:
        raise _unreachable(address or "Ray", error) from error


def _require_listener(address: str) -> None:
    """Check that something listens at the address; Ray itself gives up only after minutes."""
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


# Only the last function used, by its digest: it may hold a model.
_LOADED: dict[str, Any] = {}


def _call(version: str, name: str, function: bytes, arguments: bytes) -> bytes:
    """Call a function on a node."""

    def load() -> Any:
        if version != __version__:
            message = f"a node has summarizer {__version__}, and this machine {version}"
            raise SummarizerError(f"{message}; install the same on all")
        if name not in _LOADED:
            _LOADED.clear()
            _LOADED[name] = unpickled(function)
        return _LOADED[name]

    return answer(load, arguments)
