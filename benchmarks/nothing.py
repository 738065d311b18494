"""Work that does nothing, in a module that workers can import."""

from summarizer.batch.topics import NamedTopic


class Nothing:
    """Work that does nothing."""

    def __call__(self, topic: NamedTopic, /) -> bytes:
        """Return the line that the topic came in."""
        return (topic.line or b"") + b"\n"

    def failed(self, _: NamedTopic, why: str, /) -> bytes:
        """Return the cause."""
        return why.encode()
