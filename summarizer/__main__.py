"""``python -m summarizer`` is the command ``summarize``."""

import os
import sys


def main() -> None:
    """Run the command; Ctrl-C ends it quietly even while it is still being loaded."""
    try:
        from .cli.interrupts import answer_signals

        answer_signals()
        # A worker imports nothing from the folder that the command is called in.
        os.environ.setdefault("PYTHONSAFEPATH", "1")
        from .cli.commands import run

        sys.exit(run())
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
