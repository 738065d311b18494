"""Paragraphs put together to the text of a document, with a mark at each."""

from collections.abc import Sequence

from ..datatypes import Marks

GAP = "\n\n"


def join_paragraphs(paragraphs: Sequence[str]) -> tuple[str, Marks]:
    """Join paragraphs by empty lines.

    :param paragraphs: Paragraphs in order, none of them empty.
    :return: The text, and where each paragraph begins in it.
    """
    starts: list[int] = []
    at = 0
    for paragraph in paragraphs:
        starts.append(at)
        at += len(paragraph) + len(GAP)
    return GAP.join(paragraphs), Marks("paragraph", tuple(starts))
