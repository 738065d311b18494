"""What cannot stand alone, and what it needs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.rank.cohesion import is_statement, needs_context, with_cohesion, with_names
from summarizer.rank.context import context_chances
from summarizer.settings import Settings

from ..builders import table_of

SETTINGS = Settings()


@pytest.mark.parametrize(
    "text",
    [
        "He said so on Monday.",
        "It’s the first visit in five years.",
        "Their talks went on.",
        "This was denied.",
        "That long list includes trade.",
        "However, it rained.",
        "But there is hope.",
        "And U.S. officials agree.",
        "For example, China objects.",
        "In addition, prices rose.",
        "Such visits are rare.",
        "Instead, these officials talked.",
        '"It was embarrassing," he added.',
        "“And so, I’m hoping to meet him again.”",
        "The place you start is with communicating,” Blinken said.",
        "As a result, he resigned.",
        "In his speech, he promised more.",
        "Both were hurt.",
        "Two of them were hurt.",
        "Almost all of them ended.",
        "(He later apologised.)",
    ],
)
def test_what_needs_context(text: str) -> None:
    assert needs_context(text)


@pytest.mark.parametrize(
    "text",
    [
        "Blinken said so on Monday.",
        "“I believe in the people,” Xi said to Gates.",
        '"We need more time," said a spokesman.',
        "Those who left were lucky.",
        "Two of those who left came back.",
        "In support of these goals, the council raised the rates.",
        "Neither Blinken nor Qin made any comments.",
        "Both China and the US agreed.",
        "There are numerous issues.",
        "Some reports suggest a meeting.",
        "In his meetings on Sunday, Blinken pressed the Chinese.",
        "Following his visit, Blinken will travel to London.",
        "I love this hat.",
        "The ship sank.",
        "Itinerant workers came.",
        "Andrew left.",
        "Sofia is a city.",
        "China’s “threat theory” is wrong.",
    ],
)
def test_what_stands_alone(text: str) -> None:
    assert not needs_context(text)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("The council voted on Monday morning.", True),
        ("Did the council vote on Monday morning?", False),
        ("The mayor gave these reasons for it:", False),
        ("See more photos.", False),
        ("The council of Harle voted twice.", True),
        ("The council of Harle voted.", False),
        ("“Will the council vote on it again?”", False),
        ("今日は天気がいいです。", True),
    ],
)
def test_statements(text: str, states: bool) -> None:
    assert is_statement(text, SETTINGS.statement_words) is states


def test_what_the_next_sentence_turns_round_is_half_told() -> None:
    told = "The council voted for the bridge."
    table = table_of([told, "But the mayor refused to sign.", told, told, "Buttons were sold."])
    plain = with_cohesion(table, ["en"], replace(SETTINGS, half_told=0.0)).context
    assert plain[0] == 0
    context = with_cohesion(table, ["en"], SETTINGS).context
    assert context[0] == 0.5
    np.testing.assert_array_equal(context[1:], plain[1:])
    apart = table_of([told], ["But the mayor refused to sign."])
    assert with_cohesion(apart, ["en"] * 2, SETTINGS).context[0] == 0


def test_a_text_that_was_cut_off_states_nothing_at_its_end() -> None:
    whole, cut = "The council voted for the bridge.", "The council will vote on the new"
    table = table_of([whole, cut, whole], [whole, whole, cut], [cut], [cut, cut])
    states = with_cohesion(table, ["en"] * 4, SETTINGS).statement
    assert states.tolist() == [True] * 5 + [False] + [True] * 3


PLAIN = "The mayor closed the old bridge on Monday."
BACK = "He said that its cables had rusted through."
Facts = list[tuple[int, bool, bool]]


def units_of(*documents: list[str]) -> Facts:
    """Return of each sentence how many must be quoted with it, whether they stand, and state."""
    table = with_cohesion(table_of(*documents), ["en"] * len(documents), SETTINGS)
    columns = (table.unit_size, table.unit_stands, table.unit_states)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_sentence_that_needs_context_is_of_one_unit_with_the_one_before() -> None:
    assert units_of([PLAIN, BACK, PLAIN]) == [(1, True, True), (2, True, True), (1, True, True)]


def test_at_most_three_sentences_are_a_unit() -> None:
    found = units_of([PLAIN, BACK, BACK, BACK, BACK, PLAIN])
    assert [stands for _, stands, _ in found] == [True, True, True, False, False, True]
    assert [length for length, *_ in found][:3] == [1, 2, 3]


def test_context_is_not_sought_in_another_document() -> None:
    assert units_of([PLAIN], [BACK]) == [(1, True, True), (1, False, True)]


def test_context_is_not_sought_beyond_a_sentence_that_is_not_there() -> None:
    table = table_of([PLAIN, PLAIN, BACK]).take(np.array([0, 2]))
    assert with_cohesion(table, ["en"] * 9, SETTINGS).unit_stands.tolist() == [True, False]


def test_unit_states_where_all_of_it_does() -> None:
    why = "Why was the old bridge closed on Monday?"
    found = units_of([why, BACK, BACK, PLAIN, BACK])
    assert [states for _, _, states in found] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ('Do not talk about honor," Bannon said.', True),
        ("Do not talk about honor,” Bannon said.", True),
        ('Bannon said "Do not talk about honor" to him.', False),
        ('The 27" wheels were the largest.', False),
    ],
)
def test_what_closes_a_quotation_needs_what_opens_it(text: str, needs: bool) -> None:
    assert needs_context(text) is needs


def test_everything_may_be_quoted_where_nothing_stands_alone() -> None:
    assert [stands for _, stands, _ in units_of([BACK], [BACK, BACK])] == [True] * 3
    assert units_of() == []


@given(st.lists(st.lists(st.sampled_from([PLAIN, BACK, "What?"]), max_size=7), max_size=4))
def test_units_are_those_of_a_walk_back(documents: list[list[str]]) -> None:
    table = with_cohesion(table_of(*documents), ["en"] * len(documents), SETTINGS)
    texts = list(table.texts())
    stood: list[bool] = []
    for row, text in enumerate(texts):
        length = 1
        while texts[row - length + 1] == BACK and table.position[row] >= length:
            length += 1
        assert table.unit_size[row] == min(length, 4)
        stood.append(length <= 3 and texts[row - length + 1] != BACK)
        assert table.needs_context[row] == (text == BACK)
        assert table.statement[row] == (text != "What?")
    assert table.unit_stands.tolist() == (stood if any(stood) else [True] * len(texts))


def names_of(*documents: list[str]) -> list[tuple[set[str], set[str]]]:
    """Return the names that each sentence introduces and assumes."""
    table = with_names(table_of(*documents), SETTINGS)
    assert table.introduces is not None
    assert table.assumes is not None
    stems = table.stems.stems
    return [
        (
            {stems[table.introduces.keys[number]] for number in table.introduces.row(row)},
            {stems[table.assumes.keys[number]] for number in table.assumes.row(row)},
        )
        for row in range(len(table))
    ]


FULL = "The court heard Namanga Ngongi on Monday."
PART = "Ngongi was let go on Tuesday."


def test_surnames_are_introduced_and_assumed() -> None:
    whole: tuple[set[str], set[str]] = ({"ngongi"}, set())
    part: tuple[set[str], set[str]] = (set(), {"ngongi"})
    assert names_of([FULL, PART]) == [whole, part]
    assert names_of([FULL, "They let Mr Ngongi go."])[1] == part
    assert names_of([FULL, "They let Namanga Ngongi go."])[1] == whole
    # A document of which the part comes first shows that it is known; of two it is one half.
    assert names_of([PART], [FULL]) == [part, whole]
    assert names_of([PART], [PART], [FULL]) == [(set(), set())] * 3


@pytest.mark.parametrize(
    ("full", "others", "other", "known"),
    [
        (17, 3, "They saw a ngongi there.", False),
        (19, 1, "They saw a ngongi there.", True),
        (3, 1, "We saw Namanga there.", False),
        (9, 1, "We saw Namanga there.", True),
    ],
)
def test_names_have_a_capital_and_stand_together(
    full: int, others: int, other: str, known: bool
) -> None:
    *_, last = names_of([*[FULL] * full, *[other] * others, PART])
    assert last == (set(), {"ngongi"} if known else set())


@pytest.mark.parametrize(("full", "known"), [(9, False), (11, True)])
def test_names_are_given_in_full_first_by_half_of_the_documents(full: int, known: bool) -> None:
    *_, last = names_of(*[[FULL]] * full, *[[PART]] * (20 - full))
    assert last == (set(), {"ngongi"} if known else set())


def test_titles_introduce_nobody() -> None:
    said = ["It was the President Oduya whom all knew.", "Here the President Brandt spoke."]
    assert names_of([*said, "Brandt left on Monday."]) == [(set(), set())] * 3


def test_nobody_is_named_without_capitals() -> None:
    assert names_of([FULL.lower(), PART.lower()]) == [(set(), set())] * 2
    assert names_of() == []


def chances_of(*sentences: str, code: str = "en") -> list[float]:
    """Return how likely sentences behind a first one need context."""
    table = table_of([PLAIN, *sentences], code=code)
    found: list[float] = context_chances(table, [code]).tolist()
    assert found[0] == 0.0
    return found[1:]


@pytest.mark.parametrize(
    ("needing", "alone", "code"),
    [
        ("But nobody came to Harle.", "Nobody came to Harle.", "en"),
        ("The council also met in Harle.", "The council met in Harle.", "en"),
        ("In their place, Harle got new ones.", "In March, Harle got new ones.", "en"),
        ("“Nobody came to see me in Harle.”", "Nobody came to see me in Harle.", "en"),
        ("“We met in Harle.", "We met in Harle.", "en"),
        ("Ils sont venus au port.", "Mille bateaux sont venus au port.", "fr"),
        ("وقال إنه سيعود", "رجع إلى البيت", "ar"),
    ],
)
def test_cues_of_context(needing: str, alone: str, code: str) -> None:
    more, less = chances_of(needing, alone, code=code)
    assert more > less


def test_lower_case_texts_name_nobody_and_are_told_by_their_words() -> None:
    more, less = chances_of("but nobody came to harle.", "nobody came to harle.")
    assert more > less
    assert chances_of("Come to the port.")[0] > chances_of("Ships come to port.")[0]


def test_nothing_is_told_where_context_is_not_kept() -> None:
    table = with_cohesion(table_of([FULL, PART]), ["en"], Settings(keep_context=False))
    assert table.context.tolist() == [0.0, 0.0]
    assert table.assumes is None
