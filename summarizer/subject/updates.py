"""What is new in documents beside earlier ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

import numpy as np

from ..encoders import Embed, tells_apart
from ..evidence import Found, Judgement, RowEvidence, differing_values, judge_passages
from ..rank.concepts import lexical_vectors
from ..rank.sentences import join_vectors
from ..settings import Settings
from ..text.table import Mask, Rows, SentenceTable, Vectors, unit_rows
from .prepared import Subject, pool_of


@dataclass(frozen=True, slots=True)
class Compared:
    """The sentences of a pool among those of earlier documents.

    :param table: m sentences in reading order, with ``vectors`` and ``salience``.
    :param places: (n,) intp, the row of each sentence of the pool.
    :param nearest: (n, k) intp, the rows of the earlier sentences nearest to each, nearest first.
    :param likeness: (n, k) float32, their cosines; more in another language, where they are lower.
    """

    table: SentenceTable
    places: Rows
    nearest: Rows
    likeness: Vectors


def compare_with_earlier(
    pool: SentenceTable,
    table: SentenceTable,
    earlier: Rows,
    languages: Sequence[str],
    light: Embed,
    deep: Embed,
    known: Callable[[Vectors], bool],
    settings: Settings,
) -> Compared:
    """Find for each sentence of a pool the earlier ones nearest to it.

    Words and a light encoder choose them, in another language the encoder alone; a deep encoder
    compares those. Where the light one does not know the language, words alone decide.

    :param pool: n sentences, ranked.
    :param table: All sentences, those of earlier documents among them.
    :param earlier: The rows of these, ascending, one or more.
    :param languages: The language code of each document.
    :param light: From k texts to (k, d) float32 unit rows.
    :param deep: The same, slower and better.
    :param known: Whether an encoder knows the language of rows that it made.
    """
    own = np.searchsorted(table.document, pool.document) + pool.position
    rows = np.union1d(own, earlier)
    both = table.take(rows)
    places, others = np.searchsorted(rows, own), np.searchsorted(rows, earlier)
    texts = list(both.texts())
    vectors = light(texts)
    lexical = lexical_vectors(both.stems, settings.lexical_dimensions)
    meant = known(vectors)
    if not meant:
        vectors = unit_rows(lexical)
    joined = join_vectors(vectors, lexical)
    # subtle: rounded, as the last digits of a product of matrices depend on its size.
    rough = (joined[places] @ joined[others].T).round(5)
    codes = np.array(languages)[both.document]
    named = codes != ""
    foreign = (codes[places, None] != codes[others]) & named[places, None] & named[others] & meant
    if foreign.any():
        rough = np.where(foreign, (vectors[places] @ vectors[others].T).round(5), rough)
    candidates = np.argsort(-rough, axis=1, kind="stable")[:, : settings.update.compared]
    likeness = np.take_along_axis(rough, candidates, axis=1)
    likely = likeness >= settings.update.least_rough
    if meant and likely.any():
        asked, pairs = np.unique(np.nonzero(likely)[0], return_inverse=True)
        answering, answers = np.unique(candidates[likely], return_inverse=True)
        new = deep([texts[place] for place in places[asked].tolist()])
        old = deep([texts[place] for place in others[answering].tolist()])
        likeness[likely] = np.sum(new[pairs] * old[answers], axis=1)
    elsewhere = np.take_along_axis(foreign, candidates, axis=1)
    likeness = likeness + settings.update.other_language * elsewhere
    order = np.argsort(-likeness, axis=1, kind="stable")
    salience = np.zeros(len(both))
    salience[places] = pool.salience
    return Compared(
        table=both.with_columns(vectors=vectors, salience=salience),
        places=places,
        nearest=others[np.take_along_axis(candidates, order, axis=1)],
        likeness=np.take_along_axis(likeness, order, axis=1).astype(np.float32),
    )


class Updates:
    """The sentences of a ranked pool beside those of earlier documents."""

    def __init__(self, subject: Subject, pool: SentenceTable) -> None:
        self._subject = subject
        self._changed: dict[int, Found] = {}
        self._compared = compared = compare_with_earlier(
            pool,
            subject.table,
            np.flatnonzero(subject.is_earlier(subject.table)),
            subject.sources.languages,
            *subject.encoders.light_and_deep(),
            partial(tells_apart, settings=subject.settings),
            subject.settings,
        )
        # The sentences of the pool and of earlier documents, in reading order.
        self.table = compared.table

    def pick(self, pick: Callable[[Mask], list[int]], allowed: Mask) -> list[int]:
        """Pick sentences that no earlier one states, by their cosines and by the judge.

        A sentence whose value has changed is new. ``pick`` picks among the rows that it is given.
        """
        settings, compared = self._subject.settings.update, self._compared
        said = compared.likeness[:, 0] >= settings.said
        rows, columns = np.nonzero(compared.likeness >= settings.moved)
        likeness = compared.likeness[rows, columns].tolist()
        pairs = np.stack([compared.places[rows], *[compared.nearest[rows, columns]] * 2], axis=1)
        passages = pool_of(self.table, self._subject.sources)
        evidence = self._subject.settings.evidence
        judged = judge_passages(
            passages,
            [(row, first, last) for row, first, last in pairs.tolist()],
            replace(evidence, differs=settings.changed),
        )
        moved: dict[int, Judgement] = {}
        of = zip(rows.tolist(), columns.tolist(), likeness, judged, strict=True)
        for row, column, like, judgement in of:
            least = settings.changed if like >= settings.said else settings.changed_otherwise
            if judgement.slots and judgement.differs >= least:
                moved[row] = max(moved.get(row, judgement), judgement, key=lambda one: one.differs)
            if column == 0 and judgement.pair.denied(evidence):
                said[row] = False
        self._changed = {
            row: differing_values(replace(judgement, swaps=())) for row, judgement in moved.items()
        }
        said[list(moved)] = False
        new = allowed & ~said
        document, earlier = self.table.document.tolist(), self._subject.sources.earlier
        judged_new = np.zeros(len(new), dtype=bool)
        for number in count():
            # What no round has judged is not quoted in the end, as soon as one found something new.
            seeking = number < settings.rounds or not judged_new.any()
            picked = pick(new if seeking else judged_new)
            found = self._subject.evidence.find(self.table, compared.places[picked].tolist())
            repeated = [
                row
                for row, own in zip(picked, found, strict=True)
                if any(document[one.first] in earlier for one in (*own.agreeing, *own.copies))
            ]
            if not repeated:
                break
            judged_new[picked] = True
            judged_new[repeated] = new[repeated] = False
        return picked

    def find(self, rows: Sequence[int]) -> tuple[list[int], list[RowEvidence]]:
        """Return where rows of the pool are in the table, and what documents say of them."""
        places = self._compared.places[list(rows)].tolist()
        earlier = self._subject.is_earlier(self.table)
        found = self._subject.evidence.find(self.table, places)
        for number, row in enumerate(rows):
            differing = [one for one in found[number].differing if not earlier[one.first]]
            differing += [self._changed[row]] if row in self._changed else []
            found[number] = replace(found[number], differing=differing)
        return places, found
