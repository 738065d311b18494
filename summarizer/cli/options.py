"""What commands are made of: options under headings of the help, shared ones, sub-commands."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import wraps
from math import isfinite
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from ..readers import Limits
from ..readers.limits import MEGABYTE
from ..render import BY_ENDING
from ..settings import MODEL, RANKER, RANKERS, WORDS
from .output import say

LENGTH = "Length (one of these)"
CHOICE = "What is quoted"
OUTPUT = "Output"
READING = "Reading"

_DEFAULT = Limits()
# So much like the name of a command, 0 to 1, is what names no file.
_ALIKE = 0.7


Decorator = Callable[[Callable[..., None]], Callable[..., None]]


class Option(click.Option):
    """An option that ``--help`` lists below a heading."""

    def __init__(self, names: Any, *, heading: str, **settings: Any) -> None:
        super().__init__(names, **settings)
        self.heading = heading

    def get_help_extra(self, ctx: click.Context) -> Any:
        """Leave out ranges such as ``x>=1``, which only repeat what the help says."""
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)
        return extra


class Command(click.Command):
    """A command of which ``--help`` groups the options and keeps the lines of the epilog."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        context = {"help_option_names": ["-h", "--help"], "max_content_width": 88}
        super().__init__(name, **{"context_settings": context, **settings})

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options below their headings, in the order of the first of each."""
        headings: dict[str, list[tuple[str, str]]] = {}
        options = [found for found in self.get_params(ctx) if isinstance(found, click.Option)]
        for found in sorted(options, key=lambda found: not isinstance(found, Option)):
            record = found.get_help_record(ctx)
            if record is not None:
                headings.setdefault(getattr(found, "heading", "Other"), []).append(record)
        for heading, records in headings.items():
            with formatter.section(heading):
                formatter.write_dl(records)


class MainCommand(Command):
    """The command that is run where the first argument names none of its ``commands``."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        super().__init__(name, **settings)
        self.commands: dict[str, click.Command] = {}

    def command(self, name: str, epilog: str | None = None) -> Callable[[Any], Command]:
        """Make a function a command beside this one; ``--help`` lists them as they come."""

        def add(function: Any) -> Command:
            self.commands[name] = made = click.command(name, cls=Command, epilog=epilog)(function)
            return made

        return add

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Return the context of the command that is meant, with its arguments parsed."""
        command = self.commands.get(args[0]) if args else None
        if command is None:
            return super().make_context(info_name, args, parent, **extra)
        name = args.pop(0)
        if os.path.lexists(name) and not extra.get("resilient_parsing"):
            say(f"{name} is a command; to summarize the file or folder {name}, write ./{name}")
        return command.make_context(f"{info_name} {name}", args, parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; a command after options is no path."""
        rest = super().parse_args(ctx, args)
        for path in () if ctx.resilient_parsing else ctx.params.get("paths", ()):
            if os.path.lexists(path):
                continue
            if path in self.commands:
                raise click.UsageError(f"{path} is a command and goes first: summarize {path} ...")
            # "each*" and "sources.txt" are meant for files.
            if path.isalpha() and (meant := get_close_matches(path, self.commands, 1, _ALIKE)):
                raise click.UsageError(f"{path} is no file; did you mean the command {meant[0]}?")
        return rest

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, and then the commands."""
        super().format_options(ctx, formatter)
        with formatter.section("Commands (summarize COMMAND --help)"):
            formatter.write_dl(
                [(name, command.get_short_help_str(70)) for name, command in self.commands.items()]
            )


def complete_paths(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return files, and the names of commands where one may stand."""
    found = [CompletionItem(incomplete, type="file")]
    typed = [ctx.get_parameter_source(name) for name in ctx.params]
    if isinstance(ctx.command, MainCommand) and click.core.ParameterSource.COMMANDLINE not in typed:
        for name, command in ctx.command.commands.items():
            if name.startswith(incomplete):
                found.append(CompletionItem(name, help=command.get_short_help_str()))
    return found


def option(*names: str, heading: str, **settings: Any) -> Decorator:
    """Give a command an option below a heading of its help; else as ``click.option``."""
    decorate: Decorator = click.option(*names, cls=Option, heading=heading, **settings)
    return decorate


def count_option(name: str, heading: str, text: str, default: int | None = None) -> Decorator:
    """Give a command an option for a whole number of 1 or more."""
    kind = click.IntRange(min=1)
    return option(name, heading=heading, type=kind, default=default, metavar="N", help=text)


def gathered(name: str, make: Callable[..., Any], *options: Decorator) -> Decorator:
    """Give a command options, whose values it gets as one argument that ``make`` makes of them."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        known: list[str] = []

        @wraps(command)
        def gather(**values: Any) -> None:
            own = {key: values.pop(key) for key in known}
            command(**{name: make(**own)}, **values)

        called: Callable[..., None] = gather
        before = len(getattr(command, "__click_params__", []))
        for add in reversed(options):
            called = add(called)
        parameters: list[click.Parameter] = called.__click_params__  # type: ignore[attr-defined]
        known.extend(str(parameter.name) for parameter in parameters[before:])
        return called

    return decorate


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
class Files:
    """What a command reads, and where its result goes; standard input and output by default."""

    paths: tuple[str, ...]
    output: str | None
    limits: Limits
    strict: bool
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Files):
    """What a command that summarizes is asked for; ``asked`` are arguments of ``summarize``."""

    asked: dict[str, Any]
    model: str
    since: tuple[str, ...] = ()


_LENGTHS = ("words", "sentences", "chars", "ratio")


def _request(
    *,
    model: str,
    max_size: float,
    timeout: float,
    since: tuple[str, ...],
    **given: Any,
) -> Request:
    if sum(given[name] is not None for name in _LENGTHS) > 1:
        raise click.UsageError("give only one of --words, --sentences, --chars and --ratio")
    files = {name: given.pop(name) for name in ("paths", "output", "strict", "column")}
    return Request(
        **files, limits=_limits(max_size, timeout), asked=given, model=model, since=since
    )


def _files(*, max_size: float, timeout: float, **given: Any) -> Files:
    return Files(**given, limits=_limits(max_size, timeout))


def _limits(max_size: float, timeout: float) -> Limits:
    # A byte at least: what is smaller is still no other number of bytes.
    return Limits(size=max(int(max_size * MEGABYTE), 1), seconds=timeout)


def _checked_output(_: click.Context, __: click.Parameter, output: str | None) -> str | None:
    """Return the file to write to, or None for standard output."""
    if output == "":
        raise click.UsageError("--output needs the name of a file")
    return None if output == "-" else output


# Endings of files that are no plain text.
_NO_TEXT = {
    *("csv", "doc", "docx", "epub", "html", "json", "jsonl", "markdown", "odt", "pdf", "rtf"),
    *("tex", "xlsx", "xml"),
}


def with_format(*formats: str) -> Decorator:
    """Give a command the option ``--format``, as ``layout``; the first is the default."""
    listed = f"{', '.join(formats[:-1])} or {formats[-1]}"

    def choose(ctx: click.Context, _: click.Parameter, given: str | None) -> str:
        # What is given is parsed first, so that --output is known.
        ending = Path(ctx.params.get("output") or "").suffix.lower().lstrip(".")
        meant = BY_ENDING.get(ending, ending)
        if given is None and meant in _NO_TEXT and meant not in formats:
            raise click.UsageError(
                f"--output {ctx.params['output']}: this command writes {listed}, no .{ending}; "
                "choose another name, or one of these with --format"
            )
        return given or (meant if meant in formats else formats[0])

    return option(
        "--format",
        "layout",
        heading=OUTPUT,
        type=click.Choice(formats, case_sensitive=False),
        metavar="FORMAT",
        callback=choose,
        help=f"{listed}.  [default: as --output ends, else {formats[0]}]",
    )


_ANY_MODEL = (
    "auto (static, or static_multilingual where not all is English), static, "
    "static_multilingual, minilm or multilingual (shipped), a folder, or a "
    "sentence-transformers name."
)


def with_model(text: str = _ANY_MODEL) -> Decorator:
    """Give a command the option ``--model``."""
    return option(
        "--model",
        heading=CHOICE,
        default=MODEL,
        show_default=True,
        metavar="NAME_OR_PATH",
        help=text,
    )


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

# What is read and where the result goes, as ``files``, for commands that do not summarize.
with_files = gathered("files", _files, with_paths, with_output, _MAX_SIZE, _TIMEOUT, with_strict)

# The options of every command that summarizes, as ``request``. What is none of the parameters of
# ``_request`` goes to ``summarizer.summarize`` by its name.
with_request = gathered(
    "request",
    _request,
    with_paths,
    count_option(
        "--words",
        LENGTH,
        f"At most N words; characters in Chinese, Japanese and Thai.  [default: {WORDS}]",
    ),
    count_option("--sentences", LENGTH, "At most N sentences."),
    count_option("--chars", LENGTH, "At most N characters, spaces between sentences included."),
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
    count_option(
        "--min-sources",
        CHOICE,
        "Only what N independent sources state; copies count once.  [default: 1]",
        default=1,
    ),
    with_model(),
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
