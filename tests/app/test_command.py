"""The command: it says where it listens, and ends at once with all that it started."""

import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from summarizer.cli.commands import run

from ..builders import ROOT
from ..processes import children, wait_for_end

SERVE = (sys.executable, "-m", "summarizer", "serve")


@contextmanager
def serving(*options: str) -> Iterator[tuple[subprocess.Popen[str], str, int, str]]:
    """Run the command; return it with its host, port and token."""
    with subprocess.Popen(
        [*SERVE, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as command:
        try:
            assert command.stdout is not None
            printed = urlsplit(command.stdout.readline().strip())
            token = parse_qs(printed.query)["token"][0]
            yield command, printed.hostname or "", printed.port or 0, token
        finally:
            command.kill()


def ask(port: int, token: str, text: str) -> dict[str, object]:
    """Ask for a summary."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    body = json.dumps({"documents": [{"text": text}]})
    connection.request("POST", "/api/summaries", body, {"Authorization": f"Bearer {token}"})
    found: dict[str, object] = json.loads(connection.getresponse().read())
    connection.close()
    return found


@pytest.mark.parametrize(
    ("number", "host", "said"),
    [(signal.SIGINT, "127.0.0.1", ""), (signal.SIGTERM, "0.0.0.0", "whoever can reach 0.0.0.0")],
)
def test_command_answers_and_ends_at_once_with_its_workers(
    number: signal.Signals, host: str, said: str
) -> None:
    with serving("--port", "0", "--host", host) as (command, printed, port, token):
        assert printed == host
        assert ask(port, token, "The mayor closed the old bridge.")["words"] == 6
        below = children(command.pid)
        # A Word file is read in a process of the worker that reads it.
        word = (ROOT / "examples" / "formats" / "story.docx").read_bytes()
        opener = build_opener(HTTPCookieProcessor())
        page = opener.open(f"http://127.0.0.1:{port}/?token={token}").url
        assert b"a.docx" in opener.open(f"{page}files?name=a.docx", word).read()
        below += [process for worker in children(command.pid) for process in children(worker)]
        assert len(below) > 1
        command.send_signal(number)
        assert command.wait(10) == 128 + number
        assert wait_for_end(below, 10) == []
        assert command.stderr is not None
        warning, _, rest = command.stderr.read().rpartition("summarize: Ctrl-C ends it\n")
        assert rest == ""
        assert said in warning
        assert bool(warning) == bool(said)


def test_port_that_is_taken_and_host_that_is_none_are_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for options in (
            ["--port", str(taken.getsockname()[1])],
            ["--host", "no.such.host.invalid"],
            ["--host", "{a}", "--port", "0"],
            ["--host", "a..b"],
        ):
            assert run(["serve", *options]) == 1
            said = capsys.readouterr().err
            assert "cannot be listened at" in said
            assert said.count("\n") == 1


def test_what_is_not_installed_is_named() -> None:
    code = (
        "import sys; sys.modules['starlette.applications'] = None\n"
        "from summarizer.cli.commands import run; sys.exit(run(['serve']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert "pip install 'verbatim-summarizer[app]'" in done.stderr
    assert done.stderr.count("\n") == 1
