"""Lines on pages to paragraphs, as a reader puts them together."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from statistics import median

from ..documents import GAP

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\A[-–—|\s]{0,20}(?:(?:page|seite|página|pagina|pág|стр|pg|p|s)\b\.?\s{0,9})?\d{1,3}"
    r"(?:\s{0,9}(?:/|of|von|de|di|из)\s{0,9}\d{1,3})?[-–—|\s]{0,20}",
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
# Of the height of letters: a space that is wider than those between words.
WIDE_BLANK = 0.8
# At least this many lines begin after a gutter between columns, within so many points of one
# another, and so many words stand on either side of it in the mean.
_COLUMN_LINES = 3
_ALIGNED = 2.0
_COLUMN_WORDS = 3
# Notes at the foot of a page are set in letters of at most this height of those of its text.
_NOTE_HEIGHT = 0.92
_NOTE_MARK = re.compile(r"(?:[\d¹²³⁰⁴-⁹]{1,3}|[*†‡§])[.)]?\s?(?=\S)")
SOFT_HYPHEN = "\xad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_END = re.compile(r"([^\W\d_]{1,50})-$")
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


def in_columns(rows: Sequence[Sequence[Line]]) -> list[Line]:
    """Order the lines of a page whose columns were set across, line by line.

    :param rows: What stands at one height, divided at wide spaces, from left to right.
    :return: Lines in the order in which they are read: between lines that go across the page, one
        column after the other.
    """
    gutters = _gutters(rows)
    lines: list[Line] = []
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]

    def flush() -> None:
        for column in columns:
            lines.extend(column)
            column.clear()

    for row in rows:
        if any(_crosses(part, gutter) for part in row for gutter in gutters) or not gutters:
            flush()
            lines.append(_whole(row))
            continue
        for part in row:
            columns[sum(gutter <= part.left + _ALIGNED for gutter in gutters)].append(part)
    flush()
    return lines


def _gutters(rows: Sequence[Sequence[Line]]) -> list[float]:
    """Return where the columns but the first begin that are set across a page, ascending."""
    edges = sorted(
        (part.left, len(above.text.split()), len(part.text.split()))
        for row in rows
        for above, part in pairwise(row)
    )
    found: list[float] = []
    while edges:
        left = edges[0][0]
        group = [edge for edge in edges if edge[0] <= left + _ALIGNED]
        edges = edges[len(group) :]
        enough = _COLUMN_WORDS * len(group)
        if (
            len(group) >= _COLUMN_LINES
            and sum(edge[1] for edge in group) >= enough
            and sum(edge[2] for edge in group) >= enough
            and sum(_crosses(part, left) for row in rows for part in row) <= len(group)
        ):
            found.append(left)
    return found


def _crosses(line: Line, gutter: float) -> bool:
    return line.left < gutter - _ALIGNED and line.right > gutter


def _whole(row: Sequence[Line]) -> Line:
    """Put the parts of a line together again."""
    first, last = row[0], row[-1]
    if first is last:
        return first
    text = " ".join(part.text for part in row)
    return replace(first, text=text, right=last.right, bottom=last.bottom)


def join_pages(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...]]:
    """Put the lines of all pages together to paragraphs.

    :param pages: The lines of each page in reading order.
    :return: Paragraphs with an empty line between, each in one line, and where each page begins.
    """
    bodies = [_with_notes_apart(page) for page in _without_running_heads(pages)]
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
    # A blank page within a divided word began after the hyphen that went.
    last_first = accumulate([len(joined), *reversed(starts)], min)
    return joined, tuple(last_first)[:0:-1]


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out page numbers, and what stands at the edge of many pages but for its numbers."""
    edges = [_edge(page) for page in pages]
    counted: Counter[str] = Counter()
    for page, edge in zip(pages, edges, strict=True):
        counted.update({_key(page[place]) for place in edge})
    most = min(max(_LEAST_REPEATS, _REPEATED_SHARE * len(pages)), _MOST_REPEATS)
    bodies = [
        [
            line
            for place, line in enumerate(page)
            if place not in edge
            or not (counted[_key(line)] >= most or _PAGE_NUMBER.fullmatch(line.text))
        ]
        for page, edge in zip(pages, edges, strict=True)
    ]
    left, given = (
        sum(len(line.text) for page in all_ for line in page) for all_ in (bodies, pages)
    )
    # Pages that are alike but for their numbers, such as bills, consist of no heads.
    return bodies if 2 * left >= given else [list(page) for page in pages]


def _with_notes_apart(page: list[Line]) -> list[Line]:
    """Put the notes at the foot of a page before the paragraph that goes on overleaf.

    They stay on their page and cut no sentence in two.
    """
    usual = median(line.height for line in page) if page else 0.0
    notes = len(page)
    while notes and page[notes - 1].height <= _NOTE_HEIGHT * usual:
        notes -= 1
    while notes < len(page) and not _NOTE_MARK.match(page[notes].text):
        notes += 1
    text = page[:notes]
    if notes == len(page) or not text or _ENDED.search(text[-1].text):
        return page
    last = max((place for place in _paragraph_breaks(text)), default=0)
    without_marks = [
        replace(note, text=_NOTE_MARK.sub("", note.text, count=1)) for note in page[notes:]
    ]
    return [*text[:last], *without_marks, *text[last:]] if last else page


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
