"""Lines of PDF pages to paragraphs."""

import re

import pytest
from fpdf import FPDF

from summarizer.readers.documents import Origin
from summarizer.readers.formats import parse
from summarizer.readers.formats.pdf import Line, join_pages

from ..builders import PARAGRAPHS, SITE, pdf_story


def page(*texts: str, left: float = 50, top: float = 700) -> list[Line]:
    """Set lines of 10 points, 12 points apart, each as wide as its text."""
    return [
        Line(text, left, left + 5 * len(text), top - 12 * n - 10, top - 12 * n, 10)
        for n, text in enumerate(texts)
    ]


BODY = ["The mayor closed the bridge.", "Nobody in the old town knew about it."]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ("The mayor closed the har-", "bour on Monday."),
            "The mayor closed the harbour on Monday.",
        ),
        (
            ("It is a well-known fact, a well-", "known one."),
            "It is a well-known fact, a well-known one.",
        ),
        (("He met Anne-", "Marie there."), "He met Anne-Marie there."),
        (
            ("The mayor closed the har\xad", "bour on Monday."),
            "The mayor closed the harbour on Monday.",
        ),
        (("From 1990-", "1995 it was shut."), "From 1990- 1995 it was shut."),
        (("It ends with a soft\xad",), "It ends with a soft"),
    ],
)
def test_hyphens_at_line_ends(lines: tuple[str, ...], text: str) -> None:
    assert join_pages([page(*lines)]) == (text, (0,))


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        page(
            "Gazette 12 May",
            f"{n}",
            *(f"{word} opened the bridge again." for word in words),
            f"{n} / 3",
        )
        for n, words in enumerate((("Ann", "Bob"), ("Cid", "Dan"), ("Eve", "Fay")), 1)
    ]
    text, starts = join_pages(pages)
    assert "Gazette" not in text
    assert not any(letter.isdigit() for letter in text)
    assert [text[start : start + 3] for start in starts] == ["Ann", "Cid", "Eve"]


def test_edges_that_differ_stay() -> None:
    text, _ = join_pages([page("One bridge opened.", *BODY), page("A ferry sank.", *BODY[::-1])])
    assert "One bridge opened." in text
    assert "A ferry sank." in text


def test_paragraphs_by_gap_indent_and_short_line() -> None:
    long = "This is a line that is as long as the column is wide and more"
    gap = [*page(long, "end."), *page(long, "end.", top=664)]
    assert join_pages([gap])[0] == f"{long} end.\n\n{long} end."
    indent = [*page(f"{long}."), *page(long, left=62, top=688), *page(long, top=676)]
    assert join_pages([indent])[0] == f"{long}.\n\n{long} {long}"
    short = page(long, "It ended.", long, long)
    assert join_pages([short])[0] == f"{long} It ended.\n\n{long} {long}"


def test_letters_without_a_height_are_read() -> None:
    flat = [Line(text, 0, 9, top, top, 0) for top, text in ((9, "One."), (0, "Two."))]
    assert join_pages([flat])[0] == "One. Two."


def test_blank_page_has_a_place_too() -> None:
    text, starts = join_pages([page("One."), [], page("Two.")])
    assert text == "One.\n\nTwo."
    assert starts == (0, 4, 6)


def test_blank_page_within_a_divided_word() -> None:
    text, starts = join_pages([page("The mayor closed the har-"), [], page("bour, he said.")])
    assert text == "The mayor closed the harbour, he said."
    assert starts == (0, 24, 24)


def test_two_columns_are_read_one_after_the_other() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=11)
    with pdf.text_columns(ncols=2, gutter=10, text_align="J") as columns:
        for paragraph in PARAGRAPHS * 3:
            columns.write(paragraph)
            columns.ln()
            columns.ln()
    (document,) = parse("pdf", bytes(pdf.output()), Origin("a", None))
    assert document.text.split("\n\n") == list(PARAGRAPHS * 3)


def test_soft_hyphens_of_a_real_file() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=12)
    pdf.multi_cell(50, 6, re.sub(r"(?<=\w\w\w)(?=\w\w\w)", "\xad", PARAGRAPHS[3]))
    (document,) = parse("pdf", bytes(pdf.output()), Origin("a", None))
    assert document.text == PARAGRAPHS[3]


def test_heads_of_chapters_are_left_out() -> None:
    pages = [
        page(f"Chapter {n // 4}", f"Rust of kind {word} was found.")
        for n, word in enumerate("abcdefghijkl")
    ]
    assert "Chapter" not in join_pages(pages)[0]


def test_heads_of_a_real_file_are_left_out() -> None:
    (document,) = parse("pdf", pdf_story(tuple((p,) for p in PARAGRAPHS)), Origin("a", None))
    assert SITE not in document.text
    assert "Page" not in document.text
    assert document.marks is not None
    assert len(document.marks.starts) == 7
    assert all(
        document.text[start:].startswith(paragraph)
        for start, paragraph in list(zip(document.marks.starts, PARAGRAPHS, strict=True))[1:]
    )
