"""Plain text and text for a terminal: each quote with its citation, then the list of sources.

On a terminal, lines are wrapped to its width, and citations are dim and linked to what they cite.
"""

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ..datatypes import CitedSentence, Source, Span
from ..errors import counted
from ..text.tokens import normalize_space
from .labels import (
    citation_parts,
    contributed,
    contributions,
    describe,
    describe_difference,
    describe_exchange,
    differing_pairs,
    link_to,
    marked_words,
    reasons,
    shown_days,
    words_of_passage,
    words_of_quote,
)
from .safe import printable

if TYPE_CHECKING:
    from rich.text import Text

    from ..subject.checking import CheckedText
    from ..subject.comparing import Differences
    from ..subject.summary import Result, Summary
    from ..subject.timelines import Timeline

_LEAST_WIDTH = 20
# Scripts written without spaces break between letters, but not before closing or behind opening
# punctuation. rich breaks them at any letter.
_WIDE = "\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPENING = "\u3008\u300a\u300c\u300e\u3010\u3014\uff08\uff3b"
_CLOSING = (
    "\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\uff01\uff09\uff0c\uff1a\uff1b\uff1f\u30fc"
)
_PIECE = re.compile(rf" ?[{_OPENING}]*(?:[{_WIDE}]|[^ {_WIDE}{_OPENING}]+)?[{_CLOSING}]*")
_LINK_NAME = re.compile(r"(?<=\x1b\]8;)id=[^;]*(?=;)")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style (``dim``, ``bold`` or none), safe to print; they link to a source."""

    text: str
    kind: str = ""
    source: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line that begins with ``lead``; its wrapped lines begin with ``indent`` spaces."""

    runs: tuple[Run, ...]
    indent: int = 0
    lead: str = ""

    def __str__(self) -> str:
        return self.lead + " ".join(run.text for run in self.runs)


# What a result says: lines in sections, with an empty line between sections.
Sections = list[list[Line]]


def summary_sections(summary: "Summary", *, explain: bool = False) -> Sections:
    """Return what a summary says."""
    found: Sections = []
    days = shown_days(summary.sources)
    quotes = [run for s in summary.sentences for run in _quoted(s, days.get(s.source, ""))]
    if quotes:
        found.append([Line(tuple(quotes))])
    for heading, pairs in differing_pairs(summary).items():
        lines = (
            (Run(_safe(describe_difference(quote, other) + ":")), *_marked(other.text, spans))
            for quote, other in pairs
            for spans in [words_of_passage(other)]
        )
        found.append([_heading(heading), *(Line(runs, indent=4) for runs in lines)])
    found += _listed(summary.sources)
    if explain and summary.explanations:
        why = [_heading("Why these sentences")]
        for first, *more in reasons(summary):
            why.append(Line((Run(_safe(f"- {first}")),), indent=2))
            why += [Line((Run(_safe(line)),), indent=2, lead="  ") for line in more]
        found.append(why)
    return found


def timeline_sections(timeline: "Timeline") -> Sections:
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


def check_sections(found: "CheckedText") -> Sections:
    """Return the sentences of a checked text, each with its verdict and the passages."""
    counts = ", ".join(f"{count} {verdict}" for verdict, count in found.counts.items() if count)
    parts = [[_heading(f"{counted(len(found.sentences), 'sentence')}: {counts}")]]
    for sentence in found.sentences:
        quoted = _marked(sentence.text, sentence.differing_spans)
        lines = [Line((Run(f"{sentence.verdict.upper()}:"), *quoted), indent=2)]
        for passage in sentence.passages:
            words = "; ".join(map(describe_exchange, passage.differences))
            said = (words + ": " if words else "") + passage.text
            named = Run(f"[{passage.source}]", "dim", passage.source)
            lines.append(Line((named, Run(_safe(said))), indent=4, lead="  "))
        if sentence.misses:
            missed = f"cites {', '.join(map(str, sentence.misses))}, where it was not found"
            lines.append(Line((Run(missed),), indent=4, lead="  "))
        parts.append(lines)
    return [*parts, _named("Sources", found.sources)]


def difference_sections(found: "Differences") -> Sections:
    """Return values that sources give differently, each with the sentences that give it."""
    parts: Sections = []
    for name, listed in (
        ("Where sources differ", found.disagreements),
        ("What changed from day to day", found.series),
    ):
        parts += [[_heading(name)]] if listed else []
        for one in listed:
            mentions = (mention for version in one.versions for mention in version.mentions)
            parts.append([Line((Run(_safe(str(mention))),), indent=4) for mention in mentions])
    parts = parts or [[_heading("No difference was found; there may be some.")]]
    return [*parts, _named("Sources", found.sources)]


def _listed(sources: Sequence[Source]) -> Sections:
    """Return the sources that are cited, and then the others."""
    named = {
        "Sources": [source for source in sources if source.cited],
        "Not cited": [source for source in sources if not source.cited],
    }
    return [_named(name, some) for name, some in named.items() if some]


def _named(name: str, sources: Iterable[Source]) -> list[Line]:
    return [
        _heading(name),
        *(
            Line((Run(f"[{s.number}]", "dim", s.number), Run(_safe(describe(s)), "", s.number)), 4)
            for s in sources
        ),
    ]


def as_text(parts: Sections) -> str:
    """Return sections as plain text, safe to print, without a line feed at its end."""
    return "\n\n".join("\n".join(map(str, part)) for part in parts)


def render_sources_text(summary: "Summary") -> str:
    """Render only the list of sources, a line each with what it contributed."""
    pairs = zip(summary.sources, contributions(summary), strict=True)
    return "\n".join(f"[{s.number}] {_safe(describe(s))}: {contributed(part)}" for s, part in pairs)


def _safe(text: str) -> str:
    return printable(normalize_space(text))


def _heading(name: str) -> Line:
    return Line((Run(name),))


def _quoted(sentence: CitedSentence, day: str) -> Iterator[Run]:
    """Yield a quote and its citation, each number of which leads to its source."""
    yield from _marked(sentence.text, words_of_quote(sentence))
    for text, source in citation_parts(sentence, day):
        yield from (Run(word, "dim", source) for word in printable(text).split())


def _marked(text: str, spans: Iterable[Span]) -> Iterator[Run]:
    """Yield the words of a text, those in the spans in bold."""
    for strong, words in groupby(marked_words(text, spans), key=lambda pair: pair[1]):
        yield Run(printable(" ".join(word for word, _ in words)), "bold" if strong else "")


@dataclass(frozen=True, slots=True)
class Style:
    """How to write to a stream; without a ``width``, lines are not wrapped."""

    width: int | None = None
    color: bool = False
    links: bool = False


def find_style(stream: TextIO | None, environ: Mapping[str, str]) -> Style:
    """Find the style for a stream; None is a file.

    ``NO_COLOR``, then ``FORCE_COLOR``, then whether it is a terminal decide about colors, and
    ``FORCE_HYPERLINK`` about links, which else a terminal gets that gets colors.
    """
    terminal = stream is not None and stream.isatty()
    colored = not environ.get("NO_COLOR") and (
        (stream is not None and bool(environ.get("FORCE_COLOR")))
        or (terminal and environ.get("TERM") != "dumb")
    )
    linked = environ.get("FORCE_HYPERLINK", "1" if terminal else "0") not in {"", "0"}
    width = max(shutil.get_terminal_size().columns, _LEAST_WIDTH) if terminal else None
    return Style(width, colored, colored and linked)


def render_terminal(found: "Result", style: Style, **how: bool) -> str:
    """Render a result as ``to_text(**how)`` does, with styles; citations link to the sources."""
    parts = found.sections(**how)
    if style == Style():
        return as_text(parts)
    from rich.console import Console

    targets = {s.number: link_to(s, _file_address) for s in found.sources} if style.links else {}
    wrapped = [[_wrapped(line, style.width, targets) for line in part] for part in parts]
    if not style.color:
        return "\n\n".join("\n".join(text.plain for text in part) for part in wrapped)
    console = Console(force_terminal=True, color_system="standard", no_color=False)
    with console.capture() as capture:
        for number, part in enumerate(wrapped):
            console.print(*[""] * bool(number), *part, sep="\n", soft_wrap=True)
    # rich gives links random ids.
    return _LINK_NAME.sub("", capture.get()).removesuffix("\n")


def _file_address(file: str) -> str:
    return Path(file).absolute().as_uri()


def _wrapped(line: Line, width: int | None, targets: Mapping[int, str]) -> "Text":
    """Return a line with its styles, wrapped to the width."""
    from rich.cells import cell_len
    from rich.style import Style as Look
    from rich.text import Text

    text = Text(line.lead)
    for number, run in enumerate(line.runs):
        text.append(" " * bool(number))
        dim, bold = (run.kind == kind or None for kind in ("dim", "bold"))
        text.append(run.text, Look(dim=dim, bold=bold, link=targets.get(run.source) or None))
    if width is None:
        return text
    cuts: list[int] = []
    begin = used = len(line.lead)
    for piece in _PIECE.finditer(text.plain, begin):
        size = cell_len(piece[0])
        if size and piece.start() > begin and used + size > width:
            blank = piece[0].startswith(" ")
            cuts.append(piece.start() + blank)
            used, size = line.indent, size - blank
        used += size
    first, *more = text.divide(cuts)
    for wrapped in more:
        first.rstrip()
        first.append("\n" + " " * line.indent)
        first.append_text(wrapped)
    return first
