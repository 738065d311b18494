"""Sheets that tell no system, forms that are read back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.reading import SCALES, main

from ..builders import ROOT

TINY = str(ROOT / "benchmarks" / "corpora" / "tiny.jsonl")


def call(*arguments: str | Path | int) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """Write the sheets of two baselines, and their key beside the folder."""
    systems = ("--system", "lead", "--system", "round-robin lead")
    done = call(
        *("write", tmp_path / "sheets", "--key", tmp_path / "key.json"),
        *("--corpus", TINY, "--topics", 1, "--words", 40, *systems),
    )
    assert done.exit_code == 0, done.output
    return tmp_path / "sheets"


def fill(folder: Path, values: dict[str, int], best: str) -> Path:
    """Write a form as a reader fills it in."""
    folder.mkdir(exist_ok=True)
    form = {letter: dict.fromkeys(SCALES, value) for letter, value in values.items()}
    (folder / "001.json").write_text(json.dumps(form | {"best": best}), encoding="utf-8")
    return folder


def test_sheets_are_blind_and_forms_are_counted(sheets: Path, tmp_path: Path) -> None:
    sheet = (sheets / "001.md").read_text(encoding="utf-8")
    assert "lead" not in sheet.split("## Reference 1")[0].replace("leads", "")
    assert "## Summary A" in sheet
    assert "## Source 1" in sheet
    form = json.loads((sheets / "001.json").read_text(encoding="utf-8"))
    assert form == {"A": dict.fromkeys(SCALES), "B": dict.fromkeys(SCALES), "best": None}
    key = json.loads((tmp_path / "key.json").read_text(encoding="utf-8"))
    assert sorted(key["001"].values()) == ["lead", "round-robin lead"]
    readers = (
        fill(tmp_path / "a", {"A": 5, "B": 2}, "A"),
        fill(tmp_path / "b", {"A": 3, "B": 2}, "B"),
    )
    said = call("score", tmp_path / "key.json", *readers).output
    assert f"{key['001']['A']}" in said
    assert "4.00" in said
    assert "best in 0% of the topics; their scores are 1.00 apart" in said


def test_what_is_missing_is_named(sheets: Path, tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    assert "A, facts: fill in 1 to 5" in call("score", key, sheets).output
    worse = fill(tmp_path / "c", {"A": 5, "B": 2}, "C")
    assert "best: fill in one of A, B" in call("score", key, worse).output
    inside = call("write", sheets, "--key", sheets / "key.json", "--corpus", TINY)
    assert "keep the key apart" in inside.output
    assert "cannot be read" in call("score", key, tmp_path).output
