"""What is said in another language is told from what is not."""

from collections.abc import Sequence

import numpy as np
import pytest

from summarizer.evidence import EvidenceSettings, find_translations
from tests.builders import unit

QUOTE = "On 3 May 2021, 1,200 people left their homes."


def rows(
    vectors: Sequence[Sequence[float]],
    *texts: str,
    quote: str = "One.",
    document: Sequence[int] = (1, 2, 3),
    groups: Sequence[int] = (0, 1, 2, 3),
    settings: EvidenceSettings | None = None,
) -> list[int]:
    """Return which of some Spanish texts state an English quote, the first vector being its own."""
    (found,) = find_translations(
        [quote, *texts],
        np.array([0, *document[: len(texts)]]),
        unit(*vectors),
        1,
        ["en", "es", "es", "es"],
        [None] * 4,
        groups,
        settings or EvidenceSettings(),
    )
    return [one.first for one in found]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("El 3 de mayo de 2021, 1.200 personas abandonaron sus casas.", True),
        ("El 3 de mayo de 2021, 1.500 personas abandonaron sus casas.", False),
        ("El 4 de mayo de 2021, 1.200 personas abandonaron sus casas.", False),
        ("Muchas personas abandonaron sus casas.", False),
    ],
)
def test_a_translation_holds_every_number_and_day(text: str, stated: bool) -> None:
    assert rows([[1, 0.1], [1, 0]], text, quote=QUOTE) == [1] * stated


def test_each_group_of_copies_is_named_once_with_its_nearest_sentence() -> None:
    vectors: list[list[float]] = [[1, 0], [1, 0.5], [1, 0], [1, 0.2], [0.5, 1]]
    for least, expected in ((0.75, [2]), (0.4, [2, 4])):
        found = rows(
            vectors,
            *["Uno.", "Dos.", "Tres.", "Cuatro."],
            document=[1, 1, 2, 3],
            groups=[0, 1, 1, 3],
            settings=EvidenceSettings(translation=least),
        )
        assert found == expected


def test_a_sentence_that_is_less_like_the_quote_is_no_translation() -> None:
    # Of cosines .73 and .77 with it.
    assert rows([[1, 0], [0.73, 0.6834], [0.77, 0.6380]], "Uno.", "Dos.") == [2]
