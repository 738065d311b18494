"""The command: as a user runs it, with the real model."""

import json
import os
import pty
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer import __version__
from summarizer.cli import commands as cli
from summarizer.cli.commands import summarize
from summarizer.cli.options import Option

from ..builders import EXAMPLE, ROOT

COMMAND = [sys.executable, "-m", "summarizer"]


def run(
    *arguments: object, given: str | bytes = "", cwd: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    data = given.encode() if isinstance(given, str) else given
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, input=data, capture_output=True, check=False, cwd=cwd)


def invoke(*arguments: object, given: bytes = b"") -> tuple[int, str, str]:
    """Run the command in this process, where the model is loaded already."""
    runner = CliRunner()
    with runner.isolation(given) as (out, err, _):
        code = cli.run([str(argument) for argument in arguments])
        return code, out.getvalue().decode(), err.getvalue().decode()


def write(folder: Path, **texts: str | bytes) -> None:
    """Write text files named for their keys."""
    for name, text in texts.items():
        data = text.encode() if isinstance(text, str) else text
        (folder / f"{name}.txt").write_bytes(data)


def test_whole_command_in_a_fresh_process() -> None:
    first = run("--words", 150, "--format", "json", EXAMPLE)
    assert first.returncode == 0, first.stderr
    assert first.stderr == b""
    summary = json.loads(first.stdout)
    assert 135 <= summary["words"] == len(summary["text"].split()) <= 150
    assert sum(source["cited"] for source in summary["sources"]) >= 2
    for quote in summary["sentences"]:
        for passage in (quote, *quote["agreeing"]):
            path = summary["sources"][passage["source"] - 1]["path"]
            text = Path(path).read_bytes().decode()
            assert text[passage["start"] : passage["end"]] == passage["text"]
    assert run("--words", 150, "--format", "json", EXAMPLE).stdout == first.stdout


def test_standard_input_from_another_folder(tmp_path: Path) -> None:
    done = run("--sentences", 1, given="Only one sentence stands here today.", cwd=tmp_path)
    assert done.stdout.decode().startswith("Only one sentence stands here today. [1]\n\nSources\n")
    assert done.returncode == 0


def test_version_and_help_are_quick_to_say_what_they_are() -> None:
    assert run("--version").stdout == f"summarize, version {__version__}\n".encode()
    for flag in ("-h", "--help"):
        assert b"Usage: summarize [OPTIONS] [PATHS]..." in run(flag).stdout


def test_every_option_is_documented() -> None:
    documented = (ROOT / "docs" / "command.md").read_text()
    for command in (summarize, *summarize.commands.values()):
        assert command.help
        for parameter in command.params:
            if parameter.name not in {"version"} and parameter.param_type_name == "option":
                assert getattr(parameter, "help", None), parameter.name
                assert max(parameter.opts, key=len) in documented


def test_the_main_command_has_few_options() -> None:
    shown = [p for p in summarize.params if isinstance(p, Option) and not p.hidden]
    assert len(shown) <= 15  # with --version


def test_command_before_a_folder_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sources").mkdir()
    write(tmp_path / "sources", a="The mayor closed the old bridge on Monday.")
    code, out, err = invoke("sources", "--words", 8, "sources")
    assert (code, out) == (0, "[1] sources/a.txt: 1 quoted (8 words)\n")
    hint = "summarize: sources is a command; to summarize the file or folder sources, write ./sources\n"
    assert err == hint
    assert invoke("--words", 8, "sources")[0] == 0
    assert invoke("./sources", "--words", 8)[0] == 0
    code, _, err = invoke("--words", 8, "each", "sources")
    assert code == 2
    assert "each is a command and goes first: summarize each" in err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nowhere/"], 1, "nowhere/: does not exist; check the spelling"),
        (["timeline.txt", EXAMPLE], 1, "timeline.txt: does not exist; check the spelling"),
        (["each*", EXAMPLE], 1, "each*: no file matches this pattern"),
        (["tiemline", EXAMPLE], 2, "tiemline is not a file; did you mean the command timeline?"),
        (["--language", "english", EXAMPLE], 2, "a code of two or three letters, not 'english'"),
        (["--format", "pdf", EXAMPLE], 2, "'pdf' is not one of 'text', 'markdown', 'json', 'html'"),
        (
            ["--words", "3", EXAMPLE],
            1,
            "no sentence that can stand alone is as short as 3 words: the shortest has",
        ),
        (["--words", "0", EXAMPLE], 2, "Invalid value for '--words': 0 is not in the range x>=1."),
        (
            ["--words", "x", EXAMPLE],
            2,
            "Invalid value for '--words': 'x' is not a valid whole number.",
        ),
        (["--ratio", "0%", EXAMPLE], 2, "'0%' is not above 0% and at most 100%"),
        (["--ratio", "lots", EXAMPLE], 2, "'lots' is not a percentage such as 10%"),
        (["--words", "9", "--chars", "9", EXAMPLE], 2, "give only one of --words, --sentences,"),
        (["--ranker", "x", EXAMPLE], 2, "Invalid value for '--ranker'"),
        (["--length", "9"], 2, "No such option"),
        (["--model", "./x", EXAMPLE], 1, "./x: there is no such folder"),
        (["-o", "", EXAMPLE], 2, "--output needs the name of a file"),
        (["-o", "s.pdf", EXAMPLE], 2, "this command writes text, markdown, json or html, no .pdf"),
        (["--ratio", "0.05", EXAMPLE], 2, "'0.05' may be a share or a percentage; write 0.05%"),
        (["-o", "/", EXAMPLE], 1, "/: is a folder; name a file for --output"),
        (["-o", "/nowhere/s.txt", EXAMPLE], 1, "/nowhere/s.txt: its folder does not exist"),
        (["-o", EXAMPLE / "archive.txt", EXAMPLE], 1, "archive.txt: is one of the sources"),
    ],
)
def test_mistake_is_one_line(arguments: list[object], code: int, message: str) -> None:
    found, out, err = invoke(*arguments)
    assert (found, out) == (code, "")
    assert err.startswith("summarize: ")
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "name", "begins"),
    [
        ([], "s.html", "<!doctype html>"),
        ([], "s.JSON", "{"),
        (["timeline"], "s.json", "{"),
        (["--format", "HTML"], "s.md", "<!doctype html>"),
        (["--format", "text"], "s.html", "Apollo"),
        (["sources"], "s.txt", "[1] "),
        ([], "s", "Apollo"),
    ],
)
def test_file_has_the_format_that_its_name_tells(
    tmp_path: Path, arguments: list[str], name: str, begins: str
) -> None:
    assert invoke(*arguments, EXAMPLE, "-o", tmp_path / name)[0] == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_many_warnings_are_summed_up(tmp_path: Path) -> None:
    write(tmp_path, **{f"copy{n}": "The mayor closed the old bridge on Monday." for n in range(30)})
    code, _, said = invoke("--words", "8", tmp_path)
    assert code == 0
    assert said.count(": warning: ") == 20
    assert said.endswith("\nsummarize: 9 more warnings: --format json has them all\n")


def test_warnings_name_the_file_and_leave_the_summary_alone(tmp_path: Path) -> None:
    write(
        tmp_path, good="The mayor closed the old bridge on Monday.", empty="", zebra=b"\0\1\2" * 99
    )
    code, out, err = invoke(tmp_path)
    assert code == 0
    assert out.startswith("The mayor closed the old bridge on Monday. [2]\n")
    assert f"summarize: warning: {tmp_path / 'empty.txt'}: is empty" in err
    assert f"summarize: warning: {tmp_path / 'zebra.txt'}: is not text" in err
    assert "only 8 of 150 words are used: the sources hold no more" in err
    assert len(json.loads(invoke("--format", "json", tmp_path)[1])["warnings"]) == 3


@pytest.mark.parametrize("data", [b"", b" \n", b"\0" * 9, bytes(range(256)) * 9, b"***\n"])
def test_nothing_readable_is_an_error(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, bad=data)
    code, out, err = invoke(tmp_path)
    assert (code, out) == (1, "")
    assert "bad.txt: " in err
    assert err.count("\n") == 1


def test_output_file(tmp_path: Path) -> None:
    target = tmp_path / "summary.md"
    target.write_text("an older summary")
    assert invoke("--words", 3, "-o", target, EXAMPLE)[0] == 1
    assert target.read_text() == "an older summary"
    assert invoke("--format", "markdown", "-o", target, EXAMPLE) == (0, "", "")
    assert target.read_text() == invoke("--format", "markdown", EXAMPLE)[1]
    assert [file.name for file in tmp_path.iterdir()] == ["summary.md"]


@pytest.mark.parametrize(
    ("option", "value", "reached"),
    [
        ("--ranker", "mmr", "ranker mmr | diversity 0.3"),
        ("--ratio", "20%", "ratio 0.2"),
        ("--chars", "400", "chars 400"),
    ],
)
def test_options_reach_the_summary(option: str, value: str, reached: str) -> None:
    code, out, _ = invoke(option, value, "--format", "json", EXAMPLE)
    assert code == 0
    assert reached in json.loads(out)["signature"]
    assert out != invoke("--format", "json", EXAMPLE)[1]


def test_terminal_sequences_in_a_source_are_shown_not_obeyed(tmp_path: Path) -> None:
    write(tmp_path, evil="The mayor \x1b[31mclosed\x07 the \u202eold bridge on Monday morning.")
    for layout in ("text", "markdown"):
        _, out, _ = invoke("--format", layout, tmp_path)
        assert not {"\x1b", "\x07", "\u202e"} & set(out)
        assert "\\x1b" in out
    _, out, _ = invoke("--format", "json", tmp_path)
    assert "\x1b" not in out
    assert "\x1b[31m" in json.loads(out)["sentences"][0]["text"]


def test_text_in_other_scripts(tmp_path: Path) -> None:
    write(
        tmp_path,
        ar="أعلنت الحكومة يوم الاثنين إغلاق الجسر القديم. وقال رئيس البلدية إن الكابلات صدئة.",
        hi="मेयर ने सोमवार को पुराना पुल बंद कर दिया। इंजीनियरों ने केबलों में जंग पाई।",
        ja="市長は月曜日に古い橋を閉鎖しました。技術者はケーブルの錆を発見しました。",
    )
    for language, sentence in (("ar", "أعلنت الحكومة"), ("hi", "मेयर ने"), ("ja", "市長は")):
        code, out, err = invoke("--words", 200, "--language", language, tmp_path)
        assert code == 0, err
        assert sentence in out
        assert "2 documents are in another language" in err


def test_long_line_without_a_stop(tmp_path: Path) -> None:
    write(
        tmp_path,
        long="word " * 400_000,
        good="The mayor closed the old bridge on Monday.",
    )
    code, out, _ = invoke("--words", 20, tmp_path)
    assert code == 0
    assert out.startswith("The mayor closed")
    (tmp_path / "good.txt").unlink()
    _, _, err = invoke("--words", 20, tmp_path)
    assert "the shortest has 400,000 words; ask for 400,000 or more" in err


@pytest.mark.parametrize(
    ("line", "code", "error"),
    [
        ("{run} {docs} | true; exit ${{PIPESTATUS[0]}}", 0, ""),
        ("{run} <&-", 1, "summarize: standard input is closed; name files or folders to read\n"),
        ("{run} {docs} >&-", 1, "summarize: standard output is closed; use --output\n"),
        (
            "{run} {docs} -o /dev/stdout | grep -q Armstrong; echo ${{PIPESTATUS[*]}} >&2",
            0,
            "0 0\n",
        ),
        ("{run} nowhere 2>&-", 1, ""),
        ("{run} {docs} >/dev/full", 1, "summarize: standard output: cannot be written (No space"),
    ],
)
def test_broken_streams(line: str, code: int, error: str) -> None:
    shell = line.format(run=" ".join(COMMAND), docs=EXAMPLE)
    done = subprocess.run(
        ["bash", "-c", shell], capture_output=True, check=False, cwd=ROOT, text=True
    )
    assert done.returncode == code
    assert done.stderr.startswith(error)
    assert done.stderr.count("\n") == bool(error)


def test_interrupt_ends_quietly(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    command, pipe = [*COMMAND, str(fifo)], subprocess.PIPE
    # Who runs the tests in the background has interrupts ignored, and so would the command.
    interruptible = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    # The pipe opens here when the command opens its end, where it waits for what is written.
    with (
        subprocess.Popen(command, stdout=pipe, stderr=pipe, preexec_fn=interruptible) as process,
        fifo.open("wb"),
    ):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_letters_that_only_join_others_are_printed_as_they_are(tmp_path: Path) -> None:
    text = "رئیس شهر می\u200cخواهد پل قدیمی را در روز دوشنبه ببندد 👨\u200d👩\u200d👧."
    write(tmp_path, fa=text)
    for layout in ("text", "markdown"):
        assert text in invoke("--format", layout, tmp_path)[1]


def test_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(name)).write_text("The mayor closed the old bridge on Monday.")
    for layout in ("text", "markdown", "json"):
        code, out, err = invoke("--format", layout, tmp_path)
        assert code == 0, err
        assert "caf" in out


def test_output_through_a_link_and_to_a_dash(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old")
    target.chmod(0o600)
    link.symlink_to(target)
    assert invoke("-o", link, EXAMPLE)[0] == 0
    assert link.is_symlink()
    assert target.read_text() == invoke("-o", "-", EXAMPLE)[1]
    assert target.stat().st_mode & 0o777 == 0o600


def test_progress_is_for_terminals_only() -> None:
    parent, child = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, str(EXAMPLE)], stdout=subprocess.PIPE, stderr=child, cwd=ROOT
    ) as process:
        out, _ = process.communicate(timeout=120)
    os.close(child)
    shown = os.read(parent, 65536).decode()
    os.close(parent)
    assert "Embedding" in shown
    assert "100%" in shown
    assert b"Embedding" not in out


def test_help_names_every_exit_status() -> None:
    said = run("--help").stdout.decode().split("Exit status:\n")[1]
    assert [word for word in said.split() if word.isdecimal()] == ["0", "1", "2", "130", "143"]


def test_what_is_about_something_else_can_be_kept(tmp_path: Path) -> None:
    ferry = "The ferry sank off the coast of Norway on Friday and 12 passengers died in the storm."
    other = "A ferry that sank on Friday near Norway in the storm took 12 passengers with it."
    bread = "Bake the bread with two cups of flour, and let the dough rise for an hour before it."
    write(tmp_path, a=ferry, b=other, c=bread)
    _, out, said = invoke(tmp_path)
    assert bread not in out
    assert "c.txt: is about something else than the others and was left out" in said
    assert bread in invoke("--keep-all", tmp_path)[1]
