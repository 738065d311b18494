"""Where documents disagree, beyond what a summary quotes."""

from dataclasses import replace
from typing import Any

import pytest

from summarizer import Document, OptionError, Settings, SummarizerError, differences
from summarizer.cli.commands import run

FERRY = "The ferry Astra sank off the coast of Norway on Friday, killing {} passengers. {}"
MORE = "The ferry Astra sank near Norway's coast on Friday and {} passengers were killed. {}"
FIRST = "A bakery in the old town of Larvik won a prize for its bread."
SECOND = "Farmers in the valley sold fewer apples than they did last autumn."


def ferry(one: str, other: str, days: tuple[str | None, str | None]) -> list[Document]:
    return [
        Document("herald", FERRY.format(one, FIRST), date=days[0]),
        Document("courier", MORE.format(other, SECOND), date=days[1]),
    ]


def test_values_of_one_day_disagree() -> None:
    documents = ferry("12", "17", ("2024-03-04", "2024-03-04"))
    found = differences(documents)
    (one,) = found.disagreements
    assert [version.value for version in one.versions] == ["12", "17"]
    assert one.kind == "number"
    assert not found.series
    for mention in (mention for version in one.versions for mention in version.mentions):
        text = documents[mention.source - 1].text
        assert text[mention.start : mention.end] == mention.text
        assert text[mention.value_start : mention.value_end] == mention.value


def test_number_that_moves_from_day_to_day_is_a_series() -> None:
    found = differences(ferry("17", "12", ("2024-03-05", "2024-03-04")))
    assert not found.disagreements
    (one,) = found.series
    assert [(v.value, v.mentions[0].date) for v in one.versions] == [
        ("12", "2024-03-04"),
        ("17", "2024-03-05"),
    ]
    assert "What changed from day to day\n\n“12” [2, 2024-03-04]: The ferry" in str(found)


@pytest.mark.parametrize("other", ["12", "about 12", "a dozen", "12 to 17"])
def test_values_that_can_both_be_right_do_not_differ(other: str) -> None:
    found = differences(ferry("12", other, (None, None)))
    assert not found.disagreements
    assert not found.series


def test_near_duplicates_are_one_voice() -> None:
    text = FERRY.format("12", FIRST + " " + SECOND)
    assert not differences([text, text.replace("12", "17")]).disagreements


def test_near_duplicates_of_several_days_are_a_series() -> None:
    text = FERRY.format("12", FIRST + " " + SECOND)
    first = Document("monday", text, date="2024-03-04")
    later = Document("tuesday", text.replace("12", "17"), date="2024-03-05")
    (one,) = differences([first, later]).series
    assert [version.value for version in one.versions] == ["12", "17"]
    assert not differences([first, Document("later", later.text, date=first.date)]).series


def test_order_of_documents_changes_the_numbers_alone() -> None:
    documents = ferry("12", "17", (None, None))
    there, back = differences(documents), differences(documents[::-1])
    assert [version.value for version in there.disagreements[0].versions] == ["12", "17"]
    assert [version.value for version in back.disagreements[0].versions] == ["17", "12"]
    assert there.disagreements[0].probability == back.disagreements[0].probability


@pytest.mark.parametrize(
    "change", [{"compared": 0}, {"most_compared": 0}, {"least_alike": 1.1}, {"differs": 1.1}]
)
def test_every_constant_is_noticed(change: dict[str, Any]) -> None:
    settings = Settings()
    settings = replace(settings, evidence=replace(settings.evidence, **change))
    assert not differences(ferry("12", "17", (None, None)), settings=settings).disagreements


def test_nothing_to_compare_is_an_error() -> None:
    with pytest.raises(SummarizerError, match="nothing to compare"):
        differences([""])
    with pytest.raises(OptionError):
        differences(3)  # type: ignore[arg-type]


def test_too_many_sentences_are_an_error() -> None:
    with pytest.raises(SummarizerError, match="the most that can be compared is 1"):
        differences(ferry("12", "17", (None, None)), settings=replace(Settings(), most_embedded=1))


def test_page_marks_the_values_in_the_texts() -> None:
    page = differences(ferry("12", "17", (None, None))).to_html()
    assert page.count('<b class="differs">12</b>') == 2
    assert page.count('<b class="differs">17</b>') == 2
    assert 'data-backs="1"' in page


def test_command_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["differences", "--format", "json", "examples/market_blast"]) == 0
    assert '"value": "15"' in capsys.readouterr().out


def test_days_in_the_same_words_show_no_difference() -> None:
    # Fridays of two weeks.
    found = differences(ferry("12", "12", ("2024-03-02", "2024-03-09")))
    assert not found.disagreements
    assert not found.series


def test_languages_in_which_nothing_is_compared_are_named() -> None:
    text = "Die Fähre sank am Freitag vor der Küste, und {} Menschen starben in dem kalten Wasser."
    found = differences([Document("a", text.format(12)), Document("b", text.format(17))])
    assert not found.disagreements
    assert found.warnings == ("differences cannot be found in the language of 2 documents (de)",)
