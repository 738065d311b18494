"""What is new beside documents that were known before."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from ..encoders import tells_apart
from ..evidence import Found, RowEvidence, differing_values, judge_passages
from ..rank.novelty import compare_with_earlier
from ..table import SentenceTable
from .preparing import Subject
from .supporting import Mask, Support


class Updates:
    """The sentences of a pool beside those of earlier documents.

    :param pool: n ranked sentences.
    """

    def __init__(self, subject: Subject, support: Support, pool: SentenceTable) -> None:
        self._subject = subject
        self._support = support
        self._changed: dict[int, Found] = {}
        self._compared = compare_with_earlier(
            pool,
            subject.table,
            np.flatnonzero(subject.is_earlier(subject.table)),
            subject.light,
            subject.deep,
            tells_apart,
            subject.settings.update,
        )

    @property
    def table(self) -> SentenceTable:
        """The sentences of the pool and of earlier documents, in reading order."""
        return self._compared.table

    def places(self, rows: Sequence[int]) -> list[int]:
        """Return where rows of the pool are in the table."""
        return [int(self._compared.places[row]) for row in rows]

    def pick(self, pick: Callable[[Mask], list[int]], allowed: Mask | None) -> list[int]:
        """Pick sentences that no earlier one states: by their likeness, then by the judge.

        One of which a value has changed is new.

        :param pick: Picks among the rows of the pool that it is given.
        :param allowed: (n,) bool, the rows that may be picked; by default all.
        :return: Rows of the pool, in the order picked.
        """
        settings, compared = self._subject.settings.update, self._compared
        said = compared.likeness >= settings.said
        doubtful = np.flatnonzero(compared.likeness >= settings.moved)
        pairs = np.stack([compared.places, compared.nearest, compared.nearest], axis=1)[doubtful]
        passages = self._support.passages(self.table)
        judged = judge_passages(
            passages,
            [(row, first, last) for row, first, last in pairs.tolist()],
            self._subject.light,
            settings=replace(self._subject.settings.evidence, differs=settings.changed),
        )
        self._changed = {
            row: differing_values(passages, replace(judgement, swaps=()))
            for row, judgement in zip(doubtful.tolist(), judged, strict=True)
            if judgement.slots
        }
        said[list(self._changed)] = False
        for row, judgement in zip(doubtful.tolist(), judged, strict=True):
            if passages.denied(*judgement.place):
                said[row] = False
        new = ~said if allowed is None else allowed & ~said
        document, earlier = self.table.document.tolist(), self._subject.sources.earlier
        for _ in range(settings.rounds):
            picked = pick(new)
            found = self._support.find(self.table, self.places(picked))
            repeated = [
                row
                for row, own in zip(picked, found, strict=True)
                if any(document[one.first] in earlier for one in (*own.agreeing, *own.copies))
            ]
            if not repeated:
                break
            new[repeated] = False
        return picked

    def find(self, rows: Sequence[int]) -> list[RowEvidence]:
        """Find what documents say of rows of the pool.

        Of the earlier ones the likest alone tells what has changed.
        """
        earlier = self._subject.is_earlier(self.table)
        return [
            replace(
                own,
                differing=[
                    *(one for one in own.differing if not earlier[one.first]),
                    *([self._changed[row]] if row in self._changed else []),
                ],
            )
            for row, own in zip(
                rows, self._support.find(self.table, self.places(rows)), strict=True
            )
        ]
