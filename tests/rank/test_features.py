"""What the sources tell about each concept, in closed form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.rank.concepts import extract_concepts, stem_sentences
from summarizer.rank.features import FEATURES, concept_features

TEXTS = [
    "The Red Ship sailed",  # document 0
    "red ship two",
    "the red ship",  # document 1
    "of the 12 crew",
]
DOCUMENT, INDEX = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])


def described(first: str, second: str) -> dict[str, float]:
    """Return the features of one concept of the texts above."""
    stems = stem_sentences(TEXTS)
    concepts = extract_concepts(stems)
    pair = [stems.stems.index(first), stems.stems.index(second)]
    row = concepts.pairs.tolist().index(pair)
    features = concept_features(stems, concepts, DOCUMENT, INDEX)
    assert features.shape == (concepts.count, len(FEATURES))
    return dict(zip(FEATURES, features[row].tolist(), strict=True))


def test_counts_and_places() -> None:
    ship = described("red", "ship")
    assert ship["share of documents"] == 1
    assert ship["log documents with it"] == pytest.approx(np.log(2))
    assert ship["log sentences with it per document with it"] == pytest.approx(np.log(1.5))
    assert ship["log 1 + earliest position"] == 0
    assert ship["earliness, halved in 1.4 sentences"] == 2
    assert ship["share of first sentences"] == 1
    assert ship["log mean length of sentences"] == pytest.approx(np.log(10 / 3))
    assert ship["share of capitals"] == pytest.approx(1 / 3)
    assert ship["log share of sentences"] == pytest.approx(np.log(3 / 4))
    assert ship["in two documents"] == 1
    assert ship["in three documents"] == 0
    assert ship["letters of the shorter word"] == 3
    assert ship["least inverse frequency"] == pytest.approx(np.log(4 / 3))


def test_later_mentions_and_kinds_of_words() -> None:
    crew = described("12", "crew")
    assert crew["share of documents"] == 0.5
    assert crew["log 1 + earliest position"] == pytest.approx(np.log(2))
    assert crew["earliness, halved in 1.4 sentences"] == pytest.approx(np.exp(-0.5))
    assert crew["in a first sentence"] == 0
    assert crew["words with digits"] == 1
    assert crew["earliest place in a document"] == 0.5
    assert described("of", "the")["two stop words"] == 1
    assert described("the", "red")["one stop word"] == 1


def test_centrality_is_standardised_over_sentences() -> None:
    ship, crew = described("red", "ship"), described("12", "crew")
    assert ship["mean centrality of sentences"] > 0 > crew["mean centrality of sentences"]
    assert ship["largest centrality of sentences"] >= ship["mean centrality of sentences"]


@given(st.lists(st.text(alphabet="ab 1.", max_size=12), min_size=1, max_size=8))
def test_every_feature_of_any_text_is_finite(texts: list[str]) -> None:
    stems = stem_sentences(texts)
    concepts = extract_concepts(stems)
    document = np.arange(len(texts)) // 3
    features = concept_features(stems, concepts, document, np.arange(len(texts)) % 3)
    assert features.shape == (concepts.count, len(FEATURES))
    assert np.isfinite(features).all()
