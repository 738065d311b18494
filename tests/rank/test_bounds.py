"""How far into a sentence its features look: one step before each bound and one beyond."""

import pytest

from summarizer.rank.context import place_words, small_words
from summarizer.rank.sentences import word_pairs


def test_words_up_to_the_fifth_are_early() -> None:
    placed = place_words("one two three four five six seven")
    assert placed["early"] == ["three", "four", "five"]


@pytest.mark.parametrize(("size", "kept"), [(35, 35), (36, 36), (37, 36)])
def test_early_words_end_within_two_hundred_letters(size: int, kept: int) -> None:
    long = ["a" * 40, "b" * 40, "c" * 40, "d" * 40]
    assert place_words(" ".join([*long, "e" * size]))["early"][-1] == "e" * kept


@pytest.mark.parametrize(("small", "counted"), [(7, 7), (8, 8), (9, 8)])
@pytest.mark.parametrize("name", ["Velden", "river"])
def test_at_most_eight_small_words_before_a_name_count(small: int, counted: int, name: str) -> None:
    assert small_words([*["the"] * small, name], "en") == counted


@pytest.mark.parametrize(("words", "read"), [(59, 59), (60, 60), (61, 60)])
def test_up_to_sixty_words_tell_a_notice(words: int, read: int) -> None:
    found = word_pairs(" ".join(f"w{'x' * number}" for number in range(words)))
    # The words and both ends, and each two neighbours.
    assert len(found) == read + 2 + read + 1
