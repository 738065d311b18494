"""Many topics in the library: order, laziness, errors, processes that end."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

from summarizer import (
    Document,
    EncoderError,
    OptionError,
    SummarizerError,
    Topic,
    summarize,
    summarize_many,
)
from summarizer.batch import LOST, Job, Options, WorkerLost, WorkerProcesses, describe, run

from ..builders import ROOT, WordEncoder
from ..processes import children, wait_for_end
from .work import Counted, Deadly

TEXTS = [
    "The mayor closed the old bridge on Monday. Engineers had found rust in its cables.",
    "The council sold 12 ferries after the storm. They had been in the harbour for years.",
    "A new tunnel will be built in the spring. It costs 3 million euros.",
]
TOPICS = [Topic(f"topic {n}", [Document("a", text), TEXTS[n - 1]]) for n, text in enumerate(TEXTS)]


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
    assert outcomes[1].error == "nothing to quote: no documents"
    assert outcomes[2].error == "document 1 must be a Document or have a text, not int"
    assert outcomes[3].error == "document 1: date must be YYYY-MM-DD, not '1 May'"
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
        ({"ranker": "mmr", "diversity": 2}, "diversity must be from 0 to 1"),
        ({"ranker": "best"}, "ranker must be"),
        ({"workers": -1}, "workers must be a whole number, 0 or more, not -1"),
        ({"workers": 1.5}, "workers must be"),
        ({"executor": 3}, "executor must be a concurrent.futures.Executor, not int"),
        ({"executor": ThreadPoolExecutor(1), "workers": 1}, "give workers or an executor"),
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
        "known",
        "encoder",
        "progress",
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


@contextmanager
def processes(size: int) -> Iterator[WorkerProcesses]:
    """Hand out workers and end them."""
    workers = WorkerProcesses(size)
    try:
        yield workers
    finally:
        workers.shutdown(cancel_futures=True)


@pytest.mark.parametrize("size", [1, 3])
def test_item_that_ends_its_process_is_lost_alone(tmp_path: Path, size: int) -> None:
    items = ["a", "once", "deadly", "loud", "quiet", "b"]
    with processes(size) as workers:
        found = list(run(Deadly(tmp_path), items, workers))
    assert found == [
        ("a", "A"), ("once", "ONCE"), ("deadly", f"deadly: {LOST}"), ("loud", "LOUD"),
        ("quiet", f"quiet: {LOST}"), ("b", "B"),
    ]  # fmt: skip


def test_no_crash_is_lost_among_many(tmp_path: Path) -> None:
    items = ["a", "deadly", "b", "quiet", "deadly"] * 2
    with processes(2) as workers:
        found = [result for _, result in run(Deadly(tmp_path), items, workers)]
    lost = [f"deadly: {LOST}", f"quiet: {LOST}"]
    assert found == ["A", lost[0], "B", lost[1], lost[0]] * 2


def test_work_that_cannot_go_on_raises_in_its_turn(tmp_path: Path) -> None:
    with processes(2) as workers:
        results = run(Deadly(tmp_path), ["a", "useless", "b"], workers)
        assert next(results) == ("a", "A")
        with pytest.raises(EncoderError, match="there is no model"):
            next(results)


def test_result_that_cannot_be_read_is_no_dead_process(tmp_path: Path) -> None:
    with processes(1) as workers:
        found = list(run(Deadly(tmp_path), ["a", "unreadable", "b"], workers))
    assert found == [("a", "A"), ("unreadable", "unreadable: ValueError: no number"), ("b", "B")]


def test_any_executor_does_the_work() -> None:
    expected = list(summarize_many(TOPICS, workers=0, words=20))
    spawn = multiprocessing.get_context("spawn")
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(1, mp_context=spawn) as others:
        for executor in (threads, others):
            found = summarize_many(iter(TOPICS), executor=executor, words=20)
            assert list(found) == expected
        # It is not shut down in the end, and may be used for something else.
        assert threads.submit(len, "abc").result() == 3
        failed = list(summarize_many(TOPICS, executor=threads, encoder=FailingEncoder()))
    assert [outcome.error is None for outcome in failed] == [True, False, False]


def test_executor_that_breaks_is_one_error(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(1, mp_context=spawn) as executor,
        pytest.raises(SummarizerError, match="the workers are lost: "),
    ):
        list(run(Deadly(tmp_path), ["deadly", "a"], executor))


def test_function_is_sent_to_a_worker_once() -> None:
    with processes(1) as workers:
        function = Counted(0)
        assert [workers.submit(function).result() for _ in range(3)] == [1, 2, 3]
        assert workers.submit(Counted(7)).result() == 8
        with pytest.raises(SummarizerError, match="cannot be sent to another process"):
            workers.submit(lambda: 1)
        with pytest.raises(RuntimeError, match="ZeroDivisionError"):
            workers.submit(divmod, 1, 0).result()


def test_failed_topic_and_errors_are_told_in_one_line() -> None:
    assert Job().failed(TOPICS[0], LOST).error == LOST
    assert describe(ValueError("a\nb")) == "ValueError: a b"
    assert describe(KeyError()) == "KeyError"
    assert describe(MemoryError()).startswith("needs more memory")


def test_closing_ends_the_processes() -> None:
    before = set(children(os.getpid()))
    outcomes = summarize_many((Topic("a", [TEXTS[0]]) for _ in range(99)), workers=2)
    next(outcomes)
    started = set(children(os.getpid())) - before
    outcomes.close()  # type: ignore[attr-defined]
    # The tracker of multiprocessing stays for processes to come; its name is known once it runs.
    workers = started - {tracker()}
    assert workers
    assert not wait_for_end(workers, 30)


def test_work_under_way_is_given_up(tmp_path: Path) -> None:
    workers = WorkerProcesses(1)
    future = workers.submit(time.sleep, 600)
    waiting = workers.submit(time.sleep, 600)
    while not future.running():
        time.sleep(0.01)
    workers.shutdown(cancel_futures=True)
    with pytest.raises((EOFError, WorkerLost)):
        future.result(timeout=30)
    assert waiting.cancelled()


def test_no_process_outlives_a_parent_that_was_killed() -> None:
    code = (
        "import time; from summarizer.batch import WorkerProcesses\n"
        "workers = WorkerProcesses(2)\n"
        "for _ in range(2): workers.submit(time.sleep, 999)\n"
        "workers.submit(len, 'abc'); print(flush=True); time.sleep(999)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        while len(started := children(process.pid)) < 3:  # with the tracker
            time.sleep(0.01)
        process.kill()
    assert not wait_for_end(started, 30)


def test_script_that_does_not_guard_its_start_is_told(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from summarizer import *\nlist(summarize_many([Topic('a', ['It rains.'])], workers=1))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, env=environment, check=False
    )
    assert done.returncode == 1
    message = b"a worker ended while it was started; a script must begin its work below if __name__"
    assert message in done.stderr.splitlines()[-1]


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


def test_worker_has_one_thread_and_no_output() -> None:
    with processes(1) as workers:
        assert workers.submit(os.getenv, "OMP_NUM_THREADS").result() == "1"
        assert workers.submit(os.getenv, "RAYON_NUM_THREADS").result() == "1"
        assert workers.submit(os.isatty, 2).result() is False
        assert workers.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN


def tracker() -> int | None:
    """Return the process in which multiprocessing keeps track of what must be cleared away."""
    for pid in children(os.getpid()):
        if b"resource_tracker" in Path(f"/proc/{pid}/cmdline").read_bytes():
            return pid
    return None


def test_what_is_no_topic_is_named() -> None:
    with pytest.raises(OptionError, match="topics must be Topics, not int"):
        summarize_many(3)  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="summarize has no option foo"):
        summarize_many(TOPICS, foo=1)  # type: ignore[call-arg]
    with pytest.raises(OptionError, match="topic 2 must be a Topic, not str"):
        list(summarize_many([TOPICS[0], TEXTS[0]], workers=0, encoder=WordEncoder()))  # type: ignore[list-item]


@pytest.mark.parametrize("workers", [0, 1])
def test_documents_of_a_topic_may_be_generated(workers: int) -> None:
    generated = Topic(TOPICS[0].id, (document for document in TOPICS[0].documents))  # type: ignore[arg-type]
    plain = summarize_many(TOPICS[:1], workers=0, encoder=WordEncoder())
    assert list(summarize_many([generated], workers=workers, encoder=WordEncoder())) == list(plain)
