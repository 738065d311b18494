"""What papers, standards, statutes and series of statements hold beside what they state."""

import pytest

from summarizer import Document, Marks, body
from summarizer.clean import clean
from summarizer.clean.sections import designators, only_refers

FIRST = "The council measured the water of the lake every Sunday for ninety years."
SECOND = "Warm autumns delay the ice by eight days, and warm winters by two days only."


def test_back_matter_of_a_paper_is_not_quoted() -> None:
    text = f"""1. Introduction

{FIRST} We modelled the day D as

D = a + b T + e,   (1)

where T is the mean temperature of autumn. {SECOND}

2. Conclusion

The heat that is stored in autumn governs when deep lakes freeze over.

Funding: This work was paid for by the fund of the county.

Acknowledgements

We thank the skating club for its patience with us.

References

1. Orr, K.; Moss, T. Light under ice. J. Lakes 1999, 12, 114-121.
2. Berg, S. Gas exchange in lakes: a review. Water 2003, 37, 2120-2131.
"""
    assert body(Document("d", text)).split("\n\n") == [
        FIRST,
        SECOND,
        "The heat that is stored in autumn governs when deep lakes freeze over.",
    ]


ENTRIES = """
1. Orr, K.; Moss, T. Light under ice. J. Lakes 1999, 12, 114-121.
2. Berg, S. Gas exchange in lakes: a review. Water 2003, 37, 2120-2131.
3. Hale, D. Spawning of char. Fish Lett. 2008, 4, 33-41.
"""


@pytest.mark.parametrize(
    "form", ["{}: {}\n\n", "{}. {}\n\n", "{}\n\n{}\n\n", "## {}\n\n{}\n\n", "**{}** {}\n\n"]
)
@pytest.mark.parametrize(
    "labels",
    [
        ("Qui a fait quoi", "Soutien financier", "Accès aux données"),
        ("Wer was tat", "Wer bezahlte", "Wo die Daten liegen"),
        ("Kto co robił", "Skąd pieniądze", "Dostęp do danych"),
    ],
)
def test_back_matter_is_known_by_its_place_in_any_language(form: str, labels: list[str]) -> None:
    mark = "## " if form.startswith("#") else ""
    body_text = f"{mark}1. A\n\n{FIRST}\n\n{mark}2. B\n\n{SECOND}\n\n{mark}3. C\n\n{SECOND}\n\n"
    back = "".join(
        form.format(label, "A.B. and C.D. were given what they asked for by the county.")
        for label in labels
    )
    text = f"{body_text}{back}{mark}Xyz\n{ENTRIES}"
    found = body(Document("d", text))
    assert FIRST in found
    assert SECOND in found
    assert "county" not in found


def test_heads_of_pages_cut_no_sentence_in_two_quotes() -> None:
    page = "\n\nMoss                        Standards Track                   [Page {}]\n\n"
    text = "".join(
        f"{FIRST} The ice of this{page.format(n)}lake is thin. {SECOND}" for n in range(4)
    )
    found = body(Document("d", text))
    assert "Standards" not in found
    assert "The ice of this" not in found
    assert "lake is thin" not in found
    assert found.count(SECOND) == 4


def test_sentences_that_only_refer() -> None:
    statute = "Absatz 1 Satz 2 gilt entsprechend. " + "Nach § 3 Absatz 2 Satz 1 darf er gehen. " * 9
    words = designators(statute)
    assert {"§", "Absatz", "Satz"} <= words
    assert only_refers("Absatz 1 Satz 2 gilt entsprechend.", words)
    assert not only_refers("Der Urlaub beträgt jährlich mindestens 24 Werktage.", words)
    assert designators("On 3 May 12 men left.") == frozenset()


def test_what_a_series_of_statements_repeats_is_not_quoted() -> None:
    formula = "The board will continue to watch the level of the lake with great attention."
    documents = [
        Document(str(n), f"The lake fell by {n} centimetres in the {n}th month. {formula}")
        for n in range(4, 9)
    ]
    for document, structure in zip(documents, clean(documents), strict=True):
        kept = [document.text[b.start : b.end] for b in structure.blocks if b.kind == "body"]
        assert len(kept) == 1
        assert formula not in kept[0]
    assert formula in body(documents[0])


def test_paragraph_keeps_the_sentences_before_an_unfinished_end() -> None:
    text = f"{FIRST} {SECOND} More on our page: https://example.org/ice\n\n{SECOND}"
    assert body(Document("d", text)).split("\n\n") == [f"{FIRST} {SECOND}", SECOND]


def test_items_and_captions_without_stops_state_something() -> None:
    items = [
        "The north quay is closed to lorries from the first of July",
        "Repairs are paid for out of the reserve of the harbour",
    ]
    text = f"# Minutes\n\n## Decisions\n\n- {items[0]}\n- {items[1]}\n\n## Talk\n\n{FIRST}"
    assert body(Document("d", text)).split("\n\n") == [*items, FIRST]
    lines = [f"so this is what we did with the pipes in the year {n}" for n in range(2000, 2006)]
    assert body(Document("d", "\n".join(lines))).split("\n\n") == lines


def test_short_clauses_of_a_statute_are_quoted() -> None:
    clauses = [
        "(1) The leave is twenty-four working days at least.",
        "(2) It is paid in full by the employer.",
    ]
    text = (
        "## 1 Leave\n\n"
        + "\n\n".join(clauses)
        + "\n\n## 2 Pay\n\nPay falls due monthly.\n\n## 3 End\n"
    )
    found = body(Document("a.md", text))
    assert all(clause[4:] in found for clause in clauses)


def test_notes_and_legends_of_a_report_are_not_quoted() -> None:
    parts = ["The town has bridges of many kinds, and this report counts all of them by year."]
    for number in range(1, 4):
        parts += [
            f"The council repaired {number} bridges and paid all of it from its own purse that year.",
            f"Figure {number}: Bridges by year",
            f"Source: The council's own count of bridges, number {number} of its kind.",
            str(number),
            f"This figure leaves out the footbridges of district {number} of the town.",
        ]
    text = "\n\n".join(parts)
    starts = (0,)
    found = body(Document("a", text, marks=Marks("page", starts)))
    assert found.count("repaired") == 3
    assert "footbridges" not in found
    assert "Source" not in found


def test_heading_that_recurs_is_no_speaker() -> None:
    short = "They rose in every year but one, as the table shows."
    long = "The harbour was dredged again, and forty ships came in. " * 40
    sections = [
        f"{heading}\n\n{long if number == 9 else short}"
        for number, heading in enumerate(["Key Costs", "Oil Prices"] * 10)
    ]
    found = clean([Document("a", "\n\n".join(sections))])
    assert all(block.speaker is None for block in found[0].blocks)


@pytest.mark.parametrize(
    "name",
    [
        "Contribuciones de los autores",
        "Conflit d'intérêts",
        "Благодарности",
        "Palavras-chave",
        "Declaration of competing interests",
        "参考文献",
    ],
)
def test_formal_parts_are_known_by_name_in_other_languages(name: str) -> None:
    formal = "Two people wrote it down with care, and all of them have read it."
    text = f"{RESULT}\n\n{name}\n{formal}\n\nResults\n\n{RESULT}\n"
    kinds = {text[b.start : b.end]: b.kind for b in clean([Document("1", text)])[0].blocks}
    assert kinds[formal] != "body"
    assert kinds[RESULT] == "body"


RESULT = "The ice of the lake came nine days later than in the years before the war."


def test_items_of_a_list_are_quoted_in_every_layout() -> None:
    items = ["Der Hafen bleibt ab Montag für Lastwagen zu", "Der Rat bezahlt das aus der Rücklage"]
    for mark in ("•", "- [x]", "1)"):
        text = "Beschlüsse\n\n" + "\n".join(f"{mark} {item}" for item in items) + f"\n\n{RESULT}\n"
        blocks = clean([Document("1", text)])[0].blocks
        body = [text[b.start : b.end] for b in blocks if b.kind == "body"]
        assert body == [*items, RESULT]


def test_initial_at_the_start_is_no_number_of_an_item() -> None:
    text = "M. Roy a fermé le pont lundi matin. Personne ne sait quand il ouvrira.\n"
    [block] = clean([Document("1", text)])[0].blocks
    assert text[block.start : block.end] == text.strip()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The ferry sank on 3 May 2021.\nTuesday, 4 May 2021\n\n", "The ferry sank on 3 May 2021."),
        ("Ice of the lake came nine days late on 3 May 2021\n\n", ""),
        ("Lago congelado en 2021\n\n", ""),
    ],
)
def test_titles_with_days_and_stops(text: str, title: str) -> None:
    body = f"{RESULT} Nobody had seen that in nine winters.\n\n{RESULT}"
    assert clean([Document("1", text + body)])[0].title == (title or text.strip())
