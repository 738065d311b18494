"""The text of a source with the passages in it that the summary refers to."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .differing import emphasize

Span = tuple[int, int]


def passage_id(source: int, span: Span) -> str:
    """Return the name of a passage in the page."""
    return f"p{source}-{span[0]}-{span[1]}"


def mark_passages(
    text: str,
    source: int,
    passages: Mapping[Span, Sequence[int]],
    differing: Sequence[Span] = (),
) -> str:
    """Mark passages in a text, of which nothing else changes.

    :param text: The text of a source.
    :param source: Its number.
    :param passages: For each (start, end) the numbers of the sentences of the summary that it
        backs; none for what is only on the map. Passages may overlap.
    :param differing: The (start, end) of words in them that another source gives differently.
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
        within = [(one - start, other - start) for one, other in differing if start <= one < end]
        shown = emphasize(text[start:end], within)
        parts.append(_segment(shown, source, active, opening, passages))
    return "".join(parts)


def _segment(
    shown: str,
    source: int,
    active: Sequence[Span],
    opening: Sequence[Span],
    passages: Mapping[Span, Sequence[int]],
) -> str:
    """Return a stretch, made HTML, in which the same passages stand from first to last letter."""
    if not active:
        return shown
    names = [passage_id(source, span) for span in opening]
    anchors = "".join(f'<span id="{name}"></span>' for name in names[1:])
    identity = f' id="{names[0]}"' if names else ""
    numbers = sorted({number for span in active for number in passages[span]})
    if not numbers:
        return f"{anchors}<span{identity}>{shown}</span>"
    backs = " ".join(map(str, numbers))
    return f'{anchors}<mark{identity} data-backs="{backs}">{shown}</mark>'
