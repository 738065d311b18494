"""What documents in other languages say of a quote: sentences that are its translation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..settings import EvidenceSettings
from .compare import Vectors
from .values import find_values


class Translation(NamedTuple):
    """A sentence in another language that states what a quote states.

    :param row: Which one it is.
    :param cosine: Its cosine to the quote, -1 to 1.
    """

    row: int
    cosine: float


@dataclass(frozen=True, slots=True)
class Abroad:
    """Sentences in other languages than that of the quotes.

    :param texts: m sentences.
    :param document: (m,) the document of each.
    :param vectors: (m, d) float32 unit vectors by an encoder of several languages.
    :param languages: The language code of each document.
    :param dates: The day of each document, ``YYYY-MM-DD``, or None.
    :param groups: The duplicate group of each document.
    """

    texts: Sequence[str]
    document: Sequence[int]
    vectors: Vectors
    languages: Sequence[str]
    dates: Sequence[str | None]
    groups: Sequence[int]

    def stating(
        self, text: str, vector: Vectors, document: int, settings: EvidenceSettings
    ) -> list[Translation]:
        """Find the sentences that state what a quote states, one of each duplicate group.

        They are near it in meaning and hold every number and day of it; a time of day may be that
        of another place.

        :param text: The quote.
        :param vector: (d,) float32, its unit vector by the same encoder.
        :param document: Its document.
        """
        # subtle: rounded, as a product of matrices may round otherwise by how many rows it has.
        cosines = (self.vectors @ vector).round(5)
        rows = np.flatnonzero(cosines >= settings.translation)
        if not len(rows):
            return []
        values = find_values(text, self.languages[document], self.dates[document])
        wanted = [value for value in values if value.kind != "time"]
        found: dict[int, Translation] = {}
        for row in rows[np.lexsort((rows, -cosines[rows]))].tolist():
            number = self.document[row]
            group = self.groups[number]
            if group in found:
                continue
            its = find_values(self.texts[row], self.languages[number], self.dates[number])
            if all(any(value.agrees(other) for other in its) for value in wanted):
                found[group] = Translation(row, min(float(cosines[row]), 1.0))
        return list(found.values())
