"""What commands are made of: options below headings, and commands beside the main one."""

import os
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from click.shell_completion import CompletionItem

from .output import say

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

    def add(self, command: click.Command) -> None:
        """Put a command beside this one."""
        self.commands[str(command.name)] = command

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
        """Parse the arguments; a command behind options is no path."""
        rest = super().parse_args(ctx, args)
        for path in ctx.params.get("paths", ()):
            if path in self.commands and not os.path.lexists(path) and not ctx.resilient_parsing:
                raise click.UsageError(f"{path} is a command and goes first: summarize {path} ...")
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


def gathered(name: str, make: Callable[..., Any], *options: Decorator) -> Decorator:
    """Give a command options, and what they say together as one argument.

    :param name: The name of the argument.
    :param make: Called with the values of the options by their names.
    :param options: The options, in the order of ``--help``.
    """

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
