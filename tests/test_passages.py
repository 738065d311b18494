"""A list of sentences that are cut out when they are asked for."""

import numpy as np

from summarizer.datatypes import Document, Sentence
from summarizer.passages import gather

DOCUMENTS = [Document("a", "It rained. It snowed."), Document("b", "The sun shone.")]
ROWS = [(0, 0, 0, 10), (0, 1, 11, 21), (1, 0, 0, 14)]
EXPECTED = [
    Sentence(0, 0, 0, 10, "It rained."),
    Sentence(0, 1, 11, 21, "It snowed."),
    Sentence(1, 0, 0, 14, "The sun shone."),
]


def test_it_is_a_list_of_sentences() -> None:
    sentences = gather(DOCUMENTS, ROWS)
    assert list(sentences) == EXPECTED
    assert (len(sentences), sentences[-1], list(sentences[1:])) == (3, EXPECTED[2], EXPECTED[1:])
    assert list(sentences.texts()) == [sentence.text for sentence in EXPECTED]
    assert list(sentences.take(np.array([2, 0]))) == [EXPECTED[2], EXPECTED[0]]
    assert sentences[1].follows(sentences[0])


def test_nothing_is_a_list_too() -> None:
    assert list(gather(DOCUMENTS, [])) == []
