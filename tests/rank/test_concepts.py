"""Concepts: which pairs count, and how sentences share them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from summarizer.rank.concepts import (
    extract_concepts,
    inverse_frequency,
    lexical_vectors,
    stem_sentences,
)

SENTENCES = [
    "The ships sailed.",
    "A ship sails, and of the",
    "Of the and",
    "",
    "ship ship ship ship",
]


def test_stems_join_inflections_and_know_stop_words() -> None:
    stems = stem_sentences(SENTENCES)
    assert stems.stems == ("the", "ship", "sail", "a", "and", "of")
    assert stems.content.tolist() == [False, True, True, False, False, False]
    assert stems.letters.tolist() == [3, 5, 6, 1, 3, 2]
    assert stems.lengths.tolist() == [3, 6, 3, 0, 4]


def test_capitals_inside_sentences() -> None:
    stems = stem_sentences(["The Ship of Anna", "Anna sailed"])
    assert stems.capital.tolist() == [False, True, False, True, False, False]


def test_concepts_are_neighbouring_stems() -> None:
    stems = stem_sentences(SENTENCES)
    concepts = extract_concepts(stems)
    # the-ship, ship-sail | a-ship, ship-sail, sail-and, and-of, of-the | of-the, the-and | - |
    # ship-ship
    assert np.diff(concepts.offsets).tolist() == [2, 5, 2, 0, 1]
    named = {(stems.stems[a], stems.stems[b]) for a, b in concepts.pairs}
    assert concepts.count == len(named) == 8
    assert {("ship", "sail"), ("of", "the"), ("ship", "ship")} <= named
    assert len(np.intersect1d(concepts.row(0), concepts.row(1))) == 1
    assert concepts.totals(np.ones(8)).tolist() == [2, 5, 2, 0, 1]


def test_nothing_has_no_concepts() -> None:
    for nothing in ([], [""], ["word"]):
        concepts = extract_concepts(stem_sentences(nothing))
        assert concepts.count == 0
        assert concepts.totals(np.zeros(0)).tolist() == [0.0] * len(nothing)


def test_rare_words_tell_more() -> None:
    stems = stem_sentences(["ship sail", "ship", "ship"])
    weights = inverse_frequency(stems)
    np.testing.assert_allclose(weights, [np.log(2), np.log(4)])


def test_lexical_vectors() -> None:
    stems = stem_sentences(
        ["The ships sailed.", "Ship sails", "A harbour", "of the", "Ship harbour"]
    )
    vectors = lexical_vectors(stems, np.arange(5))
    weights = inverse_frequency(stems) ** 2
    ship, sail, harbour = (weights[stems.stems.index(s)] for s in ("ship", "sail", "harbour"))
    shared = vectors @ vectors.T
    np.testing.assert_allclose(shared[0, 1], ship + sail, rtol=1e-6)
    np.testing.assert_allclose(shared[0, 4], ship, rtol=1e-6)
    np.testing.assert_allclose(np.diag(shared)[[2, 4]], [harbour, ship + harbour], rtol=1e-6)
    assert shared[0, 2] == 0
    assert not vectors[3].any()
    np.testing.assert_array_equal(lexical_vectors(stems, np.array([1, 4])), vectors[[1, 4]])


@given(st.lists(st.text(alphabet="ab .", max_size=20), max_size=8))
def test_rows_are_sets_within_range(sentences: list[str]) -> None:
    concepts = extract_concepts(stem_sentences(sentences))
    assert len(concepts.offsets) == len(sentences) + 1
    for number in range(len(sentences)):
        row = concepts.row(number).tolist()
        assert row == sorted(set(row))
        assert all(0 <= concept < concepts.count for concept in row)
