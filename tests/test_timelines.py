"""Timelines: what they promise whatever the sources, and how they look."""

import json
import random
from datetime import date
from typing import Any

import pytest

from summarizer import (
    DatedSentence,
    Document,
    OptionError,
    Source,
    SummarizerError,
    Time,
    Timeline,
    TimelineDay,
    read,
    timeline,
)
from summarizer.cli.commands import run

from .builders import ROOT

EXAMPLE = ROOT / "examples" / "bridge"


@pytest.fixture(scope="module")
def bridge() -> Timeline:
    return timeline(read([str(EXAMPLE)]))


def test_days_are_those_that_the_texts_speak_of(bridge: Timeline) -> None:
    days = {day.date: day for day in bridge.days}
    assert list(days) == sorted(days)
    assert {"2023-03-14", "2023-09-07", "2023-12-15"} <= set(days)
    (opened,) = days["2023-12-15"].sentences
    assert opened.text.startswith("The Ferry Bridge opened again on Friday")
    assert opened.times[0] == Time(
        "Friday", opened.start + 33, opened.start + 39, "2023-12-15", "2023-12-15"
    )
    # Who names the day, in whatever words: "on Thursday" and "7 September".
    assert days["2023-09-07"].sources == (4, 5, 6)


def test_every_quote_and_every_time_is_verbatim(bridge: Timeline) -> None:
    assert bridge.sentences
    for quote in bridge.sentences:
        text = bridge.documents[quote.source - 1].text
        assert text[quote.start : quote.end] == quote.text
        for time in quote.times:
            assert text[time.start : time.end] == time.text
            assert date.fromisoformat(time.first) <= date.fromisoformat(time.last)


def test_a_timeline_is_shown_from_its_days_on(bridge: Timeline) -> None:
    assert repr(bridge).startswith("Timeline(days=(TimelineDay(")


def test_the_order_of_the_documents_changes_their_numbers_alone(bridge: Timeline) -> None:
    documents = list(read([str(EXAMPLE)]))
    random.Random(7).shuffle(documents)
    other = timeline(documents)
    for one, two in zip(bridge.days, other.days, strict=True):
        assert one.date == two.date
        assert [quote.text for quote in one.sentences] == [quote.text for quote in two.sentences]


def test_days_and_sentences_are_at_most_as_many_as_asked_for() -> None:
    documents = read([str(EXAMPLE)])
    found = timeline(documents, 3, 2)
    assert len(found.days) == 3
    assert max(len(day.sentences) for day in found.days) == 2
    assert found.signature.endswith("days 3 | per-day 2")
    assert not found.warnings
    many = timeline(documents, 500)
    assert (
        f"only {len(many.days)} of the 500 days asked for: the sources mention no others"
        in many.warnings
    )
    assert len({quote.text for quote in many.sentences}) == len(many.sentences)


def test_which_sentences_tell_of_a_day() -> None:
    found = timeline(read([str(EXAMPLE)]), 20, 3)
    told = {
        day.date: [(quote.source, quote.index) for quote in day.sentences] for day in found.days
    }
    assert told["2023-03-13"] == [(1, 1), (2, 3), (1, 3)]
    assert told["2023-09-07"] == [(6, 2), (4, 1), (4, 4)]
    assert told["2023-12-16"] == [(6, 0), (5, 1), (5, 2)]


def test_documents_without_a_date_count_by_days_with_a_year() -> None:
    undated = Document("a", "The bridge opened on 6 June 1968. On Friday it was closed to lorries.")
    dated = Document("b", "On Friday the bridge was closed to lorries.", date="2023-03-17")
    found = timeline([undated, dated])
    assert [day.date for day in found.days] == ["1968-06-06", "2023-03-17"]
    (warning,) = found.warnings
    assert warning.startswith("1 of 2 documents have no date")


def test_what_is_about_something_else_has_no_day() -> None:
    soup = (
        "Peel the onions and cut them finely. Fry them in butter for twenty minutes. "
        "On 21 November our reader won the prize for soup. Add the broth and let it simmer."
    )
    sources = [*read([str(EXAMPLE)]), Document("soup", soup, date="2023-12-17")]
    found = timeline(sources, days=30)
    assert "2023-11-21" not in {day.date for day in found.days}
    assert any("soup: is about something else" in warning for warning in found.warnings)


def test_a_series_is_told_by_what_each_of_it_says_anew() -> None:
    text = (
        "The committee met in the old town hall this week. Prices have risen in most shops again. "
        "It seeks full employment and stable prices over the longer run. "
        "After long talks the committee decided to raise the rate to {} percent from now on."
    )
    days = {"2022-03-16": 1, "2022-05-04": 2, "2022-06-15": 3, "2022-07-27": 4}
    found = timeline([Document(day, text.format(rate), date=day) for day, rate in days.items()])
    assert {day.date: day.sentences[0].text[-26:] for day in found.days} == {
        day: f"rate to {rate} percent from now on."[-26:] for day, rate in days.items()
    }


def test_a_series_of_neighbouring_days_tells_nothing_twice() -> None:
    text = (
        "The health office said in its report that there are now {} confirmed cases of the virus "
        "in the county. It said that the number of deaths in the county has risen to {} since the "
        "outbreak began. Residents are asked to stay at home and to wash their hands as often as "
        "they can. The hospital has beds for all who need them, its director said in a statement."
    )
    told = {"2020-04-10": (105, 3), "2020-04-11": (250, 7), "2020-04-12": (410, 12)}
    told["2020-04-13"] = (700, 20)
    found = timeline([Document(d, text.format(*n), date=d) for d, n in told.items()], per_day=3)
    texts = [sentence.text for day in found.days for sentence in day.sentences]
    assert len(texts) == len(set(texts))
    for day in found.days:
        assert f"now {told[day.date][0]} confirmed" in day.sentences[0].text
        assert f"to {told[day.date][1]} since" in day.sentences[1].text


def test_what_was_at_another_time_is_not_told_of_the_day_of_publication() -> None:
    texts = "The mayor closed the bridge over the river.", "The bridge was built in 1968 by 40 men."
    for order in (texts, texts[::-1]):
        found = timeline([Document("a", " ".join(order), date="2023-03-14")])
        assert [quote.text for quote in found.sentences] == [texts[0]]


def test_ranges_are_kept_and_make_no_day() -> None:
    text = "The bridge was built from May 3-5, 1968, and repaired in March 2009."
    found = timeline([Document("a", text, date="2023-03-14")])
    (day,) = found.days
    assert day.date == "2023-03-14"
    assert [(time.first, time.last) for time in day.sentences[0].times] == [
        ("1968-05-03", "1968-05-05"),
        ("2009-03-01", "2009-03-31"),
    ]


@pytest.mark.parametrize(
    ("documents", "options", "error", "message"),
    [
        ([], {}, SummarizerError, "nothing to quote: no documents"),
        (["The bridge was closed to lorries."], {}, SummarizerError, "give each document its date"),
        (["It is."], {"days": 0}, OptionError, "days must be a whole number of 1 or more, not 0"),
        (["It is."], {"per_day": 1.5}, OptionError, "per_day must be a whole number"),
        (["It is."], {"days": True}, OptionError, "not True"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_line(
    documents: list[str], options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        timeline(documents, **options)


EVIL = "\"'><script>window.hacked = 1</script>\x1b[31m\u202e"
SMALL = Timeline(
    days=(
        TimelineDay(
            "2023-03-14",
            (
                DatedSentence(
                    f"On 14 March *it*\nbroke {EVIL}.", 2, 0, 62, 0, 1.0, "page 3",
                    times=(Time("14 March", 3, 11, "2023-03-14", "2023-03-14"),),
                ),
            ),
            (1, 2),
        ),
        TimelineDay("2025-03-14", (DatedSentence("It stands.", 1, 0, 10, 0, 0.5),), (1,)),
    ),
    sources=(
        Source(1, "a", "First", "a.txt", None, "2025-03-14", 2, True),
        Source(2, "b", EVIL, None, "javascript:alert(1)", "2023-03-15", 2, True),
        Source(3, "c", "Unused", "c.txt", None, None, 0, False),
    ),
    warnings=(f"{EVIL}: is empty",),
    signature="s",
)  # fmt: skip


def test_text() -> None:
    assert str(SMALL) == (
        "2023-03-14\n"
        "  On 14 March *it* broke \"'><script>window.hacked = 1</script>\\x1b[31m\\u202e."
        " [2, 15 Mar 2023, page 3]\n\n"
        "2025-03-14\n"
        "  It stands. [1, 14 Mar 2025]\n\n"
        "Sources\n"
        "[1] First · 2025-03-14 · a.txt\n"
        "[2] \"'><script>window.hacked = 1</script>\\x1b[31m\\u202e · 2023-03-15 ·"
        " javascript:alert(1)\n\n"
        "Not cited\n"
        "[3] Unused · c.txt (nothing to quote)"
    )


def test_markdown() -> None:
    first, second, empty, one, *_ = SMALL.to_markdown().splitlines()
    assert first.startswith("- **2023-03-14** On 14 March \\*it\\* broke \"'\\>\\<script\\>")
    assert first.endswith("[^2] (page 3)")
    assert second == "- **2025-03-14** It stands.[^1]"
    assert (empty, one) == ("", "[^1]: [First](<a.txt>), 2025-03-14")


def test_page_is_one_safe_file_with_the_line_of_days(bridge: Timeline) -> None:
    page = SMALL.to_html()
    assert "<script>window" not in page
    assert 'href="javascript' not in page
    assert '<b class="when">14 March</b>' in page
    assert "2 years later" in page
    whole = bridge.to_html()
    assert whole.count("<time ") == len(bridge.days)
    for number, quote in enumerate(bridge.sentences, 1):
        assert f'<li id="s{number}">' in whole
        assert f'href="#p{quote.source}-{quote.start}-{quote.end}"' in whole
        assert f'id="p{quote.source}-{quote.start}-{quote.end}" data-backs="{number}"' in whole


def test_json_has_what_a_timeline_has(bridge: Timeline) -> None:
    found = json.loads(bridge.to_json())
    assert found == bridge.to_dict()
    assert list(found) == ["version", "days", "sources", "warnings", "signature"]
    day = found["days"][0]
    assert list(day) == ["date", "sentences", "sources"]
    assert list(day["sentences"][0]) == [
        *("text", "source", "start", "end", "index", "score", "where", "speaker", "times"),
    ]


def test_command(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["timeline", "--days", "2", str(EXAMPLE)]) == 0
    out, err = capsysbinary.readouterr()
    assert out.decode() == timeline(read([str(EXAMPLE)]), 2).to_text() + "\n"
    assert not err
    for layout, start in (("json", b"{"), ("markdown", b"- **2023"), ("html", b"<!doctype html>")):
        assert run(["timeline", "--format", layout, str(EXAMPLE)]) == 0
        assert capsysbinary.readouterr().out.lstrip().startswith(start)
    assert run(["timeline", "--days", "0", str(EXAMPLE)]) == 2
