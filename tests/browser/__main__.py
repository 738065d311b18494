"""``python -m tests.browser``: try the report in Chromium, or say what is missing for that."""

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest

NEEDED = {
    "chromium": "apt-get install chromium",
    "chromedriver": "apt-get install chromium-driver",
}


def missing() -> list[str]:
    """Say what is not installed, and how to install it."""
    lines = [
        f"{name} is not installed: {how}"
        for name, how in NEEDED.items()
        if shutil.which(name) is None
    ]
    if importlib.util.find_spec("selenium") is None:
        lines.append("selenium is not installed: pip install '.[browser]'")
    return lines


if __name__ == "__main__":
    lacking = missing()
    for line in lacking:
        print(f"make browser: {line}", file=sys.stderr)
    sys.exit(1 if lacking else pytest.main([str(Path(__file__).parent)]))
