"""``python -m benchmarks.race CORPUS``: milliseconds a topic beside a peer, both warm, in one run.

Each topic is given to both in turn, so that what else the machine does slows both. The first two
topics load models and are not counted; no topic is given twice, as words that were met before are
known. The table gives the medians over the topics, and the median of the ratios.
"""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

import click

from .corpora import CorpusError, read_topics
from .running import Problem, Settings, pose
from .systems import SYSTEMS, System

_WARMING = 2


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--words", type=click.IntRange(1), default=250, show_default=True)
@click.option("--topics", type=click.IntRange(_WARMING + 1), help="Only the first N topics.")
@click.option("--system", "ours", default="summarizer", show_default=True)
@click.option("--against", default="sumy LexRank", show_default=True)
def main(corpus: Path, words: int, topics: int | None, ours: str, against: str) -> None:
    """Time two systems on each topic of a corpus in turn."""
    for name in (ours, against):
        if name not in SYSTEMS:
            raise click.ClickException(f"{name}: no such system; there are {', '.join(SYSTEMS)}")
    try:
        given = list(read_topics(corpus))[:topics]
    except CorpusError as error:
        raise click.ClickException(str(error)) from error
    if len(given) <= _WARMING:
        raise click.ClickException(f"{corpus}: has {len(given)} topics, {_WARMING} only warm up")
    problems = [pose(topic, Settings(words)) for topic in given]
    spent = race([SYSTEMS[ours], SYSTEMS[against]], problems)
    for name, column in zip((ours, against), zip(*spent, strict=True), strict=True):
        click.echo(f"{name}: {median(column):.1f} ms a topic, {len(spent)} topics")
    click.echo(f"ratio {median(one / other for one, other in spent):.2f}")


def race(systems: Sequence[System], problems: Sequence[Problem]) -> list[list[float]]:
    """Return the milliseconds that each system takes for each problem behind the first two.

    :raises click.ClickException: If a system cannot be started, or fails.
    """
    with ExitStack() as stack:
        workers = [stack.enter_context(_worker(system)) for system in systems]
        rows = [[_ask(worker, problem) for worker in workers] for problem in problems]
    return rows[_WARMING:]


@contextmanager
def _worker(system: System) -> Iterator["subprocess.Popen[str]"]:
    if not system.python().exists():
        raise click.ClickException(f"{system.name}: is not installed: run `make peers`")
    with subprocess.Popen(
        system.command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env=os.environ | {"PYTHONHASHSEED": "0"},
    ) as process:
        yield process


def _ask(worker: "subprocess.Popen[str]", problem: Problem) -> float:
    assert worker.stdin is not None
    assert worker.stdout is not None
    try:
        worker.stdin.write(json.dumps(asdict(problem)) + "\n")
        worker.stdin.flush()
        answer: dict[str, Any] = json.loads(worker.stdout.readline())
        return float(answer["ms"])
    except (OSError, KeyError, ValueError) as error:
        raise click.ClickException(f"{problem.id}: is not answered ({error!r})") from error


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.race")
