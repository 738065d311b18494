"""Subtitles, presentations, spreadsheets, books, lists of literature; what a text must not become."""

import io
import json
from pathlib import Path

import pytest
from fpdf import FPDF

from summarizer import Document, ReadError, body, read
from summarizer.clean import clean
from summarizer.readers.documents import Locator, Origin
from summarizer.readers.formats import parse

from ..builders import (
    AUTHOR,
    DATE,
    PARAGRAPHS,
    TEXT,
    TITLE,
    epub_story,
    pptx_story,
    rtf_story,
    xlsx_story,
    zipped,
)
from .test_formats import read_bytes


def one(kind: str, data: bytes) -> Document:
    (document,) = parse(kind, data, Origin("a", None))
    return document


@pytest.mark.parametrize("name", ["a.vtt", "a"])
def test_subtitles_with_speakers(tmp_path: Path, name: str) -> None:
    text = """WEBVTT - a title

NOTE Made by a program

x-1
00:01.000 --> 00:02.500 align:left
<v Ada Lund>The ferry <i>Tern</i> was sold</v>

x-2
00:02.500 --> 00:04.000
<v Ada Lund>to Skarn &amp; sails in June.</v>
[applause]

01:00:04.000 --> 01:00:06.000
<v.loud Bo Rask>Who paid for it?</v>
"""
    (document,) = read_bytes(tmp_path, name, text.encode())
    told = (
        "Ada Lund: The ferry Tern was sold to Skarn & sails in June.\n\nBo Rask: Who paid for it?"
    )
    assert document.text == told
    locator = Locator(document)
    assert [locator.where(at) for at in (0, told.index("Bo"))] == ["00:00:01", "01:00:04"]


def test_subtitles_without_speakers(tmp_path: Path) -> None:
    cues = ("The ferry was sold", "(a horn sounds)", "in June.", "- Who paid?\n- The town.")
    text = "".join(
        f"{n}\r\n00:00:0{n},000 --> 00:00:0{n},900\r\n{cue}\r\n\r\n"
        for n, cue in enumerate(cues, 1)
    )
    (document,) = read_bytes(tmp_path, "a.srt", text.encode())
    assert document.text == "The ferry was sold in June.\n\nWho paid?\n\nThe town."
    with pytest.raises(ReadError, match="holds no words"):
        parse("subtitles", b"1\n00:00:01,000 --> 00:00:02,000\n[MUSIC]\n", Origin("a", None))


def test_subtitles_with_names_in_the_lines(tmp_path: Path) -> None:
    cues = (
        "OPERATOR: The first question is\nfrom Marco Bianchi of Akros.",
        "BIANCHI: How much was sold?",
        "FERRETTI: We sold nine kilns.",
        "Two of them run on power.",
        ">> OPERATOR: Next is Elena Russo.",
        "RUSSO: When does the third open?",
        "FERRETTI: Next May.",
    )
    text = "".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{cue}\n\n" for n, cue in enumerate(cues, 1)
    )
    (document,) = read_bytes(tmp_path, "a.srt", text.encode())
    found = {
        document.text[b.start : b.end]: (b.speaker, Locator(document).where(b.start))
        for b in clean([document])[0].blocks
        if b.kind == "body"
    }
    assert found["We sold nine kilns."] == ("FERRETTI", "00:00:03")
    assert found["Two of them run on power."] == ("FERRETTI", "00:00:04")
    assert found["When does the third open?"] == ("RUSSO", "00:00:06")
    assert ">>" not in document.text


def test_what_is_said_again_in_subtitles_is_no_speaker(tmp_path: Path) -> None:
    cues = (
        "My aunt knew boats.",
        "He told me: keep it dry",
        "and then",
        "He told me: lend it not.",
    )
    text = "".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{cue}\n\n" for n, cue in enumerate(cues, 1)
    )
    (document,) = read_bytes(tmp_path, "a.srt", text.encode())
    assert document.text == " ".join(cues)


def test_presentation(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, "a", pptx_story())
    assert (document.title, document.author) == (TITLE, AUTHOR)
    first, *rest = PARAGRAPHS
    expected = [f"{TITLE} (1)", first, "Thank the divers."]
    for number, paragraph in enumerate(rest, 2):
        expected += [f"{TITLE} ({number})", paragraph]
    assert document.text.split("\n\n") == expected
    assert Locator(document).where(document.text.index(PARAGRAPHS[2])) == "slide 3"


def test_spreadsheet(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "a", xlsx_story())
    assert "\n\n".join(map(body, found)) == TEXT
    assert [document.id for document in found] == ["a#Stories#2", "a#Stories#3"]
    assert (found[0].title, found[0].date) == (TITLE, DATE)
    assert "(sheet Costs)" in read([tmp_path / "a"]).skipped[0]


def test_book(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, "a", epub_story())
    assert (document.text, document.title) == (TEXT, TITLE)
    assert (document.author, document.date) == (AUTHOR, DATE)


def test_lists_of_literature() -> None:
    ris = "TY  - JOUR\nTI  - Ice\nAU  - Lund, A.\nAB  - The ice\n  is thin.\nUR  - x\nER  - \n"
    for data in (ris, f"\ufeff{ris}".replace("\n", "\r\n")):
        document = one("ris", data.encode())
        assert (document.text, document.title, document.author) == (
            "The ice is thin.",
            "Ice",
            "Lund, A.",
        )
    entry = b'@article{a, title = {The {I}ce}, author = {Lund, A.}, abstract = {Na{\\"i}ve ice.}}'
    document = one("bibtex", entry)
    assert (document.text, document.title) == ("Naïve ice.", "The Ice")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"id,stars,opinion\n1,5,The kettle boils a litre in no time at all.\n"),
        ("a.csv", b"sep=;\nTitle, short;Text\nA;The kettle boils, a litre, in no time at all.\n"),
        ("a.csv", b"Title, short;x;Text\nA;b;The kettle, it boils a litre in no time.\n"),
        ("a.jsonl", b'{"reviewText": "<p>The kettle <b>boils</b> a litre.</p>"}'),
        ("a.json", b'{"meta": {"n": 1}, "messages": [{"message": "The kettle boils."}]}'),
        (
            "a.csv",
            "title,comment\nÖ,The kettle boils \u201cfast\u201d – at home.\n".encode("cp1252"),
        ),
    ],
)
def test_column_of_the_text_is_found(tmp_path: Path, name: str, data: bytes) -> None:
    (document,) = read_bytes(tmp_path, name, data)
    assert document.text.startswith("The kettle")
    assert "<" not in document.text


def test_column_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,other\nOne.,Two.\n")
    assert [document.text for document in read([tmp_path], column="other")] == ["Two."]
    with pytest.raises(ReadError, match="has no text in a column called none"):
        read([tmp_path], column="none")


def test_cells_beyond_the_columns_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text\nA,One.\nB,Two, and three.\n")
    assert (
        read([tmp_path])
        .skipped[0]
        .endswith("row 3 with more cells than there are columns; what is beyond them is left out")
    )


def test_powers_stay_powers() -> None:
    page = "<html><body><p>It made 3 × 10<sup class='a'>5</sup> on the 4<sup>th</sup> day.</p>"
    assert one("html", page.encode()).text == "It made 3 × 10⁵ on the 4th day."
    rich = rtf_story().replace(b"4.2 million", rb"10{\super 6}")
    assert "10⁶ crowns" in one("rtf", rich).text
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=12)
    pdf.write(6, "It made 3 x 10")
    pdf.char_vpos = "SUP"
    pdf.write(6, "5")
    pdf.char_vpos = "LINE"
    pdf.write(6, " neutrons in 2019.")
    assert one("pdf", bytes(pdf.output())).text == "It made 3 x 10⁵ neutrons in 2019."


def test_word_file_reads_as_with_all_changes_accepted() -> None:
    import docx
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    runs = {
        "w:ins": "<w:ins><w:r><w:t>in </w:t></w:r></w:ins>",
        "w:del": "<w:del><w:r><w:delText>gone </w:delText><w:tab/></w:r></w:del>",
        "from": "<w:moveFrom><w:r><w:t>moved </w:t></w:r></w:moveFrom>",
        "to": "<w:moveTo><w:r><w:t>here </w:t></w:r></w:moveTo>",
        "hidden": "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret </w:t></w:r>",
        "shown": '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown </w:t></w:r>',
        "raised": '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>',
    }
    file = docx.Document()
    split = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r>"
    inner = "".join(runs.values()).replace("<w:t>", '<w:t xml:space="preserve">')
    for place, content in enumerate((split.replace("<w:t>", '<w:t xml:space="preserve">'), inner)):
        file.element.body.insert(place, parse_xml(f"<w:p {space}>{content}</w:p>"))
    table = file.add_table(1, 3)
    for cell, text in zip(table.rows[0].cells, ("Bed", "12", "7"), strict=True):
        cell.text = text
    stream = io.BytesIO()
    file.save(stream)
    assert one("docx", stream.getvalue()).text == "One in here shown ²\n\nBed | 12 | 7"


def _set_across(left: tuple[str, ...], right: tuple[str, ...]) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=11)
    for row, (one_, other) in enumerate(zip(left, right, strict=True)):
        pdf.text(20, 30 + 5 * row, one_)
        pdf.text(110, 30 + 5 * row, other)
    return bytes(pdf.output())


def test_lines_set_across_columns_are_read_by_column() -> None:
    left = (
        "The lock at Harn was built",
        "in a dry summer and has never",
        "been closed since then.",
    )
    right = (
        "Its keeper lives beside it",
        "and sells eels to those who",
        "wait for the water to rise.",
    )
    expected = f"{' '.join(left)}\n\n{' '.join(right)}"
    assert one("pdf", _set_across(left, right)).text == expected


def test_note_at_the_foot_cuts_no_sentence() -> None:
    pdf = FPDF()
    pdf.set_auto_page_break(auto=False)
    for text, note in (
        ("The lock\nwas built\nat Harn.\n\nIts\nkeeper\nsells", "1 Eels are rare."),
        ("eels to all.", ""),
    ):
        pdf.add_page()
        pdf.set_font("times", size=12)
        pdf.multi_cell(0, 6, text)
        pdf.set_font("times", size=9)
        pdf.text(20, 280, note)
    found = one("pdf", bytes(pdf.output())).text.split("\n\n")
    assert found == [
        "The lock was built at Harn.",
        "Eels are rare.",
        "Its keeper sells eels to all.",
    ]


def test_pages_that_differ_in_digits_only_hold_text() -> None:
    pdf = FPDF()
    for number in range(5):
        pdf.add_page()
        pdf.set_font("times", size=12)
        pdf.multi_cell(0, 6, f"Bill {number} of the harbour.\nPay {number} crowns to the office.")
    text = one("pdf", bytes(pdf.output())).text
    assert all(f"Pay {number} crowns" in text for number in range(5))


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_broken_metadata_costs_itself_only(tmp_path: Path, kind: str) -> None:
    from zipfile import ZipFile

    from ..builders import docx_story, odt_story

    data, name = {
        "docx": (docx_story(), "docProps/core.xml"),
        "odt": (odt_story(), "meta.xml"),
    }[kind]
    with ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[name] = b"<broken" if kind == "odt" else files[name].replace(b"2023-05-12T", b"2023-99-")
    assert PARAGRAPHS[0] in one(kind, zipped(files)).text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20. Juli 2019", "2019-07-20"),
        ("le 20 juillet 2019 à 10h", "2019-07-20"),
        ("20 июля 2019 г.", "2019-07-20"),
        ("2019年7月20日", "2019-07-20"),
        ("06/07/2023 10:00 Uhr", None),
        ("juillet 2019", None),
        ("vor 3 Tagen", None),
    ],
)
def test_days_in_other_languages(text: str, day: str | None) -> None:
    from summarizer.readers.documents import find_day

    assert find_day(text) == day


def test_numbers_of_lines_are_no_text(tmp_path: Path) -> None:
    lines = ["Q.  Where did you", "    find the ring?"] * 6
    numbered = "".join(f"{n:3}  {line}\n" for n, line in enumerate(lines, 1))
    (document,) = read_bytes(tmp_path, "a.txt", numbered.encode())
    assert not any(map(str.isdigit, document.text))
    few = "1 sack of flour\n2 sacks of salt\n"
    assert read_bytes(tmp_path, "b.txt", few.encode())[0].text == few


def test_hyphens_that_only_man_pages_have(tmp_path: Path) -> None:
    (document,) = read_bytes(
        tmp_path, "a", "       It reads the stan‐\n       dard input.\n".encode()
    )
    assert document.text.strip() == "It reads the standard input."


def test_items_of_a_slide_are_items(tmp_path: Path) -> None:
    from pptx import Presentation

    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = "Pilots"
    slide.placeholders[
        1
    ].text = "Wages rise by four percent from May\nThe strike ends on Sunday night"
    file = io.BytesIO()
    slides.save(file)
    (document,) = read_bytes(tmp_path, "a.pptx", file.getvalue())
    assert document.date is None
    assert body(document).split("\n\n") == [
        "Wages rise by four percent from May",
        "The strike ends on Sunday night",
    ]


def test_answers_within_a_record_are_documents(tmp_path: Path) -> None:
    data = b"""{"title": "Bees", "selftext": "Our bees left the hive in May.", "links": [{"text": "x"}],
    "comments": [{"author": "kit", "body": "<jats:p>So did ours, a week later.</jats:p>"}]}"""
    first, second = read_bytes(tmp_path, "a.json", data)
    assert (first.title, second.author) == ("Bees", "kit")
    assert second.text == "So did ours, a week later."


def test_quoted_mail_in_a_page_is_not_the_senders(tmp_path: Path) -> None:
    data = b"""From: Ada Lund <a@example.org>
Subject: Glass
MIME-Version: 1.0
Content-Type: text/html

<div>The glass comes on Friday, and two panes are missing still.</div>
<div class="gmail_quote">On Monday Bo wrote:<blockquote>The frame of the house is up.</blockquote></div>
"""
    (document,) = read_bytes(tmp_path, "a.eml", data)
    assert "two panes" in document.text
    assert "frame" not in document.text


MAIL = (
    "From: Ada Lund <a@example.org>\nSubject: Glass\nMIME-Version: 1.0\nContent-Type: text/html\n\n"
)


@pytest.mark.parametrize(
    "head",
    [
        "<div>---------- Forwarded message ---------<br>From: Bo</div>",
        "<div><b>Von: </b>Bo</div><div><b>Betreff: </b>Haus</div><div><b>An: </b>Ada</div>",
    ],
)
def test_forwarded_mail_is_kept(tmp_path: Path, head: str) -> None:
    page = f'<div>See below.</div><div class="gmail_quote">{head}<p>The frame of the house is up.</p></div>'
    (document,) = read_bytes(tmp_path, "a.eml", (MAIL + page).encode())
    assert "frame of the house" in document.text


def test_mail_with_a_declaration_of_xml_is_read(tmp_path: Path) -> None:
    page = '<?xml version="1.0" encoding="utf-8"?><html><body><p>The frame of the house is up.</p></body></html>'
    (document,) = read_bytes(tmp_path, "a.eml", (MAIL + page).encode())
    assert "frame of the house" in document.text


def test_other_numbers_of_lines_are_text(tmp_path: Path) -> None:
    numbered = [
        f" {n} The court gave 7 crowns to each of the {n + 20} men in 4 weeks."
        for n in range(1, 13)
    ]
    (document,) = read_bytes(tmp_path, "a.txt", "\n".join(numbered).encode())
    assert document.text.count("gave 7 crowns") == 12
    assert "each of the 32 men in 4 weeks" in document.text
    repeated = "\n".join(["1 of the bridges of the town was closed in May."] * 12)
    (document,) = read_bytes(tmp_path, "b.txt", repeated.encode())
    assert document.text == repeated


def test_answers_in_exports_have_the_title_of_what_they_answer_and_their_authors(
    tmp_path: Path,
) -> None:
    issue = {
        "title": "Sync stops after sleep",
        "user": {"login": "mbeck", "id": 1},
        "body": "No file is sent until I restart it.",
        "comments": [{"user": {"login": "dana"}, "body": "The websocket is dead after sleep."}],
    }
    data = json.dumps([issue]).encode()
    found = [(d.title, d.author) for d in read_bytes(tmp_path, "a.json", data)]
    assert found == [("Sync stops after sleep", "mbeck"), ("Sync stops after sleep", "dana")]


def test_messages_in_parts(tmp_path: Path) -> None:
    message = {"from": "Ada", "text": ["See ", {"type": "link", "text": "x.org"}, " for the plan."]}
    other = {"from": "Bo", "text": "The plan is good."}
    found = read_bytes(tmp_path, "a.json", json.dumps({"messages": [message, other]}).encode())
    assert [(d.author, d.text) for d in found] == [
        ("Ada", "See x.org for the plan."),
        ("Bo", "The plan is good."),
    ]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Study Title,Brief Summary,Job Title", "Vitamin D in children"),
        ("título,texto,fecha", "Vitamin D in children"),
        ("No,Summary,Job Title", ""),
        ("Writer's Job Title,Summary,Grade", ""),
    ],
)
def test_columns_that_are_titles(tmp_path: Path, head: str, title: str) -> None:
    row = "Vitamin D in children,Half of the 230 children receive vitamin D for 48 weeks.,Nurse"
    (document,) = read_bytes(tmp_path, "a.csv", f"{head}\n{row}\n".encode())
    assert document.title == title
    assert document.text.startswith("Half of the 230")


def test_links_and_people_as_slack_labels_them(tmp_path: Path) -> None:
    text = "<@U02> calls to <https://pay.example|the payment API> failed in <#C7|shop>, <@U3|bo>."
    message = {"user": "U01", "user_profile": {"real_name": "Maya"}, "text": text}
    (document,) = read_bytes(tmp_path, "a.json", json.dumps([message]).encode())
    # What has no label is not lost.
    told = "<@U02> calls to the payment API failed in shop, bo."
    assert (document.author, document.text.strip()) == ("Maya", told)
    row = 'no,text\n1,"The header is <!then> read from <@root> by the compiler of the group."\n'
    (document,) = read_bytes(tmp_path, "a.csv", row.encode())
    assert "is <!then> read from <@root> by" in document.text


def test_a_list_of_paragraphs_as_a_text(tmp_path: Path) -> None:
    record = {"title": "Kiln", "text": ["The kiln is cold.", "It is lit in May."]}
    (document,) = read_bytes(tmp_path, "a.json", json.dumps([record]).encode())
    assert document.text == "The kiln is cold.\n\nIt is lit in May."


def test_links_to_other_articles_are_not_of_a_page() -> None:
    text = [
        "The council of Harle has bought a new ferry for nine million euros from a yard in Skarn.",
        "It carries forty cars and two hundred people, and it sails three times a day in summer.",
        "Its captain said that the old one had been mended too often, and too late in the year.",
    ]
    link = '<p><b>Ещё:</b> <a href="/old">The old ferry is for sale again.</a></p>'
    inner = f"<p>{text[0]}</p>{link}<p>{text[1]}</p><p>{text[2]}</p>"
    page = f'<html><body><a href="/">Home</a><article>{inner}</article></body></html>'
    (document,) = parse("html", page.encode(), Origin("a", None))
    assert "for sale again" not in document.text
    assert all(sentence in document.text for sentence in text)


@pytest.mark.parametrize("address", ["https://yard.example/said", "#note1"])
def test_sentences_that_are_links_to_elsewhere_or_to_notes_are_of_a_page(address: str) -> None:
    text = [
        f"The yard has sold ferry number {n} to the council of Skarn this year." for n in range(4)
    ]
    linked = f'<p><a href="{address}">No yard of the north has built a longer ferry.</a></p>'
    inner = f"<p>{text[0]}</p><p>{text[1]}</p>{linked}<p>{text[2]}</p><p>{text[3]}</p>"
    page = f"<html><body><article>{inner}</article></body></html>"
    (document,) = parse("html", page.encode(), Origin("a", None))
    assert "No yard of the north has built a longer ferry." in document.text


def test_posts_of_a_forum_are_read_without_what_they_quote() -> None:
    said = [
        "The boiler goes out whenever the wind is strong. What can be done about it?",
        "The flue is too short. It has to stand half a metre above the ridge of the roof.",
        "We had the same. Since the flue was raised by a metre, it has not gone out once.",
        "Thank you, it burns.",
    ]
    quote = "<blockquote>Ann wrote: The flue is too short.</blockquote>"
    posts = "".join(
        f'<div class="post" id="p{n}"><div class="profile"><a>Ann{n}</a> Posts: 12</div>'
        f'<p class="date">14 Jan 2023, 21:{n}7</p><div class="content">{quote * (n == 2)}{one}</div>'
        '<div class="signature">Mend nothing that works.</div></div>'
        for n, one in enumerate(said)
    )
    foot = "<p>Who is online: 3 guests. You cannot post new topics in this forum.</p>"
    (document,) = parse(
        "html", f"<html><body>{posts}{foot}</body></html>".encode(), Origin("a", None)
    )
    assert document.text.split("\n\n") == said


@pytest.mark.parametrize(
    "post",
    [
        # Several paragraphs of the same class.
        '<h3 class="head">Of {}</h3><p class="para">{}</p><p class="para">{}</p>',
        # Times in what is said, and a part without one.
        '<div class="head">Of {}</div><div class="para">At 10:30, {} At 12:15, {}</div>',
        # Two parts of different classes.
        '<div class="what">{}: {}</div><div class="para">{}</div>',
        # A quote of something else than a post.
        '<div class="para">Of {}<p>{}</p><blockquote>{}</blockquote></div>',
    ],
)
def test_no_post_loses_what_it_says(post: str) -> None:
    said = [
        (
            f"The storm has closed gate {n} of the harbour since the early morning.",
            f"Ferry {n} of the council stays in Skarn until the wind turns, says its captain.",
        )
        for n in range(4)
    ]
    posts = "".join(
        f'<div class="post"><time>21:{n}7</time> {post.format(n, *pair)}</div>'
        for n, pair in enumerate(said)
    )
    (document,) = parse("html", f"<html><body>{posts}</body></html>".encode(), Origin("a", None))
    assert all(sentence in document.text for pair in said for sentence in pair)


def test_two_boxes_are_no_posts() -> None:
    text = [f"The yard of Lahr has sold boat number {n} to the town of Skarn." for n in range(2)]
    boxes = "".join(
        f'<div class="card"><i>10:1{n}</i><p class="lead">News of Lahr.</p><p class="text">{one}</p></div>'
        for n, one in enumerate(text)
    )
    (document,) = parse("html", f"<html><body>{boxes}</body></html>".encode(), Origin("a", None))
    assert document.text.count("News of Lahr.") == 2
    assert all(sentence in document.text for sentence in text)


def test_columns_of_a_page_are_no_posts() -> None:
    text = [
        f"The council bought ferry number {n} from the yard in Skarn last year." for n in range(6)
    ]
    inner = "".join(f'<p class="text">{sentence}</p>' for sentence in text)
    aside = '<span>09:15</span><p class="text">Rain is expected.</p>'
    page = (
        f'<div><div class="col-8"><i>3 May 2021, 10:12</i>{inner}</div>'
        f'<div class="col-2">{aside}</div><div class="col-1">{aside}</div></div>'
    )
    (document,) = parse("html", f"<html><body>{page}</body></html>".encode(), Origin("a", None))
    assert all(sentence in document.text for sentence in text)


def test_an_article_above_comments_is_read() -> None:
    article = [
        f"The council bought ferry number {n} from the yard in Skarn last year." for n in range(6)
    ]
    comments = "".join(
        f'<div class="comment"><i>10:{n}5</i><div class="said">It is {n} years too late.</div></div>'
        for n in range(3)
    )
    page = f"<html><body><article>{''.join(f'<p>{p}</p>' for p in article)}</article>{comments}</body></html>"
    (document,) = parse("html", page.encode(), Origin("a", None))
    assert document.text.split("\n\n")[:6] == article


def test_digits_that_nobody_closed_raise_nothing_behind_them() -> None:
    story = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    page = f"<html><head><title>CO<sup>2</sup> rises</title></head><body><article>{{}}{story}</article>"
    opening = "The council of the town met in 2021 about an area of 10<sup>2{} km and more."
    whole = one("html", page.format(f"<p>{opening.format('</sup>')}</p>").encode())
    assert whole.title == "CO² rises"
    assert "an area of 10² km" in whole.text
    broken = one("html", page.format(f"<p>{opening.format('')}</p>").encode())
    assert "2021" in broken.text
    assert "km and more." in broken.text
    assert broken.text.count("\n\n") == whole.text.count("\n\n")
