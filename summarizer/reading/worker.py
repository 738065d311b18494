"""A process apart in which files are parsed, so that a crash or a hang costs one file only.

This module is both ends of it: ``Worker`` sends bytes and gets documents back, ``main`` is what
runs in the process. Both ways it is JSON in lines, never pickles: what comes from a process that
read a hostile file must not be able to run code here.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from threading import Timer
from typing import IO, Any

from ..datatypes import Document, Marks
from ..errors import ReadError
from .documents import Documents, Origin
from .limits import Limits

READERS = {
    "csv": ("delimited", "read_csv"),
    "docx": ("docx", "read_docx"),
    "html": ("html", "read_html"),
    "json": ("jsonlines", "read_json"),
    "mail": ("mail", "read_mail"),
    "odt": ("odt", "read_odt"),
    "pdf": ("pdf", "read_pdf"),
    "rtf": ("rtf", "read_rtf"),
}
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.stdin.buffer.readline()); "
    "from summarizer.reading.worker import main; main()"
)
_MEMORY = 4 << 30
_REASON = 150


class Worker:
    """One process for all files, started when the first is met."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def read(self, kind: str, data: bytes, origin: Origin) -> Documents:
        """Parse a file in the process.

        :param kind: A key of ``READERS``.
        :param data: The file.
        :param origin: Where it comes from.
        :raises ReadError: If it cannot be parsed, takes too long, or its parser crashes.
        """
        process = self._process or self._start()
        late: list[bool] = []

        def give_up() -> None:
            late.append(True)
            process.kill()

        timer = Timer(self._limits.seconds, give_up)
        timer.start()
        try:
            reply = _exchange(process, [kind, asdict(origin), len(data)], data)
        except OSError:
            reply = None
        finally:
            timer.cancel()
        if reply is None or late:
            self._stop()
        if reply is None:
            seconds = f"{self._limits.seconds:g} s"
            reason = (
                f"takes longer than {seconds} to read; raise the limit (--max-seconds)"
                if late
                else f"crashes the reader of {kind} files; it is damaged, or made to do so"
            )
            raise ReadError(f"{origin.name}: {reason}")
        if "error" in reply:
            raise ReadError(reply["error"])
        return Documents(map(_document, reply["documents"]), reply["skipped"])

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            process = subprocess.Popen(
                # -P: nothing is imported from the folder that the command is called in.
                [sys.executable, "-P", "-c", _START],
                env={**os.environ, "PYTHONHASHSEED": "0"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            stdin = _pipe(process.stdin)
            stdin.write(json.dumps(sys.path).encode() + b"\n")
            stdin.flush()
        except (OSError, ValueError) as error:
            message = f"a process to read files in cannot be started ({error})"
            raise ReadError(f"{message}; convert them to text") from error
        self._process = process
        return process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                try:
                    _pipe(pipe).close()
                except OSError:  # what could not be sent to a process that is gone
                    continue


def _exchange(
    process: subprocess.Popen[bytes], request: list[object], data: bytes
) -> dict[str, Any] | None:
    """Send a request and wait for the reply; None where the process ended instead."""
    stdin, stdout = _pipe(process.stdin), _pipe(process.stdout)
    stdin.write(json.dumps(request).encode() + b"\n")
    stdin.write(data)
    stdin.flush()
    line = stdout.readline()
    if not line.endswith(b"\n"):
        return None
    reply = json.loads(line)
    return reply if isinstance(reply, dict) else None


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("the process has no pipe")
    return pipe


def _document(fields: dict[str, Any]) -> Document:
    marks = fields.pop("marks")
    if marks is not None:
        marks = Marks(marks["kind"], tuple(marks["starts"]), marks["first"])
    return Document(**fields, marks=marks)


def main() -> None:
    """Answer requests until standard input ends."""
    _limit_memory()
    replies = os.fdopen(os.dup(1), "wb")
    # What a parser prints must not get among the replies.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    requests = sys.stdin.buffer
    while line := requests.readline():
        kind, origin, length = json.loads(line)
        reply = _reply(kind, requests.read(length), Origin(**origin))
        replies.write(json.dumps(reply).encode() + b"\n")
        replies.flush()


def _reply(kind: str, data: bytes, origin: Origin) -> dict[str, Any]:
    try:
        found = parse(kind, data, origin)
    except ReadError as error:
        return {"error": str(error)}
    return {"documents": [asdict(document) for document in found], "skipped": list(found.skipped)}


def find_reader(kind: str) -> Callable[[bytes, Origin], Documents]:
    """Return the function for a key of ``READERS``."""
    module, name = READERS[kind]
    read: Callable[[bytes, Origin], Documents] = getattr(
        import_module(f".{module}", __package__), name
    )
    return read


def parse(kind: str, data: bytes, origin: Origin) -> Documents:
    """Parse a file in this process.

    :param kind: A key of ``READERS``.
    :param data: The file.
    :param origin: Where it comes from.
    :raises ReadError: Whatever is wrong with the file.
    """
    read = find_reader(kind)
    try:
        return read(data, origin)
    except ReadError:
        raise
    except MemoryError as error:
        raise ReadError(f"{origin.name}: needs too much memory to be read as {kind}") from error
    except Exception as error:  # parsers raise whatever a damaged file leads them to
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:_REASON]
        raise ReadError(f"{origin.name}: cannot be read as {kind} ({reason})") from error


def _limit_memory() -> None:
    """Let the system refuse memory beyond what any sane file needs, where it can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, ValueError, OSError):
        return
