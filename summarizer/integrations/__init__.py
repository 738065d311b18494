"""Quotes for the retrieval pipelines of other libraries; each module is for one of these."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from ..datatypes import FIELDS, Passage
from ..errors import BudgetError, EncoderError, OptionError, SummarizerError
from ..pipeline import summarize

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A text that was retrieved.

    :param id: The id of the text.
    :param text: The text.
    :param metadata: What is known of it. ``title``, ``date``, ``url``, ``author`` and ``site`` are
        used.
    :param origin: What it is a part of; parts of one document do not confirm one another.
    """

    id: str
    text: str
    metadata: Mapping[str, Any]
    origin: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence quoted from a text that was retrieved.

    :param place: Which of the texts it stands in, counted from 0.
    :param text: The sentence, verbatim.
    :param metadata: That of the text, with ``start`` and ``end``, the offsets in it;
        ``quoted_from``, its id; ``salience``, 0 to 1; and ``agreeing`` and ``differing``, the ids
        of texts of other origins that state the same, or give a number or a day of it otherwise.
    """

    place: int
    text: str
    metadata: dict[str, Any]


class Options(Protocol):
    """What each integration is set up with, as for ``summarize``."""

    words: int | None
    sentences: int | None
    encoder: Any


def quote(texts: Sequence[Retrieved], query: str | None, options: Options) -> list[Quote]:
    """Quote what answers a question, or what matters most, from texts that were retrieved.

    :param texts: The texts; those that are empty are passed over.
    :param query: The question; None or blank for a summary.
    :return: The quotes in reading order. There are none where nothing answers or can be quoted; the
        logger ``summarizer.integrations`` is told why.
    :raises SummarizerError: If an option is out of range, or no sentence is short enough.
    """
    places = [place for place, text in enumerate(texts) if text.text.strip()]
    if not places:
        return []
    documents = [
        {"id": texts[place].id, "text": texts[place].text, "metadata": _known(texts[place])}
        for place in places
    ]
    asked = query if query and query.strip() else None
    try:
        how = {name: getattr(options, name) for name in ("words", "sentences", "encoder")}
        found = summarize(documents, query=asked, **how)
    except (BudgetError, EncoderError, OptionError):
        raise
    except SummarizerError as error:
        _LOG.warning("%s", error)
        return []
    for warning in found.warnings:
        _LOG.info("%s", warning)

    def others(own: int, passages: Sequence[Passage]) -> list[str]:
        named = [texts[places[passage.source - 1]] for passage in passages]
        return [text.id for text in named if text.origin != texts[own].origin]

    quotes = []
    for sentence in found.sentences:
        place = places[sentence.source - 1]
        facts = {
            "start": sentence.start,
            "end": sentence.end,
            "quoted_from": texts[place].id,
            "salience": sentence.score,
            "agreeing": others(place, sentence.agreeing),
            "differing": others(place, sentence.differing),
        }
        quotes.append(Quote(place, sentence.text, {**texts[place].metadata, **facts}))
    return quotes


def _known(text: Retrieved) -> dict[str, str]:
    known = {name: text.metadata.get(name) for name in FIELDS}
    if isinstance(known["date"], date):
        known["date"] = known["date"].isoformat()
    return {name: one for name, one in known.items() if isinstance(one, str)}
