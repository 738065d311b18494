"""Names in a sentence, and which of them may be one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evidence import Claim
from summarizer.evidence.naming import find_names, is_told, same_name

WORDS = ["Ann", "Smith", "U.S.", "the", "of", "said", "Bank", "met", "“", ",", "Qaeda", "in", "ÉTÉ"]


def names(text: str) -> list[str]:
    return [text[name.start : name.end] for name in find_names(Claim(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He met Mayor Ann Smith in New York.", ["Ann Smith", "New York"]),
        ("He met Dr. Smith of the Bank of England.", ["Smith", "Bank of England"]),
        ("A plane of the U.S. Navy left Smith’s yard.", ["U.S. Navy", "Smith"]),
        ("He said that the president was ill on Monday.", []),
        ("Ann Smith And Peter Brown Win The Cup in May.", []),
        ("they met ann smith in new york.", []),
    ],
)
def test_names(text: str, found: list[str]) -> None:
    assert [name for name in names(text) if name not in {"He", "A"}] == found


def test_a_list_of_names_is_not_compared_name_by_name() -> None:
    few, many = (
        "the mayor met " + ", and ".join(f"Mr. {chr(65 + n // 26)}{chr(97 + n % 26)}" for n in rows)
        for rows in (range(20), range(21))
    )
    assert len(names(few)) == 20
    assert names(many) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Barack Obama", "Obama", True),
        ("European Union", "EU", True),
        ("United States", "US", True),
        ("United States", "America", True),
        ("China", "Chinese", True),
        ("Norway", "Norwegian", True),
        ("Kaliningrad", "Kalingrad", True),
        ("Qaida", "Qaeda", True),
        ("John Smith", "John Brown", False),
        ("Austria", "Australia", False),
        ("Iran", "Iraq", False),
        ("New York", "New Jersey", False),
        ("Lyon", "Nice", False),
    ],
)
def test_one_name(one: str, other: str, same: bool) -> None:
    (first,), (second,) = (find_names(Claim(f"he saw {name} there.")) for name in (one, other))
    assert same_name(first, second) is same
    assert same_name(second, first) is same


def test_a_capital_stands_for_its_country_but_does_not_state_it() -> None:
    (paris,) = find_names(Claim("he saw Paris there."))
    (france,) = find_names(Claim("he saw France there."))
    assert same_name(paris, france)
    assert not same_name(paris, france, parts=False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North Korea", "South Korea"),
        ("North Korea", "South Koreans"),
        ("Bill Clinton", "Hillary Clinton"),
        ("North Carolina", "South Carolina"),
        ("Bank of America", "Voice of America"),
        ("University of Oxford", "City of Oxford"),
        ("Ann Lee", "Bob Lee"),
        ("Ann Anderson", "Bob Andersen"),
    ],
)
def test_a_namesake_does_not_state_it(one: str, other: str) -> None:
    (first,), (second,) = (find_names(Claim(f"he saw {name} there.")) for name in (one, other))
    for pair in ((first, second), (second, first)):
        assert same_name(*pair)
        assert not same_name(*pair, parts=False)
    for name in (one, other):
        (last,) = find_names(Claim(f"he saw {name.split()[-1]} there."))
        (own,) = find_names(Claim(f"he saw {name} there."))
        assert same_name(own, last, parts=False)


def test_both_words_of_a_name_may_be_spelled_otherwise() -> None:
    one, other = find_names(Claim("he saw Osama bin Laden, or Usama bin Ladin, there."))
    assert same_name(one, other, parts=False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("it will rain, Ann Smith said.", True),
        ("it will rain, said police chief Ann Smith.", False),
        ("according to a report in the Daily Mirror, it rained.", True),
        ("it rained, Ann Smith, the chief of police, said.", True),
        ("he was arrested in Hamburg, police said.", False),
        ("“it will rain all of the day in the hills,” he wrote in Hamburg.", True),
    ],
)
def test_who_is_quoted(text: str, told: bool) -> None:
    claim = Claim(text)
    assert [is_told(claim, name) for name in find_names(claim)] == [told]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_names_lie_in_the_sentence_one_after_another(text: str) -> None:
    claim = Claim(text)
    end = 0
    for name in find_names(claim):
        assert end <= name.start < name.end <= len(text)
        assert name.words
        assert same_name(name, name)
        end = name.end
