"""The command ``summarize`` with those beside it: arguments in, an exit status out."""

import os
import sys

import click
from click.shell_completion import shell_complete

from ..errors import OptionError, SummarizerError
from .commands import (
    check,
    differences,
    each,
    explain,
    schema,
    sources,
    summarize,
    timeline,
    verify,
)
from .output import fill_closed_streams, say, silence
from .serving import mcp, serve

for _command in (each, sources, explain, timeline, check, differences, verify, mcp, serve, schema):
    summarize.add(_command)

__all__ = ["run", "summarize"]

_COMPLETION = "_SUMMARIZE_COMPLETE"


def run(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0 done, 1 failed, 2 misused, 130 interrupted.

    :param arguments: What follows the command's name; by default what the process was given.
    """
    fill_closed_streams()
    try:
        if asked := os.environ.get(_COMPLETION):
            return shell_complete(summarize, {}, "summarize", _COMPLETION, asked)
        # Not summarize.main(), which answers Ctrl-C and a closed pipe in its own way.
        given = sys.argv[1:] if arguments is None else arguments
        with summarize.make_context("summarize", list(given)) as context:
            context.command.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "summarize"
        say(f"{error.format_message()} (see {command} --help)")
        return 2
    except SummarizerError as error:
        say(str(error))
        return 2 if isinstance(error, OptionError) else 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has enough; the flush at exit must not complain again.
        silence(sys.stdout)
        return 0
    except MemoryError:
        say("not enough memory for this input; give fewer documents")
        return 1
    return 0
