"""``summarize verify``: whether the quotes of a summary still stand in its sources."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..render.safe import printable, printable_json
from .commands import Command, option
from .options import READING, with_format, with_limits, with_output
from .output import refuse_overwriting, write

if TYPE_CHECKING:
    from ..readers import Limits

EXAMPLES = """\b
Examples:
  summarize --format json -o s.json seeds/
  summarize verify s.json
  summarize verify --root ~/articles s.json

\b
Exit status:
  0  every quote stands where it stood
  1  not every quote stands there, or the summary cannot be read
  2  the command was called wrongly
"""


@click.command("verify", cls=Command, epilog=EXAMPLES)
@click.argument("summary", metavar="FILE", type=click.Path(allow_dash=True))
@with_format("text", "json")
@with_output
@option(
    "--root",
    "roots",
    heading=READING,
    multiple=True,
    type=click.Path(),
    metavar="DIR",
    help="Open sources below DIR, too; may be repeated.",
)
@option(
    "--allow-remote",
    heading=READING,
    is_flag=True,
    help="Open sources behind addresses, too.",
)
@with_limits
def verify(
    summary: str,
    layout: str,
    output: str | None,
    roots: tuple[str, ...],
    limits: "Limits",
    *,
    allow_remote: bool,
) -> None:
    """Check whether the quotes of a summary still stand in its sources.

    FILE is a summary that --format json wrote; "-" reads standard input. Only files below its
    folder are opened, unless --root or --allow-remote say otherwise.
    """
    from ..verification import verify as check

    refuse_overwriting(output, [summary])
    found = check(summary, limits=limits, roots=roots, allow_remote=allow_remote)
    folder = Path(summary).parent
    named = {part.path for part in found.checks}
    refuse_overwriting(output, [*named, *(str(folder / path) for path in named)])
    shown = printable_json(found.to_json()) if layout == "json" else printable(str(found))
    write(f"{shown}\n", output)
    if not found.intact:
        raise click.exceptions.Exit(1)
