"""Options that several commands share."""

from dataclasses import dataclass
from math import isfinite
from typing import Any

import click

from ..readers import Limits
from ..readers.limits import MEGABYTE
from ..settings import MODEL, RANKER, RANKERS, WORDS
from .commands import Decorator, complete_paths, gathered, option

LENGTH = "Length (one of these)"
CHOICE = "What is quoted"
OUTPUT = "Output"
READING = "Reading"

SUMMARY_FORMATS = ("text", "markdown", "json", "html")

_DEFAULT = Limits()


class Positive(click.FloatRange):
    """A finite number above 0."""

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number."""
        number = float(super().convert(value, param, ctx))
        if not isfinite(number):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return number


class Percent(click.ParamType[float]):
    """A share such as ``10%`` or ``10``, as a fraction."""

    name = "percent"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the fraction, above 0 and at most 1."""
        given = str(value).strip()
        try:
            share = float(given.removesuffix("%")) / 100
        except ValueError:
            self.fail(f"{value!r} is not a percentage such as 10%", param, ctx)
        if 0 < share < 0.01 and not given.endswith("%"):
            self.fail(f"{value!r} may be a share or a percentage; write {given}%", param, ctx)
        if not 0 < share <= 1:
            self.fail(f"{value!r} is not above 0% and at most 100%", param, ctx)
        return share


@dataclass(frozen=True, slots=True)
class Request:
    """What a command that summarizes is asked for.

    :param paths: Files, folders or patterns; standard input where there are none.
    :param asked: Arguments of ``summarizer.summarize`` by their names.
    :param model: As for ``load_encoder``.
    :param output: The file to write to; None for standard output.
    :param limits: What reading may cost.
    :param strict: Whether a file that cannot be read is an error.
    :param column: The column of tables that holds the text; None where it is to be found.
    :param since: Files, folders or patterns of earlier documents, or summaries in JSON of them.
    """

    paths: tuple[str, ...]
    asked: dict[str, Any]
    model: str
    output: str | None
    limits: Limits
    strict: bool
    column: str | None = None
    since: tuple[str, ...] = ()


_LENGTHS = ("words", "sentences", "chars", "ratio")


def _request(
    *,
    paths: tuple[str, ...],
    model: str,
    output: str | None,
    max_size: float,
    timeout: float,
    strict: bool,
    column: str | None,
    since: tuple[str, ...],
    **asked: Any,
) -> Request:
    if sum(asked[name] is not None for name in _LENGTHS) > 1:
        raise click.UsageError("give only one of --words, --sentences, --chars and --ratio")
    return Request(paths, asked, model, output, _limits(max_size, timeout), strict, column, since)


def _limits(max_size: float, timeout: float) -> Limits:
    # A byte at least: what is smaller is still no other number of bytes.
    return Limits(size=max(int(max_size * MEGABYTE), 1), seconds=timeout)


def _checked_output(_: click.Context, __: click.Parameter, output: str | None) -> str | None:
    """Return the file to write to, or None for standard output."""
    if output == "":
        raise click.UsageError("--output needs the name of a file")
    return None if output == "-" else output


_MAX_SIZE = option(
    "--max-size",
    heading=READING,
    type=Positive(),
    default=_DEFAULT.size / MEGABYTE,
    metavar="MB",
    help="Largest file, and most that an archive may unpack to.  "
    f"[default: {_DEFAULT.size / MEGABYTE:g}]",
)
_TIMEOUT = option(
    "--timeout",
    heading=READING,
    type=Positive(),
    default=_DEFAULT.seconds,
    metavar="S",
    help=f"Longest time to read a file, in seconds.  [default: {_DEFAULT.seconds:g}]",
)
with_strict = option(
    "--strict", heading=READING, is_flag=True, help="A file that cannot be read is an error."
)
with_paths = click.argument("paths", nargs=-1, metavar="[PATHS]...", shell_complete=complete_paths)
# What reading may cost, as ``limits``.
with_limits = gathered("limits", _limits, _MAX_SIZE, _TIMEOUT)

with_output = option(
    "-o",
    "--output",
    heading=OUTPUT,
    metavar="FILE",
    type=click.Path(),
    callback=_checked_output,
    help="Write to FILE instead of standard output.",
)

# The options of every command that summarizes, as ``request``. What is none of the parameters of
# ``_request`` goes to ``summarizer.summarize`` by its name.
with_request = gathered(
    "request",
    _request,
    with_paths,
    option(
        "--words",
        heading=LENGTH,
        type=click.IntRange(min=1),
        metavar="N",
        help=f"At most N words.  [default: {WORDS}]",
    ),
    option(
        "--sentences",
        heading=LENGTH,
        type=click.IntRange(min=1),
        metavar="N",
        help="At most N sentences.",
    ),
    option(
        "--chars",
        heading=LENGTH,
        type=click.IntRange(min=1),
        metavar="N",
        help="At most N characters, spaces between sentences included.",
    ),
    option(
        "--ratio",
        heading=LENGTH,
        type=Percent(),
        metavar="P%",
        help="At most P% of the sources' words.",
    ),
    option(
        "--query",
        heading=CHOICE,
        metavar="TEXT",
        help="What the summary should answer: keywords, a question or several sentences.",
    ),
    option(
        "--since",
        heading=CHOICE,
        multiple=True,
        metavar="EARLIER",
        type=click.Path(),
        help="Only what EARLIER does not say: a folder, a file, or a summary in JSON.",
    ),
    option(
        "--after",
        heading=CHOICE,
        metavar="DATE",
        help="Leave out documents published before DATE, e.g. 2020-05-01.",
    ),
    option(
        "--language",
        heading=CHOICE,
        metavar="CODE",
        help="Quote sources in this language, e.g. en.  [default: that of most]",
    ),
    option(
        "--min-sources",
        heading=CHOICE,
        type=click.IntRange(min=1),
        default=1,
        metavar="N",
        help="Only what N independent sources state; copies count once.  [default: 1]",
    ),
    option(
        "--model",
        heading=CHOICE,
        default=MODEL,
        show_default=True,
        metavar="NAME_OR_PATH",
        help="static, minilm or multilingual (shipped), a folder, or a sentence-transformers name.",
    ),
    with_output,
    _MAX_SIZE,
    _TIMEOUT,
    # What few need is documented, but does not lengthen the help.
    option(
        "--ranker",
        heading=CHOICE,
        type=click.Choice(RANKERS),
        default=RANKER,
        hidden=True,
        help="Cover the most facts, or maximal marginal relevance.",
    ),
    option(
        "--keep-all",
        heading=CHOICE,
        is_flag=True,
        hidden=True,
        help="Quote documents about something else too.",
    ),
    option(
        "--column",
        heading=READING,
        metavar="NAME",
        hidden=True,
        help="The column of tables with the text.",
    ),
    option(
        "--strict",
        heading=READING,
        is_flag=True,
        hidden=True,
        help="A file that cannot be read is an error.",
    ),
)


def with_format(*formats: str) -> Decorator:
    """Give a command the option ``--format``, as ``layout``; the first is the default."""
    listed = f"{', '.join(formats[:-1])} or {formats[-1]}"
    return option(
        "--format",
        "layout",
        heading=OUTPUT,
        type=click.Choice(formats),
        metavar="FORMAT",
        default=formats[0],
        show_default=True,
        help=f"{listed}.",
    )
