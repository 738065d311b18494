"""The work of ``each``: a line a topic, in order, gone on with where it was interrupted."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from io import BufferedWriter, FileIO
from pathlib import Path
from time import monotonic
from typing import IO, Any, Literal

from .. import __version__
from ..batch import LOST, Job, WorkerProcesses, run
from ..batch.arrow import ROWS, load_arrow, quote_rows, quotes_schema
from ..batch.topics import NamedTopic, find_topics, read_topics
from ..encoders import load_encoder
from ..errors import ReadError, SummarizerError
from ..readers import Documents, read
from ..readers.documents import Origin
from ..readers.formats.tables import read_rows
from ..readers.paths import plain_path
from ..readers.sandbox import kept_sandbox
from ..render.safe import printable_json
from ..subject.summary import Summary
from .interrupts import at_signal, whole
from .options import Arguments
from .output import follow, refuse_overwriting, replace_file, say, writing

# Ends the error for a line of anything else.
NO_LINE = "was not written by summarize each"
_START = b'{"id": '
_MINUTE = 60.0


def summarize_each(
    arguments: Arguments,
    *,
    workers: int | None = None,
    engine: Literal["local", "ray"] = "local",
    address: str | None = None,
    resume: bool = False,
    explain: bool = False,
    quiet: bool = False,
    timeline: Mapping[str, int | None] | None = None,
) -> int:
    """Summarize every topic of some folders or files, or of standard input; return the exit status.

    It is 1 where no topic could be summarized, or with ``strict`` one could not. The options are
    those of ``summarize each``.
    """
    notes: list[str] = []
    output = arguments.output
    paths = [plain_path(path) for path in arguments.paths or ["-"]]
    origins = find_topics(paths, notes)
    refuse_overwriting(output, [path for path in paths if Path(path).is_file()])
    if not quiet:
        for note in notes:
            say(f"warning: {note}")
    work = line_work(arguments, explain=explain, timeline=timeline)
    target = _open_target(output, resume=resume, timeline=timeline is not None)
    tally = Tally(shown=not quiet and not (output is None and sys.stdout.isatty()))
    errors: list[ReadError] = []
    topics = _until_error(read_topics(origins, arguments.limits), errors)

    def at_interrupt() -> None:
        if isinstance(target, TableFile):
            Path(target.path).unlink(missing_ok=True)  # a partial table is unreadable
        elif not quiet and isinstance(target, LineFile):
            said = f"summarize: interrupted after {tally.done:,} topics; --resume goes on\n"
            os.write(2, said.encode())

    with closing(target), at_signal(at_interrupt), _executor(workers, engine, address) as executor:
        if isinstance(target, LineFile):
            lost = _check(target.known(), topics, errors, work, target.path, tally)
            again = [line for _, line in run(work, lost.values(), executor)]
            for line in again:
                tally.count(line)
            target.replace(dict(zip(lost, again, strict=True)))
            target.begin()
        tally.begin()
        with closing(tally), closing(run(work, topics, executor)) as results:
            for topic, line in results:
                with whole():
                    target.write(line)
                    tally.count(line)
                tally.show(topic.share)
    if errors:
        raise errors[0]
    if not tally.done:
        raise SummarizerError(f"{', '.join(paths)}: holds no topics")
    if tally.failed and not quiet:
        say(f"warning: {tally.failed:,} of {tally.done:,} topics failed; the first: {tally.first}")
    return int(tally.failed == tally.done or (arguments.strict and tally.failed > 0))


def _open_target(
    output: str | None, *, resume: bool, timeline: bool
) -> "LineFile | LineStream | TableFile":
    """Open what lines are written to."""
    if output and output.lower().endswith(".parquet"):
        for option, given in (("--resume", resume), ("--timeline", timeline)):
            if given:
                raise SummarizerError(f"{output}: is a table; {option} needs a file of lines")
        return TableFile(output)
    if output is not None and (Path(output).is_file() or not Path(output).exists()):
        return LineFile(output, resume=resume)
    if resume:
        raise SummarizerError(f"{output}: is not a file; --resume needs one")
    return LineStream(output)


def _until_error(topics: Iterator[NamedTopic], errors: list[ReadError]) -> Iterator[NamedTopic]:
    """Yield topics until the input fails, and record the error.

    Topics that are under way are finished before this is said.
    """
    try:
        yield from topics
    except ReadError as error:
        errors.append(error)


@contextmanager
def _executor(workers: int | None, engine: str, address: str | None) -> Iterator[Executor | None]:
    """Yield the executor; work still under way at the end is cancelled."""
    if workers == 0:
        yield None
    elif engine == "ray":
        from ..batch.ray import RayExecutor

        with RayExecutor(address, ahead=workers) as cluster:
            yield cluster
    else:
        processes = WorkerProcesses(workers)
        try:
            with at_signal(processes.kill):
                yield processes
        finally:
            processes.shutdown(cancel_futures=True)


def _check(
    lines: Iterable[bytes],
    topics: Iterator[NamedTopic],
    errors: Sequence[ReadError],
    work: "LineWork",
    output: str,
    tally: "Tally",
) -> dict[int, NamedTopic]:
    """Check that the lines of a file are those of the first topics, made with the same options.

    Returns the topics that ended their workers, which may go well this time, by the number of the
    line; these are not counted.
    """
    lost = {}
    for number, line in enumerate(lines):
        place = f"{output}: line {number + 1}"
        try:
            record = json.loads(line)
            known, (made, digest) = record["id"], record["digest"].split("-")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise SummarizerError(f"{place} {NO_LINE}; name another file") from error
        topic = next(topics, None)
        if topic is None:
            missing = SummarizerError(f"{place} is of a topic that the input does not hold")
            raise errors[0] if errors else missing
        if made != work.made:
            signature = f" ({record['signature']})" if "signature" in record else ""
            raise SummarizerError(f"{place} was made with other options{signature}; use the same")
        if known != topic.id:
            raise SummarizerError(f"{place} is of {known!r}, but {topic.place} is {topic.id!r}")
        if digest != topic.digest():
            raise SummarizerError(f"{place}: the documents of {known!r} have changed since")
        if record.get("error") == LOST:
            lost[number] = topic
        else:
            tally.count(line)
    return lost


@dataclass(frozen=True)
class LineWork:
    """Makes the line of a topic in UTF-8; ``made`` is a digest of version and options."""

    job: Job
    arguments: Arguments
    explain: bool
    made: str

    def __call__(self, topic: NamedTopic, /) -> bytes:
        """Read and summarize a topic."""
        if topic.problem is not None:
            return self.failed(topic, topic.problem)
        # Taken before reading, so that files that change meanwhile are summarized again.
        digest = self.digest(topic)
        query = json.loads(topic.line).get("query") if topic.line else None
        found = self.job.attempt(lambda: self._read(topic), query)
        if isinstance(found, str):
            return self._line(topic, digest, {"error": found})
        how = {"explain": self.explain} if isinstance(found, Summary) else {}
        return self._line(topic, digest, found.to_dict(**how))

    def failed(self, topic: NamedTopic, why: str, /) -> bytes:
        """Return the line of a topic without a summary."""
        return self._line(topic, self.digest(topic), {"error": why})

    def digest(self, topic: NamedTopic) -> str:
        """Return a digest of the options and the input of a topic."""
        return f"{self.made}-{topic.digest()}"

    @staticmethod
    def _line(topic: NamedTopic, digest: str, fields: Mapping[str, Any]) -> bytes:
        record = {"id": topic.id, "digest": digest, **fields}
        return printable_json(json.dumps(record, ensure_ascii=False)).encode() + b"\n"

    def _read(self, topic: NamedTopic) -> Documents:
        arguments = self.arguments
        if topic.line is None:
            return read(
                [topic.place],
                limits=arguments.limits,
                strict=arguments.strict,
                column=arguments.column,
                sandbox=kept_sandbox(arguments.limits),
            )
        listed = json.loads(topic.line).get("documents")
        if not isinstance(listed, list) or not listed:
            what = "an empty list" if listed == [] else "no list"
            raise ReadError(f"{topic.place} has {what} of documents")
        rows = [{"text": one} if isinstance(one, str) else one for one in listed]
        rows = [row if isinstance(row, dict) else {} for row in rows]
        origin = Origin("", None, arguments.limits.files)

        def tidy(said: object) -> str:  # rows have no file name
            return str(said).removeprefix(": ")

        try:
            found = read_rows(enumerate(rows, 1), origin)
        except ReadError as error:
            raise ReadError(f"{topic.place} {tidy(error)}") from error
        documents = []
        for document in found:
            number = document.marks.first if document.marks else 0
            name = rows[number - 1].get("id")
            named = str(name) if isinstance(name, str | int) else f"text {number}"
            documents.append(replace(document, id=named, marks=None))
        return Documents(documents, map(tidy, found.skipped))


def line_work(
    arguments: Arguments, *, explain: bool, timeline: Mapping[str, int | None] | None = None
) -> LineWork:
    """Return what makes the lines, given the options."""
    job = Job(arguments.model, arguments.asked, timeline)  # type: ignore[arg-type]
    # The encoder is cached, so that this load is not wasted.
    name = "" if timeline else getattr(load_encoder(arguments.model), "name", arguments.model)
    reading = asdict(arguments.limits), arguments.strict, arguments.column
    made = [__version__, name, arguments.asked, *reading, explain]
    made += [timeline] if timeline else []
    digest = sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:8]
    return LineWork(job, arguments, explain, digest)


class Tally:
    """Counts topics, and shows on standard error how many: a bar on a terminal, or a line a minute.

    :param shown: Whether to show them.
    """

    def __init__(self, *, shown: bool) -> None:
        self.done = self.failed = 0
        # The first topic that failed, and why.
        self.first = ""
        self._shown = shown and sys.stderr is not None
        self._bar: Any = None

    def count(self, line: bytes) -> None:
        """Count the topic of a line."""
        self.done += 1
        if b'"error": ' in line and "error" in (record := json.loads(line)):
            self.first = self.first or f"{record['id']}: {record['error']}"
            self.failed += 1

    def begin(self) -> None:
        """Take the time; what was counted before was done before."""
        self._known = self.done
        self._begun = self._last = monotonic()
        self._first: float | None = None

    def show(self, share: float | None) -> None:
        """Show that a topic is done; ``share`` is how much of the input ends with it, if known."""
        if not self._shown:
            return
        now = monotonic()
        rate = (self.done - self._known) / max(now - self._begun, 1e-9)
        failed = f", {self.failed:,} failed" if self.failed else ""
        said = f"{self.done:,} topics{failed}, {rate:.3g} a second"
        first = self._first = (share or 0.0) if self._first is None else self._first
        if sys.stderr.isatty():
            self._bar = self._bar or _bar(share)
            self._bar.update(0, completed=share, description=said)
        elif now - self._last >= _MINUTE:
            self._last = now
            if share is not None and share > first:
                left = (now - self._begun) * (1 - share) / (share - first) / _MINUTE
                said += f", {share:.0%} of the input, about {left:,.0f} min left"
            sys.stderr.write(f"summarize: {said}\n")

    def close(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            self._bar.stop()


def _bar(share: float | None) -> Any:
    """Start a bar; without a share, it has no end."""
    from rich import progress
    from rich.console import Console

    text = progress.TextColumn("{task.description}", markup=False)
    columns = [text, progress.TimeElapsedColumn()]
    if share is not None:
        before = progress.TaskProgressColumn(), progress.BarColumn()
        columns = [*before, *columns, progress.TimeRemainingColumn()]
    bar = progress.Progress(*columns, console=Console(stderr=True))
    bar.start()
    bar.add_task("", total=None if share is None else 1.0)
    return bar


class LineFile:
    """A file of whole lines; a line that a killed process left half written is cut off."""

    def __init__(self, path: str, *, resume: bool) -> None:
        self.path = path
        self._end = 0
        self._begun = False
        with writing(path):
            self.file = self._open()
        if not resume and os.fstat(self.file.fileno()).st_size:
            self.file.close()
            message = "holds something already; add --resume to go on with it, or remove it"
            raise SummarizerError(f"{path}: {message}")

    def known(self) -> Iterator[bytes]:
        """Yield the whole lines of the file; a partial last line is skipped."""
        self._end = 0
        with Path(self.path).open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    self._end += len(line)
                    yield line
                elif not (line.startswith(_START) or _START.startswith(line)):
                    raise SummarizerError(f"{self.path}: the last line {NO_LINE}")

    def begin(self) -> None:
        """Truncate the file behind the lines that ``known`` yielded."""
        self._begun = True
        self.file.truncate(self._end)
        self.file.seek(self._end)

    def write(self, line: bytes) -> None:
        """Append a line, after ``begin``; if that fails, no part of it counts."""
        with writing(self.path), whole():
            _write_all(self.file, line)
            self._end += len(line)

    def replace(self, lines: Mapping[int, bytes]) -> None:
        """Replace some lines, before ``begin``, by rewriting the file atomically."""
        if not lines:
            return
        with writing(self.path):
            known = enumerate(self.known())
            replace_file(self.path, (lines.get(number, line) for number, line in known))
            self.file.close()
            self.file = self._open()
            self._end = os.fstat(self.file.fileno()).st_size

    def close(self) -> None:
        """Close the file, cutting off a partial line."""
        with writing(self.path), self.file:
            if self._begun:
                self.file.truncate(self._end)

    def _open(self) -> FileIO:
        # Unbuffered, so that a written line is visible at once.
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(follow(self.path), flags, 0o666)
        file = FileIO(descriptor, "r+b")
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except BlockingIOError as error:
            file.close()
            raise SummarizerError(f"{self.path}: another process is writing to it") from error
        except OSError:  # a file system without locks
            pass
        return file


class TableFile:
    """A Parquet file with one quoted sentence a row; whole once it is closed."""

    def __init__(self, path: str) -> None:
        pyarrow, self._schema = load_arrow(), quotes_schema()
        if Path(path).exists() and not Path(path).is_file():
            raise SummarizerError(f"{path}: is not a file; a table needs one")
        if Path(path).is_file() and Path(path).stat().st_size:
            raise SummarizerError(f"{path}: holds something already; remove it")
        self._make_batch = pyarrow.RecordBatch.from_pylist
        self._rows: list[dict[str, Any]] = []
        self.path = path
        self._file = BufferedWriter(LineFile(path, resume=False).file)
        self._table = pyarrow.parquet.ParquetWriter(self._file, self._schema)

    def write(self, line: bytes) -> None:
        """Add the rows of a line."""
        record = json.loads(line)
        self._rows += quote_rows(record["id"], record)
        if len(self._rows) >= ROWS:
            self._flush()

    def close(self) -> None:
        """Write what is left, and close the file; what cannot be written whole is removed."""
        try:
            self._flush()
            with writing(self.path), self._file:
                self._table.close()
        except BaseException:
            Path(self.path).unlink(missing_ok=True)
            raise

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if rows:
            with writing(self.path):
                self._table.write_batch(self._make_batch(rows, self._schema))


class LineStream:
    """Standard output, a pipe or a device."""

    def __init__(self, path: str | None) -> None:
        self._name = path or "standard output"
        if path is None and sys.stdout is None:
            raise SummarizerError("standard output is closed; use --output")
        with writing(self._name):
            self._own = None if path is None else Path(path).open("wb", 0)  # noqa: SIM115
        self._file: IO[bytes] = self._own or sys.stdout.buffer

    def close(self) -> None:
        """Close the pipe or device; standard output stays open."""
        with suppress(OSError):  # reported when it was written
            if self._own is not None:
                self._own.close()

    def write(self, line: bytes) -> None:
        """Write a line at once."""
        with writing(self._name), whole():
            _write_all(self._file, line)
            self._file.flush()


def _write_all(file: IO[bytes], data: bytes) -> None:
    """Write all bytes to a file that may accept only part of them at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]
