"""Which days matter, and which sentences tell of them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarizer import Document, Settings
from summarizer.rank.days import (
    DatedTable,
    days_wanted,
    describe_days,
    rank_days,
    standardised,
    tell_days,
)
from summarizer.settings import TimelineSettings
from summarizer.subject.timelines import read_days

FIRST = date(2020, 3, 1)
PLAIN = (
    "The mayor praised the old bridge and its keepers at length. "
    "Engineers inspected cranes along the whole harbour with care. "
    "The council sold twelve ferries to a company from abroad. "
    "A spokesman for the port welcomed the plan of the mayor. "
    "The harbour will rebuild its tunnel with money of its own. "
    "Visitors looked at the ships from the terrace of the museum. "
)


def written(*texts: tuple[int, str], settings: Settings | None = None) -> DatedTable:
    """Return documents published so many days after the first, as a table."""
    documents = [
        Document(f"{number}", text, date=f"{FIRST + timedelta(after)}")
        for number, (after, text) in enumerate(texts)
    ]
    return read_days(documents, settings or Settings())[1]


def described(known: DatedTable, **changed: Any) -> dict[date, dict[str, float]]:
    """Return the features of each day by their names."""
    settings = Settings(timeline=TimelineSettings(**changed))
    days, features = describe_days(known, settings)
    return {
        date.fromordinal(day): {name: float(column[row]) for name, column in features.items()}
        for row, day in enumerate(days.tolist())
    }


def on(after: int) -> str:
    day = FIRST + timedelta(after)
    return f"{day.day} {day:%B} {day.year}"


def test_late_naming_counts_beyond_a_week_and_more_the_older_a_day_is() -> None:
    known = written(
        (7, f"The bridge over the river was closed to traffic on {on(0)}."),
        (8, f"On {on(0)} somebody had found rust in a cable of the tower."),
        (68, f"Ferries have carried everyone across since {on(0)} without a rest."),
        (68, f"All the money was counted by the treasurer on {on(8)} in a closed room."),
    )
    found = described(known)
    name = "log documents that name it late"
    less_age = f"{name}, less its age"
    assert found[FIRST][name] == pytest.approx(np.log1p(2))
    assert described(known, late_days=6)[FIRST][name] == pytest.approx(np.log1p(3))
    assert described(known, late_days=8)[FIRST][name] == pytest.approx(np.log1p(1))
    assert found[FIRST][less_age] == pytest.approx(np.log1p(2) - np.log1p(68 / 30))


def test_copies_are_one_voice() -> None:
    text = f"The bridge over the river was closed to traffic on {on(0)}. {PLAIN}"
    once, copied = (
        described(written(*several))[FIRST] for several in ([(20, text)], [(20, text)] * 2)
    )
    weight = "weight of sentences that name it"
    assert {name for name in once if once[name] != copied[name]} <= {weight}


def test_a_burst_is_seen_beside_the_days_around() -> None:
    known = written(
        (60, f"The bridge was closed to all traffic on {on(0)}."),
        (60, f"Somebody found rust in the eastern cable on {on(30)}."),
        (60, f"Ferries carried nobody across the river on {on(30)}."),
        (60, f"Money for the repair was counted on {on(61)}."),
    )
    name = "burst of documents that name it"
    assert described(known)[FIRST][name] == pytest.approx(np.log1p(1) - np.log1p(3 / 61))
    narrow = described(known, burst_days=29)[FIRST][name]
    assert narrow == pytest.approx(np.log1p(1) - np.log1p(1 / 59))
    wide = described(known, burst_days=31)[FIRST + timedelta(30)][name]
    assert wide == pytest.approx(np.log1p(2) - np.log1p(4 / 63))


def test_early_naming_and_publication_count() -> None:
    sentences = PLAIN.split(". ")
    known = written(
        (9, ". ".join([*sentences[:5], f"It was closed on {on(8)}. {PLAIN}"])), (8, PLAIN)
    )
    early, issued = "log documents that name it early", "log documents published on it"
    day = FIRST + timedelta(8)
    assert described(known)[day][early] == 0
    assert described(known, early=6)[day][early] == pytest.approx(np.log(2))
    assert described(known)[day][issued] == pytest.approx(np.log(2))


def test_history_is_outside() -> None:
    known = written(
        (9, f"The bridge was closed on {on(5)}, on {on(6)} and again on {on(12)}. {PLAIN}"),
        (11, f"Ferries carried everyone across the river on {on(10)}. Shops were glad of it."),
    )
    name = "outside the time of publication"
    found = {day: row[name] for day, row in described(known).items()}
    assert list(found.values()) == [1, 0, 0, 1]
    assert described(known, before_days=4)[FIRST + timedelta(5)][name] == 0
    assert described(known, before_days=2)[FIRST + timedelta(6)][name] == 1


def test_the_three_weightiest_sentences_count() -> None:
    texts = [(9, f"{sentence} on {on(3)}.") for sentence in PLAIN.split(". ")[:4]]
    known = written(*texts)
    dense = known.table.concept_weight / np.sqrt(known.table.stems.lengths)
    ((_, features),) = described(known).items()
    top = np.sort(dense)[-3:].sum() / dense.mean()
    assert features["weight of sentences that name it"] == pytest.approx(top)


def ranked(known: DatedTable, settings: Settings | None = None) -> tuple[list[int], list[int]]:
    found = rank_days(known, settings or Settings())
    first, others = ([day - FIRST.toordinal() for day in days.tolist()] for days in found)
    return first, others


def test_days_that_nobody_names_follow_by_how_much_was_published(tmp_path: Path) -> None:
    known = written(
        (3, f"The bridge was closed to all traffic on {on(1)}."),
        *((5, f"{sentence}.") for sentence in PLAIN.split(". ")[:2]),
        (2, "Somebody found rust in the eastern cable. Somebody else did not."),
    )
    assert ranked(known) == ([1], [5, 2, 3])
    known = written(
        (9, f"It was shut on {on(1)} and {on(4)}. {PLAIN}"), (4, "Shops were glad of it.")
    )
    for weight, order in ((1.0, [4, 1]), (-1.0, [1, 4])):
        file = tmp_path / f"{weight}.json"
        file.write_text(json.dumps({"features": {"log documents published on it": weight}}))
        settings = Settings(timeline=TimelineSettings(weights=str(file)))
        assert ranked(known, settings)[0] == order


def test_features_are_standardised_and_equal_ones_are_nothing() -> None:
    assert standardised(np.array([1.0, 3.0])).tolist() == [-1, 1]
    assert standardised(np.array([5.0, 5.0])).tolist() == [0, 0]
    assert standardised(np.zeros(0)).tolist() == []


@pytest.mark.parametrize(
    ("days", "wanted"), [(1, 3), (8, 8), (10, 10), (11, 10), (100, 15), (1000, 32)]
)
def test_the_number_of_days_grows_slowly(days: int, wanted: int) -> None:
    assert days_wanted(days, Settings()) == wanted


def told(known: DatedTable, day: int, per_day: int = 1, **changed: Any) -> list[str]:
    """Return what is told of a day."""
    settings = replace(Settings(), timeline=TimelineSettings(**changed))
    days = np.array([(FIRST + timedelta(day)).toordinal()])
    found: Sequence[tuple[int, list[tuple[int, float]]]] = list(
        tell_days(known, days, per_day, settings)
    )
    return [known.table.text(row) for _, rows in found for row, _ in rows]


def test_a_day_is_told_by_those_that_name_it_and_the_news_of_it_and_the_next() -> None:
    names = f"On {on(3)} the old bridge was closed to all lorries."
    known = written((3, "Rust was found in the eastern tower of the bridge."), (9, names))
    assert set(told(known, 3, 9)) == {names, known.table.text(0), known.table.text(1)} - {""}
    assert told(known, 2, 9) == ["Rust was found in the eastern tower of the bridge."]
    assert told(known, 2, 9, days_after=0) == []
    assert told(known, 1, 9) == []
    assert len(told(known, 1, 9, days_after=2)) == 1


def test_only_the_first_sentences_of_a_document_are_its_news() -> None:
    known = written((3, PLAIN))
    assert len(told(known, 3, 9)) == 5
    assert len(told(known, 3, 9, early=6)) == 6
    assert len(told(known, 3, 9, early=4)) == 4


def test_a_sentence_that_names_the_day_is_preferred_by_a_factor() -> None:
    names = f"Shops near the harbour opened late on {on(3)} as well."
    known = written((3, f"{PLAIN} {PLAIN.replace('The', 'A')}"), (9, names))
    assert told(known, 3, naming_factor=0.1) != [names]
    assert told(known, 3, naming_factor=3.0) == [names]


def test_sentences_that_need_context_come_last() -> None:
    opened = f"However, he opened the old bridge to all lorries on {on(3)}."
    plain = f"Shops near the old harbour stood empty on {on(3)} for hours."
    known = written((9, opened), (9, plain))
    assert told(known, 3) == [plain]
    assert told(known, 3, 9) == [plain, opened]


def test_long_sentences_come_last() -> None:
    parts = ["the old bridge was closed to all lorries", "shops near the harbour stood empty"]
    both = f"On {on(3)} {parts[0]} and {parts[1]}."
    known = written((9, both), *((9, f"On {on(3)} {part}.") for part in parts))
    words = int(known.table.stems.lengths.max())
    assert told(known, 3, most_words=words) == [both]
    assert told(known, 3, most_words=words - 1) != [both]


@pytest.mark.parametrize(("words", "first"), [(40, True), (41, False)])
def test_a_sentence_is_long_beyond_forty_words(words: int, first: bool) -> None:
    parts = ["the old bridge was closed to all lorries", "shops near the harbour stood empty"]
    both = f"On {on(3)} {parts[0]} and {parts[1]}"
    both += " and" + " so" * (words - len(both.split()) - 1) + "."
    known = written((9, both), *((9, f"On {on(3)} {part}.") for part in parts))
    assert int(known.table.stems.lengths.max()) == words
    assert (told(known, 3) == [both]) is first


@pytest.mark.parametrize(
    ("change", "both"), [("opened to ferries", True), ("shut to lorries", False)]
)
def test_what_is_half_alike_is_told_too(change: str, both: bool) -> None:
    closed = f"The old bridge was closed to lorries on {on(3)}."
    known = written((9, closed), (9, closed.replace("closed to lorries", change)))
    assert len(told(known, 3, 9)) == 1 + both


def test_nothing_is_told_twice() -> None:
    closed = "The old bridge was closed to all lorries on"
    known = written((9, f"{closed} {on(3)}."), (9, f"{closed} {on(3)} at noon."))
    assert len(told(known, 3, 9)) == 1
    assert len(told(known, 3, 9, told_cosine=1.1)) == 2
