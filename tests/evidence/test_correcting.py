"""Sentences that are the same but for their numbers, and those with numbers or names swapped."""

import pytest

from summarizer.evidence import Claim
from summarizer.evidence.swaps import swaps_names

from .test_evidence import differing, supports


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("The Greens won the election in Osterland on Sunday with 31 percent of the vote.", "The Greens won the election in Osterland on Sunday with 38 percent of the vote."),
        ("The Liberals won 11 seats in the new parliament.", "The Liberals won 17 seats in the new parliament."),
        ("Turnout in the election on Sunday was 67 percent.", "Turnout in the election on Sunday was 54 percent."),
        ("The phone weighs 198 grams.", "The phone weighs 189 grams."),
        ("It was the highest turnout in Osterland since 1990.", "It was the highest turnout in Osterland since 1994."),
        ("She finished the marathon in 2 hours 14 minutes.", "She finished the marathon in 2 hours 41 minutes."),
        ("A crowd of 61,200 watched the final in the stadium.", "A crowd of 59,800 watched the final in the stadium."),
        ("The museum was founded in 1871 by a brewer.", "The museum was founded in 1817 by a brewer."),
        ("The mayor, who is 54, opened the bridge.", "The mayor, who is 57, opened the bridge."),
        ("The river rose by 40 centimetres in the night.", "The river rose by 400 centimetres in the night."),
    ],
)  # fmt: skip
def test_a_corrected_number_differs_whatever_the_verb(quote: str, passage: str) -> None:
    assert differing(quote, quote) == []
    assert differing(quote, passage)
    assert differing(passage, quote)


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("The Liberals won 11 seats in the new parliament.", "The Greens won 17 seats in the new parliament."),
        ("The Liberals won 11 seats in the new parliament.", "The Liberals did not win 17 seats in the new parliament."),
        ("The phone weighs 198 grams.", "The phone weighs almost 150 grams more."),
        ("The club won 11 games in the season of 1990.", "The club won 17 games in the season of 1994."),
        ("The first phone weighs 198 grams.", "The second phone weighs 189 grams."),
        ("The bridge opened at 9 a.m., police said on Monday.", "The bridge opened at 9 a.m., police said on Tuesday."),
    ],
)  # fmt: skip
def test_numbers_of_something_else_are_no_correction(quote: str, passage: str) -> None:
    assert differing(quote, passage) == []
    assert differing(passage, quote) == []


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("The attack killed 12 people and injured 40 in the market.", "The attack killed 40 people and injured 12 in the market."),
        ("The attack killed 12 people and injured 40 in the market.", "The attack injured 12 people and killed 40 in the market."),
        ("The Greens won 42 seats and the Conservatives 31 in the election.", "The Greens won 31 seats and the Conservatives 42 in the election."),
        ("The museum opened in March 1990 and closed in May 1995.", "The museum opened in May 1995 and closed in March 1990."),
    ],
)  # fmt: skip
def test_swapped_numbers_are_no_support(quote: str, passage: str) -> None:
    assert supports(quote, quote)
    assert not supports(quote, passage)
    assert not supports(passage, quote)


def test_numbers_told_in_another_order_with_what_they_count_support() -> None:
    quote = "The attack killed 12 people and injured 40 men in the market."
    passage = "The attack in the market killed 12 people and injured 40 men, officials said."
    assert supports(quote, passage)
    listed = "The storm took 3 boats, 5 sheds and 12 cars of the old harbour."
    assert supports(listed, listed.replace("3 boats, 5 sheds", "5 sheds, 3 boats"))


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("Anna Keller sued Peter Brandt over the house in Aldwick.", "Peter Brandt then sued Anna Keller over the house in Aldwick."),
        ("The Greens got 42 seats and the Conservatives 31.", "The Conservatives then got 42 seats and the Greens 31."),
    ],
)  # fmt: skip
def test_swapped_names_are_no_support(quote: str, passage: str) -> None:
    assert not supports(quote, passage)
    assert not supports(passage, quote)


def test_names_may_stand_elsewhere() -> None:
    quote = "Anna Keller sued Peter Brandt over the house in Aldwick."
    for passage in (
        "In Aldwick, Anna Keller sued Peter Brandt over the house.",
        "Peter Brandt was sued by Anna Keller over the house in Aldwick.",
    ):
        assert not swaps_names(Claim(quote), Claim(passage))


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("The central bank of Osterland cut its main rate to 4 percent on Thursday.", "The central bank of Osterland raised its main rate to 4 percent on Thursday."),
        ("The appeals court upheld the sentence of the former mayor.", "The appeals court overturned the sentence of the former mayor."),
        ("The tanker ran aground off the north coast of the island.", "The tanker ran aground off the south coast of the island."),
    ],
)  # fmt: skip
def test_words_that_exclude_one_another_differ(quote: str, passage: str) -> None:
    assert not supports(quote, passage)
    assert differing(quote, passage)
    assert differing(passage, quote)


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        # Another word, but not a contrary one; two places; not the same otherwise; too short.
        ("The appeals court upheld the sentence of the former mayor.", "The appeals court published the sentence of the former mayor."),
        ("The court upheld the sentence of the former mayor of Tarn.", "The court overturned the sentence of the present mayor of Tarn."),
        ("The appeals court upheld the sentence of the former mayor.", "Nobody in Tarn knew why the court had overturned his sentence so late."),
        ("The court upheld the sentence.", "The court overturned the sentence."),
    ],
)  # fmt: skip
def test_other_words_are_no_contrary(quote: str, passage: str) -> None:
    assert not differing(quote, passage)
