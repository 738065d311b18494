"""The examples of docs/integrations.md; run as a module, it writes what they print there anew."""

import io
import re
from contextlib import chdir, redirect_stdout
from typing import Any

from ..builders import ROOT

DOCUMENT = ROOT / "docs" / "integrations.md"
_BLOCK = re.compile(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)


def renewed() -> str:
    """Return the document with what its examples print."""
    known: dict[str, Any] = {"__name__": "__main__"}

    def run(block: re.Match[str]) -> str:
        printed = io.StringIO()
        with chdir(ROOT), redirect_stdout(printed):
            exec(compile(block[1], DOCUMENT.name, "exec"), known)
        shown = f"\n\n```text\n{printed.getvalue()}```" if printed.getvalue() else ""
        return f"```python\n{block[1]}```{shown}"

    return _BLOCK.sub(run, DOCUMENT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(), encoding="utf-8")
