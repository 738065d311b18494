"""What is said in another language is told from what is not."""

import pytest

from summarizer.evidence import EvidenceSettings, ForeignSentences
from tests.builders import unit

QUOTE = "On 3 May 2021, 1,200 people left their homes."


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
    foreign = ForeignSentences([text], [1], unit([1, 0]), ["en", "es"], [None, None], [0, 1])
    (vector,) = unit([1, 0.1])
    found = foreign.stating(QUOTE, vector, 0, EvidenceSettings())
    assert [one.row for one in found] == [0] * stated


def test_each_group_of_copies_is_named_once_with_its_nearest_sentence() -> None:
    texts = ["Uno.", "Dos.", "Tres.", "Cuatro."]
    vectors = unit([1, 0.5], [1, 0], [1, 0.2], [0.5, 1])
    foreign = ForeignSentences(
        texts, [1, 1, 2, 3], vectors, ["en", *["es"] * 3], [None] * 4, [0, 1, 1, 3]
    )
    (vector,) = unit([1, 0])
    found = foreign.stating("One.", vector, 0, EvidenceSettings())
    assert found == [(1, 1.0)]
    loose = EvidenceSettings(translation=0.4)
    assert [one.row for one in foreign.stating("One.", vector, 0, loose)] == [1, 3]


def test_a_sentence_that_is_less_like_the_quote_is_no_translation() -> None:
    # Of cosines .73 and .77 with it.
    vectors = unit([0.73, 0.6834], [0.77, 0.6380])
    foreign = ForeignSentences(
        ["Uno.", "Dos."], [1, 2], vectors, ["en", "es", "es"], [None] * 3, [0, 1, 2]
    )
    (vector,) = unit([1, 0])
    found = foreign.stating("One.", vector, 0, EvidenceSettings())
    assert [one.row for one in found] == [1]
