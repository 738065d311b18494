"""Many topics in the library: order, laziness, errors, processes that end."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

from summarizer import (
    Document,
    EncoderError,
    SummarizerError,
    Topic,
    summarize,
    summarize_many,
)
from summarizer.batch.job import Options
from summarizer.batch.local import run_local
from summarizer.batch.work import LOST, describe

from ..builders import ROOT, WordEncoder

TEXTS = [
    "The mayor closed the old bridge on Monday. Engineers had found rust in its cables.",
    "The council sold 12 ferries after the storm. They had been in the harbour for years.",
    "A new tunnel will be built in the spring. It costs 3 million euros.",
]
TOPICS = [Topic(f"topic {n}", [Document("a", text), TEXTS[n - 1]]) for n, text in enumerate(TEXTS)]


@dataclass
class Deadly:
    """Work that ends its process at some items, each time or but once."""

    folder: Path

    def __call__(self, item: str, /) -> str:
        """Return the item in capitals, as a rule."""
        mark = self.folder / item
        if item == "deadly" or (item == "once" and not mark.exists()):
            mark.touch()
            os._exit(9)
        if item == "useless":
            raise EncoderError("there is no model")
        if item == "loud":
            os.write(1, b"what a library prints")
        return item.upper()

    def lost(self, item: str, /) -> str:
        """Name the item."""
        return f"lost {item}"


class FailingEncoder(WordEncoder):
    """An encoder that fails at one word."""

    def encode(self, sentences: list[str], /) -> Any:
        """Return vectors, or fail."""
        if any("ferries" in sentence for sentence in sentences):
            raise ValueError("no ferries")
        return super().encode(sentences)


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_each_topic_is_summarized_as_it_would_be_alone(workers: int) -> None:
    outcomes = list(summarize_many(iter(TOPICS), workers=workers, words=20, ranker="mmr"))
    assert [outcome.id for outcome in outcomes] == [topic.id for topic in TOPICS]
    for topic, outcome in zip(TOPICS, outcomes, strict=True):
        assert outcome.error is None
        assert outcome.summary == summarize(topic.documents, words=20, ranker="mmr")
        assert outcome.summary.to_html()


def test_topic_that_fails_says_why_and_the_others_go_on() -> None:
    topics = [
        TOPICS[0],
        Topic("empty", []),
        Topic("wrong", [3]),  # type: ignore[list-item]
        Topic("dated", [Document("a", TEXTS[0], date="1 May")]),
        Topic("short", ["The mayor closed the bridge because it was old."]),
        TOPICS[1],
    ]
    outcomes = list(summarize_many(topics, workers=2, words=8))
    assert [outcome.summary is None for outcome in outcomes] == [
        False, True, True, True, True, False,
    ]  # fmt: skip
    assert outcomes[1].error == "nothing to quote: no documents were given"
    assert outcomes[2].error == "document 1 must be a Document or a string, not int"
    assert outcomes[3].error == "document 1: date must be YYYY-MM-DD, not 1 May"
    assert "is as short as 8 words" in (outcomes[4].error or "")


def test_encoder_of_ones_own_travels_or_stays_here() -> None:
    (here,) = summarize_many(TOPICS[:1], workers=0, encoder=WordEncoder())
    (there,) = summarize_many(TOPICS[:1], workers=1, encoder=WordEncoder())
    assert here == there
    failed = list(summarize_many(TOPICS, workers=0, encoder=FailingEncoder()))
    assert [outcome.error for outcome in failed] == [
        None,
        *["the encoder failed: no ferries"] * 2,
    ]

    class Local(WordEncoder):
        pass

    with pytest.raises(SummarizerError, match=r"cannot be sent to another process.*workers=0"):
        list(summarize_many(TOPICS, workers=1, encoder=Local()))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"words": 0}, "words must be"),
        ({"words": 9, "chars": 9}, "give one length, not words and chars"),
        ({"diversity": 2}, "diversity must be from 0 to 1"),
        ({"ranker": "best"}, "ranker must be"),
        ({"workers": -1}, "workers must be a whole number, 0 or more, not -1"),
        ({"workers": 1.5}, "workers must be"),
        ({"engine": "spark"}, "engine must be local or ray, not spark"),
        ({"address": "auto"}, "an address goes with engine ray"),
    ],
)
def test_wrong_option_is_told_before_any_topic_is_taken(
    options: dict[str, Any], message: str
) -> None:
    with pytest.raises(SummarizerError, match=message):
        summarize_many(iter(()), **options)


def test_model_that_is_not_there_ends_it_all() -> None:
    for workers in (0, 1):
        with pytest.raises(EncoderError, match="there is no such folder"):
            list(summarize_many(TOPICS, workers=workers, encoder="./nowhere"))


def test_every_option_of_a_single_run_is_one_of_many() -> None:
    alone = set(signature(summarize).parameters) - {
        "documents",
        "encoder",
        "progress",
        *("workers", "engine", "address"),
    }
    assert alone == set(Options.__annotations__)


def test_topics_are_taken_as_they_are_needed() -> None:
    taken = []

    def endless() -> Iterator[Topic]:
        for number in range(10**9):
            taken.append(number)
            yield Topic(str(number), [TEXTS[0]])

    for workers, most in ((0, 3), (1, 16 + 3), (2, 32 + 3)):
        taken.clear()
        outcomes = summarize_many(endless(), workers=workers, sentences=1)
        assert [next(outcomes).id for _ in range(3)] == ["0", "1", "2"]
        assert len(taken) <= most
        outcomes.close()  # type: ignore[attr-defined]


def test_item_that_ends_its_process_is_lost_alone(tmp_path: Path) -> None:
    items = ["a", "once", "deadly", "loud", "b"]
    for workers in (1, 3):
        found = list(run_local(Deadly(tmp_path), items, workers))
        assert found == [
            ("a", "A"), ("once", "ONCE"), ("deadly", "lost deadly"), ("loud", "LOUD"), ("b", "B"),
        ]  # fmt: skip
        (tmp_path / "once").unlink()


def test_work_that_cannot_go_on_raises_in_its_turn(tmp_path: Path) -> None:
    results = run_local(Deadly(tmp_path), ["a", "useless", "b"], 2)
    assert next(results) == ("a", "A")
    with pytest.raises(EncoderError, match="there is no model"):
        next(results)


def test_lost_topic_and_errors_are_told_in_one_line() -> None:
    from summarizer.batch.job import Job

    assert Job().lost(TOPICS[0]).error == LOST
    assert describe(ValueError("a\nb")) == "ValueError: a b"
    assert describe(KeyError()) == "KeyError"
    assert describe(MemoryError()).startswith("needs more memory")


def test_closing_ends_the_processes(tmp_path: Path) -> None:
    results = run_local(Deadly(tmp_path), iter(["a"] * 99), 2)
    next(results)
    assert children(os.getpid())
    results.close()
    assert not children(os.getpid())


def test_no_process_outlives_a_parent_that_was_killed() -> None:
    code = (
        "import sys, time; from summarizer import *\n"
        "many = summarize_many((Topic('a', ['It rains.']) for _ in range(9)), workers=2)\n"
        "next(many); print(flush=True); time.sleep(99)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        started = children(process.pid)
        assert started
        process.kill()
    for _ in range(200):
        if not any(Path(f"/proc/{pid}").exists() for pid in started):
            return
        subprocess.run(["sleep", "0.05"], check=True)
    pytest.fail("a worker is left")


def test_encoder_of_a_script_is_named_as_what_cannot_be_loaded() -> None:
    code = (
        "from summarizer import *\n"
        "class Own:\n    def encode(self, sentences): return [[1.0]] * len(sentences)\n"
        "try: list(summarize_many([Topic('a', ['It rains.'])], workers=1, encoder=Own()))\n"
        "except SummarizerError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert done.stdout.startswith(b"what was sent to a process cannot be loaded there (Can't get")
    assert done.stdout.endswith(b"define it in a module of its own, or use workers=0\n")


def test_threads_of_a_worker_are_one() -> None:
    (found,) = run_local(Threads(), [None], 1)
    assert found == (None, ("1", "1"))


class Threads:
    """Work that looks at its environment."""

    def __call__(self, _: None, /) -> tuple[str | None, str | None]:
        """Return two of its variables."""
        return os.environ.get("OMP_NUM_THREADS"), os.environ.get("RAYON_NUM_THREADS")

    def lost(self, _: None, /) -> Any:
        """Never be called."""
        raise AssertionError


def children(parent: int) -> list[int]:
    """Return the processes that a process started and that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found
