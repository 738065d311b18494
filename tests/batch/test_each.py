"""The command each: input, lines, errors, exit status."""

import gzip
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import fsspec
import jsonschema
import pytest

from summarizer.batch.topics import NamedTopic
from summarizer.cli.each import line_work
from summarizer.cli.options import Arguments

from ..builders import EXAMPLE, ROOT
from ..cli.test_cli import COMMAND, invoke, run

SCHEMA = json.loads((ROOT / "summarizer" / "render" / "summary.schema.json").read_text())
BRIDGE = "The mayor closed the old bridge on Monday. Engineers had found rust in its cables."
FERRY = "The council sold 12 ferries after the storm. They had been in the harbour for years."


def topic(name: object, *documents: object) -> dict[str, Any]:
    """Return a record as a line of the input holds it."""
    return {"id": name, "documents": list(documents)}


def write_lines(file: Path, *records: object) -> Path:
    """Write records as JSONL; strings as they are."""
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    file.write_text("\n".join(lines) + "\n")
    return file


def parsed(output: str) -> list[dict[str, Any]]:
    """Return the records of lines."""
    assert output.endswith("\n")
    return [json.loads(line) for line in output.splitlines()]


def test_sub_folder_gives_what_format_json_prints_of_it(tmp_path: Path) -> None:
    for name, text in (("b", BRIDGE), ("a", FERRY)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.txt").write_text(text)
        (tmp_path / name / "two.html").write_text(f"<html><body><p>{text}</p></body></html>")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "note.txt").write_text("left out")
    asked = ("each", "--explain", "--words", 20)
    done = run(*asked, tmp_path)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == 0
    assert invoke(*asked, str(tmp_path).replace("test", "tes[t]")) == (0, out, err)
    assert err == (
        f"summarize: warning: {tmp_path}: left out files beside the sub-folders: note.txt\n"
    )
    records = parsed(out)
    assert [record["id"] for record in records] == [str(tmp_path / "a"), str(tmp_path / "b")]
    for record in records:
        _, alone, _ = invoke("explain", "--format", "json", "--words", 20, record.pop("id"))
        made, digest = record.pop("digest").split("-")
        assert (len(made), len(digest)) == (8, 16)
        assert record == json.loads(alone)
        jsonschema.validate(record, SCHEMA)


def test_line_holds_texts_or_records_of_documents(tmp_path: Path) -> None:
    found: dict[str, object] = {
        "id": "p7",
        "body": FERRY,
        "headline": "Ferries",
        "published": "2 May 2020",
    }
    found |= {"link": "https://port.example/7", "relevant": True}
    file = write_lines(
        tmp_path / "t.jsonl", topic(7, BRIDGE, found, {"title": "no text"}), "", topic(None, FERRY)
    )
    code, out, err = invoke("each", file)
    assert (code, err) == (0, "")
    one, other = parsed(out)
    assert one["id"] == 7
    bare: dict[str, Any] = {
        "path": None,
        "sentences": 2,
        "cited": True,
        "author": None,
        "site": None,
    }
    bare |= {"copy_of": None, "metadata": {}, "earlier": False}
    assert one["sources"] == [
        bare | {"number": 1, "id": "text 1", "title": "", "url": None, "date": None},
        bare | {"number": 2, "id": "p7", "title": "Ferries", "url": "https://port.example/7"}
        | {"date": "2020-05-02"},
    ]  # fmt: skip
    assert "1 row without text left out" in one["warnings"]
    assert one["sentences"][0]["where"] == "line 1"
    assert other["id"] == f"{file}#3"


def test_packed_file_standard_input_patterns_and_addresses_give_the_same(tmp_path: Path) -> None:
    records = [topic("a", BRIDGE), topic("b", FERRY)]
    file = write_lines(tmp_path / "t.jsonl", *records)
    packed = tmp_path / "t.jsonl.gz"
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbf" + file.read_bytes()))
    expected = invoke("each", file)[1]
    fsspec.filesystem("memory").pipe("/far/t.jsonl.gz", packed.read_bytes())
    for given in (
        packed,
        tmp_path / "t*.gz",
        "memory://far/t.jsonl.gz",
        "memory://far/*",
        f"file://{file}",
        f"file://{tmp_path}/*.gz",
    ):
        assert invoke("each", given) == (0, expected, ""), given
    for data in (file.read_bytes(), packed.read_bytes()):
        for arguments in (["each"], ["each", "-"]):
            assert invoke(*arguments, given=data) == (0, expected, "")
    line = f"cat {packed} | {' '.join(COMMAND)} each - <(cat {file})"
    done = subprocess.run(["bash", "-c", line], capture_output=True, cwd=ROOT, check=True)
    twice = parsed(done.stdout.decode())
    assert [record["id"] for record in twice] == ["a", "b", "a", "b"]
    assert done.stdout.decode().startswith(expected)


def test_topics_that_fail_are_lines_with_an_error(tmp_path: Path) -> None:
    long = json.dumps(topic("long", BRIDGE * 20))
    file = write_lines(
        tmp_path / "t.jsonl",
        topic("good", BRIDGE), "{broken", "[1]", '{"id": "none"}', topic("empty"), topic("good", FERRY),
        topic([1], BRIDGE), topic("rows", {"title": "x"}), topic("blank", " "), long, topic("last", FERRY),
    )  # fmt: skip
    code, out, err = invoke("each", "--max-size", 0.001, file)
    records = parsed(out)
    errors = {record["id"]: record.get("error") for record in records}
    assert [record["id"] for record in records] == [
        "good", f"{file}#2", f"{file}#3", "none", "empty", "good",
        f"{file}#7", "rows", "blank", f"{file}#10", "last",
    ]  # fmt: skip
    assert errors[f"{file}#2"] == f"{file}: line 2 is not JSON"
    assert errors[f"{file}#3"] == f"{file}: line 3 is not a JSON object"
    assert errors["none"] == f"{file}: line 4 has no list of documents"
    assert errors["empty"] == f"{file}: line 5 has an empty list of documents"
    assert errors["good"] == f"{file}: line 6: its id 'good' is that of a topic before it"
    message = f"{file}: line 7 has an id that is neither a string nor a whole number"
    assert errors[f"{file}#7"] == message
    nameless = "has no text in a column called text, content, body, article"
    renamed = "rename one"
    assert errors["rows"] == f"{file}: line 8 {nameless}; {renamed}"
    assert errors[f"{file}#10"] == f"{file}: line 10 is longer than 0.001 MB; raise the size limit"
    assert "text" in records[0]
    assert "text" in records[-1]
    assert code == 0
    assert err == (
        f"summarize: warning: 9 of 11 topics failed; the first: {file}#2: {file}: line 2 is not "
        "JSON\n"
    )
    code, out, err = invoke("each", "--strict", "-q", "--max-size", 0.001, file)
    assert (code, len(parsed(out)), err) == (1, 11, "")


def test_exit_status_is_1_where_nothing_could_be_summarized(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "t.jsonl", topic("a", BRIDGE))
    code, out, err = invoke("each", "--words", 2, file)
    assert code == 1
    assert "is as short as 2 words" in parsed(out)[0]["error"]
    assert "1 of 1 topics failed" in err
    empty = write_lines(tmp_path / "e.jsonl", "", "")
    assert invoke("each", empty) == (1, "", f"summarize: {empty}: holds no topics\n")


def test_packed_file_that_is_cut_off_gives_what_it_holds_and_an_error(tmp_path: Path) -> None:
    lines = [json.dumps(topic(n, f"{BRIDGE} It is number {n}.")) + "\n" for n in range(4000)]
    packed = gzip.compress("".join(lines).encode())
    file = tmp_path / "t.jsonl.gz"
    file.write_bytes(packed[: len(packed) // 40])
    code, out, err = invoke("each", "--sentences", 1, file)
    assert code == 1
    whole = len(parsed(out))
    assert whole > 5
    assert err.startswith(f"summarize: {file}: cannot be read after line {whole}: it is damaged")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nowhere.jsonl"], 1, "nowhere.jsonl: does not exist; check the spelling"),
        (["nowhere*.jsonl"], 1, "nowhere*.jsonl: no file matches this pattern"),
        ([EXAMPLE], 1, "moon_landing: has no sub-folders that could each be a topic"),
        ([EXAMPLE / "archive.txt"], 1, "archive.txt: is not a JSONL or Parquet file by its ending"),
        (["memory://nowhere.jsonl"], 1, "memory://nowhere.jsonl: does not exist"),
        (["memory://nowhere/*.jsonl"], 1, "memory://nowhere/*.jsonl: no file matches"),
        (["memory:///"], 1, "memory:///: is a folder; name the JSONL files in it"),
        (["nothing://a/b.jsonl"], 1, "nothing://a/b.jsonl: cannot be read (Protocol not known"),
        (["--resume", "examples"], 2, "--resume needs --output"),
        (["--resume", "-o", "-", "examples"], 2, "--resume needs --output"),
        (
            ["--resume", "-o", "/dev/null", "examples"],
            1,
            "/dev/null: is not a file; --resume needs",
        ),
        (["--address", "auto", "examples"], 2, "--address goes with --engine ray"),
        (["--workers", "0", "examples"], 2, "Invalid value for '--workers'"),
        (["--engine", "spark", "examples"], 2, "Invalid value for '--engine'"),
        (["--words", "9", "--chars", "9", "examples"], 2, "give only one of --words,"),
        (["--model", "./x", "examples"], 1, "./x: there is no such folder"),
        (["-o", "/", "examples"], 1, "/: is a folder; name a file for --output"),
        (["-o", "/nowhere/s.jsonl", "examples"], 1, "its folder does not exist"),
        (["-o", "/proc/new", "examples"], 1, "/proc/new: cannot be written"),
        (["-o", ROOT / "LICENSE", "examples"], 1, "LICENSE: holds something already; add --resume"),
        (["-o", "/dev/full", "examples"], 1, "/dev/full: cannot be written (No space left"),
    ],
)
def test_mistake_is_one_line(
    arguments: list[object], code: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    found, out, err = invoke("each", "-q", *arguments)
    assert (found, out) == (code, "")
    assert err.startswith("summarize: ")
    assert message in err
    assert err.count("\n") == 1


def test_nothing_is_imported_from_the_folder_of_strangers(tmp_path: Path) -> None:
    write_lines(tmp_path / "t.jsonl", topic("a", BRIDGE))
    for name in ("multiprocessing", "pickle", "json", "summarizer"):
        (tmp_path / f"{name}.py").write_text("open('touched', 'w')")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", *COMMAND[1:], "each", "t.jsonl"]
    done = subprocess.run(
        command, capture_output=True, check=True, cwd=tmp_path, env=environment
    )  # fmt: skip
    assert len(parsed(done.stdout.decode())) == 1
    assert not (tmp_path / "touched").exists()


def test_ray_that_is_not_installed_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_lines(tmp_path / "t.jsonl", topic("a", BRIDGE))
    monkeypatch.setitem(sys.modules, "ray", None)
    code, _, err = invoke("each", "--engine", "ray", file)
    assert (code, err) == (
        1,
        "summarize: Ray is not installed: pip install 'verbatim-summarizer[ray]'\n",
    )


def test_output_that_is_an_input_is_refused(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "t.jsonl", topic("a", BRIDGE))
    code, _, err = invoke("each", "--resume", "-o", file, file)
    assert code == 1
    assert "is one of the sources" in err


@pytest.mark.parametrize("model", ["static", "minilm"])
def test_bytes_do_not_depend_on_workers_and_threads(tmp_path: Path, model: str) -> None:
    lines = (ROOT / "benchmarks" / "corpora" / "tiny.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines][:4]
    file = write_lines(tmp_path / "t.jsonl", *records)
    outputs = set()
    for workers, threads in ((1, "1"), (2, "4")):
        environment = {**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        command = [*COMMAND, "each", "--workers", str(workers), "--model", model, str(file)]
        done = subprocess.run(
            command, capture_output=True, check=True, cwd=ROOT, env=environment
        )  # fmt: skip
        outputs.add(done.stdout)
    (output,) = outputs
    assert len(output.splitlines()) == len(records)


def test_bar_on_a_terminal_and_nothing_elsewhere(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "t.jsonl", topic("a", BRIDGE), topic("b", FERRY), "{")
    parent, child = pty.openpty()
    command = [*COMMAND, "each", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=child, cwd=ROOT) as process:
        out, _ = process.communicate(timeout=120)
    os.close(child)
    shown = os.read(parent, 65536).decode()
    os.close(parent)
    assert "100%" in shown
    assert "\x1b[?25l" in shown
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")
    assert "3 topics, 1 failed, " in shown
    assert " a second " in shown
    assert len(out.splitlines()) == 3
    write_lines(file, topic("a", BRIDGE))
    assert invoke("each", file)[2] == ""


def test_folder_that_is_gone_is_an_error_of_its_own_line(tmp_path: Path) -> None:
    work = line_work(Arguments(model="static"), explain=False)
    line = work(NamedTopic("gone", str(tmp_path / "gone"), None))
    assert "does not exist" in json.loads(line)["error"]


def test_timeline_of_each_topic_is_what_the_command_prints_of_it(tmp_path: Path) -> None:
    for name, text in (("b", BRIDGE), ("a", FERRY)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "2020-05-06.txt").write_text(text)
    code, out, _ = invoke("each", "--timeline", "--days", 1, "--per-day", 2, tmp_path)
    assert code == 0
    for record in parsed(out):
        del record["digest"]
        options = ("--days", 1, "--per-day", 2, "--format", "json")
        _, alone, _ = invoke("timeline", *options, record.pop("id"))
        assert record == json.loads(alone)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--timeline", "--words", 20], "--words does not go with --timeline"),
        (["--timeline", "--explain"], "--explain does not go with --timeline"),
        (["--days", 2], "--days goes with --timeline"),
        (["--timeline", "-o", "quotes.parquet"], "--timeline needs a file of lines"),
    ],
)
def test_options_of_summaries_and_timelines_do_not_mix(options: list[object], told: str) -> None:
    code, _, err = invoke("each", *options, EXAMPLE.parent)
    assert code
    assert told in err


def test_question_of_a_line_does_not_go_with_timelines(tmp_path: Path) -> None:
    line = {"id": "a", "query": "Who?", "documents": [{"text": BRIDGE, "date": "2020-05-06"}]}
    path = tmp_path / "topics.jsonl"
    asked = [line, line | {"id": "b", "query": None}, line | {"id": "c", "query": ""}]
    path.write_text("\n".join(map(json.dumps, asked)))
    _, out, _ = invoke("each", "--timeline", path)
    refused, *made = parsed(out)
    assert "a query does not go with a timeline" in refused["error"]
    assert len(made) == 2
    assert all(one["days"] for one in made)


def test_line_without_an_end_is_an_error() -> None:
    code, out, err = invoke("each", "--max-size", 1, "--timeout", 0.2, "/dev/zero")
    assert (code, out) == (1, "")
    assert "/dev/zero: takes longer than 0.2 s to read; raise the time limit" in err


def test_links_out_of_a_folder_of_topics_are_not_followed(tmp_path: Path) -> None:
    topics, private = tmp_path / "topics", tmp_path / "private"
    for folder in (topics / "a", private):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(BRIDGE)
    (topics / "b").symlink_to(private)
    (topics / "c").symlink_to(topics / "a")
    code, out, err = invoke("each", topics)
    assert code == 0
    assert [record["id"] for record in parsed(out)] == [str(topics / name) for name in "ac"]
    assert f"{topics}: left out links to what is outside of it: b" in err
