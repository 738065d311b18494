"""The sentences of all documents as a list that costs some bytes a sentence, not an object."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt

from .datatypes import Document, Sentence


@dataclass(frozen=True, slots=True, eq=False)
class Sentences(Sequence[Sentence]):
    """Where n sentences stand; each is cut out of its document when it is asked for.

    :param documents: The documents.
    :param document: (n,) int32, the document of each, ascending.
    :param position: (n,) int32, its position within the document's body.
    :param start: (n,) int64, the offset of its first character.
    :param end: (n,) int64, the offset behind its last character.
    """

    documents: Sequence[Document]
    document: npt.NDArray[np.int32]
    position: npt.NDArray[np.int32]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.start)

    @overload
    def __getitem__(self, row: int) -> Sentence: ...

    @overload
    def __getitem__(self, row: slice) -> "Sentences": ...

    def __getitem__(self, row: int | slice) -> "Sentence | Sentences":
        if isinstance(row, slice):
            return self.take(np.arange(len(self))[row])
        document, start, end = int(self.document[row]), int(self.start[row]), int(self.end[row])
        text = self.documents[document].text[start:end]
        return Sentence(document, int(self.position[row]), start, end, text)

    def __iter__(self) -> Iterator[Sentence]:
        return map(self.__getitem__, range(len(self)))

    def take(self, rows: npt.NDArray[np.intp]) -> "Sentences":
        """Return some of them, in the order of the rows given."""
        own = (self.document, self.position, self.start, self.end)
        return Sentences(self.documents, *(column[rows] for column in own))  # type: ignore[arg-type]

    def texts(self) -> Iterator[str]:
        """Yield the sentences themselves."""
        places = zip(self.document.tolist(), self.start.tolist(), self.end.tolist(), strict=True)
        return (self.documents[document].text[start:end] for document, start, end in places)


def gather(documents: Sequence[Document], rows: Iterable[tuple[int, int, int, int]]) -> Sentences:
    """Make a list of sentences.

    :param documents: The documents.
    :param rows: For each sentence its document, its index there, its start and its end.
    """
    table = np.fromiter(rows, dtype=np.dtype((np.int64, 4)))
    document, position, start, end = table.T.copy()
    return Sentences(documents, document.astype(np.int32), position.astype(np.int32), start, end)
