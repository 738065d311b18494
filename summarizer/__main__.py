"""``python -m summarizer`` is the command ``summarize``."""

import sys


def main() -> None:
    """Run the command; Ctrl-C ends it quietly even while it is still being loaded."""
    try:
        from .cli.main import run

        sys.exit(run())
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
