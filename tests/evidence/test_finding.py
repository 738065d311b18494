"""What is shown of a quote: who agrees, who differs, who copies."""

import gc
import weakref
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from summarizer import load_encoder
from summarizer.encoders import embed
from summarizer.evidence import EvidenceSettings, Pool, RowEvidence, search_evidence
from summarizer.evidence.finding import is_copy

QUOTE = "The ferry Astra sank off the coast of Norway on Friday, killing 12 passengers."
SAME = "Twelve passengers died when the ferry Astra sank off the coast of Norway on Friday."
MORE = "Fifteen passengers died when the ferry Astra sank off the coast of Norway on Friday."
COPY = "The ferry Astra sank off the coast of Norway on Friday, killing 12 passengers, police said."
OTHER = "The harbour master said that a new lighthouse would be built next year."
FILLING = (
    "Rain is expected in the valley tomorrow.",
    "The council voted on the budget for schools.",
    "A bakery in the old town won a prize.",
    "Farmers sold fewer apples than last autumn.",
)


def find(
    *documents: str,
    groups: list[int] | None = None,
    languages: list[str] | None = None,
    settings: EvidenceSettings | None = None,
) -> RowEvidence:
    """Find the evidence of the first sentence of the first document among all of them."""
    texts = [text for document in documents for text in (document, *FILLING)]
    size = len(FILLING) + 1
    pool = Pool(
        texts,
        np.repeat(np.arange(len(documents)), size),
        np.tile(np.arange(size), len(documents)),
        [None] * len(documents),
        languages or ["en"] * len(documents),
    )
    static = load_encoder("static")
    given = groups or list(range(len(documents)))
    (found,) = search_evidence(
        pool, embed(static, texts), [0], given, settings or EvidenceSettings()
    )
    return found


def test_paraphrase_agrees() -> None:
    found = find(QUOTE, SAME)
    assert [(one.first, one.last) for one in found.agreeing + found.partly] == [(5, 5)]
    assert not found.differing
    assert not found.copies


@pytest.mark.parametrize("quoted", [0, 1])
def test_what_denies_the_quote_does_not_agree(quoted: int) -> None:
    told = "The driver of the express train was wearing a seat belt."
    both = [told, told.replace("was", "was not")]
    found = find(both[quoted], both[1 - quoted])
    assert not found.agreeing
    assert not found.partly
    agreed = find(told, "The driver of the train was wearing his seat belt.")
    assert agreed.agreeing or agreed.partly


@pytest.mark.parametrize(
    ("told", "other"),
    [
        ("Sales of the ferry line rose in the spring.", "In spring, the ferry line's sales fell."),
        (
            "Shares of the bank rose on Friday in Oslo.",
            "Shares of the bank plunged on Friday in Oslo.",
        ),
        ("The mayor accepted the plan for the port.", "The mayor rejected the plan for the port."),
        ("The firm stopped its ferries on Friday.", "On Friday, the firm started its ferries."),
        ("The firm stopped its ferries for a week.", "The firm keeps its ferries for a week."),
        (
            "The minister denied the report on Friday.",
            "The minister confirmed the report on Friday.",
        ),
    ],
)
def test_opposite_does_not_agree(told: str, other: str) -> None:
    found = find(told, other)
    assert not found.agreeing
    assert not found.partly


@pytest.mark.parametrize("quoted", [0, 1])
def test_words_in_the_place_of_one_may_agree(quoted: int) -> None:
    both = [
        "Armstrong and Aldrin spent about two and a half hours outside, and brought back 21.5 "
        "kilograms of rock and soil.",
        "The astronauts spent about two and a half hours outside, and collected 21.5 kilograms of "
        "rock and soil.",
    ]
    found = find(both[quoted], both[1 - quoted])
    assert found.agreeing or found.partly


@pytest.mark.parametrize("quoted", [0, 1])
def test_other_word_in_a_longer_sentence_does_not_agree(quoted: int) -> None:
    both = [
        "The firm stopped its ferries to the islands for a week.",
        "The firm keeps its ferries to the islands for a week in the warm days of spring.",
    ]
    found = find(both[quoted], both[1 - quoted])
    assert not found.agreeing
    assert not found.partly


def test_other_number_of_the_same_thing_differs() -> None:
    found = find(QUOTE, MORE)
    assert [one.first for one in found.differing] == [5]
    (pair,) = found.differing[0].differences
    assert (QUOTE[slice(*pair[0])], MORE[slice(*pair[1])]) == (
        "12 passengers",
        "Fifteen passengers",
    )
    assert not found.agreeing
    assert not found.partly


def test_rounded_number_is_no_other() -> None:
    quote = "The storm flooded 1,200 houses in the harbour town of Larvik."
    assert not find(
        quote, "The storm flooded 1,187 houses in the harbour town of Larvik."
    ).differing


def test_other_subject_is_nothing() -> None:
    found = find(QUOTE, OTHER)
    assert found == RowEvidence()


def test_copy_is_told_for_each_document_even_in_one_group() -> None:
    found = find(QUOTE, QUOTE, COPY, groups=[0, 0, 0])
    assert [one.first for one in found.copies] == [5, 10]
    assert not found.agreeing


def test_agreement_in_the_own_group_is_no_other_voice() -> None:
    assert find(QUOTE, SAME, groups=[0, 0]) == RowEvidence()


def test_one_passage_stands_for_a_group() -> None:
    found = find(QUOTE, SAME, SAME.replace("died", "perished"), groups=[0, 1, 1])
    assert len(found.agreeing + found.partly) == 1


def test_agreeing_passage_that_repeats_another_is_a_copy() -> None:
    found = find(QUOTE, SAME, SAME, settings=replace(EvidenceSettings(), agrees=0.3))
    assert [one.first for one in found.agreeing] == [5]
    assert [one.first for one in found.copies] == [10]


def test_group_that_agrees_somewhere_does_not_differ() -> None:
    found = find(
        QUOTE, MORE, SAME, groups=[0, 1, 1], settings=replace(EvidenceSettings(), agrees=0.3)
    )
    assert len(found.agreeing) == 1
    assert not found.differing


# A quote, a passage that states it, and one that gives another number.
ABROAD = {
    "fr": (
        "La police a indiqué que les dix hommes n'avaient aucun permis de pêche.",
        "La police a dit que ces dix hommes n'avaient pas de permis de pêche sur eux.",
        "La police a dit que ces douze hommes n'avaient pas de permis de pêche sur eux.",
    ),
    "es": (
        "El volcán de la isla obligó a evacuar a 300 vecinos de tres pueblos.",
        "Tres pueblos y sus 300 vecinos: el volcán obligó a evacuar buena parte de la isla.",
        "Tres pueblos y sus 450 vecinos: el volcán obligó a evacuar buena parte de la isla.",
    ),
    "ru": (
        "Суд приговорил бывшего мэра города к пяти годам тюрьмы за взятки.",
        "Бывший мэр города за взятки приговорён судом к пяти годам тюрьмы.",
        "Бывший мэр другого города приехал в музей.",
    ),
}


@pytest.mark.parametrize("language", ABROAD)
def test_agreement_is_found_in_any_language(language: str) -> None:
    quote, stating, other = ABROAD[language]
    found = find(quote, stating, languages=[language] * 2)
    assert len(found.agreeing) == 1
    found = find(quote, other, languages=[language] * 2)
    assert not found.agreeing
    # Whether values are of one thing was learned from English pairs only.
    assert not found.differing


def test_who_denies_a_quote_does_not_agree_in_any_language() -> None:
    quote = "Der Bürgermeister von Harle ist am Montag wegen der gesperrten Brücke zurückgetreten."
    for passage in (
        "Der Bürgermeister von Harle ist am Montag wegen der gesperrten Brücke nicht zurückgetreten.",
        "Wegen der gesperrten Brücke ist der Bürgermeister von Harle am Montag nie zurückgetreten.",
    ):
        assert find(quote, passage, languages=["de", "de"]) == RowEvidence()
        yes = passage.replace("nicht ", "").replace("nie ", "")
        assert find(quote, yes, languages=["de", "de"]) != RowEvidence()


def test_only_copies_are_told_where_it_is_unknown_how_a_denial_is_put() -> None:
    assert find(QUOTE, SAME, languages=["fa", "fa"]) == RowEvidence()
    assert len(find(QUOTE, QUOTE, languages=["fa", "fa"]).copies) == 1


def test_nothing_agrees_in_another_language() -> None:
    assert find(QUOTE, QUOTE, languages=["en", "de"]) == RowEvidence()


def test_copy_has_most_of_the_quote_and_little_else() -> None:
    settings = EvidenceSettings()
    words = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]
    assert is_copy(words, words, settings)
    assert is_copy(words, [*words, "x", "y"], settings)
    assert not is_copy(words, words[:5], settings)  # a part of it alone
    assert not is_copy(words, [*words[:6], "x", *words[7:]], settings)
    assert not is_copy([], [], settings)


def test_form_that_was_filled_in_otherwise_is_no_copy() -> None:
    quote = "The council of the town has closed the bridge for repairs near Haldern."
    assert len(find(quote, quote).copies) == 1
    assert not find(quote, quote.replace("Haldern", "Rees")).copies


def test_what_was_compared_is_forgotten() -> None:
    pool = Pool([QUOTE, SAME], np.array([0, 1]), np.array([0, 0]), [None] * 2, ["en"] * 2)
    static = load_encoder("static")
    assert search_evidence(pool, embed(static, pool.texts), [0], [0, 1])
    left = weakref.ref(pool)
    del pool
    gc.collect()
    assert left() is None


def test_few_of_the_passages_are_enough_where_so_many_are_asked_for() -> None:
    texts = [QUOTE, SAME, *FILLING]
    documents = np.arange(len(texts))
    pool = Pool(
        texts, documents, np.zeros_like(documents), [None] * len(texts), ["en"] * len(texts)
    )
    static = load_encoder("static")
    vectors, groups = embed(static, texts), documents.tolist()
    whole, one, none = (
        search_evidence(pool, vectors, [0], groups, most=most) for most in (None, 1, 0)
    )
    assert whole == one != none == [RowEvidence()]


def test_batches_change_nothing() -> None:
    texts = [QUOTE, *FILLING, SAME, *FILLING, MORE, *FILLING]
    pool = Pool(texts, np.repeat([0, 1, 2], 5), np.tile(np.arange(5), 3), [None] * 3, ["en"] * 3)
    static = load_encoder("static")
    vectors = embed(static, texts)
    together = search_evidence(pool, vectors, [0, 5, 10], [0, 1, 2])
    alone = [search_evidence(pool, vectors, [row], [0, 1, 2])[0] for row in (0, 5, 10)]
    assert together == alone


def test_every_threshold_is_noticed() -> None:
    """Set to where it lets nothing pass, or everything, each constant changes what is shown."""
    closed: dict[str, Any] = {
        "languages": frozenset[str](),
        "candidates": 0,
        "least_rough": 2.0,
        "agrees": 1.1,
        "partly": 0.0,
        "differs": 1.1,
        "copied": 1.1,
        "whole": 1.1,
        "telling": 1.1,
    }
    # What is compared for disagreements is noticed in test_comparing.py, and translations in
    # test_translations.py and test_languages.py.
    open_here = {"compared", "most_compared", "least_alike", "translated", "translation"}
    # And what makes a checked sentence nearly the same as a passage in test_check.py.
    open_here |= {"near", "lacked", "stated", "supported", "exchanged", "traded"}
    assert closed.keys() | open_here == {field.name for field in fields(EvidenceSettings)}
    documents = (
        QUOTE,
        SAME,
        MORE,
        COPY,
        "A ferry sank off Norway in May, and 3 crew members died.",
    )
    plain = find(*documents, settings=replace(EvidenceSettings(), agrees=0.3))
    for name, value in closed.items():
        settings = replace(EvidenceSettings(), **{"agrees": 0.3, name: value})
        assert find(*documents, settings=settings) != plain, name
