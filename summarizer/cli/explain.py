"""``summarize explain``: a summary, and why each of its sentences was picked."""

import click

from .commands import Command
from .making import write_summary
from .options import SUMMARY_FORMATS, Request, with_format, with_request


@click.command("explain", cls=Command)
@with_request
@with_format(*SUMMARY_FORMATS)
def explain(request: Request, layout: str) -> None:
    """Summarize, and say why each sentence was picked."""
    write_summary(request, layout, explain=True)
