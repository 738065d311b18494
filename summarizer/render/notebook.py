"""What a notebook shows of a summary: a few lines of HTML that look like the notebook's own."""

from collections.abc import Sequence

from ..datatypes import CitedSentence, Source
from ..text.tokens import normalize_space
from .addresses import web_address
from .differing import HEADING, disagreements, emphasize, told_differently, words_of_passage
from .escaping import escape
from .text import citation, describe


def render_fragment(sentences: Sequence[CitedSentence], sources: Sequence[Source]) -> str:
    """Render a summary as a fragment of HTML without style or script.

    :param sentences: The quoted sentences in reading order.
    :param sources: Every source; the cited ones are listed first.
    :return: A ``div``.
    """
    quotes = " ".join(
        f"<bdi>{escape(normalize_space(sentence.text))}</bdi> "
        f"<sup>{escape(citation(sentence))}</sup>"
        for sentence in sentences
    )
    parts = [f'<p dir="auto">{quotes}</p>']
    if found := disagreements(sentences):
        lines = [
            f"{escape(told_differently(*pair))}: <bdi>"
            f"{emphasize(pair[1].text, words_of_passage(pair[1]))}</bdi>"
            for pair in found
        ]
        parts.append(f"<p><strong>{HEADING}</strong><br>{'<br>'.join(lines)}</p>")
    for name, cited in (("Sources", True), ("Also read", False)):
        listed = [_source(source) for source in sources if source.cited is cited]
        if listed:
            parts.append(f"<p><strong>{name}</strong><br>{'<br>'.join(listed)}</p>")
    return f'<div class="summarizer">{"".join(parts)}</div>'


def _source(source: Source) -> str:
    address = web_address(source.url)
    told = f"<bdi>{escape(describe(source))}</bdi>"
    if address:
        told = f'<a href="{escape(address)}" rel="noopener noreferrer">{told}</a>'
    return f"[{source.number}] {told}"
