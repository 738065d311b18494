"""Numbers, days and denials in a sentence, and what they agree with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evidence import Claim
from summarizer.evidence.days import Day
from summarizer.evidence.quantities import Bound, Quantity


def values(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(v.kind, text[v.start : v.end]) for v in Claim(text, language).values]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cost $1.2 million.", [("money", "$1.2 million", 1.2e6)]),
        ("It cost $143.2m or 3,500 euros.", [("money", "$143.2m", 143.2e6), ("money", "3,500 euros", 3500.0)]),
        ("Nearly two dozen of twenty-two men.", [("number", "Nearly two dozen", 24.0), ("number", "twenty-two", 22.0)]),
        ("A rate of 25-40% or 6.3 percent.", [("percent", "25", 25.0), ("percent", "40%", 40.0), ("percent", "6.3 percent", 6.3)]),
        ("The 17-year-old and Ann, 34, met.", [("age", "17-year-old", 17.0), ("age", "34", 34.0)]),
        ("At 7:30 pm or 10 a.m. of day 3.", [("time", "7:30 pm", 1170.0), ("time", "10 a.m", 600.0), ("label", "3", 3.0)]),
        ("He won stage 13, his 2nd.", [("label", "13", 13.0), ("ordinal", "2nd", 2.0)]),
        ("Thousands left in the 80s on a K5.", []),
        ("One of them had a couple hundred, three-quarters of it lost.", []),
        ("Paper 28 printed what the Airbus 320 did and 12 men on Route 66.", [("label", "28", 28.0), ("label", "320", 320.0), ("number", "12", 12.0), ("label", "66", 66.0)]),
        ("Only 12 men of the 30 in Lyon 15 years ago.", [("number", "12", 12.0), ("number", "30", 30.0), ("number", "15", 15.0)]),
        ("Half a dozen left.", [("number", "Half a dozen", 6.0)]),
        ("From 12:30 a.m. to 12 pm or 13:05.", [("time", "12:30 a.m", 30.0), ("time", "12 pm", 720.0), ("time", "13:05", 785.0)]),
        (f"Key 1{'0' * 400} is {'9' * 400}.", []),
    ],
)  # fmt: skip
def test_numbers(text: str, found: list[tuple[str, str, float]]) -> None:
    shown = [
        (v.kind, text[v.start : v.end], v.quantity.value) for v in Claim(text).values if v.quantity
    ]
    assert shown == found


def test_spelt_numbers_are_as_exact_as_their_last_word() -> None:
    (found,) = Claim("One million five hundred thousand people left.").values
    assert found.quantity == Quantity(1.5e6, 1e5)


def test_sentence_as_long_as_a_book() -> None:
    text = "In May 2019 Mr. Lee paid 12 million dollars for it. And "
    claim = Claim(text * 3000)
    once = Claim(text * 2).words
    assert len(claim.values) == 2 * 3000
    assert [word.stem for word in claim.words] == [
        word.stem for word in once[: len(once) // 2]
    ] * 3000


def test_half_a_letter_moves_no_number() -> None:
    text = "Half \ud800 letter and twelve \udfff men in \ud800twenty-two\udc00 boats."
    assert values(text) == [("number", "twelve"), ("number", "twenty-two")]


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("It was on 3 May 1969.", "en", [Day(1969, 5, 3)]),
        ("It was on May 3rd, 1969.", "en", [Day(1969, 5, 3)]),
        ("It was in Sept. 2008.", "en", [Day(2008, 9)]),
        ("It was in 1969, or in May.", "en", [Day(1969), Day(None, 5)]),
        ("It was on 1969-05-03.", "en", [Day(1969, 5, 3)]),
        ("They may march, and 1969 people came.", "en", []),
        ("C’était le 3 mai 1969.", "fr", [Day(1969, 5, 3)]),
        ("Es war am 3. Mai 1969.", "de", [Day(1969, 5, 3)]),
        ("Fue el 3 de mayo.", "es", [Day(None, 5, 3)]),
        ("It was on 3 May 1969.", "xx", []),
    ],
)
def test_days(text: str, language: str, days: list[Day]) -> None:
    assert [value.day for value in Claim(text, language).values if value.day] == days


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Ann didn’t go on Monday.", ["didn’t"]),
        ("en", "He asked whether or not Ann had come, not only on Monday.", []),
        ("fr", "Elle n’est pas venue lundi.", ["pas"]),
        ("de", "Sie kam am Montag nicht.", ["nicht"]),
        ("", "Nobody knows.", []),
    ],
)
def test_denials(language: str, text: str, words: list[str]) -> None:
    assert [text[v.start : v.end] for v in Claim(text, language).denials] == words


def test_numbers_and_weekdays_of_other_languages() -> None:
    assert values("Lundi, vingt-deux hommes sont morts.", "fr") == [
        ("weekday", "Lundi"),
        ("number", "vingt-deux"),
    ]
    assert values("Am Montag starben zweiundzwanzig.", "de")[1] == ("number", "zweiundzwanzig")
    (cost,) = Claim("Das kostet 1.200 Taler.", "de").values
    (share,) = Claim("Das sind 1,5 Prozent.", "de").values
    assert cost.quantity is not None
    assert share.quantity is not None
    assert (cost.quantity.value, share.quantity.value) == (1200.0, 1.5)


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        (Quantity(12, 1), Quantity(12, 1), False),
        (Quantity(12, 1), Quantity(13, 1), True),
        (Quantity(22, 1), Quantity(21.5, 0.1), False),
        (Quantity(1.2e6, 1e5), Quantity(1_234_567, 1), False),
        (Quantity(1.2e6, 1e5), Quantity(1.3e6, 1e5), True),
        (Quantity(50, 10, "nearly"), Quantity(48, 1), False),
        (Quantity(50, 10, "nearly"), Quantity(50, 10), True),
        (Quantity(50, 10, "nearly"), Quantity(40, 10), True),
        (Quantity(50, 10, "about"), Quantity(52, 1), False),
        (Quantity(50, 10, "more"), Quantity(60, 10), False),
        (Quantity(50, 10, "more"), Quantity(50, 10), True),
        (Quantity(50, 10, "more"), Quantity(50, 10, "least"), False),
        (Quantity(12, 1, "least"), Quantity(15, 1), True),
        (Quantity(12, 1, "least"), Quantity(12, 1), False),
        (Quantity(90, 10, "most"), Quantity(90, 10, "nearly"), False),
        (Quantity(78, 1, "over"), Quantity(78, 1), False),
        (Quantity(50, 10, "less"), Quantity(30, 10), False),
        (Quantity(50, 10, "less"), Quantity(50, 10), True),
        (Quantity(15_000, 1000, "more"), Quantity(16_000, 1000, "more"), True),
        (Quantity(3e6, 1e6, "more"), Quantity(3.5e6, 1e5, "more"), False),
    ],
)
def test_contradiction(one: Quantity, other: Quantity, contradict: bool) -> None:
    assert one.contradicts(other) is contradict
    assert other.contradicts(one) is contradict


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("12:15", "00:15", False),
        ("9:30", "21:30", False),
        ("9:30 a.m.", "9:30 p.m.", True),
        ("13:15", "21:15", True),
        ("12:15", "00:45", True),
        ("9:30", "9:50", True),
    ],
)
def test_times_of_either_half_of_the_day(one: str, other: str, contradict: bool) -> None:
    (first,), (second,) = (Claim(f"The ferry left at {time}").values for time in (one, other))
    assert first.contradicts(second) is contradict
    assert second.contradicts(first) is contradict


BOUNDS: list[Bound] = ["", "about", "nearly", "less", "most", "more", "over", "least"]
QUANTITIES = st.builds(
    Quantity, st.integers(1, 999).map(float), st.just(1.0), st.sampled_from(BOUNDS)
)


@given(QUANTITIES, QUANTITIES)
def test_contradiction_is_mutual_and_never_with_itself(one: Quantity, other: Quantity) -> None:
    assert one.contradicts(other) == other.contradicts(one)
    assert not one.contradicts(one)
    assert one.covers(one)
    assert not (one.covers(other) and one.contradicts(other))


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for language in ("en", "fr", "de", "hi", ""):
        claim = Claim(text, language)
        for value in (*claim.values, *claim.denials):
            assert 0 <= value.start < value.end <= len(text)
        assert all(text[word.start : word.end] for word in claim.words)
