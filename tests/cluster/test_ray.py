"""The same bytes on a cluster as on this machine, also where a node dies or a topic kills."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import ray

from summarizer import SummarizerError
from summarizer.batch import LOST, run
from summarizer.batch.ray import RayExecutor

from ..batch.test_each import BRIDGE, FERRY, topic, write_lines
from ..batch.test_run import TOPICS
from ..batch.work import Deadly
from ..builders import ROOT
from ..cli.test_cli import COMMAND
from .conftest import add_node


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write 2,000 topics, some of which fail."""
    records: list[object] = [
        topic(number, f"{BRIDGE} {FERRY} It was number {number}.", FERRY) for number in range(2000)
    ]
    records[7], records[70] = "{broken", topic("empty")
    return write_lines(tmp_path_factory.mktemp("cluster") / "t.jsonl", *records)


@pytest.fixture(scope="module")
def whole(source: Path) -> bytes:
    """Summarize them on this machine."""
    return subprocess.run(
        [*COMMAND, "each", "--words", "12", str(source)], capture_output=True, check=True, cwd=ROOT
    ).stdout  # fmt: skip


def start(cluster: Any, source: object, target: Path, *options: str) -> "subprocess.Popen[bytes]":
    """Start the command on the cluster."""
    where = ["--engine", "ray", "--address", cluster.address, "-o", str(target)]
    return subprocess.Popen(
        [*COMMAND, "each", "--words", "12", *where, *options, str(source)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
    )


def wait_for(target: Path, lines: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until so many lines are written."""
    deadline = time.monotonic() + 200
    while not target.exists() or target.read_bytes().count(b"\n") < lines:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_node_that_dies_costs_no_topic(
    cluster: Any, source: Path, whole: bytes, tmp_path: Path
) -> None:
    target = tmp_path / "o.jsonl"
    with start(cluster, source, target) as process:
        wait_for(target, 300, process)
        (victim, *_) = cluster.worker_nodes
        cluster.remove_node(victim, allow_graceful=False)
        assert target.read_bytes().count(b"\n") < 1900
        _, said = process.communicate(timeout=300)
    add_node(cluster)
    assert process.returncode == 0, said
    # A run of more than a minute says how far it is.
    warnings = [line for line in said.splitlines() if b": warning: " in line]
    assert len(warnings) == 1
    assert warnings[0].startswith(b"summarize: warning: 2 of 2,000 topics failed; the first: ")
    assert target.read_bytes() == whole


def test_interrupted_run_goes_on_elsewhere(
    cluster: Any, source: Path, whole: bytes, tmp_path: Path
) -> None:
    target = tmp_path / "o.jsonl"
    with start(cluster, f"file://{source}", target) as process:
        wait_for(target, 100, process)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.splitlines()[-1].startswith(b"summarize: interrupted after ")
    left = target.read_bytes()
    assert left.endswith(b"\n")
    assert whole.startswith(left)


def test_item_that_kills_is_lost_alone(cluster: Any, tmp_path: Path) -> None:
    items = ["a", "once", "deadly", "loud", "unreadable", *"bcdefghij"]
    with RayExecutor(cluster.address) as executor:
        found = [result for _, result in run(Deadly(tmp_path), items, executor)]
    unreadable = "unreadable: ValueError: no number"
    assert found == ["A", "ONCE", f"deadly: {LOST}", "LOUD", unreadable, *"BCDEFGHIJ"]


def test_cluster_that_is_not_there_is_one_line() -> None:
    with pytest.raises(SummarizerError, match=r"127\.0\.0\.1:1: no cluster can be reached"):
        RayExecutor("127.0.0.1:1")


def test_library_on_a_cluster(cluster: Any) -> None:
    from summarizer import summarize_many

    here = list(summarize_many(TOPICS, workers=0, words=20))
    with RayExecutor(cluster.address, ahead=1) as executor:
        assert list(summarize_many(TOPICS, executor=executor, words=20)) == here
    assert not ray.is_initialized()
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
