"""Files of word processors: Word, OpenDocument, rich text."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from summarizer import body
from summarizer.reading.documents import Origin
from summarizer.reading.parsing import parse

from .conftest import ROOT
from .stories import DATE, TEXT, TITLE, odt_story, rtf_story, zipped
from .test_formats import read_bytes


def test_rich_text(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, "a.rtf", rtf_story())
    assert (body(document), document.title, document.date) == (TEXT, TITLE, DATE)
    assert document.marks is not None
    assert document.marks.kind == "paragraph"


@pytest.mark.parametrize(
    ("info", "title", "author", "date"),
    [
        (rb"{\title \'8a\'e9f\u321? d}{\author Zo\'eb}", "ŠéfŁ d", "Zoë", None),
        (b"{\\title One \ntwo}{\\creatim\\yr2023\\mo5\\dy7}", "One two", None, "2023-05-07"),
        (rb"{\title }{\creatim\yr2023\mo13\dy1}", "", None, None),
    ],
)
def test_what_rich_text_says_of_itself(
    info: bytes, title: str, author: str | None, date: str | None
) -> None:
    data = rb"{\rtf1\ansi\ansicpg1250{\info" + info + rb"}\f0 One.\par}"
    (document,) = parse("rtf", data, Origin("a", None))
    assert (document.title, document.author, document.date) == (title, author, date)


def test_open_document(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, "a.odt", odt_story())
    assert (body(document), document.title, document.date) == (TEXT, TITLE, DATE)
    assert "comment" not in document.text


def test_word_file_that_says_nothing_of_itself(tmp_path: Path) -> None:
    with ZipFile(ROOT / "examples" / "formats" / "story.docx") as story:
        files = {name: story.read(name) for name in story.namelist()}
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"core-properties", b"none")
    (document,) = read_bytes(tmp_path, "a.docx", zipped(files))
    assert (document.title, document.date, document.author) == (TITLE, None, None)
