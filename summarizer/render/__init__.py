"""Results as text for people; one file a format."""

from collections.abc import Callable, Iterable
from operator import methodcaller
from typing import Any, NamedTuple

from ..datatypes import Source
from .export import render_bibtex, render_csl, render_docx, render_ris


class Format(NamedTuple):
    """A format of results: its file endings, the preferred one first, and its media type."""

    endings: tuple[str, ...]
    media: str
    render: Callable[[Any], str | bytes]


def _cited(render: Callable[[Iterable[Source]], str]) -> Callable[[Any], str]:
    return lambda found: render(source for source in found.sources if source.cited)


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RIS = "application/x-research-info-systems; charset=utf-8"
_BIBTEX, _CSL = "application/x-bibtex; charset=utf-8", "application/vnd.citationstyles.csl+json"
FORMATS = {
    "text": Format(("txt",), "text/plain", methodcaller("to_text")),
    "markdown": Format(("md", "markdown"), "text/markdown", methodcaller("to_markdown")),
    "json": Format(("json",), "application/json", methodcaller("to_json")),
    "html": Format(("html", "htm"), "text/html", methodcaller("to_html")),
    "docx": Format(("docx",), _DOCX, render_docx),
    "ris": Format(("ris",), _RIS, _cited(render_ris)),
    "bibtex": Format(("bib",), _BIBTEX, _cited(render_bibtex)),
    "csl": Format(("csl.json", "csl"), _CSL, _cited(render_csl)),
}
BY_ENDING = {ending: name for name, known in FORMATS.items() for ending in known.endings}
