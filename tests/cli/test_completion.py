"""Completion in bash, as a user has it who put the documented line into ~/.bashrc."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from ..builders import ROOT


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put a command called summarize into a folder."""
    file = tmp_path_factory.mktemp("bin") / "summarize"
    file.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m summarizer "$@"\n')
    file.chmod(0o755)
    return file


@pytest.fixture(scope="module")
def script(command: Path) -> str:
    """Return what the documented line runs, for a shell that finds the command."""
    path = f'export PATH={shlex.quote(str(command.parent))}:"$PATH" PYTHONPATH={shlex.quote(str(ROOT))}\n'
    asked = f"{path}_SUMMARIZE_COMPLETE=bash_source summarize"
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)
    return path + done.stdout


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        (["summarize", "so"], ["sources"]),
        (["summarize", "--min"], ["--min-sources"]),
        (["summarize", "--format", "m"], ["markdown"]),
        (["summarize", "verify", "--ro"], ["--root"]),
        (["summarize", "--words", "5", "so"], []),
    ],
)
def test_bash_completes(script: str, line: list[str], completed: list[str]) -> None:
    words = " ".join(map(shlex.quote, line))
    pressed = (
        f"{script}\ncompopt() {{ :; }}\nCOMP_WORDS=({words}); COMP_CWORD={len(line) - 1}\n"
        '_summarize_completion summarize; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", pressed], capture_output=True, text=True, check=True)
    assert done.stdout.split() == completed
    assert done.stderr == ""
