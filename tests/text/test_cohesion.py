"""What cannot stand alone, and what it needs."""

import numpy as np
import pytest

from summarizer.datatypes import NOTHING
from summarizer.rank.facts import Chains
from summarizer.text.cohesion import dangles, find_chains, is_statement, keep_units


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
        "(He later apologised.)",
    ],
)
def test_what_points_back(text: str) -> None:
    assert dangles(text)


@pytest.mark.parametrize(
    "text",
    [
        "Blinken said so on Monday.",
        "“I believe in the people,” Xi said to Gates.",
        '"We need more time," said a spokesman.',
        "Those who left were lucky.",
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
    assert not dangles(text)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("The council voted on Monday morning.", True),
        ("Did the council vote on Monday morning?", False),
        ("The mayor gave these reasons for it:", False),
        ("See more photos.", False),
        ("“Will the council vote on it again?”", False),
        ("今日は天気がいいです。", True),
    ],
)
def test_statements(text: str, states: bool) -> None:
    assert is_statement(text) is states


def chains_of(*texts: str) -> Chains:
    """Chain one document's sentences; a ``|`` in a text starts the next document."""
    document = np.cumsum([text.startswith("|") for text in texts])
    starts = np.flatnonzero(np.diff(document, prepend=-1))
    index = np.arange(len(texts)) - starts[document]
    bare = [text.lstrip("|") for text in texts]
    points_back = np.array([dangles(text) for text in bare])
    return find_chains(points_back, np.array(list(map(is_statement, bare))), document, index)


def units_of(*texts: str) -> list[tuple[tuple[int, ...], int, bool]]:
    """Return the units of those sentences."""
    units = keep_units(chains_of(*texts), np.arange(len(texts)))
    return [(unit.rows, unit.needs, unit.reads_well) for unit in units]


PLAIN = "The mayor closed the old bridge on Monday."
BACK = "He said that its cables had rusted through."


def test_sentence_and_its_antecedent_are_one_unit() -> None:
    assert units_of(PLAIN, BACK) == [((0,), -1, True), ((0, 1), -1, True), ((1,), 0, True)]


def test_chain_of_antecedents_has_an_end() -> None:
    found = units_of(PLAIN, BACK, BACK, BACK)
    assert ((0, 1, 2), -1, True) in found
    assert ((3,), 2, True) in found
    assert max(len(rows) for rows, _, _ in found) == 3


def test_antecedent_is_not_sought_in_another_document() -> None:
    assert units_of(PLAIN, f"|{BACK}") == [((0,), -1, True), ((1,), NOTHING, True)]


def test_unit_reads_no_better_than_its_sentences() -> None:
    assert units_of("Why was the old bridge closed on Monday?", BACK)[1] == ((0, 1), -1, False)


def test_units_hold_and_need_only_what_is_kept() -> None:
    chains = chains_of(PLAIN, BACK, PLAIN, BACK, BACK)
    kept = [(unit.rows, unit.needs) for unit in keep_units(chains, np.array([1, 2, 4]))]
    assert kept == [((1,), -1)]
    kept = [(unit.rows, unit.needs) for unit in keep_units(chains, np.array([2, 3, 4]))]
    assert kept == [((0,), -1), ((0, 1), -1), ((1,), 0), ((0, 1, 2), -1), ((2,), 1)]
    assert chains.standing.tolist() == [0, 2]
    assert chains.needs.tolist() == [-1, 0, -1, 2, 3]


def test_all_may_be_picked_where_nothing_stands() -> None:
    assert units_of(BACK, f"|{BACK}") == [((0,), -1, False), ((1,), -1, False)]
    assert chains_of(BACK, f"|{BACK}").standing.tolist() == [0, 1]
