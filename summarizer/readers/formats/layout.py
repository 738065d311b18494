"""Lines on pages to paragraphs, as a reader puts them together."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

from ..documents import GAP

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:page|seite|página|pagina|pág|стр|pg|p|s)\b\.?\s*)?\d{1,3}"
    r"(?:\s*(?:/|of|von|de|di|из)\s*\d{1,3})?[-–—|\s]*",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…。！？؟।:][\"'”’»)\]\d]{0,4}$")
_EDGE_LINES = 2
_LEAST_REPEATS = 2
_REPEATED_SHARE = 0.4
# Some heads change with the chapter.
_MOST_REPEATS = 3
_WIDE_GAP = 1.3
_OTHER_SIZE = 0.15
_SHORT_LINE = 0.85
_INDENT = 0.6
SOFT_HYPHEN = "\xad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_END = re.compile(r"([^\W\d_]+)-$")
_WORD_START = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or several that words divided at their ends hold together.

    :param text: Its text; a soft hyphen at its end is one that the typesetting put there.
    :param left: Where it begins, in points from the left edge of the page.
    :param right: Where it ends; that of the last, where there are several.
    :param bottom: Its lower edge in points from the bottom of the page; that of the last.
    :param top: Its upper edge; that of the first.
    :param height: The height of its letters in points.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    height: float


def join_pages(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...]]:
    """Put the lines of all pages together to paragraphs.

    :param pages: The lines of each page in reading order.
    :return: Paragraphs with an empty line between, each in one line, and where each page begins.
    """
    bodies = _without_running_heads(pages)
    words = Counter(
        word.lower() for page in bodies for line in page for word in _WORD.findall(line.text)
    )
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    previous: Line | None = None
    for page in bodies:
        breaks = _paragraph_breaks(page)
        starts.append(length)
        for place, line in enumerate(page):
            text = line.text
            if previous is not None:
                new = place in breaks or (place == 0 and _ENDED.search(previous.text) is not None)
                joint = GAP if new else _joint(parts[-1], text, words)
                if joint is None or (new and parts[-1].endswith(SOFT_HYPHEN)):
                    parts[-1] = parts[-1][:-1]
                    length -= 1
                parts.append(joint or "")
                length += len(joint or "")
            if place == 0:
                starts[-1] = length
            parts.append(text)
            length += len(text)
            previous = line
    joined = "".join(parts).removesuffix(SOFT_HYPHEN)
    # A blank page within a divided word began behind the hyphen that went.
    last_first = accumulate([len(joined), *reversed(starts)], min)
    return joined, tuple(last_first)[:0:-1]


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out page numbers, and what stands at the edge of many pages but for its numbers."""
    edges = [_edge(page) for page in pages]
    counted: Counter[str] = Counter()
    for page, edge in zip(pages, edges, strict=True):
        counted.update({_key(page[place]) for place in edge})
    most = min(max(_LEAST_REPEATS, _REPEATED_SHARE * len(pages)), _MOST_REPEATS)
    return [
        [
            line
            for place, line in enumerate(page)
            if place not in edge
            or not (counted[_key(line)] >= most or _PAGE_NUMBER.fullmatch(line.text))
        ]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edge(page: Sequence[Line]) -> set[int]:
    """Return the places of the uppermost and the lowest lines of a page."""
    order = sorted(range(len(page)), key=lambda place: page[place].top)
    return set(order[:_EDGE_LINES] + order[-_EDGE_LINES:])


def _key(line: Line) -> str:
    return _NUMBER.sub("0", line.text)


def _paragraph_breaks(page: Sequence[Line]) -> set[int]:
    """Return the places of lines that begin a paragraph within a page."""
    gaps = [above.bottom - (line.top - line.height) for above, line in pairwise(page)]
    leading = median([gap for gap in gaps if gap > 0] or [0.0])
    breaks: set[int] = set()
    for place, (above, line) in enumerate(pairwise(page), 1):
        gap = gaps[place - 1]
        ended = _ENDED.search(above.text) is not None
        if gap <= 0:  # the next column
            if ended:
                breaks.add(place)
            continue
        # Letters of a height of 0 have no column.
        right = [other.right for other in page if abs(other.left - above.left) < 2 * above.height]
        lefts = [other.left for other in page if _same_column(other, line)]
        left = min([above.left, *lefts])
        width = max([above.right, *right]) - left
        short = ended and above.right - left < _SHORT_LINE * width
        indented = ended and _INDENT * line.height < line.left - left < 4 * line.height
        other_size = abs(line.height - above.height) > _OTHER_SIZE * above.height
        if gap > _WIDE_GAP * leading or other_size or short or indented:
            breaks.add(place)
    return breaks


def _same_column(a: Line, b: Line) -> bool:
    return abs(a.left - b.left) < 4 * b.height


def _joint(above: str, line: str, words: Counter[str]) -> str | None:
    """Return what stands between two lines of a paragraph; None where the hyphen above goes."""
    if above.endswith(SOFT_HYPHEN):
        return None
    ending = _WORD_END.search(above)
    start = _WORD_START.match(line)
    if ending is None or start is None:
        return " "
    joined = f"{ending[1]}{start[0]}".lower()
    hyphenated = f"{ending[1]}-{start[0]}".lower()
    divided = start[0][0].islower() and words[hyphenated] <= words[joined]
    return None if divided else ""
