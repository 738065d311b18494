"""What a passage must hold of a quote that it supports, beyond numbers and names that capitals tell."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evidence import Claim
from summarizer.evidence.likeness import ordered

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
    passage = quote.replace("Firemen", "Rescuers came out at night and")
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


@pytest.mark.parametrize(
    ("quote", "passage", "expected"),
    [
        # The same people and things, in another deed.
        ("The baker of Aldwick sold her mill near the harbour to a brewer from Turku.", "A brewer in Turku praised her mill, the harbour near it and what else Aldwick has, as did a baker.", False),
        ("The baker of Aldwick sold her mill near the harbour to a brewer from Turku.", "In May the baker of Aldwick sold her old mill near the harbour to the brewer, who is from Turku.", True),
        # Who says it, and asides, are no part of what is said.
        ("(Evening Post) (Bob Ray, staff) The mill in Aldwick burned to the ground.", "The mill in Aldwick burned to the ground.", True),
        ("(Evening Post) (Bob Ray, staff) The mill burned.", "(Evening Post) (Bob Ray, staff) A choir sings at the mill of Aldwick.", False),
        # But a headline is not said.
        ("Thousands in the town shared the story “The baker of the old harbour sold her mill to a brewer”.", "“The baker of the old harbour sold her mill to a brewer”, it was headed.", False),
        ("“The baker of the old harbour sold her mill to a brewer,” the lawyer said.", "“The baker of the old harbour sold her mill to a brewer,” it was headed.", True),
        # A day of what was done, not that on which it was told.
        ("The mill in Aldwick burned to the ground on Friday.", "The mill in Aldwick burned to the ground.", False),
        ("The mill in Aldwick burned to the ground, police said on Friday.", "The mill in Aldwick burned to the ground.", True),
        ("“The old mill in the harbour has burned to the ground,” the baker said at a meeting of her guild on Friday.", "“The old mill in the harbour has burned to the ground,” she said.", True),
        # What is to be has not been.
        ("The baker of Aldwick sold her mill near the harbour.", "The baker of Aldwick is expected to have sold her mill near the harbour.", False),
        ("The baker of Aldwick may have sold her mill near the harbour.", "The baker of Aldwick may have sold her mill near the harbour by then.", True),
        ("The baker of Aldwick sold her mill near the harbour.", "Others may, but the baker of Aldwick sold her mill near the harbour.", True),
    ],
)  # fmt: skip
def test_support_of_what_is_done(quote: str, passage: str, expected: bool) -> None:
    assert supports(quote, passage, 0.75) is expected


def test_who_says_it_is_no_part_of_the_wording() -> None:
    said = Claim("(Evening Post) Police said the mill burned.")
    assert said.wording == ["police", "the", "mill", "burned"]
    quoted = Claim("“The mill in the harbour burned,” said a guard.")
    assert quoted.wording == ["the", "mill", "in", "the", "harbour", "burned"]


def test_more_is_asked_where_no_capital_tells_names() -> None:
    quote = "the baker of Aldwick sold a mill near the harbour to a brewer in spring"
    passage = "a mill near the harbour was what the baker of Aldwick sold to the brewer"
    assert supports(quote, passage, 0.7)
    assert not supports(quote.casefold(), passage.casefold(), 0.7)


WORDS = st.lists(st.sampled_from(["mill", "harbour", "brewer", "the", "of"]), max_size=9)


@given(WORDS, WORDS)
def test_words_in_one_order_are_a_longest_common_subsequence(
    ones: list[str], others: list[str]
) -> None:
    rows = [[0] * (len(others) + 1) for _ in range(len(ones) + 1)]
    for row, one in enumerate(ones):
        for place, other in enumerate(others):
            rows[row + 1][place + 1] = (
                rows[row][place] + 1
                if one == other
                else max(rows[row][place + 1], rows[row + 1][place])
            )
    found = ordered(Claim(" ".join(ones)), Claim(" ".join(others)))
    assert found * max(len(ones), 1) == pytest.approx(rows[-1][-1])
