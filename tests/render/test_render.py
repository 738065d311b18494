"""How a summary looks, line for line."""

import json
import re

import pytest

from summarizer import (
    Budget,
    CitedSentence,
    Document,
    Passage,
    Source,
    Summary,
    summarize,
)
from summarizer.datatypes import Explanation, Phrase
from summarizer.render.labels import citation, reasons

PASSAGES = tuple(Passage(number, 0, 5, "Said.", "", 0.9) for number in (3, 5))
SUMMARY = Summary(
    sentences=(
        CitedSentence("The *bridge*\nis closed [1].", 2, 10, 37, 0, 1.0, agreeing=PASSAGES),
        CitedSentence("“It’s rust,” said <b>X</b>.", 1, 0, 27, 4, 0.5),
    ),
    sources=(
        Source(
            1, "a", "Rust_ | and more", "in/a b.txt", None, "2020-05-01", 9, True, "Ann  [B]", "C"
        ),
        Source(2, "b", "", "b.md", "https://e.org/b>?q=1", None, 3, True),
        Source(3, "c", "", None, None, None, 1, True),
        Source(4, "d", "Unused", "d.txt", None, None, 0, False, copy_of=1),
        Source(5, "e", "", "e.txt", None, None, 2, True, "C", "C", copy_of=4),
    ),
    budget=Budget("words", 10),
    warnings=("f.txt: is empty",),
    signature="s",
)


def test_text() -> None:
    assert str(SUMMARY).split("\n") == [
        "The *bridge* is closed [1]. [2; also 3, 5] “It’s rust,” said <b>X</b>. [1]",
        "",
        "Sources",
        "[1] Rust_ | and more · Ann [B] · C · 2020-05-01 · in/a b.txt",
        "[2] https://e.org/b>?q=1 · b.md",
        "[3] c",
        "[5] C · e.txt (shares text with [4])",
        "",
        "Not cited",
        "[4] Unused · d.txt (shares text with [1], nothing to quote)",
    ]


def test_markdown() -> None:
    assert SUMMARY.to_markdown().split("\n") == [
        r"The \*bridge\* is closed \[1\].[^2] (also [^3][^5]) “It’s rust,” said \<b\>X\</b\>.[^1]",
        "",
        r"[^1]: [Rust\_ \| and more](<in/a%20b.txt>), Ann \[B\], C, 2020-05-01",
        "[^2]: [b](<b.md>)",
        "[^3]: c",
        "[^5]: [e](<e.txt>), C (shares text with Unused)",
        "",
        "Not cited:",
        "",
        "- [Unused](<d.txt>) (shares text with [^1])",
    ]


def test_markdown_does_not_open_a_list_or_heading() -> None:
    for text, escaped in (("1. A", r"1\. A"), ("# B", r"\# B"), ("- C", r"\- C"), ("12", "12")):
        quote = CitedSentence(text, 1, 0, len(text), 0, 1.0)
        summary = Summary((quote,), (), Budget("words", 9), (), "")
        assert summary.to_markdown() == f"{escaped}[^1]"


def test_dictionary_and_json() -> None:
    found = SUMMARY.to_dict()
    assert found["text"] == "The *bridge* is closed [1]. “It’s rust,” said <b>X</b>."
    assert found["words"] == 9
    assert found["sentences"][0]["text"] == "The *bridge*\nis closed [1]."
    assert json.loads(SUMMARY.to_json()) == found
    assert "“It’s" in SUMMARY.to_json()


def test_empty_summary() -> None:
    assert str(Summary((), (), Budget("words", 1), (), "")) == ""
    assert citation(CitedSentence("A.", 7, 0, 2, 0, 1.0)) == "[7]"


@pytest.mark.parametrize(
    ("url", "linked"),
    [("https://a.example/b", True), ("javascript:alert(1)", False), ("data:text/html,x", False)],
)
def test_only_web_addresses_become_links(url: str, linked: bool) -> None:
    document = Document("a", "The mayor closed the old bridge on Monday.", "A bridge", url=url)
    shown = summarize([document], words=20).to_markdown()
    assert ("](<" in shown) is linked
    assert url in str(summarize([document], words=20))


def test_entities_in_a_source_stay_letters() -> None:
    text = "The mayor of R&D wrote &lt;b&gt; and &#60; on the old bridge."
    shown = summarize([text], words=20).to_markdown()
    assert r"R&D wrote \&lt;b\&gt; and \&#60; on" in shown


def test_reasons_name_few_of_many_sources() -> None:
    quote = CitedSentence("The old bridge was closed.", 1, 0, 9, 0, 1.0)
    source = Source(1, "a", "", None, None, None, 3, True)
    for many, told in ((10, "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"), (300, "8, 9 and 291 more]")):
        phrase = Phrase("old bridge", 0.02, tuple(range(1, many + 1)))
        why = Explanation(0.1, 0.1, (phrase,), None)
        (lines,) = reasons(Summary((quote,), (source,), Budget("words", 9), (), "", (why,)))
        assert lines[-1].endswith(told)


def _dated(*days: str | None) -> Summary:
    """Return a summary that quotes one sentence of each of some sources."""
    sources = tuple(
        Source(number, f"{number}.txt", "", None, None, day, 1, True)
        for number, day in enumerate(days, 1)
    )
    quotes = tuple(CitedSentence("Closed.", s.number, 0, 7, 0, 1.0, "page 2") for s in sources)
    return Summary(quotes, sources, Budget("words", 9), (), "")


@pytest.mark.parametrize(
    ("days", "citations"),
    [
        (("2023-11-24", "2023-11-24", None), ["[1, page 2]", "[2, page 2]", "[3, page 2]"]),
        (
            ("2023-11-24", "2023-11-05", None),
            ["[1, 24 Nov, page 2]", "[2, 5 Nov, page 2]", "[3, page 2]"],
        ),
        (("2023-11-24", "2022-11-05"), ["[1, 24 Nov 2023, page 2]", "[2, 5 Nov 2022, page 2]"]),
        (("2023-11-24", "2023-99-99"), ["[1, page 2]", "[2, page 2]"]),
    ],
)
def test_citation_carries_its_day_where_there_are_several(
    days: tuple[str | None, ...], citations: list[str]
) -> None:
    shown = _dated(*days).to_text().split("\n")[0]
    assert re.findall(r"\[.*?\]", shown) == citations
