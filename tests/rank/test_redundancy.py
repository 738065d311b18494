"""Which sentences may not both be quoted."""

import numpy as np

from summarizer.rank.redundancy import redundant_pairs

LEXICAL = np.array(
    [
        [1, 1, 1, 0, 0, 0],  # a sentence
        [1, 0, 0, 0, 0, 0],  # one whose only word is in it
        [1, 0, 0, 1, 1, 1],  # one with a quarter of its words in it
        [0, 0, 0, 0, 0, 0],  # one of stop words
    ],
    dtype=np.float32,
)


def test_contained_sentences_are_redundant_where_they_are_alike() -> None:
    alone = np.arange(4)
    alike = np.full((4, 4), 0.6, dtype=np.float32)
    found = redundant_pairs(alone, alike, LEXICAL)
    expected = np.eye(4, dtype=bool)
    expected[0, 1] = expected[1, 0] = expected[1, 2] = expected[2, 1] = True
    np.testing.assert_array_equal(found, expected)
    unlike = np.full((4, 4), 0.2, dtype=np.float32)
    np.testing.assert_array_equal(redundant_pairs(alone, unlike, LEXICAL), np.eye(4, dtype=bool))


def test_half_of_the_words_do_not_say_the_same() -> None:
    halves = np.array([[1, 1, 0], [0, 1, 1]], dtype=np.float32)
    assert not redundant_pairs(np.arange(2), np.ones((2, 2), np.float32), halves)[0, 1]


def test_cluster_mates_say_the_same_whatever_their_words() -> None:
    unlike = np.eye(4, dtype=np.float32)
    found = redundant_pairs(np.array([0, 1, 1, 0]), unlike, LEXICAL)
    assert found[0, 3]
    assert found[1, 2]
    assert not found[0, 1]
