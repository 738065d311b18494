"""``summarize mcp``: the tools of an agent."""

import socket
from typing import TYPE_CHECKING

import click

from ..errors import SummarizerError
from ..settings import MODEL
from .commands import Command, complete_paths, option
from .options import CHOICE, with_limits
from .output import say

if TYPE_CHECKING:
    from ..readers import Limits

EXAMPLES = """\b
Examples:
  summarize mcp ~/articles              over standard input and output
  summarize mcp --http 8123 ~/articles  at http://127.0.0.1:8123/mcp
"""


@click.command("mcp", cls=Command, epilog=EXAMPLES)
@click.argument(
    "folders", nargs=-1, required=True, metavar="FOLDERS...", shell_complete=complete_paths
)
@option(
    "--http",
    heading="Server",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help="Serve programs of this machine at PORT; 0 takes a free one.",
)
@option(
    "--model",
    heading=CHOICE,
    default=MODEL,
    show_default=True,
    metavar="NAME_OR_PATH",
    help="static, minilm or multilingual (shipped), a folder, or a sentence-transformers name.",
)
@with_limits
def mcp(folders: tuple[str, ...], http: int | None, model: str, limits: "Limits") -> None:
    """Give agents tools to quote files with (MCP).

    The tools are summarize, ask, check, timeline and verify. Files in FOLDERS are read, and
    nothing else is. Without --http, the server speaks over standard input and output, as the
    program that starts it expects.
    """
    try:
        from ..mcp import make_server
    except ImportError as error:
        raise SummarizerError(
            'the MCP SDK is not installed: pip install "verbatim-summarizer[mcp]"'
        ) from error
    from .threads import one_thread

    server = make_server(folders, encoder=model, limits=limits)
    with one_thread():
        if http is None:
            server.run()
            return
        import uvicorn

        try:
            listener = socket.create_server(("127.0.0.1", http))
        except OSError as error:
            raise SummarizerError(
                f"port {http} cannot be used ({error.strerror}); name another one"
            ) from error
        with listener:
            say(f"listening at http://127.0.0.1:{listener.getsockname()[1]}/mcp")
            config = uvicorn.Config(server.streamable_http_app(), log_level="warning")
            uvicorn.Server(config).run(sockets=[listener])
