"""The library in a program of someone else: under threads, after forks, sent elsewhere."""

import asyncio
import locale
import logging
import os
import pickle
import random
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from typing import Any

import numpy as np
import pytest

import summarizer
from summarizer import Document, Limits, Marks, Topic, find_evidence, read, summarize
from summarizer.batch.topics import Outcome
from summarizer.subject.verification import verify

from .builders import EXAMPLE, WordEncoder

SECONDS = 60


@contextmanager
def busy(work: Callable[[], object], threads: int) -> Iterator[None]:
    """Do something again and again in other threads."""
    ended = threading.Event()

    def repeat() -> None:
        while not ended.is_set():
            work()

    others = [threading.Thread(target=repeat) for _ in range(threads)]
    for thread in others:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in others:
            thread.join()


def status_of_fork(work: Callable[[], bool]) -> int | None:
    """Do something in a fork; 0 where it is true, None where it hangs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # later versions warn of threads
        child = os.fork()
    if child == 0:
        try:
            os._exit(not work())
        finally:
            os._exit(2)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def fork_while_summarizing(model: str, forks: int) -> None:
    documents = read([str(EXAMPLE)])

    def made() -> str:
        return summarize(documents, words=60, encoder=model).to_json()

    expected = made()
    with busy(made, threads=2):
        for _ in range(forks):
            assert status_of_fork(lambda: made() == expected) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_fork_while_others_summarize() -> None:
    fork_while_summarizing("static", 3)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_encoder_may_fork() -> None:
    class Forking(WordEncoder):
        def encode(self, sentences: list[str], /) -> Any:
            """Fork, as loaders of data do."""
            assert status_of_fork(lambda: True) == 0
            return super().encode(sentences)

    assert summarize(["The mayor closed the old bridge on Monday."], encoder=Forking()).sentences


def test_executor_of_a_loop() -> None:
    documents = read([str(EXAMPLE)])
    budgets = (40, 60, 80)

    async def gathered() -> list[str]:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(3) as pool:
            made = [
                loop.run_in_executor(pool, partial(summarize, documents, words=n)) for n in budgets
            ]
            return [summary.text for summary in await asyncio.gather(*made)]

    assert asyncio.run(gathered()) == [summarize(documents, words=n).text for n in budgets]


def test_threads_share_what_was_prepared() -> None:
    documents = read([str(EXAMPLE)])
    lengths = (20, 40, 60, 80) * 4
    prepared = summarizer.Summarizer(documents)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda words: prepared.summarize(words=words), lengths))
    assert made == [summarizer.Summarizer(documents).summarize(words=n) for n in lengths]


def test_every_public_record_can_be_pickled_and_copied(tmp_path_factory: Any) -> None:
    documents = read([str(EXAMPLE)])
    summary = summarize(documents, words=80)
    saved = tmp_path_factory.mktemp("s") / "s.json"
    saved.write_text(summary.to_json())
    marked = Document("a", "One.", marks=Marks("page", (0,)), metadata={"of": [1]})
    quoted = summary.sentences[0].text
    records = (
        [documents, marked, summary, summary.budget, *summary.sentences, *summary.sources]
        + [passage for sentence in summary.sentences for passage in sentence.passages]
        + [find_evidence(quoted, documents), verify(saved, roots=["."])]
        + [Limits(), summarizer.Settings(), Topic("a", documents), Outcome("a", summary)]
    )
    errors = ("BudgetError", "EncoderError", "OptionError", "ReadError", "SummarizerError")
    for record in records:
        for copied in (pickle.loads(pickle.dumps(record)), deepcopy(record)):
            assert copied == record
            assert getattr(copied, "skipped", None) == getattr(record, "skipped", None)
    for name in errors:
        error = getattr(summarizer, name)("a: says why")
        assert str(pickle.loads(pickle.dumps(error))) == "a: says why"


def test_documents_may_be_generated() -> None:
    documents = read([str(EXAMPLE)])
    assert summarize((d for d in documents), words=60).text == summarize(documents, words=60).text


def process() -> dict[str, Any]:
    """Return what of a process is its own, not ours."""
    return {
        "environment": dict(os.environ),
        "folder": os.getcwd(),  # noqa: PTH109
        "handlers": {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)},
        "path": list(sys.path),
        "random": random.getstate(),
        "numpy": np.random.get_state()[1].tolist(),  # type: ignore[index]  # noqa: NPY002
        "numpy errors": np.geterr(),
        "locale": locale.setlocale(locale.LC_ALL),
        "warnings": list(warnings.filters),
        "logging": (logging.root.level, list(logging.root.handlers), logging.root.manager.disable),
        "threads": threading.active_count(),
        "recursion": sys.getrecursionlimit(),
        "hooks": (sys.excepthook, threading.excepthook),
        "mask": os.umask(os.umask(0o22)),
    }


def test_process_of_the_caller_is_left_as_it_was() -> None:
    summarize(read([str(EXAMPLE)]), words=60)  # what is loaded once stays loaded
    before = process()
    summary = summarize(read([str(EXAMPLE), str(EXAMPLE.parent / "formats")]), words=60)
    summary.to_html(), summary.to_markdown(), find_evidence(summary.sentences[0].text, ["One."])
    assert process() == before
