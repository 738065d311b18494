"""Tables in and out: Arrow, data frames and Parquet."""

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from summarizer import OptionError, outcomes_to_arrow, summarize_many, topics_from_arrow

from ..builders import ROOT
from ..cli.test_cli import invoke

BRIDGE = "The council of Haldern voted on Tuesday to close the Marten bridge for three weeks."
AGAIN = "On Tuesday the council of Haldern voted to close the Marten bridge for 3 weeks."
# Runs the command and tells how many kilobytes it took.
_MEASURED = r"""
import re, sys
from summarizer.cli.commands import run
run(sys.argv[1:])
print(re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read())[1], file=sys.stderr)
"""
MILL = "A fire destroyed the old paper mill beside the canal in Velden."


def table(**columns: list[Any]) -> pyarrow.Table:
    return pyarrow.table(
        {
            "topic": ["a", "a", "b", "c"],
            "document": [7, 8, 9, 10],
            "text": [BRIDGE, AGAIN, MILL, None],
            **columns,
        }
    )


@pytest.mark.parametrize(
    "made",
    [table(), table().to_pandas(), table().to_reader(max_chunksize=1)],
    ids=["table", "pandas", "reader"],
)
def test_each_quote_is_a_row(made: Any) -> None:
    found = outcomes_to_arrow(summarize_many(topics_from_arrow(made), workers=0, words=15))
    first, second, third = found.to_pylist()
    texts = {"7": BRIDGE, "8": AGAIN}
    assert first["topic"] == "a"
    assert first["rank"] == 1
    assert texts[first["document"]][first["start"] : first["end"]] == first["text"]
    assert first["agreeing"] == [({"7", "8"} - {first["document"]}).pop()]
    assert first["error"] is None
    assert (second["topic"], second["text"], second["document"]) == ("b", MILL, "9")
    assert third["topic"] == "c"
    assert "nothing to quote" in third["error"]
    assert third["text"] is None


def test_columns_tell_of_documents() -> None:
    moments = pyarrow.array([datetime(2024, 3, 5, 12), None, None, None], pyarrow.timestamp("us"))
    made = table(
        date=moments,
        title=["Bridge", None, None, None],
        page=[3, None, None, None],
        seen=moments,
        query=["bridge", None, None, None],
    )
    (topic, *_) = topics_from_arrow(made)
    assert topic.query == "bridge"
    known: list[Any] = list(topic.documents)
    assert known[0] == {
        "id": "7",
        "text": BRIDGE,
        "title": "Bridge",
        "date": "2024-03-05",
        "page": 3,
        "seen": "2024-03-05T12:00:00",
    }
    assert known[1] == {"id": "8", "text": AGAIN}


def test_days_are_those_of_the_sources() -> None:
    made = table(date=[date(2024, 3, 5), date(2024, 3, 6), None, None])
    outcome = next(summarize_many(topics_from_arrow(made), workers=0, words=15))
    assert outcome.summary
    assert [one.date for one in outcome.summary.sources] == ["2024-03-05", "2024-03-06"]


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (table().drop_columns("text"), "no column 'text' among topic, document"),
        (table(topic=["a", "b", "a", "c"]), "rows of topic 'a' stand apart; sort by topic"),
        (table(topic=["a", None, "b", "c"]), "topic None is neither a string nor"),
        (table(topic=[True, True, False, False]), "topic True is neither a string nor"),
        (table(query=["Why?", "Who?", "", None]), "topic 'a' has rows with different queries"),
        ([{"topic": "a"}], "must be an Arrow table, not list"),
    ],
)
def test_tables_that_hold_no_topics_are_errors(made: Any, told: str) -> None:
    with pytest.raises(OptionError, match=told):
        list(topics_from_arrow(made))


def test_command_reads_and_writes_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.cli.each.ROWS", 2)
    source, target = tmp_path / "topics.parquet", tmp_path / "quotes.parquet"
    many = [f"t{number}" for number in range(5)]
    made = pyarrow.table(
        {"topic": ["a", "a", *many], "text": [BRIDGE, AGAIN, *([MILL] * len(many))]}
    )
    parquet.write_table(made, source, row_group_size=3)
    assert invoke("each", "--words", 15, "--workers", 1, "-q", "-o", target, source)[0] == 0
    found = parquet.read_table(target)
    assert found.column("topic").to_pylist() == ["a", *many]
    lines = invoke("each", "--words", 15, "--workers", 1, "-q", source)[1].splitlines()
    assert [json.loads(line)["sentences"][0]["text"] for line in lines] == found.column(
        "text"
    ).to_pylist()
    # What is there is never written over.
    code, _, err = invoke("each", "-o", target, source)
    assert (code, "holds something already; remove it" in err) == (1, True)


def test_command_says_what_is_wrong(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.parquet"
    damaged.write_text("no table")
    assert "damaged.parquet: cannot be read as Parquet" in invoke("each", damaged)[2]
    parquet.write_table(table().drop_columns("topic"), damaged)
    assert "damaged.parquet: there is no column 'topic'" in invoke("each", damaged)[2]
    for topics, told in (
        (["a", "b", "a", "c"], "the rows of topic 'a' stand apart; sort by topic"),
        (["a", "b", "c", None], "topic None is neither a string nor a whole number"),
    ):
        parquet.write_table(table(topic=topics), damaged, row_group_size=1)
        code, out, err = invoke("each", damaged)
        assert (code, out) == (1, "")  # before the work
        assert told in err
    parquet.write_table(table(query=["Why?", "Who?", None, None]), damaged)
    code, out, _ = invoke("each", "--words", 20, damaged)
    first, second, _ = map(json.loads, out.splitlines())
    assert "topic 'a' has rows with different queries; keep one" in first["error"]
    assert (code, second["text"]) == (0, MILL)
    code, _, err = invoke("each", "--resume", "-o", tmp_path / "new.parquet", damaged)
    assert code == 1
    assert "--resume needs a file of lines" in err
    pipe = tmp_path / "pipe.parquet"
    os.mkfifo(pipe)
    assert "pipe.parquet: is not a file; a table needs one" in invoke("each", pipe)[2]
    code, _, err = invoke("each", "-o", pipe, damaged)
    assert (code, "is not a file; a table needs one" in err) == (1, True)


@pytest.mark.parametrize("stored", [False, True], ids=["text", "dictionary"])
def test_topic_that_is_too_large_is_an_error_and_is_not_unpacked(
    tmp_path: Path, *, stored: bool
) -> None:
    source = tmp_path / "topics.parquet"
    places = pyarrow.array([0, *[1] * 4000, 2])
    texts = pyarrow.DictionaryArray.from_arrays(places, [BRIDGE, BRIDGE * 10_000, MILL])
    made = pyarrow.table({"topic": ["a", *["b"] * 4000, "c"], "text": texts})
    parquet.write_table(made, source, store_schema=stored)
    assert source.stat().st_size < 10**5
    asked = ["each", "--max-size", "1", "--workers", "1", str(source)]
    command = [sys.executable, "-c", _MEASURED, *asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert (first["text"], third["text"]) == (BRIDGE, MILL)
    assert second["error"] == f"{source}: topic 'b' is too large; raise the size limit"
    assert int(done.stderr.splitlines()[-1]) < 600_000


def test_what_utf8_cannot_hold_is_marked_in_tables(tmp_path: Path) -> None:
    topics, target = tmp_path / "topics.jsonl", tmp_path / "quotes.parquet"
    text = BRIDGE.replace("Tuesday", "\ud800")
    topics.write_text(json.dumps({"id": "\udfff", "documents": [{"id": "\ud801", "text": text}]}))
    assert invoke("each", "-q", "--workers", 1, "-o", target, topics)[0] == 0
    (row,) = parquet.read_table(target).to_pylist()
    assert (row["topic"], row["document"]) == ("\ufffd", "\ufffd")
    assert row["text"] == text.replace("\ud800", "\ufffd")
    assert (row["start"], row["end"]) == (0, len(text))


def test_interrupted_table_is_removed(tmp_path: Path) -> None:
    target, topics = tmp_path / "quotes.parquet", tmp_path / "topics.jsonl"
    os.mkfifo(topics)
    command: list[str | Path] = [sys.executable, "-m", "summarizer", "each", "-o", target, topics]
    # The pipe opens once it is read.
    with subprocess.Popen(command, cwd=ROOT) as process, topics.open("w"):
        assert target.exists()
        process.terminate()
        process.wait(60)  # before the pipe ends, and with it the work
    assert process.returncode == 143
    assert not target.exists()


def test_texts_in_columns_of_bytes_are_read_and_counted(tmp_path: Path) -> None:
    source = tmp_path / "topics.parquet"
    texts = [BRIDGE.encode(), BRIDGE.encode() * 20_000, BRIDGE.encode()]
    notes = [[], [], ["a note"] * 200_000]
    columns = {"topic": ["a", "b", "c"], "text": texts, "notes": notes}
    parquet.write_table(pyarrow.table(columns), source)
    _, out, _ = invoke("each", "--max-size", 1, "--workers", 1, source)
    first, second, third = map(json.loads, out.splitlines())
    assert first["text"] == BRIDGE
    assert "topic 'b' is too large" in second["error"]
    assert "topic 'c' is too large" in third["error"]
