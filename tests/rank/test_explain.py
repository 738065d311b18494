"""What a sentence is said to contribute can be checked in the sources."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Document, summarize
from summarizer.text.tokens import tokenize

from ..cli.test_cli import invoke
from ..conftest import EXAMPLE

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


def test_what_is_new_adds_up_to_what_is_covered() -> None:
    whole = summarize(DOCUMENTS, words=1000)
    assert sum(explained.new for explained in whole.explanations) == pytest.approx(1, abs=0.001)
    first, *rest = whole.explanations
    assert first.new == first.weight
    assert all(explained.new <= explained.weight for explained in rest)
    assert any(explained.new < explained.weight for explained in rest)


def test_phrases_stand_in_the_sources_named() -> None:
    summary = summarize(DOCUMENTS, words=30)
    assert len(summary.explanations) == len(summary.sentences)
    texts = {number: " ".join(tokenize(d.text)) for number, d in enumerate(DOCUMENTS, 1)}
    for quote, explained in zip(summary.sentences, summary.explanations, strict=True):
        for phrase in explained.phrases:
            assert phrase.text in quote.text
            have = tuple(n for n, text in texts.items() if " ".join(tokenize(phrase.text)) in text)
            assert set(phrase.sources) <= set(have)
            assert quote.source in phrase.sources
    named = {phrase.text: phrase.sources for e in summary.explanations for phrase in e.phrases}
    assert any("iron bridge" in text and sources == (1, 2) for text, sources in named.items())


@given(st.lists(st.sampled_from([BRIDGE, RUST, FERRY, "No.", "Yes no."]), min_size=1, max_size=6))
def test_any_text_is_explained(sentences: list[str]) -> None:
    summary = summarize([" ".join(sentences)], words=1000)
    assert len(summary.explanations) == len(summary.sentences)
    assert sum(explained.new for explained in summary.explanations) <= 1.001


@pytest.mark.parametrize("layout", ["text", "markdown"])
def test_command_explains(layout: str) -> None:
    plain = invoke("--format", layout, "--words", "60", EXAMPLE)[1]
    told = invoke("--format", layout, "--words", "60", "--explain", EXAMPLE)[1]
    assert told.startswith(plain.rstrip("\n"))
    more = told.removeprefix(plain.rstrip("\n"))
    assert "Why these sentences" in more
    assert "not quoted before it" in more
    assert "sentence 1 of" in more


def test_json_explains_when_asked() -> None:
    given = ("--format", "json", "--words", "60", EXAMPLE)
    assert "explanations" not in json.loads(invoke(*given)[1])
    told = json.loads(invoke("--explain", *given)[1])
    assert len(told["explanations"]) == len(told["sentences"])
    assert set(told["explanations"][0]) == {
        "weight",
        "new",
        "phrases",
        "similarity",
        "importance",
    }
    assert set(told["explanations"][0]["phrases"][0]) == {"text", "weight", "sources"}
