"""Furniture of whole sentences inside and below an article: pitches, comments, notes.

It is short, and set apart: by a label of one word before it, by standing in one block with
fragments where the article leaves a line empty between paragraphs, or by a rule above it.
"""

import re
from collections import Counter
from collections.abc import Sequence

from .paragraphs import Paragraph

_SHORT = 25
_LABEL = re.compile(r"[^\W_][\w.’'-]{2,24}:\s")
_QUOTED = re.compile('["“”«»„]')
_RULE = re.compile(r"(?:_{3,}|-{3,}|\*{3,}|={3,}|(?:\* ?){3,})$")
_RIGHTS = re.compile(r"(?:copyright\s)?(?:©|\(c\)\s|copyright\s+\d{4})", re.IGNORECASE)
# A transcript labels its speakers: where so many paragraphs have a label, it sets nothing apart.
_TRANSCRIPT = 0.3
_ALONE = 0.5
_FOOT = 0.25


def find_boxes(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Find the furniture among the paragraphs of a body.

    :param paragraphs: The body, fragments included.
    :return: Places in ``paragraphs``.
    """
    prose = [number for number, paragraph in enumerate(paragraphs) if paragraph.prose]
    rights = {number for number in prose if _RIGHTS.match(paragraphs[number].text)}
    boxes = rights | _labelled(paragraphs, prose) | _glued(paragraphs, prose)
    return boxes | _foot(paragraphs, boxes)


def _labelled(paragraphs: Sequence[Paragraph], prose: Sequence[int]) -> set[int]:
    """Find short paragraphs such as "Related: …", "Image: …", "bob99: …"."""
    labelled = {
        number
        for number in prose
        if _LABEL.match(paragraphs[number].text) and not paragraphs[number].bullet
    }
    if len(labelled) > _TRANSCRIPT * len(prose):
        return set()
    return {
        number
        for number in labelled
        if paragraphs[number].words < _SHORT and not _QUOTED.search(paragraphs[number].text)
    }


def _glued(paragraphs: Sequence[Paragraph], prose: Sequence[int]) -> set[int]:
    """Find blocks of short lines where the paragraphs of the article stand alone."""
    size = Counter(paragraph.group for paragraph in paragraphs)
    words = sum(paragraphs[number].words for number in prose)
    alone = sum(paragraphs[n].words for n in prose if size[paragraphs[n].group] == 1)
    if not words or alone < _ALONE * words:
        return set()
    broken = {p.group for p in paragraphs if not p.prose or _RIGHTS.match(p.text) or "?" in p.text}
    longest: Counter[int] = Counter()
    for paragraph in paragraphs:
        whole = paragraph.words if not paragraph.bullet else _SHORT
        longest[paragraph.group] = max(longest[paragraph.group], whole)
    return {
        number
        for number, paragraph in enumerate(paragraphs)
        if size[paragraph.group] > 1
        and longest[paragraph.group] < _SHORT
        and paragraph.group in broken
    }


def _foot(paragraphs: Sequence[Paragraph], boxes: set[int]) -> set[int]:
    """Find what little stands below the last rule, boxes apart."""
    size = Counter(paragraph.group for paragraph in paragraphs)
    rules = [
        number
        for number, paragraph in enumerate(paragraphs)
        if _RULE.match(paragraph.text) and size[paragraph.group] == 1
    ]
    if not rules or any(paragraph.text.startswith("#") for paragraph in paragraphs[rules[-1] :]):
        return set()
    total = sum(paragraph.words for paragraph in paragraphs)
    below = set(range(rules[-1] + 1, len(paragraphs))) - boxes
    little = sum(paragraphs[number].words for number in below) <= _FOOT * total
    return below if little else set()
