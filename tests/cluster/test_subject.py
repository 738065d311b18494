"""One large subject on a cluster: the same bytes, also where a node dies halfway."""

import os
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import ray

from summarizer import Limits, ReadError, SummarizerError, read, summarize
from summarizer.pipeline import parts
from summarizer.running.spreading import spreading

from ..conftest import ROOT
from ..test_cli import COMMAND
from ..test_parts import story
from .conftest import add_node

TEXTS = [story(number) for number in range(60)]
FILES = 1500


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a folder of 15 million characters, four parts."""
    folder = tmp_path_factory.mktemp("subject")
    drawn = random.Random(0)
    words = ["".join(drawn.choices("aeioulmnrst", k=drawn.randint(2, 9))) for _ in range(9000)]
    for number in range(FILES):
        said = (f"The mayor {' '.join(drawn.choices(words, k=14))}." for _ in range(100))
        (folder / f"{number}.txt").write_text(" ".join(said))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    return folder


def command(folder: Path, *options: str) -> list[str]:
    """Return a run that tells all it found."""
    return [*COMMAND, "--format", "json", "--explain", *options, str(folder)]


def fail(number: int) -> int:
    """Fail at one number, end the process at another."""
    if number == 3:
        raise SummarizerError("three is one too many")
    if number == 4:
        os._exit(9)
    return number


def test_node_that_dies_costs_no_document(cluster: Any, folder: Path) -> None:
    whole = subprocess.run(command(folder), capture_output=True, check=True, cwd=ROOT)
    assert whole.stderr.count(b"\n") == 1
    where = ["--engine", "ray", "--address", cluster.address]
    pipes: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command(folder, *where), cwd=ROOT, **pipes) as process:
        wait_for_tasks(cluster, process)
        (victim, *_) = cluster.worker_nodes
        cluster.remove_node(victim, allow_graceful=False)
        assert process.poll() is None
        out, err = process.communicate(timeout=300)
    add_node(cluster)
    assert process.returncode == 0, err
    assert out == whole.stdout
    assert err == whole.stderr


def wait_for_tasks(cluster: Any, process: "subprocess.Popen[bytes]") -> None:
    """Wait until every node works on something."""
    deadline = time.monotonic() + 100
    ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")
    try:
        while ray.available_resources().get("CPU", 0) > 0:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
    finally:
        ray.shutdown()


@pytest.fixture
def small_parts() -> Iterator[None]:
    """Make parts so small that a few texts are several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "_CHARACTERS", 1000)
        yield


def test_library_gives_the_same(cluster: Any, small_parts: None, folder: Path) -> None:
    where: Any = {"engine": "ray", "address": cluster.address}
    here = summarize(TEXTS, words=60)
    assert len(parts.divide(here.documents)) > 5
    assert summarize(TEXTS, words=60, **where) == here
    assert summarize(TEXTS, words=60, **where, workers=1) == here
    paths = [folder / "1.txt", folder / "broken.pdf", folder / "2.txt"]
    found = read(paths, **where)
    assert found == read(paths)
    assert found.skipped == read(paths).skipped
    with pytest.raises(ReadError, match=r"larger than 0.001 MB"):
        read([folder / "1.txt"], limits=Limits(size=1000), **where)
    assert not ray.is_initialized()


def test_part_that_fails_is_the_error_it_is_here(cluster: Any) -> None:
    with spreading(None, "ray", cluster.address) as spread:
        assert list(spread(fail, ((number,) for number in range(3)))) == [0, 1, 2]
        with pytest.raises(SummarizerError, match=r"^three is one too many$"):
            list(spread(fail, ((number,) for number in (1, 3, 1))))
        with pytest.raises(SummarizerError, match=r"^a part of the documents ends each process"):
            list(spread(fail, [(4,)]))
    assert not ray.is_initialized()
