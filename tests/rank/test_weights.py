"""The weights of concepts: the regression by hand, and what the shipped one has learned."""

import json

import numpy as np
import pytest

from summarizer.assets import shipped_model
from summarizer.rank.concepts import extract_concepts, stem_sentences
from summarizer.rank.features import FEATURES, concept_features
from summarizer.rank.weights import TERMS, concept_weights, expand, weigh


def model_of(**coefficients: float) -> dict[str, object]:
    """Make a model in which one feature speaks."""
    silent = {"mean": 0.0, "deviation": 1.0} | dict.fromkeys(TERMS, 0.0)
    names = ("told", "log sentences", "log documents")
    features = {name: dict(silent) for name in names}
    features["told"].update(coefficients)
    return {"intercept": 0.0, "features": features}


def test_logistic_regression_by_hand() -> None:
    features = np.array([[0.0, 3.5, 1.5], [1.0, 3.5, 1.5]])
    odds = 1 / (1 + np.exp(-2.0))
    expected = np.array([0.5, odds]) / (0.5 + odds)
    np.testing.assert_allclose(weigh(features, model_of(value=2.0)), expected)
    np.testing.assert_allclose(weigh(features, model_of(square=2.0)), expected)
    np.testing.assert_allclose(weigh(features, model_of(value=2.0) | {"intercept": -90.0}).sum(), 1)


def test_terms_depend_on_how_much_there_is() -> None:
    terms = expand(np.array([[2.0], [100.0]]), np.array([2.5, 1.5]), np.array([3.5, 4.5]))
    np.testing.assert_allclose(terms, [[2, 4, 2, 0], [6, 9, 0, 6]])


def test_concepts_weigh_the_same_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    features = np.random.default_rng(0).normal(size=(100, len(FEATURES)))
    whole = concept_weights(features)
    monkeypatch.setattr("summarizer.rank.weights._BLOCK", 16)
    np.testing.assert_allclose(concept_weights(features), whole, rtol=1e-12)


def test_nothing_weighs_nothing() -> None:
    assert concept_weights(np.zeros((0, len(FEATURES)))).shape == (0,)


def test_shipped_model_is_of_these_features() -> None:
    folder, _ = shipped_model("salience")
    model = json.loads((folder / "weights.json").read_text())
    assert tuple(model["features"]) == FEATURES
    for column in model["features"].values():
        assert set(column) == {"mean", "deviation", *TERMS}


def test_what_many_documents_open_with_outweighs_what_one_ends_with() -> None:
    lead = "The old bridge was closed on Monday."
    texts, document, index = [], [], []
    for number in range(4):
        texts += [
            lead,
            f"Engineer {number} found rust in pier {number}.",
            f"Visitor {number} sang.",
        ]
        document += [number] * 3
        index += [0, 1, 2]
    stems = stem_sentences(texts)
    concepts = extract_concepts(stems)
    features = concept_features(stems, concepts, np.array(document), np.array(index))
    weights = concept_weights(features)
    assert weights.sum() == pytest.approx(1)
    totals = concepts.totals(weights)
    assert totals[0] > totals[1] > totals[2]
