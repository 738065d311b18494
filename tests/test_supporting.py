"""Names that no capital tells: those that open a sentence, and those in headlines."""

from collections.abc import Callable

import pytest

from .test_evidence import supports, weigh


@pytest.mark.parametrize(
    ("one", "other"), [("Google", "Apple"), ("Brown", "Johnson"), ("Oslo", "Turku")]
)
def test_single_names_that_open_sentences(one: str, other: str) -> None:
    rest = " bought the old harbour bridge for the firm in May."
    assert supports(one + rest, one + " has" + rest)
    assert not supports(one + rest, other + rest)


def test_words_that_open_sentences_are_no_names_where_a_document_writes_them_small() -> None:
    quote = "Firemen rescued a cat from the old harbour bridge in May."
    passage = quote.replace("Firemen", "Rescuers")
    assert weigh((1, passage, 0.9), quote=quote).supporting == []
    elsewhere = (1, "The cat bit one of the firemen.", 0.1)
    assert weigh((1, passage, 0.9), elsewhere, quote=quote).supporting == [1]


@pytest.mark.parametrize("written", [str.title, str.upper])
def test_any_word_of_a_headline_may_be_a_name(written: Callable[[str], str]) -> None:
    quote = "mayor ann lee opens the old harbour bridge in aldwick after nine months"
    for other in ("ann ray", "bob ray", "bob lee"):
        passage = quote.replace("ann lee", other)
        assert not supports(written(quote), written(passage))
        assert not supports(written(quote), passage)
    assert supports(written(quote), written("at last " + quote))
