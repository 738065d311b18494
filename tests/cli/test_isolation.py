"""No run opens a socket, or writes but where it was told to.

``make attack`` tries it for longer, and with every encoder.
"""

import shutil
import sys
from pathlib import Path

import pytest

from summarizer import read, summarize

from ..builders import EXAMPLE, ROOT
from ..processes import effects_of

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
SUMMARIZE = (sys.executable, "-m", "summarizer")


def require_isolation(arguments: list[str], folder: Path, *, written: str = "") -> None:
    """Require that the command calls nobody and writes one file at most, by a draft beside it."""
    sockets, changes = effects_of([*SUMMARIZE, *arguments], folder / "log", ROOT)
    assert not sockets
    own = (f'"{folder}/{written}"', f'"{folder}/.summarize-') if written else ()
    assert [line for line in changes if not any(name in line for name in own)] == []
    assert bool(changes) == bool(written)


def test_what_is_done_is_seen(tmp_path: Path) -> None:
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM); open('a', 'w')"
    sockets, changes = effects_of([sys.executable, "-c", code], tmp_path / "log", tmp_path)
    assert (len(sockets), len(changes)) == (1, 1)


def test_page_of_files_that_the_sandbox_reads(tmp_path: Path) -> None:
    page = ["--model", "minilm", "--format", "html", "-o", f"{tmp_path}/page.html"]
    formats = str(ROOT / "examples" / "formats")
    require_isolation([*page, str(EXAMPLE), formats], tmp_path, written="page.html")


def test_workers(tmp_path: Path) -> None:
    lines = tmp_path / "topics.jsonl"
    lines.write_text('{"id": 1, "documents": ["The mayor closed the old bridge on Monday."]}\n' * 3)
    each = ["each", "--workers", "2", "-o", f"{tmp_path}/out.jsonl", str(lines)]
    require_isolation(each, tmp_path, written="out.jsonl")


def test_verification(tmp_path: Path) -> None:
    summary = tmp_path / "s.json"
    summary.write_text(summarize(read([str(EXAMPLE)]), words=60).to_json())
    require_isolation(["verify", str(summary), "--root", str(ROOT)], tmp_path)


def test_page_keeps_nothing_and_calls_nobody(tmp_path: Path) -> None:
    script = """
import sys
from tests.app.test_command import ask, serving
from urllib.request import HTTPCookieProcessor, build_opener

with serving("--port", "0") as (command, host, port, token):
    opener = build_opener(HTTPCookieProcessor())
    page = opener.open(f"http://{host}:{port}/?token={token}").url
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            opener.open(f"{page}files?name=a", file.read()).close()
    for layout in ("html", "docx"):
        opener.open(f"{page}summary.{layout}").close()
    assert ask(port, token, "The mayor closed the old bridge.")["words"] == 6
"""
    files = [*EXAMPLE.iterdir(), *(ROOT / "examples" / "formats").glob("*.*")]
    sockets, changes = effects_of([sys.executable, "-c", script, *files], tmp_path / "log", ROOT)
    assert changes == []
    addressed = [line for line in sockets if "sa_family" in line]
    assert addressed
    assert [line for line in addressed if 'inet_addr("127.0.0.1")' not in line] == []
