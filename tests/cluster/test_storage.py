"""What is stored behind addresses of S3 is read from there."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import s3fs

from ..batch.test_each import BRIDGE, FERRY, topic
from ..builders import EXAMPLE
from ..cli.test_cli import run

BUCKET = "s3://bucket"


@pytest.fixture(scope="module")
def stored(cluster: Any) -> list[str]:
    """Store the example and some topics; return the options that name the cluster."""
    storage = s3fs.S3FileSystem()
    storage.mkdir("bucket")
    storage.put(str(EXAMPLE), "bucket/moon", recursive=True)
    lines = [json.dumps(topic(number, BRIDGE, f"{FERRY} {number}.")) for number in range(40)]
    storage.pipe("bucket/topics.jsonl.gz", gzip.compress("\n".join(lines).encode()))
    return ["--engine", "ray", "--address", cluster.address]


def printed(*arguments: object) -> bytes:
    """Return what a run prints that succeeds."""
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def test_folder_is_summarized_as_from_a_disk(stored: list[str], tmp_path: Path) -> None:
    asked = ["explain", "--format", "json", "--words", "80"]
    there = printed(*asked, f"{BUCKET}/moon")
    assert there == printed(*asked, EXAMPLE).replace(
        str(EXAMPLE).encode(), f"{BUCKET}/moon".encode()
    )
    (tmp_path / "s.json").write_bytes(there)
    assert printed("verify", "--allow-remote", tmp_path / "s.json").endswith(
        b" 0 moved, 0 changed, 0 missing\n"
    )


def test_topics_are_summarized_as_here(stored: list[str]) -> None:
    asked = ["each", "-q", "--words", "12", f"{BUCKET}/topics.jsonl.gz"]
    assert printed(*asked, *stored) == printed(*asked)
    assert printed(*asked).count(b"\n") == 40


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (
            f"{BUCKET}/none",
            f"{BUCKET}/none: does not exist or cannot be reached; check the address",
        ),
        ("s3://none/a", "s3://none/a: does not exist or cannot be reached; check the address"),
        (f"{BUCKET}/*.pdf", f"{BUCKET}/*.pdf: no file matches this pattern"),
        (f"{BUCKET}/moon/*.md", "is larger than 0.0001 MB; raise the size limit"),
    ],
)
def test_mistake_is_one_line(stored: list[str], address: str, message: str) -> None:
    done = run("--max-size", "0.0001", address)
    assert (done.returncode, done.stdout) == (1, b"")
    assert message in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_bucket_that_may_not_be_read_is_one_line(
    stored: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    done = run(f"{BUCKET}/moon")
    assert done.returncode == 1
    assert done.stderr.startswith(f"summarize: {BUCKET}/moon: cannot be read (".encode())
    assert done.stderr.count(b"\n") == 1
