"""No encoder calls anybody, however long it works."""

import shutil
import sys
from pathlib import Path

import pytest

from summarizer.encoders import ENCODERS

from ..builders import ROOT
from ..cli.test_isolation import require_isolation
from ..processes import effects_of

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")

# Telemetry is sent some seconds after a library is loaded, and again.
WORK = """
import sys, time
from summarizer import load_encoder, summarize
encoder = load_encoder(sys.argv[1])
until = time.monotonic() + float(sys.argv[2])
while time.monotonic() < until:
    summarize(["The mayor closed the old bridge on Monday.", "Rust was found."], encoder=encoder)
    time.sleep(0.1)
"""


@pytest.mark.parametrize("seconds", [30])
@pytest.mark.parametrize("model", ["minilm", "multilingual", "models/static"])
def test_encoder_at_work(tmp_path: Path, model: str, seconds: int) -> None:
    command = [sys.executable, "-c", WORK, model, str(seconds)]
    sockets, changes = effects_of(command, tmp_path / "log", ROOT)
    # What sentence-transformers loads asks this machine for its user's name, and makes semaphores.
    assert not [line for line in sockets if "AF_UNIX" not in line]
    assert not changes or model not in ENCODERS


@pytest.mark.parametrize("layout", ["text", "markdown", "json", "html"])
@pytest.mark.parametrize("model", ["minilm", "static"])
def test_every_format(tmp_path: Path, layout: str, model: str) -> None:
    made = ["--model", model, "--format", layout, "-o", f"{tmp_path}/out"]
    require_isolation([*made, str(ROOT / "examples" / "formats")], tmp_path, written="out")


@pytest.mark.parametrize("command", ["sources", "explain"])
def test_every_command(tmp_path: Path, command: str) -> None:
    require_isolation(
        [command, "-o", f"{tmp_path}/out", str(ROOT / "examples")], tmp_path, written="out"
    )


def test_many_topics(tmp_path: Path) -> None:
    each = ["each", "--model", "minilm", "--workers", "4", "-o", f"{tmp_path}/out"]
    require_isolation([*each, str(ROOT / "examples")], tmp_path, written="out")
