"""Which of the sentences picked for a summary say what another one says."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from summarizer import Document, summarize
from summarizer.rank.sentences import rank_sentences
from summarizer.settings import MODEL, Settings
from summarizer.subject.prepared import Subject

SETTINGS = Settings()
RULER = (
    "The ruler of Katara said on Tuesday that he has handed power to his son, who is thirty-three "
    "years old."
)
HANDED = (
    "Sheikh Omar, who ruled Katara for eighteen years, has given the reins of power to his son "
    "Tamir."
)
TRAINED = (
    "The son of Sheikh Omar was trained as an officer and leads the team that builds the stadium "
    "of Katara."
)
STADIUM = "Tamir, a son of Sheikh Omar, leads the team that builds a stadium for the cup."
GUNFIGHT = (
    "A gunfight at a harvest feast in the valley of Ostra left twelve people dead, the police said "
    "on Monday."
)
FEAST = (
    "At least twelve guests were killed when an argument at a feast turned violent in northern "
    "Veland, officials said."
)
FLOOD = "The flood in the valley of Ostra has killed 80 people, the army said on Monday."
RISEN = "In the valley of Ostra 120 people have been killed by the flood, the army said on Monday."
FERRIES = "Ferries were sold in the harbour for little money last spring."
TRADERS = "Traders in the market feared that few buyers would come to them."


def documents(one: str, other: str) -> list[Document]:
    return [Document("one", f"{one} {FERRIES}"), Document("other", f"{other} {TRADERS}")]


def repeated(
    one: str,
    other: str,
    settings: Settings = SETTINGS,
    days: Sequence[str | None] = (None, None),
    language: str | None = None,
) -> Sequence[str]:
    """Return which of two sentences, each the lead of a document, gives way to the other."""
    dated = [replace(d, date=day) for d, day in zip(documents(one, other), days, strict=True)]
    subject = Subject(dated, (), None, MODEL, language, settings, None, keep_all=False)
    table = subject.weighed(None).table
    table = table.with_columns(cost=table.stems.lengths)
    pool = rank_sentences(table, subject.encoders.own(list(table.texts())), settings)
    picked = [row for row, text in enumerate(pool.texts()) if text in {one, other}]
    return [pool.text(row) for row in subject.evidence.repeats(pool, settings)(picked)]


def test_leads_of_one_event_are_told_once() -> None:
    given = documents(RULER, HANDED)
    twice = summarize(given, sentences=3, settings=replace(SETTINGS, once=3.0)).sentences
    assert {RULER, HANDED} <= {sentence.text for sentence in twice}
    once = {sentence.text for sentence in summarize(given, sentences=3).sentences}
    assert once == {HANDED, FERRIES, TRADERS}


def test_what_opens_better_stays() -> None:
    assert repeated(RULER, HANDED) == [RULER]
    assert repeated(HANDED, RULER) == [RULER]


def test_other_news_of_the_same_people_stays() -> None:
    assert repeated(RULER, TRAINED) == []
    assert repeated(HANDED, STADIUM) == []


def test_another_value_is_news() -> None:
    assert repeated(FLOOD, RISEN) == []
    assert repeated(FLOOD, RISEN.replace("120", "80")) == [FLOOD]


def test_what_is_little_alike_is_not_judged() -> None:
    # Each pair states a third of one another or more; the mean of their cosines is .32 and .27.
    settings = replace(SETTINGS, once=0.6)
    assert repeated(RULER, TRAINED, settings) != []
    assert repeated(GUNFIGHT, FEAST, settings) == []
    assert repeated(GUNFIGHT, FEAST, replace(settings, once_alike=0.25)) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mayor of Ostra has resigned over the bridge, his office said on Monday.",
         "The mayor of Ostra has not resigned over the bridge, his office said on Monday."),
        ("Harle beat Ostra in the final of the cup in front of 5,000 people.",
         "Ostra beat Harle in the final of the cup in front of 5,000 people."),
        ("Prices of bread in the valley of Ostra rose sharply in March, the office said.",
         "Prices of bread in the valley of Ostra fell sharply in March, the office said."),
    ],
)  # fmt: skip
def test_what_is_denied_or_turned_is_news(one: str, other: str) -> None:
    assert repeated(one, other) == []


def test_of_two_days_the_later_is_told() -> None:
    assert repeated(RULER, HANDED, days=("2024-03-04", "2024-03-05")) == [RULER]
    assert repeated(RULER, HANDED, days=("2024-03-05", "2024-03-04")) == [HANDED]
