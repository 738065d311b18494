"""The commands that serve others until they are ended: a page and an HTTP API, tools for agents."""

import socket
import sys

import click

from ..errors import SummarizerError
from ..readers import Limits
from .commands import one_thread
from .options import Command, complete_paths, option, with_limits, with_model
from .output import say

_SERVING = "Serving"
_SERVE = """\b
Examples:
  summarize serve
  summarize serve --port 0 --model minilm
"""


@click.command("serve", cls=Command, epilog=_SERVE)
@option(
    "--host",
    heading=_SERVING,
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Where to listen. Whoever can reach another address can read what is sent.",
)
@option(
    "--port",
    heading=_SERVING,
    type=click.IntRange(0, 65535),
    default=8377,
    show_default=True,
    metavar="N",
    help="0 takes any that is free.",
)
@with_model()
@with_limits
def serve(host: str, port: int, model: str, limits: Limits) -> None:
    """Summarize in the browser, and answer programs over HTTP.

    Prints the address of the page, which nobody else knows. Files stay on this machine and in
    memory, and are forgotten after an hour, or when this command ends, by Ctrl-C.
    """
    try:
        import uvicorn

        from ..app.server import Config, create_app, is_loopback
    except ImportError as error:
        raise SummarizerError(
            f"serve needs {error.name}: pip install 'verbatim-summarizer[app]'"
        ) from error
    from ..encoders import load_encoder

    load_encoder(model)  # a model that cannot be loaded is an error now
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    config = Config(host, port, model, limits)
    if not is_loopback(host):
        say(f"warning: whoever can reach {host} can read what is sent, as nothing is encrypted")
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/?token={config.token}"
    click.echo(address)
    sys.stdout.flush()
    say("Ctrl-C ends it")
    settings = uvicorn.Config(
        create_app(config),
        log_level="error",
        access_log=False,
        server_header=False,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(settings).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=512)
    except OSError as error:
        hint = "choose another --port, or 0" if port else "choose another --host"
        reason = error.strerror or error
        raise SummarizerError(f"{host}:{port}: cannot be listened at ({reason}); {hint}") from error


_MCP = """\b
Examples:
  summarize mcp ~/articles              over standard input and output
  summarize mcp --http 8123 ~/articles  at http://127.0.0.1:8123/mcp
"""


@click.command("mcp", cls=Command, epilog=_MCP)
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
@with_model()
@with_limits
def mcp(folders: tuple[str, ...], http: int | None, model: str, limits: Limits) -> None:
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
