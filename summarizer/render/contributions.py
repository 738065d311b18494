"""What each source contributed to a summary, without the summary."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from os import PathLike

from ..datatypes import CitedSentence, Source
from ..text.tokens import count_words
from .markdown import link_source
from .text import describe


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a source contributed.

    :param quoted: How many sentences of it are quoted.
    :param words: How many words these have.
    :param also: How many quotes of other sources it says too.
    :param same_text: How many of these stand in it nearly word for word.
    :param differs: How many it gives differently.
    """

    quoted: int
    words: int
    also: int
    same_text: int
    differs: int

    def __str__(self) -> str:
        told = [f"{self.quoted} quoted ({self.words} words)"] if self.quoted else []
        others = (
            ("says the same as", self.also),
            ("has", self.same_text),
            ("differs from", self.differs),
        )
        told += [f"{use} {_quotes(number)}" for use, number in others if number]
        return ", ".join(told) or "nothing"


def _quotes(number: int) -> str:
    return "1 quote of another" if number == 1 else f"{number} quotes of others"


def contributions(
    sentences: Sequence[CitedSentence], sources: Sequence[Source]
) -> list[Contribution]:
    """Return what each source contributed, in their order."""
    quoted = Counter(sentence.source for sentence in sentences)
    words: Counter[int] = Counter()
    for sentence in sentences:
        words[sentence.source] += count_words(sentence.text)
    also = Counter(chain.from_iterable(sentence.also for sentence in sentences))
    same_text = Counter(chain.from_iterable(sentence.copies for sentence in sentences))
    differs = Counter(chain.from_iterable(sentence.differs for sentence in sentences))
    return [
        Contribution(
            quoted=quoted[source.number],
            words=words[source.number],
            also=also[source.number],
            same_text=same_text[source.number],
            differs=differs[source.number],
        )
        for source in sources
    ]


def render_sources_text(sentences: Sequence[CitedSentence], sources: Sequence[Source]) -> str:
    """Render the list of sources as text: a line a source and what it contributed."""
    return "\n".join(
        f"[{source.number}] {describe(source)}: {told}"
        for source, told in _told(sentences, sources)
    )


def render_sources_markdown(
    sentences: Sequence[CitedSentence],
    sources: Sequence[Source],
    folder: str | PathLike[str] | None = None,
) -> str:
    """Render the list of sources as Markdown: an item a source and what it contributed."""
    return "\n".join(
        f"{source.number}. {link_source(source, folder)}: {told}"
        for source, told in _told(sentences, sources)
    )


def _told(
    sentences: Sequence[CitedSentence], sources: Sequence[Source]
) -> Iterator[tuple[Source, Contribution]]:
    yield from zip(sources, contributions(sentences, sources), strict=True)
