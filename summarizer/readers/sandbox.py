"""The sandbox: a process in which files are parsed, so that a crash or a hang costs one file only.

This module is both ends of it: ``Sandbox`` sends bytes and gets documents or unpacked files back,
``main`` is what runs in the process. Both ways it is JSON in lines, each followed by the bytes
whose number it gives, never pickles: what comes from a process that read a hostile file must not be
able to run code here.

The process ends itself where a file takes too long, by a thread in C that no parser can hold up;
the parent only sees the pipe close. It also ends with its parent.
"""

import atexit
import faulthandler
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from time import monotonic
from typing import IO, Any

from ..datatypes import Document
from ..errors import ReadError
from .documents import Documents, Origin
from .formats import parse
from .limits import MEGABYTE, Limits, Meter

# First of all, before what takes long to import, the process is bound to its parent: on Linux by
# prctl(PR_SET_PDEATHSIG, SIGKILL); elsewhere it ends when it next reads the pipe.
_START = """
import json, os, sys
if sys.platform == "linux":
    import ctypes
    ctypes.CDLL(None).prctl(1, 9)
if os.getppid() == int(sys.argv[2]):
    sys.path[:] = json.loads(sys.stdin.buffer.readline())
    from summarizer.readers.sandbox import main
    main()
"""

# A name inside an archive, and the bytes, or why there are none.
Member = tuple[str, bytes | str]


class Sandbox:
    """One process for all files, started when the first is met."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def read(self, kind: str, data: bytes, origin: Origin, until: float) -> Documents:
        """Parse a file in the process, until ``monotonic`` says ``until``."""
        reply, _ = next(self._ask(kind, data, origin, None, until))
        if "error" in reply:
            raise ReadError(reply["error"])
        from msgspec import convert

        return Documents(convert(reply["documents"], list[Document]), reply["skipped"])

    def unpack(
        self, kind: str, data: bytes, origin: Origin, meter: Meter, notes: list[str]
    ) -> Iterator[Member]:
        """Unpack an archive in the process; ask for nothing else before the last file.

        Where it is damaged or takes too long, the files before that are good.
        """
        for reply, content in self._ask(kind, data, origin, meter, meter.until):
            meter.unpacked = reply["unpacked"]
            if "name" in reply:
                yield reply["name"], reply.get("error", content)
            else:
                notes.extend(reply["notes"])
                if "error" in reply:
                    raise ReadError(reply["error"])

    def _ask(
        self, kind: str, data: bytes, origin: Origin, meter: Meter | None, until: float
    ) -> Iterator[tuple[dict[str, Any], bytes]]:
        """Send a request and yield what comes back: an object and bytes, the last with ``end``."""
        left = until - monotonic()
        if left <= 0:
            raise self._limits.too_slow(origin.name)
        if self._process is not None and self._process.poll() is not None:
            self._stop()  # it ended while nothing was asked of it
        ended = False
        try:
            process = self._process or self._start(origin.name)
            stdin, stdout = _pipes(process)
            counted = meter and {"packed": meter.packed, "unpacked": meter.unpacked}
            request = [kind, asdict(origin), len(data), left, counted]
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
                yield reply, content
        except OSError:  # the pipe to a process that ended
            pass
        finally:
            if not ended:
                self._stop()
        if not ended:
            late = monotonic() >= until
            raise self._limits.too_slow(origin.name) if late else self._crash(kind, origin.name)

    def _crash(self, kind: str, name: str) -> ReadError:
        memory = f"needs more than {self._limits.memory / MEGABYTE:g} MB of memory"
        message = f"crashes the reader of {kind} files; it is damaged, made to do so, or {memory}"
        return ReadError(f"{name}: {message}")

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        limits = json.dumps(asdict(self._limits))
        try:
            self._process = process = subprocess.Popen(
                # -P: nothing is imported from the folder that the command is called in.
                [sys.executable, "-P", "-c", _START, limits, str(os.getpid())],
                env={**os.environ, "PYTHONHASHSEED": "0"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            stdin, _ = _pipes(process)
            stdin.write(json.dumps(sys.path).encode() + b"\n")
            stdin.flush()
        except (OSError, ValueError, TypeError) as error:
            self._stop()
            message = f"a process to read it in cannot be started ({error})"
            raise ReadError(f"{name}: {message}; convert it to text") from error
        return process

    def _stop(self) -> None:
        """End the process, and close the pipes to it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in _pipes(process):
            with suppress(OSError):  # what could not be sent to a process that is gone
                pipe.close()


@cache
def kept_sandbox(limits: Limits) -> Sandbox:
    """Return a process that is kept for all files to come, as it takes long to start."""
    sandbox = Sandbox(limits)
    atexit.register(sandbox.__exit__)
    return sandbox


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin
    assert process.stdout
    return process.stdin, process.stdout


def main() -> None:
    """Answer requests until standard input ends."""
    # Ctrl-C reaches all processes of a terminal; the parent alone says what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A parser has nobody to call; urllib3 opens a socket as it is imported, to see what there is.
    socket.has_ipv6 = False
    limits = Limits(**json.loads(sys.argv[1]))
    with suppress(ImportError, ValueError, OSError):  # where the system can refuse memory
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    replies = os.fdopen(os.dup(1), "wb")
    # What a parser prints must not get among the replies.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    requests = sys.stdin.buffer
    while line := requests.readline():
        kind, given, length, seconds, counted = json.loads(line)
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        data, origin = requests.read(length), Origin(**given)
        if counted is None:
            _send(replies, _parsed(kind, data, origin))
        else:
            _send_unpacked(replies, kind, data, origin.name, Meter(limits, **counted))


def _send(replies: IO[bytes], reply: dict[str, Any], content: bytes = b"") -> None:
    reply = {"end": True, **reply, "size": len(content)}
    line = json.dumps(reply, ensure_ascii=False)
    if reply["end"]:
        # Before the parent knows that it is done, or the end might meet the next file.
        faulthandler.cancel_dump_traceback_later()
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
            if meter.excess() and (following := next(members, None)):
                raise ReadError(f"{name}: is left out from {following[0]} on")
    except ReadError as error:
        last["error"] = str(error)
    _send(replies, {**last, "unpacked": meter.unpacked})
