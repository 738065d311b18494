"""Matrices are multiplied in one thread while a summary is made, and as before behind it."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from summarizer import SummarizerError, summarize
from summarizer.cli.threads import one_thread

from ..builders import WordEncoder


def threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["internal_api"] == "openblas"}


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    """Let there be two, on a machine of one core, too."""
    with threadpool_limits(limits=2, user_api="blas"):
        assert threads() == {2}
        yield


class Watching(WordEncoder):
    """An encoder that notes how many threads there are."""

    def __init__(self) -> None:
        self.seen: list[set[int]] = []

    def encode(self, sentences: list[str], /) -> npt.NDArray[np.float32]:
        """Note the threads and embed."""
        self.seen.append(threads())
        return super().encode(sentences)


def test_summary_is_made_in_one_thread() -> None:
    encoder = Watching()
    summarize(["The mayor closed the bridge. Ferries sail on Monday."], words=5, encoder=encoder)
    assert encoder.seen
    assert all(seen == {1} for seen in encoder.seen)
    assert threads() == {2}


def test_threads_are_as_before_behind_an_error() -> None:
    with pytest.raises(SummarizerError):
        summarize([""])
    assert threads() == {2}


def test_of_summaries_at_once_the_last_to_end_restores() -> None:
    first, second = one_thread(), one_thread()
    with first:
        second.__enter__()
        assert threads() == {1}
    assert threads() == {1}
    second.__exit__(None, None, None)
    assert threads() == {2}
