"""A process apart in which files are parsed, so that a crash or a hang costs one file only.

This module is both ends of it: ``Worker`` sends bytes and gets documents or unpacked files back,
``main`` is what runs in the process. Both ways it is JSON in lines, each followed by the bytes
whose number it gives, never pickles: what comes from a process that read a hostile file must not be
able to run code here.
"""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from threading import Timer
from typing import IO, Any

from ..datatypes import Document, Marks
from ..errors import ReadError
from .documents import Documents, Origin
from .formats import parse
from .limits import Limits, Meter
from .processes import end_process, open_pipe

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.stdin.buffer.readline()); "
    "from summarizer.readers.worker import main; main()"
)

# A name inside an archive, and the bytes, or why there are none.
Member = tuple[str, bytes | str]


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
        reply, _ = next(self._ask(kind, data, origin, None))
        if "error" in reply:
            raise ReadError(reply["error"])
        return Documents(map(_document, reply["documents"]), reply["skipped"])

    def unpack(
        self, kind: str, data: bytes, origin: Origin, meter: Meter, notes: list[str]
    ) -> Iterator[Member]:
        """Unpack an archive in the process; ask for nothing else before the last file.

        :param kind: ``zip``, ``tar``, ``gzip`` or ``mbox``.
        :param data: The archive.
        :param origin: Where it comes from.
        :param meter: Counts the bytes that are unpacked.
        :param notes: Gets a line for what is left out by its ending.
        :return: Each file.
        :raises ReadError: If it is damaged or takes too long; files before that are good.
        """
        for reply, content in self._ask(kind, data, origin, meter):
            meter.unpacked = reply["unpacked"]
            if "name" in reply:
                yield reply["name"], reply.get("error", content)
            else:
                notes.extend(reply["notes"])
                if "error" in reply:
                    raise ReadError(reply["error"])

    def _ask(
        self, kind: str, data: bytes, origin: Origin, meter: Meter | None
    ) -> Iterator[tuple[dict[str, Any], bytes]]:
        """Send a request and yield what comes back: an object and bytes, the last with ``end``."""
        process = self._process or self._start(origin.name)
        late: list[bool] = []

        def give_up() -> None:
            late.append(True)
            process.kill()

        timer = Timer(self._limits.seconds, give_up)
        timer.start()
        ended = False
        try:
            stdin, stdout = open_pipe(process.stdin), open_pipe(process.stdout)
            request = [kind, asdict(origin), len(data), meter and asdict(meter)]
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.write(data)
            stdin.flush()
            while not ended:
                line = stdout.readline()
                if not line.endswith(b"\n"):
                    break
                reply = json.loads(line.decode(errors="surrogatepass"))
                content = stdout.read(reply["size"])
                if len(content) < reply["size"]:
                    break
                ended = reply["end"]
                if ended:
                    timer.cancel()
                    timer.join()  # or it might end the process while the next file is read
                yield reply, content
        except OSError:
            pass
        finally:
            timer.cancel()
            timer.join()
            if late or not ended:
                self._stop()
        if not ended:
            raise self._limits.too_slow(origin.name) if late else self._crash(kind, origin.name)

    def _crash(self, kind: str, name: str) -> ReadError:
        memory = f"needs more than {self._limits.memory_megabytes} (--max-memory)"
        message = f"crashes the reader of {kind} files; it is damaged, made to do so, or {memory}"
        return ReadError(f"{name}: {message}")

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        try:
            self._process = process = subprocess.Popen(
                # -P: nothing is imported from the folder that the command is called in.
                [sys.executable, "-P", "-c", _START, str(self._limits.memory)],
                env={**os.environ, "PYTHONHASHSEED": "0"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            stdin = open_pipe(process.stdin)
            stdin.write(json.dumps(sys.path).encode() + b"\n")
            stdin.flush()
        except (OSError, ValueError, TypeError) as error:
            self._stop()
            message = f"a process to read it in cannot be started ({error})"
            raise ReadError(f"{name}: {message}; convert it to text") from error
        return process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            end_process(process)


@cache
def kept_worker(limits: Limits) -> Worker:
    """Return a process that is kept for all files to come, as it takes long to start."""
    worker = Worker(limits)
    atexit.register(worker.__exit__)
    return worker


def _document(fields: dict[str, Any]) -> Document:
    marks = fields.pop("marks")
    if marks is not None:
        starts, names = tuple(marks["starts"]), tuple(marks["names"])
        marks = Marks(marks["kind"], starts, marks["first"], names)
    return Document(**fields, marks=marks)


def main() -> None:
    """Answer requests until standard input ends."""
    _limit_memory(int(sys.argv[1]))
    replies = os.fdopen(os.dup(1), "wb")
    # What a parser prints must not get among the replies.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    requests = sys.stdin.buffer
    while line := requests.readline():
        kind, given, length, counted = json.loads(line)
        data, origin = requests.read(length), Origin(**given)
        if counted is None:
            _send(replies, _parsed(kind, data, origin))
        else:
            meter = Meter(Limits(**counted.pop("limits")), **counted)
            _send_unpacked(replies, kind, data, origin.name, meter)


def _send(replies: IO[bytes], reply: dict[str, Any], content: bytes = b"") -> None:
    line = json.dumps({"end": True, **reply, "size": len(content)}, ensure_ascii=False)
    replies.write(line.encode(errors="surrogatepass") + b"\n" + content)
    replies.flush()


def _parsed(kind: str, data: bytes, origin: Origin) -> dict[str, Any]:
    try:
        found = parse(kind, data, origin)
    except ReadError as error:
        return {"error": str(error)}
    return {"documents": [asdict(document) for document in found], "skipped": list(found.skipped)}


def _send_unpacked(replies: IO[bytes], kind: str, data: bytes, name: str, meter: Meter) -> None:
    from .archives import unpack

    notes: list[str] = []
    last: dict[str, Any] = {"notes": notes}
    try:
        members = unpack(kind, data, name, meter, notes)
        for inside, get in members:
            reply: dict[str, Any] = {"name": inside, "end": False}
            content = b""
            try:
                content = get()
            except ReadError as error:
                reply["error"] = str(error)
            _send(replies, {**reply, "unpacked": meter.unpacked}, content)
            if meter.spent and (behind := next(members, None)):
                raise ReadError(f"{name}: is left from {behind[0]} on")
    except ReadError as error:
        last["error"] = str(error)
    _send(replies, {**last, "unpacked": meter.unpacked})


def _limit_memory(limit: int) -> None:
    """Let the system refuse memory beyond the limit, where it can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, ValueError, OSError):
        return
