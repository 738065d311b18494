"""What may be asked for, and errors that name the least that works."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarizer import summarize, timeline
from summarizer.datatypes import Budget, Measure
from summarizer.errors import BudgetError, EncoderError, OptionError
from summarizer.settings import (
    EvidenceSettings,
    QuerySettings,
    Request,
    Settings,
    TimelineSettings,
    UpdateSettings,
    checked_settings,
    no_room,
)
from summarizer.subject.citing import length_notes

UNTYPED: Any = Settings
TEXT = ["One two three four.", "Five  six\nseven."]


def test_one_length_or_the_default() -> None:
    assert Request().budget(TEXT) == Budget("words", 150)
    assert Request(words=7).budget(TEXT) == Budget("words", 7)
    assert Request(sentences=2).budget(TEXT) == Budget("sentences", 2)
    assert Request(chars=9).budget(TEXT) == Budget("chars", 9)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Request(), "words 150"),
        (Request(words=7), "words 7"),
        (Request(sentences=2), "sentences 2"),
        (Request(chars=9), "chars 9"),
        (Request(ratio=0.25), "ratio 0.25"),
    ],
)
def test_signature_says_the_length(asked: Request, said: str) -> None:
    assert asked.length == said


@pytest.mark.parametrize(("ratio", "limit"), [(1.0, 7), (0.5, 3), (3 / 7, 3), (0.15, 1)])
def test_ratio_is_a_share_of_the_words(ratio: float, limit: int) -> None:
    assert Request(ratio=ratio).budget(TEXT) == Budget("words", limit)


def test_ratio_that_leaves_no_word() -> None:
    with pytest.raises(BudgetError, match="less than one word"):
        Request(ratio=0.1).budget(TEXT)


@pytest.mark.parametrize(
    ("lengths", "message"),
    [
        ({"words": 5, "chars": 5}, "one length, not words and chars"),
        ({"words": 0}, "1 or more, not 0"),
        ({"sentences": -2}, "1 or more, not -2"),
        ({"words": 1.5}, "whole number"),
        ({"words": "5"}, "whole number"),
        ({"words": True}, "whole number"),
        ({"ratio": "5"}, "at most 1, not 5"),
        ({"ratio": 0.0}, "at most 1, not 0.0"),
        ({"ratio": 10}, "at most 1, not 10"),
        ({"ratio": float("nan")}, "not nan"),
    ],
)
def test_impossible_lengths(lengths: dict[str, float], message: str) -> None:
    with pytest.raises(BudgetError, match=message):
        Request(**lengths)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shortest", "unit", "message"),
    [
        (3, "words", "as short as 2 words: the shortest has 3 words; ask for 3 or more"),
        (15, "chars", "as short as 2 chars: the shortest has 15 chars; ask for 15 or more"),
        (1, "words", "the shortest has 1 word; ask for 1 or more"),
    ],
)
def test_error_names_the_least_that_works(shortest: int, unit: Measure, message: str) -> None:
    assert message in str(no_room(shortest, Budget(unit, 2)))


def test_diversity_is_three_tenths_unless_asked_for() -> None:
    told = ["On 3 May 2020 the mayor closed the old bridge of the town."]
    for asked, said in ((None, 0.3), (1, 1.0)):
        summary = summarize(told, ranker="mmr", diversity=asked, encoder="static")
        assert f"| diversity {said} |" in summary.signature


@pytest.mark.parametrize(
    ("ranker", "diversity", "message"),
    [
        ("lexrank", None, "ranker must be coverage or mmr, not lexrank"),
        ("coverage", 0.5, "diversity goes with ranker mmr alone"),
        ("mmr", 1.5, r"diversity must be from 0 to 1, not 1\.5"),
        ("mmr", float("nan"), "not nan"),
        ("mmr", "0.5", "diversity must be from 0 to 1"),
    ],
)
def test_impossible_rankers(ranker: str, diversity: float, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        Request(ranker=ranker, diversity=diversity)  # type: ignore[arg-type]


@pytest.mark.parametrize("least", [0, -1, 1.5, True, "2"])
def test_impossible_numbers_of_sources(least: int) -> None:
    with pytest.raises(OptionError, match="min_sources must be a whole number of 1 or more"):
        Request(min_sources=least)


@pytest.mark.parametrize(("used", "said"), [(90, False), (89, True)])
def test_budget_of_which_a_tenth_is_left_is_spoken_of(used: int, said: bool) -> None:
    budget = Budget("words", 100)
    assert bool(length_notes(used, False, budget, 1, Settings())) is said
    if said:
        everything = length_notes(used, True, budget, 1, Settings())
        assert everything == ["only 89 of 100 words are used: the sources hold no more"]
        assert length_notes(used, False, budget, 2, Settings()) == [
            "only 89 of 100 words are used: what else fits says nothing new or cannot stand alone"
            " or is stated by fewer than 2 sources"
        ]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            UNTYPED(most_embedded="9"),
            "settings.most_embedded must be a whole number from 0 to 1,000,000,000, not '9'",
        ),
        (
            UNTYPED(exchanges=-1),
            "settings.exchanges must be a whole number from 0 to 1,000,000,000, not -1",
        ),
        (
            UNTYPED(shingle_words=0),
            "settings.shingle_words must be a whole number from 1 to 1,000,000,000, not 0",
        ),
        (UNTYPED(lexical_dimensions=10**9), "whole number from 1 to 65,536, not 1000000000"),
        (
            UNTYPED(cover_floor=float("nan")),
            "settings.cover_floor must be a number from -1,000,000,000 to 1,000,000,000, not nan",
        ),
        (
            UNTYPED(off_topic_documents=(3,)),
            "settings.off_topic_documents must be a tuple of 2 numbers, not (3,)",
        ),
        (UNTYPED(keep_context=1), "settings.keep_context must be True or False, not 1"),
        (UNTYPED(query=None), "settings.query must be QuerySettings, not NoneType"),
        (
            UNTYPED(query=UpdateSettings()),
            "settings.query must be QuerySettings, not UpdateSettings",
        ),
        (UNTYPED(evidence={}), "settings.evidence must be EvidenceSettings, not dict"),
        (UNTYPED(off_topic_documents=[3, 500]), "must be a tuple of 2 numbers, not [3, 500]"),
        (
            Settings(query=QuerySettings(nearest=10**12)),
            "settings.query.nearest must be a whole number",
        ),
        (
            Settings(update=UpdateSettings(compared=10**30)),
            "settings.update.compared must be a whole number",
        ),
        (Settings(unfit=-0.5), "settings.unfit must be a number from 0 to 1, not -0.5"),
        (Settings(context_unfit=5), "settings.context_unfit must be a number from 0 to 1, not 5"),
        (
            Settings(query=QuerySettings(importance=-1.0)),
            "settings.query.importance must be a number from 0 to",
        ),
        (UNTYPED(exchanges=True), "settings.exchanges must be a whole number"),
        (UNTYPED(weights=1), "settings.weights must be text, not 1"),
        (
            Settings(evidence=EvidenceSettings(languages=["en"])),  # type: ignore[arg-type]
            "settings.evidence.languages must be a set of codes, not ['en']",
        ),
        (
            Settings(evidence=EvidenceSettings(languages="en")),  # type: ignore[arg-type]
            "settings.evidence.languages must be a set of codes, not 'en'",
        ),
    ],
)
def test_constants_of_another_kind_are_refused(settings: Settings, message: str) -> None:
    with pytest.raises(OptionError, match=re.escape(message)):
        checked_settings(settings)


def test_numbers_of_numpy_are_numbers() -> None:
    settings = UNTYPED(most_embedded=np.int64(9), cover_floor=np.float32(0.5))
    assert checked_settings(settings) is settings


@pytest.mark.parametrize("text", [None, "[", "\xff"])
def test_weights_that_cannot_be_read_are_one_line(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "w.json"
    if text is not None:
        file.write_text(text, encoding="latin-1")
    told = ["On 3 May 2020 the mayor closed the old bridge of the town."]
    with pytest.raises(EncoderError, match=r"w\.json: cannot be read as weights"):
        summarize(told, settings=Settings(weights=str(file)))
    with pytest.raises(EncoderError, match=r"w\.json: cannot be read as weights"):
        timeline(told, settings=Settings(timeline=TimelineSettings(weights=str(file))))


def test_constants_of_updates_are_those_that_were_tried() -> None:
    # Benchmarks of updates need corpora; a change of these is to be measured there.
    tried = UpdateSettings(
        pool=300,
        compared=3,
        least_rough=0.35,
        said=0.75,
        moved=0.5,
        changed=0.05,
        changed_otherwise=0.23,
        rounds=4,
    )
    assert Settings().update == tried


def test_what_is_divided_by_is_above_0() -> None:
    with pytest.raises(
        OptionError, match=r"settings\.position_decay must be a number above 0 .*, not 0\.0"
    ):
        checked_settings(Settings(position_decay=0.0))
