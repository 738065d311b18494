"""The parts of commands: options under headings of the help, shared ones, sub-commands."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import wraps
from math import isfinite
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from ..readers import Limits
from ..readers.limits import MEGABYTE
from ..render import BY_ENDING
from ..settings import MODEL, RANKER, RANKERS, WORDS, Request
from .output import say

LENGTH = "Length (one of these)"
CHOICE = "What is quoted"
OUTPUT = "Output"
READING = "Reading"

_DEFAULT = Limits()
# A path that does not exist and is this similar to a command (0 to 1) is taken for a typing error.
_ALIKE = 0.7

Decorator = Callable[[Callable[..., None]], Callable[..., None]]
Settings = Mapping[str, Any]


class WholeNumber(click.IntRange):
    """A range of whole numbers, called so in errors, and not "integer range"."""

    name = "whole number"


class Number(click.FloatRange):
    """A range of numbers, likewise."""

    name = "number"


PORT = WholeNumber(0, 65535)


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
    """The command that runs if the first argument names none of its ``commands``."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        super().__init__(name, **settings)
        self.commands: dict[str, click.Command] = {}

    def command(self, name: str, epilog: str | None = None) -> Callable[[Any], Command]:
        """Register a function as a command; ``--help`` lists commands in this order."""

        def add(function: Any) -> Command:
            self.commands[name] = made = click.command(name, cls=Command, epilog=epilog)(function)
            return made

        return add

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **how: Any
    ) -> click.Context:
        """Return the context of the command that the first argument names, if it names one."""
        command = self.commands.get(args[0]) if args else None
        if command is None:
            return super().make_context(info_name, args, parent, **how)
        name = args.pop(0)
        if os.path.lexists(name) and not how.get("resilient_parsing"):
            say(f"{name} is a command; to summarize the file or folder {name}, write ./{name}")
        return command.make_context(f"{info_name} {name}", args, parent, **how)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; refuse the name of a command where a path is expected."""
        rest = super().parse_args(ctx, args)
        for path in () if ctx.resilient_parsing else ctx.params.get("paths", ()):
            if os.path.lexists(path):
                continue
            if path in self.commands:
                raise click.UsageError(f"{path} is a command and goes first: summarize {path} ...")
            # "each*" and "sources.txt" are meant for files.
            if path.isalpha() and (meant := get_close_matches(path, self.commands, 1, _ALIKE)):
                raise click.UsageError(
                    f"{path} is not a file; did you mean the command {meant[0]}?"
                )
        return rest

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, and then the commands."""
        super().format_options(ctx, formatter)
        with formatter.section("Commands (summarize COMMAND --help)"):
            formatter.write_dl(
                [(name, command.get_short_help_str(70)) for name, command in self.commands.items()]
            )


def complete_paths(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete file names and, as the first argument, names of commands."""
    found = [CompletionItem(incomplete, type="file")]
    typed = [ctx.get_parameter_source(name) for name in ctx.params]
    if isinstance(ctx.command, MainCommand) and ParameterSource.COMMANDLINE not in typed:
        for name, command in ctx.command.commands.items():
            if name.startswith(incomplete):
                found.append(CompletionItem(name, help=command.get_short_help_str()))
    return found


def option(heading: str, spec: str, text: str, *names: str, **settings: Any) -> Decorator:
    """Give a command an option below a heading of its help.

    :param spec: What stands on the command line, e.g. ``-o --output FILE``; a flag takes no value,
        and N is a whole number of 1 or more.
    :param names: The parameter of the command, where it has another name.
    :param settings: As for ``click.option``.
    """
    flags = [word for word in spec.split() if word.startswith("-")]
    if len(flags) < len(spec.split()):
        settings["metavar"] = spec.split()[-1]
        if spec.endswith(" N"):
            settings.setdefault("type", WholeNumber(min=1))
    elif "type" not in settings:
        settings["is_flag"] = True
    decorate: Decorator = click.option(
        *flags, *names, cls=Option, heading=heading, help=text, **settings
    )
    return decorate


def options(heading: str, *rows: tuple[str, str] | tuple[str, str, Settings]) -> list[Decorator]:
    """Return options as ``option`` makes them: what stands on the command line, text, settings."""
    return [option(heading, *row[:2], **(row[2] if len(row) > 2 else {})) for row in rows]


def _finite(_: click.Context, __: click.Parameter, value: float) -> float:
    """Refuse infinities and NaN."""
    if not isfinite(value):
        raise click.BadParameter(f"{value!r} is not a finite number.")
    return value


def _share(_: click.Context, __: click.Parameter, value: str | None) -> float | None:
    """Return a share such as ``10%`` or ``10`` as a fraction."""
    if value is None:
        return None
    try:
        share = float(value.strip().removesuffix("%")) / 100
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a percentage such as 10%") from error
    if 0 < share < 0.01 and not value.strip().endswith("%"):
        message = f"{value!r} may be a share or a percentage; write {value.strip()}%"
        raise click.BadParameter(message)
    if not 0 < share <= 1:
        raise click.BadParameter(f"{value!r} is not above 0% and at most 100%")
    return share


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """The arguments that commands share.

    :param paths: What it reads; standard input if there are none.
    :param output: The file to write to; None for standard output.
    :param asked: Arguments of ``summarize``.
    :param since: Where earlier documents are.
    """

    paths: tuple[str, ...] = ()
    output: str | None = None
    limits: Limits = _DEFAULT
    strict: bool = False
    column: str | None = None
    model: str = MODEL
    since: tuple[str, ...] = ()
    asked: dict[str, Any] = field(default_factory=dict)


_LENGTHS = ("words", "sentences", "chars", "ratio")


def with_arguments(*options: Decorator) -> Decorator:
    """Give a command options; it gets the shared ones as one ``Arguments``."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def gather(*, max_size: float, timeout: float, **given: Any) -> None:
            # At least one byte: ``Limits`` takes a whole number.
            limits = Limits(size=max(int(max_size * MEGABYTE), 1), seconds=timeout)
            own = {name: given.pop(name) for name in Arguments.__slots__ if name in given}
            asked = {name: given.pop(name) for name in Request.__struct_fields__ if name in given}
            if sum(asked.get(name) is not None for name in _LENGTHS) > 1:
                raise click.UsageError("give only one of --words, --sentences, --chars and --ratio")
            command(arguments=Arguments(**own, limits=limits, asked=asked), **given)

        called: Callable[..., None] = gather
        for add in reversed(options):
            called = add(called)
        return called

    return decorate


def _checked_output(_: click.Context, __: click.Parameter, output: str | None) -> str | None:
    """Return the file to write to, or None for standard output."""
    if output == "":
        raise click.UsageError("--output needs the name of a file")
    return None if output == "-" else output


# Endings of files that are not plain text.
_NO_TEXT = {
    *("csv", "doc", "docx", "epub", "html", "json", "jsonl", "markdown", "odt", "pdf", "rtf"),
    *("tex", "xlsx", "xml"),
}


def with_format(*formats: str) -> Decorator:
    """Give a command the option ``--format``, as ``layout``; the first is the default."""
    listed = f"{', '.join(formats[:-1])} or {formats[-1]}"

    def choose(ctx: click.Context, _: click.Parameter, given: str | None) -> str:
        # Options on the command line are parsed first, so --output is known.
        ending = Path(ctx.params.get("output") or "").suffix.lower().lstrip(".")
        meant = BY_ENDING.get(ending, ending)
        if given is None and meant in _NO_TEXT and meant not in formats:
            raise click.UsageError(
                f"--output {ctx.params['output']}: this command writes {listed}, no .{ending}; "
                "choose another name, or one of these with --format"
            )
        return given or (meant if meant in formats else formats[0])

    text = f"{listed}.  [default: as --output ends, else {formats[0]}]"
    kind = click.Choice(formats, case_sensitive=False)
    return option(OUTPUT, "--format FORMAT", text, "layout", type=kind, callback=choose)


def with_paths(name: str = "paths", metavar: str = "[PATHS]...", **how: Any) -> Decorator:
    """Give a command paths as arguments."""
    return click.argument(name, nargs=-1, metavar=metavar, shell_complete=complete_paths, **how)


def with_model(
    text: str = "auto (static, or static_multilingual where not all is English), static, "
    "static_multilingual, minilm or multilingual (shipped), a folder, or a sentence-transformers "
    "name.",
) -> Decorator:
    """Give a command the option ``--model``."""
    return option(CHOICE, "--model NAME_OR_PATH", text, default=MODEL, show_default=True)


WITH_OUTPUT = option(
    OUTPUT,
    "-o --output FILE",
    "Write to FILE instead of standard output.",
    type=click.Path(),
    callback=_checked_output,
)
_SIZE = _DEFAULT.size / MEGABYTE
_POSITIVE = {"type": Number(min=0, min_open=True), "callback": _finite}
_WORDS = f"  [default: {WORDS}]"
# Limits of reading.
WITH_LIMITS = options(
    READING,
    (
        "--max-size MB",
        f"Largest file, and most that an archive may unpack to.  [default: {_SIZE:g}]",
        {"default": _SIZE, **_POSITIVE},
    ),
    (
        "--timeout S",
        f"Longest time to read a file, in seconds.  [default: {_DEFAULT.seconds:g}]",
        {"default": _DEFAULT.seconds, **_POSITIVE},
    ),
)
_STRICT = "A file that cannot be read is an error."
WITH_STRICT = option(READING, "--strict", _STRICT)
# Input and output of commands that do not summarize.
WITH_FILES = (with_paths(), WITH_OUTPUT, *WITH_LIMITS, WITH_STRICT)
_HIDDEN = {"hidden": True}
# The options of every command that summarizes.
WITH_SUMMARY = (
    with_paths(),
    *options(
        LENGTH,
        ("--words N", f"At most N words; characters in Chinese, Japanese and Thai.{_WORDS}"),
        ("--sentences N", "At most N sentences."),
        ("--chars N", "At most N characters, spaces between sentences included."),
        ("--ratio P%", "At most P% of the sources' words.", {"callback": _share}),
    ),
    *options(
        CHOICE,
        (
            "--query TEXT",
            "What the summary should answer: keywords, a question or several sentences.",
        ),
        (
            "--since EARLIER",
            "Only what EARLIER does not say: a folder, a file, or a summary in JSON.",
            {"multiple": True, "type": click.Path()},
        ),
        ("--after DATE", "Leave out documents published before DATE, e.g. 2020-05-01."),
        ("--language CODE", "Quote sources in this language, e.g. en.  [default: that of most]"),
        (
            "--min-sources N",
            "Only what N independent sources state; copies count once.  [default: 1]",
            {"default": 1},
        ),
    ),
    with_model(),
    WITH_OUTPUT,
    *WITH_LIMITS,
    # Rarely needed: in the documentation, but not in the help.
    *options(
        CHOICE,
        (
            "--ranker",
            "Cover the most facts, or maximal marginal relevance.",
            {"type": click.Choice(RANKERS), "default": RANKER, **_HIDDEN},
        ),
        ("--keep-all", "Quote documents about something else too.", _HIDDEN),
    ),
    *options(
        READING,
        ("--column NAME", "The column of tables with the text.", _HIDDEN),
        ("--strict", _STRICT, _HIDDEN),
    ),
)
