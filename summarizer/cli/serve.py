"""``summarize serve``: a page on one's own machine, and an HTTP API."""

import socket
import sys

import click

from ..errors import SummarizerError
from ..readers import Limits
from ..settings import MODEL
from .commands import Command, option
from .options import CHOICE, with_limits
from .output import say

_SERVING = "Serving"

EXAMPLES = """\b
Examples:
  summarize serve
  summarize serve --port 0 --model minilm
"""


@click.command("serve", cls=Command, epilog=EXAMPLES)
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
@option(
    "--model",
    heading=CHOICE,
    default=MODEL,
    show_default=True,
    metavar="NAME_OR_PATH",
    help="static, minilm or multilingual (shipped), a folder, or a sentence-transformers name.",
)
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
