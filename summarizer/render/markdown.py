"""Markdown: each quote with footnote-style links to its sources."""

import os
import re
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path, PurePath
from urllib.parse import quote

from ..datatypes import CitedSentence, Disagreement, Explanation, Source
from ..readers.paths import is_remote
from ..text.tokens import normalize_space
from .addresses import encode_address, file_of, web_address
from .differing import HEADING, disagreements
from .explanation import explanation_lines

# An ampersand is markup where it opens an entity.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~$]|&(?=#?\w+;))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BLOCK_OPENING = re.compile(r"^(\d*)([#+.)-])")


def render_markdown(
    sentences: Sequence[CitedSentence],
    sources: Sequence[Source],
    explanations: Sequence[Explanation] = (),
    folder: str | PathLike[str] | None = None,
) -> str:
    """Render a summary as Markdown with one footnote a source.

    :param sentences: The quoted sentences in reading order.
    :param sources: Every source; the cited ones become footnotes, the others a list.
    :param explanations: What each quote contributes, or nothing to leave that out.
    :param folder: The folder that it will stand in; links to files start from there, by default
        from the current one.
    :return: The text, without a line feed at its end.
    """
    quotes = " ".join(_escape(s.text) + _footnotes(s) for s in sentences)
    by_number = {source.number: source for source in sources}
    links = {s.number: link_source(s, folder) + _shared(s, by_number) for s in sources}
    footnotes = [
        f"[^{source.number}]: {links[source.number]}" for source in sources if source.cited
    ]
    unused = [f"- {links[source.number]}" for source in sources if not source.cited]
    parts = [_open(quotes)] if quotes else []
    if found := disagreements(sentences):
        parts.append("\n".join([f"{HEADING}:", "", *(_differing(*pair) for pair in found)]))
    if footnotes:
        parts.append("\n".join(footnotes))
    if unused:
        parts.append("\n".join(["Also read:", "", *unused]))
    if explanations:
        lines = ["Why these sentences:", ""]
        for sentence, explanation in zip(sentences, explanations, strict=True):
            told = explanation_lines(sentence, by_number[sentence.source], explanation)
            lines.append("- " + "<br>\n  ".join(_open(_escape(line)) for line in told))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _escape(text: str) -> str:
    """Keep the letters of a source from being taken for markup."""
    return _MARKUP.sub(r"\\\1", normalize_space(text))


def _open(text: str) -> str:
    """Keep the first letters of a line from being taken for a heading or a list."""
    return _BLOCK_OPENING.sub(r"\1\\\2", text)


def _footnotes(sentence: CitedSentence) -> str:
    also = "".join(f"[^{number}]" for number in sentence.also)
    same = "".join(f"[^{number}]" for number in sentence.copies)
    other = "".join(f"[^{number}]" for number in sentence.differs)
    told = (
        sentence.mark,
        also and f"also {also}",
        same and f"same text in {same}",
        other and f"differs {other}",
    )
    more = "; ".join(part for part in told if part)
    return f"[^{sentence.source}]" + (f" ({more})" if more else "")


def _differing(sentence: CitedSentence, passage: Disagreement) -> str:
    words = "; ".join(
        f"[^{passage.source}] says **{_escape(difference.other_text)}**, "
        f"[^{sentence.source}] **{_escape(difference.text)}**"
        for difference in passage.differences
    )
    return f"- {words}: {_escape(passage.text)}"


def link_source(source: Source, folder: str | PathLike[str] | None) -> str:
    """Return the name of a source, linked to where it is, and its date."""
    name = _escape(source.title or source.id)
    target = _target(source, folder)
    linked = f"[{name}](<{target}>)" if target else _open(name)
    remote = [source.path] if not target and source.path else []
    return ", ".join([linked, *map(_escape, [*source.published, *remote])])


def _shared(source: Source, by_number: Mapping[int, Source]) -> str:
    """Name the source that shares its text: by its footnote, or by its title where it has none."""
    original = by_number.get(source.copy_of or 0)
    if original is None:
        return ""
    name = f"[^{original.number}]" if original.cited else _escape(original.title or original.id)
    return f" (shares text with {name})"


def _target(source: Source, folder: str | PathLike[str] | None) -> str:
    address = web_address(source.url)
    if address or not source.path or is_remote(source.path):
        return _ENTITY.sub("&amp;", encode_address(address or ""))
    file = file_of(source.path)
    if folder is not None and not Path(file).is_absolute():
        file = os.path.relpath(file, folder)
    return quote(os.fsencode(PurePath(file).as_posix()))
