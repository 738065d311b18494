"""``summarize schema``: the JSON Schema of ``--format json``."""

import json

import click

from .commands import Command
from .options import with_output
from .output import write


@click.command("schema", cls=Command)
@with_output
def schema(output: str | None) -> None:
    """Print the JSON Schema of summaries in JSON."""
    from ..summary import json_schema

    write(json.dumps(json_schema(), indent=2) + "\n", output)
