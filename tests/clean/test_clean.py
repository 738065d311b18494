"""Body and boilerplate told apart by structure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Document, body
from summarizer.clean import clean
from summarizer.clean.paragraphs import find_paragraphs
from summarizer.text.dates import find_date

from ..timing import is_linear

FIRST = (
    "The council voted on Monday to close the old bridge because its cables have rusted through."
)
SECOND = "Drivers will have to use the tunnel for at least two years, the mayor told reporters."
THIRD = "A new bridge would cost 40 million euros, according to a study that the city paid for."


def kinds(text: str, title: str = "") -> dict[str, str]:
    """Return what each paragraph of a text is taken for."""
    document = Document("d", text, title)
    (structure,) = clean([document])
    return {text[block.start : block.end]: block.kind for block in structure.blocks}


def test_everything_around_the_body() -> None:
    text = f"""Menu
* News
* Sport

Old bridge to close on Monday

By the city desk
Posted Jun 18, 2023 7:53 AM CDT

A closed bridge seen from the north bank of the river at sunset on Sunday.
Jane Doe | Agency | Archive

{FIRST} {SECOND}

Two years of detours

{THIRD}

(More bridge stories.)

Get the app.
1. Tap the menu.
2. Tap to install.

Read next

Ten bridges you should see
Leave a comment
Your email address will not be published. Required fields are marked *
"""
    found = kinds(text)
    assert found["Old bridge to close on Monday"] == "title"
    assert found["Posted Jun 18, 2023 7:53 AM CDT"] == "date"
    assert found["A closed bridge seen from the north bank of the river at sunset on Sunday."] == (
        "caption"
    )
    assert found["Two years of detours"] == "heading"
    assert [text for text, kind in found.items() if kind == "body"] == [f"{FIRST} {SECOND}", THIRD]
    (structure,) = clean([Document("d", text)])
    assert (structure.title, structure.date) == ("Old bridge to close on Monday", "2023-06-18")
    assert body(Document("d", text)) == f"{FIRST} {SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    ("title", "line", "day", "text"),
    [
        ("Bridge at Harle closed for repairs", "12 March 2025", "2025-03-12",
         "The mayor closed the bridge on Monday, the council said. It will open again in May."),
        ("Brücke in Harle für Monate gesperrt", "Veröffentlicht am 06.09.2024", "2024-09-06",
         "Der Bürgermeister hat die Brücke am Montag gesperrt. Im Mai wird sie wieder geöffnet."),
        ("El alcalde habla de la inundación", "8 de julio de 2024", "2024-07-08",
         "El alcalde de la ciudad habló de la inundación del río y de las obras que se harán."),
    ],
)  # fmt: skip
def test_title_with_the_day_in_the_line_below(title: str, line: str, day: str, text: str) -> None:
    (structure,) = clean([Document("d", f"{title}\n{line}\n\n{text}\n")])
    assert (structure.title, structure.date) == (title, day)
    assert body(Document("d", f"{title}\n{line}\n\n{text}\n")) == text


def test_sentence_with_the_day_below_is_the_title_though_there_is_a_gap() -> None:
    text = f"{FIRST}\n\n3 May 2021\n\n{SECOND}\n\n{THIRD}"
    (structure,) = clean([Document("d", text)])
    assert (structure.title, structure.date) == (FIRST, "2021-05-03")


def test_given_title_and_date_are_kept() -> None:
    document = Document("d", f"A headline over it\n\n2 May 2020\n\n{FIRST}", "Given", "1999-01-01")
    (structure,) = clean([document])
    assert (structure.title, structure.date) == ("Given", "1999-01-01")


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        "Hello.",
        "No stop here at all",
        "Yes.\nNo.",
        "今日は天気がいい。",
        "Is it?",
        f"Ok. {FIRST}",
    ],
)
def test_small_texts_are_all_body(text: str) -> None:
    assert body(Document("d", text)).split() == text.split()


@pytest.mark.parametrize("text", ["", " \n\t\n", "\0\0", "***\n---"])
def test_nothing_is_no_body(text: str) -> None:
    assert body(Document("d", text)) == ""


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The council voted on Monday to close the old bridge because its cables\n"
        "have rusted through. Drivers will have to use the tunnel for at least\n"
        "two years.\n"
        "\n"
        "A new bridge would cost 40 million euros, according to a study that\n"
        "the city paid for.\n"
    )
    for text in (wrapped, wrapped.replace("\n", "\r\n")):
        assert [paragraph.text for paragraph in find_paragraphs(text)] == [
            f"{FIRST} Drivers will have to use the tunnel for at least two years.",
            THIRD,
        ]


def test_table_beside_it_does_not_hide_that_a_text_is_wrapped() -> None:
    table = (
        "| Date | Event |\n|------|-------|\n| 1 May | Vote |\n| 2 May | Work |\n| 3 May | End |\n"
    )
    wrapped = (
        "The council voted on Monday to close the old bridge because its cables in\n"
        "Ostend have rusted through. A new bridge would cost 40 million euros in\n"
        "Belgium.\n"
    )
    assert body(Document("d", f"{wrapped}\n{table}")) == wrapped.strip()


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = f"{FIRST}\nA subheading\n{SECOND}\n{THIRD}"
    assert [p.text for p in find_paragraphs(text)] == text.split("\n")
    assert body(Document("d", text)) == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_markdown_is_known() -> None:
    text = f"# Title\n\n{FIRST}\n\n```\n{SECOND}\n```\n\n| a | b |\n|---|---|\n\n- {THIRD}\n\n![x](y.)\n\n{SECOND}"
    assert body(Document("d", text)) == f"{FIRST}\n\n{THIRD}\n\n{SECOND}"


def test_credits_in_brackets() -> None:
    caption = "Cars queue at the tunnel on Sunday, June 18, 2023.   (Jane Doe/Pool Photo via AP)"
    assert kinds(f"{FIRST}\n\n{caption}\n\n{SECOND}")[caption] == "caption"
    credited = f"{SECOND} {THIRD} (Reporting by the city desk)"
    assert kinds(f"{FIRST}\n\n{credited}")[f"{SECOND} {THIRD}"] == "body"


def test_teaser_that_repeats_the_headline_is_skipped() -> None:
    teaser = f"Breaking Old bridge to close on Monday, council says. {SECOND}"
    text = f"Old bridge to close on Monday\n\n{teaser}\n\n{FIRST}"
    assert body(Document("d", text)) == f"{SECOND}\n\n{FIRST}"


def test_headline_with_a_stop_that_metadata_repeats_is_not_quoted() -> None:
    title = "The old bridge of Harle will close on Monday."
    assert (
        body(Document("d", f"{title}\n\n{FIRST}\n\n{SECOND}", title=title))
        == f"{FIRST}\n\n{SECOND}"
    )


def test_first_sentence_that_goes_on_from_the_title_is_quoted() -> None:
    text = f"The long way to the river is a novel about a ferry. {SECOND}"
    assert body(Document("d", text, title="The long way to the river")) == text


NOTICE = "Members receive unlimited digital access including crosswords and podcasts every week."


def test_what_sites_repeat_is_boilerplate_unless_it_is_the_subject() -> None:
    long = [f"{FIRST} {SECOND}", THIRD, f"{SECOND} {THIRD} {FIRST}"]
    other = [
        "Engineers found that nine of the cables of the bridge had lost half of their strength.",
        "The tunnel was built in 1974 and carries some thirty thousand cars on a working day.",
        "Ferries may run between the banks until a decision about the new bridge is taken.",
    ]
    one = Document("1", "\n\n".join([*long, NOTICE]))
    two = Document("2", "\n\n".join([*other, NOTICE]))
    for structure, document in zip(clean([one, two]), (one, two), strict=True):
        quotable = [document.text[b.start : b.end] for b in structure.blocks if b.kind == "body"]
        assert len(quotable) == 3
        assert NOTICE not in quotable
    assert NOTICE in body(one)  # alone, nothing tells it from the article


def test_copies_of_one_text_keep_their_bodies() -> None:
    one = Document("1", f"{FIRST}\n\n{SECOND}\n\n{THIRD}")
    copy = Document(
        "2", f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\nA last line was added to this copy here."
    )
    for structure in clean([one, copy]):
        assert sum(block.kind == "body" for block in structure.blocks) >= 3


@pytest.mark.parametrize(
    "unit",
    [
        "word one two\n",
        "a",
        "! ",
        "#",
        "  ",
        "~~~\n",
        "```\n",
        "> a\n",
        "(",
        "a.",
        "- a\n\n",
        ">\n",
    ],
)
def test_monotonous_text_of_any_size_is_judged(unit: str) -> None:
    text = unit * (8000 // len(unit))
    assert len(body(Document("d", text))) <= 2 * len(text)
    assert is_linear(lambda text: body(Document("d", text)), unit)


@pytest.mark.parametrize("blank", ["\u2009", "\u2003", "\x1f", "\u202f", "\u3000", "\u200b"])
def test_lines_of_any_blank_are_empty(blank: str) -> None:
    assert body(Document("d", f"{FIRST}\n{blank}\n{SECOND}\n{blank}")) == f"{FIRST}\n\n{SECOND}"


def test_address_in_a_wrapped_text_does_not_hide_that_it_is_wrapped() -> None:
    text = (
        "The council voted on Monday to close the old bridge because its cables\n"
        "have rusted through and are unsafe, says the page of the council at\n"
        f"https://example.org/{'long/' * 30}address\n"
        "which lists all the bridges over the river that must be closed to cars\n"
        "in the town."
    )
    assert [p.text for p in find_paragraphs(text)] == [" ".join(text.split())]


def test_fence_that_nothing_closes_hides_nothing() -> None:
    assert body(Document("d", f"{FIRST}\n\n~~~~~~~~\n\n{SECOND}\n\n{THIRD}")).endswith(THIRD)
    assert SECOND not in body(Document("d", f"{FIRST}\n\n~~~\n{SECOND}\n~~~\n\n{THIRD}"))


def test_front_matter_and_block_quotes_are_not_quoted() -> None:
    front = '---\ntitle: T\ndescription: "The council voted to close it on Monday morning."\n---\n'
    quoted = "> The council will close the\n> old bridge because it is unsafe to cross it.\n"
    assert body(Document("d", f"{front}\n{FIRST}\n\n{quoted}\n{SECOND}")) == f"{FIRST}\n\n{SECOND}"


def test_sentence_that_mentions_the_title_stays() -> None:
    text = f"{SECOND} The authors of The Future of the Arctic Ocean warn of less ice. {THIRD}"
    assert body(Document("d", text, "The Future of the Arctic Ocean")) == text


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Posted Jun 18, 2023 7:53 AM CDT", "2023-06-18"),
        ("news 18-Jun-2023 World News", "2023-06-18"),
        ("19 June 2023, 09:34", "2023-06-19"),
        ("Saturday, July 7, 2007", "2007-07-07"),
        ("2024-02-29T08:00", "2024-02-29"),
        ("Updated 1st March 2020", "2020-03-01"),
        ("25/12/2020", "2020-12-25"),
        ("12.12.2012", "2012-12-12"),
        ("06/07/2023", None),
        ("June 2023", None),
        ("31 February 2020", None),
        ("New, 15 comments", None),
        ("Model 2000 2001 2002", None),
        ("", None),
    ],
)
def test_dates(line: str, day: str | None) -> None:
    assert find_date(line) == day


REPORT = {
    "en": "The city will close the bridge for three weeks of repairs, officials said on the day.",
    "de": "Die Stadt sperrt die Brücke für drei Wochen wegen der Arbeiten an ihren Pfeilern.",
    "es": "El ayuntamiento de la ciudad anunció que el puente se cerrará durante tres semanas.",
}


@pytest.mark.parametrize(
    ("head", "language", "day"),
    [
        ("LINDERA, 12 de mayo de 2024 (EFE).- ", "es", "2024-05-12"),
        ("BERLIN, 3. Juni 2023 (dpa) – ", "de", "2023-06-03"),
        ("Hamburg (dpa), 3. Juni 2023 – ", "de", "2023-06-03"),
        ("(Reuters, 4 May 2023) ", "en", "2023-05-04"),
        ("LONDON | Thu Mar 3, 2011 11:37 am EST LONDON (Reuters) - ", "en", "2011-03-03"),
        ("On 3 May 2019 – a warm day – it was still open. ", "en", None),
        ("NASA said on 20 April 2010 – the day of the blast – nothing. ", "en", None),
        ("Steve Jobs (February 24, 1955 – October 5, 2011) was an inventor. ", "en", None),
        ("NASA (founded July 29, 1958) runs the programme. ", "en", None),
        ("ALDWICK, May 3, 2024 (LPA) - ", "en", "2024-05-03"),
        ("Aldwick (AP/LPA), May 3, 2024 - ", "en", "2024-05-03"),
        ("Ann Lee, May 4, 2023 - ", "en", None),
        ("NASA, July 29, 1958 – the agency was founded on this day. ", "en", None),
        ("JOHN SMITH, 4 May 1950 – 3 June 2020, was a painter. ", "en", None),
        ("Hurricane Katrina (Category Five), August 29, 2005 - Hit the coast. ", "en", None),
    ],
)
def test_day_of_a_dateline_is_that_of_the_report(head: str, language: str, day: str | None) -> None:
    body = f"{head}{REPORT[language]} {REPORT[language]}"
    assert clean([Document("d", f"{body}\n\n{REPORT[language]}")])[0].date == day


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("de", "Dienstag, 4. Juni 2024", "2024-06-04"),
        ("de", "Stand: 04.06.2024", "2024-06-04"),
        ("de", "Eingegangen am 4. Juni 2024", None),
        ("de", "31.02.2024", None),
        ("fr", "Publié le 4 juin 2024", "2024-06-04"),
        ("es", "4 de junio de 2024", "2024-06-04"),
        ("ru", "4 июня 2024", "2024-06-04"),
        ("hi", "गुरुवार, 19 मई 2005", "2005-05-19"),
        ("fr", "Samedi 1er janvier 2005", "2005-01-01"),
        ("id", "/2011/09/07/", "2011-09-07"),
        ("ja", "2024年6月4日", "2024-06-04"),
        ("ko", "2024.6.4", "2024-06-04"),
        ("de", "2024.13.4", None),
    ],
)
def test_dates_are_read_in_the_language_of_the_document(
    language: str, line: str, day: str | None
) -> None:
    assert find_date(line, lambda: language) == day


def test_line_above_a_text_gives_its_day_in_any_language() -> None:
    text = (
        "Hochwasser in Mellenbach\n\n4. Juni 2024\n\nDie Lauer ist in der Nacht zum Dienstag über die "
        "Ufer getreten. Rund 1.200 Einwohner mussten ihre Häuser verlassen, sagte der Landrat."
    )
    assert clean([Document("d", text)])[0].date == "2024-06-04"


PIECES = st.sampled_from(
    [
        FIRST,
        SECOND,
        THIRD,
        "Menu",
        "* News",
        "Yes.",
        "\n",
        "\r\n",
        "\n\n",
        "\0",
        "# H",
        "```",
        "1. x",
        " ",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=30).map("".join))
def test_blocks_are_in_order_and_within_the_text(text: str) -> None:
    (structure,) = clean([Document("d", text)])
    end = 0
    for block in structure.blocks:
        assert end <= block.start < block.end <= len(text)
        end = block.end


@pytest.mark.parametrize("mark", ["[^1]", " [^2]", "[1]", " [12]"])
def test_paragraph_that_ends_with_a_note_is_body(mark: str) -> None:
    text = (
        f"The gauge was built by the Ordnance Survey in 1913.{mark}\n\nIt stands in a small house."
    )
    assert body(Document("d", text)).startswith("The gauge was built")


@pytest.mark.parametrize(
    "text", ["Revenue was $3.5 million in 2020, up 4%.", "Prices rose by 4.5% in 2020."]
)
def test_numbers_do_not_make_a_sentence_a_formula(text: str) -> None:
    assert body(Document("a", text)) == text
