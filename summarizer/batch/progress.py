"""How far a batch is: a bar on a terminal, a line a minute elsewhere."""

import os
import sys
from time import monotonic
from typing import Any

_MINUTE = 60.0
_BAR = "{percentage:3.0f}%|{bar}| {desc} [{elapsed}, {remaining} left]"
_COLUMNS, _LINES = 80, 24
_NO_BAR = "{desc} [{elapsed}]"


class Progress:
    """Shows on standard error how many topics are done.

    :param hidden: Whether to show nothing.
    :param known: How many topics were done before.
    :param failed: How many of them failed.
    """

    def __init__(self, *, hidden: bool, known: int, failed: int) -> None:
        self._hidden = hidden or sys.stderr is None
        self._terminal = not self._hidden and sys.stderr.isatty()
        self._known = known
        self._failed = failed
        self._done = 0
        self._begun = self._told = monotonic()
        self._first: float | None = None
        self._bar: Any = None

    def show(self, *, failed: bool, share: float | None) -> None:
        """Count a topic.

        :param failed: Whether it failed.
        :param share: How much of the input ends with it, 0 to 1; None where nobody knows.
        """
        self._done += 1
        self._failed += failed
        if self._hidden:
            return
        now = monotonic()
        if self._first is None:
            self._first = share or 0.0
        if self._terminal:
            self._draw(now, share)
        elif now - self._told >= _MINUTE:
            self._told = now
            sys.stderr.write(f"summarize: {self._say(now)}{self._left(now, share)}\n")

    def close(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            self._bar.refresh()
            self._bar.close()

    def _draw(self, now: float, share: float | None) -> None:
        if self._bar is None:
            from tqdm import tqdm

            known = share is not None
            size = os.get_terminal_size(sys.stderr.fileno())
            self._bar = tqdm(
                total=1.0 if known else None,
                initial=self._first,
                bar_format=_BAR if known else _NO_BAR,
                file=sys.stderr,
                ncols=size.columns or _COLUMNS,  # 0 where the terminal does not say
                nrows=size.lines or _LINES,
            )
        self._bar.set_description_str(self._say(now), refresh=False)
        self._bar.update((share or 0.0) - self._bar.n)

    def _say(self, now: float) -> str:
        rate = self._done / max(now - self._begun, 1e-9)
        failed = f", {self._failed:,} failed" if self._failed else ""
        return f"{self._known + self._done:,} topics{failed}, {rate:.3g} a second"

    def _left(self, now: float, share: float | None) -> str:
        if share is None or self._first is None or share <= self._first:
            return ""
        seconds = (now - self._begun) * (1 - share) / (share - self._first)
        return f", {share:.0%} of the input, about {seconds / _MINUTE:,.0f} min left"
