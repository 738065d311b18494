"""Markdown: each quote with footnote-style links to its sources."""

import os
import re
from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

from ..datatypes import CitedSentence, Explanation, Source
from ..tokens import normalize_space
from .explanation import explanation_lines

# An ampersand is markup where it opens an entity.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~$]|&(?=#?\w+;))")
# Of other schemes some run scripts.
_WEB = re.compile(r"https?://", re.IGNORECASE)
_BLOCK_OPENING = re.compile(r"^(\d*)([#+.)-])")


def render_markdown(
    sentences: Sequence[CitedSentence],
    sources: Sequence[Source],
    explanations: Sequence[Explanation] = (),
) -> str:
    """Render a summary as Markdown with one footnote a source.

    :param sentences: The quoted sentences in reading order.
    :param sources: Every source; the cited ones become footnotes, the others a list.
    :param explanations: What each quote contributes, or nothing to leave that out.
    :return: The text, without a line feed at its end.
    """
    quotes = " ".join(_escape(s.text) + _footnotes(s) for s in sentences)
    footnotes = [f"[^{source.number}]: {_link(source)}" for source in sources if source.cited]
    unused = [f"- {_link(source)}" for source in sources if not source.cited]
    parts = [_BLOCK_OPENING.sub(r"\1\\\2", quotes)] if quotes else []
    if footnotes:
        parts.append("\n".join(footnotes))
    if unused:
        parts.append("\n".join(["Also read:", "", *unused]))
    if explanations:
        by_number = {source.number: source for source in sources}
        lines = ["Why these sentences:", ""]
        for sentence, explanation in zip(sentences, explanations, strict=True):
            told = explanation_lines(sentence, by_number[sentence.source], explanation)
            lines.append("- " + "<br>\n  ".join(map(_escape, told)))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _escape(text: str) -> str:
    """Keep the letters of a source from being taken for markup."""
    return _MARKUP.sub(r"\\\1", normalize_space(text))


def _footnotes(sentence: CitedSentence) -> str:
    also = "".join(f"[^{number}]" for number in sentence.also)
    same = "".join(f"[^{number}]" for number in sentence.copies)
    told = (sentence.mark, also and f"also {also}", same and f"same text in {same}")
    more = "; ".join(part for part in told if part)
    return f"[^{sentence.source}]" + (f" ({more})" if more else "")


def _link(source: Source) -> str:
    name = _escape(source.title or source.id)
    url = source.url if source.url and _WEB.match(source.url) else None
    target = url or (quote(os.fsencode(PurePath(source.path).as_posix())) if source.path else "")
    linked = f"[{name}](<{_target(target)}>)" if target else name
    return f"{linked}, {source.date}" if source.date else linked


def _target(address: str) -> str:
    return re.sub(r"[<>\s\\]", lambda match: quote(match[0]), address)
