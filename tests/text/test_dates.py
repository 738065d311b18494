"""Dates in sentences of many languages, and words that are none."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.dates import as_day, find_mentions

# A Wednesday.
TODAY = date(2010, 5, 5)


def told(text: str, language: str = "en", today: date | None = TODAY) -> list[tuple[str, str]]:
    """Return the words of each mention and the days they mean."""
    found = find_mentions(text, language, today)
    return [
        (text[m.start : m.end], f"{m.first}" if m.first == m.last else f"{m.first}/{m.last}")
        for m in found
    ]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("3 May", "2010-05-03"),
        ("the 3rd of May", "2010-05-03"),
        ("May 3, 2009", "2009-05-03"),
        ("20 December", "2009-12-20"),
        ("2010-02-03", "2010-02-03"),
        ("13/05/2010", "2010-05-13"),
        ("yesterday", "2010-05-04"),
        ("last night", "2010-05-04"),
        ("two days ago", "2010-05-03"),
        ("Friday", "2010-04-30"),
        ("Wednesday", "2010-05-05"),
        ("Thursday", "2010-05-06"),
        ("next Monday", "2010-05-10"),
        ("last Wednesday", "2010-04-28"),
        ("this Friday", "2010-05-07"),
        ("Monday, 3 May", "2010-05-03"),
        ("3–5 June", "2010-06-03/2010-06-05"),
        ("May 3-5, 2009", "2009-05-03/2009-05-05"),
        ("last week", "2010-04-26/2010-05-02"),
        ("March", "2010-03-01/2010-03-31"),
        ("June", "2009-06-01/2009-06-30"),
        ("March 2009", "2009-03-01/2009-03-31"),
        ("next month", "2010-06-01/2010-06-30"),
        ("last year", "2009-01-01/2009-12-31"),
    ],
)
def test_words_mean_days_counted_from_the_day_of_publication(words: str, days: str) -> None:
    (found,) = told(f"It was seen on {words} by many.")
    assert found == (words.removeprefix("the "), days)


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("de", "Am Montag, dem 3. Mai 2010, und gestern", ["2010-05-03", "2010-05-04"]),
        ("de", "vom 3.-5. Juni, die letzte Woche", ["2010-06-03/2010-06-05", "2010-04-26/2010-05-02"]),
        ("fr", "mardi prochain et mercredi dernier", ["2010-05-11", "2010-04-28"]),
        ("de", "nächsten Montag, am letzten Freitag", ["2010-05-10", "2010-04-30"]),
        ("de", "nach Freitag und diesen Freitag", ["2010-04-30", "2010-05-07"]),
        ("es", "el próximo viernes y el viernes pasado", ["2010-05-07", "2010-04-30"]),
        ("ru", "в следующую пятницу", ["2010-05-07"]),
        ("fr", "hier, le 1er mars et il y a deux jours", ["2010-05-04", "2010-03-01", "2010-05-03"]),
        ("es", "el viernes y el 3 de mayo de 2009", ["2010-04-30", "2009-05-03"]),
        ("ru", "в пятницу, вчера и 3 мая 2009 года", ["2010-04-30", "2010-05-04", "2009-05-03"]),
        ("hi", "3 जनवरी 2009", ["2009-01-03"]),
        ("ar", "أمس و 3 مايو 2009", ["2010-05-04", "2009-05-03"]),
        ("zh", "2009年5月3日,昨天,星期五", ["2009-05-03", "2010-05-04", "2010-04-30"]),
        ("ja", "2010年5月3日(月曜日)と昨日", ["2010-05-03", "2010-05-04"]),
        ("ko", "2009년 5월 3일, 어제", ["2009-05-03", "2010-05-04"]),
        ("xx", "2009-05-03", ["2009-05-03"]),
    ],
)  # fmt: skip
def test_names_are_those_of_the_language(language: str, text: str, days: list[str]) -> None:
    assert [found for _, found in told(text, language)] == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On Friday next steps follow.", [("Friday", "2010-04-30")]),
        ("On Friday last week it fell.", [
            ("Friday", "2010-04-30"), ("last week", "2010-04-26/2010-05-02")]),
        ("On Monday last year it fell.", [("last year", "2009-01-01/2009-12-31")]),
        ("Last year, on Monday, it fell.", [("Last year", "2009-01-01/2009-12-31")]),
        ("On Monday of last week it fell.", [
            ("Monday", "2010-04-26"), ("last week", "2010-04-26/2010-05-02")]),
        ("On 3 June last year it fell.", [
            ("3 June", "2009-06-03"), ("last year", "2009-01-01/2009-12-31")]),
        ("On Monday last year's budget passed.", [
            ("Monday", "2010-05-03"), ("last year", "2009-01-01/2009-12-31")]),
        ("On Monday and last week it fell.", [
            ("Monday", "2010-05-03"), ("last week", "2010-04-26/2010-05-02")]),
    ],
)  # fmt: skip
def test_words_behind_a_weekday_are_no_part_of_it(text: str, days: list[tuple[str, str]]) -> None:
    assert told(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "We may march in a second.",
        "It cost $2010, or 31 in all.",
        "06/07/2010",
        "30 February 2010",
        "in 9999999 days",
        "PyCharm 2023.3.4 is out.",
        "2024-13-04",
    ],
)
def test_what_may_be_no_date_is_none(text: str) -> None:
    assert told(text) == []


def test_without_a_day_of_publication_a_date_needs_its_year() -> None:
    assert told("On Friday, 3 May, in May 2009 and yesterday.", today=None) == [
        ("May 2009", "2009-05-01/2009-05-31")
    ]


def test_a_day_follows_the_day_that_was_named_before_with_its_year() -> None:
    landing = date(1969, 7, 16)
    for today in (TODAY, None):
        (found,) = find_mentions("They came back on 24 July.", "en", today, landing)
        assert found.first == date(1969, 7, 24)
        assert not found.whole
    (found,) = find_mentions("They met on 20 December.", "en", TODAY, landing)
    assert found.first == date(2009, 12, 20)
    (found,) = find_mentions("It began on 16 July 1969.", "en", TODAY)
    assert (found.first, found.whole) == (landing, True)


@pytest.mark.parametrize(
    ("text", "day", "with_others"),
    [
        ("17 January", date(2024, 1, 17), None),
        ("3 February", date(2024, 2, 3), date(2023, 2, 3)),
        ("29 January", date(2024, 1, 29), date(2023, 1, 29)),
        ("7 February", date(2024, 2, 7), None),
        ("16 March", date(2024, 3, 16), None),
        ("17 March", date(2023, 3, 17), None),
        ("20 November", date(2023, 11, 20), None),
    ],
)
def test_year_of_a_day_is_told_by_how_far_ahead_it_is_and_by_other_documents(
    text: str, day: date, with_others: date | None
) -> None:
    others = [date(2023, 2, 4), date(2023, 6, 1), date(2023, 12, 17)]
    for issued, expected in (((), day), (others, with_others or day)):
        (found,) = find_mentions(f"It was on {text}.", "en", date(2023, 12, 17), None, issued)
        assert found.first == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It will open on Friday.", "2010-05-07"),
        ("It is to open by Friday.", "2010-05-07"),
        ("It was closed until Monday.", "2010-05-10"),
        ("It will open on Wednesday.", "2010-05-05"),
        ("It will open soon, they said on Friday.", "2010-04-30"),
        ("By Friday 20 had been found.", "2010-04-30"),
        ("The vote is due on 20 December.", "2010-12-20"),
        ("It will be a year on 20 April.", "2010-04-20"),
        ("The vote was on 20 December.", "2009-12-20"),
        ("It will open in December.", "2010-12-01/2010-12-31"),
        ("It is to last until March.", "2011-03-01/2011-03-31"),
        ("It will open in May.", "2010-05-01/2010-05-31"),
    ],
)
def test_plans_and_what_lasts_until_a_day_are_of_days_to_come(text: str, day: str) -> None:
    assert [found for _, found in told(text)] == [day]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Die Halle soll bis Freitag wieder öffnen."),
        ("es", "La sala estará cerrada hasta el viernes."),
        ("fr", "La salle rouvrira d'ici vendredi."),
        ("it", "La sala riaprirà entro venerdì."),
        ("nl", "De zaal blijft dicht tot vrijdag."),
        ("pt", "A sala ficará fechada até sexta-feira."),
    ],
)
def test_until_a_weekday_is_until_the_one_to_come(code: str, text: str) -> None:
    assert [found for _, found in told(text, code)] == ["2010-05-07"]
    assert [found for _, found in told("Von Montag bis Freitag war zu.", "de")] == [
        "2010-05-03",
        "2010-04-30",
    ]


def test_a_day_ahead_in_the_same_year_is_of_that_year() -> None:
    assert told("It opens on 15 August.") == [("15 August", "2010-08-15")]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.dates(date(1900, 1, 1)))
def test_a_written_day_is_read_as_that_day(day: date, today: date) -> None:
    for text in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}", f"{day}"):
        assert [(m.first, m.last) for m in find_mentions(text, "en", today)] == [(day, day)]


@given(st.text(), st.sampled_from(["en", "de", "zh", "hi", ""]), st.none() | st.dates())
def test_mentions_lie_in_the_text_one_after_another(
    text: str, language: str, today: date | None
) -> None:
    end = 0
    for mention in find_mentions(text, language, today):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.first <= mention.last
        end = mention.end


def test_a_day_is_read_or_none() -> None:
    assert as_day("2010-05-05") == TODAY
    assert as_day("5 May") is as_day("") is as_day(None) is None


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "The storm came on Sept. 3.", date(2020, 9, 3)),
        ("en", "The king fell at Hastings on 14 October 1066.", None),
        ("en", "The treaty is of Dec. 25, 2150.", None),
        ("en", "A team may 5 times appeal.", None),
        ("en", "It opened on 5 May - 1800 visitors came.", date(2020, 5, 5)),
        ("en", "It opened on 5-May-2020.", date(2020, 5, 5)),
        ("en", "Deaths rose to 12 - March 2020 was the worst.", date(2020, 3, 1)),
        ("de", "Sie fuhren am Morgen ans Meer.", None),
        ("de", "Sie fahren morgen ans Meer.", date(2020, 8, 21)),
    ],
)
def test_what_is_no_day_near_by(language: str, text: str, day: date | None) -> None:
    found = [mention.first for mention in find_mentions(text, language, date(2020, 8, 20))]
    assert found == ([day] if day else [])


# But for Thai (its years are of another era), and for signs of shortening in Hebrew and Hindi.
# fmt: off
WRITTEN = [
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "gl", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv",
    "tr", "uk", "vi", "zh",
]
# fmt: on


@pytest.mark.parametrize("language", WRITTEN)
@pytest.mark.parametrize("form", ["medium", "long", "full"])
def test_days_are_read_as_people_of_a_language_write_them(language: str, form: str) -> None:
    days = [date(2024, month, 13 + month) for month in range(1, 13)]
    for day in days:
        text = f"Aa {format_date(day, form, locale=language)} bb cc."
        found = [m.first for m in find_mentions(text, language, None) if m.whole]
        assert found == [day], text


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("es", "El 5 de marzo del 2024 se cerró el puente.", date(2024, 3, 5)),
        ("vi", "Ngày 5 tháng 3 năm 2024 cầu bị đóng.", date(2024, 3, 5)),
        ("hu", "A hidat 2024. március 5-én zárták le.", date(2024, 3, 5)),
        ("cs", "Most byl 5. 3. 2024 uzavřen.", date(2024, 3, 5)),
        ("tr", "Köprü 5 Mar 2024 günü kapandı.", date(2024, 3, 5)),
        # A short name without its year, or without its day, may be a word.
        ("tr", "Köprü 5 Mar kapandı.", None),
    ],
)
def test_whole_days_in_other_forms(language: str, text: str, day: date | None) -> None:
    found = [m.first for m in find_mentions(text, language, None) if m.whole]
    assert found == ([day] if day else [])
