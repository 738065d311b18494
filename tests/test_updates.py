"""What is new beside earlier documents, from the documents to the command."""

import json
from pathlib import Path

import pytest

from summarizer import (
    Document,
    OptionError,
    Settings,
    Summarizer,
    Summary,
    read,
    summarize,
    verify,
)
from summarizer.settings import UpdateSettings

from .builders import EXAMPLE, ROOT
from .cli.test_cli import invoke

OLD = Document(
    "old",
    "Officials said 12 people were killed in the storm. Ferries were out of service for two days.",
    date="2020-05-01",
)
NEW = [
    Document(
        "a",
        "Officials said 15 people were killed in the storm. Engineers found rust in the cables.",
        date="2020-05-04",
    ),
    Document(
        "b",
        "For two days ferries were out of service. The council will build a new tunnel by 2025.",
        date="2020-05-05",
    ),
]


THREAD = [
    "The part has arrived today and will be fitted by a mechanic in the morning.",
    "Since noon everybody showers warm again, and two tenants ask for a reduction.",
    "Fifty euros are fine with me, please send the invoice to the insurance.",
]


@pytest.mark.parametrize(("least", "left_out"), [(Settings().same_title, False), (1.1, True)])
def test_letters_of_one_thread_have_its_subject(*, least: float, left_out: bool) -> None:
    first = Document("1", "The boiler of house 12 has failed, and tenants have no warm water.")
    letters = [
        Document(f"{number}", text, title=f"Re: Boiler in house {number // 9 + 12}")
        for number, text in enumerate(THREAD, 2)
    ]
    settings = Settings(
        same_title=least, unrelated_words=-1, off_topic_likeness=9, subject_cosine=-9
    )
    found = summarize(letters, known=[first], settings=settings)
    assert any("about something else" in told for told in found.warnings) is left_out


def test_what_is_new_is_quoted_though_earlier_documents_are_of_another_subject() -> None:
    earlier = [Document(f"e{number}", OLD.text, date=OLD.date) for number in range(4)]
    other = Document("n", "Peel the potatoes and boil them in salted water until they are soft.")
    assert [quote.source for quote in summarize([other], known=earlier).sentences] == [1]


def test_number_may_have_moved_from_a_sentence_that_is_not_the_nearest() -> None:
    earlier = (
        "A bus left the road near Corby on Tuesday morning. Three people were injured in the "
        "accident, the police said. The road was closed for two hours."
    )
    now = (
        "The police said on Wednesday that five people were injured when a bus left the road near "
        "Corby. The company has taken four buses of the same make out of service."
    )
    summary = summarize([now], known=[earlier], words=60)
    (changed,) = summary.sentences[0].earlier
    assert [(w.text, w.other_text) for w in changed.differences] == [
        ("five people", "Three people")
    ]


@pytest.mark.parametrize("query", [None, "the storm and the tunnel"])
def test_only_what_is_new_is_quoted_and_what_has_changed_beside_it(query: str | None) -> None:
    summary = summarize(NEW, known=[OLD], query=query, words=60)
    assert {sentence.text for sentence in summary.sentences} == {
        "Officials said 15 people were killed in the storm.",
        "Engineers found rust in the cables.",
        "The council will build a new tunnel by 2025.",
    }
    changed = next(s for s in summary.sentences if s.text.startswith("Officials"))
    (earlier,) = changed.earlier
    assert (earlier.source, earlier.text) == (3, OLD.text[: len(earlier.text)])
    assert [(w.text, w.other_text) for w in earlier.differences] == [("15 people", "12 people")]
    assert changed.differing == ()
    assert [(s.earlier, s.cited) for s in summary.sources] == [
        (False, True),
        (False, True),
        (True, True),
    ]
    text = summary.to_text()
    assert "What has changed\n[3] said “12 people”, now [1] “15 people”: Officials" in text
    assert "2020-05-01 (earlier)" in text
    assert "said **12 people**, now [^1] **15 people**" in summary.to_markdown()
    assert "What was said before" in summary.to_html()
    assert "said otherwise before 1×" in summary.to_html()
    assert "What has changed" in summary._repr_html_()
    assert "(earlier): is brought up to date by 1 quote of another" in summary.sources_to_text()
    assert [source["earlier"] for source in summary.sources_to_dict()["sources"]][-1] is True
    assert "known documents 1" in summary.signature
    assert Summary.from_json(summary.to_json()) == summary


def test_order_of_the_documents_changes_nothing() -> None:
    known = [OLD, Document("other", "A list of mills is kept in the town of Aldwick.")]
    one = summarize(NEW, known=known, words=60)
    other = summarize(NEW[::-1], known=known[::-1], words=60)
    assert one.text == other.text
    assert Summarizer(NEW, known=known).summarize(words=60) == one


def test_nothing_new_is_said() -> None:
    summary = summarize(NEW, known=[*NEW, OLD], words=60)
    assert summary.sentences == ()
    assert summary.warnings[-1] == "the sources say nothing that the earlier ones do not say"


def test_documents_before_a_day_are_left_out() -> None:
    undated = Document("undated", "A mill burned down in the night of the storm.")
    summary = summarize([OLD, *NEW, undated], after="2020-05-04", words=200)
    assert "12 people" not in summary.text
    assert "mill" in summary.text
    assert [source.number for source in summary.sources] == [1, 2, 3]
    assert summary.warnings[:2] == (
        "1 of 4 documents were published before 2020-05-04 and left out",
        "kept, although no day of publication is known: undated",
    )
    assert "after 2020-05-04" in summary.signature
    with pytest.raises(OptionError, match="a day must be written YYYY-MM-DD, not '4 May 2020'"):
        summarize(NEW, after="4 May 2020")
    with pytest.raises(OptionError, match="not '2020-02-30'"):
        summarize(NEW, after="2020-02-30")


def test_since_a_summary_or_files(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "a.txt").write_text(OLD.text, encoding="utf-8")
    for number, document in enumerate(NEW):
        (tmp_path / f"{number}.txt").write_text(document.text, encoding="utf-8")
    files = sorted(tmp_path.glob("*.txt"))
    assert invoke("--format", "json", "-o", tmp_path / "s.json", old)[0] == 0
    made = []
    for since in (old, old / "a.txt", tmp_path / "s.json"):
        target = tmp_path / f"{since.name}.out.json"
        code, _, _ = invoke(
            "--since", since, "--words", 60, "--format", "json", "-o", target, *files
        )
        assert code == 0
        record = json.loads(target.read_text(encoding="utf-8"))
        made.append(record["text"])
        assert "15 people" in record["text"]
        assert "ferries" not in record["text"]
        (passage,) = next(s["earlier"] for s in record["sentences"] if "15" in s["text"])
        assert passage["text"] == "Officials said 12 people were killed in the storm."
        assert verify(target).intact
    assert len(set(made)) == 1
    code, _, said = invoke("--since", old, old)
    assert code == 1
    assert "nothing that the earlier ones do not say" in said
    (old / "a.txt").unlink()
    code, _, said = invoke("--since", tmp_path / "s.json", *files)
    assert (code, "none of its sources can be opened" in said) == (1, True)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "/dev/zero", "link.txt", "http://127.0.0.1/x", "file:///etc/passwd", 5]
)
def test_summary_of_a_stranger_has_nothing_opened_elsewhere(tmp_path: Path, path: object) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "link.txt").symlink_to("/etc/passwd")
    record = {
        "signature": "",
        "text": "",
        "sentences": [],
        "sources": [{"number": 1, "path": path}],
    }
    (folder / "s.json").write_text(json.dumps(record))
    code, _, said = invoke("--since", folder / "s.json", EXAMPLE)
    assert code == 1
    assert "none of its sources can be opened" in said
    assert "root" not in said.replace(str(tmp_path), "")  # --since has no such option


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--since", "nowhere", EXAMPLE), 1, "nowhere: does not exist"),
        (("--after", "soon", EXAMPLE), 2, "a day must be written YYYY-MM-DD, not 'soon'"),
        (
            ("each", "--since", EXAMPLE, EXAMPLE),
            2,
            "--since goes with the documents of one subject",
        ),
    ],
)
def test_mistakes(arguments: tuple[object, ...], code: int, message: str) -> None:
    assert message in invoke(*arguments)[2]
    assert invoke(*arguments)[0] == code


def test_earlier_documents_are_no_part_of_the_subject() -> None:
    example = read([EXAMPLE])
    alone = summarize(example, words=100)
    beside = summarize(
        example, known=["A list of mills is kept in the town of Aldwick."], words=100
    )
    assert beside.text == alone.text


def test_earlier_documents_without_a_sentence_change_nothing_but_a_warning() -> None:
    plain = summarize(NEW, words=60)
    beside = summarize(NEW, known=[""], words=60)
    assert beside.text == plain.text
    assert "the earlier documents have no sentence to compare with" in beside.warnings


def test_copy_of_an_earlier_document_is_told_from_it() -> None:
    summary = summarize(read([EXAMPLE]), known=read([EXAMPLE]), words=60)
    name = summary.sources[0].path
    assert f"{name} (earlier): has the same text as {name}" in summary.warnings


@pytest.mark.parametrize("rounds", [1, 4])
def test_what_is_known_is_not_quoted_however_few_rounds_there_are(rounds: int) -> None:
    *new, known = read([ROOT / "examples" / "storm"])
    settings = Settings(update=UpdateSettings(rounds=rounds))
    summary = summarize(new, known=[known], settings=settings)
    earlier = {source.number for source in summary.sources if source.earlier}
    assert earlier
    assert len(summary.sentences) > 4
    for sentence in summary.sentences:
        assert earlier.isdisjoint(one.source for one in (*sentence.agreeing, *sentence.copies))


def test_rounds_go_on_until_something_new_is_found() -> None:
    known = "\n\n".join(document.text for document in read([ROOT / "examples" / "storm"]))
    told = "I would do it all once more for them if they let me."
    assert summarize([f"{known}\n\n{told}"], known=[known], words=20).text == told


def test_denial_of_what_was_known_is_new() -> None:
    text = "The vaccine does {}protect children against the disease, the agency said on Friday."
    assert summarize([text.format("")], known=[text.format("not ")]).text == text.format("")
    assert not summarize([text.format("")], known=[text.format("")]).text


def test_what_is_known_from_another_language_is_not_new() -> None:
    earlier = (
        "Der Sturm, der Aldwick in der Nacht traf, hat 15 Menschen getötet, teilte die Polizei mit. "
        "Ingenieure fanden Risse in zwei Pfeilern der Brücke, und der Rat will bis 2027 eine neue. "
        "Sie würde 40 Millionen Euro kosten. Die Versicherer erwarten Schäden von 90 Millionen Euro."
    )
    new = (
        "The storm that hit Aldwick at night killed 15 people, the police said. "
        "Engineers found cracks in two piers of the bridge, and the council wants a new one by 2027. "
        "Three men who had been missing were found in a fishing boat off the islands. "
        "Insurers expect claims of 90 million euros."
    )
    found = summarize([new], known=[earlier], words=60)
    assert [sentence.text[:16] for sentence in found.sentences] == ["Three men who ha"]
