"""The processes that a test has started."""

import time
from collections.abc import Iterable
from pathlib import Path


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
