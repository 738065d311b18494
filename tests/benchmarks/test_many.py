"""The measurement of batches, on a few topics."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import many

from .test_benchmarks import TINY


def test_batches_are_measured_and_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "tiny.jsonl.gz"
    data.write_bytes(gzip.compress(TINY.read_bytes()))
    count = len(TINY.read_text().splitlines())
    monkeypatch.setattr(many, "_HERE", tmp_path)
    options = ["--here", "1", "--workers", "1", "--parent", "local", "--interruptions", "1"]
    done = CliRunner().invoke(many.main, [str(data), *options, "--save"], catch_exceptions=False)
    assert done.exit_code == 0
    kept = json.loads((tmp_path / "results" / "many" / f"static.{count}.json").read_text())
    ways = [row["way"] for row in kept["rows"]]
    assert ways == ["loop", "2 threads", "1 worker", "handed out, local"]
    assert kept["rows"][2]["topics"] == count
    assert all(row["seconds"] > 0 for row in kept["rows"][:3])
    assert all(way in done.output for way in ways)
    assert f"{count} of {count} topics, 0 twice, the same bytes" in kept["said"][-1]
