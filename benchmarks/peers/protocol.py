"""What all workers share: topics come in and summaries go out, one JSON object a line.

A worker runs in the environment of its peer and gives the order in which the peer would take the
sentences; the budget is filled here, by one rule for all.
"""

import json
import resource
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Topic:
    """What is to be summarized.

    :param language: Its name in English, in small letters.
    :param words: Most words of the summary, as blanks separate them.
    :param documents: The sentences of each document.
    """

    language: str
    words: int
    documents: list[list[str]]

    @property
    def sentences(self) -> list[str]:
        """All sentences in reading order."""
        return [sentence for document in self.documents for sentence in document]


def arguments(systems: Iterable[str], *more: str) -> list[str]:
    """Read the command line.

    :param systems: What its first argument may be.
    :param more: Names of the arguments that follow.
    :return: Their values.
    """
    parser = ArgumentParser()
    parser.add_argument("system", choices=list(systems))
    for name in more:
        parser.add_argument(name)
    return list(vars(parser.parse_args()).values())


def count_words(text: str) -> int:
    """Return how many words a budget is charged for a text."""
    return len(text.split())


def fill(sentences: list[str], order: Iterable[int], words: int) -> list[int]:
    """Take each sentence that still fits.

    :param order: Positions of sentences, best first.
    :param words: Most words.
    :return: The positions taken, ascending.
    """
    taken = []
    for position in order:
        cost = count_words(sentences[position])
        if cost <= words:
            words -= cost
            taken.append(position)
    return sorted(taken)


def serve(rank: Callable[[Topic], Iterable[int]]) -> None:
    """Answer each line of standard input with what a ranking fills the budget with.

    :param rank: Returns positions of sentences, best first.
    """

    def solve(given: dict[str, Any]) -> list[str]:
        topic = Topic(given["language"], given["words"], given["documents"])
        sentences = topic.sentences
        return [sentences[position] for position in fill(sentences, rank(topic), topic.words)]

    answer(solve)


def answer(*solvers: Callable[[dict[str, Any]], list[str]]) -> None:
    """Answer each line of standard input, once by each solver.

    :param solvers: Each returns the sentences of a summary, in reading order.
    """
    out = sys.stdout
    with redirect_stdout(sys.stderr):
        for line in sys.stdin:
            given = json.loads(line)
            for solve in solvers:
                print(json.dumps(_answered(given, solve)), file=out, flush=True)


def _answered(
    given: dict[str, Any], solve: Callable[[dict[str, Any]], list[str]]
) -> dict[str, object]:
    try:
        start = time.perf_counter()
        sentences = solve(given)
        spent = time.perf_counter() - start
    except Exception as error:
        said = " ".join(str(error).split())
        return {"id": given["id"], "error": f"{type(error).__name__}: {said}"}
    if not sentences:
        return {"id": given["id"], "error": "picked nothing"}
    return {"id": given["id"], "sentences": sentences, "ms": 1000 * spent, "peak_mb": _peak()}


def _peak() -> float:
    # On Linux ru_maxrss starts at what the process had that started this one.
    if _STATUS.exists():
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)
