"""The options of the command that say how many topics are summarized, and where work is done."""

import os
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from ..batch.running import ENGINES

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
        help="Processes that share the work.  [default: one a core with --each, else 1]",
    ),
    click.option("--resume", is_flag=True, help="Go on with the --output of --each."),
    click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default=ENGINES[0],
        show_default=True,
        help="Where these processes run.",
    ),
    click.option(
        "--address", metavar="HOST:PORT", help="The Ray cluster.  [default: one that is found]"
    ),
)


def with_batch(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options, and what they say as its arguments ``batch`` and ``where``.

    ``batch`` is None without ``--each``; ``where`` are those of ``summarize`` of the library.
    """

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
            if resume:
                raise click.UsageError("--resume goes with --each")
            command(batch=None, **others)
            return
        context = click.get_current_context()
        layout = context.get_parameter_source("layout")
        if layout is click.core.ParameterSource.COMMANDLINE and others["layout"] != "json":
            raise click.UsageError("--each writes lines of JSON; leave --format out")
        if resume and others["output"] in {None, "-"}:
            raise click.UsageError("--resume needs --output, the file to go on with")
        from ..batch.command import Batch

        command(batch=Batch(workers, engine, address, resume), **others)

    for option in reversed(_OPTIONS):
        batched = option(batched)
    return batched
