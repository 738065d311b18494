"""``summarize sources``: what each source contributes to a summary."""

import click

from .commands import Command
from .making import make_summary
from .options import Request, with_format, with_request
from .output import folder_of, write


@click.command("sources", cls=Command)
@with_request
@with_format("text", "markdown", "json")
def sources(request: Request, layout: str) -> None:
    """List the sources, and what each contributes to the summary."""
    summary = make_summary(request)
    if layout == "json":
        from ..summary import dump_json

        rendered = dump_json(summary.sources_to_dict(), indent=2)
    elif layout == "markdown":
        rendered = summary.sources_to_markdown(folder=folder_of(request.output))
    else:
        rendered = summary.sources_to_text()
    write(rendered + "\n", request.output)
