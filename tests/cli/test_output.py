"""Where a result goes, whatever stands there, and what happens where it cannot go."""

import os
import resource
import stat
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from summarizer import SummarizerError
from summarizer.cli.output import Progress, replace_file, say, write

from ..builders import ROOT
from .test_cli import COMMAND, invoke

# Three texts that do not fill the budget, which is warned of.
EXAMPLE = ROOT / "examples" / "market_blast"
SHORT = [*COMMAND, "--words", "1000", "--model", "static", str(EXAMPLE)]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_file_is_replaced_with_its_permissions(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "s.txt"
    target.write_bytes(b"old")
    target.chmod(mode)
    before = target.stat()
    replace_file(str(target), [b"new"])
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == mode
    assert (target.stat().st_uid, target.stat().st_gid) == (before.st_uid, before.st_gid)
    assert target.stat().st_ino != before.st_ino
    assert names(tmp_path) == ["s.txt"]


def test_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    replace_file(str(tmp_path / "s.txt"), [b"new"])
    assert (tmp_path / "s.txt").stat().st_mode == (tmp_path / "other").stat().st_mode
    long = tmp_path / ("s" * 255)
    replace_file(str(long), [b"new"])
    assert long.read_bytes() == b"new"


def test_draft_is_nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"old")
    monkeypatch.setattr("secrets.token_hex", lambda _: "known")
    (tmp_path / ".summarize-known.tmp").symlink_to(precious)
    with pytest.raises(FileExistsError):
        replace_file(str(tmp_path / "s.txt"), [b"new"])
    assert precious.read_bytes() == b"old"
    assert not (tmp_path / "s.txt").exists()


def test_links_of_ones_own_stay(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "s.txt").write_bytes(b"old")
    (tmp_path / "folder").symlink_to("deep")
    (tmp_path / "link").symlink_to("./folder/../deep/s.txt")
    (tmp_path / "dangling").symlink_to(tmp_path / "folder" / "new.txt")
    for link in ("link", "dangling"):
        replace_file(str(tmp_path / link), [b"new"])
        assert (tmp_path / link).is_symlink()
        assert (tmp_path / link).read_bytes() == b"new"
    assert names(tmp_path / "deep") == ["new.txt", "s.txt"]
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(SummarizerError, match="loop: cannot be written"):
        write("new", str(tmp_path / "loop"))


@pytest.mark.parametrize("output", ["link", "folder/s.txt", "own"])
def test_links_of_others_are_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "s.txt").write_bytes(b"old")
    (tmp_path / "link").symlink_to("deep/s.txt")
    (tmp_path / "folder").symlink_to("deep")
    (tmp_path / "own").symlink_to("link")
    # Links have no owner but this user and root here, so this user is another.
    owner = (tmp_path / "link").lstat().st_uid
    lstat = Path.lstat

    def owned(path: Path) -> os.stat_result:
        found = list(lstat(path))
        found[4] = owner if path.name == "own" else 4711
        return os.stat_result(found)

    monkeypatch.setattr(Path, "lstat", owned)
    with pytest.raises(SummarizerError, match="is a link that another user made; name the file"):
        write("new", str(tmp_path / output))
    assert (tmp_path / "deep" / "s.txt").read_bytes() == b"old"
    assert names(tmp_path / "deep") == ["s.txt"]


def test_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write("through", str(pipe))
    reader.join(timeout=10)
    assert got == [b"through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_standard_output_adds_to_is_not_cut_off(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("before\n")
    with log.open("a") as added:
        command = [*SHORT, "--output", "/dev/stdout"]
        assert subprocess.run(command, stdout=added, cwd=ROOT, check=False).returncode == 0
    assert log.read_text().startswith("before\n")
    assert "\nSources\n" in log.read_text()


@pytest.fixture(scope="module")
def expected() -> bytes:
    """Return the summary, of which warnings are said."""
    code, out, err = invoke(*SHORT[len(COMMAND) :])
    assert code == 0
    assert err
    return out.encode()


@pytest.mark.parametrize("stream", ["2>/dev/full", "2>&-", "0<&- 2>&-", "2> >(exec true)"])
@pytest.mark.parametrize("to_file", [False, True])
def test_summary_is_written_where_warnings_cannot_be(
    tmp_path: Path, expected: bytes, stream: str, *, to_file: bool
) -> None:
    target = tmp_path / "s.txt"
    where = f"-o {target}" if to_file else f"> {target}"
    line = f'"$@" {where} {stream}'
    done = subprocess.run(["bash", "-c", line, "bash", *SHORT], cwd=ROOT, check=False)
    assert done.returncode == 0
    assert target.read_bytes() == expected


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (">/dev/full", "standard output: cannot be written (No space left on device)"),
        ("-o /dev/full", "/dev/full: cannot be written (No space left on device)"),
        (">&-", "standard output is closed; use --output"),
    ],
)
def test_result_that_cannot_be_written_is_an_error_in_one_line(where: str, said: str) -> None:
    line = f'"$@" {where}'
    done = subprocess.run(
        ["bash", "-c", line, "bash", *SHORT], cwd=ROOT, check=False, stderr=subprocess.PIPE
    )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1] == f"summarize: {said}"


def test_old_output_stays_where_the_disk_is_full(tmp_path: Path) -> None:
    target = tmp_path / "s.html"
    target.write_text("old")
    done = subprocess.run(
        [*SHORT, "--format", "html", "-o", str(target)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert done.returncode == 1
    said = f"summarize: {target}: cannot be written (File too large)"
    assert done.stderr.decode().splitlines()[-1] == said
    assert target.read_text() == "old"
    assert names(tmp_path) == ["s.html"]


def test_lines_on_standard_error_are_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    say("warning: a\nsummarize: forged\x1b[2J\u200f: ftp://ann:secret@e.org/a is empty")
    shown = capsys.readouterr().err
    assert shown == (
        "summarize: warning: a summarize: forged\\x1b[2J\\u200f: ftp://ann@e.org/a is empty\n"
    )


def test_current_folder_may_be_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for layout in ("text", "markdown", "html", "json"):
        target = tmp_path / f"s.{layout}"
        options = ("--format", layout, "-o", target)
        assert invoke(*options, "--model", "static", EXAMPLE)[0] == 0
        assert target.exists()
    code, _, err = invoke("-o", "s.txt", "--model", "static", EXAMPLE)
    assert code == 1
    assert "its folder does not exist" in err.splitlines()[-1] or "cannot be written" in err


def test_progress_is_drawn_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    parent, child = os.openpty()
    monkeypatch.setenv("TERM", "xterm")
    with os.fdopen(child, "w") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        with Progress() as progress:
            for done in (1, 2, 3):
                progress.show(done, 3)
    drawn = ""
    with suppress(OSError):  # the terminal is closed, and all is read
        while True:
            drawn += os.read(parent, 65536).decode()
    assert "Embedding" in drawn
    assert "100%" in drawn
    # The last that is said of the cursor is that it is seen.
    assert drawn.rfind("\x1b[?25h") > drawn.rfind("\x1b[?25l")
    os.close(parent)
    with pytest.MonkeyPatch.context() as patch, Path(os.devnull).open("w") as file:
        patch.setattr("sys.stderr", file)
        Progress().show(1, 2)
