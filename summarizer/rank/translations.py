"""Documents in several languages: which one a summary is in, and which sentences say the same.

A sentence and its translation have vectors near each other, by an encoder that was trained on both
languages (Yang et al. 2020).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from ..errors import OptionError
from ..settings import Settings
from ..table import Rows, SentenceTable, Stems, Vectors


def spoken_languages(
    table: SentenceTable, languages: Sequence[str], settings: Settings
) -> frozenset[str]:
    """Return the languages that sentences are in: what an encoder of them must know.

    :param table: n sentences, 1 or more.
    :param languages: The language code of each document.
    :return: The codes of documents of enough letters to tell; of none such, that of most letters.
    """
    codes, letters = _clear_languages(table, languages, settings)
    if found := frozenset(codes) - {""}:
        return found
    length_of: defaultdict[str, float] = defaultdict(float)
    for code, length in zip(languages, letters, strict=True):
        length_of[code] += length
    return frozenset({min(length_of, key=lambda code: (-length_of[code], code))})


def foreign_documents(
    table: SentenceTable, languages: Sequence[str], asked: str | None, settings: Settings
) -> tuple[str, Rows]:
    """Choose the language of a summary, and find the documents in others.

    A document whose language is not known, or of too few letters to tell, is in no other.

    :param table: n sentences.
    :param languages: The language code of each document.
    :param asked: The code of the language to choose; by default that of most documents, of most
        letters among equals.
    :return: The code, and the documents in another language, ascending.
    :raises OptionError: If no document is in the language asked for.
    """
    codes, letters = _clear_languages(table, languages, settings)
    length_of: defaultdict[str, float] = defaultdict(float)
    for code, length in zip(codes, letters, strict=True):
        length_of[code] += length
    count = Counter(code for code in codes if code)
    if asked and asked not in languages:
        found = ", ".join(sorted(set(languages) - {""})) or "none that is known"
        raise OptionError(f"no document is in the language {asked}; they are in {found}")
    most = min(count, key=lambda code: (-count[code], -length_of[code], code), default="")
    own = asked or most
    return own, np.flatnonzero([code not in ("", own) for code in codes])


def _clear_languages(
    table: SentenceTable, languages: Sequence[str], settings: Settings
) -> tuple[list[str], list[float]]:
    """Return the language of each document that has enough letters to tell, and how many it has."""
    counted = np.bincount(table.document, table.end - table.start, minlength=len(languages))
    letters: list[float] = counted.tolist()
    codes = [
        code if length >= settings.language_letters else ""
        for code, length in zip(languages, letters, strict=True)
    ]
    return codes, letters


def translated_rows(own: Vectors, foreign: Vectors, least: float) -> Rows:
    """Return (m,) which sentence each one in another language translates, -1 where none.

    :param own: (n, d) float32 unit rows.
    :param foreign: (m, d) float32 unit rows.
    :param least: Least cosine of a translation.
    """
    if not len(own):
        return np.full(len(foreign), -1)
    cosines = foreign @ own.T
    # subtle: rounded, as a product of matrices may round otherwise by how many rows it has.
    nearest = cosines.round(5).argmax(axis=1)
    return np.where(cosines.max(axis=1) >= least, nearest, -1)


def with_translations(
    table: SentenceTable, foreign: SentenceTable, translated: Rows
) -> tuple[Stems, Rows, Rows]:
    """Add documents in other languages to what concepts are counted in.

    A sentence of theirs counts as a copy of the one that it translates.

    :param table: n sentences.
    :param foreign: m sentences in other languages.
    :param translated: (m,) the row of ``table`` that each translates, or -1.
    :return: Words, document and position of n sentences and of those that translate one.
    """
    kept = np.flatnonzero(translated >= 0)
    document = np.concatenate([table.document, foreign.document[kept]])
    position = np.concatenate([table.position, foreign.position[kept]])
    order = np.lexsort((position, document))
    rows = np.concatenate([np.arange(len(table)), translated[kept]])[order]
    return table.stems.take(rows), document[order], position[order]
