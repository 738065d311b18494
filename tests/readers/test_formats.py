"""Files of every format, written by the libraries that people write them with."""

import gzip
import json
from pathlib import Path

import pytest

from summarizer import CitedSentence, Document, Encoder, Passage, ReadError, body, read, summarize
from summarizer.readers.documents import Origin, find_day
from summarizer.readers.formats import parse

from ..builders import (
    AUTHOR,
    DATE,
    PARAGRAPHS,
    ROOT,
    SITE,
    STORIES,
    TEXT,
    TITLE,
    URL,
    html_story,
    mail_story,
    pdf_story,
)


def read_bytes(folder: Path, name: str, data: bytes) -> list[Document]:
    """Write a file and read it."""
    (folder / name).write_bytes(data)
    return list(read([folder / name]))


@pytest.mark.parametrize("name", STORIES)
def test_examples_are_what_the_stories_write(name: str) -> None:
    assert (ROOT / "examples" / "formats" / name).exists()
    if not name.endswith((".docx", ".pdf")):  # which hold the time and versions of what wrote them
        assert (ROOT / "examples" / "formats" / name).read_bytes() == STORIES[name]()


@pytest.mark.parametrize("name", STORIES)
def test_story_is_told_by_its_content_under_any_name(name: str, tmp_path: Path) -> None:
    data = (ROOT / "examples" / "formats" / name).read_bytes()
    for file in (name, "story", "story.txt"):
        found = read_bytes(tmp_path, file, data)
        assert "\n\n".join(map(body, found)) == TEXT, file
        assert (found[0].title, found[0].date) == (TITLE, DATE)


def test_author_site_and_address() -> None:
    found = {d.id: d for d in read([ROOT / "examples" / "formats"])}
    assert {d.author for d in found.values()} == {AUTHOR, None}
    assert [name for name, d in found.items() if d.author is None] == ["story.csv#2", "story.csv#3"]
    page = found["story.html"]
    assert (page.author, page.site, page.url) == (AUTHOR, SITE, URL)
    assert found["story.csv#3"].url == f"{URL}-ferry"


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("story.html", "paragraph 1"),
        ("story.docx", "paragraph 2"),  # the headline is its first
        ("story.eml", "line 1"),
        ("story.csv", "row 2"),
        ("story.pdf", "page 1"),
    ],
)
def test_citation_says_where_to_look(name: str, mark: str, words: Encoder) -> None:
    summary = summarize(read([ROOT / "examples" / "formats" / name]), words=300, encoder=words)
    first = next(quote for quote in summary.sentences if quote.text == PARAGRAPHS[0])
    assert first.where == mark
    shown = "" if mark.startswith("line") else f", {mark}"
    assert f"{PARAGRAPHS[0]} [1{shown}" in str(summary)
    last = next(quote for quote in summary.sentences if quote.text == PARAGRAPHS[-1])
    expected = {
        "line 1": "line 13",
        "page 1": "page 2",
        "row 2": "row 3",
        "paragraph 1": "paragraph 7",
    }
    assert last.where == expected.get(mark, "paragraph 8")


def test_offsets_point_into_the_text_of_every_format(words: Encoder) -> None:
    documents = read([ROOT / "examples" / "formats"])
    summary = summarize(documents, sentences=6, encoder=words)
    assert summary.sentences
    for quote in summary.sentences:
        passages: list[Passage | CitedSentence] = [quote, *quote.passages]
        for passage in passages:
            text = documents[passage.source - 1].text
            assert text[passage.start : passage.end] == passage.text
            assert passage.where


def test_page_in_an_old_encoding(tmp_path: Path) -> None:
    page = html_story("iso-8859-2").replace(b"Skarn", "Skærn Łódź".encode("iso-8859-2", "replace"))
    (document,) = read_bytes(tmp_path, "a.html", page)
    assert "island of Sk?rn Łódź in June" in document.text


def test_short_boxes_of_a_page_are_paragraphs(tmp_path: Path) -> None:
    said = [PARAGRAPHS[0], "She looked at it.", "“I had two.”", PARAGRAPHS[1]]
    boxes = "".join(f"<div><div><span>{words}</span></div></div>" for words in said)
    page = f"<html><body><div><a href='/'>Home</a></div><div>{boxes}</div></body></html>"
    (document,) = read_bytes(tmp_path, "page.html", page.encode())
    assert document.text.split("\n\n") == said


def test_page_without_an_article(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, "a.html", b"<html><body><p>Only one line.</p></body></html>")
    assert document.text == "Only one line."
    with pytest.raises(ReadError, match=r"b\.html: holds no text"):
        read_bytes(tmp_path, "b.html", b"<html><body></body></html>")


def test_mail_that_is_a_page(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, "a.eml", mail_story(html=True))
    assert (body(document), document.author, document.title) == (TEXT, AUTHOR, TITLE)


def test_mail_in_an_unknown_encoding(tmp_path: Path) -> None:
    header = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=x-none\n\n"
    (document,) = read_bytes(tmp_path, "a.eml", header + "Où est-il passé ?".encode())
    assert document.text == "Où est-il passé ?"


def test_memo_that_looks_like_a_mail_stays_a_text(tmp_path: Path) -> None:
    memo = "From: the mayor\nTo: all\n\nThe bridge is closed."
    (document,) = read_bytes(tmp_path, "a.txt", memo.encode())
    assert document.text == memo


def test_mailbox(tmp_path: Path) -> None:
    letter = b"From mara@gazette.example Fri May 12 08:30:00 2023\n" + mail_story() + b"\n"
    found = read_bytes(tmp_path, "inbox", letter + letter.replace(b"The harbour", b">From harbour"))
    assert [d.id for d in found] == ["inbox#1", "inbox#2"]
    assert [d.text[:12] for d in found] == ["The harbour ", "From harbour"]
    journey = letter.replace(b"\n\nAbout", b"\n\nFrom Rome to Oslo in 2019\nAbout")
    (document,) = read_bytes(tmp_path, "b", journey)
    assert "From Rome to Oslo in 2019\nAbout three thousand people" in document.text


@pytest.mark.parametrize(
    ("name", "data", "rows"),
    [
        ("a.jsonl", b'{"Text": "One."}\n\n{"TEXT": "Two."}\n{"x": 1}', [1, 3]),
        ("a.json", b'[{"article": "One."}, {"text": " "}, {"text": "Two."}]', [1, 3]),
        ("a.json", b'{\n"content": "One."\n}', [1]),
        ("a", b'{"body": "One."}\n', [1]),
        ("a.csv", b'id;full_text\n1;"One\nand half."\n2;\n3;Two.', [2, 4]),
        ("a.csv", b"text,title\nOne.,A\n\nTwo.,B\n\n", [2, 4]),
        ("a.tsv", "\ufefftext\ttitle\nOne.\tA".encode(), [2]),
        ("a", b"title,text\r\nA,One.\r\n", [2]),
    ],
)
def test_rows(tmp_path: Path, name: str, data: bytes, rows: list[int]) -> None:
    found = read_bytes(tmp_path, name, data)
    assert [d.marks and d.marks.first for d in found] == rows
    assert found[0].text.startswith("One")
    assert [d.id for d in found] == [f"{name}#{row}" for row in rows]


def test_rows_without_text_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,title\nOne.,A\n,B\n,C\n")
    assert read([tmp_path]).skipped == (f"{tmp_path / 'a.csv'}: 2 rows without text left out",)
    (tmp_path / "a.csv").write_text("text,title\nOne.,A\n\n")
    assert read([tmp_path]).skipped == ()


def test_broken_lines_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n{"text"\n{"text": "Two."}\n{"te')
    found = read([tmp_path])
    assert [d.text for d in found] == ["One.", "Two."]
    name = tmp_path / "a.jsonl"
    assert found.skipped == (f"{name}: line 2 and 1 more not JSON; left out",)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"x,y\n1,2\n", "has no text in a column called text, content, body, article"),
        ("a.jsonl", b'{"text": \n', "line 1 is not JSON; mend or remove it"),
        ("a.pdf", b"%PDF-1.7\n nothing", "is a damaged PDF"),
        ("a.docx", b"PK\x03\x04 nothing", "is a damaged ZIP archive"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "is an old or locked Office file; save it as DOCX",
        ),
        ("a.xml", b"<?xml version='1.0'?><rss/>", "is XML of a kind that is not read"),
        ("a.eml", b"From: a@b\nReceived: now\n\n\n", "is a mail without text"),
        ("a.txt.gz", gzip.compress(b"\0\1\2" * 99, mtime=0), "is not text"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_line(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    with pytest.raises(ReadError) as error:
        read_bytes(tmp_path, name, data)
    assert message in str(error.value)
    assert str(error.value).startswith(str(tmp_path / name))
    assert "\n" not in str(error.value)


def test_pdf_without_text_or_with_a_password(tmp_path: Path) -> None:
    from fpdf import FPDF

    blank = FPDF()
    blank.add_page()
    with pytest.raises(ReadError, match="holds no text, only images of pages; run it through OCR"):
        read_bytes(tmp_path, "a.pdf", bytes(blank.output()))
    locked = FPDF()
    locked.set_encryption(owner_password="a", user_password="b")
    locked.add_page()
    with pytest.raises(ReadError, match=r"b\.pdf: is locked with a password"):
        read_bytes(tmp_path, "b.pdf", bytes(locked.output()))


def test_sentence_across_pages(tmp_path: Path) -> None:
    pages = (("The mayor closed the old harbour bridge on",), ("Monday. It was full of rust.",))
    (document,) = read_bytes(tmp_path, "a.pdf", pdf_story(pages))
    assert document.text.endswith("closed the old harbour bridge on Monday. It was full of rust.")
    assert document.marks is not None
    assert document.text[document.marks.starts[1] :] == "Monday. It was full of rust."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-07-20T10:00Z", "2019-07-20"),
        ("20190720101500", "2019-07-20"),
        ("20190720", "2019-07-20"),
        ("Sat, 20 Jul 2019 23:30:00 -0500", "2019-07-20"),
        ("July 20, 2019", "2019-07-20"),
        ("20/07/2019", "2019-07-20"),
        ("03/04/2019", None),
        ("July 2019", None),
        ("2019-13-45", None),
        ("yesterday", None),
        ("6" * 55 + "2m0", None),
        ("", None),
    ],
)
def test_days(text: str, day: str | None) -> None:
    assert find_day(text) == day


def test_json_of_a_summary_names_the_place() -> None:
    summary = summarize(
        ["One sentence stands here today.\nAnother one stands there today."], sentences=2
    )
    assert [s["where"] for s in json.loads(summary.to_json())["sentences"]] == ["line 1", "line 2"]


def test_headings_of_a_page_are_body_but_not_quoted(words: Encoder) -> None:
    text = "The harbour bridge of Port Aldwick\n\nThe mayor closed it on Monday morning."
    document = Document("a", text, extracted=True)
    assert body(document) == text
    (quote,) = summarize([document], words=100, encoder=words).sentences
    assert quote.text == "The mayor closed it on Monday morning."
    assert "Aldwick" not in body(Document("a", text))


def test_ligatures_of_a_pdf_are_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdfium2 import raw

    letters = raw.FPDFText_GetUnicode
    monkeypatch.setattr(
        raw,
        "FPDFText_GetUnicode",
        lambda *at: ord("ﬁ") if letters(*at) == ord("e") else letters(*at),
    )
    (document,) = parse("pdf", pdf_story(), Origin("a", None))
    assert PARAGRAPHS[0].replace("e", "fi") in document.text


def test_article_in_an_element_named_like_boilerplate_is_kept(tmp_path: Path) -> None:
    page = html_story().replace(b"<article>", b'<article class="has-share-bar">')
    long = page.replace(b"</article>", b"<p>Nobody saw the ferry again. </p>" * 20 + b"</article>")
    (document,) = read_bytes(tmp_path, "a.html", long)
    assert body(document).startswith(TEXT)
    assert body(read_bytes(tmp_path, "d.html", page)[0]) == TEXT
    boxed = html_story().replace(b'class="newsletter"', b'class="box Read-More"')
    assert body(read_bytes(tmp_path, "b.html", boxed)[0]) == TEXT
    (document,) = read_bytes(tmp_path, "c.html", html_story().replace(b'"newsletter"', b'"box"'))
    assert "newsletter" in body(document)
