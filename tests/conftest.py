"""Fixtures of several test files: encoders, the example sources, and what takes long to start."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, nullcontext
from threading import current_thread, main_thread
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from summarizer import Documents, Encoder, Limits, load_encoder, read
from summarizer.readers.sandbox import Sandbox, kept_sandbox

from .builders import EXAMPLE, WordEncoder

# The same examples on every run, and however slow the machine is.
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


class Here(Executor):
    """The thread of the tests in place of the processes of ``each``."""

    def __init__(self, _: int | None) -> None:
        """Take a number of processes."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Call a function at once."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future

    def kill(self) -> None:
        """Do nothing, as there is no process to end."""


def sandbox(limits: Limits) -> AbstractContextManager[Sandbox]:
    """Return the sandbox of all tests, or one of its own where limits are others than usual."""
    # A sandbox ends with the thread that started it.
    shared = limits == Limits() and current_thread() is main_thread()
    return nullcontext(kept_sandbox(limits)) if shared else Sandbox(limits)


@pytest.fixture(scope="session", autouse=True)
def few_processes() -> Iterator[None]:
    """Read all files in one sandbox, and do the work of ``each`` here.

    Tests that start the command have it with all its processes.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("summarizer.readers.Sandbox", sandbox)
        patch.setattr("summarizer.cli.each.WorkerProcesses", Here)
        yield


@pytest.fixture(scope="session")
def words() -> Encoder:
    return WordEncoder()


@pytest.fixture(scope="session")
def minilm() -> Encoder:
    return load_encoder("minilm")


@pytest.fixture(scope="session")
def static() -> Encoder:
    return load_encoder("static")


@pytest.fixture(scope="session")
def example() -> Documents:
    return read([EXAMPLE])
