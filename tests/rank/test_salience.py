"""Salience: what many say matters, and what is said early."""

import numpy as np
import pytest

from summarizer.rank.salience import (
    centrality,
    position_weights,
    sentence_salience,
    shortlist,
    similarity_cover,
)


def test_position_falls_from_one_to_the_base() -> None:
    weights = position_weights(np.arange(100))
    assert weights[0] == 1
    assert weights[5] == pytest.approx(0.2 + 0.8 / np.e)
    assert weights[-1] == pytest.approx(0.2, abs=1e-6)


def test_cover_rescales_the_cosine() -> None:
    rows = np.array([[1, 0], [0, 1], [0.65, np.sqrt(1 - 0.65**2)]], dtype=np.float32)
    cover = similarity_cover(rows @ rows.T)
    np.testing.assert_allclose(np.diag(cover), 1, atol=1e-6)
    assert cover[0, 1] == 0
    assert cover[0, 2] == pytest.approx(0.5, abs=1e-6)


def test_salience_counts_documents_not_sentences() -> None:
    one, other, third = np.eye(3, dtype=np.float32)
    # Document 0 says one thing three times; documents 1 and 2 agree on the other.
    vectors = np.stack([one, one, one, other, other, third])
    document = np.array([0, 0, 0, 1, 2, 2])
    salience = sentence_salience(vectors, document, np.zeros(6, dtype=np.intp))
    np.testing.assert_allclose(salience, [0.5, 0.5, 0.5, 1, 1, 0.5])
    early = sentence_salience(vectors, document, np.array([0, 1, 2, 0, 0, 1]))
    assert early[0] > early[1] > early[2]


def test_centrality_gives_each_document_the_same_say() -> None:
    vectors = np.eye(2, dtype=np.float32)[[0, 0, 0, 1]]
    np.testing.assert_allclose(centrality(vectors, np.array([0, 0, 0, 1])), [0.5**0.5] * 4)
    assert centrality(np.zeros((0, 2), np.float32), np.zeros(0, np.intp)).shape == (0,)


def test_shortlist_keeps_the_dense_and_enough_for_the_budget() -> None:
    scores = np.array([1.0, 5.0, 3.0, 5.0, 0.0])
    costs = np.full(5, 10)
    assert shortlist(scores, costs, limit=10, most=2).tolist() == [1, 3]
    assert shortlist(scores, costs, limit=15, most=2).tolist() == [1, 2, 3]
    assert shortlist(scores, costs, limit=999, most=2).tolist() == [0, 1, 2, 3, 4]


def test_shortlist_prefers_what_fits() -> None:
    scores = np.array([1.0, 9.0, 2.0])
    assert shortlist(scores, np.array([10, 50, 10]), limit=10, most=2).tolist() == [0, 2]
