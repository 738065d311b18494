"""What happened when: the days that the sources speak of, each told in sentences of theirs.

Clean, split, find what each sentence says of when, weigh; then rank the days, and pick sentences
for each.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import chain, islice
from os import PathLike
from typing import Any, Literal

import numpy as np

from .. import __version__
from ..datatypes import (
    KINDS,
    CitedSentence,
    Day,
    Document,
    Number,
    Offset,
    Source,
    Verbatim,
)
from ..encoders import ByLanguage, embed
from ..errors import SummarizerError, counted
from ..evidence import RowEvidence
from ..rank.days import DatedTable, days_wanted, rank_days, tell_days
from ..rank.documents import spoken_languages
from ..rank.features import weigh_concepts
from ..render.markdown import render_timeline_markdown
from ..render.text import timeline_sections
from ..settings import Settings, checked_count, checked_settings
from ..text.dates import Mention, as_day, find_mentions
from .citing import cite_sentences, list_sources, source_notes, sources_to
from .prepared import with_concepts, with_weights
from .sources import AnyDocument, Sources, without_off_topic
from .summary import Result
from .threads import unforked


@dataclass(frozen=True, slots=True)
class Time:
    """Words of a quoted sentence that say when.

    :param text: The words, verbatim.
    :param start: The offset of their first character in the source of the quote.
    :param end: The offset after their last.
    :param first: The first day meant.
    :param last: The last day meant, e.g. 31 March of ``in March``; the same for a single day.
    """

    text: Verbatim
    start: Offset
    end: Number
    first: Day
    last: Day


@dataclass(frozen=True, slots=True)
class DatedSentence(CitedSentence):
    """A quoted sentence, where it stands, and what it says of when.

    :param times: The days and longer times that it names, in its order.
    """

    times: tuple[Time, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """A day, and what the sources tell of it.

    :param date: The day.
    :param sentences: The quoted sentences, the most telling first.
    :param sources: The numbers of the sources that name the day or are quoted, ascending.
    """

    date: Day
    sentences: tuple[DatedSentence, ...]
    sources: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class TimelineRecord:
    """A timeline as JSON. Later versions may add fields.

    :param version: The version of this format; it changes where a field changes its meaning.
    :param days: The days, ascending.
    :param sources: Every source, in the order given.
    :param warnings: What a careful user should know, one line each.
    :param signature: Version and parameters: what is needed to make it again.
    """

    version: Literal[1] = field(default=1, kw_only=True, repr=False)
    days: tuple[TimelineDay, ...]
    sources: tuple[Source, ...]
    warnings: tuple[str, ...]
    signature: str


@dataclass(frozen=True, slots=True)
class Timeline(TimelineRecord, Result):
    """The days that matter, in their order, each told in verbatim sentences.

    :param days: The days, ascending.
    :param sources: Every source, in the order given.
    :param warnings: What a careful user should know, one line each.
    :param signature: Version and parameters: what is needed to make it again.
    :param documents: The sources with their texts, in the order of ``sources``.
    """

    sections = timeline_sections
    documents: tuple[Document, ...] = field(default=(), repr=False, compare=False)

    @property
    def sentences(self) -> tuple[DatedSentence, ...]:
        """The quoted sentences of all days."""
        return tuple(sentence for day in self.days for sentence in day.sentences)

    def to_markdown(self, *, folder: str | PathLike[str] | None = None) -> str:
        """Render as Markdown, with the citations as footnotes.

        :param folder: The folder that it will stand in; links to files start from there, by
            default from the current one.
        """
        return render_timeline_markdown(self, folder)

    def to_dict(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers."""
        found = Result.to_dict(self)
        for sentence in chain.from_iterable(day["sentences"] for day in found["days"]):
            for name in KINDS:  # as other sources are not searched
                del sentence[name]
        return found


def read_days(documents: Iterable[AnyDocument], settings: Settings) -> tuple[Sources, DatedTable]:
    """Clean, split and weigh documents, and read what they say of when.

    :raises SummarizerError: If there is nothing to quote.
    """
    sources, table = sources_to("quote", documents, settings)
    spoken = spoken_languages(table, sources.languages, settings)
    sources, table, _ = without_off_topic(
        sources, table, lambda texts: embed(ByLanguage().among(spoken), texts), settings
    )
    table = with_concepts(table, sources, settings)
    assert table.concepts is not None
    document, position = table.document, table.position
    sectioned = np.array([structure.sectioned for structure in sources.structures])[document]
    weights = weigh_concepts(table.stems, table.concepts, document, position, sectioned, settings)
    table = with_weights(table, weights)
    issued = list(map(as_day, sources.dates))
    said: list[list[Mention]] = []
    named: dict[int, date] = {}
    dates = sorted(set(filter(None, issued)))
    for text, document in zip(table.texts(), table.document.tolist(), strict=True):
        found = find_mentions(
            text, sources.languages[document], issued[document], named.get(document), dates
        )
        for mention in found:
            if mention.whole:
                named[document] = mention.first
        said.append(found)
    published = np.array([day.toordinal() if day else 0 for day in issued], dtype=np.intp)
    published[sorted(sources.off_topic)] = 0
    return sources, DatedTable.of(table, said, published, sources.groups)


@unforked
def timeline(
    documents: Iterable[AnyDocument],
    days: int | None = None,
    per_day: int = 1,
    *,
    settings: Settings | None = None,
) -> Timeline:
    """Tell what happened when, in sentences of the documents.

    Days are those that the texts name ("on Friday", "3 May"), counted from the day of each
    document, and those on which documents were published.

    :param documents: Documents, as ``read`` returns them, or plain texts; best with their days.
    :param days: Most days; where it is None, as many as are worth it.
    :param per_day: Most sentences of a day.
    :param settings: The constants of the pipeline.
    :return: The timeline. It does not depend on the order of the documents, except for the numbers
        of the sources.
    :raises SummarizerError: If an option is out of range, there is nothing to quote, or no day is
        known.
    """
    wanted = None if days is None else checked_count("days", days)
    per_day = checked_count("per_day", per_day)
    settings = checked_settings(settings)
    sources, known = read_days(documents, settings)
    ranked = np.concatenate(rank_days(known, settings))
    if not len(ranked):
        raise SummarizerError(
            "no day is known: no document has a date, and no text names a day with its year; "
            "give each document its date"
        )
    most = wanted or days_wanted(len(ranked), settings)
    told = dict(islice(tell_days(known, ranked, per_day, settings), most))

    rows = [row for day in sorted(told) for row, _ in told[day]]
    salience = np.zeros(len(known.table))
    # Nearness to the day, which counts more where a sentence names it.
    nearness = [near for day in sorted(told) for _, near in told[day]]
    salience[rows] = np.clip(nearness, 0.0, 1.0)
    cited = cite_sentences(
        sources, known.table.with_columns(salience=salience), rows, [RowEvidence()] * len(rows)
    )
    quotes = {row: _dated(quote, known.said[row]) for row, quote in zip(rows, cited, strict=True)}
    naming = {day: {quotes[row].source for row, _ in picked} for day, picked in told.items()}
    for row, day in zip(known.row.tolist(), known.day.tolist(), strict=True):
        if day in naming:
            naming[day].add(sources.numbers[int(known.table.document[row])])
    undated = sum(day is None for day in sources.dates)
    notes = source_notes(sources)
    if undated:
        of = counted(len(sources.dates), "document")
        notes.append(f"{undated} of {of} have no date: in these, only days given with a year count")
    if wanted and len(told) < wanted:
        notes.append(
            f"only {len(told)} of the {wanted} days asked for: the sources mention no others"
        )
    return Timeline(
        days=tuple(
            TimelineDay(
                date.fromordinal(day).isoformat(),
                tuple(quotes[row] for row, _ in told[day]),
                tuple(sorted(naming[day])),
            )
            for day in sorted(told)
        ),
        sources=list_sources(sources, {quote.source for quote in cited}),
        warnings=tuple(notes),
        signature=f"summarizer {__version__} | days {wanted or 'chosen'} | per-day {per_day}",
        documents=sources.as_given,
    )


def _dated(quote: CitedSentence, said: Iterable[Mention]) -> DatedSentence:
    """Add to a quote what it says of when."""
    times = (
        Time(
            text=quote.text[mention.start : mention.end],
            start=quote.start + mention.start,
            end=quote.start + mention.end,
            first=mention.first.isoformat(),
            last=mention.last.isoformat(),
        )
        for mention in said
    )
    own = {column.name: getattr(quote, column.name) for column in fields(quote)}
    return DatedSentence(**own, times=tuple(times))
