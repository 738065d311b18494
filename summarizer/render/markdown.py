"""Markdown: each quote with footnote-style links to its sources."""

import os
import re
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..datatypes import CitedSentence, DifferingPassage, Source
from ..text.tokens import normalize_space
from .labels import (
    contributed,
    contributions,
    describe_difference,
    differing_pairs,
    link_to,
    mentions,
    published,
    reasons,
    shown_place,
)
from .safe import printable

if TYPE_CHECKING:
    from ..subject.summary import Summary
    from ..subject.timelines import Timeline

# An ampersand that opens an entity is markup, and so are a colon and a dot that make a link.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~$]|&(?=#?\w+;)|:(?=//)|(?<=\bwww)\.)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BLOCK_OPENING = re.compile(r"^(\d*)([#+.)-])")


def render_markdown(
    summary: "Summary", *, explain: bool = False, folder: str | PathLike[str] | None = None
) -> str:
    """Render a summary as Markdown with one footnote a cited source; no line feed ends it.

    Links to files start from ``folder``, by default the current one.
    """
    quotes = " ".join(_escape(s.text) + _footnotes(s) for s in summary.sentences)
    parts = [_open(quotes)] if quotes else []
    for heading, pairs in differing_pairs(summary).items():
        parts.append("\n".join([f"{heading}:", "", *(_differing(*pair) for pair in pairs)]))
    parts += _listed(summary.sources, folder)
    if explain and summary.explanations:
        lines = ["<br>\n  ".join(_open(_escape(line)) for line in why) for why in reasons(summary)]
        parts.append("\n".join(["Why these sentences:", "", *(f"- {why}" for why in lines)]))
    return "\n\n".join(parts)


def render_timeline_markdown(
    timeline: "Timeline", folder: str | PathLike[str] | None = None
) -> str:
    """Render a timeline as Markdown: an item a day, with one footnote a source."""
    days = [
        f"- **{day.date}** " + " ".join(_escape(s.text) + _footnotes(s) for s in day.sentences)
        for day in timeline.days
    ]
    return "\n\n".join(["\n".join(days), *_listed(timeline.sources, folder)])


def _listed(sources: Sequence[Source], folder: str | PathLike[str] | None) -> list[str]:
    """Return the footnotes of the cited sources, and a list of the others."""
    by_number = {source.number: source for source in sources}
    links = {
        number: _linked(source, folder) + _shared(source, by_number)
        for number, source in by_number.items()
    }
    footnotes = [f"[^{s.number}]: {links[s.number]}" for s in sources if s.cited]
    unused = [f"- {links[s.number]}" for s in sources if not s.cited]
    found = ["\n".join(footnotes)] if footnotes else []
    return found + (["\n".join(["Not cited:", "", *unused])] if unused else [])


def render_sources_markdown(summary: "Summary", folder: str | PathLike[str] | None = None) -> str:
    """Render only the list of sources, each with what it contributed."""
    pairs = zip(summary.sources, contributions(summary), strict=True)
    return "\n".join(f"{s.number}. {_linked(s, folder)}: {contributed(part)}" for s, part in pairs)


def _escape(text: str) -> str:
    """Escape what Markdown would take for markup."""
    return printable(_MARKUP.sub(r"\\\1", normalize_space(text)))


def _open(text: str) -> str:
    """Escape the start of a line that Markdown would take for a heading or a list."""
    return _BLOCK_OPENING.sub(r"\1\\\2", text)


def _footnotes(sentence: CitedSentence) -> str:
    lines = [_escape(shown_place(sentence))] if shown_place(sentence) else []
    for kind, passages in mentions(sentence):
        marks = "".join(
            f"[^{passage.source}]" + (f" ({passage.language})" if passage.language else "")
            for passage in passages
        )
        lines.append(f"{kind.before} {marks}{kind.after}")
    return f"[^{sentence.source}]" + (f" ({'; '.join(lines)})" if lines else "")


def _differing(sentence: CitedSentence, passage: DifferingPassage) -> str:
    words = describe_difference(sentence, passage, "[^{}]", lambda words: f"**{_escape(words)}**")
    return f"- {words}: {_escape(passage.text)}"


def _linked(source: Source, folder: str | PathLike[str] | None) -> str:
    """Return the name of a source, linked to where it is, and its date."""
    name = _escape(source.title or source.id)
    target = _target(source, folder)
    linked = f"[{name}](<{target}>)" if target else _open(name)
    remote = [source.path] if not target and source.path else []
    return ", ".join([linked, *map(_escape, [*published(source), *remote])])


def _shared(source: Source, by_number: Mapping[int, Source]) -> str:
    """Name the source that shares its text: by its footnote, or by its title where it has none."""
    original = by_number.get(source.copy_of or 0)
    if original is None:
        return ""
    name = f"[^{original.number}]" if original.cited else _escape(original.title or original.id)
    return f" (shares text with {name})"


def _target(source: Source, folder: str | PathLike[str] | None) -> str:
    def relative(file: str) -> str:
        if folder is not None and not Path(file).is_absolute():
            file = os.path.relpath(file, folder)
        return quote(os.fsencode(PurePath(file).as_posix()))

    return _ENTITY.sub("&amp;", link_to(source, relative))
