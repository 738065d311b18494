"""Work on parts of the documents gives the same wherever and however it is done."""

import json
import multiprocessing
from collections.abc import Callable, Iterable
from itertools import starmap
from typing import Any

import numpy as np
import pytest

from summarizer import Document, summarize
from summarizer.batch.spreading import Spread
from summarizer.pipeline import parts
from summarizer.pipeline.preparing import prepare, weigh
from summarizer.rank.concepts import stem_words

NOTICE = "Please accept all cookies of this paper before reading on, dear visitor of today."


def story(number: int) -> str:
    """Return one of many texts about a bridge, some of which share a notice."""
    said = [
        f"The old bridge of Harle was shut by engineer {number % 7} after {number} cables rusted.",
        f"Ferries will carry {number * 3} walkers over the river until spring comes.",
        f"He said that street {number % 11} needs a new bridge within {number % 5 + 2} years.",
    ]
    return " ".join(said) + (f"\n\n{NOTICE}" if number % 3 == 0 else "")


DOCUMENTS = [Document(f"d{number}", story(number)) for number in range(60)]


def backwards(work: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> Iterable[Any]:
    """Do the last part first."""
    return list(starmap(work, reversed(list(arguments))))[::-1]


def elsewhere(work: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> Iterable[Any]:
    """Do the parts in processes of their own."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        return pool.starmap(work, arguments)


@pytest.mark.parametrize("spread", [backwards, elsewhere])
def test_where_parts_are_worked_on_changes_nothing(
    spread: Spread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_CHARACTERS", 700)
    monkeypatch.setattr("summarizer.rank.incidence._BLOCK", 100)
    assert len(parts.divide(DOCUMENTS)) > 5
    found = []
    for how in (starmap, spread):
        material, survey = prepare(DOCUMENTS, how)
        facts = weigh(material, survey, stem_words(survey.words), how)
        found.append((list(material.sentences), facts.scores, facts.weights, facts.concepts.pairs))
    assert found[0][0] == found[1][0]
    for one, other in zip(found[0][1:], found[1][1:], strict=True):
        np.testing.assert_array_equal(one, other)


def test_documents_in_parts_are_summarized_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = summarize(DOCUMENTS, words=60).to_dict(explain=True)
    assert whole["sources"][0]["sentences"] == 3  # the notice is boilerplate
    monkeypatch.setattr(parts, "_CHARACTERS", 700)
    assert json.dumps(summarize(DOCUMENTS, words=60).to_dict(explain=True)) == json.dumps(whole)


def test_how_counts_are_cut_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for block in (50, 333, 1000):
        monkeypatch.setattr("summarizer.rank.incidence._BLOCK", block)
        found.append(summarize(DOCUMENTS, words=60).to_json(explain=True))
    assert found[1:] == found[:-1]


def test_blocks_of_concepts_share_a_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    material, survey = prepare(DOCUMENTS)
    stems = stem_words(survey.words)
    whole = weigh(material, survey, stems).weights
    monkeypatch.setattr("summarizer.pipeline.preparing._CONCEPTS", 37)
    np.testing.assert_allclose(weigh(material, survey, stems).weights, whole, rtol=1e-12)
