"""``python -m tests.regenerate``: write the README's outputs anew, after looking at the change."""

from .builders import regenerate

if __name__ == "__main__":
    regenerate()
