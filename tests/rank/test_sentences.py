"""What sentences matter and which say the same: closed forms, guarantees, an outside number."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Document, summarize
from summarizer.rank.redundancy import Redundancy, star_clusters
from summarizer.rank.sentences import (
    cover,
    find_notices,
    join_vectors,
    rank_sentences,
    sentence_salience,
    subject_cosines,
    word_pairs,
)
from summarizer.settings import RANKERS, Ranker, Settings
from summarizer.text.assets import read_weights
from summarizer.text.table import unit_rows

from ..builders import table_of, unit

SETTINGS = Settings()


def random_rows(seed: int, rows: int) -> npt.NDArray[np.float32]:
    """Make random unit rows, some of them near one another."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(max(rows // 3, 1), 8))
    points = centres[random.integers(len(centres), size=rows)] + random.normal(0, 0.3, (rows, 8))
    return unit(*points)


def at(cosine: float) -> list[float]:
    """Return a vector of this cosine to (1, 0)."""
    return [cosine, float(np.sqrt(1 - cosine**2))]


def test_orthogonal_rows_stay_alone() -> None:
    assert star_clusters(np.eye(4, dtype=np.float32), 0.5).tolist() == [0, 1, 2, 3]


def test_equal_rows_come_together() -> None:
    rows = np.eye(3, dtype=np.float32)[[2, 0, 2, 1, 0]]
    assert star_clusters(rows, 0.99).tolist() == [0, 1, 0, 2, 1]


def test_the_best_connected_row_is_the_centre() -> None:
    angles = np.radians([0, 40, 80])
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    assert star_clusters(rows, 0.75).tolist() == [0, 0, 0]  # the middle one sees both others
    assert star_clusters(rows[[0, 2]], 0.75).tolist() == [0, 1]


@given(st.integers(0, 999), st.integers(1, 40), st.floats(0.3, 0.95))
def test_every_cluster_has_a_centre_near_all_its_members(
    seed: int, rows: int, least: float
) -> None:
    vectors = random_rows(seed, rows)
    labels = star_clusters(vectors, least)
    cosines = vectors @ vectors.T
    firsts = [int(np.flatnonzero(labels == label)[0]) for label in range(labels.max() + 1)]
    assert firsts == sorted(firsts)
    for label in range(labels.max() + 1):
        members = np.flatnonzero(labels == label)
        assert (cosines[np.ix_(members, members)].min(axis=1).max()) >= least - 1e-5


def test_rows_of_several_blocks_are_clustered_as_equal_rows_are() -> None:
    vectors = np.eye(4, dtype=np.float32)[np.arange(2600) % 4]
    assert star_clusters(vectors, 0.5).tolist() == (np.arange(2600) % 4).tolist()
    document = np.arange(2600) // 4
    salience = sentence_salience(vectors, document, np.zeros(2600, np.intp), SETTINGS)
    np.testing.assert_allclose(salience, 1)


def test_joined_vectors_multiply_to_the_mean_of_both_cosines() -> None:
    vectors = np.eye(2, dtype=np.float32)[[0, 0, 1]]
    lexical = np.array([[3, 0], [3, 4], [0, 0]], dtype=np.float32)
    joined = join_vectors(vectors, lexical)
    # The first two have cosines of 1 and 0.6; the third has no words, so its meaning alone counts.
    expected = np.array([[1, 0.8, 0], [0.8, 1, 0], [0, 0, 1]], dtype=np.float32)
    np.testing.assert_allclose(joined @ joined.T, expected, atol=1e-6)


@pytest.mark.parametrize(("cosine", "clusters"), [(0.01, [0, 0]), (-0.01, [0, 1])])
def test_sentences_are_of_one_cluster_from_a_mean_cosine_of_a_half(
    cosine: float, clusters: list[int]
) -> None:
    # The words are the same, so their cosine is 1.
    pool = table_of(["The old ship sailed."], ["The old ships sail."])
    ranked = rank_sentences(pool, unit([1, 0], at(cosine)), SETTINGS)
    assert ranked.cluster.tolist() == clusters
    assert ranked.lexical.shape == (2, 1024)


def test_words_stand_in_for_meaning_where_the_language_is_not_known() -> None:
    pool = table_of(["The ship sailed.", "A harbour burned."], ["Ships sail."])
    ranked = rank_sentences(pool, np.ones((3, 1), np.float32), SETTINGS, understood=False)
    np.testing.assert_allclose(
        ranked.vectors @ ranked.vectors.T, [[1, 0, 1], [0, 1, 0], [1, 0, 1]], atol=1e-6
    )
    assert ranked.cluster.tolist() == [0, 1, 0]


def test_words_support_a_sentence_with_coverage_alone() -> None:
    pool = table_of(["The ship sailed.", "A harbour burned."], ["Ships sail."])
    pool = pool.with_columns(
        position=np.zeros(3, np.intp), concept_weight=np.zeros(3), cost=np.ones(3, np.intp)
    )
    vectors = np.eye(3, dtype=np.float32)
    assert rank_sentences(pool, vectors, SETTINGS, "mmr").salience.tolist() == [1, 1, 1]
    joined = 1 + (0.5 - SETTINGS.cover_floor) / (1 - SETTINGS.cover_floor)
    found = rank_sentences(pool, vectors, SETTINGS, "coverage").salience
    np.testing.assert_allclose(found, [1, 1 / joined, 1], atol=1e-6)


@pytest.mark.parametrize("ranker", RANKERS)
def test_what_opens_documents_of_the_latest_day_is_twice_as_salient(ranker: Ranker) -> None:
    pool = table_of(["Rain.", "Hail.", "Fog."], ["Snow.", "Ice.", "Haze."]).with_columns(
        position=np.array([0, 1, 2, 0, 1, 2], np.intp),
        latest=np.array([False] * 3 + [True] * 3),
        concept_weight=np.ones(6),
        cost=np.ones(6, np.intp),
    )
    vectors = np.eye(6, dtype=np.float32)
    salience = rank_sentences(pool, vectors, SETTINGS, ranker).salience
    np.testing.assert_allclose(salience[3:5], 2 * salience[:2])
    assert salience[5] == salience[2]
    assert salience.max() == 1


def test_half_of_the_salience_for_mmr_is_what_a_sentence_weighs_for_its_cost() -> None:
    pool = table_of(["The ship sailed.", "A harbour burned."], ["A ship came."]).with_columns(
        position=np.zeros(3, np.intp),
        concept_weight=np.array([0.2, 0.6, 0.1]),
        cost=np.array([10, 15, 10], dtype=np.intp),
    )
    found = rank_sentences(pool, np.eye(3, dtype=np.float32), SETTINGS, "mmr").salience
    # All have the same support; the second weighs most for its cost, twice as much as the first.
    np.testing.assert_allclose(found, [(1 + 1 / 2) / 2, 1, (1 + 1 / 4) / 2])


def test_cover_rescales_the_cosine() -> None:
    rows = unit([1, 0], [0, 1], at(0.65))
    covers = cover(rows @ rows.T, SETTINGS)
    np.testing.assert_allclose(np.diag(covers), 1, atol=1e-6)
    assert covers[0, 1] == 0
    assert covers[0, 2] == pytest.approx(0.5, abs=1e-6)


def test_salience_counts_documents_not_sentences() -> None:
    one, other, third = np.eye(3, dtype=np.float32)
    # Document 0 says one thing three times; documents 1 and 2 agree on the other.
    vectors = np.stack([one, one, one, other, other, third])
    document = np.array([0, 0, 0, 1, 2, 2])
    salience = sentence_salience(vectors, document, np.zeros(6, dtype=np.intp), SETTINGS)
    np.testing.assert_allclose(salience, [0.5, 0.5, 0.5, 1, 1, 0.5])
    early = sentence_salience(vectors, document, np.array([0, 1, 2, 0, 0, 1]), SETTINGS)
    np.testing.assert_allclose(early[0], 0.5)
    np.testing.assert_allclose(early[1:3], 0.5 * (0.2 + 0.8 * np.exp([-0.2, -0.4])))


def test_subject_gives_each_document_the_same_say() -> None:
    vectors = np.eye(2, dtype=np.float32)[[0, 0, 0, 1]]
    cosines = subject_cosines(vectors, np.array([0, 0, 0, 1]))
    np.testing.assert_allclose(cosines, [0.5**0.5] * 4)


def test_nothing_and_zeros() -> None:
    nothing, none = np.zeros((0, 2), np.float32), np.zeros(0, np.intp)
    assert star_clusters(nothing, 0.5).tolist() == []
    assert sentence_salience(nothing, none, none, SETTINGS).shape == (0,)
    assert subject_cosines(nothing, none).shape == (0,)
    zeros, rows = np.zeros((2, 3), np.float32), np.array([0, 1])
    assert sentence_salience(zeros, rows, rows, SETTINGS).tolist() == [0, 0]
    assert subject_cosines(zeros, rows).tolist() == [0, 0]
    assert unit_rows(zeros).tolist() == zeros.tolist()


def test_salience_of_a_library() -> None:
    from scipy.spatial.distance import cdist

    vectors = random_rows(3, 30)
    document = np.repeat(np.arange(5), 6)
    position = np.tile(np.arange(6), 5)
    covers = np.clip((1 - cdist(vectors, vectors, "cosine") - 0.3) / 0.7, 0, 1)
    support = sum(covers[:, document == number].max(axis=1) for number in range(5))
    expected = support * (0.2 + 0.8 * np.exp(-position / 5))
    found = sentence_salience(vectors, document, position, SETTINGS)
    np.testing.assert_allclose(found, expected / expected.max(), atol=1e-6)


def redundant(lexical: list[list[float]], cluster: list[int] | None = None) -> list[list[bool]]:
    """Return which of some sentences may not stand beside one another."""
    pool = table_of([f"s{number}" for number in range(len(lexical))]).with_columns(
        lexical=np.array(lexical, dtype=np.float32),
        cluster=np.array(cluster or range(len(lexical))),
    )
    redundancy = Redundancy(pool, SETTINGS)
    assert len(redundancy) == len(lexical)
    return [redundancy[row].tolist() for row in range(len(lexical))]


LEXICAL: list[list[float]] = [
    [1, 1, 1, 0, 0, 0],  # a sentence
    [1, 0, 0, 0, 0, 0],  # one whose only word is in it
    [1, 0, 0, 1, 1, 1],  # one with a quarter of its words in it
    [0, 0, 0, 0, 0, 0],  # one of stop words
]


def test_contained_sentences_are_redundant() -> None:
    expected = np.eye(4, dtype=bool)
    expected[0, 1] = expected[1, 0] = expected[1, 2] = expected[2, 1] = True
    assert redundant(LEXICAL) == expected.tolist()


@pytest.mark.parametrize(("shared", "same"), [(7, True), (6, False)])
def test_seven_tenths_of_the_words_say_the_same(shared: int, same: bool) -> None:
    one = [1.0] * 10 + [0.0] * 10
    other = [1.0] * shared + [0.0] * (10 - shared) + [1.0] * 10
    assert redundant([one, other])[0][1] is same


def test_cluster_mates_say_the_same_whatever_their_words() -> None:
    words = np.eye(4).tolist()
    assert redundant(words, [0, 1, 1, 0])[0] == [True, False, False, True]
    assert redundant(words)[0] == [True, False, False, False]


def test_what_is_relevant_to_a_question_is_salient() -> None:
    table = table_of(["The mayor closed the bridge.", "Wheat grew tall."], ["Ferries were sold."])
    vectors = unit((1, 0, 0), (0, 1, 0), (0, 0, 1))
    plain = rank_sentences(table, vectors, SETTINGS)
    relevance = np.array([0.25, 0.5, 0.0])
    asked = rank_sentences(table.with_columns(relevance=relevance), vectors, SETTINGS)
    expected = plain.salience * np.exp(4 * relevance)
    np.testing.assert_allclose(asked.salience, expected / expected.max())


BRIDGE = [
    "The old bridge over the Lind was closed on Monday after divers found cracks in two piers.",
    "Engineers expect the repair of both piers to cost three million crowns.",
    "Buses will take a longer way through Harbour Street until the bridge is open again.",
    "The bridge has carried the main road into the town since 1932.",
]
NOTICE = "Sign up to our newsletter and get the top stories in your inbox every morning."


CAPTION = (
    "A man walks across the old bridge during a storm, Monday, May 6, 2024, in Lindford, Ohio."
)


def test_notices_and_captions_have_the_odds_that_are_asked_for() -> None:
    model = read_weights("notices")
    for text in (NOTICE, CAPTION):
        features = set(word_pairs(text))
        weights = [model["words"].get(feature, 0) for feature in features]
        odds = model["intercept"] + sum(weights) / len(features) ** 0.5
        for shift, told in ((-0.001, True), (0.001, False)):
            settings = Settings(notice_odds=odds + shift)
            assert find_notices([*BRIDGE, text], settings).tolist() == [False] * 4 + [told]


def test_words_are_described_with_their_neighbours_and_the_ends() -> None:
    found = word_pairs("In 2024, it fell.")
    assert found[:7] == ["^", "in", "0", ",", "it", "fell", "."]
    assert found[8:] == ["^ in", "in 0", "0 ,", ", it", "it fell", "fell .", ". $"]
    assert find_notices([""], Settings()).tolist() == [False]


def test_what_a_site_tells_its_readers_is_not_quoted() -> None:
    texts = [
        f"{BRIDGE[0]} {NOTICE} {BRIDGE[1]}",
        f"{BRIDGE[0]} {NOTICE} {BRIDGE[2]}",
        f"{NOTICE} {BRIDGE[3]} {BRIDGE[1]}",
    ]
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    # Whether all fits or not.
    for words in (60, 300):
        quoted = [sentence.text for sentence in summarize(documents, words=words).sentences]
        assert BRIDGE[0] in quoted
        assert NOTICE not in quoted
    everything = Settings(notice_odds=100)
    documents = [Document("a", NOTICE), Document("b", NOTICE)]
    for settings in (Settings(), everything):
        # Where there is nothing else, it is what the sources say.
        assert len(summarize(documents, words=20, settings=settings).sentences) == 1
