"""A text, sentence by sentence, against documents."""

import json
from pathlib import Path

import pytest

from summarizer import CheckedSentence, Document, SummarizerError, check
from summarizer.cli.commands import run

COUNCIL = (
    "The council of Haldern voted on Tuesday to close the Marten bridge for three weeks. Engineer "
    "Ruth Olsen said that rust had weakened two of its five pillars. The ferry will not run at "
    "night. Shops on the east bank fear for their trade."
)
MILL = (
    "A fire destroyed the old paper mill beside the canal in Velden. Nobody was hurt, and the cause "
    "is not known yet."
)
DOCUMENTS = [Document("council", COUNCIL), Document("mill", MILL)]


def only(text: str) -> CheckedSentence:
    (sentence,) = check(text, DOCUMENTS).sentences
    return sentence


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Engineer Ruth Olsen said that rust had weakened two of its five pillars.", "quoted"),
        (
            "On Tuesday the council of Haldern voted to close the Marten bridge for 3 weeks.",
            "stated",
        ),
        ("Rust had weakened three of its five pillars, engineer Ruth Olsen said.", "differs"),
        ("Engineer Ruth Hansen said that rust had weakened two of its five pillars.", "differs"),
        ("The ferry will run at night.", "differs"),
        # Nearly a copy, but for a word that counts.
        ("Shops on the east bank pray for their trade.", "partly"),
        ("Shops on the east bank feared for their trade.", "quoted"),
        ("The orchestra played in a park by the sea.", "not found"),
    ],
)
def test_verdict(text: str, verdict: str) -> None:
    assert only(text).verdict == verdict


def test_both_sides_of_a_difference_are_shown() -> None:
    found = only("Engineer Ruth Hansen said that rust had weakened two of its five pillars.")
    (passage,) = found.passages
    assert passage.differences == (("Hansen", "Olsen"),)
    assert COUNCIL[passage.start : passage.end] == passage.text
    assert [found.text[slice(*span)] for span in found.differing_spans] == ["Hansen"]


def test_what_lacks_a_value_is_not_stated() -> None:
    assert (
        only("Shops on the 12 streets of the east bank fear for their trade.").verdict != "stated"
    )


def test_citations_are_checked_where_they_stand() -> None:
    text = (
        "Shops on the east bank fear for their trade. [1] A fire destroyed the old paper mill "
        "beside the canal in Velden [1]."
    )
    found = check(text, DOCUMENTS).sentences
    assert [(one.cites, one.misses, one.verdict) for one in found] == [
        ((1,), (), "quoted"),
        ((1,), (1,), "quoted"),
    ]
    assert all(text[one.start : one.end] == one.text for one in found)


def test_report_as_text() -> None:
    told = str(check("The ferry will run at night. It rained. [2]", DOCUMENTS))
    assert told.startswith("2 sentences: 1 differs, 1 not found\n\nDIFFERS: The ferry will run")
    assert "  [1] with “not”: The ferry will not run at night." in told
    assert "  cites 2, where it was not found" in told


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ("", None),
        ("# Ferry\n\n", "1 part of the text, such as headings, was not checked"),
        ("# Ferry\n\n# Night\n\n", "2 parts of the text, such as headings, were not checked"),
    ],
)
def test_parts_that_are_not_checked_are_counted(headings: str, said: str | None) -> None:
    found = check(f"{headings}The ferry will run at night.", DOCUMENTS)
    assert [one for one in found.warnings if "not checked" in one] == ([said] if said else [])


def test_page_links_both_sides() -> None:
    page = check("Shops on the east bank fear for their trade.", DOCUMENTS).to_html()
    assert 'data-backs="1"' in page
    assert "<b>quoted</b>" in page


@pytest.mark.parametrize(
    ("text", "documents", "why"),
    [
        ("", DOCUMENTS, "the text to check has no sentence"),
        ("It rained.", [""], "nothing to compare with: text 1: is empty"),
    ],
)
def test_nothing_to_check_is_an_error(text: str, documents: list[str], why: str) -> None:
    with pytest.raises(SummarizerError, match=why):
        check(text, documents)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "answer.md").write_text("# Answer\n\nThe ferry will run at night.\n")
    (tmp_path / "council.txt").write_text(COUNCIL)
    return [str(tmp_path / name) for name in ("answer.md", "council.txt")]


def test_command_fails_on_what_it_is_told(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", *files]) == 0
    assert run(["check", "--fail-on", "quoted, not-found", *files]) == 0
    capsys.readouterr()
    assert run(["check", "--fail-on", "differs", "--format", "json", *files]) == 1
    (sentence,) = json.loads(capsys.readouterr().out)["sentences"]
    assert sentence["verdict"] == "differs"


def test_command_refuses_what_is_no_verdict(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--fail-on", "wrong", *files]) == 2
    assert "wrong is none of quoted, stated, differs" in capsys.readouterr().err


def test_denied_copy_differs() -> None:
    (found,) = check(
        "Collins never circled the Moon alone in Columbia.",
        ["Collins circled the Moon alone in Columbia. His colleagues collected some rock."],
    ).sentences
    assert found.verdict == "differs"


def test_words_cut_out_of_a_denial_are_not_quoted() -> None:
    documents = ["We have no indication that any of the styrene has leaked, the coast guard said."]
    (found,) = check("Any of the styrene has leaked.", documents).sentences
    assert found.verdict not in {"quoted", "stated"}


def test_denial_of_something_else_is_none() -> None:
    documents = [
        "The mayor said the city had no choice, as the tower had lost a fifth of its strength."
    ]
    (found,) = check("The tower had lost a fifth of its strength.", documents).sentences
    assert found.verdict == "quoted"
    (found,) = check("The mayor said the city had a choice.", documents).sentences
    assert found.verdict == "differs"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In the final, Brazil beat Germany.", "stated"),
        ("In the final, Germany beat Brazil.", "differs"),
        ("In the final, Brazil was beat by Germany.", "differs"),
        ("In the final, Germany was beat by Brazil.", "stated"),
    ],
)
def test_names_may_change_places(text: str, verdict: str) -> None:
    (found,) = check(text, ["Brazil beat Germany in the final."]).sentences
    assert found.verdict == verdict
    if verdict == "differs":
        (difference,) = found.passages[0].differences
        assert difference[1] == "Brazil beat Germany"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Last week Smith sued the city of Harle.", "The city of Harle sued Smith last week."),
        ("The teacher sued the school.", "The school sued the teacher."),
        ("The school was sued by the teacher.", "The school sued the teacher."),
    ],
)
def test_roles_may_change_without_names(text: str, source: str) -> None:
    (found,) = check(text, [source]).sentences
    assert found.verdict == "differs"


def test_what_is_only_near_in_meaning_does_not_state() -> None:
    source = (
        "While they were on the surface, Michael Collins stayed in orbit around the Moon aboard "
        "the command module Columbia."
    )
    (found,) = check("Michael Collins stayed on Earth.", [source]).sentences
    assert found.verdict == "partly"


def test_opposite_differs() -> None:
    (found,) = check(
        "In spring the sales of the Astra line rose again.",
        ["In spring the sales of the Astra line fell again."],
    ).sentences
    assert found.verdict == "differs"
    assert found.passages[0].differences == (("rose", "fell"),)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "The mayor said that the old bridge was not safe and had to be closed.",
            "The mayor said that the old bridge was dangerous and had to be closed.",
        ),
        (
            "The council never accepted the plan for the old harbour of the town.",
            "The council rejected the plan for the old harbour of the town.",
        ),
        (
            "The army has left the town in the north of the country.",
            "The army turned right to the town in the north of the country.",
        ),
    ],
)
def test_denied_opposites_and_homographs_do_not_differ(text: str, source: str) -> None:
    for told, other in ((text, source), (source, text)):
        (found,) = check(told, [other]).sentences
        assert found.verdict != "differs"


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        ("It will end if the firm pays.", "It will end unless the firm pays.", ("if", "unless")),
        ("It opened before the flood.", "It opened after the flood.", ("before", "after")),
        ("Sales rose to 60 percent.", "Sales rose by 60 percent.", ("to", "by")),
    ],
)
def test_small_words_in_the_place_of_others_are_shown(
    text: str, source: str, words: tuple[str, str]
) -> None:
    text, source = (f"{one[:-1]} in the old town of Harle." for one in (text, source))
    (found,) = check(text, [source]).sentences
    assert found.verdict == "partly"
    assert found.passages[0].differences == (words,)


@pytest.mark.parametrize(
    ("text", "source", "verdict"),
    [
        ("About 100 people came to the fair.", "Over 90 people came to the fair.", "stated"),
        (
            "Das neunzehnte Jahrhundert war die Zeit der Brücken in dieser Stadt am Fluss.",
            "Das 19. Jahrhundert war die Zeit der Brücken in dieser Stadt am Fluss.",
            "partly",
        ),
    ],
)
def test_numbers_that_can_both_be_right_are_no_difference(
    text: str, source: str, verdict: str
) -> None:
    (found,) = check(text, [source]).sentences
    assert found.verdict == verdict
    assert not found.differing_spans


def test_what_has_nothing_like_a_word_is_not_stated() -> None:
    source = "The firm offers buildings that save energy to schools and to hospitals in the valley."
    same = "To schools and hospitals the firm offers buildings that save energy."
    more = "To schools and hospitals the firm offers yellow buildings that save energy."
    verdicts = [one.verdict for one in check(f"{same} {more}", [source]).sentences]
    assert verdicts == ["stated", "partly"]


def test_names_that_changed_places_are_shown_whole() -> None:
    text = "In the final in Bern, Carl Dorn beat Alice Baker on Sunday."
    (found,) = check(
        text, ["In the final in Bern, Alice Baker beat Carl Dorn on Sunday."]
    ).sentences
    (difference,) = found.passages[0].differences
    assert difference == ("Carl Dorn beat Alice Baker", "Alice Baker beat Carl Dorn")


def test_number_that_differs_is_marked_where_it_stands_alone() -> None:
    text = "The 13 boats and 3 of the dams were lost in the flood of spring."
    (found,) = check(text, [text.replace("3 of", "5 of")]).sentences
    assert found.differing_spans == [(17, 18)]


def test_other_words_of_a_part_are_shown() -> None:
    found = only("Shops on the east bank pray for their trade.")
    assert found.passages[0].differences == (("pray", "fear"),)
    assert "“fear”, not “pray”" in str(check(found.text, DOCUMENTS))


CLINIC = (
    "The plan pays for the treatment of younger patients after a year. The governor said that the "
    "evacuation of the valley was ordered on 12 May 1963. The firm is able to raise its prices."
)


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        # Words that are usually stop words change what is said.
        (
            "The plan pays for the treatment of older patients after a year.",
            "partly",
            ("older", "younger"),
        ),
        (
            "The plan pays for the treatment of younger patients after a trial year.",
            "partly",
            ("trial", ""),
        ),
        (
            "The governor said that the evacuation of the valley was never ordered on 12 May 1963.",
            "differs",
            ("never", ""),
        ),
        # Units and swapped digits are other values, and a prefix makes the opposite.
        (
            "The plan pays for the treatment of younger patients after a month.",
            "differs",
            ("month", "year"),
        ),
        (
            "The governor said that the evacuation of the valley was ordered on 12 May 1936.",
            "differs",
            ("12 May 1936", "12 May 1963"),
        ),
        ("The firm is unable to raise its prices.", "differs", ("unable", "able")),
    ],
)
def test_nearly_the_same_but_for_a_word(text: str, verdict: str, words: tuple[str, str]) -> None:
    (found,) = check(text, [CLINIC]).sentences
    assert found.verdict == verdict
    assert found.passages[0].differences == (words,)


def test_small_words_may_be_others() -> None:
    (found,) = check("The firm is able to raise all its prices.", [CLINIC]).sentences
    assert found.verdict == "stated"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "The train is already at the station of Harle.",
            "The train is ready at the station of Harle.",
        ),
        (
            "The mayor opened the bridge of Harle on May 5, 2020 with a speech.",
            "The mayor opened the bridge of Harle on 05/05/2020 with a speech.",
        ),
        (
            "The mayor worked 12 months in the old town of Harle.",
            "The mayor worked one year in the old town of Harle.",
        ),
        (
            "Der Rat sagt, dass die neue Brücke über den Fluss im Herbst fertig wird.",
            "Der Rat hat gesagt, dass die neue Brücke über den Fluss im Herbst fertig wird.",
        ),
    ],
)
def test_no_other_word_is_the_opposite(text: str, source: str) -> None:
    (found,) = check(text, [source]).sentences
    assert found.verdict in ("stated", "partly")


def test_quote_runs_on() -> None:
    source = "Olsen ran the mill in the late 1960s and the shop in the mid-1970s with her brother."
    (found,) = check("Olsen ran the mill in the late 1970s.", [source]).sentences
    assert found.verdict != "quoted"


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        ("Die Brücke wurde 1936 vom Landkreis gebaut.", "differs", ("1936", "1963")),
        ("Die Stadt zahlt nach einem Monat für die Brücke.", "differs", ("Monat", "Jahr")),
        ("Der Rat hat den Umbau der alten Brücke beschlossen.", "differs", ("", "nicht")),
        (
            "Der Rat hat den Abriss der alten Brücke nicht beschlossen.",
            "partly",
            ("Abriss", "Umbau"),
        ),
    ],
)
def test_nearly_the_same_in_another_language(
    text: str, verdict: str, words: tuple[str, str]
) -> None:
    german = (
        "Die Brücke wurde 1963 vom Landkreis gebaut. Die Stadt zahlt nach einem Jahr für die Brücke. "
        "Der Rat hat den Umbau der alten Brücke nicht beschlossen. Am Abend war es sehr kalt, und "
        "die meisten Leute blieben zu Hause oder gingen in das Gasthaus neben der Kirche."
    )
    (found,) = check(text, [german]).sentences
    assert found.verdict == verdict
    assert found.passages[0].differences == (words,)
