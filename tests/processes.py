"""The processes that a test has started."""

import re
import subprocess
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

_SOCKET_CALLS = ("socket", "connect", "bind", "sendto", "sendmsg", "sendmmsg")
_SOCKET_CALL = re.compile(rf"\b(?:{'|'.join(_SOCKET_CALLS)})\(")


def children(parent: int) -> list[int]:
    """Return the processes that a process started and that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def running(processes: Iterable[int]) -> list[int]:
    """Return those of some processes that still run."""
    found = []
    for pid in processes:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            found.append(pid)
    return found


def wait_for_end(processes: Iterable[int], seconds: float) -> list[int]:
    """Wait until some processes have ended; return those that run after so many seconds."""
    deadline = time.monotonic() + seconds
    left = running(processes)
    while left and time.monotonic() < deadline:
        time.sleep(0.01)
        left = running(left)
    return left


def sockets_of(command: Sequence[str | Path], log: Path, cwd: Path) -> list[str]:
    """Run a command and return the calls of sockets that it and its processes made.

    :param command: The command; it must end with 0.
    :param log: Where ``strace`` writes to.
    :param cwd: Where it runs.
    """
    traced = ["strace", "-f", "-qqq", "-e", f"trace={','.join(_SOCKET_CALLS)}", "-o", str(log)]
    done = subprocess.run([*traced, *map(str, command)], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return [line for line in log.read_text().splitlines() if _SOCKET_CALL.search(line)]
