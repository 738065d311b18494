"""Agreement and disagreement between sources, from their texts to what a reader sees."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from summarizer import Document, Encoder, OptionError, SummarizerError, Summary, summarize, verify
from summarizer.datatypes import Difference, Disagreement
from summarizer.settings import RANKERS
from summarizer.render.differing import emphasize, marked_words
from summarizer.render.terminal import Style, render_terminal

from ..cli.test_cli import invoke
from ..render.test_page import parse, text_of
from ..test_schema import SCHEMA

A = (
    "The blast at the grain market of Harle killed 12 people on Monday, the police chief said. "
    "Firemen needed six hours to put out the flames in the two halls beside the river."
)
B = (
    "Police chief Brandt said that the blast at the grain market of Harle killed 15 people on "
    "Monday. Traders had complained about the wiring of the stalls for many years."
)
C = (
    "On Monday a blast at the grain market of Harle killed 12 people, according to the chief of "
    "police. Schools in the old town stay closed until the end of the week."
)
LEAST = ("--min-sources", "2", "--words", "30")
PATTERN = "blast at the grain market"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in (("a", A), ("b", B), ("c", C)):
        (tmp_path / f"{name}.txt").write_text(text)
    return tmp_path


@pytest.fixture
def summary() -> Summary:
    return summarize([Document("a", A), Document("b", B), Document("c", C)], words=60)


def test_who_differs_is_named_with_both_words(summary: Summary) -> None:
    quote = next(sentence for sentence in summary.sentences if PATTERN in sentence.text)
    assert quote.source in {1, 3}
    assert quote.also == [4 - quote.source]
    assert quote.differs == [2]
    (passage,) = quote.disagreement
    (words,) = passage.differences
    texts = [A, B, C]
    assert (words.text, words.other_text) == ("12 people", "15 people")
    assert texts[quote.source - 1][words.start : words.end] == words.text
    assert B[words.other_start : words.other_end] == words.other_text
    assert B[passage.start : passage.end] == passage.text
    assert summary.sources[1].cited
    Draft202012Validator(SCHEMA).validate(summary.to_dict())


def test_same_from_the_other_side() -> None:
    summary = summarize([Document("b", B), Document("a", A)], ratio=1.0)
    for quote in summary.sentences:
        if PATTERN in quote.text:
            assert (quote.also, quote.differs) == ([], [3 - quote.source])
        else:
            assert (quote.also, quote.differs) == ([], [])


def test_text_markdown_and_terminal_show_it(summary: Summary) -> None:
    quote = next(sentence for sentence in summary.sentences if sentence.differs)
    number = quote.source
    text = str(summary)
    assert f"[{number}; also {4 - number}; differs 2]" in text
    assert f"Where sources differ\n[2] says “15 people”, [{number}] “12 people”: Police" in text
    assert "; differs [^2])" in summary.to_markdown()
    assert f"- [^2] says **15 people**, [^{number}] **12 people**: Police" in summary.to_markdown()
    shown = render_terminal(summary.sentences, summary.sources, (), Style(color=True))
    assert "\x1b[1m12 people\x1b[22m" in shown
    assert "\x1b[1m15 people\x1b[22m" in shown
    assert '<b class="differs">15 people</b>' in summary._repr_html_()


def test_page_marks_the_words_in_all_places_and_links_them(summary: Summary) -> None:
    page = summary.to_html()
    tree = parse(page)
    marked = [text_of(word) for word in tree.iter("b") if word.get("class") == "differs"]
    # In the quote and below it, and in both sources.
    assert sorted(marked) == ["12 people", "12 people", "15 people", "15 people"]
    links = [link for link in tree.iter("a") if "differs" in (link.get("class") or "")]
    marks = {mark.get("id"): mark for mark in tree.iter("mark")}
    for link in links:
        assert text_of(link) == "2"
        assert "15 people" in text_of(marks[link.get("href")[1:]])
        assert marks[link.get("href")[1:]].get("data-backs")
    assert len(links) == 2
    assert "≠" in page or "\\2260" in page


def test_emphasis_changes_nothing_else() -> None:
    assert emphasize("a < 12 b", [(4, 6)]) == 'a &lt; <b class="differs">12</b> b'
    assert emphasize("abc", [(0, 2), (1, 3), (2, 9)]) == '<b class="differs">ab</b>c'
    assert marked_words("in (12)\n days", [(4, 6)]) == [
        ("in", False),
        ("(12)", True),
        ("days", False),
    ]


def test_verify_looks_at_what_differs_too(files: Path) -> None:
    target = files / "s.json"
    code, _, err = invoke(
        "--format",
        "json",
        "--words",
        60,
        "-o",
        target,
        files / "a.txt",
        files / "b.txt",
        files / "c.txt",
    )
    assert (code, err) == (0, "")
    assert {check.role for check in verify(target).checks} >= {"quote", "disagreement"}
    assert verify(target).intact
    (files / "b.txt").write_text(B.replace("killed 15", "killed 16"))
    found = [check for check in verify(target).checks if check.status != "intact"]
    assert [(check.role, check.source, check.status) for check in found] == [
        ("disagreement", 2, "changed")
    ]
    assert "[differs 2]: changed: “Police chief" in invoke("--verify", target)[1]
    record = json.loads(target.read_text())
    for sentence in record["sentences"]:
        for passage in sentence["disagreement"]:
            passage["differences"][0]["other_text"] = "16 people"
    target.write_text(json.dumps(record))
    with pytest.raises(SummarizerError, match="that differ are not there"):
        verify(target)
    for sentence in record["sentences"]:
        del sentence["disagreement"]
    target.write_text(json.dumps(record))
    assert verify(target).intact


@pytest.mark.parametrize("ranker", RANKERS)
@pytest.mark.parametrize(
    "length", [{"words": 30}, {"sentences": 3}, {"chars": 400}, {"ratio": 1.0}]
)
def test_only_what_enough_sources_state(ranker: str, length: dict[str, float]) -> None:
    summary = summarize([A, B, C], ranker=ranker, min_sources=2, **length)  # type: ignore[arg-type]
    assert summary.sentences
    for quote in summary.sentences:
        assert PATTERN in quote.text
        assert 1 + len(quote.also) >= 2
    assert summary.signature.endswith("| min-sources 2")


def test_too_few_sources_is_an_error_that_says_what_would_do() -> None:
    with pytest.raises(
        SummarizerError, match=r"by 3 independent sources, at most by 2; ask for min-"
    ):
        summarize([A, B, C], min_sources=3)
    with pytest.raises(SummarizerError, match="at most by one; leave min-sources out"):
        summarize([A], min_sources=2)
    # Copies count once.
    with pytest.raises(SummarizerError, match="at most by one"):
        summarize([A, A + " An agency wrote it."], min_sources=2)
    for wrong in (0, -1, 1.5, True, "2"):
        with pytest.raises(OptionError, match="min_sources must be"):
            summarize([A], min_sources=wrong)  # type: ignore[arg-type]
    with pytest.raises(SummarizerError, match="state can stand alone and fits"):
        summarize([A + " Rain fell on the town.", C], min_sources=2, words=8)


def test_min_sources_on_the_command_line(files: Path) -> None:
    code, out, err = invoke("--min-sources", 2, "--words", 40, files)
    assert code == 0
    assert "also" in out
    code, out, err = invoke("--min-sources", 3, files)
    assert (code, out) == (1, "")
    assert (
        err
        == "summarize: no sentence is stated by 3 independent sources, at most by 2; ask for min-sources 2\n"
    )
    assert invoke("--min-sources", 0, files)[0] == 2


def test_sources_alone(files: Path) -> None:
    code, out, _ = invoke("-q", "--sources-only", *LEAST, files)
    lines = out.splitlines()
    assert (code, len(lines)) == (0, 3)
    assert [line[:4] for line in lines] == ["[1] ", "[2] ", "[3] "]
    assert sum("1 quoted (" in line for line in lines) == 1
    assert lines[1].endswith("b.txt: differs from 1 quote of another")
    assert sum(line.endswith(": says the same as 1 quote of another") for line in lines) == 1
    out = invoke("-q", "--sources-only", *LEAST, "--format", "markdown", files)[1]
    assert out.splitlines()[1].startswith("2. [b.txt](<")
    record = json.loads(invoke("-q", "--sources-only", *LEAST, "--format", "json", files)[1])
    assert set(record) == {"sources", "warnings", "signature"}
    second = record["sources"][1]
    assert [second[name] for name in ("quoted", "words", "also", "same_text", "differs")] == [
        0,
        0,
        0,
        0,
        1,
    ]
    for wrong in (("--format", "html"), ("--explain",)):
        assert invoke("--sources-only", *wrong, files)[0] == 2


def test_records_are_what_the_library_gives() -> None:
    words = Difference(0, 1, "a", 2, 3, "b")
    assert Disagreement(1, 0, 9, "t", 0.5, "", (words,)).differences == (words,)


def test_other_languages_are_not_guessed_at(words: Encoder) -> None:
    one = "Die Explosion auf dem Markt der alten Stadt hat am Montag zwölf Menschen getötet."
    other = "Die Explosion auf dem Markt der alten Stadt hat am Montag fünfzehn Menschen getötet."
    filler = "Die Schule der Stadt ist nicht mehr da, und das ist für viele nicht gut."
    summary = summarize(
        [f"{one} {filler}", other, one + " Und das ist so."], ratio=1.0, encoder=words
    )
    for quote in summary.sentences:
        if quote.text == other:
            assert not quote.also
            assert not quote.copies


def test_copy_that_was_corrected_differs() -> None:
    story = (
        "A blast at the grain market of Harle killed {} people on Monday. The market hall dates "
        "from 1890 and was full of shoppers. Rescuers searched the ruins for survivors all night."
    )
    other = "The council of Harle met on Tuesday. It spoke about the ruins of the market hall."
    first, update = story.format(12), story.format(21)
    summary = summarize([first, update, other], words=15)
    (quote,) = (quote for quote in summary.sentences if "killed" in quote.text)
    assert not quote.also
    (passage,) = quote.disagreement
    assert {quote.source, passage.source} == {1, 2}
    assert {passage.differences[0].text, passage.differences[0].other_text} == {
        "12 people",
        "21 people",
    }
    assert not summarize([first, first, other], words=15).sentences[0].disagreement


def test_copy_of_another_source_is_no_copy_of_a_part_of_the_quote() -> None:
    quote = (
        "The mayor Ann Lee opened the old harbour bridge of Port Aldwick on Friday after nine "
        "months of repairs to its rusty cables."
    )
    other = (
        "On Friday mayor Ann Lee of Port Aldwick at last opened again the harbour bridge, the old "
        "cables of which, rusty, took nine months of repairs."
    )
    texts = [
        quote + " Ferries are empty since then.",
        other + " Fishermen bring herring to the market at dawn and mend their nets on the quay "
        "when the tide is low. The council wants cheaper flats for young families behind the "
        "railway station, where a factory of ropes stood for a hundred years.",
        other + " Swimmers crossed the bay in the cold and were given soup by the lifeguards of "
        "the southern beach. A new museum shows the clocks that were built in the town before "
        "the war, and the letters of those who sailed to other continents.",
    ]
    (found,) = summarize(texts, words=23, keep_all=True).sentences
    assert found.text == quote
    assert [(passage.source, passage.copy) for passage in found.corroboration] == [
        (2, False),
        (3, True),
    ]
