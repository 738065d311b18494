"""How likely a sentence is unfit for a summary, and what comes of it."""

from typing import Any

import numpy as np
import pytest

from summarizer import Document, Settings, summarize
from summarizer.rank.cohesion import with_cohesion
from summarizer.rank.fitness import FEATURES, describe, with_fitness
from summarizer.rank.select import make_units
from summarizer.settings import Ranker
from summarizer.text.table import SentenceTable

from ..builders import table_of

SETTINGS = Settings()
LEAD = "The council of Aldwick closed the old harbour bridge on Monday after divers found rust."
TALK = "Yeah, so I think that we have all of these here."
NEWS = "Ferries carry commuters across the river while engineers replace forty corroded cables."


def ranked(*documents: list[str], code: str = "en") -> SentenceTable:
    """Return a pool of which every sentence is as near to the subject."""
    table = with_cohesion(table_of(*documents, code=code), [code] * len(documents), SETTINGS)
    return table.with_columns(central=np.full(len(table), 0.5))


def test_what_is_described() -> None:
    pool = ranked([LEAD, "She told us: these are they.", NEWS])
    found = dict(zip(FEATURES, describe(pool).T, strict=True))
    assert found["central"].tolist() == [0.5] * 3
    np.testing.assert_allclose(found["position"], np.log([1, 2, 3]))
    assert found["few words"].tolist() == [0, 1, 0]
    assert found["colon"].tolist() == [0, 1, 0]
    assert found["first person"].tolist() == [0, 1, 0]
    assert found["demonstrative"].tolist() == [0, 1, 0]
    np.testing.assert_allclose(found["third person"], [0, 2 / 6, 0])
    np.testing.assert_allclose(found["stop words"][1], 5 / 6)
    # The second needs the first, and is quoted with it or not at all; the third may need one.
    np.testing.assert_allclose(found["context"][:2], np.log(0.01 / 0.99))
    np.testing.assert_allclose(found["context"][2], np.log(pool.context[2] / (1 - pool.context[2])))


@pytest.mark.parametrize(
    ("feature", "told", "not_told"),
    [
        (
            "few words",
            "One two three four five six seven.",
            "One two three four five six seven eight.",
        ),
        (
            "demonstrative",
            "Near the harbour, here it rains.",
            "Near the old harbour, here it rains.",
        ),
        (
            "first person",
            "The mayor told us of the boat.",
            "The mayor told US sailors of the mine.",
        ),
        ("third person", "The town moved it to Skarn.", "The town moved the IT office to Skarn."),
        ("colon", "Engineers of the town: rain.", "Skarn won by 3:2 at 10:30."),
    ],
)
def test_what_features_look_at(feature: str, told: str, not_told: str) -> None:
    found = describe(ranked([told, not_told]))[:, FEATURES.index(feature)]
    assert (found > 0).tolist() == [True, False]


def test_small_talk_and_what_is_far_from_the_subject_are_likelier_unfit() -> None:
    pool = ranked([LEAD, NEWS, TALK])
    near = with_fitness(pool, ["en"], SETTINGS).unfit
    assert near[0] < near[1] < 0.5 < near[2]
    far = with_fitness(pool.with_columns(central=np.full(3, 0.1)), ["en"], SETTINGS).unfit
    assert (far > near).all()


@pytest.mark.parametrize("asked", [False, True])
def test_other_languages_and_answers_are_told_by_their_context(*, asked: bool) -> None:
    pool = ranked([LEAD, TALK], [LEAD, TALK])
    if asked:
        pool = pool.with_columns(relevance=np.ones(4))
    told = with_fitness(pool, ["de", "en"], SETTINGS).unfit == 0.714 * pool.context
    assert told.tolist() == [True, True, asked, asked]


def test_what_is_likelier_unfit_than_the_limit_only_fills_a_budget() -> None:
    units = make_units(chances_of(0.1, 0.85, 0.87), 1, SETTINGS)
    assert units.states.tolist() == [True, True, False]
    # Where nothing is left out, nothing is unfit.
    assert make_units(chances_of(0.1, 0.85, 1.0), 100_000, SETTINGS).states.all()
    # Only English was learned from.
    text = ["Der Rat hat die alte Brücke am Hafen gesperrt.", "Dort war Rost, sagt sie.", TALK]
    pool = ranked(text, code="de").with_columns(context=np.ones(3), cost=np.array([1, 1, 99_998]))
    told = with_fitness(pool, ["de"], SETTINGS)
    assert len(told) == 3
    assert (told.unfit < SETTINGS.unfit).all()


def chances_of(*unfit: float) -> SentenceTable:
    """Return three sentences of these chances, too long to be quoted together."""
    pool = ranked([LEAD, NEWS, "The mayor of Skarn opened a new tunnel on Friday."])
    return pool.with_columns(unfit=np.array(unfit), cost=np.array([1, 1, 99_998]))


def test_answer_may_be_unfit() -> None:
    asked: dict[str, Any] = {"query": "Who found rust in the bridge?", "words": 15}
    strict = Settings(unfit=0.0)
    assert summarize([f"{LEAD} {NEWS}"], **asked, settings=strict).text == LEAD


# Nothing is missing that would tell what it is about, and an editor would leave it out.
WITNESS = "I told them that we had it all there with us."
RUST = "Rust is what divers found in the cables of the harbour bridge in March."


def test_small_talk_is_left_out_unless_others_leave_room() -> None:
    documents = [f"{LEAD} {WITNESS} {NEWS}", f"{NEWS} {LEAD} {RUST}"]
    lenient = Settings(unfit=1.0, unfit_loss=0.0)
    for words, settings, quoted in ((37, None, False), (37, lenient, True), (60, None, True)):
        summary = summarize(documents, words=words, settings=settings)
        assert (WITNESS in summary.text) is quoted


@pytest.mark.parametrize("ranker", ["coverage", "mmr"])
def test_what_is_new_is_quoted_even_if_it_is_unfit(ranker: Ranker) -> None:
    known = f"{LEAD} {NEWS} {RUST}"
    new = Document("new", f"{known} {WITNESS}")
    summary = summarize([new], known=[known], words=30, ranker=ranker)
    assert summary.text == WITNESS


@pytest.mark.parametrize("ranker", ["coverage", "mmr"])
def test_what_two_sources_state_is_quoted_even_if_it_is_unfit(ranker: Ranker) -> None:
    ill = "All of us were ill: they held us here for nine days."
    documents = [
        f"{LEAD} {NEWS} They held us here for nine days, and all of us were ill.",
        f"{RUST} {ill}",
    ]
    asked: dict[str, Any] = {"min_sources": 2, "words": 30, "ranker": ranker, "keep_all": True}
    assert summarize(documents, **asked, settings=Settings(unfit=0.5)).text == ill
