"""What the command does with files of many formats, its limits, and --strict."""

import json
import re
from pathlib import Path

import pytest

from ..builders import ROOT, docx_story, html_story, zipped
from ..cli.test_cli import invoke, run

FORMATS = ROOT / "examples" / "formats"


def test_formats_in_a_fresh_process() -> None:
    first = run("--words", 60, FORMATS)
    assert first.returncode == 0, first.stderr
    assert re.search(rb", (page|paragraph|row) \d[];]", first.stdout)
    assert b"story.html: repeats most of" in first.stderr
    assert run("--words", 60, FORMATS).stdout == first.stdout


def test_pdf_through_standard_input() -> None:
    done = run("--sentences", 1, given=(FORMATS / "story.pdf").read_bytes())
    assert b"[1, page 1]\n\nSources\n[1] Harbour bridge reopens after nine months" in done.stdout


def test_markdown_names_the_place() -> None:
    _, out, _ = invoke("--sentences", 1, "--format", "markdown", FORMATS / "story.docx")
    assert "[^1] (paragraph 2)\n" in out


def test_strict(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor closed the old bridge on Monday.")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    assert invoke("--strict", tmp_path)[0] == 0
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\n")
    assert invoke(tmp_path)[0] == 0
    code, out, err = invoke("--strict", tmp_path)
    assert (code, out) == (1, "")
    assert err.startswith(f"summarize: {tmp_path / 'b.pdf'}: is a damaged PDF")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            ["--max-size", "0.001"],
            1,
            "a.zip: is larger than 0.001 MB; raise the size limit",
        ),
        (["--timeout", "0.001"], 1, "takes longer than 0.001 s to read"),
        (["--timeout", "0"], 2, "Invalid value for '--timeout'"),
        (["--max-size", "nan"], 2, "Invalid value for '--max-size': nan is not a finite number"),
        (["--max-size", "0"], 2, "Invalid value for '--max-size'"),
    ],
)
def test_limits(tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.html": html_story(), "b.docx": docx_story()}))
    found, out, err = invoke(*arguments, tmp_path / "a.zip")
    assert (found, out) == (code, "")
    assert message in err
    assert err.count("\n") == 1


def test_archive_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.html": html_story()}))
    code, _, err = invoke("-o", tmp_path / "a.zip", tmp_path / "a.zip")
    assert code == 1
    assert "a.zip: is one of the sources; name another file for --output" in err


def test_names_in_archives_cannot_drive_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"\x1b[31m\u202etxt.html": html_story()}))
    _, out, _ = invoke("--sentences", 1, tmp_path / "a.zip")
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert r"a.zip/\x1b[31m\u202etxt.html" in out


def test_json_cannot_drive_a_terminal_and_says_the_same(tmp_path: Path) -> None:
    text = "The mayor closed\x9b31m the \u202eold\x7f bridge on Monday."
    (tmp_path / "a.txt").write_text(text)
    _, out, _ = invoke("--sentences", 1, "--format", "json", tmp_path / "a.txt")
    assert not {"\x9b", "\u202e", "\x7f"} & set(out)
    assert json.loads(out)["sentences"][0]["text"] == text
    (tmp_path / "s.json").write_text(out)
    assert invoke("verify", tmp_path / "s.json")[0] == 0
