"""The page of HTML: what it holds, and that nothing in a source can change what it is."""

import hashlib
import html
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Citation, CitedSentence, Document, Encoder, Summary, summarize
from summarizer.datatypes import Budget, Place, Source
from summarizer.rendering.addresses import web_address
from summarizer.rendering.escaping import escape
from summarizer.rendering.marking import mark_passages

from .test_cli import invoke
from .test_rendering import SUMMARY

HOSTILE = (
    'The mayor closed the old bridge on Monday</script><script>window.hacked = 1</script>, "said" '
    "<img src=x onerror='window.hacked = 1'> & the council\x07 \u202eof the port\x1b[31m. "
    '"><svg onload="window.hacked = 1"> engineers found rust in the cables <!-- of the bridge. '
    "</style></textarea></title><a href='javascript:window.hacked = 1'>They</a> sold 12 ferries."
)


def hostile_summary() -> Summary:
    """Summarize documents all fields of which try to break out."""
    evil = "\"'><script>window.hacked = 1</script>\x00\u202e"
    documents = [
        Document(evil, HOSTILE, title=evil, path=evil, url="javascript:window.hacked = 1"),
        Document("b", HOSTILE + " Ferries were sold.", url='https://e.org/"><script>'),
        Document("c", "The council praised the plan. " + HOSTILE.replace("Monday", "Friday")),
    ]
    return summarize(documents, ratio=1.0)


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
    marks = {mark.get("id"): mark for mark in tree.iter("mark")}
    for number, quote in enumerate(summary.sentences, 1):
        passages: list[CitedSentence | Citation] = [quote, *quote.corroboration]
        for passage in passages:
            mark = marks[f"p{passage.source}-{passage.start}-{passage.end}"]
            assert text_of(mark) == passage.text
            assert str(number) in mark.get("data-backs").split()


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


def test_page_is_small_beside_its_texts(page: str, example: list[Document]) -> None:
    assert len(page.encode()) < 60_000 + 2 * sum(len(d.text.encode()) for d in example)


def test_many_sources_stay_within_the_size(words: Encoder) -> None:
    documents = [
        Document(
            f"{n}.txt",
            f"Source {n} says that bridge {n * k} of {k} was closed. " * 9,
            date=f"2020-01-{n % 28 + 1:02}",
        )
        for n in range(60)
        for k in (7,)
    ]
    made = summarize(documents, ratio=1.0, encoder=words).to_html(explain=True)
    parse(made)
    assert len(made.encode()) < 300_000 + 8 * sum(len(d.text) for d in documents)


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
    assert escape("a\r\nb\rc\u2028d\te\0f") == "a\nb\nc\nd\te f"
    assert escape("<&\">'") == "&lt;&amp;&quot;&gt;&#x27;"
    assert escape("\x1b\u202e\ud800\x85\ufeff\u200d") == "\\x1b\\u202e\\ud800\n\ufeff\u200d"


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
    marked = mark_passages(
        "abc<def", 2, {(0, 4): [1], (2, 6): [2, 3], (2, 3): [], (6, 99): [4], (5, 5): [5]}
    )
    tree = parse(f"<!doctype html><title>t</title><div>{marked}</div>")
    (whole,) = tree.iter("div")
    assert text_of(whole) == "abc<def"
    assert [(text_of(m), m.get("data-backs")) for m in tree.iter("mark")] == [
        ("ab", "1"),
        ("c", "1 2 3"),
        ("<", "1 2 3"),
        ("de", "2 3"),
    ]
    names = [e.get("id") for e in tree.iter() if e.get("id")]
    assert names == ["p2-0-4", "p2-2-6", "p2-2-3"]


@given(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cc", "Cs"]), max_size=20),
    st.dictionaries(
        st.tuples(st.integers(-1, 22), st.integers(-1, 22)),
        st.lists(st.integers(1, 5), max_size=2),
        max_size=5,
    ),
)
def test_marks_change_nothing_of_a_text(
    text: str, passages: dict[tuple[int, int], list[int]]
) -> None:
    marked = mark_passages(text, 1, passages)
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parseFragment(marked)
    assert text_of(tree) == html.unescape(escape(text))
    names = [element.get("id") for element in tree.iter() if element.get("id")]
    wanted = {f"p1-{start}-{end}" for start, end in passages if 0 <= start < end <= len(text)}
    assert sorted(names) == sorted(wanted)


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


def test_pictures_leave_out_what_is_not_known(words: Encoder) -> None:
    made = summarize(["One bridge was closed."], words=9, encoder=words).to_html()
    assert "<figure>" not in made
    places = tuple(Place(1, n, n + 1, n / 4, 0.5, 0) for n in range(4))
    source = Source(1, "a", "", None, None, "soon", 1, False)
    without = Summary((), (source,), Budget("words", 9), (), "", places=places).to_html()
    assert "<figure>" not in without


def test_command_writes_the_page(tmp_path: Path, page: str, summary: Summary) -> None:
    target = tmp_path / "report.html"
    sources = [source.path for source in summary.sources]
    assert invoke("--format", "html", "-o", target, *sources) == (0, "", "")
    assert target.read_text(encoding="utf-8") == page + "\n"
