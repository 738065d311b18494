"""What a machine does to a run: full disks, flipped bits, files that change, odd surroundings."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from summarizer import EncoderError, ReadError, SummarizerError, load_encoder, read, summarize
from summarizer.text.assets import SHIPPED, sha256, shipped_model

from ..batch.test_each import BRIDGE, FERRY, topic, write_lines
from ..builders import EXAMPLE, ROOT

COMMAND = (sys.executable, "-m", "summarizer")


def run(*arguments: object, **how: object) -> "subprocess.CompletedProcess[bytes]":
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, **{"cwd": ROOT, **how})  # type: ignore[call-overload, no-any-return]


def require_one_line(done: "subprocess.CompletedProcess[bytes]", said: str) -> None:
    """Require that a run failed, and said why in its last line."""
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert lines[-1].startswith("summarize: ")
    assert said in lines[-1]
    assert not any("Traceback" in line for line in lines)


@contextmanager
def closed_folder(folder: Path) -> Iterator[None]:
    """Let nobody write to a folder, root neither."""
    folder.chmod(0o555)
    locked = subprocess.run(["chattr", "+i", folder], capture_output=True).returncode == 0
    if not locked and os.geteuid() == 0:
        pytest.skip("nothing keeps root from writing here")
    try:
        yield
    finally:
        if locked:
            subprocess.run(["chattr", "-i", folder], check=True)
        folder.chmod(0o755)


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Mount a disk of 64 kB."""
    mounted = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if subprocess.run(mounted, capture_output=True).returncode != 0:
        pytest.skip("only root may mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("layout", ["text", "html"])
def test_full_disk_keeps_the_old_output(tmp_path: Path, layout: str) -> None:
    with small_disk(tmp_path):
        target = tmp_path / "s.html"
        target.write_text("old")
        filling = tmp_path / "filling"
        with suppress(OSError):
            filling.write_bytes(b"x" * 10**6)
        require_one_line(
            run("--format", layout, "-o", target, EXAMPLE), "cannot be written (No space left"
        )
        assert target.read_text() == "old"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["filling", "s.html"]


@pytest.mark.parametrize("size", [0, 700, 4096])
def test_batch_on_a_full_disk_holds_whole_lines_and_is_gone_on_with(
    tmp_path: Path, size: int
) -> None:
    lines = write_lines(tmp_path / "t.jsonl", *(topic(n, BRIDGE, FERRY) for n in range(20)))
    target = tmp_path / "out.jsonl"
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))
    done = run("each", "--workers", 1, "-o", target, lines, preexec_fn=limit)
    require_one_line(done, "cannot be written (File too large)")
    assert target.read_bytes()[-1:] in {b"", b"\n"}
    assert run("each", "--workers", 1, "--resume", "-o", target, lines).returncode == 0
    whole = tmp_path / "whole.jsonl"
    assert run("each", "--workers", 1, "-o", whole, lines).returncode == 0
    assert target.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize("command", [[], ["each"], ["sources"]])
def test_folder_that_may_not_be_written_to(tmp_path: Path, command: list[str]) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    source = ROOT / "examples" if command == ["each"] else EXAMPLE
    with closed_folder(folder):
        require_one_line(run(*command, "-o", folder / "out", source), "cannot be written")
        assert not list(folder.iterdir())


@pytest.mark.parametrize("model", SHIPPED)
def test_no_flipped_bit_of_a_model_passes(tmp_path: Path, model: str) -> None:
    chance = random.Random(model)
    folder, _ = shipped_model(model)
    for name, recorded in SHIPPED[model].items():
        copy = tmp_path / name
        shutil.copy(folder / name, copy)
        assert sha256(copy) == recorded
        for _ in range(5):
            place, bit = chance.randrange(copy.stat().st_size), 1 << chance.randrange(8)
            for expected in (False, True):  # flipped, and flipped back
                with copy.open("r+b") as file:
                    file.seek(place)
                    byte = file.read(1)[0]
                    file.seek(place)
                    file.write(bytes([byte ^ bit]))
                assert (sha256(copy) == recorded) is expected


def test_damaged_model_of_ones_own_is_one_line(tmp_path: Path) -> None:
    chance = random.Random(7)
    folder = ROOT / "models" / "static"
    for number in range(12):
        copy = tmp_path / str(number)
        shutil.copytree(folder, copy)
        file = chance.choice(
            sorted(path for path in copy.rglob("*") if path.suffix != ".md" and path.is_file())
        )
        data = bytearray(file.read_bytes())
        for _ in range(8):
            data[chance.randrange(min(len(data), 4000))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        try:
            summarize([BRIDGE, FERRY], encoder=load_encoder(str(copy)))
        except EncoderError as error:
            assert "\n" not in str(error)


def test_files_that_change_while_they_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    ended = threading.Event()

    def change() -> None:
        while not ended.is_set():
            for letter in "ab":
                file.write_text(f"The mayor said {letter * 300_000}.")
            file.unlink()

    other = threading.Thread(target=change)
    other.start()
    try:
        for _ in range(300):
            try:
                (document,) = read([file])
            except ReadError as error:
                assert "\n" not in str(error)
            else:
                assert len(set(document.text[15:-1])) < 2
    finally:
        ended.set()
        other.join()


@pytest.mark.parametrize("layout", ["text", "html"])
@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1"])
def test_bare_surroundings_give_the_same_bytes(layout: str, locale: str) -> None:
    files = (EXAMPLE, ROOT / "examples" / "formats" / "story.html")
    expected = run("--format", layout, *files).stdout
    bare = {"LC_ALL": locale, "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    for more in ({}, {"HOME": "/nonexistent", "TMPDIR": "/nonexistent", "TERM": "nonsense"}):
        done = run("--format", layout, *files, env=bare | more)
        assert done.returncode == 0, done.stderr
        assert done.stdout == expected


def test_two_runs_on_one_output_leave_that_of_one(tmp_path: Path) -> None:
    target = tmp_path / "s.json"
    sizes = (30, 90, 150)
    wholes = {run("--words", n, "--format", "json", EXAMPLE).stdout for n in sizes}
    for _ in range(4):
        runs = [
            subprocess.Popen(
                [*COMMAND, "--words", str(n), "--format", "json", "-o", target, EXAMPLE], cwd=ROOT
            )
            for n in sizes
        ]
        assert [process.wait() for process in runs] == [0, 0, 0]
        assert target.read_bytes() in wholes
        assert list(tmp_path.iterdir()) == [target]


def test_two_batches_on_one_output_are_one(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "t.jsonl", *(topic(n, BRIDGE, FERRY) for n in range(200)))
    target = tmp_path / "out.jsonl"
    command = [*COMMAND, "each", "--workers", "2", "--resume", "-o", str(target), str(lines)]
    runs = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    said = [process.communicate()[1].decode() for process in runs]
    assert sorted(process.returncode for process in runs)[0] == 0
    for process, message in zip(runs, said, strict=True):
        # One that came when another was done has nothing left to do.
        assert process.returncode == 0 or "another process is writing to it" in message
    assert len(target.read_bytes().splitlines()) == 200


def test_reader_that_leaves_ends_a_batch(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "t.jsonl", *(topic(n, BRIDGE, FERRY) for n in range(500)))
    line = '"$@" | head -n 1'
    command = ["bash", "-c", f"set -o pipefail; {line}", "bash", *COMMAND, "each", str(lines)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_file_that_is_cut_while_the_sandbox_reads(tmp_path: Path) -> None:
    story = ROOT / "examples" / "formats" / "story.pdf"
    data = story.read_bytes()
    for cut in range(0, len(data), len(data) // 40):
        (tmp_path / "a.pdf").write_bytes(data[:cut])
        with suppress(SummarizerError):
            read([tmp_path / "a.pdf"])


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGPIPE, signal.SIGUSR1])
def test_other_signals_leave_no_half_file(tmp_path: Path, number: int) -> None:
    target = tmp_path / "s.html"
    target.write_text("old")
    command = [*COMMAND, "--format", "html", "-o", str(target), str(EXAMPLE)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        threading.Timer(0.4, process.send_signal, [number]).start()
        process.wait(60)
    text = target.read_text()
    assert text == "old" or text.rstrip().endswith("</html>")
