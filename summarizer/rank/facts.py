"""The records of a whole run that its stages read: arrays, a row a sentence."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..datatypes import Sentence
from .incidence import Incidence, Stems, Words


@dataclass(frozen=True, slots=True)
class Chains:
    """Which of n sentences can be picked, alone or with those before them.

    :param length: (n,) int8, how many sentences end with this one that it cannot stand without,
        itself included.
    :param stands: (n,) bool, whether these can stand alone.
    :param states: (n,) bool, whether the sentence is a statement.
    :param joint: (n,) bool, whether all of them are.
    :param any_stands: Whether any can; where none can, all may be picked.
    """

    length: npt.NDArray[np.int8]
    stands: npt.NDArray[np.bool_]
    states: npt.NDArray[np.bool_]
    joint: npt.NDArray[np.bool_]
    any_stands: bool

    @property
    def standing(self) -> npt.NDArray[np.intp]:
        """The sentences that need no other to be picked, ascending."""
        return np.flatnonzero((self.length == 1) & (self.stands | (not self.any_stands)))

    @property
    def needs(self) -> npt.NDArray[np.intp]:
        """(n,) the row that each sentence needs where it is picked by itself, or -1."""
        return np.where(self.length > 1, np.arange(len(self.length)) - 1, -1)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of all sentences from their words and places.

    :param document: (n,) the document of each.
    :param index: (n,) its position there.
    :param words: Its words.
    :param stems: The same, stemmed.
    :param concepts: Its concepts.
    :param weights: (c,) the weight of each concept.
    :param scores: (n,) what it has of these weights.
    :param day: (n,) the rank of its document's day.
    :param chains: What may be picked.
    """

    document: npt.NDArray[np.intp]
    index: npt.NDArray[np.intp]
    words: Words
    stems: Stems
    concepts: Incidence
    weights: npt.NDArray[np.float64]
    scores: npt.NDArray[np.float64]
    day: npt.NDArray[np.intp]
    chains: Chains


@dataclass(frozen=True, slots=True)
class Space:
    """The sentences worth embedding, and their vectors.

    :param kept: (k,) their rows among all sentences, ascending.
    :param sentences: The k sentences.
    :param vectors: (k, d) float32 unit rows of their meaning, or of their words where the encoder
        does not know the language.
    :param lexical: (k, h) float32 rows of their words.
    :param both: (k, d + h) float32 unit rows of both.
    :param salience: (k,) float64, 0 to 1.
    :param central: (k,) float64 cosines to the subject, -1 to 1.
    :param importance: (k,) float64 above 0, of geometric mean 1.
    """

    kept: npt.NDArray[np.intp]
    sentences: list[Sentence]
    vectors: npt.NDArray[np.float32]
    lexical: npt.NDArray[np.float32]
    both: npt.NDArray[np.float32]
    salience: npt.NDArray[np.float64]
    central: npt.NDArray[np.float64]
    importance: npt.NDArray[np.float64]

    def only(self, rows: npt.NDArray[np.intp]) -> "Space":
        """Return a space of some of its rows alone.

        :param rows: Which, ascending.
        """
        return Space(
            kept=self.kept[rows],
            sentences=[self.sentences[row] for row in rows],
            vectors=self.vectors[rows],
            lexical=self.lexical[rows],
            both=self.both[rows],
            salience=self.salience[rows],
            central=self.central[rows],
            importance=self.importance[rows],
        )
