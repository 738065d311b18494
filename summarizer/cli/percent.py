"""A share as people write it."""

from typing import Any

import click


class Percent(click.ParamType[float]):
    """A share such as ``10%`` or ``10``, as a fraction."""

    name = "percent"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the fraction, above 0 and at most 1."""
        given = str(value).strip()
        try:
            share = float(given.removesuffix("%")) / 100
        except ValueError:
            self.fail(f"{value!r} is not a percentage such as 10%", param, ctx)
        if 0 < share < 0.01 and not given.endswith("%"):
            self.fail(f"{value!r} may be a share or a percentage; write {given}%", param, ctx)
        if not 0 < share <= 1:
            self.fail(f"{value!r} is not above 0% and at most 100%", param, ctx)
        return share
