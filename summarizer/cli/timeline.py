"""``summarize timeline``: the days that sources speak of, and what happened on each."""

import os
import sys

import click

from ..readers import Limits
from ..render.terminal import find_style, render_sections
from ..render.text import timeline_sections
from .commands import Command, option
from .making import say_warnings
from .options import with_format, with_limits, with_output, with_paths, with_strict
from .output import folder_of, refuse_overwriting, write

EXAMPLES = """\b
Examples:
  summarize timeline seeds/
  summarize timeline --days 10 --per-day 2 seeds/
  summarize timeline --format html -o timeline.html seeds/
"""


@click.command("timeline", cls=Command, epilog=EXAMPLES)
@with_paths
@option(
    "--days",
    heading="Length",
    type=click.IntRange(min=1),
    metavar="N",
    help="At most N days.  [default: as many as the sources make worth it]",
)
@option(
    "--per-day",
    heading="Length",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="At most N sentences a day.  [default: 1]",
)
@with_format("text", "markdown", "json", "html")
@with_output
@with_limits
@with_strict
def timeline(
    paths: tuple[str, ...],
    days: int | None,
    per_day: int,
    layout: str,
    output: str | None,
    limits: Limits,
    *,
    strict: bool,
) -> None:
    """Tell what happened when, in verbatim sentences.

    PATHS are files, folders or patterns, as for summarize. Days are those that the texts speak of,
    such as "on Friday", counted from the day of each document.
    """
    if not paths and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError("name files or folders to read, or pipe a text in")
    from ..readers import read
    from ..timelines import timeline as tell
    from .threads import one_thread

    documents = read(paths or ["-"], limits=limits, strict=strict)
    refuse_overwriting(output, [document.path for document in documents])
    with one_thread():
        found = tell(documents, days, per_day)
    say_warnings(found.warnings)
    if layout == "json":
        rendered = found.to_json()
    elif layout == "html":
        rendered = found.to_html()
    elif layout == "markdown":
        rendered = found.to_markdown(folder=folder_of(output))
    else:
        style = find_style(None if output else sys.stdout, os.environ)
        rendered = render_sections(timeline_sections(found), found.sources, style)
    write(rendered + "\n", output)
