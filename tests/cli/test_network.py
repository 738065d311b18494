"""No run opens a socket; ``make attack`` tries it for longer, and with every encoder."""

import shutil
import sys
from pathlib import Path

import pytest

from ..builders import EXAMPLE, ROOT
from ..processes import sockets_of

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
SUMMARIZE = (sys.executable, "-m", "summarizer")


def test_calls_are_seen(tmp_path: Path) -> None:
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
    assert sockets_of([sys.executable, "-c", code], tmp_path / "log", ROOT)


def test_page_of_files_that_the_sandbox_reads_calls_nobody(tmp_path: Path) -> None:
    formats = ROOT / "examples" / "formats"
    page = ["--model", "minilm", "--format", "html", "-o", str(tmp_path / "page.html")]
    assert not sockets_of([*SUMMARIZE, *page, EXAMPLE, formats], tmp_path / "log", ROOT)


def test_workers_call_nobody(tmp_path: Path) -> None:
    lines = tmp_path / "topics.jsonl"
    lines.write_text('{"id": 1, "documents": ["The mayor closed the old bridge on Monday."]}\n' * 3)
    each = ["each", "--model", "minilm", "--workers", "2", str(lines)]
    assert not sockets_of([*SUMMARIZE, *each], tmp_path / "log", ROOT)


def test_verification_calls_nobody(tmp_path: Path) -> None:
    from summarizer import read, summarize

    summary = tmp_path / "s.json"
    summary.write_text(summarize(read([str(EXAMPLE)]), encoder="static", words=60).to_json())
    verify = ["verify", str(summary), "--root", str(ROOT)]
    assert not sockets_of([*SUMMARIZE, *verify], tmp_path / "log", ROOT)
