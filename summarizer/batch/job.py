"""How each topic is summarized: as ``summarize`` would alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypedDict

from ..datatypes import Document
from ..encoders import Encoder, load_encoder
from ..pipeline import summarize
from ..readers.objects import as_documents
from ..settings import MODEL, RANKER, Length, Ranker, Settings, checked_diversity, checked_sources
from ..summary import Summary
from .topic import Outcome, Topic
from .work import LOST, describe


class Options(TypedDict, total=False):
    """What ``summarize`` may be told besides documents and an encoder."""

    words: int | None
    sentences: int | None
    chars: int | None
    ratio: float | None
    diversity: float | None
    ranker: Ranker
    keep_all: bool
    min_sources: int


@dataclass(frozen=True)
class Job:
    """Summarizes topics.

    :param encoder: As for ``summarize``; one that is named is loaded once a process, and keeps no
        vectors on disk: which sentences were seen before must not depend on the worker.
    :param options: As for ``summarize``.
    :raises SummarizerError: If an option is out of range.
    """

    encoder: Encoder | str = MODEL
    options: Options = field(default_factory=Options)

    def __post_init__(self) -> None:
        given = self.options
        Length(given.get("words"), given.get("sentences"), given.get("chars"), given.get("ratio"))
        checked_diversity(given.get("ranker", RANKER), given.get("diversity"), Settings())
        checked_sources(given.get("min_sources", 1))

    def __call__(self, topic: Topic, /) -> Outcome:
        """Summarize a topic.

        :return: The outcome, its summary without the documents, which need not travel back.
        :raises EncoderError: If the encoder cannot be loaded.
        """
        found = self.attempt(lambda: topic.documents)
        if isinstance(found, str):
            return Outcome(topic.id, error=found)
        return Outcome(topic.id, replace(found, documents=()))

    def lost(self, topic: Topic, /) -> Outcome:
        """Return the outcome of a topic that ends each process it is done in."""
        return Outcome(topic.id, error=LOST)

    def attempt(self, read: Callable[[], Sequence[Document | str]]) -> Summary | str:
        """Summarize documents.

        :param read: Returns them.
        :return: The summary, or in one line why there is none.
        :raises EncoderError: If the encoder cannot be loaded.
        """
        encoder = _loaded(self.encoder) if isinstance(self.encoder, str) else self.encoder
        try:
            return summarize(read(), encoder=encoder, **self.options)
        except Exception as error:
            return describe(error)


def with_documents(outcome: Outcome, topic: Topic) -> Outcome:
    """Give a summary the documents back that it came without."""
    if outcome.summary is None:
        return outcome
    documents = tuple(as_documents(topic.documents))
    return replace(outcome, summary=replace(outcome.summary, documents=documents))


@cache
def _loaded(name_or_path: str) -> Encoder:
    return load_encoder(name_or_path)
