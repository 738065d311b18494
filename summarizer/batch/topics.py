"""Topics: documents about one subject each, and where they are found.

In the library a topic holds its documents. On the command line it is a sub-folder of a folder, a
line of a JSONL file or some rows of a Parquet file, on this machine, standard input or wherever
fsspec reaches; its documents are read by the worker that summarizes it.
"""

import gzip
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from glob import glob, has_magic
from hashlib import blake2b, sha256
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from ..errors import OptionError, ReadError
from ..readers import Limits
from ..readers.paths import (
    failing_in_one_line,
    files_like,
    find_files,
    is_remote,
    is_within,
    name_some,
    open_remote,
    remote_kind,
)
from ..text.assets import sha256 as hash_file

if TYPE_CHECKING:
    from ..datatypes import Document
    from ..subject.summary import Summary

_ENDINGS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".parquet")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Topic:
    """Documents about one subject, among many subjects.

    :param id: A name for people and scripts.
    :param documents: As for ``summarize``.
    :param query: What its summary should answer; None for that of all topics, if there is one.
    """

    id: str
    documents: "Sequence[Document | str]"
    query: str | None = None

    def __post_init__(self) -> None:
        # Used more than once, and sent to other processes.
        if isinstance(self.documents, Iterator):
            object.__setattr__(self, "documents", tuple(self.documents))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The summary of a topic, or why there is none.

    :param id: The id of the topic.
    :param summary: The summary; None where there is none.
    :param error: What went wrong, in one line; None where nothing did.
    """

    id: str
    summary: "Summary | None" = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class NamedTopic:
    """A topic whose documents have not been read yet.

    ``share`` is how much of the input ends with it, None where that is unknown; a folder has no
    ``line``.
    """

    id: str | int
    place: str
    share: float | None
    line: bytes | None = None
    problem: str | None = None

    def digest(self) -> str:
        """Return a digest of the input, 16 hexadecimal digits."""
        if self.line is not None:
            return sha256(self.line).hexdigest()[:16]
        digest = sha256()
        try:
            files = sorted(find_files([self.place], [], []))
        except ReadError:  # reading it later reports this
            files = []
        for file in files:
            digest.update(os.fsencode(os.path.relpath(file, self.place)) + b"\0")
            try:
                digest.update(hash_file(Path(file)).encode())
            except (OSError, ValueError) as error:
                digest.update(type(error).__name__.encode())
        return digest.hexdigest()[:16]


# Yields the topics of one folder or file in order; ``share`` is that of this origin.
Origin = Callable[[Limits], Iterator[NamedTopic]]


def find_topics(paths: Sequence[str], notes: list[str]) -> list[Origin]:
    """Find where topics are without reading them; ``notes`` collects what is left out."""
    return list(chain.from_iterable(_find(path, notes) for path in paths))


def read_topics(origins: Sequence[Origin], limits: Limits) -> Iterator[NamedTopic]:
    """Yield all topics in order; a repeated id is a problem."""
    seen: set[bytes] = set()
    for number, origin in enumerate(origins):
        for topic in origin(limits):
            key = blake2b(json.dumps(topic.id).encode(), digest_size=8).digest()
            problem = topic.problem
            if key in seen:
                problem = f"{topic.place}: its id {topic.id!r} is that of a topic before it"
            seen.add(key)
            share = None if topic.share is None else (number + topic.share) / len(origins)
            yield replace(topic, share=share, problem=problem)


def _find(path: str, notes: list[str]) -> Iterator[Origin]:
    if is_remote(path):
        if remote_kind(path) == "folder":
            message = "is a folder; name the JSONL files in it, as with *.jsonl.gz"
            raise ReadError(f"{path}: {message}")
        for file in files_like(path) if has_magic(path) else [path]:
            yield _origin_of(file)
    elif path == "-":
        if sys.stdin is None:
            raise ReadError("standard input is closed; name files or folders of topics")
        yield partial(_lines, path)
    elif os.path.isdir(path):  # noqa: PTH112 (False, not an error, where it may not be looked at)
        yield _folders(path, notes)
    elif Path(path).exists():
        yield _origin_of(path)
    elif matches := sorted(glob(path, recursive=True)):  # noqa: PTH207 (patterns may be absolute)
        yield from find_topics(matches, notes)
    else:
        find_files([path], [], [])  # raises the error for a missing path


def _origin_of(path: str) -> Origin:
    """Return the topics of a file, after checking that it can be read."""
    if path.lower().endswith(".parquet"):
        if not is_remote(path) and not Path(path).is_file():
            raise ReadError(f"{path}: is not a file; a table needs one")
        from .arrow import load_arrow

        load_arrow()
        return partial(_rows, path)
    if is_remote(path) or Path(path).is_file():  # a pipe can be opened only once
        if not path.lower().endswith(_ENDINGS):
            message = f"is not a JSONL or Parquet file by its ending ({', '.join(_ENDINGS)})"
            raise ReadError(f"{path}: {message}; name these, or folders of folders")
        with _open(path):
            pass
    return partial(_lines, path)


def _folders(path: str, notes: list[str]) -> Origin:
    """Return the sub-folders of a folder as topics."""
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError as error:
        raise ReadError(f"{path}: folder cannot be read ({error.strerror})") from error
    shown = [entry for entry in entries if not entry.name.startswith(".")]
    linked = [e.name for e in shown if e.is_symlink() and not is_within(e.path, path)]
    if linked:
        notes.append(f"{path}: left out links to what is outside of it: {name_some(linked)}")
    shown = [entry for entry in shown if entry.name not in linked]
    folders = [entry.path for entry in shown if entry.is_dir()]
    if not folders:
        message = "has no sub-folders that could each be a topic"
        raise ReadError(f"{path}: {message}; name the folder above it, or JSONL files")
    beside = [entry.name for entry in shown if not entry.is_dir()]
    if beside:
        notes.append(f"{path}: left out files beside the sub-folders: {name_some(beside)}")
    return lambda _: (NamedTopic(f, f, n / len(folders)) for n, f in enumerate(folders, 1))


def _lines(path: str, limits: Limits) -> Iterator[NamedTopic]:
    """Yield the topics of a JSONL file, packed by gzip or not."""
    name = "standard input" if path == "-" else path
    with _open(path) as (lines, share):
        number = 0
        try:
            while line := lines.readline(limits.size + 1):
                number += 1
                problem = None
                if len(line) > limits.size:
                    until = monotonic() + limits.seconds
                    while line and not line.endswith(b"\n"):
                        line = lines.readline(limits.size)
                        if monotonic() > until:
                            raise limits.too_slow(name)
                    line = b""
                    problem = f"is longer than {limits.megabytes}; raise the size limit"
                elif not line.strip(b"\r\n\t " + _BYTE_ORDER_MARK):
                    continue
                yield _named(name, number, line, share(), problem)
        except ReadError:
            raise
        except Exception as error:  # every storage has its own errors
            message = f"cannot be read after line {number}: it is damaged or cut off"
            raise ReadError(f"{name}: {message} ({error})") from error


def _named(
    file: str, number: int, line: bytes, share: float | None, problem: str | None
) -> NamedTopic:
    place = f"{file}: line {number}"
    line = line.strip().removeprefix(_BYTE_ORDER_MARK)
    if problem is None:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record, problem = {}, "is not JSON"
        found = record.get("id") if isinstance(record, dict) else None
        if isinstance(found, str | int) and not isinstance(found, bool):
            return NamedTopic(found, place, share, line)
        if not isinstance(record, dict):
            problem = "is not a JSON object"
        elif found is not None:
            problem = "has an id that is neither a string nor a whole number"
    return NamedTopic(f"{file}#{number}", place, share, line, problem and f"{place} {problem}")


def _rows(path: str, limits: Limits) -> Iterator[NamedTopic]:
    """Yield the topics of a Parquet file with one document a row."""
    from .arrow import read_parquet

    with _open(path) as (file, _):
        try:
            for record, problem, share in read_parquet(file, limits.size):
                place = f"{path}: topic {record['id']!r}"
                line = json.dumps(record, default=str).encode()
                yield NamedTopic(record["id"], place, share, line, problem and f"{place} {problem}")
        except OptionError as error:
            raise ReadError(f"{path}: {error}") from error
        except Exception as error:  # of pyarrow or any storage
            why = " ".join(str(error).split())
            raise ReadError(f"{path}: cannot be read as Parquet ({why})") from error


@contextmanager
def _open(path: str) -> Iterator[tuple[Any, Callable[[], float | None]]]:
    """Open a file, an address or standard input, packed by gzip or not.

    Yields it, and what tells which share of it was read, or None where that is unknown.
    """
    size = None
    with ExitStack() as closing:
        with failing_in_one_line(path):
            if path == "-":
                file: Any = sys.stdin.buffer
            elif is_remote(path):
                file = closing.enter_context(open_remote(path))
                size = getattr(file, "size", None)
            else:
                file = closing.enter_context(Path(path).open("rb"))
                status = os.fstat(file.fileno())
                size = status.st_size if stat.S_ISREG(status.st_mode) else None
            if hasattr(file, "peek"):
                start = file.peek(2)[:2]
            else:
                start = file.read(2)
                file.seek(0)
        opened = gzip.GzipFile(fileobj=file) if start == _GZIP else file
        yield opened, lambda: min(float(file.tell() / size), 1.0) if size else None
