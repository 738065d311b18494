"""The options of the command that say how many subjects are summarized."""

import os
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

_ENGINES = ("local", "ray")
_OPTIONS = (
    click.option(
        "--each",
        is_flag=True,
        help="Every sub-folder, or line of a JSONL file, is a subject of its own; one line of JSON "
        "each.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(min=1),
        metavar="N",
        help="Processes of --each.  [default: one a core]",
    ),
    click.option("--resume", is_flag=True, help="Go on with the --output of --each."),
    click.option(
        "--engine",
        type=click.Choice(_ENGINES),
        default=_ENGINES[0],
        show_default=True,
        help="Where the processes of --each run.",
    ),
    click.option(
        "--address", metavar="HOST:PORT", help="The Ray cluster.  [default: one that is found]"
    ),
)


def with_batch(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options, and what they say as ``batch``: None without ``--each``."""

    @wraps(command)
    def batched(
        *,
        each: bool,
        workers: int | None,
        resume: bool,
        engine: Any,
        address: str | None,
        **others: Any,
    ) -> None:
        if address is not None and engine != "ray":
            raise click.UsageError("--address goes with --engine ray")
        if engine == "ray":
            # Ray would tell on standard output, among the results, what becomes of nodes.
            os.environ.setdefault("RAY_DEDUP_LOGS_SKIP_REGEX", "^")
        if not each:
            given = {"--workers": workers, "--resume": resume, "--engine": engine != _ENGINES[0]}
            for name, value in given.items():
                if value:
                    raise click.UsageError(f"{name} goes with --each")
            command(batch=None, **others)
            return
        context = click.get_current_context()
        layout = context.get_parameter_source("layout")
        if layout is click.core.ParameterSource.COMMANDLINE and others["layout"] != "json":
            raise click.UsageError("--each writes lines of JSON; leave --format out")
        if resume and others["output"] in {None, "-"}:
            raise click.UsageError("--resume needs --output, the file to go on with")
        from .each import Batch

        command(batch=Batch(workers, engine, address, resume), **others)

    for option in reversed(_OPTIONS):
        batched = option(batched)
    return batched
