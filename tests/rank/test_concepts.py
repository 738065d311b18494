"""Concepts, what the sources tell of each, and what each weighs: counted by hand."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Document
from summarizer.datatypes import Block, Structure
from summarizer.rank.concepts import (
    extract_concepts,
    head_length,
    inverse_frequency,
    lexical_vectors,
    split_documents,
    stem_sentences,
    stem_texts,
)
from summarizer.rank.features import (
    SIZES,
    TERMS,
    concept_features,
    expand,
    lexical_centrality,
    position_weights,
    predict,
    weigh_concepts,
)
from summarizer.settings import Settings
from summarizer.text.assets import read_weights, shipped_model
from summarizer.text.language import language

from ..builders import table_of

ENGLISH = language("en")
SENTENCES = [
    "The ships sailed.",
    "A ship sails, and of the",
    "Of the and",
    "",
    "ship ship ship ship",
]


def test_stems_join_inflections_and_know_stop_words() -> None:
    stems = stem_texts(SENTENCES, ENGLISH)
    assert stems.stems == ("the", "ship", "sail", "a", "and", "of")
    assert stems.content.tolist() == [False, True, True, False, False, False]
    assert stems.letters.tolist() == [3, 5, 6, 1, 3, 2]
    assert stems.lengths.tolist() == [3, 6, 3, 0, 4]
    assert stems.frequency.tolist() == [3, 3, 2, 1, 2, 2]
    assert stems.total == 5


def test_capitals_inside_sentences() -> None:
    stems = stem_texts(["The Ship of Anna", "Anna sailed"], ENGLISH)
    assert stems.capital.tolist() == [False, True, False, True, False, False]


def test_each_sentence_is_stemmed_in_its_own_language() -> None:
    texts = ["The ships sailed in the storms.", "Die Schiffe fuhren in den Stürmen."]
    stems = stem_sentences(texts, [ENGLISH, language("de")])
    assert {"ship", "storm", "schiff", "sturm"} <= set(stems.stems)
    told = {stem for stem, content in zip(stems.stems, stems.content, strict=True) if content}
    assert told.isdisjoint({"the", "die", "den"})


def test_concepts_are_neighbouring_stems() -> None:
    stems = stem_texts(SENTENCES, ENGLISH)
    concepts = extract_concepts(stems)
    # the-ship, ship-sail | a-ship, ship-sail, sail-and, and-of, of-the | of-the, the-and | - |
    # ship-ship
    assert np.diff(concepts.offsets).tolist() == [2, 5, 2, 0, 1]
    named = {
        (stems.stems[key // len(stems.stems)], stems.stems[key % len(stems.stems)])
        for key in concepts.keys.tolist()
    }
    assert len(concepts.keys) == len(named) == 8
    assert {("ship", "sail"), ("of", "the"), ("ship", "ship")} <= named
    assert len(np.intersect1d(concepts.row(0), concepts.row(1))) == 1
    assert concepts.totals(np.ones(8)).tolist() == [2, 5, 2, 0, 1]


@pytest.mark.parametrize("nothing", [[], [""], ["word"]])
def test_nothing_has_no_concepts(nothing: list[str]) -> None:
    stems = stem_texts(nothing, ENGLISH)
    concepts = extract_concepts(stems)
    assert len(concepts.keys) == 0
    assert concepts.totals(np.zeros(0)).tolist() == [0.0] * len(nothing)
    rows = np.zeros(len(nothing), dtype=np.intp)
    assert weigh_concepts(stems, concepts, rows, rows, rows > 0, Settings()).shape == (0,)


@given(st.lists(st.text(alphabet="ab .", max_size=20), max_size=8))
def test_rows_are_sets_within_range(sentences: list[str]) -> None:
    concepts = extract_concepts(stem_texts(sentences, ENGLISH))
    assert len(concepts.offsets) == len(sentences) + 1
    for number in range(len(sentences)):
        row = concepts.row(number).tolist()
        assert row == sorted(set(row))
        assert all(0 <= concept < len(concepts.keys) for concept in row)


@given(st.lists(st.text(alphabet="abc .", max_size=20), max_size=8), st.data())
def test_rows_taken_keep_their_words_and_concepts(
    sentences: list[str], data: st.DataObject
) -> None:
    table = table_of(sentences)
    table = table.with_columns(concepts=extract_concepts(table.stems))
    assert table.concepts is not None
    places = st.lists(st.sampled_from(range(len(sentences))), unique=True)
    rows = sorted(data.draw(places)) if sentences else []
    taken = table.take(np.array(rows, dtype=np.intp))
    assert taken.concepts is not None
    assert taken.row.tolist() == rows
    for number, row in enumerate(rows):
        assert taken.text(number) == sentences[row]
        assert taken.stems.of(number).tolist() == table.stems.of(row).tolist()
        assert taken.concepts.row(number).tolist() == table.concepts.row(row).tolist()


def test_rare_words_tell_more() -> None:
    weights = inverse_frequency(stem_texts(["the ship sail", "ship", "ship"], ENGLISH))
    np.testing.assert_allclose(weights, [0, np.log(2), np.log(4)])


def test_products_of_lexical_vectors_are_the_weights_of_shared_words() -> None:
    texts = ["The ships sailed.", "Ship sails", "A harbour", "of the", "Ship harbour"]
    stems = stem_texts(texts, ENGLISH)
    vectors = lexical_vectors(stems, 1024)
    weights = inverse_frequency(stems) ** 2
    ship, sail, harbour = (weights[stems.stems.index(s)] for s in ("ship", "sail", "harbour"))
    shared = vectors @ vectors.T
    np.testing.assert_allclose(shared[0, 1], ship + sail, rtol=1e-6)
    np.testing.assert_allclose(shared[0, 4], ship, rtol=1e-6)
    np.testing.assert_allclose(np.diag(shared)[[2, 4]], [harbour, ship + harbour], rtol=1e-6)
    assert shared[0, 2] == 0
    assert not vectors[3].any()


# Two documents of two sentences.
COUNTED = (["The Red Ship sailed", "red ship two"], ["the red ship", "of the 12 crew"])
CENTRAL = np.array([0.4, -0.2, 0.1, 0.9])


def described(first: str, second: str) -> dict[str, float]:
    """Return the features of one concept of the documents above."""
    table = table_of(*COUNTED)
    stems, concepts = table.stems, extract_concepts(table.stems)
    key = stems.stems.index(first) * len(stems.stems) + stems.stems.index(second)
    features = concept_features(stems, concepts, table.document, table.position, CENTRAL, 1.0)
    row = concepts.keys.tolist().index(key)
    return {name: float(column[row]) for name, column in features.items()}


def test_every_feature_of_a_concept_of_both_documents() -> None:
    # In both sentences of the first document and the first one of the second, which have 4, 3 and
    # 3 words; one of three times with capitals.
    assert described("red", "ship") == pytest.approx(
        {
            "share of documents": 1,
            "log documents with it": np.log(2),
            "log sentences with it per document with it": np.log(3 / 2),
            "log 1 + earliest position": 0,
            "earliness, halved in 1.4 sentences": 2,
            "earliness, halved in 4.2 sentences": 2,
            "log earliness, halved in 2.8 sentences": np.log(2.02),
            "share of first sentences": 1,
            "in a first sentence": 1,
            "log mean length of sentences": np.log(10 / 3),
            "share of capitals": 1 / 3,
            "words with digits": 0,
            "one stop word": 0,
            "two stop words": 0,
            "least inverse frequency": np.log(4 / 3),
            "largest inverse frequency": np.log(4 / 3),
            "largest centrality of sentences": 0.4,
            "mean centrality of sentences": 0.1,
            "log sentences": np.log(4),
            "log documents": np.log(2),
            "in two documents": 1,
            "in three documents": 0,
            "letters of the shorter word": 3,
            "log share of sentences": np.log(3 / 4),
            "mean earliness, halved in 2.8 sentences": 1,
            "earliest place in a document": 0,
            "long documents without sections": 0,
        }
    )


def test_every_feature_of_a_concept_of_one_sentence() -> None:
    # In the second of two sentences of the second document.
    assert described("12", "crew") == pytest.approx(
        {
            "share of documents": 0.5,
            "log documents with it": 0,
            "log sentences with it per document with it": 0,
            "log 1 + earliest position": np.log(2),
            "earliness, halved in 1.4 sentences": np.exp(-1 / 2),
            "earliness, halved in 4.2 sentences": np.exp(-1 / 6),
            "log earliness, halved in 2.8 sentences": np.log(np.exp(-1 / 4) + 0.02),
            "share of first sentences": 0,
            "in a first sentence": 0,
            "log mean length of sentences": np.log(4),
            "share of capitals": 0,
            "words with digits": 1,
            "one stop word": 0,
            "two stop words": 0,
            "least inverse frequency": np.log(4),
            "largest inverse frequency": np.log(4),
            "largest centrality of sentences": 0.9,
            "mean centrality of sentences": 0.9,
            "log sentences": np.log(4),
            "log documents": np.log(2),
            "in two documents": 0,
            "in three documents": 0,
            "letters of the shorter word": 2,
            "log share of sentences": np.log(1 / 4),
            "mean earliness, halved in 2.8 sentences": np.exp(-1 / 4) / 2,
            "earliest place in a document": 0.5,
            "long documents without sections": 0,
        }
    )


def test_stop_words_are_counted_and_rare_words_told() -> None:
    mixed = described("the", "12")
    assert (mixed["one stop word"], mixed["two stop words"]) == (1, 0)
    assert mixed["least inverse frequency"] == pytest.approx(np.log(4 / 3))
    assert mixed["largest inverse frequency"] == pytest.approx(np.log(4))
    both = described("of", "the")
    assert (both["one stop word"], both["two stop words"]) == (0, 1)


@given(st.lists(st.text(alphabet="ab 1.", max_size=12), min_size=1, max_size=8))
def test_every_feature_of_any_text_is_finite(texts: list[str]) -> None:
    table = table_of(*(texts[start : start + 3] for start in range(0, len(texts), 3)))
    concepts = extract_concepts(table.stems)
    central = lexical_centrality(table.stems, table.position, Settings())
    places = table.document, table.position
    sectioned = np.ones(len(table), dtype=bool)
    weights = weigh_concepts(table.stems, concepts, *places, sectioned, Settings())
    assert weights.shape == concepts.keys.shape
    if len(weights):
        features = concept_features(table.stems, concepts, *places, central, 1.0)
        assert np.isfinite(np.stack(list(features.values()))).all()
        assert (weights > 0).all()
        assert weights.sum() == pytest.approx(1)


def test_position_falls_from_one_to_the_base() -> None:
    weights = position_weights(np.arange(100), Settings())
    assert weights[0] == 1
    assert weights[5] == pytest.approx(0.2 + 0.8 / np.e)
    assert weights[-1] == pytest.approx(0.2, abs=1e-6)


def test_centrality_is_the_standardised_cosine_to_a_centroid_of_early_sentences() -> None:
    stems = stem_texts(["ship", "harbour", "crew"], ENGLISH)
    position = np.array([0, 5, 10])
    # Words as rare as one another: the centroid is as long in each as its sentence is early.
    early = 0.2 + 0.8 * np.exp(-position / 5)
    expected = (early - early.mean()) / early.std()
    np.testing.assert_allclose(lexical_centrality(stems, position, Settings()), expected)


def test_sentences_of_the_same_words_are_as_central_as_one_another() -> None:
    stems = stem_texts(["ship", "ship"], ENGLISH)
    assert lexical_centrality(stems, np.array([0, 1]), Settings()).tolist() == [0, 0]


def model_of(**coefficients: float) -> dict[str, object]:
    """Make a model in which one feature speaks."""
    silent = {"mean": 0.0, "deviation": 1.0} | dict.fromkeys(TERMS, 0.0)
    names = ("told", *SIZES)
    features = {name: dict(silent) for name in names}
    features["told"].update(coefficients)
    return {"intercept": 0.0, "features": features}


def test_logistic_regression_by_hand() -> None:
    features = np.array([[0.0, 1.5, 3.5, 0.0], [1.0, 1.5, 3.5, 0.0]])
    odds = 1 / (1 + np.exp(-2.0))
    expected = np.array([0.5, odds]) / (0.5 + odds)
    np.testing.assert_allclose(predict(features, model_of(value=2.0)), expected)
    np.testing.assert_allclose(predict(features, model_of(square=2.0)), expected)
    np.testing.assert_allclose(
        predict(features, model_of(value=2.0) | {"intercept": -90.0}).sum(), 1
    )
    # A value of the mean plus or minus half a deviation.
    moved = model_of(value=4.0, mean=3.0, deviation=2.0)
    expected = np.array([1 - odds, odds])
    np.testing.assert_allclose(predict(features * [2, 1, 1, 1] + [2, 0, 0, 0], moved), expected)


def test_terms_depend_on_how_much_there_is() -> None:
    sizes = np.array([[2.5, 3.5, 0], [1.5, 4.5, 1], [1.5, 5.5, 0.5]])
    terms = expand(np.array([[2.0], [100.0], [1.0]]), sizes)
    expected = np.array([[2, 4, 2, 0, 0, 0], [6, 9, 0, 6, 6, 9], [1, 1, 0, 2, 0.5, 0.5]])
    np.testing.assert_allclose(terms, expected)


@pytest.mark.parametrize(
    ("sentences", "sectioned", "long"),
    [(80, 0.0, 0.0), (160, 0.0, 1.0), (160, 0.75, 0.25), (900, 0.0, 1.0), (900, 1.0, 0.0)],
)
def test_long_documents_without_sections_are_another_kind(
    sentences: int, sectioned: float, long: float
) -> None:
    table = table_of(["The ships sailed."] * sentences)
    concepts = extract_concepts(table.stems)
    central = lexical_centrality(table.stems, table.position, Settings())
    features = concept_features(
        table.stems, concepts, table.document, table.position, central, sectioned
    )
    assert features["long documents without sections"][0] == pytest.approx(long)


def test_concepts_weigh_the_same_beside_many_others() -> None:
    features = np.random.default_rng(0).normal(
        size=(9000, len(read_weights("salience")["features"]))
    )
    few, many = (predict(some, read_weights("salience")) for some in (features[:100], features))
    np.testing.assert_allclose(many[:100] / many[0], few / few[0], rtol=1e-9)


def test_shipped_model_is_of_these_features() -> None:
    folder, _ = shipped_model("salience")
    model = json.loads((folder / "weights.json").read_text())
    assert set(model["features"]) == set(described("red", "ship"))
    for column in model["features"].values():
        assert set(column) == {"mean", "deviation", *TERMS}


def test_what_many_documents_open_with_outweighs_what_one_ends_with() -> None:
    lead = "The old bridge was closed on Monday."
    table = table_of(
        *(
            [lead, f"Engineer {number} found rust in pier {number}.", f"Visitor {number} sang."]
            for number in range(4)
        )
    )
    concepts = extract_concepts(table.stems)
    sectioned = np.ones(len(table), dtype=bool)
    weights = weigh_concepts(
        table.stems, concepts, table.document, table.position, sectioned, Settings()
    )
    totals = concepts.totals(weights)
    assert totals[0] > totals[1] > totals[2]


def test_positions_are_counted_for_each_document_and_headings_passed_over() -> None:
    one, two = Document("1", "Yes sir. No sir. | Oh no."), Document("2", "Go on.")
    blocks = (Block("body", 0, 16), Block("heading", 17, 18), Block("body", 19, 25))
    structures = [Structure("", None, blocks), Structure("", None, (Block("body", 0, 6),))]
    table = split_documents([one, two], structures, ["en", "en"])
    assert list(table.texts()) == ["Yes sir.", "No sir.", "Oh no.", "Go on."]
    assert table.document.tolist() == [0, 0, 0, 1]
    assert table.position.tolist() == [0, 1, 2, 0]
    assert table.stems.lengths.tolist() == [2, 2, 2, 2]


REPORT = "The council voted for the new bridge today."


@pytest.mark.parametrize(
    "head",
    [
        "KIRKBY—",
        "KIRKBY, Norfolk (AP) — ",
        "Kirkby (dpa) - ",
        "KIRKBY, 12 de mayo (EFE).- ",
        "КИРКБИ, 5 мая — ",
        "By our own staff Council decides on bridge Kirkby, Norfolk (KNN) -- ",
        "Friday 11 March 2005 01.52 GMT ",
        "Council decides on bridge Friday 11 March 2005 1:52 pm BST ",
        "Tuesday, January 18, 2005",
    ],
)
def test_heads_that_run_into_the_report_are_no_part_of_it(head: str) -> None:
    text = f"{head}{REPORT} {REPORT}"
    block = Block("body", 0, len(text))
    table = split_documents([Document("1", text)], [Structure("", None, (block,))], ["en"])
    assert list(table.texts()) == [REPORT, REPORT]
    assert table.start[0] == len(head)


@pytest.mark.parametrize(
    "opening",
    [
        "On 5 May 2024 Mr Bell said that ",
        "At 5:30 PM EST Mr Bell said that ",
        "NATO - the alliance of old - said that ",
        "Mr Bell - Kirkby's mayor - said that ",
        "In January 2009 Mr Bell said that ",
        "Mr Bell (KNN) said that ",
        "The Kirkby Union (KU)-led mission said that ",
        "The Kirkby Office (KO) – which is new here – said that ",
        "The Kirkby Office (KO) – Norfolk's agency – said that ",
        "Отдел Киркби (ОК) — местная служба, где сказали, что ",
        "KNN – Norfolk's own agency – said that ",
        "KNN workers in Kirkby – Norfolk's and others alike, said that ",
        "Чемпионат мира 2018 года показал, что ",
        "Kirkby Games 2024 President Bell said that ",
        "Ende Mai 2024 Sagte Bell ",
    ],
)
def test_what_a_report_opens_with_is_no_head(opening: str) -> None:
    text = f"{opening}{REPORT}"
    assert head_length(text, ENGLISH.stop_words) == 0


def test_little_behind_a_head_is_no_report() -> None:
    assert head_length("KIRKBY — The council has voted here today.", ENGLISH.stop_words) == 9
    assert head_length("KIRKBY — The council has voted today.", ENGLISH.stop_words) == 0


def test_heads_open_the_first_sentences_within_some_characters() -> None:
    said = "KIRKBY (AP) -- The council has voted for the new bridge today."
    text = "\n".join([said] * 5)
    blocks = tuple(
        Block("body", place * (len(said) + 1), place * (len(said) + 1) + len(said))
        for place in range(5)
    )
    table = split_documents([Document("1", text)], [Structure("", None, blocks)], ["en"])
    assert [one.startswith("The council") for one in table.texts()] == [True] * 3 + [False] * 2
    for length, cut in ((400, True), (402, False)):
        head = "By " + "our staff " * 50
        head = f"{head[: length - 15]}KIRKBY (AP) -- "
        assert len(head) == length
        assert head_length(f"{head}The council has voted here today.", set()) == cut * length
