"""What a sentence is said to contribute can be checked in the sources."""

import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Document, summarize
from summarizer.datatypes import Explanation
from summarizer.rank.concepts import extract_concepts
from summarizer.rank.explain import explain
from summarizer.settings import Settings
from summarizer.text.tokens import tokenize

from ..builders import EXAMPLE, WordEncoder, table_of
from ..cli.test_cli import invoke

ENCODER = WordEncoder()
BRIDGE = "The mayor of Harle closed the old iron bridge on Monday."
RUST = "Engineers found rust in the cables of the old iron bridge."
FERRY = "Ferries will carry walkers across the river until spring comes."
DOCUMENTS = [
    Document("a", f"{BRIDGE} {FERRY}"),
    Document(
        "b",
        f"{RUST} {BRIDGE} Nobody’s ship of 21.5 tons was hurt when the bridge was closed at noon.",
    ),
]


def explained(
    documents: Sequence[Sequence[str]], weights: dict[str, float], rows: list[int]
) -> tuple[Explanation, ...]:
    """Explain rows where each pair of stems weighs what is told, others nothing."""
    table = table_of(*documents)
    concepts = extract_concepts(table.stems)
    names = [
        " ".join(table.stems.stems[n] for n in divmod(key, len(table.stems.stems)))
        for key in concepts.keys.tolist()
    ]
    told = np.array([weights.get(name, 0.0) for name in names])
    table = table.with_columns(concepts=concepts)
    numbers = range(1, len(documents) + 1)
    return explain(
        table, told, rows, [0.12345] * len(rows), [0.98765] * len(rows), numbers, Settings()
    )


def test_weights_and_phrases_by_hand() -> None:
    weights = {"iron bridg": 0.3, "bridg close": 0.2, "may rain": 0.1, "close monday": 0.05}
    documents = [["Iron bridge closed."], ["Old iron bridges close Monday."]]
    first, second = explained(documents, weights, [0, 1])
    assert (first.weight, first.new) == (0.5, 0.5)
    assert (first.similarity, first.unfit) == (0.123, 0.988)
    (phrase,) = first.phrases
    assert (phrase.text, phrase.weight, phrase.sources) == ("Iron bridge closed", 0.5, (1, 2))
    assert (second.weight, second.new) == (0.55, 0.05)
    (phrase,) = second.phrases
    assert (phrase.text, phrase.weight, phrase.sources) == ("close Monday", 0.05, (2,))


def words(count: int) -> list[str]:
    return [f"w{number}" for number in range(count)]


def test_eight_concepts_make_at_most_five_phrases() -> None:
    pairs = {f"w{n} w{n + 1}": 1 - n / 100 for n in range(20)}
    (whole,) = explained([[" ".join(words(21))]], pairs, [0])
    assert [phrase.text for phrase in whole.phrases] == [" ".join(words(9))]
    # Every other pair weighs something: each is a phrase.
    other = {pair: weight for n, (pair, weight) in enumerate(pairs.items()) if n % 2 == 0}
    (apart,) = explained([[" ".join(words(21))]], other, [0])
    assert [phrase.text for phrase in apart.phrases] == [f"w{n} w{n + 1}" for n in range(0, 10, 2)]


def test_what_is_new_adds_up_to_what_is_covered() -> None:
    whole = summarize(DOCUMENTS, words=1000, encoder=ENCODER)
    assert sum(told.new for told in whole.explanations) == pytest.approx(1, abs=0.001)
    first, *rest = whole.explanations
    assert first.new == first.weight
    assert all(told.new <= told.weight for told in rest)
    assert any(told.new < told.weight for told in rest)


def test_phrases_stand_in_the_sources_named() -> None:
    summary = summarize(DOCUMENTS, words=30, encoder=ENCODER)
    assert len(summary.explanations) == len(summary.sentences)
    texts = {number: " ".join(tokenize(d.text)) for number, d in enumerate(DOCUMENTS, 1)}
    for quote, told in zip(summary.sentences, summary.explanations, strict=True):
        for phrase in told.phrases:
            assert phrase.text in quote.text
            have = tuple(n for n, text in texts.items() if " ".join(tokenize(phrase.text)) in text)
            assert set(phrase.sources) <= set(have)
            assert quote.source in phrase.sources
    named = {phrase.text: phrase.sources for e in summary.explanations for phrase in e.phrases}
    assert any("iron bridge" in text and sources == (1, 2) for text, sources in named.items())


@given(st.lists(st.sampled_from([BRIDGE, RUST, FERRY, "No.", "Yes no."]), min_size=1, max_size=6))
def test_any_text_is_explained(sentences: list[str]) -> None:
    summary = summarize([" ".join(sentences)], words=1000, encoder=ENCODER)
    assert len(summary.explanations) == len(summary.sentences)
    assert sum(told.new for told in summary.explanations) <= 1.001


@pytest.mark.parametrize("layout", ["text", "markdown"])
def test_command_explains(layout: str) -> None:
    plain = invoke("--format", layout, "--words", "60", EXAMPLE)[1]
    told = invoke("explain", "--format", layout, "--words", "60", EXAMPLE)[1]
    assert told.startswith(plain.rstrip("\n"))
    more = told.removeprefix(plain.rstrip("\n"))
    assert "Why these sentences" in more
    assert "not quoted before it" in more
    assert "sentence 1 of" in more


def test_json_explains_when_asked() -> None:
    given_ = ("--format", "json", "--words", "60", EXAMPLE)
    assert "explanations" not in json.loads(invoke(*given_)[1])
    told = json.loads(invoke("explain", *given_)[1])
    assert len(told["explanations"]) == len(told["sentences"])
    assert {"weight", "new", "phrases", "similarity"} <= set(told["explanations"][0])
    assert set(told["explanations"][0]["phrases"][0]) == {"text", "weight", "sources"}
