"""What a notebook makes of a summary."""

import html
import re
import sys

import html5lib
import pytest

from summarizer import Document, Encoder, SummarizerError, Summary, summarize
from summarizer.datatypes import Budget

from ..render.test_page import hostile_summary
from ..render.test_render import SUMMARY


def test_fragment_has_the_sentences_and_the_sources() -> None:
    shown = SUMMARY._repr_html_()
    html5lib.HTMLParser(strict=True).parseFragment(shown)
    lines = re.sub("<br>|</p>", "\n", shown)
    plain = html.unescape(re.sub("<[^>]*>", "", lines)).strip().split("\n")
    assert plain == [line for line in str(SUMMARY).split("\n") if line]
    assert '<a href="https://e.org/b' not in shown


def test_fragment_is_markup_of_this_package_alone() -> None:
    summary = hostile_summary()
    shown = summary._repr_html_()
    html5lib.HTMLParser(strict=True).parseFragment(shown)
    assert set(re.findall(r"</?(\w+)", shown)) == {"div", "p", "bdi", "sup", "strong", "br", "b"}
    differing = [passage for quote in summary.sentences for passage in quote.differing]
    assert (
        len(re.findall("<b>|<b ", shown))
        == sum(len(passage.differences) for passage in differing)
        > 0
    )
    assert not re.search(r"<[^>]*\s(?!class=\"(?:summarizer|differs)\"|dir=\"auto\")", shown)
    assert "\u202e" not in shown


def test_address_of_the_web_is_a_link(words: Encoder) -> None:
    document = Document("a", "The mayor closed the old bridge.", url="https://e.org/?a=1&b=2")
    shown = summarize([document], encoder=words)._repr_html_()
    assert '<a href="https://e.org/?a=1&amp;b=2" rel="noopener noreferrer">' in shown


def test_markdown_is_that_of_the_command() -> None:
    assert SUMMARY._repr_markdown_() == SUMMARY.to_markdown()


def test_table(example: list[Document], words: Encoder) -> None:
    summary = summarize(example, words=90, encoder=words)
    table = summary.to_pandas()
    assert list(table["text"]) == [sentence.text for sentence in summary.sentences]
    assert list(table["agreeing"]) == [
        [passage.source for passage in sentence.agreeing] for sentence in summary.sentences
    ]
    first = table.iloc[0]
    source = summary.sources[first["source"] - 1]
    assert (first["title"], first["path"]) == (source.title, source.path)
    assert source.path is not None
    assert example[first["source"] - 1].text[first["start"] : first["end"]] == first["text"]
    assert list(Summary((), (), Budget("words", 1), (), "").to_pandas().columns) == list(table)


def test_without_pandas_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(SummarizerError, match=r"^pandas is not installed: pip install pandas$"):
        SUMMARY.to_pandas()
