"""The tools of an agent, called by the client of the SDK over standard streams and over HTTP."""

import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from summarizer import OptionError
from summarizer.app.mcp import make_server
from summarizer.cli.commands import run

from ..builders import ROOT

NOTES = (
    "The council of Haldern voted on Tuesday to close the Marten bridge for three weeks. Engineer "
    "Ruth Olsen said that rust had weakened two of its five pillars. The ferry will not run at "
    "night. Shops on the east bank fear for their trade."
)
COMMAND = [sys.executable, "-m", "summarizer", "mcp"]


def write_notes(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("The password of the mayor is swordfish, a clerk said.")
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "council.txt").write_text(NOTES)
    (folder / "mill.txt").write_text("A fire destroyed the old paper mill on 3 May 2024 in Velden.")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_notes(tmp_path)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write_notes(tmp_path_factory.mktemp("served"))
    with subprocess.Popen(
        [*COMMAND, "--http", "0", str(folder)], stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        assert server.stderr
        yield server.stderr.readline().split()[-1]
        server.terminate()
    assert server.returncode == 143


def call(server: Any, name: str, **arguments: Any) -> CallToolResult:
    """Call a tool of a server, however it is reached."""

    async def called() -> CallToolResult:
        async with Client(server) as client:
            return await client.call_tool(name, arguments)

    return anyio.run(called)


def text_of(result: CallToolResult) -> str:
    (block,) = result.content
    return block.text if block.type == "text" else ""


async def session(client: Client) -> None:
    """Use each tool once."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"summarize", "ask", "check", "timeline", "verify"}
    assert all(tool.output_schema and tool.annotations for tool in tools.values())

    found = await client.call_tool("summarize", {"paths": ["council.txt"], "words": 20})
    record = found.structured_content or {}
    (quote,) = record["sentences"]
    assert NOTES[quote["start"] : quote["end"]] == quote["text"]
    assert quote["text"] in text_of(found)
    verified = await client.call_tool("verify", {"summary": record})
    assert text_of(verified).startswith("1 passage of 1 source: 1 intact")

    asked = await client.call_tool("ask", {"question": "What had rust weakened?", "words": 15})
    assert "two of its five pillars" in text_of(asked)
    nothing = await client.call_tool("ask", {"question": "orchestra rehearsal"})
    assert not (nothing.structured_content or {"sentences": 1})["sentences"]
    assert "warning:" in text_of(nothing)

    checked = await client.call_tool("check", {"text": "The ferry will run at night."})
    assert (checked.structured_content or {})["sentences"][0]["verdict"] == "differs"
    told = await client.call_tool("timeline", {"paths": ["mill.txt"]})
    assert (told.structured_content or {})["days"][0]["date"] == "2024-05-03"


def over(server: Any, talk: Callable[[Client], Awaitable[None]]) -> None:
    async def connected() -> None:
        async with Client(server) as client:
            await talk(client)

    anyio.run(connected)


def test_over_standard_streams(folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    over(
        StdioServerParameters(
            command=COMMAND[0], args=[*COMMAND[1:], str(folder)], env=environment
        ),
        session,
    )


def test_over_http(address: str) -> None:
    over(address, session)


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Origin": "https://evil.example"}, 403), ({"Host": "evil.example"}, 421)],
)
def test_pages_of_other_sites_are_refused(
    address: str, headers: dict[str, str], status: int
) -> None:
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    accept = {"Accept": "application/json, text/event-stream"}
    with httpx2.Client() as client:
        assert client.post(address, json=request, headers=accept | headers).status_code == status


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "notes/../secret.txt",
        "out",
        "out.txt",
        "*.txt",
        "nothing.txt",
        "pipe",
        "-",
        "\0",
        "x" * 5000,
        "https://example.com/a.txt",
    ],
)
def test_nothing_else_is_read(folder: Path, path: str) -> None:
    (folder / "out").symlink_to(folder.parent)
    (folder / "out.txt").symlink_to(folder.parent / "secret.txt")
    os.mkfifo(folder / "pipe")
    server = make_server([folder])
    calls: dict[str, dict[str, Any]] = {
        "summarize": {"paths": [path]},
        "check": {"text": "The password is known.", "paths": [path]},
        "verify": {"summary": path},
    }
    for name, arguments in calls.items():
        result = call(server, name, **arguments)
        assert result.is_error
        assert text_of(result) == f"{path}: is not a file or folder in {folder}"


def test_what_utf8_cannot_hold_is_marked_in_answers(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff.txt", "w") as file:  # noqa: PTH123
        file.write("The mayor of Aldwick closed the old bridge on 10 March 2020.")
    (tmp_path / "b.json").write_text('{"text": "The mayor \\ud800 opened it on 12 March 2020."}')
    calls: dict[str, dict[str, Any]] = {
        "summarize": {},
        "ask": {"question": "the bridge \udfff"},
        "check": {"text": "The mayor \udfff closed the bridge."},
        "timeline": {},
    }
    for name, arguments in calls.items():
        result = call(make_server([tmp_path]), name, **arguments)
        assert not result.is_error
        assert "\ufffd" in result.model_dump_json()


def test_files_elsewhere_are_refused_by_absolute_paths_and_in_summaries(folder: Path) -> None:
    secret = folder.parent / "secret.txt"
    result = call(make_server([folder]), "ask", question="password", paths=[str(secret)])
    assert text_of(result) == f"{secret}: is not a file or folder in {folder}"
    quote = {"text": "The password", "source": 1, "start": 0, "end": 12}
    record = {
        "text": "The password",
        "sentences": [quote],
        "sources": [{"number": 1, "path": str(secret)}],
    }
    verified = call(make_server([folder]), "verify", summary=record)
    assert "1 refused" in text_of(verified)
    assert "swordfish" not in verified.model_dump_json()


def test_links_out_of_the_folder_are_left_out_and_named(folder: Path) -> None:
    (folder / "out.txt").symlink_to(folder.parent / "secret.txt")
    result = call(make_server([folder]), "summarize")
    assert "swordfish" not in text_of(result)
    assert f"warning: {folder}/out.txt: links to a file outside" in text_of(result)


def test_changed_source_is_told(folder: Path) -> None:
    server = make_server([folder])
    record = call(server, "summarize", paths=["council.txt"], words=20).structured_content
    (folder / "council.txt").write_text(NOTES.replace("three weeks", "four weeks"))
    assert "1 changed" in text_of(call(server, "verify", summary=record))


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("summarize", {"words": 0}, "words: Input should be greater than or equal to 1"),
        ("summarize", {"query": "why"}, "summarize takes paths, words, since, not query"),
        ("ask", {"question": " "}, "query must have a word"),
        ("check", {"text": ""}, "the text to check has no sentence"),
        (
            "verify",
            {"summary": {}},
            "the summary: is not a summary in JSON (it has no 'sentences')",
        ),
        ("delete", {}, "Unknown tool: delete"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    folder: Path, name: str, arguments: dict[str, Any], told: str
) -> None:
    result = call(make_server([folder]), name, **arguments)
    assert result.is_error
    assert text_of(result).startswith(told)
    assert "\n" not in text_of(result)


@pytest.mark.parametrize("folders", [[], ["nowhere"], ["README.md"], ["s3://bucket/a"]])
def test_folders_must_be_there(folders: list[str]) -> None:
    with pytest.raises(OptionError, match="folder"):
        make_server(folders)


def test_port_in_use_is_an_error(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    port = address.split(":")[2].split("/")[0]
    assert run(["mcp", "--http", port, str(ROOT / "examples")]) == 1
    assert f"port {port} cannot be used" in capsys.readouterr().err
