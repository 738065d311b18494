"""What answers a question: closed forms, and who is asked."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import exp, log, log1p

import numpy as np
import pytest

from summarizer.encoders import KNOWN
from summarizer.rank.concepts import extract_concepts
from summarizer.rank.features import weigh_concepts
from summarizer.rank.query import (
    REQUESTS,
    Answers,
    asked_language,
    find_answers,
    query_words,
    relevance_model,
    sums_around,
    weigh_answers,
    word_relevance,
    words_around,
)
from summarizer.settings import Answering, QuerySettings, Settings
from summarizer.text.table import SentenceTable

from ..builders import Encoder, table_of

SETTINGS = QuerySettings()
BRIDGE = (
    "The bridge was closed.",
    "Ferries cross the river.",
    "They are slow.",
    "Rust ate cables.",
)


def concepts_of(*documents: Sequence[str]) -> SentenceTable:
    table = table_of(*documents)
    return table.with_columns(concepts=extract_concepts(table.stems))


def ask(
    table: SentenceTable,
    query: str,
    light: Encoder,
    deep: Encoder,
    settings: QuerySettings = SETTINGS,
    *,
    known: bool = True,
) -> Answers:
    return find_answers(
        table, query, ["en", "en"], light, deep, lambda _: known, settings, settings.minilm
    )


def test_words_of_a_question_are_stems_of_the_sentences() -> None:
    table = table_of(BRIDGE)
    stems = table.stems.stems
    words = query_words(
        table.stems, "Which bridges crossed the river marmalade, and which bridge?", ["en"]
    )
    assert [[stems[number] for number in own] for own in words] == [
        ["bridg"],
        ["cross"],
        ["river"],
        [],
    ]
    # Where all are stop words, all count.
    asked = query_words(table.stems, "Was it they?", ["en"])
    assert [[stems[number] for number in own] for own in asked] == [["was"], [], ["they"]]
    assert query_words(table.stems, "' ?", ["en"]) == []
    # A word has a stem for each language of the sources, and is one word all the same.
    assert [len(own) for own in query_words(table.stems, "bridges", ["en", "de"])] == [1]


def test_words_count_as_bm25_has_it() -> None:
    table = table_of(["Rust, rust and rust again.", "The bridge has rust."], ["A river."])
    scores = word_relevance(table, query_words(table.stems, "rust bridge", ["en"]))
    lengths = np.array([5, 4, 2]) / (11 / 3)
    norm = 1.2 * (0.25 + 0.75 * lengths)
    rust, bridge = log1p(1.5 / 2.5), log1p(2.5 / 1.5)
    raw = [rust * 3 / (3 + norm[0]), rust / (1 + norm[1]) + bridge / (1 + norm[1]), 0]
    np.testing.assert_allclose(scores, np.array(raw) / max(raw))
    assert not word_relevance(table, []).any()


def test_words_of_a_passage_count_as_those_of_a_sentence() -> None:
    table = table_of(BRIDGE, ["A bridge."])
    words = query_words(table.stems, "bridge slow", ["en"])
    bridge, slow = log1p(3.5 / 2.5), log1p(4.5 / 1.5)
    # The first and the last two, and the three in the middle of each four; then the other document.
    lengths = np.array([8, 11, 10, 6, 2])
    norm = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
    near = np.array([[1, 1, 0, 0, 1], [0, 1, 1, 1, 0]])
    raw = np.array([bridge, slow]) @ (near / (near + norm))
    np.testing.assert_allclose(word_relevance(table, words, 1), raw / raw.max())


def test_words_around_a_sentence_are_of_its_document() -> None:
    table = table_of(BRIDGE, ["A bridge."])
    words = query_words(table.stems, "bridge rust marmalade", ["en"])
    seldom, never = log1p(4.5 / 1.5), log1p(5.5 / 0.5)
    both = log1p(3.5 / 2.5)
    total = seldom + never + both
    held = words_around(table, words, 1)
    np.testing.assert_allclose(held, np.array([both, both, seldom, seldom, both]) / total)
    np.testing.assert_allclose(words_around(table, words, 3)[1], (both + seldom) / total)
    assert not words_around(table, [], 3).any()


def test_sum_of_a_passage_ends_with_its_document() -> None:
    values, document = np.array([1.0, 2, 4, 8, 16]), np.array([0, 0, 0, 2, 2])
    assert sums_around(values, document, 1).tolist() == [3, 7, 6, 24, 24]
    assert sums_around(values, document, 0).tolist() == values.tolist()


def test_concepts_weigh_what_sentences_with_them_say() -> None:
    table = concepts_of(["tall bridge of the river", "tall bridge of rust"])
    assert table.concepts is not None
    weights = relevance_model(table.concepts, np.array([1.0, 0.25]))
    stems, size = table.stems.stems, len(table.stems.stems)
    named = {
        tuple(stems[n] for n in divmod(int(key), size)): weight
        for key, weight in zip(
            table.concepts.keys, weights * (1.25 + 1.25 + 1 + 1 + 0.25), strict=True
        )
    }
    assert named == {
        ("tall", "bridg"): pytest.approx(1.25),
        ("bridg", "of"): pytest.approx(1.25),
        ("of", "the"): pytest.approx(1.0),
        ("the", "river"): pytest.approx(1.0),
        ("of", "rust"): pytest.approx(0.25),
    }


def test_relevance_is_meaning_words_and_what_is_around() -> None:
    query = "Who closed the bridge? Where is rust?"
    parts = [query, "Who closed the bridge?", "Where is rust?"]
    deep = Encoder(
        {BRIDGE[0]: (4, 3, 0), BRIDGE[1]: (0, 1, 0), BRIDGE[3]: (3, 4, 0)}
        | dict(zip(parts, [(1, 0, 0), (0, 1, 0), (1, 0, 0)], strict=True))
    )
    light = Encoder({BRIDGE[0]: (1, 0, 0), query: (1, 0, 0), BRIDGE[3]: (3, 4, 0)})
    table = concepts_of(BRIDGE)
    found = ask(table, query, light, deep, replace(SETTINGS, passage=1))
    asked = query_words(table.stems, query, ["en"])
    words = word_relevance(table, asked)
    # The mean of the cosines to the whole and to the nearest part.
    cosines = np.array([(0.8 + 0.8) / 2, (0 + 1) / 2, 0.0, (0.6 + 0.8) / 2])
    around = 0.5 * word_relevance(table, asked, 1)
    np.testing.assert_allclose(found.relevance, cosines + 0.1 * words + around, atol=1e-6)
    share = np.exp(8 * (found.relevance - found.relevance.max()))
    assert table.concepts is not None
    np.testing.assert_allclose(found.shares, relevance_model(table.concepts, share))
    assert found.found


def test_deep_encoder_sees_the_nearest_alone() -> None:
    light = Encoder({BRIDGE[3]: (1, 0, 0), "decay": (1, 0, 0), BRIDGE[1]: (1, 1, 0)})
    deep = Encoder({"decay": (1, 0, 0), BRIDGE[3]: (1, 0, 0), BRIDGE[1]: (1, 2, 0)})
    table = concepts_of(BRIDGE)
    found = ask(table, "decay", light, deep, replace(SETTINGS, nearest=2, around=0))
    assert set(deep.asked) == {"decay", *REQUESTS, BRIDGE[3], BRIDGE[1]}
    np.testing.assert_allclose(found.relevance, [0.2**0.5, 0.2**0.5, 0.2**0.5, 1], atol=1e-6)
    gap = exp(8 * (0.2**0.5 - 1))
    share = np.array([0, gap, 0, 1])
    assert table.concepts is not None
    weights = relevance_model(table.concepts, share)
    np.testing.assert_allclose(found.shares, weights, atol=1e-6)


def test_words_alone_decide_where_the_language_is_not_known() -> None:
    light, deep = Encoder({}), Encoder({})
    found = ask(concepts_of(BRIDGE), "slow ferries", light, deep, known=False)
    assert deep.asked == []
    assert found.relevance.argmax() in {1, 2}
    assert found.found
    assert not ask(concepts_of(BRIDGE), "wheat prices", light, deep, known=False).found


@pytest.mark.parametrize(("cosine", "answers"), [(0.49, True), (0.47, False)])
def test_what_answers_is_near_in_meaning(cosine: float, answers: bool) -> None:
    near = {BRIDGE[0]: (cosine, (1 - cosine**2) ** 0.5, 0), "decay": (1, 0, 0)}
    assert ask(concepts_of(BRIDGE), "decay", Encoder(near), Encoder(near)).found is answers


@pytest.mark.parametrize(
    ("words", "answers"), [("bridge wheat", True), ("wheat oats bridge", False)]
)
def test_what_answers_has_words_of_the_question(words: str, answers: bool) -> None:
    near = {BRIDGE[0]: (0.35, (1 - 0.35**2) ** 0.5, 0), words: (1, 0, 0)}
    assert ask(concepts_of(BRIDGE), words, Encoder(near), Encoder(near)).found is answers


def test_request_that_any_source_answers_is_never_refused() -> None:
    far = dict.fromkeys(BRIDGE, (0, 1, 0))
    for query in REQUESTS:
        assert ask(concepts_of(BRIDGE), query, Encoder(far), Encoder(far)).found
    for cosine in (0.61, 0.59):
        near = far | {"Tell all.": (1, 0, 0), REQUESTS[2]: (cosine, 0, (1 - cosine**2) ** 0.5)}
        found = ask(concepts_of(BRIDGE), "Tell all.", Encoder(near), Encoder(near)).found
        assert found is (cosine > 0.6)


@pytest.mark.parametrize(
    ("query", "cosine", "general"),
    [
        ("Summarize the story.", 0.86, True),
        ("Summarize the story.", 0.84, False),
        ("Summarize the end of the story.", 0.86, False),
    ],
)
def test_request_nearly_equal_to_one_for_a_summary_is_for_a_summary(
    query: str, cosine: float, general: bool
) -> None:
    near = {query: (1, 0, 0), REQUESTS[2]: (cosine, 0, (1 - cosine**2) ** 0.5)}
    assert ask(concepts_of(BRIDGE), query, Encoder(near), Encoder(near)).general is general


def test_words_tell_what_answers_where_meaning_was_not_measured() -> None:
    near = Encoder(dict.fromkeys((*BRIDGE, *REQUESTS, "decay", "cables"), (1, 0, 0)))
    told = partial(find_answers, concepts_of(BRIDGE), languages=["en", "en"], light=near, deep=near)
    asked = partial(told, known=lambda _: True, settings=SETTINGS, answers=None)
    assert not asked(query="decay").found
    assert asked(query="cables").found


@pytest.mark.parametrize(
    ("answering", "least"),
    [
        # A sentence with a cosine of .6 among three of 0, in whose passage is no word.
        ((0.0, 0.0, 0.0, 0.0), 0.6),
        ((0.0, 0.0, 1.0, 0.0), 0.6 + 0.6 / 4),
        ((0.0, 0.0, 2.0, 0.1), 0.6 + 2 * 0.6 / 4 - 0.1 * log(4)),
    ],
)
def test_what_answers_is_told_by_the_meaning_around_and_how_much_there_is(
    answering: Answering, least: float
) -> None:
    near = Encoder({BRIDGE[0]: (0.6, 0.8, 0), "decay": (1, 0, 0)})
    for off in (-0.001, 0.001):
        found = find_answers(
            concepts_of(BRIDGE),
            "decay",
            ["fr", "en"],
            near,
            near,
            lambda _: True,
            SETTINGS,
            (least + off, *answering[1:]),
        ).found
        assert found is (off < 0)


def test_shipped_models_have_measures_of_their_own() -> None:
    assert SETTINGS.minilm == (0.48, 0.5, 0.0, 0.0)
    assert SETTINGS.multilingual == (0.16, 0.35, 1.0, 0.05)
    assert SETTINGS.static_multilingual == (0.12, 0.5, 1.0, 0.05)
    assert SETTINGS.request == 0.6


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("Why was it closed?", "en"),
        ("Warum wurde die Brücke gesperrt?", "de"),
        ("¿Cuántos barcos cruzan el río?", "es"),
        ("Почему мост закрыли?", "ru"),
        ("桥为什么关闭？", "zh"),
        # Keywords and names are in the language of the sources, if these have any of them.
        ("rust cables Ursula", "en"),
    ],
)
def test_language_of_a_question_is_that_of_its_stop_words(query: str, language: str) -> None:
    assert asked_language(query, ["en"], KNOWN | {"en"}, table_of(BRIDGE).stems) == language


def test_passage_is_eight_sentences_before_and_after() -> None:
    table = concepts_of(["Rust ate the bridge.", *(f"Day {n} was dry." for n in range(12))])
    light, deep = Encoder({}), Encoder({})
    found = ask(table, "rust", light, deep).relevance
    assert found[8] > found[9]
    assert found[9] == found[12]


def test_deep_encoder_sees_two_hundred_and_fifty() -> None:
    table = concepts_of([f"Day {n} was dry." for n in range(260)])
    deep = Encoder({})
    ask(table, "rust", Encoder({}), deep)
    assert len(set(deep.asked)) == 250 + len({"rust", *REQUESTS})


def test_words_count_half_where_they_alone_tell() -> None:
    table = concepts_of(BRIDGE)
    asked = query_words(table.stems, "slow ferries", ["en"])
    expected = 0.5 * word_relevance(table, asked) + 0.5 * word_relevance(table, asked, 8)
    found = ask(table, "slow ferries", Encoder({}), Encoder({}), known=False)
    np.testing.assert_allclose(found.relevance, expected)


def test_what_answers_holds_the_words_within_four_sentences() -> None:
    # Unlike the question in meaning, the sentences answer by its words alone.
    unlike = Encoder({"rust bridge": (1, 0, 0)})

    def answers(between: int, deep: Encoder) -> bool:
        dry = [f"Day {n} was dry." for n in range(between)]
        table = concepts_of(["Rust is old.", *dry, "A bridge fell."])
        return ask(table, "rust bridge", unlike, deep).found

    assert answers(7, unlike)
    assert not answers(8, unlike)
    # Half of the words are worth a cosine of .25, and .2 is not enough beside it.
    nearly = Encoder({"rust bridge": (1, 0, 0), "A bridge fell.": (0.2, 0, 0.96**0.5)})
    assert not answers(8, nearly)


def test_words_alone_answer_with_more_than_a_fifth_of_them() -> None:
    table = concepts_of(BRIDGE)

    def answers(query: str) -> bool:
        return ask(table, query, Encoder({}), Encoder({}), known=False).found

    # One rare word of the sources and two of none weigh .207, two and three .258.
    assert not answers("rust wheat price")
    assert answers("rust ferries wheat price harvest")


def test_concepts_of_answers_weigh_by_relevance_times_importance() -> None:
    table = concepts_of(["Rust ate cables.", "Fog hid ferries.", "Rust ate fences."])
    assert table.concepts is not None
    # The second sentence is not near; "rust ate" is in both of the others.
    nearest, relevance = np.array([0, 2]), np.array([0.9, 0.0, 0.5])
    shares = relevance_model(table.concepts, np.array([1.0, 0.0, 0.5]))
    answers = Answers(relevance, nearest, shares, found=True, general=False)
    weights = weigh_answers(table, answers, Settings())
    near = table.stems.take(nearest)
    concepts = extract_concepts(near)
    likely = weigh_concepts(
        near, concepts, np.zeros(2, np.intp), nearest, np.zeros(2, dtype=bool), Settings()
    )
    expected = np.zeros(len(table.concepts.keys))
    expected[np.searchsorted(table.concepts.keys, concepts.keys)] = likely**0.5
    expected *= shares
    np.testing.assert_allclose(weights, expected / expected.sum())
    assert np.count_nonzero(weights) == 3
