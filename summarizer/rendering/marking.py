"""The text of a source with the passages in it that the summary refers to."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .escaping import escape

Span = tuple[int, int]


def passage_id(source: int, span: Span) -> str:
    """Return the name of a passage in the page."""
    return f"p{source}-{span[0]}-{span[1]}"


def mark_passages(text: str, source: int, passages: Mapping[Span, Sequence[int]]) -> str:
    """Mark passages in a text, of which nothing else changes.

    :param text: The text of a source.
    :param source: Its number.
    :param passages: For each (start, end) the numbers of the sentences of the summary that it
        backs; none for what is only on the map. Passages may overlap.
    :return: HTML whose text is the text.
    """
    spans = sorted(span for span in passages if 0 <= span[0] < span[1] <= len(text))
    cuts = sorted({0, len(text), *(cut for span in spans for cut in span)})
    parts: list[str] = []
    waiting = list(reversed(spans))
    active: list[Span] = []
    for start, end in pairwise(cuts):
        active = [span for span in active if span[1] > start]
        opening: list[Span] = []
        while waiting and waiting[-1][0] == start:
            opening.append(waiting.pop())
        active += opening
        parts.append(_segment(text[start:end], source, active, opening, passages))
    return "".join(parts)


def _segment(
    text: str,
    source: int,
    active: Sequence[Span],
    opening: Sequence[Span],
    passages: Mapping[Span, Sequence[int]],
) -> str:
    """Return a stretch in which the same passages stand from its first to its last character."""
    if not active:
        return escape(text, quote=False)
    names = [passage_id(source, span) for span in opening]
    anchors = "".join(f'<span id="{name}"></span>' for name in names[1:])
    identity = f' id="{names[0]}"' if names else ""
    numbers = sorted({number for span in active for number in passages[span]})
    if not numbers:
        return f"{anchors}<span{identity}>{escape(text, quote=False)}</span>"
    backs = " ".join(map(str, numbers))
    return f'{anchors}<mark{identity} data-backs="{backs}">{escape(text, quote=False)}</mark>'
