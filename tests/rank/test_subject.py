"""Documents about something else are told from the others, and said to be left out."""

from pathlib import Path

import numpy as np
import pytest

from summarizer import Document, summarize
from summarizer.rank.concepts import inverse_frequency, stem_sentences
from summarizer.rank.subject import (
    comparable_documents,
    document_cosines,
    is_doubtful,
    opening_sentences,
    stray_documents,
)

from ..cli.test_cli import invoke
from ..conftest import EXAMPLE

MOON = sorted(EXAMPLE.iterdir())
RECIPE = (
    "Peel the potatoes and boil them in salted water for twenty minutes. Melt the butter in a pan "
    "and fry the onions until they are brown. Season with pepper and serve with parsley."
)
TAXES = (
    "The council of Harle wants to charge cafes for each table on the pavement. Owners fear that "
    "customers will stay away and have shut their kitchens for a week in protest."
)


def test_cosines_of_documents_in_words() -> None:
    stems = stem_sentences(["bridge river", "river bridge", "bridge", "cake"])
    cosines = document_cosines(stems, np.array([0, 1, 1, 2]), np.ones(3))
    # log(1 + 1) for each word of the first; log(1 + 2) for "bridge" in the second.
    once, twice = np.log(2), np.log(3)
    expected = (once * once + once * twice) / (once * np.sqrt(2) * np.hypot(once, twice))
    assert cosines == pytest.approx(np.array([[1, expected, 0], [expected, 1, 0], [0, 0, 1]]))
    assert is_doubtful(cosines)
    assert not is_doubtful(np.full((3, 3), 0.5))


def test_strays_share_neither_words_nor_meaning() -> None:
    alike, apart = 0.4, 0.02
    words = np.array([[1, alike, apart], [alike, 1, apart], [apart, apart, 1]])
    vectors = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    rows = np.arange(3)
    assert stray_documents(words, vectors, rows)[0].tolist() == [2]
    same = np.array([[1, 0], [1, 0], [1, 0]], dtype=np.float32)
    assert stray_documents(words, same, rows)[0].tolist() == []
    assert stray_documents(np.full((3, 3), alike), vectors, rows)[0].tolist() == []


def test_nothing_is_a_stray_where_nothing_is_a_subject() -> None:
    words, vectors = np.eye(3), np.eye(3, dtype=np.float32)
    found, related = stray_documents(words, vectors, np.arange(3))
    assert found.tolist() == []
    assert not related


def test_opening_sentences_are_counted_in_each_document() -> None:
    document = np.repeat([0, 1, 2], [30, 5, 21])
    expected = [*range(20), *range(30, 35), *range(35, 55)]
    assert opening_sentences(document).tolist() == expected


def test_stray_is_not_quoted_and_is_named() -> None:
    moon = [Document(path.name, path.read_text()) for path in MOON]
    documents = [*moon, Document("recipe", RECIPE)]
    summary = summarize(documents, words=200)
    assert {quote.source for quote in summary.sentences} <= {1, 2, 3, 4}
    assert summary.sources[4].sentences == 3
    assert not summary.sources[4].cited
    assert summary.warnings == (
        "recipe: is about something else and was left out; --keep-all keeps it",
    )
    assert summarize(documents, words=200, keep_all=True).warnings == ()
    alone = summarize(moon, words=200)
    assert [quote.text for quote in summary.sentences] == [quote.text for quote in alone.sentences]


def test_unrelated_documents_are_said_to_have_no_subject() -> None:
    moon = Document("moon", MOON[0].read_text())
    documents = [moon, Document("recipe", RECIPE), Document("taxes", TAXES)]
    summary = summarize(documents, words=60)
    assert summary.warnings == ("the documents seem to have no common subject",)


def test_only_documents_of_one_language_are_compared() -> None:
    texts = ["The mayor of the town was late.", "Der Rat und die Stadt.", "The cat is in the hat."]
    stems = stem_sentences([*texts, "Menu", "It is the end of the road."])
    assert comparable_documents(stems, np.arange(5)).tolist() == [0, 2, 4]
    assert comparable_documents(stems, np.array([0, 1, 2, 3, 3])).tolist() == [0, 2, 3]
    few = stem_sentences(texts)
    assert comparable_documents(few, np.arange(3)).tolist() == []


def test_pairs_are_never_judged() -> None:
    documents = [Document("recipe", RECIPE), Document("taxes", TAXES)]
    assert summarize(documents, words=200, keep_all=False).warnings[1:] == ()
    assert all("something else" not in w for w in summarize(documents, words=60).warnings)


def test_inverse_frequency_makes_common_words_count_less() -> None:
    texts = ["bridge river", "bridge cake", "bridge road"]
    stems = stem_sentences(texts)
    cosines = document_cosines(stems, np.arange(3), inverse_frequency(stems))
    plain = document_cosines(stems, np.arange(3), np.ones(4))
    assert cosines[0, 1] < plain[0, 1]


def test_command_keeps_all_when_told(tmp_path: Path) -> None:
    stray = tmp_path / "recipe.txt"
    stray.write_text(RECIPE)
    code, _, err = invoke("--words", 60, *MOON, stray)
    assert code == 0
    assert "recipe.txt: is about something else and was left out; --keep-all keeps it" in err
    assert "is about something else" not in invoke("--words", 60, "--keep-all", *MOON, stray)[2]


def test_cosines_are_added_up_in_any_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    stems = stem_sentences([RECIPE, TAXES, f"{RECIPE} {TAXES}", TAXES])
    document = np.array([0, 1, 2, 2])
    whole = document_cosines(stems, document, np.ones(len(stems.stems)))
    monkeypatch.setattr("summarizer.rank.subject._COLUMNS", 3)
    monkeypatch.setattr("summarizer.rank.incidence._BLOCK", 10)
    np.testing.assert_allclose(
        document_cosines(stems, document, np.ones(len(stems.stems))), whole, rtol=1e-12
    )
