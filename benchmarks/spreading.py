"""``python -m benchmarks.spreading DATA.jsonl.gz``: a subject by one process, by several, by Ray.

The subject is that of ``benchmarks.scale``, in files of 200 documents. Each way is the command as a
whole, from its start to its end; the Ray cluster, of two nodes with one core each on this machine,
runs before. Seconds are those of the clock, so that nothing else should run, and those of the
processor: of the command with the processes it started, so that those of the cluster are not in it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from typing import Any

import click

from .corpora import read_topics
from .scale import enlarge, sentences_of

HERE = Path(__file__).parent
_NODES = 2
_MEMORY = 1_000_000_000
_SAMPLE = 1000
_TOGETHER = 200


def write_files(texts: list[str], sentences: int, folder: Path) -> None:
    """Write documents of so many sentences in all."""
    known = sentences_of(texts[:_SAMPLE])
    each = sum(map(len, known)) / len(known)
    given = islice(enlarge(texts), round(sentences / each))
    lines = (json.dumps({"text": text}) + "\n" for text in given)
    for number in count():
        if not (some := "".join(islice(lines, _TOGETHER))):
            return
        (folder / f"{number:05}.jsonl").write_text(some, encoding="utf-8")


@contextmanager
def cluster() -> Iterator[str]:
    """Run a cluster; yield its address."""
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    for _ in range(_NODES):
        made.add_node(num_cpus=1, object_store_memory=_MEMORY)
    made.wait_for_nodes()
    try:
        yield made.address
    finally:
        made.shutdown()


def measure(folder: Path, *options: str) -> tuple[float, float, str]:
    """Return the seconds of the clock and of the processor, and the hash of what is printed."""
    command = [sys.executable, "-m", "summarizer", "--quiet", "--format", "json", "--words", "250"]
    command += ["--max-files", "1000000000", *options, str(folder)]
    begun, before = time.perf_counter(), processor_of_children()
    done = subprocess.run(command, check=True, capture_output=True, cwd=HERE.parent)
    spent = processor_of_children() - before
    return time.perf_counter() - begun, spent, sha256(done.stdout).hexdigest()[:16]


def processor_of_children() -> float:
    """Return the seconds of processor of all processes that ended and were waited for."""
    spent = os.times()
    return spent.children_user + spent.children_system


@click.command()
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@click.option("--sentences", default=200_000, show_default=True)
@click.option("--save", is_flag=True, help="Keep the figures in spreading.json.")
def main(data: Path, sentences: int, save: bool) -> None:
    """Measure ways of running on the documents of DATA as one subject."""
    texts = [document.text for topic in read_topics(data) for document in topic.documents]
    figures: dict[str, Any] = {"sentences": sentences, "cores": os.cpu_count(), "ways": {}}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(texts, sentences, folder)
        ways = {
            "one process": (),
            "--workers 1": ("--workers", "1"),
            "--workers 2": ("--workers", "2"),
        }
        for way, options in ways.items():
            add(figures["ways"], way, *measure(folder, *options))
        with cluster() as address:
            found = measure(folder, "--engine", "ray", "--address", address)
            add(figures["ways"], f"--engine ray, {_NODES} nodes", *found)
    if save:
        file = HERE / "spreading.json"
        file.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def add(ways: dict[str, Any], way: str, seconds: float, processor: float, printed: str) -> None:
    """Keep and tell what a way took beside the first one."""
    took = {"seconds": round(seconds, 1), "processor": round(processor, 1)}
    ways[way] = {**took, "sha256": printed}
    first = next(iter(ways.values()))
    same = "the same bytes" if printed == first["sha256"] else "OTHER BYTES"
    ratio = seconds / first["seconds"]
    click.echo(f"{way:<24}{seconds:7.1f} s{ratio:7.2f}{processor:7.1f} s of processor  {same}")


if __name__ == "__main__":
    main()
