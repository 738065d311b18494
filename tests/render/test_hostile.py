"""Strangers' text in every output: it is shown, and drives, injects and leads nowhere."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import cmarkgfm
import html5lib
import pytest
from cmarkgfm.cmark import Options

from summarizer import (
    Budget,
    CheckedText,
    CitedSentence,
    Difference,
    Differences,
    DifferingPassage,
    Document,
    Documents,
    Passage,
    Source,
    Summary,
    Timeline,
    check,
    differences,
    timeline,
)
from summarizer.datatypes import Explanation, Phrase
from summarizer.render.text import Style, render_terminal

TEXTS = {
    "script": "</script><script>hacked()</script><img src=x onerror=hacked()>",
    "attribute": '" onmouseover="hacked()" x=\'',
    "template": "{{ 7 * 7 }}{% include 'page.html' %}${7*7}",
    "overrides": "a\u202eb\u2066c\u2069d",
    "marks": "a\u200eb\u200fc\u061cd",
    "sequences": "a\x1b[31mb\x1b]8;;https://evil.example\x07c\x9b2J\x07",
    "controls": "a\x00b\x08c\x7fd\x85e\x0bf",
    "lines": "a\r\n\r\n# b\n\n[1] Forged\u2028c\u2029d",
    "surrogates": "a\ud800b\udcffc",
    "formula": "=HYPERLINK(\"https://evil.example\")+cmd|' /C calc'!A0",
    "brackets": "a] [b](https://evil.example) [^1] ![c](x) [^9]: d <https://evil.example>",
    "reference": "[evil]: https://evil.example",
    "bare": "see https://evil.example and www.evil.example!",
    "entities": "&lt;script&gt; &#60;b&#62; &amp;",
    "emphasis": "**a** __b__ ~~c~~ `d` ||e|| $f$ \\*g",
    "list": "- a",
    "heading": "# a",
    "rule": "===",
    "table": "| a | b |",
    "rich": "[bold red]a[/] [link=https://evil.example]b[/link] :smile:",
    "exclamation": "What a day!",
}
DRIVING = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
OWN = re.compile(r"\x1b\[\d*m|\x1b\]8;;(?:(?:https?|file):[!-~]*)?\x1b\\")
JSON_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|.)")


def summary_of(text: str) -> Summary:
    """Return a summary in which all that a stranger may write is a text."""
    address = f"https://good.example/{text}"
    sources = (
        Source(1, text, text, text, text, None, 1, True, text, text, metadata={text: text}),
        Source(2, text, text, text, address, None, 1, True, text, text, copy_of=3),
        Source(3, text, text, None, f"javascript:{text}", None, 1, False),
    )
    words = Difference(0, len(text), text, 0, len(text), text)
    spans = (2, 0, len(text), text)
    quote = CitedSentence(
        *(text, 1, 0, len(text), 0, 1.0),
        where=text,
        agreeing=(Passage(*spans, text, 0.5),),
        partly=(Passage(*spans, text, 0.5),),
        copies=(Passage(*spans, text, 0.5),),
        differing=(DifferingPassage(*spans, text, 0.5, differences=(words,)),),
    )
    why = Explanation(0.5, 0.5, (Phrase(text, 0.5, (1,)),), None)
    return Summary((quote,), sources, Budget("words", 9), (text,), text, (why,))


def plain(summary: Summary) -> str:
    """Render as text."""
    return summary.to_text(explain=True) + "\n" + summary.sources_to_text()


def terminal(summary: Summary) -> str:
    """Render for a terminal, without the sequences that are ours."""
    shown = render_terminal(summary, Style(40, color=True, links=True), explain=True)
    for link in re.findall(r"\x1b\]8;;([^\x1b]+)", shown):
        assert re.match(r"(?i)https?://(?:good\.example|(?:[^/]*@)?e\.org)|file:///", link)
    return OWN.sub("", shown)


def markdown(summary: Summary) -> str:
    """Render as Markdown."""
    return summary.to_markdown(explain=True) + "\n" + summary.sources_to_markdown()


def record(summary: Summary) -> str:
    """Render as JSON."""
    return summary.to_json()


def page(summary: Summary) -> str:
    """Render as a page and as what a notebook shows."""
    return summary.to_html(explain=True) + summary._repr_html_()


OUTPUTS = [plain, terminal, markdown, record, page]


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("name", TEXTS)
def test_nothing_drives_what_shows_it(name: str, output: Callable[[Summary], str]) -> None:
    shown = output(summary_of(TEXTS[name]))
    assert not DRIVING.search(shown)
    shown.encode()


def elements(made: str) -> tuple[list[tuple[str, list[str]]], set[str]]:
    """Return the elements of HTML but links, with their attributes, and where links lead."""
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(made)
    found = [element for element in tree.iter() if isinstance(element.tag, str)]
    others = [(e.tag, sorted(map(str, e.attrib))) for e in found if e.tag != "a"]
    return others, {e.get("href") for e in found if e.tag == "a"}


@pytest.mark.parametrize("name", TEXTS)
def test_page_has_the_elements_of_any_other_page(name: str) -> None:
    made = summary_of(TEXTS[name]).to_html(explain=True)
    html5lib.HTMLParser(strict=True).parse(made)
    found, links = elements(made)
    # A title without words is no headline.
    harmless = "harmless" if any(map(str.isalnum, TEXTS[name])) else "!"
    assert found == elements(summary_of(harmless).to_html(explain=True))[0]
    for link in links:
        assert re.match(r"#(?:sources|[pds][\d-]+)$|https://good\.example/", link)
    fragment = summary_of(TEXTS[name])._repr_html_()
    assert elements(fragment)[0] == elements(summary_of("harmless")._repr_html_())[0]


@pytest.mark.parametrize("name", TEXTS)
def test_timelines_differences_and_checks_drive_nothing(name: str) -> None:
    def made(text: str) -> tuple[Timeline, Differences, CheckedText]:
        given = (
            "{} of the ferry\n\nThe ferry Astra sank off Norway on Friday, killing {} passengers."
        )
        documents = [
            Document(f"{n}", given.format(text, n), text, "2024-03-04", f"{n}{text}")
            for n in (12, 17)
        ]
        return timeline(documents), differences(documents), check(documents[0], documents)

    for found in made(TEXTS[name]):
        assert not DRIVING.search(found.to_text())
        json.loads(found.to_json().encode())
        page = found.to_html()
        page.encode()
        html5lib.HTMLParser(strict=True).parse(page)
        assert not re.search(r"<[^>]*\bhacked\(|<(?:script|img)[^>]*>[^<]*hacked", page)
        assert not DRIVING.search(page)


@pytest.mark.parametrize("name", TEXTS)
def test_markdown_has_the_elements_of_any_other(name: str) -> None:
    def parsed(text: str) -> tuple[list[tuple[str, list[str]]], set[str]]:
        given = summary_of(text).to_markdown(explain=True)
        options = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE
        return elements(cmarkgfm.github_flavored_markdown_to_html(given, options))

    found, links = parsed(TEXTS[name])
    assert found == parsed("harmless")[0]
    for link in links:
        assert re.match(r"#fn(?:ref)?-[123](?:-\d)?$|https://good\.example/|(?!\w+:|//)", link)


@pytest.mark.parametrize("name", TEXTS)
def test_lines_of_text_are_ours(name: str) -> None:
    lines = [summary_of(text).to_text(explain=True).split("\n") for text in ("a", TEXTS[name])]
    assert len(lines[0]) == len(lines[1])
    styled = summary_of(TEXTS[name])
    assert terminal(styled).split() == styled.to_text(explain=True).split()


@pytest.mark.parametrize("name", TEXTS)
def test_json_says_the_text_itself(name: str) -> None:
    text = TEXTS[name]
    summary = summary_of(text)
    found = json.loads(summary.to_json())
    assert found["sentences"][0]["text"] == found["sources"][0]["title"] == text
    assert Summary.from_json(summary.to_json()) == summary


PASSWORDS = [
    "https://ann:secret@e.org/a",
    "ftp://ann:se:cr@secret@e.org/a.txt",
    "HTTPS://:secret@e.org",
    "s3://ann:secret@bucket/a/b.txt",
]


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("address", PASSWORDS)
def test_no_password_is_shown(address: str, output: Callable[[Summary], str]) -> None:
    summary = summary_of("harmless")
    source = Source(1, address, "", address, address, None, 1, True)
    warnings = (f"{address}: is empty",)
    shown = output(replace(summary, sources=(source, *summary.sources[1:]), warnings=warnings))
    assert "secret" not in shown
    assert "e.org" in shown or "bucket" in shown


@pytest.mark.parametrize("address", PASSWORDS)
def test_no_warning_shows_a_password(address: str) -> None:
    documents = Documents([Document("a", "It rained on 3 May 2021.")], [f"{address}: is empty"])
    for found in (check("It rained.", documents), differences(documents), timeline(documents)):
        assert "secret" not in found.to_json()
        assert ": is empty" in found.warnings[0]


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize(
    "address", ["https://[bad]/x", "https://[::1/x", "http://", "https://e.org:a/"]
)
def test_broken_address_breaks_nothing(address: str, output: Callable[[Summary], str]) -> None:
    summary = summary_of("harmless")
    source = replace(summary.sources[0], url=address)
    assert output(replace(summary, sources=(source, *summary.sources[1:])))
