"""``summarize differences``: where sources give a value of one thing differently."""

import sys

import click

from ..readers import Limits
from .commands import Command
from .making import say_warnings
from .options import with_format, with_limits, with_output, with_paths, with_strict
from .output import refuse_overwriting, write

EXAMPLES = """\b
Examples:
  summarize differences seeds/
  summarize differences --format html -o differences.html seeds/
"""


@click.command("differences", cls=Command, epilog=EXAMPLES)
@with_paths
@with_format("text", "json", "html")
@with_output
@with_limits
@with_strict
def differences(
    paths: tuple[str, ...], layout: str, output: str | None, limits: Limits, *, strict: bool
) -> None:
    """List numbers, amounts and days that sources give differently.

    PATHS are files, folders or patterns, as for summarize. What moved from one day to the next,
    such as a toll, is listed apart. Not all differences are found, and not all that is listed is
    one.
    """
    if not paths and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError("name files or folders to compare, or pipe a text in")
    from ..comparing import differences as compare
    from ..readers import read
    from .threads import one_thread

    documents = read(paths or ["-"], limits=limits, strict=strict)
    refuse_overwriting(output, [document.path for document in documents])
    with one_thread():
        found = compare(documents)
    say_warnings(found.warnings)
    layouts = {"text": found.to_text, "json": found.to_json, "html": found.to_html}
    write(layouts[layout]() + "\n", output)
