"""A batch that was interrupted: what is left of it, and how it is gone on with."""

import json
import os
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer import Limits, SummarizerError, read
from summarizer.batch import LOST
from summarizer.cli import each as cli_each
from summarizer.cli.each import LineFile, summarize_each
from summarizer.cli.options import Arguments

from ..builders import ROOT
from ..cli.test_cli import COMMAND, invoke
from .test_each import BRIDGE, FERRY, topic, write_lines

RECORDS: list[object] = [
    topic("a", BRIDGE), topic("é", FERRY, BRIDGE), "{broken", topic("c"), topic(5, FERRY),
    topic("end", BRIDGE, FERRY),
]  # fmt: skip


def summarize_here(
    source: Path, target: Path, *, explain: bool = False, quiet: bool = True, **changed: Any
) -> int:
    """Go on with a batch in this process."""
    arguments = Arguments(
        paths=(str(source),), output=str(target), asked={"words": 20}, model="static"
    )
    changed_arguments = replace(arguments, **changed)
    return summarize_each(changed_arguments, workers=0, resume=True, explain=explain, quiet=quiet)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lines(tmp_path_factory.mktemp("input") / "t.jsonl", *RECORDS)


@pytest.fixture(scope="module")
def whole(source: Path) -> bytes:
    target = source.with_name("whole.jsonl")
    assert summarize_here(source, target) == 0
    return target.read_bytes()


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_cut_resumes_to_the_same_bytes(
    source: Path, whole: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(whole)))
    target = tmp_path / "cut.jsonl"
    target.write_bytes(whole[:cut])
    assert summarize_here(source, target) == 0
    assert target.read_bytes() == whole


def test_resume_of_nothing_and_of_everything(source: Path, whole: bytes, tmp_path: Path) -> None:
    target = tmp_path / "new.jsonl"
    assert summarize_here(source, target) == 0
    before = target.stat().st_ino
    assert summarize_here(source, target, strict=False) == 0
    assert (target.read_bytes(), target.stat().st_ino) == (whole, before)


def test_status_counts_what_failed_before(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "strict.jsonl"
    assert summarize_here(source, target, strict=True) == 1
    assert summarize_here(source, target, strict=True) == 1


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"asked": {"words": 21}}, "was made with other options (summarizer "),
        ({"asked": {"words": 20, "min_sources": 2}}, "was made with other options"),
        ({"explain": True}, "was made with other options"),
        ({"model": "minilm"}, "was made with other options"),
        ({"limits": Limits(files=9)}, "was made with other options"),
    ],
)
def test_other_options_are_refused(
    source: Path, whole: bytes, tmp_path: Path, changed: dict[str, Any], message: str
) -> None:
    target = tmp_path / "other.jsonl"
    target.write_bytes(whole[:-5])
    with pytest.raises(SummarizerError) as caught:
        summarize_here(source, target, **changed)
    assert str(caught.value).startswith(f"{target}: line 1 was made")
    assert message in str(caught.value)
    assert target.read_bytes() == whole[:-5]


@pytest.mark.parametrize(
    ("place", "record", "message"),
    [
        (0, topic("b", BRIDGE), "line 1 is of 'a', but {source}: line 1 is 'b'"),
        (0, topic("a", FERRY), "line 1: the documents of 'a' have changed since"),
        (5, "", "line 6 is of a topic that the input does not hold"),
    ],
)
def test_other_input_is_refused(tmp_path: Path, place: int, record: object, message: str) -> None:
    source, target = tmp_path / "t.jsonl", tmp_path / "o.jsonl"
    summarize_here(write_lines(source, *RECORDS), target)
    before = target.read_bytes()
    write_lines(source, *RECORDS[:place], record, *RECORDS[place + 1 :])
    with pytest.raises(SummarizerError) as caught:
        summarize_here(source, target)
    assert f"{target}: {message.format(source=source)}" in str(caught.value)
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"my diary\n", "line 1 was not written by summarize each"),
        (b"{}\n", "line 1 was not written by summarize each"),
        (b"[]\n", "line 1 was not written by summarize each"),
        (b"[" * 100_000 + b"\n", "line 1 was not written by summarize each"),
        (b'{"id": "a", "digest": "x"}\n', "line 1 was not written by summarize each"),
        (b"my diary", "the last line was not written by summarize each"),
    ],
)
def test_foreign_file_is_left_alone(
    source: Path, tmp_path: Path, data: bytes, message: str
) -> None:
    target = tmp_path / "diary"
    target.write_bytes(data)
    with pytest.raises(SummarizerError, match=message):
        summarize_here(source, target)
    assert target.read_bytes() == data


def test_folder_whose_files_changed_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "topics" / "one"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(BRIDGE)
    target = tmp_path / "o.jsonl"
    assert summarize_here(folder.parent, target) == 0
    assert summarize_here(folder.parent, target) == 0
    (folder / "a.txt").write_text(BRIDGE.replace("rust", "dust"))
    with pytest.raises(SummarizerError, match=r"the documents of .*one' have changed since"):
        summarize_here(folder.parent, target)


def test_file_that_another_process_writes_is_refused(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "o.jsonl"
    file = LineFile(str(target), resume=True)
    with pytest.raises(SummarizerError, match="another process is writing to it"):
        summarize_here(source, target)
    file.close()
    assert summarize_here(source, target) == 0


def test_bytes_behind_the_last_line_are_cut_off(tmp_path: Path) -> None:
    target = tmp_path / "o.jsonl"
    file = LineFile(str(target), resume=False)
    file.begin()
    file.write(b"one\n")
    with target.open("ab") as other:
        other.write(b"half")
    file.close()
    assert target.read_bytes() == b"one\n"


@pytest.mark.parametrize("cut", [0, 9])
def test_topic_whose_workers_were_lost_is_tried_again(
    source: Path, whole: bytes, tmp_path: Path, cut: int
) -> None:
    lines = [json.loads(line) for line in whole.splitlines()]
    lost = [
        {"id": line["id"], "digest": line["digest"], "error": LOST} if number in {0, 4} else line
        for number, line in enumerate(lines)
    ]
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lost).encode()
    target = tmp_path / "lost.jsonl"
    target.write_bytes(data[: len(data) - cut])
    target.chmod(0o640)
    assert summarize_here(source, target) == 0
    assert target.read_bytes() == whole
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["lost.jsonl"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_command_says_how_far_it_came(tmp_path: Path, how: signal.Signals) -> None:
    records = [topic(n, f"{BRIDGE} {FERRY} It was number {n}.") for n in range(60)]
    source = write_lines(tmp_path / "t.jsonl", *records)
    target = tmp_path / "o.jsonl"
    start = [*COMMAND, "each", "--words", "9", "--workers", "2", "-o", str(target)]
    with subprocess.Popen(
        [*start, "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=interruptible,
    ) as process:
        assert process.stdin is not None
        # The input stays open, so that the command is interrupted before its end.
        process.stdin.write(source.read_bytes())
        process.stdin.flush()
        while not target.exists() or target.read_bytes().count(b"\n") < 20:
            assert process.poll() is None
            time.sleep(0.02)
        # A terminal interrupts all processes of a group.
        os.killpg(process.pid, how)
        assert process.wait() == 128 + how
        assert process.stderr is not None
        said = process.stderr.read().decode()
    done = target.read_bytes()
    assert 20 <= done.count(b"\n") < 60
    assert done.endswith(b"\n")
    count = len(done.splitlines())
    assert said == f"summarize: interrupted after {count} topics; --resume goes on\n"
    code, out, err = invoke("each", "--words", 9, "-o", target, source)
    assert (code, out) == (1, "")
    assert f"{target}: holds something already; add --resume to go on with it" in err
    assert invoke("each", "--words", 9, "--resume", "-o", target, source) == (0, "", "")
    lines = target.read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines] == list(range(60))


def interruptible() -> None:
    """Let Ctrl-C reach a command; who runs the tests in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_line_a_minute_without_a_terminal(
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = iter(range(0, 10_000, 31))
    monkeypatch.setattr(cli_each, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(cli_each, "say", lambda _: None)
    summarize_here(source, tmp_path / "o.jsonl", quiet=False)
    # Six topics, 31 s each: a line after every second one.
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    assert said[0].startswith("summarize: 2 topics, 0.0323 a second, ")
    assert said[2].startswith("summarize: 6 topics, 2 failed, 0.0323 a second, 100% of the input")
    assert said[2].endswith("about 0 min left")


def test_file_that_changes_meanwhile_is_not_taken_for_what_was_summarized(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "topics" / "a" / "a.txt"
    file.parent.mkdir(parents=True)
    file.write_text(BRIDGE)
    target = tmp_path / "out.jsonl"

    def read_and_change(*given: Any, **options: Any) -> Any:
        documents = read(*given, **options)
        file.write_text(FERRY)
        return documents

    monkeypatch.setattr(cli_each, "read", read_and_change)
    assert summarize_here(tmp_path / "topics", target) == 0
    with pytest.raises(SummarizerError, match="have changed since"):
        summarize_here(tmp_path / "topics", target)
