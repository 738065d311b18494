"""A topic and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..datatypes import Document
from ..summary import Summary


@dataclass(frozen=True, slots=True)
class Topic:
    """Documents about one subject, among many subjects.

    :param id: A name for people and scripts.
    :param documents: Documents, as ``read`` returns them, or plain texts.
    """

    id: str
    documents: Sequence[Document | str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The summary of a topic, or why there is none.

    :param id: The id of the topic.
    :param summary: The summary; None where there is none.
    :param error: What went wrong, in one line; None where nothing did.
    """

    id: str
    summary: Summary | None = None
    error: str | None = None
