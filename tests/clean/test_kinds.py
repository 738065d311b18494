"""Documents of many kinds and languages: what may be quoted, who says it, title and date."""

import pytest

from summarizer import Document, body
from summarizer.clean import clean
from summarizer.datatypes import Structure


def read_(text: str, path: str | None = None, author: str | None = None) -> Structure:
    (structure,) = clean([Document("d", text, path=path, author=author)])
    return structure


def said(text: str) -> list[tuple[str | None, str]]:
    structure = read_(text)
    return [(b.speaker, text[b.start : b.end]) for b in structure.blocks if b.kind == "body"]


def test_who_speaks_once_has_a_label_of_the_form_of_the_others() -> None:
    text = """Moderatorin:
Willkommen zur Runde. Das Wort hat Jens Harms.

Jens Harms:
Wir haben vierzig Bäume gepflanzt.

Moderatorin:
Nun hat das Wort Dr. Eva Klee.

Dr. Eva Klee, Leiterin des Forstamts:
Davon stehen noch zwölf.
(Beifall!)

Moderatorin:
Damit schließen wir die Sitzung.
"""
    assert said(text) == [
        ("Jens Harms", "Wir haben vierzig Bäume gepflanzt."),
        ("Dr. Eva Klee", "Davon stehen noch zwölf."),
    ]


def test_speakers_of_a_hearing_stand_before_a_stop() -> None:
    text = """Chairman Orme. Who measured the wells of the valley?

Ms. Tull. We measured eighty of them in spring.

Chairman Orme. How many held too much salt?

Ms. Tull. Every third well was too salty to drink.
"""
    assert [speaker for speaker, _ in said(text)] == ["Chairman Orme", "Ms. Tull"] * 2


def test_chat_of_small_letters_without_times() -> None:
    text = """kit: does the old pump still run on the new board?
zoe: only with the wire that came in the second box
kit: then i order three of those wires
zoe: take five since two of mine are broken
"""
    assert [speaker for speaker, _ in said(text)] == ["kit", "zoe", "kit", "zoe"]


def test_time_and_name_above_each_message_in_a_script_without_capitals() -> None:
    text = "".join(
        f"2024-05-0{day} 09:01:22 {name}\n{words}\n"
        for day, (name, words) in enumerate(
            [("周宁", "桥从星期一起封闭，要修三个月"), ("何苗", "学生怎么过河")] * 2, 1
        )
    )
    assert [speaker for speaker, _ in said(text)] == ["周宁", "何苗"] * 2


def test_what_a_message_quotes_is_not_its_senders() -> None:
    text = """10:02 Ada: The boiler of the hall is older than the hall itself.
10:05 Bo: Here is what the plumber wrote to us.
> It will not last another winter.
10:07 Ada: Then we heat with wood until the offers are in.
"""
    assert "It will not last another winter." not in [words for _, words in said(text)]


def test_heads_of_a_thread_without_addresses() -> None:
    text = """De: Rosa Vidal
Enviado el: martes, 7 de mayo de 2024 9:15
Para: Huerto
Asunto: RE: Riego

El riego se corta el jueves porque cambian la bomba.

De: Iván Soler
Enviado el: lunes, 6 de mayo de 2024 18:40
Para: Rosa Vidal
Asunto: Riego

La bomba pierde aceite desde el domingo.
"""
    structure = read_(text)
    assert (structure.title, structure.date) == ("RE: Riego", "2024-05-07")
    assert [speaker for speaker, _ in said(text)] == ["Rosa Vidal", "Iván Soler"]


def test_paragraphs_of_a_judgment_are_text_without_their_numbers() -> None:
    first = "The tenant kept two goats on the roof, although the lease forbids animals."
    second = "The landlord had known of the goats since spring and had taken their milk."
    third = "He cannot now ask for the flat to be cleared because of them."
    heads = "COURT OF THE SHIRE\n\nBefore:\n\nMR JUSTICE HOLT\n\nBetween:\n\nA. Mill\n\n- and -\n\n"
    for mark in (".", ""):
        numbered = "\n\n".join(
            f"{number}{mark} {sentence}"
            for number, sentence in enumerate((first, second, third), 1)
        )
        assert body(Document("d", heads + numbered)).split("\n\n") == [first, second, third]


@pytest.mark.parametrize(
    ("present", "decision"),
    [
        ("Obecni: Jan Kos (sekretarz), Ewa Lipa, Adam Wrona", "Rada kupuje nowy piec za 9 tys. zł"),
        ("出席人：周宁、何苗、孙立", "会议决定从五月起每周开放图书馆六天"),
        ("Étaient présents : M. Roux, Mme Blanc, M. Petit.", "Le four sera réparé avant le 3 mai"),
    ],
)
def test_minutes_say_what_was_decided_and_not_who_was_there(present: str, decision: str) -> None:
    text = f"Protocol 4/2024\n\n{present}\n\n1. Oven\n- {decision}\n- {decision} 2\n"
    assert body(Document("d", text)).split("\n\n") == [decision, f"{decision} 2"]


def test_item_of_a_list_whose_head_goes_on_in_it_is_not_quoted() -> None:
    text = """Le conseil a siégé lundi soir dans la grande salle de la mairie.

Après en avoir délibéré, il :
- interdit le pont aux camions à partir du premier mars
- demande une aide de mille euros au département

La séance a duré deux heures et demie en tout.
"""
    assert "interdit" not in body(Document("d", text))
    assert "aide de mille" not in body(Document("d", text))


def test_sentence_that_opens_with_a_name_in_lower_case() -> None:
    sentence = "grop reads two files and writes the lines that only one of them has."
    text = f"NAME\n       grop - compare files\n\nDESCRIPTION\n       {sentence} It is fast.\n"
    assert sentence in body(Document("d", text))


def test_paragraph_that_ends_in_the_number_of_a_note() -> None:
    text = "1. Introduction\nEvery third olive tree of the province is older than a century.2\n"
    assert "older than a century." in body(Document("d", text + "\n" + text.replace("1.", "2.")))


def test_fields_of_a_form_in_capitals_are_text() -> None:
    text = """HISTORY: Pt is a 60 y.o. man w/ COPD and CHF who came to the ED with BNP of 900.

COURSE: He was given oxygen and lost four kilograms until day three.

FOLLOW-UP: He sees the nurse within ten days.
"""
    assert body(Document("d", text)).count("\n\n") == 2


def test_a_parliament_whose_speakers_have_offices_and_groups_behind_their_names() -> None:
    text = """CHAMBRE DES DÉPUTÉS

M. le président. La séance est ouverte sur le projet de loi relatif aux ponts.

Mme Ida Brun, ministre des transports. Le texte prévoit 40 millions d'euros par an. (Bravo ! à droite.)

M. Luc Faure (GE). Pourquoi commencer par le pont de Lure ?

Mme Ida Brun, ministre des transports. – Parce que ses câbles sont rouillés.

M. le président. Je mets aux voix l'article premier.

M. Luc Faure (GE). Nous voterons contre.
"""
    assert said(text) == [
        ("M. le président", "La séance est ouverte sur le projet de loi relatif aux ponts."),
        ("Mme Ida Brun", "Le texte prévoit 40 millions d'euros par an."),
        ("M. Luc Faure", "Pourquoi commencer par le pont de Lure ?"),
        ("Mme Ida Brun", "Parce que ses câbles sont rouillés."),
        ("M. le président", "Je mets aux voix l'article premier."),
        ("M. Luc Faure", "Nous voterons contre."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        """Mme Anna Hill, a nurse from Skarn, lost her seat. She had held it for twelve years.

M. Bo Reed, the mayor of Garrow, won by forty votes. He wants a bridge over the river.

Mme Anna Hill, who had asked for a ferry, went to court. The court refused on Friday.

M. Bo Reed, now in parliament, moved to the capital. His office there opens in June.
""",
        """Low price. It costs four euros and takes a quarter of an hour to get across.

Long queue. It leaves twice a day and is full on every Saturday in summer.

Low price. It costs five euros and takes ten minutes across the same river.

Long queue. It leaves every hour, and those who come late have to wait for the next.
""",
    ],
)
def test_what_comes_again_before_a_stop_need_not_speak(text: str) -> None:
    assert {speaker for speaker, _ in said(text)} == {None}
    assert len(said(text)) == 4


@pytest.mark.parametrize(
    "lines",
    [
        [  # only one names the other
            ("HILL", "Mr. Reed, the bridge was closed because its cables had rusted through."),
            ("REED", "The cables were replaced in June, and it has been open since then."),
            ("HILL", "Mr. Reed, the new cables cost four million euros, twice what we were told."),
            ("REED", "The price of steel doubled in that year, as everybody here knows."),
        ],
        [
            ("HILL", "Mr. Reed, the bridge was closed because its cables had rusted through."),
            ("REED", "Senator Hill, the cables were replaced, and it has been open since then."),
            ("HILL", "Lady Moss, the new cables cost four million euros, twice what we were told."),
            ("MOSS", "Mr. Reed, the price of steel doubled in that year, as all here know."),
            ("REED", "Lady Moss, the council could have bought the steel a year before that."),
            ("MOSS", "Senator Hill, no council can foresee what steel will cost in a year."),
            ("HILL", "The bridge is closed again, and nobody in this house can say until when."),
        ],
    ],
)
def test_who_answer_each_other_by_title_do_not_lead(lines: list[tuple[str, str]]) -> None:
    assert said("\n\n".join(f"{name}: {words}" for name, words in lines)) == lines


def test_names_of_a_chat_may_end_with_an_initial_or_be_a_telephone_number() -> None:
    text = """[14/09/23 21:04:00] Bo Rask: The boiler has been out since this morning.
[14/09/23 21:05:43] Ada L.: The mechanic comes tomorrow at eight.
[14/09/23 21:06:02] +33 6 12 34 56 78: The pump alone costs 890 euros.
[15/09/23 10:22:30] Ada L.: He has been here and ordered the pump.
"""
    assert said(text) == [
        ("Bo Rask", "The boiler has been out since this morning."),
        ("Ada L.", "The mechanic comes tomorrow at eight."),
        ("+33 6 12 34 56 78", "The pump alone costs 890 euros."),
        ("Ada L.", "He has been here and ordered the pump."),
    ]


def test_a_paragraph_without_an_end_is_cut_behind_its_last_sentence_not_an_abbreviation() -> None:
    text = """Ustawa o rowerach

Ustawa określa zasady prowadzenia wypożyczalni rowerów w mieście. Minister (Dz. U. z r. poz. 450) określi:

Rower oznacza się numerem, który jest czytelny z daleka.
"""
    assert [sentence for _, sentence in said(text)] == [
        "Ustawa określa zasady prowadzenia wypożyczalni rowerów w mieście.",
        "Rower oznacza się numerem, który jest czytelny z daleka.",
    ]


def test_a_line_that_goes_on_with_a_number_in_a_narrower_block() -> None:
    wide = (
        "The glaciers of the range have been measured every year since the stakes were set out.\n"
    )
    text = f"""{wide}{wide}{wide}
     Under more than ten centimetres of debris the ice melted
     58 percent slower than the bare ice did a few steps away.

{wide}"""
    assert (
        "Under more than ten centimetres of debris the ice melted\n"
        "     58 percent slower than the bare ice did a few steps away."
    ) in [sentence for _, sentence in said(text)]


def test_a_ruling_with_fields_above_and_the_day_in_a_line_of_its_own() -> None:
    text = """Roj: STS 1893/2021
Sección: 1
Nº de Recurso: 4502/2018. Sala de lo Social
Ponente: MARÍA ARNAIZ

Sentencia sobre el reparto de comida

En Madrid, a 21 de abril de 2021.

La Sala ha visto el recurso de Dª. Amparo Gil contra una empresa de reparto.

SEGUNDO.- 1. La empresa fija el precio de cada entrega y puntúa al repartidor.

Por todo lo expuesto, esta Sala ha decidido:

1º.- Estimar el recurso y declarar que la relación entre las partes era laboral.
"""
    structure = read_(text)
    assert (structure.title, structure.date) == (
        "Sentencia sobre el reparto de comida",
        "2021-04-21",
    )
    assert [sentence for _, sentence in said(text)] == [
        "La Sala ha visto el recurso de Dª. Amparo Gil contra una empresa de reparto.",
        "SEGUNDO.- 1. La empresa fija el precio de cada entrega y puntúa al repartidor.",
        "1º.- Estimar el recurso y declarar que la relación entre las partes era laboral.",
    ]


def test_a_day_before_the_first_sentence_is_the_day_of_the_text() -> None:
    text = """Harbour strike enters its second week

May 5, 2024. Two days after the talks broke down, no ship has left the port of Garrow.

Dockers want a rise of nine percent over two years, and the owners offer half of it.
"""
    assert read_(text).date == "2024-05-05"
    assert said(text)[0][1].startswith("Two days after")


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("The talks broke down, and no ship has left since.", "It was 5 May 2021."),
        ("The talks broke down, and no ship has left since.", "It sails again, 5 May 2021."),
        (
            "Die Stadt wählt einen neuen Rat, und alle dürfen.",
            "Die Wahl ist am 26. September 2021.",
        ),
        ("这座城市将选出新的市议会，所有居民都可以参加。", "选举于2021年9月26日举行。"),
        ("市は新しい議会を選び、住民は皆参加できる。", "選挙は2021年9月26日に行われた。"),
    ],
)
def test_a_sentence_that_ends_with_a_day_says_something(before: str, sentence: str) -> None:
    for text in (f"{before}\n\n{before}\n\n{sentence}\n\n{before}", f"{sentence} {before}"):
        assert sentence in body(Document("d", text))
        assert read_(text).date is None


def test_a_day_within_an_article_is_not_that_of_the_article() -> None:
    text = ARTICLE + "\nParis, 14 July 1789.\n\nThe dockers of that town struck, too, it is said.\n"
    assert read_(text).date is None
    assert "Paris, 14 July 1789." in body(Document("d", text))


def test_references_and_notes_without_an_empty_line_above_and_sections_behind_them() -> None:
    text = """Release notes
=============

Version 4
---------

* The renderer was written anew and draws large maps ten times as fast as before.

Contributors
------------

* Mei Lin has helped with the renderer and with its many tests for the first time.

Version 3
---------

* Support for hexagonal maps was added to the editor and to the renderer.

References
[1] Moser, A., Huss, M.: Volume of all glaciers. J. Geophys. Res. 117, 401–410 (2012)
[2] Vos, H.: A thin layer. It was long.

¹ Vos, Chronicle, folio twelve, as the clerk of the town copied it out in 1445.
"""
    assert [sentence for _, sentence in said(text)] == [
        "The renderer was written anew and draws large maps ten times as fast as before.",
        "Support for hexagonal maps was added to the editor and to the renderer.",
    ]


def test_rights_end_an_abstract() -> None:
    text = (
        "Sleep began nineteen minutes earlier with tinted glasses. It lasted longer, too. "
        "(c) 2019 Eldoria Ltd. All rights reserved. This abstract may be abridged."
    )
    assert body(Document("d", text)) == (
        "Sleep began nineteen minutes earlier with tinted glasses. It lasted longer, too."
    )


def test_an_item_that_is_lettered_c_is_no_right() -> None:
    text = (
        "The yard does three things. (a) It pays. (b) It waits. (c) The author of plans is liable."
    )
    assert body(Document("d", text)) == text


def test_rights_that_are_cut_off_are_boilerplate() -> None:
    text = "Sleep began earlier with tinted glasses than without. © The Author 2019. Open access."
    blocks = clean([Document("d", text)])[0].blocks
    assert [(block.kind, text[block.start : block.end]) for block in blocks] == [
        ("body", "Sleep began earlier with tinted glasses than without."),
        ("boilerplate", "© The Author 2019. Open access."),
    ]


def test_rights_above_a_text_do_not_end_it() -> None:
    text = "Posted at noon. All rights reserved. " + "The ferry was sold to a yard in June. " * 12
    assert body(Document("d", text)).count("The ferry was sold") == 12


def test_an_item_may_open_with_code() -> None:
    text = """# Changes

- `tilemap export` writes tiles that are a third smaller than they were. ([#812](https://x.org/812), @jo)
- Layers can be locked, so that a drag no longer moves them by accident.
"""
    assert [sentence for _, sentence in said(text)] == [
        "`tilemap export` writes tiles that are a third smaller than they were.",
        "Layers can be locked, so that a drag no longer moves them by accident.",
    ]


ARTICLE = """Harbour strike enters its second week

No ship has left the port of Garrow since the talks broke down on Friday, two days ago.

Dockers want a rise of nine percent over two years, and the owners offer half of that.
"""


LONGER = (
    ARTICLE
    + """
The port lives on cars, and the yard beside it has built ferries for half of the coast.

Twenty ships wait outside, and the first of them have turned to Skarn, a day further north.
"""
)


def test_comments_below_an_article_are_not_quoted() -> None:
    comments = """
Comments (2)

dockerdave wrote on May 6 at 10:12
My father worked there for thirty years and got nothing at all.

Marge77 wrote on May 6 at 11:03
They earn more than nurses.
"""
    assert body(Document("d", ARTICLE + comments)) == body(Document("d", ARTICLE))


def test_reports_by_name_that_are_longer_than_what_stands_above_are_no_comments() -> None:
    reports = """
Skarn, May 6, 10:12
The first crane was set on fire, and the guard of the harbour closed both of its gates at once.

Lure, May 7, 11:03
Dockers and owners met for an hour in the town hall and left it by two different doors.

Garrow, May 8, 12:30
Dockers and owners met for an hour once more, and the mayor of the town sat between them.
"""
    assert body(Document("d", ARTICLE + reports)).count("\n\n") == 4


def test_hours_below_the_head_of_a_report_are_its_substance() -> None:
    hours = """
Monday, May 6, 10:12
The first crane was set on fire, and the guard closed its gates at once.

Tuesday, May 7, 11:03
Dockers and owners met for an hour in the town hall.
"""
    assert "guard closed" in body(Document("d", ARTICLE + hours))
    assert "met for an hour" in body(Document("d", ARTICLE + hours))


@pytest.mark.parametrize(
    "lines",
    [
        ("Mark 4:39", "Luke 8:24"),
        ("Speeches, 10:00", "Music, 11:30"),
        ("Tea 2.50", "Cake 6.20"),
        ("Article 5.01 Wages", "Clause 6.02 Hours"),
    ],
)
def test_lines_with_figures_above_short_sentences_are_no_comments(lines: tuple[str, str]) -> None:
    own = [
        "The band of the dockers plays for an hour in the town hall.",
        "Nobody has to pay, and there is nothing to be paid for.",
        "The strike may end in June, when both sides meet for the last time.",
    ]
    text = LONGER + f"\n{lines[0]}\n{own[0]}\n\n{lines[1]}\n{own[1]}\n\n{own[2]}\n"
    assert body(Document("d", text)).split("\n\n")[-3:] == own


def test_an_article_goes_on_below_comments() -> None:
    comments = """
dave wrote on May 6 at 10:12
My father worked there for thirty years and got nothing at all.

Marge77, 06.05.2024, 11:03
They earn more than the nurses of the hospital in the same town do.
"""
    end = "The owners said on Sunday that the port may close for good if nobody gives in."
    assert body(Document("d", f"{LONGER}{comments}\n{end}\n")).split("\n\n") == [
        *body(Document("d", LONGER)).split("\n\n"),
        end,
    ]


@pytest.mark.parametrize(
    "head",
    [
        "Subject: Budget Plan\nFrom: Ida Roth <ida@ferry.example>\nTo: Bo Rask <bo@ferry.example>",
        "To: Bo Rask\nFrom: Ida Roth <ida@ferry.example>\nSubject: Budget Plan",
        "From: Ida Roth\nTo: Bo Rask <bo@ferry.example>\nSubject: Budget Plan",
    ],
)
def test_who_sent_a_mail_and_about_what_whatever_the_order_of_its_fields(head: str) -> None:
    said_ = "The ferry costs nine million euros and has to be paid for by Friday."
    text = f"{head}\nDate: Monday, 3 May 2021 10:12\n\n{said_}\n"
    assert read_(text).title == "Budget Plan"
    assert said(text) == [("Ida Roth", said_)]


def test_the_first_field_of_a_mail_names_its_sender_without_an_address() -> None:
    text = """Von: Brandt, Julia
Gesendet: Donnerstag, 14. September 2023 10:22
An: Meier, Tobias; Technik <technik@werk.example>
Betreff: AW: Ausfall Presse 4

Die Pumpe ist bestellt und kommt am Montag aus dem Werk in Lahr.

Von: Meier, Tobias
Gesendet: Mittwoch, 13. September 2023 16:05
An: Brandt, Julia
Betreff: Ausfall Presse 4

Presse 4 steht seit heute und verliert fünf Liter Öl in der Stunde.
"""
    assert said(text) == [
        ("Brandt, Julia", "Die Pumpe ist bestellt und kommt am Montag aus dem Werk in Lahr."),
        ("Meier, Tobias", "Presse 4 steht seit heute und verliert fünf Liter Öl in der Stunde."),
    ]


def test_a_short_paragraph_may_end_with_a_picture_and_open_with_its_number() -> None:
    text = """# Failover

Fail over when the primary does not answer for a minute. :rotating_light:

[0002] The strap runs through the eyelets in the four walls of the crate.
"""
    assert [sentence for _, sentence in said(text)] == [
        "Fail over when the primary does not answer for a minute.",
        "The strap runs through the eyelets in the four walls of the crate.",
    ]


@pytest.mark.parametrize(
    "head",
    ["Thanks to\n---------\n", "Acknowledgements\n----------------\n", "Contents\n========\n"],
)
def test_an_underlined_section_ends_at_a_heading_with_a_number(head: str) -> None:
    text = f"""Boilers of the north
====================

{head}
We thank the town of Lahr for its help.

1. Introduction

The boiler of Lahr burns two tons of wood a day and heats nine houses in winter.
"""
    assert [sentence for _, sentence in said(text)][-1:] == [
        "The boiler of Lahr burns two tons of wood a day and heats nine houses in winter."
    ]


def test_isotopes_and_years_in_brackets_open_no_notes_and_items() -> None:
    text = """The boat was found in the mud of the lake, below the old pier, by two divers in June.

²¹⁰Pb dating shows that the mud above it is younger than the harbour and the town hall.

¹⁴C dating shows that its oak was felled in the year in which the town was founded.

The owner kept the boat, and the finder claimed it under the law of the sea from the lake
that year. The judge followed what was held of such boats in Lund against Moser, see
[2019] UKSC 88, and gave it to the owner, as the law of the sea does not govern a lake of
this size. The finder says that this was wrong, as the lake had been a bay of the sea.
"""
    assert [sentence for _, sentence in said(text)] == text.strip().split("\n\n")


def test_the_years_of_a_chronology_begin_entries() -> None:
    text = """Boats of the lake

1990 The yard was founded by two sisters from Lahr with a single small boat
1994 The first boat of steel was bought by the town for two million francs
1999 The yard built its hundredth boat and opened a second hall on the pier

The yard has built boats ever since, and none of them has ever sunk in the lake.
"""
    (document,) = clean([Document("d", text)])
    texts = [text[block.start : block.end] for block in document.blocks]
    assert "1994 The first boat of steel was bought by the town for two million francs" in texts


def test_report_that_lists_what_happened_when_is_no_conversation() -> None:
    sections = [
        "Summary\nThe shop was down for an hour, and 412 orders were lost on that morning.",
        "Timeline\n09:30 Deploy begins\n09:41 Pager wakes Priya\n10:22 All is well again",
        "Cause\nThe gateway takes 500 connections, and a cart of fifty items used a tenth of them.\n"
        "The test had used carts of one item only, so nobody had seen it before that day.",
    ]
    report = "\n\n".join(sections)
    kept = body(Document("d", report))
    assert "412 orders were lost" in kept
    assert "The gateway takes" in kept
    assert "Pager wakes" not in kept


def test_who_takes_part_is_listed_above_what_is_said() -> None:
    call = (
        "Participants\nDana Holt - Head, Investor Relations\nPaul Marsh - Chief Executive\n"
        "Ida Ball - Lode Capital\n\nOperator\n\nWelcome to the call. Please go ahead, Paul Marsh.\n\n"
        "Paul Marsh\n\nRevenue grew by eleven percent in the second quarter.\n\n"
        "Operator\n\nThe next question is from Ida Ball of Lode Capital.\n\n"
        "Ida Ball\n\nWhen do you expect the plant for batteries to open?\n\n"
        "Paul Marsh\n\nIt opens in the first quarter of 2025, which is later than planned.\n"
    )
    assert said(call) == [
        ("Paul Marsh", "Revenue grew by eleven percent in the second quarter."),
        ("Ida Ball", "When do you expect the plant for batteries to open?"),
        ("Paul Marsh", "It opens in the first quarter of 2025, which is later than planned."),
    ]


@pytest.mark.parametrize(
    "heading",
    ["About the cost", "Over the river", "About Ebola", "Über Gewalt", "OPEC", "ООН", "Om Malmö"],
)
def test_section_that_opens_with_the_name_in_its_heading_is_of_the_text(heading: str) -> None:
    first = "The bridge was closed on Monday because two of its piers are cracked."
    last = f"{heading.split()[-1]} is put at three million, and the state will pay for half of it."
    assert last in body(Document("d", f"A bridge\n\n{first}\n\n{first}\n\n{heading}\n\n{last}"))


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("United States Patent\n\n(54) VALVE FOR FISH LADDERS\n\n(22) Filed: Aug. 19, 2013", "VALVE FOR FISH LADDERS"),
        ("   Quiet Periods for Transport\n   draft-orrel-quiet-02", "Quiet Periods for Transport"),
        (".. image:: a.svg\n\n=========\nTidewatch\n=========", "Tidewatch"),
    ],
)  # fmt: skip
def test_titles_of_patents_drafts_and_manuals(above: str, title: str) -> None:
    prose = "A valve closes by its own weight when the water in the ladder falls below it."
    (structure,) = clean([Document("d", f"{above}\n\n{prose}\n\n{prose}")])
    assert structure.title == title


def test_line_that_is_but_a_day_tells_more_than_when_something_expires() -> None:
    head = "Internet-Draft\nExpires: 12 January 2024\n11 July 2023\n\nQuiet Periods for Transport"
    prose = "Sensors sleep for hours, and servers forget them after some minutes of quiet."
    (structure,) = clean([Document("d", f"{head}\n\n{prose}")])
    assert structure.date == "2023-07-11"


def test_report_that_recommends_is_not_taken_for_a_pitch() -> None:
    report = [
        "The agency inspects only 61 percent of its bridges within the six years of the law.",
        "One bridge in seven is in poor condition, and the share has doubled since 2010.",
        "We recommend that the agency complete its register by the end of the year.",
        "The agency does not know how much it would cost to mend all of the bridges.",
        "Its register lacks the age of 2,300 bridges, most of which stand in the north.",
        "The ministry pays for each bridge alike, whatever its age and condition may be.",
    ]
    assert body(Document("d", "\n\n".join(report))).split("\n\n") == report


RULES = [
    "Whoever keeps a dog within the walls of the town pays ten crowns a year to its treasury.",
    "This act comes into force on the first day of May, and for phones on the first of July.",
    "Whoever keeps a dog without a licence is fined, and the dog is sold in the market hall.",
]


@pytest.mark.parametrize(
    "heads",
    [
        ("Article 3\nDuties", "Article 4\nEntry into force", "Article 5\nPenalties"),
        ("§ 1\nGeltung", "§ 2\nInkrafttreten", "§ 3\nStrafen"),
        ("Artigo 1\nÂmbito", "Artigo 2\n(Entrada em vigor)", "Artigo 3\nCoimas"),
        ("1 Dogs", "2 Short title", "3 Licences"),
        ("## Hunde", "## Inkrafttreten", "### Strafen"),
        ("Сфера", "Вступление в силу", "Наказания"),
        ("Item 1\nDogs", "Item 2\nCorrespondence", "Item 3\nMarket"),
        ("Day 1\nMusic", "Day 2\nLiterature", "Day 3\nDance"),
        ("Room 3\nMusic", "Room 4\nLiterature", "Room 5\nDance"),
        ("Item 1\nApologies", "Item 2\nDogs", "Item 3\nMarket"),
    ],
)
def test_numbered_parts_of_statutes_minutes_and_programmes_are_kept(heads: list[str]) -> None:
    text = "\n\n".join(f"{head}\n\n{rule}" for head, rule in zip(heads, RULES, strict=True))
    assert body(Document("d", text)).split("\n\n") == RULES
    text = "\n\n".join(f"{head}\n{rule}" for head, rule in zip(heads, RULES, strict=True))
    assert all(rule in body(Document("d", text)) for rule in RULES)


@pytest.mark.parametrize(
    "part",
    [
        "Inkrafttreten: Die Regel gilt ab dem 18. Februar 2027 für alle Telefone im Land.",
        "1. Short title and commencement\n\n2. Definitions.—In this act a dog is any hound.",
        "FIG. 3 shows that the pump fails when the water in the ladder is colder than ice.",
        "∗ The pump fails when the water is colder than ice and the ladder is dry.",
    ],
)
def test_dates_of_force_findings_and_items_with_stars_are_quoted(part: str) -> None:
    kept = body(Document("d", f"{RULES[0]}\n\n{part}\n\n{RULES[2]}"))
    assert part.split("\n\n")[-1].removeprefix("2. ") in kept
    assert RULES[2] in kept


def test_drawings_of_a_patent_are_no_statements() -> None:
    drawing = "FIG. 2 is a sectional view of the valve along the line A-A of FIG. 1."
    shown = "FIG. 2 has been redrawn, because the valve was shown upside down in the first draft."
    assert body(Document("d", f"{RULES[0]}\n\n{drawing}\n\n{shown}")) == f"{RULES[0]}\n\n{shown}"


def test_sources_below_captions_are_not_quoted() -> None:
    parts = [
        "\n\n".join(RULES) + f"\n\nFigure {number}: Dogs by year\n\nSource: Office of the town for "
        f"its own figures, which it draws from the {number} lists of dogs that the treasury, the market hall "
        "and the school of the town have kept, each by itself, since the year of the great flood."
        for number in range(1, 4)
    ]
    kept = body(Document("d", "\n\n".join(parts)))
    assert "Office of the town" not in kept
    assert kept.count(RULES[0]) == 3


@pytest.mark.parametrize(
    "gate",
    ["Dieser Artikel ist nur für Abonnenten. Hier anmelden.", "La suite est réservée aux abonnés."],
)
def test_page_that_breaks_off_at_a_subscription(gate: str) -> None:
    story = "The freighter lies across the harbour, and onze ships wait for it outside."
    (structure,) = clean([Document("d", f"{story}\n\n{gate}", extracted=True)])
    assert [block.kind for block in structure.blocks] == ["body", "heading"]


@pytest.mark.parametrize(
    "end",
    [
        "Facebook said that it would appeal.",
        "The paper lost a third of its subscribers when it raised its price.",
        "Donations from the whole valley paid for most of the building.",
        "Her sister posted the trophy on Instagram.",
        "Der Verlag will im Mai Insolvenz anmelden.",
        "The garden of the museum is reserved for its subscribers on Sundays.",
    ],
)
def test_short_page_that_ends_with_subscribers_gifts_and_networks(end: str) -> None:
    story = "A court in Lode fined the firm four million euros for the data it had sold."
    (structure,) = clean([Document("d", f"{story}\n\n{end}", extracted=True)])
    assert [block.kind for block in structure.blocks] == ["body", "body"]


def test_headings_of_a_wiki_and_its_references() -> None:
    page = (
        "Brock Weir\n\nBrock Weir is a former weir on the river Lode in the town of Harle.\n"
        "References[edit]\n^ Holt, R. (1950). Floods of the Lode. Harle: Marsh Press. pp. 12-14.\n"
        "Removal[edit]\nThe weir was removed in 2025, because salmon could not pass it [sic]"
    )
    kept = body(Document("d", page))
    assert "Marsh Press" not in kept
    assert "Brock Weir is a former weir" in kept


def test_programme_below_an_article_is_not_taken_for_comments() -> None:
    programme = [
        "She plays the suites of Rameau on the old harpsichord.",
        "He sings songs of Dowland to the lute in the castle.",
    ]
    text = (
        f"{LONGER}\n\nHanna Orrel, Friday 9 June, 19:30\n{programme[0]}\n\n"
        f"Omar Reyes, Saturday 10 June, 20:00\n{programme[1]}\n"
    )
    assert body(Document("d", text)).split("\n\n")[-2:] == programme


def test_marks_of_notes_are_no_markup_but_in_front_of_what_was_a_list() -> None:
    noted = "The bridge was closed in 1990 after a storm had torn its ropes.[1][2]"
    listed = "Ways to reach the island include:[3][4] By ferry from Harle By plane from Brinkum."
    assert body(Document("a", f"{noted}\n\n{listed}\n\n{noted}")) == f"{noted}\n\n{noted}"


COUNCIL = "The council met on Monday in the old hall, and all of its members spoke of the bridge."


@pytest.mark.parametrize(
    "sentence",
    [
        "10 – 15 houses were destroyed by the flood in the lower part of the town.",
        "3 - 0 was the score at the end of the first half of the game.",
        "120 — so many people live on the island in the months of winter.",
        "1 – many more than one, that is – was the number of ships in the harbour.",
    ],
)
def test_a_number_and_a_dash_open_a_sentence(sentence: str) -> None:
    text = f"{COUNCIL}\n\n{sentence}\n\n{COUNCIL}\n\n{sentence}\n\n{COUNCIL}\n\n{sentence}"
    assert body(Document("d", text)) == text


def test_sections_of_a_statute_are_numbered_anew_in_each_article() -> None:
    rules = [
        "The employer pays for the energy used at home by a worker.",
        "The employer may not refuse what the worker asks for in writing.",
        "The worker returns what belongs to the employer within a month.",
    ]
    articles = [f"Article {n}\nRules\n\n1 - {rules[0]}\n2 - {rules[1]}" for n in (1, 2)]
    statute = "\n\n".join([*articles, f"3 - {rules[2]}"])
    assert body(Document("d", statute)).split("\n\n") == [*rules[:2], *rules]


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("Inari, 5 January 2024. ", "-43 degrees were measured at the lake on that night."),
        ("Inari, 5 January 2024. ", ".5 percent of the trees fell in the storm of that night."),
        ("Inari, 5 January 2024. - ", "The lake froze on that night, and nobody crossed it."),
        ("Inari, 5 January 2024.-\n", "The lake froze on that night, and nobody crossed it."),
    ],
)
def test_a_dash_behind_a_day_is_that_of_a_number_without_a_blank(head: str, sentence: str) -> None:
    assert body(Document("d", f"{head}{sentence}\n\n{COUNCIL}")) == f"{sentence}\n\n{COUNCIL}"


@pytest.mark.parametrize(
    "items",
    [
        ["3.25 million people fled from the coast to the hills", "Most of them came back in May"],
        ["12.50 euros an hour is what the pickers are paid", "They ask for two euros more an hour"],
        [
            "14:30 the police closed the road to the old bridge",
            "The road was opened at night again",
        ],
    ],
)
def test_items_may_open_with_an_amount_or_an_hour(items: list[str]) -> None:
    text = f"{COUNCIL}\n\n- {items[0]}\n- {items[1]}\n\n{COUNCIL}"
    assert body(Document("d", text)).split("\n\n") == [COUNCIL, *items, COUNCIL]


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("By Ann Holt, published 12 May 2021\n\n24 December 1955", "2021-05-12"),
        ("Published on 3 March 2020\n\nBorn 1 May 1931, died 2 March 2020", "2020-03-03"),
        ("Judgment of 7 June 2019\n\n4 April 2019", "2019-06-07"),
        ("Expires: 7 June 2019\n\n4 April 2019", "2019-04-04"),
    ],
)
def test_first_day_above_a_text_is_its_own_unless_it_expires_then(head: str, date: str) -> None:
    text = f"The life of a carpenter\n\n{head}\n\n{COUNCIL}\n\n{COUNCIL}"
    assert read_(text).date == date


def test_title_that_ends_with_a_number_is_no_name_of_a_file() -> None:
    title = "Tourism on the coast post-covid-19"
    assert read_(f"{title}\n\n{COUNCIL}\n\n{COUNCIL}").title == title


def test_underlined_entry_of_a_menu_is_not_the_title() -> None:
    title = "The bridge of the council is closed"
    text = f"Navigation\n----------\n\n{title}\n\n{COUNCIL}\n\n{COUNCIL}"
    assert read_(text).title == title


def test_comments_with_days_but_no_year_are_not_quoted() -> None:
    comments = (
        "Ann Holt, Friday 9 June, 19:30\nI saw the bridge on that day and cried for an hour.\n\n"
        "Bo Marsh, Saturday 10 June, 20:07\nSo did I, all night long, and so did my old mother.\n"
    )
    kept = body(Document("d", f"{LONGER}\n\n{COUNCIL}\n\n{comments}"))
    assert kept.endswith(COUNCIL)


def test_hours_of_a_talk_with_one_speaker_are_no_words_of_it() -> None:
    told = [
        "I was born in the lower town, and we moved up in 1940.",
        "My father mended ships, and my mother kept the books of the yard.",
        "The yard was closed in May, so we left.",
        " ".join(["We had no water in the house, and no light either."] * 6),
    ]
    talk = "\n\n".join(f"0{n}:12 {words}" for n, words in enumerate(told))
    blocks = [block for block in read_(talk).blocks if block.kind == "body"]
    assert [block.where for block in blocks[:4]] == ["00:12", "01:12", "02:12", "03:12"]
    assert talk[blocks[0].start : blocks[0].end] == told[0]


@pytest.mark.parametrize(("times", "spoken"), [(2, True), (5, False)])
def test_what_is_much_longer_than_the_rows_of_a_table_of_times_is_text(
    times: int, spoken: bool
) -> None:
    rows = [f"09:{n}0 the pump of the {n} th lock was stopped for an hour" for n in range(1, 6)]
    below = " ".join(["the lock was dry, and nobody saw it."] * times)
    text = "\n".join([*rows, f"09:58 {below}"])
    assert any(block.where for block in read_(text).blocks) is spoken
