"""Plain text: one sentence after the other with its citation, then the list of sources."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ..datatypes import CitedSentence, Source
from ..text.tokens import normalize_space
from .labels import (
    Span,
    citation,
    contributions,
    describe,
    differing_pairs,
    marked_words,
    reasons,
    shown_days,
    told_differently,
    words_of_passage,
    words_of_quote,
)
from .safe import printable

if TYPE_CHECKING:
    from ..summary import Summary
    from ..timelines import Timeline


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; between two runs of a line stands a blank.

    :param text: The words, safe to print.
    :param kind: ``dim`` for citations, ``bold`` for words that differ, else empty.
    :param source: The number of the source that they lead to; 0 for none.
    """

    text: str
    kind: str = ""
    source: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line, which a terminal may wrap.

    :param runs: What it says.
    :param indent: How many blanks open what is wrapped.
    :param lead: What opens the line itself.
    """

    runs: tuple[Run, ...]
    indent: int = 0
    lead: str = ""

    def __str__(self) -> str:
        return self.lead + " ".join(run.text for run in self.runs)


def sections(summary: "Summary", *, explain: bool = False) -> list[list[Line]]:
    """Return what a summary says, section by section.

    :param summary: The summary.
    :param explain: Whether to say why each sentence was picked.
    """
    found: list[list[Line]] = []
    days = shown_days(summary.sources)
    quotes = [run for s in summary.sentences for run in _quoted(s, days.get(s.source, ""))]
    if quotes:
        found.append([Line(tuple(quotes))])
    for heading, pairs in differing_pairs(summary).items():
        lines = (
            (Run(_safe(told_differently(quote, other) + ":")), *_marked(other.text, spans))
            for quote, other in pairs
            for spans in [words_of_passage(other)]
        )
        found.append([_heading(heading), *(Line(runs, indent=4) for runs in lines)])
    found += _listed(summary.sources)
    if explain and summary.explanations:
        told = [_heading("Why these sentences")]
        for first, *more in reasons(summary):
            told.append(Line((Run(_safe(f"- {first}")),), indent=2))
            told += [Line((Run(_safe(line)),), indent=2, lead="  ") for line in more]
        found.append(told)
    return found


def timeline_sections(timeline: "Timeline") -> list[list[Line]]:
    """Return what a timeline says, day by day, and its sources."""
    days = shown_days(timeline.sources)
    found = [
        [
            Line((Run(day.date, "bold"),)),
            *(
                Line(tuple(_quoted(s, days.get(s.source, ""))), indent=2, lead="  ")
                for s in day.sentences
            ),
        ]
        for day in timeline.days
    ]
    return found + _listed(timeline.sources)


def _listed(sources: Iterable[Source]) -> list[list[Line]]:
    """Return the sources that are cited, and then the others."""
    found: list[list[Line]] = []
    for name, cited in (("Sources", True), ("Also read", False)):
        listed = [
            Line((Run(f"[{s.number}]", "dim", s.number), Run(_safe(describe(s)), "", s.number)), 4)
            for s in sources
            if s.cited is cited
        ]
        found += [[_heading(name), *listed]] if listed else []
    return found


def render_text(summary: "Summary", *, explain: bool = False) -> str:
    """Render a summary for a mail or a pipe, safe to print, without a line feed at its end.

    :param summary: The summary.
    :param explain: Whether to say why each sentence was picked.
    """
    return as_text(sections(summary, explain=explain))


def as_text(parts: Iterable[Iterable[Line]]) -> str:
    """Return sections as plain text, an empty line between two."""
    return "\n\n".join("\n".join(map(str, part)) for part in parts)


def render_sources_text(summary: "Summary") -> str:
    """Render the list of sources alone: a line a source and what it contributed."""
    pairs = zip(summary.sources, contributions(summary), strict=True)
    return "\n".join(f"[{s.number}] {_safe(describe(s))}: {told}" for s, told in pairs)


def _safe(text: str) -> str:
    return printable(normalize_space(text))


def _heading(name: str) -> Line:
    return Line((Run(name),))


def _quoted(sentence: CitedSentence, day: str) -> Iterator[Run]:
    """Yield a quote and its citation, each number of which leads to its source."""
    yield from _marked(sentence.text, words_of_quote(sentence))
    source, others = sentence.source, False
    for word in printable(citation(sentence, day)).split():
        others = others or word in {"also", "same", "differs"}
        if others:
            number = word.strip(",;]")
            source = int(number) if number.isdecimal() else 0
        yield Run(word, "dim", source)


def _marked(text: str, spans: Iterable[Span]) -> Iterator[Run]:
    """Yield the words of a text, those in the spans in bold."""
    for strong, words in groupby(marked_words(text, spans), key=lambda pair: pair[1]):
        yield Run(printable(" ".join(word for word, _ in words)), "bold" if strong else "")
