"""Where a result goes: standard output or a file, replaced as a whole."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from .errors import SummarizerError

_DEVICES = ("/dev/", "/proc/")


def refuse_overwriting(output: str | None, sources: Sequence[str | None]) -> None:
    """Look before the work whether a result can go where it shall.

    :param output: A file, or None for standard output.
    :param sources: The files that must not be written over.
    :raises SummarizerError: If it is one of these, a folder, or in none.
    """
    if output is None:
        return
    if os.path.isdir(output):  # noqa: PTH112 (False, not an error, where it may not be looked at)
        raise SummarizerError(f"{output}: is a folder; name a file for --output")
    if not Path(output).absolute().parent.is_dir():
        raise SummarizerError(f"{output}: its folder does not exist; make it first")
    target = os.path.realpath(output)
    # A document in an archive is named as if the archive were a folder.
    if any(source and _within(_resolved(source), target) for source in sources):
        raise SummarizerError(f"{output}: is one of the sources; name another file for --output")


def _resolved(path: str) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:  # a NUL: no file can have this name
        return ""


def _within(path: str, parent: str) -> bool:
    return path == parent or path.startswith(parent + os.sep)


def folder_of(output: str | None) -> str:
    """Return the folder that a result will stand in; the current one where it goes to no file."""
    if output is None or output.startswith(_DEVICES):
        return "."
    return str(Path(output).parent)


def write(text: str, output: str | None) -> None:
    """Write a result as UTF-8.

    :param text: The result.
    :param output: A file, or None for standard output.
    :raises SummarizerError: If it cannot be written.
    """
    data = text.encode("utf-8", errors="backslashreplace")
    try:
        if output is None:
            if sys.stdout is None:
                raise SummarizerError("standard output is closed; use --output")
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        given = Path(output)
        # A device or pipe, e.g. /dev/stdout, cannot be replaced by a file.
        if output.startswith(_DEVICES) or (given.exists() and not given.is_file()):
            given.write_bytes(data)
            return
        target = Path(os.path.realpath(output))  # a link stays one
        # Written beside and renamed, so that a full disk does not cost an older summary.
        draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            draft.write_bytes(data)
            if target.exists():
                shutil.copymode(target, draft)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        name = output or "standard output"
        raise SummarizerError(f"{name}: cannot be written ({error.strerror})") from error
