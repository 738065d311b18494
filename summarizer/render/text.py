"""Plain text: one sentence after the other with its citation, then the list of sources."""

from collections.abc import Sequence

from ..datatypes import CitedSentence, Explanation, Source
from ..text.tokens import normalize_space
from .differing import HEADING, disagreements, told_differently
from .explanation import explanation_lines


def citation(sentence: CitedSentence) -> str:
    """Return the marker behind a quote, e.g. ``[1, page 3; also 3, 5; differs 4]``."""
    where = f", {sentence.mark}" if sentence.mark else ""
    also = f"; also {', '.join(map(str, sentence.also))}" if sentence.also else ""
    same = f"; same text in {', '.join(map(str, sentence.copies))}" if sentence.copies else ""
    other = f"; differs {', '.join(map(str, sentence.differs))}" if sentence.differs else ""
    return f"[{sentence.source}{where}{also}{same}{other}]"


def describe(source: Source) -> str:
    """Return a source in one line: title, author, site, date and where it is to be found."""
    where = [normalize_space(place) for place in (source.url, source.path) if place]
    parts = [normalize_space(source.title), *map(normalize_space, source.published), *where]
    named = " · ".join(part for part in parts if part) or source.id
    told = [f"shares text with [{source.copy_of}]"] if source.copy_of else []
    told += [] if source.sentences else ["nothing to quote"]
    return f"{named} ({', '.join(told)})" if told else named


def render_text(
    sentences: Sequence[CitedSentence],
    sources: Sequence[Source],
    explanations: Sequence[Explanation] = (),
) -> str:
    """Render a summary for a terminal or a mail.

    :param sentences: The quoted sentences in reading order.
    :param sources: Every source; the cited ones are listed first.
    :param explanations: What each quote contributes, or nothing to leave that out.
    :return: The text, without a line feed at its end.
    """
    quotes = " ".join(f"{normalize_space(s.text)} {citation(s)}" for s in sentences)
    listed = [f"[{source.number}] {describe(source)}" for source in sources if source.cited]
    unused = [f"[{source.number}] {describe(source)}" for source in sources if not source.cited]
    parts = [quotes] if quotes else []
    if found := disagreements(sentences):
        lines = [f"{told_differently(*pair)}: {normalize_space(pair[1].text)}" for pair in found]
        parts.append("\n".join([HEADING, *lines]))
    if listed:
        parts.append("\n".join(["Sources", *listed]))
    if unused:
        parts.append("\n".join(["Also read", *unused]))
    if explanations:
        by_number = {source.number: source for source in sources}
        lines = ["Why these sentences"]
        for sentence, explanation in zip(sentences, explanations, strict=True):
            told = explanation_lines(sentence, by_number[sentence.source], explanation)
            lines.append("- " + "\n  ".join(told))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)
