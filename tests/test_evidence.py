"""What counts as saying the same, and what does not."""

import numpy as np
import pytest

from summarizer.concepts import different_stems, inverse_frequency, stem_sentences
from summarizer.datatypes import Sentence
from summarizer.evidence import Claim, corroborating

QUOTE = "The fire destroyed 12 houses in the old harbour on Sunday."
OTHER = "A minister will visit the capital next week to talk about trade with Norway."


def supporting(*passages: tuple[int, str, float], voices: tuple[int, ...] = (0, 1, 2)) -> list[int]:
    """Return which passages (document, text, similarity) support the quote of document 0."""
    sentences = [Sentence(0, 0, 0, 0, QUOTE)]
    sentences += [Sentence(document, 0, 0, 0, text) for document, text, _ in passages]
    stems = stem_sentences([s.text for s in sentences] + [OTHER] * 5)
    similarity = np.array([1.0, *(s for _, _, s in passages)], dtype=np.float32)
    words = different_stems(stems, np.arange(len(sentences)))
    rows = corroborating(0, sentences, voices, similarity, words, inverse_frequency(stems), 0.6)
    return [row - 1 for row in rows]


@pytest.mark.parametrize(
    ("passage", "similarity", "supports"),
    [
        ("On Sunday a fire destroyed 12 houses in the old harbour, police said.", 0.9, True),
        ("On Sunday a fire destroyed 15 houses in the old harbour, police said.", 0.9, False),
        ("On Sunday a fire destroyed houses in the old harbour.", 0.9, False),
        ("On Sunday a fire destroyed 12 houses in the old harbour, police said.", 0.5, False),
        ("The fire brigade has 12 engines.", 0.9, False),
        (OTHER, 0.9, False),
    ],
)
def test_support(passage: str, similarity: float, supports: bool) -> None:
    assert (supporting((1, passage, similarity)) == [0]) is supports


@pytest.mark.parametrize(
    ("quote", "passage", "agrees"),
    [
        ("He has five dogs.", "He has 5 dogs.", True),
        ("He has five dogs.", "He has six dogs.", False),
        ("He denied it.", "He did not deny it.", False),
        ("She didn’t go.", "She did not go.", True),
        ("Neither spoke.", "They spoke.", False),
        ("Smith sued Jones.", "Jones sued Smith.", False),
        ("Smith sued Jones in May.", "In May Smith sued Jones.", False),
        ("Smith sued Jones.", "Smith has sued Jones.", True),
    ],
)
def test_claims(quote: str, passage: str, agrees: bool) -> None:
    assert Claim(quote).agrees_with(Claim(passage)) is agrees


def test_one_passage_a_document_the_most_similar_and_never_its_own() -> None:
    assert supporting((0, QUOTE, 1.0), (2, QUOTE, 0.7), (2, QUOTE, 0.9), (1, QUOTE, 0.8)) == [3, 2]


def test_copies_are_one_voice() -> None:
    assert supporting((1, QUOTE, 0.8), (2, QUOTE, 0.9), voices=(0, 1, 1)) == [1]
    assert supporting((1, QUOTE, 0.8), (2, QUOTE, 0.9), voices=(0, 0, 2)) == [1]


def test_numbers_in_words_and_with_separators() -> None:
    assert Claim("2,300 men").agrees_with(Claim("2300 men"))
    assert not Claim("Twenty-two men").agrees_with(Claim("Thirty-two men"))
    assert not Claim("thirteen men").agrees_with(Claim("20 men"))
