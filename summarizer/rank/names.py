"""Which sentences name somebody by a part of the name, and which introduce the whole of it.

A document names a person or a body in full first ("Namanga Ngongi") and by a part after that
("Ngongi said"). Capitals tell names, so nothing is found in scripts that have none.
"""

import numpy as np
import numpy.typing as npt

from ..table import Concepts, Rows, SentenceTable, Stems

# The least share of the uses of a word inside sentences in which a name has a capital ...
_CAPITAL = 0.9
# ... of the uses of a part of a name in which it stands beside the other part ...
_TOGETHER = 0.8
# ... and of the documents in which a part that needs the other comes with it first.
_INTRODUCED = 0.5


def with_names(table: SentenceTable) -> SentenceTable:
    """Tell which names each sentence introduces, and which it assumes to be known.

    :param table: n sentences.
    :return: They, with ``introduces`` and ``assumes``: the keys are the stems of surnames, and of
        last words of other names, that at least half of the documents that have them give in full
        first.
    """
    stems, rows = table.stems, table.stems.rows
    size, tokens = max(len(stems.stems), 1), table.stems.tokens.astype(np.intp)
    named = _named(stems)
    pairs = np.flatnonzero(named[:-1] & named[1:] & (rows[:-1] == rows[1:]))
    given, last = tokens[pairs], tokens[pairs + 1]
    # A given name stands before its surname nearly always, a title before many.
    uses = np.bincount(tokens[named], minlength=size)
    _, pair, together = np.unique(given * size + last, return_inverse=True, return_counts=True)
    told = together[pair] >= _TOGETHER * uses[given]
    parts = np.zeros(size, dtype=bool)
    parts[last[told]] = True
    places = np.flatnonzero(named & parts[tokens])
    full = np.zeros(len(tokens), dtype=bool)
    full[pairs[told] + 1] = True
    # In front of another name it is no surname here.
    full[pairs] = True
    # Entries of the same sentence and stem follow one another; one in full is enough.
    mentions, entry = np.unique(rows[places] * size + tokens[places], return_inverse=True)
    whole = np.bincount(entry, full[places], minlength=len(mentions)) > 0
    row, stem = np.divmod(mentions, size)
    # Rows are in reading order, so the first of equal keys is a document's first mention.
    _, first = np.unique(stem * len(table.documents) + table.document[row], return_index=True)
    documents = np.bincount(stem[first], minlength=size)
    opened = np.bincount(stem[first], whole[first], minlength=size)
    keys = np.flatnonzero((opened >= _INTRODUCED * documents) & (documents > 0))
    kept = np.isin(stem, keys)
    return table.with_columns(
        introduces=_sparse(row[kept & whole], stem[kept & whole], keys, len(table)),
        assumes=_sparse(row[kept & ~whole], stem[kept & ~whole], keys, len(table)),
    )


def _named(stems: Stems) -> npt.NDArray[np.bool_]:
    """Tell which words are always written with a capital, (t,)."""
    size = len(stems.stems)
    first = np.diff(stems.rows, prepend=-1) != 0
    uses = np.bincount(stems.tokens[~first], minlength=size)
    capitals = np.bincount(stems.tokens[stems.capital], minlength=size)
    names = (capitals > 0) & (capitals >= _CAPITAL * uses) & stems.content
    return np.asarray((stems.capital | first) & names[stems.tokens])


def _sparse(rows: Rows, stems: Rows, keys: Rows, size: int) -> Concepts:
    """Return sparse rows of entries that are sorted by row."""
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=size))])
    return Concepts(keys, offsets.astype(np.intp), np.searchsorted(keys, stems).astype(np.int32))
