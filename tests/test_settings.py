"""Lengths, what sentences cost, and errors that name the least that works."""

import pytest
from summarizer.budget import Length, require_room, sentence_costs

from summarizer.datatypes import Budget
from summarizer.errors import BudgetError

TEXT = ["One two three four.", "Five  six\nseven."]


def test_one_length_or_the_default() -> None:
    assert Length().budget(TEXT) == Budget("words", 150)
    assert Length(words=7).budget(TEXT) == Budget("words", 7)
    assert Length(sentences=2).budget(TEXT) == Budget("sentences", 2)
    assert Length(chars=9).budget(TEXT) == Budget("chars", 9)


@pytest.mark.parametrize(("ratio", "limit"), [(1.0, 7), (0.5, 3), (3 / 7, 3), (0.15, 1)])
def test_ratio_is_a_share_of_the_words(ratio: float, limit: int) -> None:
    assert Length(ratio=ratio).budget(TEXT) == Budget("words", limit)


def test_ratio_that_leaves_no_word() -> None:
    with pytest.raises(BudgetError, match="less than one word"):
        Length(ratio=0.1).budget(TEXT)


@pytest.mark.parametrize(
    ("lengths", "message"),
    [
        ({"words": 5, "chars": 5}, "one length, not words and chars"),
        ({"words": 0}, "1 or more, not 0"),
        ({"sentences": -2}, "1 or more, not -2"),
        ({"words": 1.5}, "whole number"),
        ({"words": "5"}, "whole number"),
        ({"words": True}, "whole number"),
        ({"ratio": "5"}, "at most 1, not 5"),
        ({"ratio": 0.0}, "at most 1, not 0.0"),
        ({"ratio": 10}, "at most 1, not 10"),
        ({"ratio": float("nan")}, "not nan"),
    ],
)
def test_impossible_lengths(lengths: dict[str, float], message: str) -> None:
    with pytest.raises(BudgetError, match=message):
        Length(**lengths)  # type: ignore[arg-type]


def test_costs() -> None:
    words, words_limit = sentence_costs(TEXT, Budget("words", 10))
    assert (words.tolist(), words_limit) == ([4, 3], 10)
    sentences, _ = sentence_costs(TEXT, Budget("sentences", 2))
    assert sentences.tolist() == [1, 1]


def test_nul_parts_words_as_a_blank_does() -> None:
    assert sentence_costs(["a\0b c"], Budget("words", 9))[0].tolist() == [3]


def test_characters_count_the_blank_between_sentences() -> None:
    joined = "One two three four. Five six seven."
    costs, limit = sentence_costs(TEXT, Budget("chars", len(joined)))
    assert costs.sum() == limit
    _, too_small = sentence_costs(TEXT, Budget("chars", len(joined) - 1))
    assert costs.sum() > too_small


@pytest.mark.parametrize(("unit", "least"), [("words", 3), ("chars", 15)])
def test_error_names_the_least_that_works(unit: str, least: int) -> None:
    costs, _ = sentence_costs(TEXT, Budget(unit, 1))  # type: ignore[arg-type]
    with pytest.raises(BudgetError, match=f"ask for {least} or more"):
        require_room(costs, Budget(unit, 1))  # type: ignore[arg-type]
    require_room(costs, Budget(unit, least))  # type: ignore[arg-type]
