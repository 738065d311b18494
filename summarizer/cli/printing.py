"""A summary in the format that the command was asked for."""

import json
from typing import TYPE_CHECKING

from ..render.printable import printable, printable_json
from ..render.terminal import Style, render_terminal

if TYPE_CHECKING:
    from ..summary import Summary


def render(summary: "Summary", layout: str, style: Style, folder: str, *, explain: bool) -> str:
    """Return a summary in a format, safe to print."""
    if layout == "json":
        return printable_json(summary.to_json(explain=explain))
    if layout == "html":
        return summary.to_html(explain=explain)
    if layout == "text" and style != Style():
        told = summary.explanations if explain else ()
        return render_terminal(summary.sentences, summary.sources, told, style)
    if layout == "markdown":
        return printable(summary.to_markdown(explain=explain, folder=folder))
    return printable(summary.to_text(explain=explain))


def render_sources(summary: "Summary", layout: str, folder: str) -> str:
    """Return its list of sources alone, in a format, safe to print."""
    if layout == "json":
        return printable_json(json.dumps(summary.sources_to_dict(), ensure_ascii=False, indent=2))
    if layout == "markdown":
        return printable(summary.sources_to_markdown(folder=folder))
    return printable(summary.sources_to_text())
