"""The page of HTML: what it holds, and that nothing in a source can change what it is."""

import hashlib
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from summarizer import CitedSentence, Document, Encoder, Marks, Passage, Summary, summarize
from summarizer.datatypes import Budget, Difference, DifferingPassage, Source
from summarizer.render.html import Segment, segments, shown
from summarizer.render.safe import short_address, web_address

from ..cli.test_cli import invoke
from ..render.test_render import SUMMARY

HOSTILE = (
    'The mayor closed the old bridge on Monday</script><script>window.hacked = 1</script>, "said" '
    "<img src=x onerror='window.hacked = 1'> & the council\x07 \u202eof the port\x1b[31m. "
    '"><svg onload="window.hacked = 1"> engineers found rust in the cables <!-- of the bridge. '
    "</style></textarea></title><a href='javascript:window.hacked = 1'>They</a> sold 12 ferries."
)


def hostile_summary() -> Summary:
    """Quote documents all fields of which try to break out."""
    evil = "\"'><script>window.hacked = 1</script>\x00\u202e"
    documents = [
        Document(
            *(evil, HOSTILE, evil, None, evil, "javascript:window.hacked = 1"),
            author=evil,
            site=evil,
        ),
        Document("b", HOSTILE + " Ferries were sold.", url='https://e.org/"><script>'),
        Document("c", "The council praised the plan. " + HOSTILE.replace("Monday", "Friday")),
    ]
    sources = tuple(
        Source(n, d.id, d.title, d.path, d.url, None, 3, True, d.author, d.site)
        for n, d in enumerate(documents, 1)
    )
    start = documents[2].text.index("The mayor")
    at = HOSTILE.index("Monday")
    words = Difference(at, at + 6, "Monday", start + at, start + at + 6, "Friday")
    said = documents[2].text[start:]
    passage = DifferingPassage(
        3, start, start + len(said), said, "line 1", 0.9, 0.9, differences=(words,)
    )
    copy = Passage(2, 0, len(HOSTILE), HOSTILE, "line 1", 1.0, 1.0)
    ferries = documents[1].text.index("Ferries")
    quotes = (
        CitedSentence(
            HOSTILE, 1, 0, len(HOSTILE), 0, 1.0, "line 1", differing=(passage,), copies=(copy,)
        ),
        CitedSentence("Ferries were sold.", 2, ferries, ferries + 18, 1, 0.5, "line 1"),
    )
    return Summary(quotes, sources, Budget("words", 99), (evil,), evil, (), tuple(documents))


@pytest.fixture(scope="module")
def summary(example: list[Document]) -> Summary:
    return summarize(example, words=150)


@pytest.fixture(scope="module")
def page(summary: Summary) -> str:
    return summary.to_html()


def parse(page: str) -> Any:
    """Parse as browsers do, and complain about all that they would mend."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def text_of(element: Any) -> str:
    return "".join(element.itertext())


def test_page_is_valid_and_the_same_each_time(
    summary: Summary, page: str, example: list[Document]
) -> None:
    for made in (page, summary.to_html(explain=True), hostile_summary().to_html()):
        parse(made)
    parse(Summary((), (), Budget("words", 1), (), "").to_html())
    parse(SUMMARY.to_html())
    assert summarize(example, words=150).to_html() == page


def test_links_lead_somewhere_and_names_are_given_once(page: str) -> None:
    for made in (page, SUMMARY.to_html(), hostile_summary().to_html()):
        tree = parse(made)
        names = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(names) == len(set(names))
        links = [link.get("href") for link in tree.iter("a")]
        assert {link[1:] for link in links if link.startswith("#")} <= set(names)
        labels = [element.get("aria-labelledby") for element in tree.iter()]
        assert {label for label in labels if label} <= set(names)


def test_quotes_and_passages_are_marked_where_they_stand(summary: Summary, page: str) -> None:
    tree = parse(page)
    named = {element.get("id"): element for element in tree.iter() if element.get("id")}
    told = [
        (n, one) for n, quote in enumerate(summary.sentences, 1) for one in quote_and_all(quote)
    ]
    for number, passage in told:
        assert f"p{passage.source}-{passage.start}-{passage.end}" in named
        marks = named[f"d{passage.source}"].iter("mark")
        # Where two overlap, the text is cut where either ends.
        backing = [mark for mark in marks if str(number) in mark.get("data-backs").split()]
        assert passage.text in "".join(map(text_of, backing))


def quote_and_all(quote: CitedSentence) -> list[CitedSentence | Passage]:
    """Return a quote and the passages that back it or differ."""
    return [quote, *quote.passages]


def test_full_texts_stand_there_to_the_letter(page: str, example: list[Document]) -> None:
    texts = [text_of(e) for e in parse(page).iter("div") if e.get("class") == "text"]
    assert texts == [document.text for document in example]


def test_policy_allows_this_style_and_this_script_alone(page: str) -> None:
    (policy,) = re.findall(r'Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none'; ")
    for kind in ("style", "script"):
        (content,) = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
        assert f"</{kind}" not in content
    assert "unsafe" not in policy
    assert not re.search(r"\sstyle=|\son\w+=|\ssrc=|url\(|@import|javascript:", page)


def test_hostile_sources_stay_text() -> None:
    made = hostile_summary()
    tree = parse(made.to_html(explain=True))
    assert len(list(tree.iter("script"))) == len(list(tree.iter("style"))) == 1
    assert not list(tree.iter("img"))
    for element in tree.iter():
        assert not {name for name in element.attrib if str(name).startswith("on")}
        assert re.match(r"#|https?://[^\"<>]+$", element.get("href", "#"))
    assert not set("\x00\x07\x1b\u202e") & set(made.to_html())
    texts = [text_of(e) for e in tree.iter("div") if e.get("class") == "text"]
    assert "</script><script>window.hacked = 1</script>" in texts[0]
    assert "\\u202eof the port\\x1b[31m" in texts[0]


def test_escapes() -> None:
    assert shown("a\r\nb\rc\u2028d\te\0f") == "a\nb\nc\nd\te f"
    assert shown("\x1b\u202e\ud800\x85\ufeff\u200d") == "\\x1b\\u202e\\ud800\n\ufeff\u200d"
    assert shown(escape("\x1b")) == "\x1b"
    assert shown(5) == 5


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://e.org/a?b=1#c", True),
        ("HTTP://e.org", True),
        ("javascript:alert(1)", False),
        (" https://e.org", False),
        ("https://e.org\n", False),
        ('https://e.org/"x', False),
        ("data:text/html,x", False),
        ("//e.org", False),
        ("https://e.org/\x1b]8;;", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, *, allowed: bool) -> None:
    assert web_address(url) == (url if allowed else None)


def test_passages_may_overlap_and_lie_outside() -> None:
    passages = {(0, 4): [1], (2, 6): [2, 3], (2, 3): [4], (6, 99): [5], (5, 5): [6]}
    assert list(segments("abc<def", 2, passages, [(3, 5)])) == [
        Segment(["p2-0-4"], [1], [("ab", False)]),
        Segment(["p2-2-3", "p2-2-6"], [1, 2, 3, 4], [("c", False)]),
        Segment([], [1, 2, 3], [("<", False)]),
        Segment([], [2, 3], [("de", False)]),
        Segment([], [], [("f", False)]),
    ]


@given(
    st.text(max_size=20),
    st.dictionaries(
        st.tuples(st.integers(-1, 22), st.integers(-1, 22)),
        st.lists(st.integers(1, 5), min_size=1, max_size=2),
        max_size=5,
    ),
    st.lists(st.tuples(st.integers(-1, 22), st.integers(-1, 22)), max_size=3),
)
def test_segments_are_the_text_and_each_passage_begins_once(
    text: str, passages: dict[tuple[int, int], list[int]], differing: list[tuple[int, int]]
) -> None:
    found = list(segments(text, 1, passages, differing))
    assert "".join(part for segment in found for part, _ in segment.parts) == text
    names = [name for segment in found for name in segment.names]
    wanted = {f"p1-{start}-{end}" for start, end in passages if 0 <= start < end <= len(text)}
    assert sorted(names) == sorted(wanted)
    assert all(segment.backs for segment in found if segment.names)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Der Bürgermeister hat die alte Brücke am Montag geschlossen, und das ist gut.", "de"),
        ("El alcalde cerró el puente viejo el lunes, y los vecinos no están de acuerdo.", "es"),
        ("市長は月曜日に古い橋を閉鎖しました。技術者はケーブルの錆を発見しました。", "ja"),
        ("Zzyzx qwrt plugh.", ""),
    ],
)
def test_page_has_the_language_of_its_sources(text: str, lang: str, words: Encoder) -> None:
    made = summarize([text], ratio=1.0, encoder=words).to_html()
    assert f"<!doctype html>\n<html{f' lang={chr(34)}{lang}{chr(34)}' if lang else ''}>" in made


def test_source_in_another_language_says_so(words: Encoder) -> None:
    english = "The mayor closed the old bridge on Monday, and that is all there is to it. " * 3
    german = "Der Bürgermeister hat die alte Brücke am Montag geschlossen, und das ist gut."
    made = summarize([english, german], ratio=1.0, encoder=words).to_html()
    assert '<html lang="en">' in made
    assert '<div class="text" dir="auto" lang="de">Der' in re.sub("<(mark|span)[^>]*>", "", made)


def test_page_says_whose_each_quote_is_and_where_it_stands(words: Encoder) -> None:
    first = "The mayor of Aldwick closed the old bridge on Monday."
    second = "On Monday the mayor of Aldwick closed the old bridge, she said."
    documents = [
        Document(
            *("a.pdf", f"Cover.\n{first} Divers found rust in two piers of the bridge."),
            *("Bridge & closed", "2023-05-12", "in/a.pdf", "https://www.gazette.example/b"),
            *("Mara <Linden>", "Port Gazette"),
            marks=Marks("page", (0, 7)),
        ),
        Document("b.docx", f"Intro.\n{second}", site="Post", marks=Marks("paragraph", (0, 7))),
        Document("c.csv", "Ferries will carry pedestrians until the spring.", author="Post"),
    ]
    tree = parse(summarize(documents, ratio=1.0, encoder=words, keep_all=True).to_html())
    told = [text_of(e) for e in tree.iter("p") if e.get("class") == "cites"]
    whose = "1 Bridge & closed · Mara <Linden> · Port Gazette · 2023-05-12 · page 2"
    assert any(text.startswith(whose) for text in told)
    assert any("2 paragraph 2" in text for text in told)
    assert any("3 c.csv · Post" in text for text in told)
    heads = [text_of(e) for e in tree.iter("p") if e.get("class") == "muted small"]
    whole = "Mara <Linden> · Port Gazette · 2023-05-12 · gazette.example/b · in/a.pdf"
    assert whole in heads
    listed = [text_of(e) for e in tree.iter("small")]
    assert any("Mara <Linden> · Port Gazette · 2023-05-12 · quoted" in text for text in listed)


def test_address_is_short_and_its_host_the_one_it_leads_to() -> None:
    assert short_address("https://www.e.org/a/") == "e.org/a"
    assert short_address("http://bank.example@evil.example/" + "x" * 60) == "evil.example/…"


def test_unused_sources_are_folded_where_they_are_many(words: Encoder) -> None:
    text = "The mayor closed the old bridge on Monday."
    for number, state in ((9, "open"), (10, None)):
        texts = [text, *[f"Ferry {n} sails. Bridges need paint." for n in range(number - 1)]]
        tree = parse(summarize(texts, words=8, encoder=words, keep_all=True).to_html())
        (also,) = [e for e in tree.iter("details") if text_of(e).startswith("Not cited")]
        assert (also.get("open") is not None) == (state == "open")
        listed = [int(e.get("value")) for e in tree.iter("li") if e.get("value")]
        assert sorted(listed) == list(range(1, number + 1))


def test_other_words_are_shown_and_many_of_them_counted(words: Encoder) -> None:
    quote = "The mayor closed the bridge."
    others = tuple(
        Passage(n, 0, 9, f"In words of {n % 12} she closed it.", "", 0.9) for n in range(2, 30)
    )
    sources = tuple(Source(n, f"{n}.txt", "", None, None, None, 1, True) for n in range(1, 30))
    shown = Summary(
        (CitedSentence(quote, 1, 0, 9, 0, 1.0, agreeing=others),),
        sources,
        Budget("words", 9),
        (),
        "",
    ).to_html()
    (evidence,) = [e for e in parse(shown).iter("details") if "others" in text_of(e)[:30]]
    wordings = [text_of(e) for e in evidence.iter("span") if e.get("class") == "quote"]
    assert wordings == [f"In words of {n} she closed it." for n in range(2, 10)]
    chips = [int(text_of(e)) for e in evidence.iter("a")]
    assert sorted(chips) == list(range(2, 30))


def test_pictures_leave_out_what_is_not_known(words: Encoder) -> None:
    made = summarize(["One bridge was closed."], words=9, encoder=words).to_html()
    assert "<figure>" not in made
    source = Source(1, "a", "", None, None, "soon", 1, False)
    without = Summary((), (source,), Budget("words", 9), (), "").to_html()
    assert "<figure>" not in without


def test_list_of_sources_says_who_published_and_what_is_shared() -> None:
    made = SUMMARY.to_html()
    assert made.count("Ann [B] · C · 2020-05-01 · ") >= 2
    assert '<small>shares text with <a href="#d1">1</a></small>' in made
    assert 'C · <code>e.txt</code> · shares text with <a href="#d4">4</a></p>' in made
    assert '<code>d.txt</code> · shares text with <a href="#d1">1</a></p>' in made


def test_command_writes_the_page(tmp_path: Path, page: str, summary: Summary) -> None:
    target = tmp_path / "report.html"
    sources = [source.path for source in summary.sources]
    assert invoke("--format", "html", "-o", target, *sources) == (0, "", "")
    assert target.read_text(encoding="utf-8") == page + "\n"


def headline_of(*titles: str) -> tuple[str, str]:
    """Return the headline of a page of sources with these titles, and what stands below it."""
    sources = tuple(
        Source(number, f"{number}.txt", title, None, None, None, 1, True)
        for number, title in enumerate(titles, 1)
    )
    text = "The mayor closed the old bridge of Aldwick on Monday."
    quote = CitedSentence(text, 1, 0, len(text), 0, 1.0)
    page = parse(Summary((quote,), sources, Budget("words", 9), (), "").to_html())
    header = page.find(".//header")
    return text_of(header.find("h1")), text_of(header.find("p"))


def test_headline_is_the_most_central_title() -> None:
    titles = (
        "Home",
        "Aldwick bridge closed",
        "What the ferry costs",
        "Closed bridge of Aldwick: why",
    )
    headline, below = headline_of(*titles)
    assert headline == "Aldwick bridge closed"
    assert below.startswith("Summary of 4 sources · headline of 2")
    assert headline_of("Home", "", "Welcome")[0] == "Summary of 3 sources"
