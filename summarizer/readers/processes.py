"""The ends of pipes to a process, and its end."""

import subprocess
from typing import IO


def open_pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    """Return a pipe that a process was started with.

    :raises OSError: If it was started without.
    """
    if pipe is None:
        raise OSError("the process has no pipe")
    return pipe


def end_process(process: "subprocess.Popen[bytes]") -> None:
    """End a process, and close the pipes to it."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        try:
            open_pipe(pipe).close()
        except OSError:  # what could not be sent to a process that is gone
            continue
