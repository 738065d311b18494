"""Which sentences say what earlier documents have said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..encoders import Embed
from ..settings import UpdateSettings
from ..table import Rows, SentenceTable, Vectors
from .concepts import lexical_vectors
from .sentences import join_vectors, unit_rows


@dataclass(frozen=True, slots=True)
class Compared:
    """The sentences of a pool among those of earlier documents.

    :param table: m sentences in reading order, with ``vectors`` and ``salience``.
    :param places: (n,) intp, the row of each sentence of the pool.
    :param nearest: (n, k) intp, the rows of the earlier sentences most like each, the likest first.
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
    settings: UpdateSettings,
) -> Compared:
    """Find for each sentence of a pool the earlier ones most like it.

    Words and a light encoder choose them, in another language the encoder alone; a deep encoder
    tells how alike they are. Where the light one does not know the language, words alone decide.

    :param pool: n sentences, ranked.
    :param table: All sentences, those of earlier documents among them.
    :param earlier: The rows of these, ascending, one or more.
    :param languages: The language code of each document.
    :param light: From k texts to (k, d) float32 unit rows.
    :param deep: The same, slower and better.
    :param known: Tells whether an encoder knows the language of rows that it made.
    """
    first = np.zeros(len(table.documents), dtype=np.intp)
    first[table.document[table.first_rows]] = table.first_rows
    own = first[pool.document] + pool.position
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
    # subtle: rounded, as a product of matrices may round otherwise by how many rows it has.
    rough = (joined[places] @ joined[others].T).round(5)
    codes = np.array(languages)[both.document]
    named = codes != ""
    foreign = (codes[places, None] != codes[others]) & named[places, None] & named[others] & meant
    if foreign.any():
        rough = np.where(foreign, (vectors[places] @ vectors[others].T).round(5), rough)
    candidates = np.argsort(-rough, axis=1, kind="stable")[:, : settings.compared]
    likeness = np.take_along_axis(rough, candidates, axis=1)
    likely = likeness >= settings.least_rough
    if meant and likely.any():
        asked, pairs = np.unique(np.nonzero(likely)[0], return_inverse=True)
        answering, answers = np.unique(candidates[likely], return_inverse=True)
        new = deep([texts[place] for place in places[asked].tolist()])
        old = deep([texts[place] for place in others[answering].tolist()])
        likeness[likely] = np.sum(new[pairs] * old[answers], axis=1)
    likeness = likeness + settings.abroad * np.take_along_axis(foreign, candidates, axis=1)
    order = np.argsort(-likeness, axis=1, kind="stable")
    salience = np.zeros(len(both))
    salience[places] = pool.salience
    return Compared(
        table=both.with_columns(vectors=vectors, salience=salience),
        places=places,
        nearest=others[np.take_along_axis(candidates, order, axis=1)],
        likeness=np.take_along_axis(likeness, order, axis=1).astype(np.float32),
    )
