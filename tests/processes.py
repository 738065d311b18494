"""The processes that a test has started."""

import os
import re
import subprocess
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

# What reaches other machines and processes, and what changes files.
_SOCKET_CALLS = ("socket", "connect", "bind", "sendto", "sendmsg", "sendmmsg")
_FILE_CALLS = (
    *("openat", "creat", "mkdir", "mkdirat", "rename", "renameat", "renameat2", "link", "linkat"),
    *("symlink", "symlinkat", "unlink", "unlinkat", "rmdir", "mknod", "mknodat", "truncate"),
    *("chmod", "fchmodat", "chown", "lchown", "fchownat", "utimensat", "setxattr"),
)
_LOOKS = re.compile(r"\bopenat\((?!.*O_(?:WRONLY|RDWR|CREAT|TRUNC))| = -1 |/dev/null")
_CALL = re.compile(r"\b(\w+)\(")


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


def effects_of(command: Sequence[str | Path], log: Path, cwd: Path) -> tuple[list[str], list[str]]:
    """Run a command and return what it and its processes did beyond reading and computing.

    :param command: The command; it must end with 0.
    :param log: Where ``strace`` writes to.
    :param cwd: Where it runs.
    :return: The calls that opened or used sockets, and those that changed files.
    """
    calls = ",".join((*_SOCKET_CALLS, *(f"?{name}" for name in _FILE_CALLS)))
    traced = ["strace", "-f", "-qqq", "-e", f"trace={calls}", "-o", str(log)]
    done = subprocess.run(
        [*traced, *map(str, command)],
        cwd=cwd,
        capture_output=True,
        text=True,
        # What Python compiles, it keeps beside the source.
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = [
        (call[1], line) for line in log.read_text().splitlines() if (call := _CALL.search(line))
    ]
    sockets = [line for name, line in found if name in _SOCKET_CALLS]
    changes = [line for name, line in found if name in _FILE_CALLS and not _LOOKS.search(line)]
    return sockets, changes
