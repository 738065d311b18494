"""``python -m tests.regenerate``: write golden files anew, after looking at the change.

These are the outputs that the README shows and the summaries of ``tests/golden.json``.
"""

from .builders import regenerate
from .test_golden import write

if __name__ == "__main__":
    write()
    regenerate()
