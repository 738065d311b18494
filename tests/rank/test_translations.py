"""Which language a summary is in, and what counts as a translation."""

import pytest

from summarizer.errors import OptionError
from summarizer.rank.documents import (
    foreign_documents,
    with_translations,
)
from summarizer.settings import Settings
from tests.builders import table_of, unit

LONG = "word " * 50
SHORT = "word"


@pytest.mark.parametrize(
    ("texts", "languages", "asked", "own", "foreign"),
    [
        ([LONG, LONG, LONG], ["en", "es", "en"], None, "en", [1]),
        ([LONG, LONG, LONG], ["en", "es", "en"], "es", "es", [0, 2]),
        ([LONG, SHORT, LONG], ["en", "es", "en"], None, "en", []),
        ([LONG, LONG, LONG], ["en", "", "en"], None, "en", []),
        ([LONG, LONG * 2], ["en", "es"], None, "es", [0]),
        ([LONG, LONG], ["fr", "es"], None, "es", [0]),
        ([SHORT, SHORT], ["en", "es"], None, "", []),
        ([LONG, LONG, "起" * 19], ["en", "en", "zh"], None, "en", []),
        ([LONG, LONG, "起" * 20], ["en", "en", "zh"], None, "en", [2]),
        ([LONG, LONG, "…" * 20], ["en", "en", "zh"], None, "en", []),
    ],
)
def test_most_documents_choose_the_language(
    texts: list[str], languages: list[str], asked: str | None, own: str, foreign: list[int]
) -> None:
    table = table_of(*([text] for text in texts))
    code, found = foreign_documents(table, languages, asked, Settings())
    assert (code, found.tolist()) == (own, foreign)


def test_a_language_that_no_document_has_is_refused() -> None:
    with pytest.raises(OptionError, match="no document is in the language ru; they are in en, es"):
        foreign_documents(table_of([LONG], [LONG]), ["en", "es"], "ru", Settings())


@pytest.mark.parametrize(
    ("least", "documents", "translated"),
    [(0.5, [0, 0, 1, 1, 2], ["three", "one"]), (0.9, [0, 0, 1, 2], ["one"])],
)
def test_a_translation_counts_as_a_copy_in_its_own_document(
    least: float, documents: list[int], translated: list[str]
) -> None:
    table = table_of(["one two", "three four"], [], ["five six"])
    foreign = table_of([], ["eins zwei", "nichts", "drei vier"])
    stems, document, position = with_translations(
        table,
        foreign,
        unit([1, 0, 0], [0, 1, 0], [0.6, -0.8, 0]),
        unit([0.6, 0.8, 0], [0, 0, 1], [1, 0, 0]),
        least,
    )
    assert document.tolist() == documents
    added = [row for row, number in enumerate(documents) if number == 1]
    assert [stems.stems[stems.of(row)[0]] for row in added] == translated
    assert position[added].tolist() == [0, 2][-len(added) :]


def test_nothing_translates_a_sentence_where_there_are_none() -> None:
    foreign = table_of([], ["eins zwei", "nichts", "drei vier"])
    vectors = unit([1, 0, 0], [0, 1, 0], [1, 0, 0])
    _, document, position = with_translations(table_of([]), foreign, vectors[:0], vectors, 0.5)
    assert document.tolist() == position.tolist() == []
