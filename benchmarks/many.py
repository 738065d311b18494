"""``python -m benchmarks.many DATA.jsonl.gz``: topics a second, and batches that are interrupted.

DATA has a line for each topic, as ``summarize each`` takes it. The yardstick is a loop over
``summarize`` in one process; beside it stand threads of one interpreter, and the command with one
process or more. ``handed out`` is how many topics one parent reads, sends, gets back and writes
when nothing is done with them: what it could feed. Processor time counts all processes.
"""

import gzip
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

import click

from summarizer import Document, Limits, load_encoder, summarize
from summarizer.batch import WorkerProcesses
from summarizer.batch import run as run_work
from summarizer.batch.topics import find_topics, read_topics
from summarizer.cli.each import LineFile

from .nothing import Nothing

_HERE = Path(__file__).parent
_PATIENCE = 0.05


@dataclass(frozen=True, slots=True)
class Row:
    """What one way of running took.

    :param way: Its name.
    :param topics: How many topics.
    :param seconds: Time from its start to its end, without start-up for the loop and the threads.
    :param processor: Seconds of processor, of all its processes.
    :param peak_mb: Most memory of one of its processes, in MiB; 0 where it ran in this one.
    """

    way: str
    topics: int
    seconds: float
    processor: float
    peak_mb: float


def command(model: str, workers: int, target: Path, source: Path) -> list[str]:
    """Return the command that is measured."""
    options = ["each", "--resume", "--quiet", "--model", model, "--workers", str(workers)]
    return [sys.executable, "-m", "summarizer", *options, "-o", str(target), str(source)]


def describe(row: Row, yardstick: Row) -> str:
    """Set a way of running beside the yardstick."""
    rate = row.topics / row.seconds
    ratio = rate * yardstick.seconds / yardstick.topics
    return (
        f"{row.way:<20}{ratio:7.2f}  ({rate:.1f} topics/s)"
        f"{1000 * row.processor / row.topics:9.1f} ms of processor a topic"
        f"{row.peak_mb:8.0f} MB"
    )


def cut(source: Path, target: Path, most: int | None) -> int:
    """Copy the first lines of a packed file, and return how many there are."""
    with gzip.open(source, "rb") as lines, target.open("wb") as file:
        return sum(1 for line in islice(lines, most) if file.write(line))


def timed(way: str, topics: int, action: Callable[[], object]) -> Row:
    """Measure an action, with the processes that it starts and waits for."""
    begun, before = time.perf_counter(), _processor()
    action()
    seconds, processor = time.perf_counter() - begun, _processor() - before
    return Row(way, topics, round(seconds, 4), round(processor, 4), 0)


def measure_here(source: Path, model: str, topics: int) -> Iterator[Row]:
    """Measure a loop in this process, and threads of it."""
    encoder = load_encoder(model)
    with source.open(encoding="utf-8") as lines:
        records = [json.loads(line)["documents"] for line in islice(lines, topics)]
    given = [[Document(str(n), d["text"]) for n, d in enumerate(record)] for record in records]

    def run(documents: Iterable[Document]) -> object:
        return summarize(documents, encoder=encoder)

    run(given[0])
    yield timed("loop", len(given), lambda: [run(documents) for documents in given])
    with ThreadPoolExecutor(2) as threads:
        yield timed("2 threads", len(given), lambda: list(threads.map(run, given)))


def measure_command(source: Path, target: Path, model: str, workers: int, topics: int) -> Row:
    """Measure the command, whose output is left in ``target``."""
    line = command(model, workers, target, source)
    # A process between, so that its memory is that of this run alone.
    code = (
        "import resource as r, subprocess as s, sys; s.run(sys.argv[1:], check=True); "
        "print(r.getrusage(r.RUSAGE_CHILDREN).ru_maxrss)"
    )
    said: list[str] = []

    def run() -> None:
        done = subprocess.run(
            [sys.executable, "-c", code, *line], check=True, capture_output=True, text=True
        )
        said.append(done.stdout)

    row = timed(f"{workers} worker{'s' * (workers > 1)}", topics, run)
    return Row(row.way, row.topics, row.seconds, row.processor, round(int(said[0]) / 1024, 1))


def measure_parent(source: Path, target: Path, topics: int, engine: str) -> Row:
    """Measure how many topics a parent hands out, from the first that comes back on."""
    given = read_topics(find_topics([str(source)], []), Limits())
    executor: Executor
    if engine == "ray":
        from summarizer.batch.ray import RayExecutor

        executor = RayExecutor()
    else:
        executor = WorkerProcesses(2)
    results = run_work(Nothing(), given, executor)
    with executor, closing(LineFile(str(target), resume=True)) as file, closing(results):
        file.begin()
        next(results)

        def run() -> None:
            for _, line in results:
                file.write(line)

        return timed(f"handed out, {engine}", topics - 1, run)


def interrupt(source: Path, whole: Path, model: str, workers: int, times: int, seed: int) -> str:
    """Interrupt and resume a batch at random points; return what became of it in a line.

    Every second interruption is SIGKILL, the others SIGINT.
    """
    chance = random.Random(seed)
    expected = whole.read_bytes()
    topics = len(expected.splitlines())
    points = sorted(chance.sample(range(topics * 9 // 10), times))
    target = whole.with_name("interrupted.jsonl")
    for number, point in enumerate(points):
        how = signal.SIGKILL if number % 2 else signal.SIGINT
        with subprocess.Popen(command(model, workers, target, source)) as process:
            while process.poll() is None and _lines(target) < point:
                time.sleep(_PATIENCE)
            process.send_signal(how)
    subprocess.run(command(model, workers, target, source), check=True)
    found = target.read_bytes()
    ids = [json.loads(line)["id"] for line in found.splitlines()]
    same = "the same bytes" if found == expected else "OTHER BYTES"
    twice = len(ids) - len(set(ids))
    return (
        f"{times} interruptions (seed {seed}): {len(ids)} of {topics} topics, "
        f"{twice} twice, {same} as uninterrupted (sha256 {sha256(found).hexdigest()[:16]})"
    )


def _lines(file: Path) -> int:
    return file.read_bytes().count(b"\n") if file.exists() else 0


def _processor() -> float:
    own, others = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


@click.command()
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--model", default="static", show_default=True)
@click.option("--topics", type=click.IntRange(min=1), help="Only the first N.")
@click.option("--here", default=200, show_default=True, help="Topics for the loop and the threads.")
@click.option("--workers", multiple=True, type=int, default=(1, 2), show_default=True)
@click.option(
    "--parent",
    "parents",
    multiple=True,
    type=click.Choice(["local", "ray"]),
    help="Measure what a parent hands out on this engine, too.",
)
@click.option("--interruptions", default=0, help="Interrupt and resume so often.")
@click.option("--seed", default=0, show_default=True)
@click.option("--save", is_flag=True, help="Keep the figures in results/many/.")
def main(
    data: Path,
    model: str,
    topics: int | None,
    here: int,
    workers: tuple[int, ...],
    parents: tuple[str, ...],
    interruptions: int,
    seed: int,
    save: bool,
) -> None:
    """Measure the topics of DATA, packed by gzip."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "topics.jsonl")
        count = cut(data, source, topics)
        click.echo(f"{data.name}, {count} topics, {model}, {os.cpu_count()} cores")
        rows: list[Row] = []

        def add(row: Row) -> None:
            rows.append(row)
            click.echo(describe(row, rows[0]))

        for row in measure_here(source, model, min(here, count)):
            add(row)
        outputs = []
        for number in workers:
            whole = Path(folder, f"{number}.jsonl")
            add(measure_command(source, whole, model, number, count))
            outputs.append(sha256(whole.read_bytes()).hexdigest())
        for engine in parents:
            add(measure_parent(source, Path(folder, f"{engine}.jsonl"), count, engine))
        said = [f"the same bytes whatever the workers: {len(set(outputs)) == 1}"]
        click.echo(said[0])
        if interruptions:
            said.append(interrupt(source, whole, model, workers[-1], interruptions, seed))
            click.echo(said[1])
    if save:
        kept = _HERE / "results" / "many" / f"{model}.{count}.json"
        kept.parent.mkdir(parents=True, exist_ok=True)
        figures = {"data": data.name, "model": model, "cores": os.cpu_count()}
        lines = [json.dumps(asdict(row)) for row in rows]
        table = "[\n  " + ",\n  ".join(lines) + "\n ]"
        fields = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in figures.items()]
        fields += [f' "rows": {table}', f' "said": {json.dumps(said)}']
        kept.write_text("{\n" + ",\n".join(fields) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
