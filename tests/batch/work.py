"""What workers are given to do; each of them loads this module, which loads little."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer import EncoderError


@dataclass
class Deadly:
    """Work that ends its process at some items, each time or but once."""

    folder: Path

    def __call__(self, item: str, /) -> str:
        """Return the item in capitals, as a rule."""
        mark = self.folder / item
        if item == "quiet":
            os._exit(0)
        if item == "unreadable":
            return Unreadable()  # type: ignore[return-value]
        if item == "deadly" or (item == "once" and not mark.exists()):
            mark.touch()
            os._exit(9)
        if item == "useless":
            raise EncoderError("there is no model")
        if item == "loud":
            os.write(1, b"what a library prints")
        return item.upper()

    def failed(self, item: str, why: str, /) -> str:
        """Name the item and the cause."""
        return f"{item}: {why}"


class Unreadable:
    """A result that can be sent, but not loaded where it arrives."""

    def __reduce__(self) -> tuple[Any, ...]:
        return fail_to_load, ()


def fail_to_load() -> None:
    """Fail."""
    raise ValueError("no number")


@dataclass
class Counted:
    """A function that counts how often it is called where it was loaded."""

    calls: int

    def __call__(self) -> int:
        """Return the number of calls."""
        self.calls += 1
        return self.calls
