"""Numbers, days and denials, and what they may mean."""

import pytest

from summarizer.evidence.values import Value, find_denials, find_values


def only(text: str, language: str = "en", published: str | None = None) -> Value:
    (value,) = find_values(text, language, published)
    return value


def agree(one: str, other: str) -> bool:
    return only(one).agrees(only(other))


@pytest.mark.parametrize(
    ("text", "kind", "middle", "unit"),
    [
        ("They counted 12 boats.", "number", 12, ""),
        ("They counted twenty-one boats.", "number", 21, ""),
        ("The rate was cut to 2-1/4 percent.", "percent", 2.25, "%"),
        ("The rate was cut to 2\u20111/4 percent.", "percent", 2.25, "%"),
        ("The rate was cut by 1/4 percent.", "percent", 0.25, "%"),
        ("It rained on 3/4 of the days.", "number", 0.75, ""),
        ("It cost $5m.", "money", 5e6, "$"),
        ("It cost 300 million euros.", "money", 3e8, "€"),
        ("It raised £3bn.", "money", 3e9, "£"),
        ("A 5-year-old waved.", "age", 5, "y"),
        ("They met at 10:30 a.m. there.", "time", 630, ""),
        ("They met at 22:15 there.", "time", 1335, ""),
        ("She came second-best, 3rd at last.", "ordinal", 3, ""),
    ],
)
def test_number_is_read_with_its_unit(text: str, kind: str, middle: float, unit: str) -> None:
    value = [v for v in find_values(text, "en") if v.kind == kind][-1]
    assert (value.low + value.high) / 2 == pytest.approx(middle)
    assert value.unit == unit


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("मृतकों की संख्या १२ थी", "hi"),
        ("عدد القتلى ١٢ شخصا", "ar"),
        ("死者12人", "ja"),
        ("12 morts", "fr"),
    ],
)
def test_digits_of_any_script_are_read(text: str, language: str) -> None:
    assert only(text, language).low == 12


@pytest.mark.parametrize(
    ("text", "language", "low"),
    [
        ("il y a 12 345 morts", "fr", 12345),
        ("12\u202f345,5 слова", "ru", 12345.5),
        ("They counted 12\u00a0345 boats.", "en", 12345),
    ],
)
def test_thousands_may_be_parted_by_blanks(text: str, language: str, low: float) -> None:
    (value,) = find_values(text, language)
    assert value.low <= low <= value.high < 1.1 * low


def test_numbers_are_spelt_in_other_languages() -> None:
    assert only("Il y avait vingt-deux bateaux.", "fr").low == 22


def test_separators_follow_the_language() -> None:
    assert only("Es kostet 1.250 Mark.", "de").high == pytest.approx(1255)
    assert only("They scored 1.250 on average.").low == pytest.approx(1.25)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12 boats", "12 ships", True),
        ("12 boats", "15 boats", False),
        ("1,200 boats", "1,187 boats", True),
        ("1,200 boats", "1,350 boats", False),
        ("about 100 boats", "96 boats", True),
        ("about 100 boats", "150 boats", False),
        ("more than 12 boats", "14 boats", True),
        ("more than 12 boats", "9 boats", False),
        ("more than 12 boats", "20 boats", False),
        ("fewer than 100 boats", "85 boats", True),
        ("fewer than 100 boats", "70 boats", False),
        ("tens of thousands of boats", "35,000 boats", True),
        ("tens of thousands of boats", "350,000 boats", False),
        ("tens of thousands of boats", "hundreds of thousands of boats.", True),
        ("12 percent", "12 boats", False),
        ("between 3 and 4 million boats", "3.5 million boats", True),
        ("between 3 and 4 million boats", "5,000 boats", False),
        ("between 900,000 and 1.2 million boats", "1 million boats", True),
        ("3 to 5 km of boats", "4 km of boats", True),
        ("3 to 5 km of boats", "90 metres of boats", False),
        ("3 metres to 5 km of boats", "90 metres of boats", True),
    ],
)
def test_numbers_agree_where_one_number_can_be_meant(one: str, other: str, same: bool) -> None:
    assert agree(one, other) is same


def test_halves_and_decades_are_no_counts() -> None:
    assert find_values("Two-thirds of it was sold in the 80s.", "en") == []


def test_day_is_dated_by_its_document() -> None:
    assert only("It sank on May 3.", published="2019-05-05").day == (2019, 5, 3, 4)
    assert only("It sank on December 30.", published="2020-01-02").day == (2019, 12, 30, 0)


def test_days_disagree_in_a_part_that_both_give() -> None:
    dated = only("It sank on May 3.", published="2019-05-05")
    assert dated.agrees(only("It sank on Friday."))
    assert not dated.agrees(only("It sank on Thursday."))
    assert not dated.agrees(only("It sank on May 4."))


def test_impossible_day_has_no_weekday() -> None:
    assert only("It sank on February 30, 2019.").day == (2019, 2, 30, None)


def test_weekdays_are_those_of_the_language() -> None:
    assert only("Il a coulé vendredi.", "fr").day[3] == 4


def test_may_is_a_month_only_where_it_is_written_as_one() -> None:
    assert find_values("It may sink.", "en") == []


def test_values_lie_where_they_are_written() -> None:
    text = "On Friday about 40 people paid $2.5 million at 9 p.m."
    assert [text[v.start : v.end] for v in find_values(text, "en")] == [
        "Friday",
        "about 40",
        "$2.5 million",
        "9 p.m.",
    ]


def test_denials_are_found() -> None:
    text = "She didn't go, and nobody asked; not only he knew."
    assert [text[a:b] for a, b in find_denials(text, "en")] == ["didn't", "nobody"]


@pytest.mark.parametrize(
    ("language", "said", "denied"),
    [
        ("ar", "استقال العمدة يوم الاثنين.", "لم يستقل العمدة يوم الاثنين."),
        ("cs", "Starosta odstoupil před nedělí.", "Starosta před nedělí neodstoupil."),
        ("de", "Er trat am Montag zurück.", "Er trat am Montag nicht zurück."),
        ("el", "Ο δήμαρχος παραιτήθηκε.", "Ο δήμαρχος δεν παραιτήθηκε."),
        ("fi", "Pormestari erosi tänään.", "Pormestari ei eronnut tänään."),
        ("fr", "Le maire a démissionné.", "Le maire n’a pas démissionné."),
        ("he", "ראש העיר התפטר אתמול.", "ראש העיר לא התפטר אתמול."),
        ("hi", "महापौर ने निरीक्षण किया।", "महापौर ने निरीक्षण नहीं किया।"),
        ("hu", "A polgármester lemondott.", "A polgármester nem mondott le."),
        ("ja", "市長は辞任した。", "市長は辞任しなかった。"),
        ("ko", "시장은 사임했다.", "시장은 사임하지 않았다."),
        ("pl", "Burmistrz zrezygnował.", "Burmistrz nie zrezygnował."),
        ("ru", "Мэр ушёл в отставку.", "Мэр не ушёл в отставку."),
        ("tr", "Belediye başkanı istifa etti.", "Belediye başkanı istifa etmedi."),
        ("zh", "市长辞职了。", "市长没有辞职。"),
    ],
)
def test_denials_are_found_as_a_language_puts_them(language: str, said: str, denied: str) -> None:
    assert not find_denials(said, language)
    assert find_denials(denied, language)


def test_a_blank_parts_no_thousands_in_english() -> None:
    values = find_values("In 2010 12 345 came.", "en")
    assert [value.low for value in values if value.kind == "number"] == [12, 345]
