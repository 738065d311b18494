"""How far the embedding of sentences is, on a terminal."""

import sys
from typing import Any

import click


class Progress:
    """A bar on standard error that appears once there is something to wait for.

    :param hidden: Whether to show nothing.
    """

    def __init__(self, *, hidden: bool) -> None:
        self._hidden = hidden
        self._bar: Any = None
        self._done = 0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def show(self, done: int, total: int) -> None:
        """Draw the bar at ``done`` of ``total`` sentences."""
        if self._hidden:
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, label="Embedding", file=sys.stderr)
            self._bar.render_progress()
        self._bar.update(done - self._done)
        self._done = done
