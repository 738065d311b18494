"""What a quote and a passage have in common."""

from collections.abc import Sequence
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evidence import FEATURES, Pair, Pool

WORDS = ["harbour", "ferry", "sank", "storm", "the", "of", "captain", "Oslo", "12", "not", "coast"]


def pool_of(*documents: Sequence[str], dates: Sequence[str | None] = ()) -> Pool:
    texts = [text for document in documents for text in document]
    lengths = [len(document) for document in documents]
    return Pool(
        texts,
        np.repeat(np.arange(len(documents)), lengths),
        np.concatenate([np.arange(length) for length in lengths]),
        list(dates) or [None] * len(documents),
        ["en"] * len(documents),
    )


def described(quote: str, passage: str, before: str = "Rain fell.") -> dict[str, float]:
    pool = pool_of([quote], [before, passage])
    return dict(zip(FEATURES, Pair(pool, 0, 2, 2).features(), strict=True))


def test_passages_are_sentences_and_neighbours_of_one_document() -> None:
    pool = pool_of(["A.", "B."], ["C.", "D.", "E."])
    assert pool.passages.tolist() == [
        [0, 0],
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 4],
        [0, 1],
        [2, 3],
        [3, 4],
    ]


def test_sentences_with_a_gap_between_them_are_no_neighbours() -> None:
    pool = Pool(["A.", "B."], np.array([0, 0]), np.array([0, 2]), [None], ["en"])
    assert pool.passages.tolist() == [[0, 0], [1, 1]]


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), min_size=2, max_size=6))
def test_word_cosines_are_those_of_vectors(sentences: list[list[str]]) -> None:
    pool = pool_of([" ".join(words) for words in sentences], ["An old lighthouse."])
    stems = list(pool.weights)
    rows = np.array(
        [[pool.weights[s] * (s in own) for s in stems] for own in pool.stems], dtype=float
    )
    rows = np.array(
        [rows[first] + (rows[last] if last > first else 0) for first, last in pool.passages]
    )
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(rows[0])
    expected = np.divide(rows @ rows[0], lengths, out=np.zeros(len(rows)), where=lengths > 0)
    assert pool.word_cosines(0) == pytest.approx(expected)


def test_joined_vectors_have_length_one() -> None:
    pool = pool_of(["A ferry.", "A storm."], ["A coast."])
    joined = pool.join(np.eye(3, dtype=np.float32))
    assert np.linalg.norm(joined, axis=1) == pytest.approx(np.ones(4))
    assert joined[3] == pytest.approx([0.5**0.5, 0.5**0.5, 0])


def test_same_sentence_has_all_of_it() -> None:
    same = described("The ferry Astra sank off Oslo.", "The ferry Astra sank off Oslo.")
    assert same["words"] == same["in order"] == pytest.approx(1)
    assert same["documents"] == pytest.approx(log(2))


def test_stop_words_weigh_nothing() -> None:
    found = described("It was of the ferry.", "It was of the storm.")
    assert found["words"] == 0
    assert found["in order"] == pytest.approx(4 / 5)


def test_values_of_both_are_counted() -> None:
    agreeing = described("On Friday 12 sailors died.", "On Friday twelve sailors died.")
    assert agreeing["values"] == 2
    other = described("On Friday 12 sailors died.", "On Monday 15 sailors died.")
    assert other["values"] == 0


def test_two_sentences_are_described_as_one_passage() -> None:
    pool = pool_of(["The ferry sank in a storm."], ["The ferry sank.", "There was a storm."])
    both = dict(zip(FEATURES, Pair(pool, 0, 1, 2).features(), strict=True))
    assert both["words"] > 0.9


def test_language_without_a_stemmer_is_compared_word_by_word() -> None:
    pool = Pool(
        ["渡轮沉没", "渡轮沉没了"], np.array([0, 1]), np.array([0, 0]), [None] * 2, ["zh", ""]
    )
    assert pool.word_cosines(0)[1] > 0.5


@pytest.mark.parametrize(
    ("quote", "passage", "swapped"),
    [
        ("Today Captain Moberg steered the ferry.", "Today Captain Larsen steered the ferry.", 1),
        ("The ferry carried 12 sailors.", "The ferry carried 15 sailors.", 1),
        ("The ferry carried 12 sailors.", "The ferry carried twelve sailors.", 0),
        ("The ferry carried old sailors.", "The ferry carried young sailors.", 0),
    ],
)
def test_names_and_values_in_the_place_of_others_are_swapped(
    quote: str, passage: str, swapped: int
) -> None:
    pool = pool_of([quote], ["They trusted Moberg, and Larsen too.", passage])
    assert len(Pair(pool, 0, 2, 2).swaps) == swapped
