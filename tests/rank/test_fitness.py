"""How likely a sentence is unfit for a summary, and what comes of it."""

import numpy as np
import pytest

from summarizer import Document, Settings, summarize
from summarizer.rank.cohesion import with_cohesion
from summarizer.rank.fitness import FEATURES, describe, with_fitness
from summarizer.subject.prepared import Subject
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
    ],
)
def test_how_far_features_look(feature: str, told: str, not_told: str) -> None:
    found = describe(ranked([told, not_told]))[:, FEATURES.index(feature)]
    assert found.tolist() == [1, 0]


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
    told = with_fitness(pool, ["de", "en"], SETTINGS).unfit == 0.7 * pool.context
    assert told.tolist() == [True, True, asked, asked]


def subject_of(*texts: str) -> Subject:
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    return Subject(documents, (), None, "static", None, SETTINGS, None, keep_all=False)


def test_what_is_likelier_unfit_than_the_limit_is_not_quoted() -> None:
    subject = subject_of(f"{LEAD} {NEWS} {TALK}")
    pool = subject.weighed(None).table
    unfit = np.array([0.1, 0.81, 0.83])
    pool = pool.with_columns(unfit=unfit)
    assert (
        subject.quotable(pool.with_columns(cost=np.ones(3, dtype=np.intp)), 3).tolist()
        == [True] * 3
    )
    long = np.array([1, 1, 99_998])
    assert subject.quotable(pool.with_columns(cost=long), 1).tolist() == [True, True, False]
    # Only English was learned from.
    german = subject_of(
        "Der Rat hat die alte Brücke am Hafen gesperrt. Dort war Rost, sagt sie. Ja."
    )
    told = german.weighed(None).table
    told = told.with_columns(unfit=unfit[: len(told)], cost=long[: len(told)])
    assert german.quotable(told, 1).all()
    # Whatever all of it is, something is quoted; and an answer may be any.
    hopeless = pool.with_columns(unfit=np.ones(3), cost=long)
    assert subject.quotable(hopeless, 1).all()
    asked = pool.with_columns(relevance=np.ones(3), cost=long)
    assert subject.quotable(asked, 1).all()


def test_small_talk_is_left_out_unless_all_is_quoted() -> None:
    talk = "Yeah, here we are, so this is it for us."
    texts = [f"{LEAD} {talk} {NEWS}", f"{NEWS} {LEAD} Rust is what divers found in March."]
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    strict, lenient = Settings(unfit=0.3), Settings(unfit=1.0)
    for words, settings, quoted in ((37, strict, 0), (37, lenient, 1), (200, strict, 1)):
        summary = summarize(documents, words=words, settings=settings)
        assert [quote.text for quote in summary.sentences].count(talk) == quoted
