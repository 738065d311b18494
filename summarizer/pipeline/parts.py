"""What is done with parts of the documents, one by one, and how it is put together.

A part is some documents behind one another. What is done with one depends on nothing else, so that
it may be done anywhere, by whatever maps a function over arguments as ``itertools.starmap`` does,
and what all of them give is the same however the documents are divided.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..datatypes import Block, Document
from ..passages import Sentences
from ..rank.concepts import extract_concepts, join_words, keep_words, split_words
from ..rank.counting import Counts, count_concepts
from ..rank.incidence import Incidence, Stems, Words
from ..text.cohesion import dangles, is_statement
from ..text.sentences import split

# So many characters of documents are a part.
_CHARACTERS = 1 << 22


@dataclass(frozen=True, slots=True)
class Survey:
    """The sentences of some documents, and what each tells by itself.

    :param sentences: n sentences.
    :param words: Their words.
    :param points_back: (n,) bool, whether each points back to another.
    :param states: (n,) bool, whether each is a statement.
    """

    sentences: Sentences
    words: Words
    points_back: npt.NDArray[np.bool_]
    states: npt.NDArray[np.bool_]

    def keep(self, rows: npt.NDArray[np.intp]) -> "Survey":
        """Return some of the sentences, by rows that ascend."""
        words = keep_words(self.words, rows)
        sentences = self.sentences.take(rows)
        return Survey(sentences, words, self.points_back[rows], self.states[rows])


def divide(documents: Sequence[Document]) -> list[tuple[int, int]]:
    """Divide documents into parts of about the same length.

    :return: The first document of each part, and the one behind its last; one part at least.
    """
    before = np.cumsum([0, *(len(document.text) for document in documents)])[:-1]
    starts = np.flatnonzero(np.diff(before // _CHARACTERS, prepend=-1)).tolist()
    starts = starts or [0]
    return list(zip(starts, [*starts[1:], len(documents)], strict=True))


def survey_part(documents: Sequence[Document], blocks: Sequence[Sequence[Block]]) -> Survey:
    """Split some documents into sentences and these into words.

    :param documents: The documents.
    :param blocks: The blocks of each.
    """
    sentences = split(documents, blocks)
    texts = list(sentences.texts())
    return Survey(
        sentences,
        split_words(texts),
        np.fromiter(map(dangles, texts), dtype=bool, count=len(texts)),
        np.fromiter(map(is_statement, texts), dtype=bool, count=len(texts)),
    )


def join_surveys(
    documents: Sequence[Document], parts: Sequence[Survey], firsts: Sequence[int]
) -> Survey:
    """Put surveys of parts together.

    :param documents: All documents.
    :param parts: One for each part of them, one or more.
    :param firsts: The first document of each.
    """
    found = [part.sentences for part in parts]
    sentences = Sentences(
        documents,
        np.concatenate([s.document + np.int32(n) for s, n in zip(found, firsts, strict=True)]),
        np.concatenate([s.position for s in found]),
        np.concatenate([s.start for s in found]),
        np.concatenate([s.end for s in found]),
    )
    return Survey(
        sentences,
        join_words([part.words for part in parts]),
        np.concatenate([part.points_back for part in parts]),
        np.concatenate([part.states for part in parts]),
    )


def count_part(
    stems: Stems,
    document: npt.NDArray[np.intp],
    index: npt.NDArray[np.intp],
    central: npt.NDArray[np.float64],
    apart: bool,
) -> tuple[Incidence, Counts]:
    """Find and count the concepts of some documents.

    :param stems: Their n sentences, the stems numbered as in all documents.
    :param document: (n,) the document of each sentence, ascending.
    :param index: (n,) its position there.
    :param central: (n,) how central it is.
    :param apart: Whether there are other documents.
    """
    concepts = extract_concepts(stems)
    return concepts, count_concepts(stems, concepts, document, index, central, apart=apart)


def row_parts(
    stems: Stems, first_rows: npt.NDArray[np.intp], *columns: npt.NDArray[Any]
) -> Iterator[tuple[Any, ...]]:
    """Yield the arguments of ``count_part`` for each part.

    :param stems: n sentences.
    :param first_rows: The first sentence of each document.
    :param columns: (n,) the arguments behind the stems, for all sentences.
    """
    parts = stems.blocks(first_rows)
    for first, last in parts:
        own = (column[first:last] for column in columns)
        yield stems.between(first, last), *own, len(parts) > 1
