"""``summarize check``: a text, sentence by sentence, against sources."""

from typing import TYPE_CHECKING

import click

from ..errors import SummarizerError
from ..settings import MODEL
from .commands import Command, complete_paths, option
from .making import say_warnings
from .options import CHOICE, OUTPUT, with_format, with_limits, with_output, with_strict
from .output import refuse_overwriting, write

if TYPE_CHECKING:
    from ..readers import Limits

_VERDICTS = ("quoted", "stated", "differs", "partly", "not-found")

EXAMPLES = """\b
Examples:
  summarize check draft.docx seeds/
  summarize check --format html -o check.html answer.md seeds/
  pbpaste | summarize check --fail-on differs,not-found - seeds/

\b
Exit status:
  0  the text was checked
  1  a sentence has a verdict that --fail-on names, or the text cannot be checked
  2  the command was called wrongly
"""


def _verdicts(_: click.Context, __: click.Parameter, given: str | None) -> frozenset[str]:
    """Return the verdicts of a list such as ``differs,not-found``."""
    named = [part.strip() for part in (given or "").split(",") if part.strip()]
    for name in named:
        if name not in _VERDICTS:
            raise click.BadParameter(f"{name} is none of {', '.join(_VERDICTS)}")
    return frozenset(name.replace("-", " ") for name in named)


@click.command("check", cls=Command, epilog=EXAMPLES)
@click.argument("text", type=click.Path(allow_dash=True), shell_complete=complete_paths)
@click.argument(
    "paths", nargs=-1, required=True, metavar="SOURCES...", shell_complete=complete_paths
)
@option(
    "--model",
    heading=CHOICE,
    default=MODEL,
    show_default=True,
    metavar="NAME_OR_PATH",
    help="static, or minilm, which is slower and judges English more finely.",
)
@option(
    "--fail-on",
    heading=OUTPUT,
    callback=_verdicts,
    metavar="VERDICTS",
    help=f"End with 1 if a sentence has one of these: {', '.join(_VERDICTS)}.",
)
@with_format("text", "json", "html")
@with_output
@with_limits
@with_strict
def check(
    text: str,
    paths: tuple[str, ...],
    model: str,
    fail_on: frozenset[str],
    layout: str,
    output: str | None,
    limits: "Limits",
    *,
    strict: bool,
) -> None:
    """Check each sentence of TEXT against SOURCES.

    A sentence is quoted, stated, partly stated, not found, or differs in a number, a day, a name or
    a denial. Citations such as [2] are taken for the numbers of the sources and checked, too. TEXT
    may be in any format that summarize reads; "-" is standard input.
    """
    from ..checking import check as compare
    from ..encoders import load_encoder
    from ..readers import read
    from .threads import one_thread

    given = read([text], limits=limits, strict=True)
    if len(given) != 1:
        raise SummarizerError(f"{text}: holds {len(given)} texts; name one")
    documents = read(paths, limits=limits, strict=strict)
    refuse_overwriting(output, [text, *(document.path for document in documents)])
    encoder = load_encoder(model)
    with one_thread():
        found = compare(given[0], documents, encoder=encoder)
    say_warnings(found.warnings)
    layouts = {"text": found.to_text, "json": found.to_json, "html": found.to_html}
    write(layouts[layout]() + "\n", output)
    if fail_on & {sentence.verdict for sentence in found.sentences}:
        raise click.exceptions.Exit(1)
