"""The importance of sentences: what the network computes, and what the shipped one has learned."""

import numpy as np
import pytest
import torch

from models.importance import MEANING, NETWORKS, Network, weights_of
from summarizer import Document, summarize
from summarizer.assets import shipped_model
from summarizer.pipeline.preparing import prepare, weigh
from summarizer.rank.clusters import unit_rows
from summarizer.rank.concepts import lexical_vectors, stem_words
from summarizer.rank.facts import Facts
from summarizer.rank.importance import TRAITS, judge, sentence_importance, sentence_traits

from ..conftest import EXAMPLE

TEXTS = [
    "The bridge of Harle was closed on Monday. Nobody was hurt. Ferries carry walkers.",
    "Engineers closed the bridge of Harle after they found rust. It will stay closed until May.",
]


def facts_of(texts: list[str]) -> Facts:
    material, survey = prepare([Document(str(n), text) for n, text in enumerate(texts)])
    return weigh(material, survey, stem_words(survey.words))


def make_network(seed: int) -> Network:
    """Make a network of random weights, none of them nought."""
    torch.manual_seed(seed)
    size = np.ones(len(TRAITS), np.float32)
    made = Network(size, size * 2)
    for parameter in made.parameters():
        torch.nn.init.normal_(parameter, 0.1, 0.4)
    return made.eval()


@pytest.fixture(scope="module")
def networks() -> list[Network]:
    return [make_network(seed) for seed in (1, 2, 3)]


@pytest.mark.parametrize("block", [2, 256])
def test_inference_is_what_was_trained(
    networks: list[Network], block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.rank.importance._BLOCK", block)
    random = np.random.default_rng(0)
    traits = random.normal(size=(7, len(TRAITS))) * 9
    vectors = unit_rows(random.normal(size=(7, MEANING)).astype(np.float32))
    alike = random.random((7, 7)).astype(np.float32)
    document = np.array([0, 0, 0, 1, 1, 2, 2])
    same = (document[:, None] == document).astype(np.float32)
    relations = np.stack([vectors @ vectors.T, same, alike], axis=-1)
    standard = np.clip((traits - 1) / 2, -5, 5).astype(np.float32)
    given = [torch.from_numpy(array)[None] for array in (standard, vectors, relations)]
    with torch.no_grad():
        there = torch.ones(1, 7, dtype=torch.bool)
        each = [network(*given, there)[0].numpy() for network in networks]
    expected = np.mean(each, axis=0)
    found = judge(traits, vectors, alike, document, weights_of(networks))
    assert np.ptp(each, axis=0).min() > 0.01
    assert np.ptp(found) > 0.1
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_padding_changes_nothing(networks: list[Network]) -> None:
    network = networks[0]
    random = np.random.default_rng(0)
    given = [
        torch.from_numpy(random.normal(size=size).astype(np.float32))
        for size in ((1, 5, len(TRAITS)), (1, 5, MEANING), (1, 5, 5, 3))
    ]
    given[1][:, 3:] = 0
    there = torch.tensor([[True, True, True, False, False]])
    with torch.no_grad():
        padded = network(*given, there)[0, :3]
        alone = network(given[0][:, :3], given[1][:, :3], given[2][:, :3, :3], there[:, :3])[0]
    np.testing.assert_allclose(padded, alone, atol=1e-5)


def test_traits_by_hand() -> None:
    facts = facts_of(TEXTS)
    rows = np.arange(5)
    alike = np.full((5, 5), 0.5, np.float32)
    alike[1, 3] = 0.75
    told = dict(zip(TRAITS, sentence_traits(facts, rows, alike).T, strict=True))
    index = facts.index.tolist()
    assert sorted(index) == [0, 0, 1, 1, 2]
    np.testing.assert_allclose(told["log 1 + position"], np.log1p(index))
    np.testing.assert_array_equal(told["first of its document"], [i == 0 for i in index])
    np.testing.assert_allclose(told["log words"], np.log(facts.stems.lengths))
    other = facts.document[1] != facts.document[3]
    assert told["largest similarity to another document"][1] == (0.75 if other else 0.5)
    last = np.bincount(facts.document)[facts.document] - 1
    np.testing.assert_allclose(told["place in its document"], facts.index / last)
    assert set(told["log documents"]) == {np.log(2)}
    assert set(told["log sentences"]) == {np.log(5)}
    for name in ("log weight, standard score", "mean similarity to all, standard score"):
        assert told[name].mean() == pytest.approx(0, abs=1e-9)


def test_importance_is_relative() -> None:
    facts = facts_of(TEXTS)
    rows = np.arange(5)
    lexical = unit_rows(lexical_vectors(facts.stems, rows))
    worth = sentence_importance(facts, rows, lexical, np.zeros((5, MEANING), np.float32))
    assert worth.min() > 0
    assert np.ptp(worth) > 0.01
    assert np.log(worth).mean() == pytest.approx(0, abs=1e-5)
    nobody = np.zeros(0, np.intp)
    nothing = np.zeros((0, MEANING), np.float32)
    assert sentence_importance(facts, nobody, lexical[:0], nothing).shape == (0,)


def test_shipped_model_is_of_these_traits() -> None:
    from safetensors.numpy import load_file

    folder, _ = shipped_model("importance")
    shipped = load_file(folder / "weights.safetensors")
    size = np.ones(len(TRAITS), np.float32)
    assert {name: tensor.shape for name, tensor in shipped.items()} == {
        name: tensor.shape
        for name, tensor in weights_of([Network(size, size) for _ in range(NETWORKS)]).items()
    }
    assert all(np.isfinite(tensor).all() for tensor in shipped.values())


def test_what_opens_an_article_is_more_important_than_what_ends_it() -> None:
    articles = [file.read_text(encoding="utf-8") for file in sorted(EXAMPLE.iterdir())]
    facts = facts_of(articles)
    rows = np.arange(len(facts.index))
    lexical = unit_rows(lexical_vectors(facts.stems, rows))
    worth = sentence_importance(facts, rows, lexical, np.zeros((len(rows), MEANING), np.float32))
    last = np.bincount(facts.document)[facts.document] - 1
    assert worth[facts.index == 0].mean() > 1.2 * worth[facts.index == last].mean()


def test_explanations_name_importance() -> None:
    summary = summarize(TEXTS, words=20)
    for told in summary.explanations:
        assert told.importance is not None
        assert told.importance > 0
