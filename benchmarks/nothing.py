"""Work that does nothing, in a module that workers can import."""

from summarizer.batch.given import Given


class Nothing:
    """Work that does nothing."""

    def __call__(self, given: Given, /) -> bytes:
        """Return the line that the topic came in."""
        return (given.line or b"") + b"\n"

    def lost(self, _: Given, /) -> bytes:
        """Return nothing."""
        return b""
