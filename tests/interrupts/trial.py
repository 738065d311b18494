"""One run of the command that a signal ends: how long it took to end, and what it left."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from summarizer.cli.each import summarize_each
from summarizer.cli.options import WITH_SUMMARY, Arguments, with_arguments

from ..builders import ROOT, html_story
from ..processes import wait_for_end

COMMAND = [sys.executable, "-m", "summarizer"]
# How long a run may go on behind the signal, in seconds.
PATIENCE = 5.0
# How the commands are called that are interrupted: None is one summary, else each with so many.
WORKERS = (None, 1, 2, 4)
INPUTS = ("file", "pipe")
_TOPICS = 40
_SAID = "The mayor closed the old bridge on Monday. Engineers found rust in cable {}."


@dataclass(frozen=True, slots=True)
class Trial:
    """What is run and when it is ended.

    :param workers: The processes of ``each``; None for one summary of files that the sandbox reads.
    :param source: ``file``, or ``pipe`` for standard input that stays open.
    :param number: The signal.
    :param moment: When it is sent, as a share of the time that the whole run takes.
    """

    workers: int | None
    source: str
    number: int
    moment: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run.

    :param seconds: From the signal to its end.
    :param ended: False where the run was over before the signal came.
    :param faults: What is not as it should be.
    """

    seconds: float
    ended: bool
    faults: tuple[str, ...]


def draw(runs: int, seed: int, numbers: tuple[int, ...]) -> list[Trial]:
    """Draw trials, each way of running as often as the others."""
    chance = random.Random(seed)
    ways = [(workers, source) for workers in WORKERS for source in INPUTS]
    return [
        Trial(*ways[run % len(ways)], chance.choice(numbers), chance.random())
        for run in range(runs)
    ]


class Stage:
    """The inputs, what whole runs make of them, and how long these take."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pages = folder / "pages"
        self._pages.mkdir()
        for number in range(8):
            (self._pages / f"{number}.html").write_bytes(html_story())
        self._lines = folder / "topics.jsonl"
        topics = [{"id": n, "documents": [_SAID.format(n)] * 2} for n in range(_TOPICS)]
        self._lines.write_text("".join(json.dumps(topic) + "\n" for topic in topics))
        self._runs: dict[int | None, tuple[float, bytes]] = {}

    def _whole(self, workers: int | None) -> tuple[float, bytes]:
        """Return how long a run takes that nobody ends, and what it makes."""
        if workers not in self._runs:
            begun = time.monotonic()
            target = self._folder / f"whole.{workers}"
            command = [*self._command(workers, target), str(self._input(workers))]
            subprocess.run(command, check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
            self._runs[workers] = time.monotonic() - begun, target.read_bytes()
        return self._runs[workers]

    def run(self, trial: Trial) -> Outcome:
        """Run a trial; faults are found by looking at what it left."""
        here = self._folder / "run"
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir()
        target = here / "out"
        piped = trial.source == "pipe"
        command = [
            *self._command(trial.workers, target),
            "-" if piped else self._input(trial.workers),
        ]
        lasts, _ = self._whole(trial.workers)
        # Who runs this in the background has interrupts ignored, and so would the command.
        interruptible = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        with subprocess.Popen(
            list(map(str, command)),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=interruptible,
        ) as process:
            assert process.stdin is not None
            assert process.stderr is not None
            with closing(process.stdin) as given:
                begun = time.monotonic()
                if piped:
                    lines = trial.workers is not None
                    data = (self._lines if lines else self._pages / "0.html").read_bytes()
                    given.write(data)
                    given.flush()
                until = begun + trial.moment * lasts
                while time.monotonic() < until and process.poll() is None:
                    time.sleep(0.002)
                return self._end(trial, process, target)

    def _end(self, trial: Trial, process: "subprocess.Popen[bytes]", target: Path) -> Outcome:
        left = _session(process.pid)
        sent = time.monotonic()
        ended = process.poll() is None
        if ended:
            process.send_signal(trial.number)
        faults = []
        try:
            code = process.wait(timeout=PATIENCE if ended else 60)
        except subprocess.TimeoutExpired:
            faults.append(f"runs on after {PATIENCE:g} s: {_stacks(process.pid)}")
            os.killpg(process.pid, signal.SIGKILL)
            code = process.wait()
        seconds = time.monotonic() - sent
        # Before Python answers signals, one ends the process itself, which a shell reports alike.
        expected = {128 + trial.number, -trial.number} if ended else {0}
        if trial.number == signal.SIGKILL:
            expected = {-trial.number, 0}
        if code not in expected | {0}:
            faults.append(f"ends with {code}")
        if stays := wait_for_end({*left, *_session(process.pid)}, PATIENCE):
            faults.append(f"leaves processes behind: {[_name(pid) for pid in stays]}")
        faults += self._look(trial, target)
        assert process.stderr is not None
        said = process.stderr.read()
        if b"Traceback" in said and code >= 0:
            faults.append(f"says {said[-300:]!r}")
        return Outcome(seconds, ended and code != 0, tuple(faults))

    def _look(self, trial: Trial, target: Path) -> list[str]:
        """See what a run left behind, and go on with it."""
        faults = []
        killed = trial.number == signal.SIGKILL
        drafts = [path.name for path in target.parent.iterdir() if path != target]
        if drafts and not killed:
            faults.append(f"leaves {drafts}")
        _, whole = self._whole(trial.workers)
        found = target.read_bytes() if target.exists() else b""
        if trial.workers is None:
            if found not in {b"", whole} and trial.source == "file":
                faults.append("leaves half a summary")
        elif not whole.startswith(found) or (found and not found.endswith(b"\n") and not killed):
            faults.append("leaves half a line")
        if trial.workers is not None:
            go_on(self._lines, target)
        elif killed:
            command = [*self._command(None, target), str(self._pages)]
            subprocess.run(command, check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
        else:  # what stands there is whole, and a new run replaces it as a whole
            return faults
        if target.read_bytes() != whole:
            faults.append("is other when it is gone on with")
        return faults

    def _command(self, workers: int | None, target: Path) -> list[str]:
        asked = ["--words", "30", "-o", str(target)]
        each = [] if workers is None else ["each", "--quiet", "--workers", str(workers)]
        return [*COMMAND, *each, *asked]

    def _input(self, workers: int | None) -> Path:
        return self._pages if workers is None else self._lines


def go_on(source: Path, target: Path) -> None:
    """Do what ``summarize each --words 30 --resume`` does, in this process, which has all loaded."""
    parsed: list[Arguments] = []
    parse = click.command()(
        with_arguments(*WITH_SUMMARY)(lambda arguments: parsed.append(arguments))
    )
    arguments = ["--words", "30", "-o", str(target), str(source)]
    parse.main(arguments, standalone_mode=False)
    (given,) = parsed
    summarize_each(given, workers=0, resume=True, quiet=True)


def _session(leader: int) -> set[int]:
    """Return the processes of a session that still run."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.add(int(stat.parent.name))
    return found


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()[:200]
    except OSError:
        return str(pid)


def _stacks(pid: int) -> str:
    """Say where a process is, where py-spy is installed."""
    if spy := shutil.which("py-spy", path=str(Path(sys.executable).parent)):
        done = subprocess.run([spy, "dump", "--pid", str(pid)], capture_output=True, text=True)
        return done.stdout[-3000:]
    return "install py-spy to see where"
