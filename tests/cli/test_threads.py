"""The command multiplies matrices in one thread; the library leaves its caller's threads alone."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from summarizer import summarize

from ..builders import WordEncoder
from .test_cli import invoke

TEXT = "The mayor closed the bridge. Ferries sail on Monday."


def threads() -> set[int]:
    """Return how many threads numpy multiplies with; other tests may load another OpenBLAS."""
    return {
        pool["num_threads"]
        for pool in threadpool_info()
        if pool["internal_api"] == "openblas" and "numpy" in pool["filepath"]
    }


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


def test_command_uses_one_thread_and_then_as_many_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = Watching()
    monkeypatch.setattr("summarizer.encoders.load_encoder", lambda _: encoder)
    (tmp_path / "a.txt").write_text(TEXT)
    assert invoke("--words", 5, tmp_path / "a.txt")[0] == 0
    assert encoder.seen
    assert all(seen == {1} for seen in encoder.seen)
    assert threads() == {2}


def test_threads_are_as_before_behind_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("***")
    assert invoke(tmp_path / "a.txt")[0] != 0
    assert threads() == {2}


def test_library_leaves_threads_alone() -> None:
    encoder = Watching()
    summarize([TEXT], words=5, encoder=encoder)
    assert encoder.seen
    assert all(seen == {2} for seen in encoder.seen)
