"""The options of the command that say how much reading may cost."""

from collections.abc import Callable
from functools import wraps
from math import isfinite
from typing import Any

import click

from ..readers import Limits
from ..readers.limits import MEGABYTE

_DEFAULT = Limits()
_POSITIVE = click.FloatRange(min=0, min_open=True)
_COUNT = click.IntRange(min=1)


def _option(name: str, metavar: str, kind: click.ParamType[Any], help: str, default: float) -> Any:  # noqa: A002
    # Not shown by click, which prints 60.0 and the range, too.
    shown = f"{help}  [default: {default:g}]"
    return click.option(name, type=kind, default=default, metavar=metavar, help=shown)


_OPTIONS = (
    _option(
        "--max-size",
        "MB",
        _POSITIVE,
        "Largest file, and most that an archive may unpack to.",
        _DEFAULT.size / MEGABYTE,
    ),
    _option(
        "--max-files", "N", _COUNT, "Most documents: files, rows and messages.", _DEFAULT.files
    ),
    _option("--max-depth", "N", _COUNT, "Most archives within one another.", _DEFAULT.depth),
    _option(
        "--max-ratio",
        "N",
        _COUNT,
        "Most times its size that an archive may unpack to.",
        _DEFAULT.ratio,
    ),
    _option(
        "--max-memory",
        "MB",
        _POSITIVE,
        "Most memory that reading a file may take.",
        _DEFAULT.memory / MEGABYTE,
    ),
    _option(
        "--max-seconds", "S", _POSITIVE, "Longest that a file may take to read.", _DEFAULT.seconds
    ),
)


# By these names click knows them.
LIMITS = frozenset(f"max_{field}" for field in Limits.__dataclass_fields__)


def with_limits(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options, and what they say as its argument ``limits``."""

    @wraps(command)
    def limited(
        *,
        max_size: float,
        max_files: int,
        max_depth: int,
        max_ratio: int,
        max_memory: float,
        max_seconds: float,
        **others: Any,
    ) -> None:
        limits = Limits(
            size=_bytes(max_size),
            files=max_files,
            depth=max_depth,
            ratio=max_ratio,
            memory=_bytes(max_memory),
            seconds=max_seconds,
        )
        command(limits=limits, **others)

    for option in reversed(_OPTIONS):
        limited = option(limited)
    return limited


def _bytes(megabytes: float) -> int:
    """Return 0, which is no limit that can be, for what is not finite."""
    return int(megabytes * MEGABYTE) if isfinite(megabytes) else 0
