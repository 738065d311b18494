"""What the commands that make a summary have in common: read, summarize, warn, render, write."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..render.terminal import find_style, render_terminal
from .options import Request
from .output import Progress, folder_of, refuse_overwriting, say, write

if TYPE_CHECKING:
    from ..readers import Documents
    from ..summary import Summary

# So many warnings are printed; a folder of copies has one for each.
_WARNINGS = 20


def make_summary(request: Request) -> "Summary":
    """Read files, summarize them, and say on standard error what a user should know.

    :raises SummarizerError: If the files or an option are not in order.
    """
    if not request.paths and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError("name files or folders to summarize, or pipe a text in")
    from ..encoders import load_encoder
    from ..pipeline import summarize
    from ..readers import read
    from .threads import one_thread

    documents = read(
        request.paths or ["-"],
        limits=request.limits,
        strict=request.strict,
        column=request.column,
    )
    earlier = _read_earlier(request)
    named = [*request.since, *(document.path for document in (*documents, *earlier))]
    refuse_overwriting(request.output, named)
    encoder = load_encoder(request.model)
    with one_thread(), Progress() as progress:
        summary = summarize(
            documents, known=earlier, encoder=encoder, progress=progress.show, **request.asked
        )
    say_warnings(summary.warnings)
    return summary


def say_warnings(warnings: Sequence[str]) -> None:
    """Print what a careful user should know on standard error."""
    for warning in warnings[:_WARNINGS]:
        say(f"warning: {warning}")
    if len(warnings) > _WARNINGS:
        say(f"{len(warnings) - _WARNINGS} more warnings: --format json has them all")


def _read_earlier(request: Request) -> "Documents":
    """Read what was known before: files and folders, and the sources of summaries."""
    from ..readers import Documents, read
    from ..verification import is_summary, read_sources

    summaries = [path for path in request.since if is_summary(path)]
    others = [path for path in request.since if path not in summaries]
    found = [read_sources(path, limits=request.limits) for path in summaries]
    if others:
        found.append(read(others, limits=request.limits, strict=request.strict))
    return Documents(
        [document for part in found for document in part],
        [note for part in found for note in part.skipped],
    )


def write_summary(request: Request, layout: str, *, explain: bool) -> None:
    """Make a summary and write it.

    :param layout: One of the formats.
    :param explain: Whether to say why each sentence was picked.
    :raises SummarizerError: If it cannot be made or written.
    :raises click.exceptions.Exit: If it was written and is empty.
    """
    summary = make_summary(request)
    if layout == "json":
        rendered = summary.to_json(explain=explain)
    elif layout == "html":
        rendered = summary.to_html(explain=explain)
    elif layout == "markdown":
        rendered = summary.to_markdown(explain=explain, folder=folder_of(request.output))
    else:
        style = find_style(None if request.output else sys.stdout, os.environ)
        rendered = render_terminal(summary, style, explain=explain)
    write(rendered + "\n", request.output)
    if not summary.sentences:
        # Nothing answers the question, or is new; a warning has said so.
        raise click.exceptions.Exit(1)
