"""Where a person finds a text, and a place of it in its original."""

import re
from bisect import bisect_right, insort
from operator import itemgetter

from .datatypes import Document

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def is_remote(path: str) -> bool:
    """Tell whether a path is an address such as ``s3://bucket/folder``."""
    return _ADDRESS.match(path) is not None


class Locator:
    """Finds places of one document; what stands before them is looked through once.

    :param document: The document.
    """

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._marks = document.marks
        # Offsets, ascending, and how many line feeds and carriage returns stand before each.
        self._counted: list[tuple[int, int, int]] = [(0, 0, 0)]

    def where(self, offset: int) -> str:
        """Say where a place is.

        :param offset: Its offset in the text.
        :return: Such as ``page 3``, ``paragraph 4`` or ``row 7``; ``line 12`` for one without
            marks.
        """
        marks = self._marks
        if marks is not None and marks.starts:
            place = max(bisect_right(marks.starts, offset) - 1, 0)
            return f"{marks.kind} {marks.first + place}"
        known, feeds, returns = self._counted[
            bisect_right(self._counted, offset, key=itemgetter(0)) - 1
        ]
        feeds += self._text.count("\n", known, offset)
        returns += self._text.count("\r", known, offset)
        if offset > known:
            insort(self._counted, (offset, feeds, returns))
        return f"line {1 + (feeds or returns)}"
