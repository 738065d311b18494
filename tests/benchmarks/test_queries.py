"""Questions of a file, answered in several ways."""

import json
import lzma
from pathlib import Path

from click.testing import CliRunner

from benchmarks.queries import main

BRIDGE = "The old bridge was closed on Monday.\nRust ate its cables in the winter.\nA clerk smiled."
FARM = "Wheat grew tall on the farm.\nThe farmer sold ten sacks of flour.\nA cat slept in the barn."


def test_ways_are_measured_and_kept(tmp_path: Path) -> None:
    asked = [
        ("a", "Why was the bridge closed?", BRIDGE, "The old bridge was closed.", [[0, 1]]),
        ("b", "What did the farmer sell?", FARM, "The farmer sold flour.", [[1, 1]]),
    ]
    file = tmp_path / "two.jsonl.xz"
    with lzma.open(file, "wt", encoding="utf-8") as lines:
        for name, query, text, reference, spans in asked:
            record = {"id": name, "query": query, "documents": [{"id": "d", "text": text}]}
            lines.write(json.dumps({**record, "references": [reference], "spans": spans}) + "\n")
    found = CliRunner().invoke(main, [str(file), "--words", "8"])
    assert found.exit_code == 0, found.output
    ours, *others = [line.split()[1:] for line in found.output.splitlines()[1:]]
    assert ours[0] == "summarizer"
    assert ours[-4:-1] == ["100%", "0%", "100%"]
    assert [other[0] for other in others] == ["summarizer", "minilm,", "BM25,", "lead"]
    assert float(ours[1]) > 50
