"""The commands shown in the README, and what they print."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"(?<=^```console\n)\$ (summarize .*)\n((?:(?!```).*\n)*)", re.MULTILINE)


def blocks() -> list[tuple[str, str]]:
    """Return each command of the README with the output shown below it."""
    return [(match[1], match[2]) for match in _BLOCK.finditer(README.read_text(encoding="utf-8"))]


def output_of(command: str) -> str:
    """Run a command of the README as its reader would, from the top folder."""
    arguments = shlex.split(command)[1:]
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout


def regenerate() -> None:
    """Write the outputs in the README anew."""
    text = README.read_text(encoding="utf-8")
    shown = _BLOCK.sub(lambda match: f"$ {match[1]}\n{output_of(match[1])}", text)
    README.write_text(shown, encoding="utf-8")
