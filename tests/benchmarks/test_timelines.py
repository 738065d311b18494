"""How timelines are scored."""

import pytest

from benchmarks.timelines import averaged, matched, score

REFERENCE = {10: ["The bridge was closed."], 20: ["Ferries carried lorries."]}


def test_a_timeline_is_all_of_itself() -> None:
    found = score(REFERENCE, REFERENCE)
    assert found == {"days": (1, 1), "R1": (1, 1), "R2": (1, 1)}
    assert averaged([found]) == {"days": 1, "R1": 1, "R2": 1}


def test_what_is_told_a_day_off_counts_half() -> None:
    late = {11: ["The bridge was closed."]}
    assert matched(late, REFERENCE, 1) == pytest.approx(1 / 2)
    # Both days of the reference go with the only one; the words of one match.
    assert matched(REFERENCE, late, 1) == pytest.approx(2 / 2 / 5)
    assert score(late, REFERENCE)["days"] == (0, 0)


def test_means_are_taken_before_the_f1() -> None:
    scores = [dict.fromkeys(("days", "R1", "R2"), pair) for pair in ((1.0, 0.0), (0.0, 1.0))]
    assert averaged(scores)["days"] == 0.5
