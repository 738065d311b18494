"""The run of paragraphs with most prose, in a text with some furniture around the body.

Prose counts for it and fragments count against it (maximum subsequence segmentation, Pasternack
and Roth 2009).
"""

from collections.abc import Sequence

from .paragraphs import PROSE_WORDS, Paragraph

_PROSE_CAP = 80
_ITEM_WORDS = 20
_FRAGMENT_COST = 8.0


def _score(paragraph: Paragraph) -> float:
    """Return how much a paragraph speaks for being inside the body, in words."""
    if paragraph.markup:
        return 0.0
    if not paragraph.prose:
        if paragraph.text.endswith(":") and paragraph.words >= PROSE_WORDS:
            return 0.0
        return -_FRAGMENT_COST / (2 if paragraph.words > 2 * PROSE_WORDS else 1)
    if paragraph.single and paragraph.credit:
        return -_FRAGMENT_COST / 2
    if paragraph.bullet:
        # A short item is a step of some instructions as often as part of an article.
        return paragraph.words / 2 if paragraph.words > _ITEM_WORDS else -_FRAGMENT_COST / 4
    return float(min(paragraph.words, _PROSE_CAP)) if paragraph.words >= PROSE_WORDS else 0.0


def find_run(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """Find the run of paragraphs with the largest sum of scores (Kadane's algorithm).

    :param paragraphs: All paragraphs of a document.
    :return: Where it begins and where it ends; all of them where none is prose.
    """
    best = total = 0.0
    first = last = start = 0
    for number, paragraph in enumerate(paragraphs):
        if total <= 0:
            total, start = 0.0, number
        total += _score(paragraph)
        if total > best:
            best, first, last = total, start, number + 1
    if best == 0:
        return 0, len(paragraphs)
    # Short sentences at either end are body where nothing but prose stands beyond them.
    if all(p.prose and not p.bullet for p in paragraphs[:first]):
        first = 0
    if all(p.prose and not p.bullet for p in paragraphs[last:]):
        last = len(paragraphs)
    return first, last
