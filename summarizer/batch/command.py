"""``summarize --each``: one line a topic, in order, gone on with where it was interrupted."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..errors import ReadError, SummarizerError
from ..output import refuse_overwriting
from ..readers import Limits
from ..readers.remote import plain_path
from ..render.printable import printable
from .given import Given, find_topics, read_topics
from .lines import LineWork, line_work
from .output import LineFile, LineStream
from .progress import Progress
from .running import Engine, run_work


@dataclass(frozen=True, slots=True)
class Batch:
    """How many topics are summarized.

    :param workers: How many processes; None for one a core.
    :param engine: Where they run.
    :param address: Where the Ray cluster is; None for one that is found, or one on this machine.
    :param resume: Whether the output may hold the first topics already.
    """

    workers: int | None
    engine: Engine
    address: str | None
    resume: bool


def summarize_each(
    paths: Sequence[str],
    output: str | None,
    batch: Batch,
    *,
    model: str,
    options: Mapping[str, Any],
    limits: Limits,
    strict: bool,
    explain: bool,
    quiet: bool,
) -> int:
    """Summarize every topic of some folders or files.

    :return: The exit status: 1 where no topic could be summarized, or with ``strict`` one could
        not; else 0.
    :raises SummarizerError: If the input, the output or an option is not in order.
    """
    notes: list[str] = []
    paths = [plain_path(path) for path in paths]
    origins = find_topics(paths, notes)
    refuse_overwriting(output, [path for path in paths if Path(path).is_file()])
    if not quiet:
        _warn(notes)
    work = line_work(model, options, limits, strict=strict, explain=explain)
    tally = _Tally()
    topics = _Topics(read_topics(origins, limits))
    target: LineFile | LineStream
    if output is None or (Path(output).exists() and not Path(output).is_file()):
        if batch.resume:
            raise SummarizerError(f"{output}: is no file; --resume needs one")
        target = LineStream(output)
    else:
        target = LineFile(output, resume=batch.resume)
    shown = output is None and sys.stdout.isatty()
    with closing(target):
        if isinstance(target, LineFile):
            _check(target.known(), topics, work, target.path, tally)
        target.begin()
        try:
            _run(work, topics, batch, target, tally, hidden=quiet or shown)
        except KeyboardInterrupt:
            if not quiet and isinstance(target, LineFile):
                message = f"interrupted after {tally.done:,} topics; --resume goes on"
                click.echo(f"summarize: {message}", err=True)
            raise
    if topics.error is not None:
        raise topics.error
    if not tally.done:
        raise SummarizerError(f"{', '.join(paths)}: holds no topics")
    if tally.failed and not quiet:
        _warn([f"{tally.failed:,} of {tally.done:,} topics failed; the first: {tally.first}"])
    return int(tally.failed == tally.done or (strict and tally.failed > 0))


@dataclass(slots=True)
class _Tally:
    """What became of the topics so far."""

    done: int = 0
    failed: int = 0
    first: str = ""

    def count(self, line: bytes) -> None:
        self.done += 1
        if b'"error": ' in line and "error" in (record := json.loads(line)):
            self.first = self.first or f"{record['id']}: {record['error']}"
            self.failed += 1


class _Topics:
    """Topics up to where the input breaks off, and why it does."""

    def __init__(self, topics: Iterator[Given]) -> None:
        self._topics = topics
        self.error: ReadError | None = None

    def __iter__(self) -> Iterator[Given]:
        return self

    def __next__(self) -> Given:
        try:
            return next(self._topics)
        except ReadError as error:
            # Topics that are under way are finished before this is said.
            self.error = error
            raise StopIteration from None


def _run(
    work: LineWork,
    topics: Iterable[Given],
    batch: Batch,
    target: LineFile | LineStream,
    tally: _Tally,
    *,
    hidden: bool,
) -> None:
    results = run_work(work, topics, batch.workers, batch.engine, batch.address)
    with (
        closing(Progress(hidden=hidden, known=tally.done, failed=tally.failed)) as progress,
        closing(results),
    ):
        for given, line in results:
            target.write(line.data)
            tally.count(line.data)
            progress.show(failed=line.failed, share=given.share)


def _check(
    lines: Iterable[bytes], topics: _Topics, work: LineWork, output: str, tally: _Tally
) -> None:
    """See whether lines are those of the first topics, made in the same way."""
    for number, line in enumerate(lines, 1):
        place = f"{output}: line {number}"
        try:
            record = json.loads(line)
            known, (made, digest) = record["id"], record["digest"].split("-")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SummarizerError(f"{place} is no line of --each; name another file") from error
        given = next(topics, None)
        if given is None:
            missing = SummarizerError(f"{place} is of a topic that the input does not hold")
            raise topics.error or missing
        if made != work.made:
            signature = f" ({record['signature']})" if "signature" in record else ""
            raise SummarizerError(f"{place} was made with other options{signature}; use the same")
        if known != given.id:
            raise SummarizerError(f"{place} is of {known!r}, but {given.place} is {given.id!r}")
        if digest != given.digest():
            raise SummarizerError(f"{place}: the documents of {known!r} have changed since")
        tally.count(line)


def _warn(notes: Iterable[str]) -> None:
    for note in notes:
        click.echo(f"summarize: warning: {printable(note)}", err=True)
