"""``summarize each``: many subjects, one line of JSON each."""

import os
from typing import Literal

import click

from .commands import Command, option
from .options import OUTPUT, Request, with_request

WORK = "Work"

EXAMPLES = """\b
Examples:
  summarize each -o all.jsonl topics/            every sub-folder is a subject
  summarize each --words 50 topics.jsonl.gz      every line is a subject
  summarize each --resume -o all.jsonl topics/   go on where it was interrupted

\b
Exit status:
  0    a subject was summarized; with --strict: every one
  1    no subject could be summarized; with --strict: not every one
  2    the command was called wrongly
  130  Ctrl-C
  143  SIGTERM
"""


@click.command("each", cls=Command, epilog=EXAMPLES)
@with_request
@option("--explain", heading=OUTPUT, is_flag=True, help="Say why each sentence was picked.")
@option("-q", "--quiet", heading=OUTPUT, is_flag=True, help="No progress and no warnings.")
@option("--resume", heading=OUTPUT, is_flag=True, help="Go on with what is in --output.")
@option(
    "--workers",
    heading=WORK,
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes.  [default: one a core]",
)
@option(
    "--engine",
    heading=WORK,
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Where the processes run.",
)
@option(
    "--address",
    heading=WORK,
    metavar="HOST:PORT",
    help="The Ray cluster.  [default: one that is found]",
)
def each(
    request: Request,
    workers: int | None,
    engine: Literal["local", "ray"],
    address: str | None,
    *,
    explain: bool,
    quiet: bool,
    resume: bool,
) -> None:
    """Summarize each of many subjects, one line of JSON a subject.

    PATHS are folders, each sub-folder of which is a subject; JSONL files, each line of which is
    one: {"id": "a", "documents": ["a text", ...]}, with its own "query" where it has one; or
    Parquet files with one document a row, in columns such as topic, document, title and text. An
    output that is called *.parquet has one quoted sentence a row.
    """
    if request.since:
        raise click.UsageError("--since goes with the documents of one subject")
    if address is not None and engine != "ray":
        raise click.UsageError("--address goes with --engine ray")
    if resume and request.output is None:
        raise click.UsageError("--resume needs --output, the file to go on with")
    if engine == "ray":
        # Ray would tell on standard output, among the results, what becomes of nodes.
        os.environ.setdefault("RAY_DEDUP_LOGS_SKIP_REGEX", "^")
    from .batch import Batch, summarize_each

    how = Batch(workers, engine, address, resume)
    raise click.exceptions.Exit(summarize_each(request, how, explain=explain, quiet=quiet))
