"""Many subjects: topics with documents of their own, summarized side by side, in order."""

from .run import summarize_many

__all__ = ["summarize_many"]
