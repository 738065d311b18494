"""What other documents say of sentences: for evidence, for independent sources, and by now."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..errors import SummarizerError
from ..evidence import Abroad, Pool, RowEvidence, Translation, find_outdated, search_evidence
from ..table import SentenceTable
from .preparing import Subject, is_minilm

Mask = npt.NDArray[np.bool_]


class Support:
    """Finds what the documents of a subject say of sentences of a pool."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        # The last pool, by where its sentences stand, and the evidence found for rows of it among
        # so many passages.
        self._last: (
            tuple[tuple[bytes, bytes], Pool, dict[tuple[int, int | None], RowEvidence]] | None
        ) = None

    def passages(self, table: SentenceTable) -> Pool:
        """Return sentences as the search for evidence takes them."""
        sources = self._subject.sources
        texts = list(table.texts())
        return Pool(texts, table.document, table.position, sources.dates, sources.languages)

    def find(
        self, pool: SentenceTable, rows: Sequence[int], most: int | None = None
    ) -> list[RowEvidence]:
        """Find what other documents say of some sentences of the pool.

        If the encoder of the run is minilm, it judges the likely passages again. What was found for
        the last pool is kept, as the next length often has the same.

        :param most: How many passages are judged for a sentence; all by default.
        """
        key = (pool.document.tobytes(), pool.start.tobytes())
        last = self._last  # another thread may change it
        if last is None or last[0] != key:
            last = self._last = (key, self.passages(pool), {})
        _, compared, known = last
        new = [row for row in rows if (row, most) not in known]
        deep = (lambda: self._subject.embed) if is_minilm(self._subject.encoder) else None
        found = search_evidence(
            compared,
            pool.vectors,
            new,
            self._subject.sources.groups,
            self._subject.light,
            deep,
            self._subject.settings.evidence,
            most=most,
        )
        known.update(zip([(row, most) for row in new], found, strict=True))
        return [known[row, most] for row in rows]

    def abroad(self, pool: SentenceTable, rows: Sequence[int]) -> list[list[Translation]]:
        """Find what documents in other languages say of some sentences of the pool."""
        if self._subject.abroad is None:
            return [[] for _ in rows]
        sources, abroad = self._subject.sources, self._subject.abroad
        texts, documents = list(abroad.texts()), abroad.document.tolist()
        translations = Abroad(
            texts,
            documents,
            self._subject.translate(texts),
            sources.languages,
            sources.dates,
            sources.groups,
        )
        quotes = [pool.text(row) for row in rows]
        return [
            translations.stating(
                text, vector, int(pool.document[row]), self._subject.settings.evidence
            )
            for row, text, vector in zip(rows, quotes, self._subject.translate(quotes), strict=True)
        ]

    def backed(self, pool: SentenceTable, least: int) -> Mask:
        """Tell which sentences of the pool at least ``least`` independent sources state.

        :raises SummarizerError: If there are none; it names how many state the best backed.
        """
        rows = range(len(pool))
        settings = self._subject.settings.evidence
        most = max(settings.most_compared, settings.candidates * least)
        found = zip(self.find(pool, rows, most), self.abroad(pool, rows), strict=True)
        backing = np.array([1 + len(own.agreeing) + len(abroad) for own, abroad in found])
        most = int(backing.max())
        if most < least:
            raise SummarizerError(
                f"no sentence is stated by {least} independent sources, the best by {most}; "
                "ask for no more than that"
            )
        return np.asarray(backing >= least)

    def current(
        self,
        pool: SentenceTable,
        limit: int,
        backed: Mask | None,
    ) -> Mask | None:
        """Leave out what later sources supersede, if something else is left that fits."""
        outdated = find_outdated(
            list(pool.texts()),
            pool.document,
            self._subject.sources.dates,
            self._subject.sources.languages,
            pool.cluster,
        )
        # What a series said first is where its last began.
        outdated = outdated & (pool.series == 0)
        left = ~outdated if backed is None else backed & ~outdated
        fits = left & pool.stands & (pool.chain == 1) & (pool.cost <= limit)
        return left if outdated.any() and fits.any() else backed
