"""Boilerplate of whole sentences that is set apart from the article."""

import pytest

from summarizer import Document, body
from summarizer.clean import clean

ARTICLE = [
    "The dam above the town held on Friday after the heaviest rain in a century, officials said.",
    "About 2,300 people who had fled were told in the evening that they could return to their homes.",
    "The river had reached 5.1 metres shortly before midnight, and it fell to 4.2 metres by noon.",
]


def body_with(*extra: str, place: int = 2) -> list[str]:
    """Put paragraphs into the article and return the body."""
    paragraphs = [*ARTICLE[:place], *extra, *ARTICLE[place:]]
    return body(Document("d", "\n\n".join(paragraphs))).split("\n\n")


@pytest.mark.parametrize(
    "box",
    [
        "Related: Could your street be the next one? Check our map.",
        "Image: The second dam seen from the air on Friday morning.",
        "Image: The dam above the town after the heaviest rain in a century.",
        "bob99: This is the mayor's fault. She knew that the dam was old.",
        "dee77: The river had reached the town shortly before midnight.",
        "© Valley Post 2024. All rights reserved.",
    ],
)
@pytest.mark.parametrize("place", [2, 3])
def test_box_is_not_body(box: str, place: int) -> None:
    assert body_with(box, place=place) == ARTICLE


def test_transcript_keeps_what_its_speakers_say() -> None:
    lines = [
        "The Mayor: Engineers looked at the old bridge on Monday and found rust.",
        "Q: When will the council decide what is to be done?",
        "The Mayor: It meets in spring, once the costs are known.",
        "Ms Jones: We want a tunnel, which boats would not have to wait for.",
    ]
    said = [line.split(": ", 1) for line in lines]
    text = "\n\n".join(lines)
    (structure,) = clean([Document("d", text)])
    found = [[b.speaker, text[b.start : b.end]] for b in structure.blocks if b.kind == "body"]
    assert found == said


@pytest.mark.parametrize(
    "said",
    [
        "The mayor said: “Nobody was in danger, and the bridge is safe.”",
        "Police said: three men were hurt in the blast at the port.",
        "The verdict: The mayor is guilty and must leave the town hall.",
        "Three men were hurt in the blast.\nTwo of them died on Friday night.",
        "Le plus important : personne ne doit rentrer avant midi, dit le maire.",
        "Was auch hilft: Wasser aus dem Keller pumpen und Strom abstellen.",
        "The report also says: nobody may go back before noon on Saturday.",
        "Also on Friday: two schools in the valley opened their doors again.",
        "Flood related deaths: nobody has died since the dam was built.",
        "Noch mehr Regen: Der Fluss steigt bis Samstag um einen Meter.",
        "Once more: nobody may go back before noon on Saturday.",
        "De plus : personne ne doit rentrer avant midi, dit le maire.",
        "All rights reserved to the farms below the dam in 1951 end with the year.",
        "版权所有者起诉了该公司，要求赔偿三百万元。",
    ],
)
def test_short_paragraphs_of_the_article_are_body(said: str) -> None:
    assert body_with(said) == [*ARTICLE[:2], *said.split("\n"), ARTICLE[2]]


def test_notes_without_stops_are_body() -> None:
    notes = "Council met today\nBridge closed until spring\nRust in the piers\n\nFerries sold"
    assert body(Document("d", notes)).replace("\n\n", "\n") == notes.replace("\n\n", "\n")


def test_lines_without_empty_ones_between_are_no_boxes() -> None:
    text = "\n".join(
        [*ARTICLE, "No deaths were reported, but 14 people were hurt.", "All is well now."]
    )
    assert "14 people" in body(Document("d", text))


@pytest.mark.parametrize(
    "box",
    [
        "Read also: Why the price of bananas doubled in a week.",
        "[See also: Five fruits that everyone can grow at home.]",
        "À lire aussi : Pourquoi le prix des bananes a doublé.",
        "Lea también: Por qué se duplicó el precio de la fruta.",
        "Czytaj także: Dlaczego banany zdrożały w ciągu tygodnia.",
        "اقرأ أيضاً: أسعار الذهب اليوم ترتفع إلى مستوى جديد.",
        "See more: Five fruits that everyone can grow at home.",
        "En savoir plus : Pourquoi le prix des bananes a doublé.",
        "Lesen Sie auch: Warum Bananen jetzt doppelt so viel kosten.",
        "All rights reserved. No part of this may be reproduced in any form.",
        "版权所有，未经许可不得转载本网站的任何内容。",
        "(c) 2019 Valley Post. No part of this may be reproduced in any form.",
    ],
)
def test_what_points_to_other_pages_is_not_quoted(box: str) -> None:
    assert body_with(box) == ARTICLE
