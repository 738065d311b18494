"""Counting and comparing words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.tokens import (
    count_words,
    find_tokens,
    normalize_space,
    tokenize,
    word_spans,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("U.S.-China talks — again", 4),
        ("tab\tand\nline", 3),
        ("今日は天気がいい。", 8),
        ("GPS 和地图", 4),
        ("सुनामी सहायता दान", 3),
    ],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text(alphabet=st.characters(max_codepoint=0x2FF)))
def test_spaced_scripts_count_as_a_word_processor_does(text: str) -> None:
    assert count_words(text) == len(text.split())


@given(st.text(), st.text())
def test_words_of_joined_texts_add_up(one: str, other: str) -> None:
    assert count_words(f"{one} {other}") == count_words(one) + count_words(other)


def test_tokenize() -> None:
    assert tokenize("The U.S. Navy’s ‘first’ ship") == ["the", "u", "s", "navy's", "first", "ship"]
    assert tokenize("सुनामी दान") == ["सुनामी", "दान"]
    assert tokenize("地图 GPS") == ["地", "图", "gps"]
    assert tokenize("— ' ’") == []


@given(st.text(st.sampled_from("aÉß9_ '’—\u0301क़ि地ไ")) | st.text())
def test_letters_of_other_scripts_change_no_word_before_them(text: str) -> None:
    assert find_tokens(f"{text} 地") == [*find_tokens(text), "地"]


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_words_in_ascii_are_found_as_in_other_texts(text: str) -> None:
    assert tokenize(f"{text} é") == [*tokenize(text), "é"]


def test_normalize_space() -> None:
    assert normalize_space(" a\r\n b\0c ") == "a b c"


def test_words_with_their_spans() -> None:
    text = "The U.S. Navy’s ‘first’ ship"
    words = [text[start:end] for start, end in word_spans(text)]
    assert words == ["The", "U", "S", "Navy’s", "first", "ship"]


@given(st.text(st.sampled_from("aÉß9_ '’—\u0301क़ि地ไ.")) | st.text())
def test_words_with_spans_are_those_without(text: str) -> None:
    spans, plain = word_spans(text), text.replace("’", "'")
    assert [plain[start:end].casefold() for start, end in spans] == tokenize(text)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
