"""What the command writes: a result to standard output or a file, and lines on standard error."""

import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import click

from ..datatypes import hide_passwords
from ..errors import SummarizerError
from ..render.safe import printable_line
from .interrupts import at_signal, whole

# Paths that begin so are open already: written to, not replaced.
_DEVICES = ("/dev/std", "/dev/fd/", "/proc/")
# The most links that Linux follows.
_LINKS = 40


def refuse_overwriting(output: str | None, sources: Sequence[str | None]) -> None:
    """Refuse an output that is a folder, lacks its folder, or is one of the sources."""
    if output is None:
        return
    if os.path.isdir(output):  # noqa: PTH112 (False, not an error, where it may not be looked at)
        raise SummarizerError(f"{output}: is a folder; name a file for --output")
    if not Path(os.path.dirname(output) or ".").is_dir():  # noqa: PTH120 (a path may end in ..)
        raise SummarizerError(f"{output}: its folder does not exist; create it first")
    target = _resolved(output)
    # A document in an archive is named as if the archive were a folder.
    within = (f"{_resolved(source)}{os.sep}" for source in sources if source)
    if target and any(path.startswith(target + os.sep) for path in within):
        raise SummarizerError(f"{output}: is one of the sources; name another file for --output")


def _resolved(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):  # a NUL: no file can have this name; or no current folder
        return ""


def folder_of(output: str | None) -> str:
    """Return the folder of the output; the current one if the output is no file."""
    if output is None or output.startswith(_DEVICES):
        return "."
    return str(Path(output).parent)


def write(text: str, output: str | None) -> None:
    """Write a result as UTF-8; a file is replaced as a whole, or stays as it was."""
    data = text.encode("utf-8", errors="backslashreplace")
    if output is None and sys.stdout is None:
        raise SummarizerError("standard output is closed; use --output")
    with writing(output):
        if output is None:
            with whole():
                sys.stdout.buffer.write(data)
                sys.stdout.buffer.flush()
        elif _is_stream(output):
            # Not truncated: it may be a file that standard output is appended to.
            with open(os.open(output, os.O_WRONLY | os.O_APPEND), "wb") as stream:  # noqa: PTH123
                stream.write(data)
        else:
            replace_file(output, [data])


@contextmanager
def writing(output: str | None) -> Iterator[None]:
    """Turn errors of writing to a file or standard output into one line.

    A closed pipe is left to the caller.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if output is None:
            silence(sys.stdout)
        name = output or "standard output"
        raise SummarizerError(f"{name}: cannot be written ({error.strerror})") from error


def _is_stream(output: str) -> bool:
    try:
        regular = stat.S_ISREG(os.stat(output).st_mode)  # noqa: PTH116
    except OSError:
        return False
    return not regular or output.startswith(_DEVICES)


def replace_file(path: str, data: Iterable[bytes]) -> None:
    """Replace a file atomically.

    The draft beside it has a random name and is created exclusively, so that nobody can have put a
    link there, and has the permissions of the file that it replaces from its first byte on. A link
    of this user's own stays one; what it leads to is replaced.
    """
    target = follow(path)
    draft = target.with_name(f".summarize-{secrets.token_hex(8)}.tmp")
    try:
        old = target.lstat()
    except FileNotFoundError:
        old = None
    mode = 0o666 if old is None else stat.S_IMODE(old.st_mode)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with at_signal(lambda: draft.unlink(missing_ok=True)):
        try:
            with whole():
                descriptor = os.open(draft, flags, mode)
            with open(descriptor, "wb") as file:  # noqa: PTH123
                if old is not None and hasattr(os, "fchmod"):
                    with suppress(OSError):  # only root may change the owner
                        os.fchown(descriptor, old.st_uid, old.st_gid)
                    os.fchmod(descriptor, mode)
                file.writelines(data)
                file.flush()
                os.fsync(descriptor)
            with whole():
                draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def follow(path: str) -> Path:
    """Resolve the links of a path, as long as they belong to this user or root."""
    given = Path(path).absolute()
    for _ in range(_LINKS):
        for part in (*reversed(given.parents), given):
            if part.is_symlink():
                if hasattr(os, "geteuid") and part.lstat().st_uid not in {0, os.geteuid()}:
                    raise SummarizerError(
                        f"{path}: {part} is a link that another user made; name the file itself"
                    )
                given = part.parent / part.readlink() / given.relative_to(part)
                break
        else:
            return given
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)


def say(message: str) -> None:
    """Print a line on standard error; if it is closed or full, go on."""
    try:
        click.echo(f"summarize: {printable_line(hide_passwords(message))}", err=True)
    except (OSError, ValueError):
        silence(sys.stderr)


def silence(stream: IO[Any] | None) -> None:
    """Redirect a stream to nowhere, so that flushing it at exit does not fail again."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[union-attr]


def fill_closed_streams() -> None:
    """Open the null device for closed standard streams, so that no file gets their number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


class Progress:
    """A progress bar on standard error, if that is a terminal."""

    def __init__(self) -> None:
        self._hidden = sys.stderr is None or not sys.stderr.isatty()
        self._bar: Any = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            with suppress(OSError):
                self._bar.stop()

    def show(self, done: int, total: int) -> None:
        """Draw the bar at ``done`` of ``total`` sentences."""
        if self._hidden:
            return
        try:
            if self._bar is None:
                self._start(total)
            self._bar.update(0, completed=done, refresh=True)
        except OSError:
            self._hidden = True

    def _start(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        # Drawn by this thread alone, and without redirecting what others print.
        console, alone = Console(stderr=True), {"redirect_stdout": False, "redirect_stderr": False}
        self._bar = Bar(console=console, auto_refresh=False, transient=True, **alone)  # type: ignore[arg-type]
        self._bar.add_task("Embedding", total=total)
        self._bar.start()
        # Never hidden, as a process that is killed could not show it again.
        self._bar.console.show_cursor(True)
