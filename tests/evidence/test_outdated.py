"""What later sources supersede."""

from collections.abc import Sequence

import numpy as np
import pytest

from summarizer import Document, summarize
from summarizer.evidence import find_outdated

SUNDAY, MONDAY = "2023-06-18", "2023-06-19"


def outdated(
    *said: tuple[str, str | None], cluster: Sequence[int] = (), code: str = "en"
) -> list[bool]:
    """Tell which of some sentences, each of a document of its own, are outdated."""
    found: list[bool] = find_outdated(
        [text for text, _ in said],
        np.arange(len(said)),
        [day for _, day in said],
        [code] * len(said),
        np.array(cluster or range(len(said))),
    ).tolist()
    return found


PLAN = "Blinken will meet Xi on Monday."
MET = "Blinken met Xi."


@pytest.mark.parametrize(
    ("plan", "written", "latest", "expected"),
    [
        (PLAN, SUNDAY, MONDAY, True),
        ("He’ll meet Xi on June 19.", SUNDAY, MONDAY, True),
        ("Blinken is expected to meet Xi on 19 June 2023.", SUNDAY, MONDAY, True),
        (PLAN, SUNDAY, SUNDAY, False),  # nobody writes on Monday
        (PLAN, MONDAY, MONDAY, False),
        ("Blinken met Xi on Monday.", SUNDAY, MONDAY, False),
        ("Blinken will meet Xi on Tuesday.", SUNDAY, MONDAY, False),
        ("Blinken will meet Xi on June 30.", SUNDAY, MONDAY, False),
        ("The minister whom Blinken met on June 12 will resign.", SUNDAY, MONDAY, False),
        ("Blinken will meet Xi.", SUNDAY, MONDAY, False),
        (PLAN, None, MONDAY, False),
    ],
)
def test_plans_for_a_day_that_has_come(
    plan: str, written: str | None, latest: str, expected: bool
) -> None:
    assert outdated((plan, written), (MET, latest)) == [expected, False]


def test_plans_are_outdated_in_copies_without_a_day_too() -> None:
    said = (PLAN, SUNDAY), (PLAN, None), (MET, None), (MET, MONDAY)
    assert outdated(*said, cluster=[0, 0, 0, 1]) == [True, True, False, False]


def test_plans_are_told_in_english_alone() -> None:
    assert outdated((PLAN, SUNDAY), (MET, MONDAY), code="fr") == [False, False]


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("At least 40 died.", "231 died.", [True, False]),
        ("At least 1,040 died.", "1,040 died.", [False, False]),
        ("40 died.", "40 died in 3 villages.", [False, False]),
        ("Many died.", "231 died.", [False, False]),
    ],
)
def test_numbers_that_were_given_anew(earlier: str, later: str, expected: list[bool]) -> None:
    assert outdated((earlier, SUNDAY), (later, MONDAY), cluster=[0, 0]) == expected
    assert outdated((earlier, SUNDAY), (later, MONDAY)) == [False, False]
    assert outdated((earlier, None), (later, MONDAY), cluster=[0, 0]) == [False, False]
    assert outdated((earlier, MONDAY), (later, MONDAY), cluster=[0, 0]) == [False, False]


def test_what_is_outdated_is_not_quoted() -> None:
    texts = (
        "Mayor Brandt will open the new bridge of Harle on Monday, said the council.",
        "The old bridge of Harle was blown up. Mayor Brandt fled.",
    )
    dated = [
        Document(text, text, date=day) for text, day in zip(texts, (SUNDAY, MONDAY), strict=True)
    ]
    assert "will open" in summarize(texts, words=14).text
    assert "will open" not in summarize(dated, words=14).text
