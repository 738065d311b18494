"""Star clusters: closed form, the guarantee of a star, independence of order."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.rank import clusters as clustering
from summarizer.rank.clusters import join_vectors, star_clusters


def unit_rows(seed: int, rows: int) -> npt.NDArray[np.float32]:
    """Make random unit rows, some of them near one another."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(max(rows // 3, 1), 8))
    points = centres[random.integers(len(centres), size=rows)] + random.normal(0, 0.3, (rows, 8))
    return np.asarray(points / np.linalg.norm(points, axis=1, keepdims=True), np.float32)


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


def test_no_rows() -> None:
    assert star_clusters(np.zeros((0, 3), np.float32), 0.5).tolist() == []


@given(st.integers(0, 999), st.integers(1, 40), st.floats(0.3, 0.95))
def test_every_cluster_has_a_centre_near_all_its_members(
    seed: int, rows: int, least: float
) -> None:
    vectors = unit_rows(seed, rows)
    labels = star_clusters(vectors, least)
    cosines = vectors @ vectors.T
    for label in range(labels.max() + 1):
        members = np.flatnonzero(labels == label)
        assert len(members) > 0
        assert (cosines[np.ix_(members, members)].min(axis=1).max()) >= least - 1e-5


@given(st.integers(0, 999), st.integers(1, 30))
def test_blocks_do_not_change_the_clusters(seed: int, rows: int) -> None:
    vectors = unit_rows(seed, rows)
    whole = star_clusters(vectors, 0.7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clustering, "_BLOCK", 4)
        assert star_clusters(vectors, 0.7).tolist() == whole.tolist()


def test_joined_vectors_multiply_to_the_mean_of_both_cosines() -> None:
    vectors = np.eye(2, dtype=np.float32)[[0, 0, 1]]
    lexical = np.array([[3, 0], [3, 4], [0, 0]], dtype=np.float32)
    joined = join_vectors(vectors, lexical)
    expected = np.array([[1, 0.8, 0], [0.8, 1, 0], [0, 0, 1]], dtype=np.float32)
    np.testing.assert_allclose(joined @ joined.T, expected, atol=1e-6)
