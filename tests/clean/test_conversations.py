"""Turns of transcripts, chats and mails: who says what, and what nobody says."""

from typing import Any

import pytest

from summarizer import Document
from summarizer.clean import clean

HEARING = """\
                 THE COURT:  Please be seated.  We resume with the witness.
            Q.   Where were you on the evening of May 3?
            A.   I was at the mill with my brother.
            Q.   Did you see the lorry leave?
            A.   Yes.  It left at nine with its lights off.
            Q.   Who drove it?
            A.   I could not see the driver from the gate.
"""
CALL = """\
Nordic Pumps Q3 2024 Earnings Call

October 24, 2024

Operator

Good afternoon, and welcome to the third quarter call.

Ann Berg -- Chief Executive Officer

Revenue grew by 12 percent to 340 million euros.

Operator

Our first question comes from Lee Wong.

Lee Wong -- Analyst

How much of the growth came from prices?

Ann Berg -- Chief Executive Officer

The rest was volume.
"""
CHAT = """\
12.03.24, 18:04 - Nachrichten sind verschlüsselt.
12.03.24, 18:05 - Jonas: der aufzug ist bis freitag außer betrieb
12.03.24, 18:07 - Frau Lind: Wer trägt mir den Einkauf hoch?
12.03.24, 18:08 - +49 171 5551234: Ich komme um sechs.
12.03.24, 18:09 - Jonas: <Medien ausgeschlossen>
12.03.24, 18:12 - Frau Lind: danke
"""
ENTRETIEN = """\
Entretien avec la maire

Le Courrier : Pourquoi fermez-vous le pont ?

Ada Stone : Les câbles sont rouillés. {rires} Nous l'avons {toux} appris en mars.

Le Courrier : Combien coûtera le nouveau pont ?

Ada Stone : Quarante millions d'euros selon l'étude.
"""
MAIL = """\
Von: Bernd Kahl <bernd@example.org>
Gesendet: Dienstag, 11. März 2025 10:00
An: Team <team@example.org>
Betreff: Pumpe

Hallo zusammen,

die Pumpe kommt am Donnerstag um neun. Bitte haltet das Tor frei.

Viele Grüße
Bernd

Diese Nachricht ist vertraulich und nur für den Empfänger bestimmt.

Von: Ina Roth <ina@example.org>
Gesendet: Montag, 10. März 2025 16:12
An: Bernd Kahl <bernd@example.org>
Betreff: AW: Pumpe

wann kommt die Pumpe? Der Kran ist nur bis Freitag gemietet.

Ina Roth
"""


def said(text: str, **fields: Any) -> list[tuple[str | None, str | None, str]]:
    """Return who says what, and when."""
    (structure,) = clean([Document("d", text, **fields)])
    return [
        (block.speaker, block.where, text[block.start : block.end])
        for block in structure.blocks
        if block.kind == "body"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            HEARING,
            [
                ("THE COURT", None, "Please be seated."),
                ("THE COURT", None, "We resume with the witness."),
                ("Q", None, "Where were you on the evening of May 3?"),
                ("A", None, "I was at the mill with my brother."),
                ("Q", None, "Did you see the lorry leave?"),
                ("A", None, "It left at nine with its lights off."),
                ("Q", None, "Who drove it?"),
                ("A", None, "I could not see the driver from the gate."),
            ],
        ),
        (
            CALL,
            [
                ("Operator", None, "Good afternoon, and welcome to the third quarter call."),
                ("Ann Berg", None, "Revenue grew by 12 percent to 340 million euros."),
                ("Operator", None, "Our first question comes from Lee Wong."),
                ("Lee Wong", None, "How much of the growth came from prices?"),
                ("Ann Berg", None, "The rest was volume."),
            ],
        ),
        (
            CHAT,
            [
                ("Jonas", "18:05", "der aufzug ist bis freitag außer betrieb"),
                ("Frau Lind", "18:07", "Wer trägt mir den Einkauf hoch?"),
                ("+49 171 5551234", "18:08", "Ich komme um sechs."),
            ],
        ),
        (
            ENTRETIEN,
            [
                ("Le Courrier", None, "Pourquoi fermez-vous le pont ?"),
                ("Ada Stone", None, "Les câbles sont rouillés."),
                ("Le Courrier", None, "Combien coûtera le nouveau pont ?"),
                ("Ada Stone", None, "Quarante millions d'euros selon l'étude."),
            ],
        ),
        (
            MAIL,
            [
                (
                    "Bernd Kahl",
                    None,
                    "die Pumpe kommt am Donnerstag um neun. Bitte haltet das Tor frei.",
                ),
                (
                    "Ina Roth",
                    None,
                    "wann kommt die Pumpe? Der Kran ist nur bis Freitag gemietet.",
                ),
            ],
        ),
    ],
)
def test_who_says_what(text: str, expected: list[tuple[str | None, str | None, str]]) -> None:
    assert said(text) == expected


def test_mail_of_a_known_sender_holds_the_words_of_nobody_else() -> None:
    text = (
        "Le dim. 2 févr. 2025 à 18:20, Paul Roux <paul@example.org> a écrit :\n"
        "> Shall we release on Friday?\n\n"
        "No, we should wait for the new key.\n\n> And the manual?\n\nIt is finished.\n\nIda\n"
    )
    found = said(text, author="Ida Moen", path="reply.eml")
    assert [sentence for _, _, sentence in found] == [
        "No, we should wait for the new key.",
        "It is finished.",
    ]


def test_records_and_articles_are_no_conversations() -> None:
    records = "".join(
        f"Name: Pump {letter}\nPower: {letter} kW.\nPrice: 400 euros.\n" for letter in "ABCD"
    )
    article = (
        "The mayor of Harle closed the bridge on Monday.\n\nNote: the ferry runs until ten.\n\n"
        "Drivers must use the tunnel, which is narrow."
    )
    for text in (records, article):
        assert all(speaker is None for speaker, _, _ in said(text))


def test_prices_under_two_labels_are_no_conversation() -> None:
    items = [
        f"{label}: The {pump} pump costs {price} euros until the end of this week."
        for label, pump, price in (
            ("New Price", "small", 40),
            ("New Price", "large", 90),
            ("New Offer", "deep", 120),
            ("New Offer", "old", 20),
        )
    ]
    intro = "The shop of Harle has lowered what it asks for its pumps, as it does each spring."
    found = said("\n\n".join([intro, *items]))
    assert intro in [sentence for _, _, sentence in found]
    assert all(speaker is None for speaker, _, _ in found)


def test_introduction_of_an_interview_on_a_page_is_text() -> None:
    intro = "Ida Moen has led the harbour of Harle for nine years, and leaves it in spring."
    talk = "\n\n".join(
        f"Q: What did you do in year {n} of these nine?\n\nA: We built the quay number {n}."
        for n in range(1, 4)
    )
    found = said(f"{intro}\n\n{talk}", extracted=True)
    assert found[0] == (None, None, intro)
    assert found[1] == ("Q", None, "What did you do in year 1 of these nine?")


def test_title_of_a_talk_is_not_its_first_line() -> None:
    (structure,) = clean([Document("d", CALL)])
    assert (structure.title, structure.date) == (
        "Nordic Pumps Q3 2024 Earnings Call",
        "2024-10-24",
    )
    assert clean([Document("d", CHAT)])[0].title == ""


SAID = (
    ("Ida", "the lift is out of order until monday"),
    ("Per Holm", "Who carries my shopping up? I live on the ninth floor."),
    ("Ida", "The caretaker does it for a tip."),
    ("Zoë", "my son can help you on Sunday"),
)


@pytest.mark.parametrize(
    "layout",
    [
        "[12/03/2024, 6:0{n}:11 pm] {name}: {words}\n",
        "12.03.24, 18:0{n} - {name}: {words}\n",
        "12/03/24 18.0{n} - {name}: {words}\n",
        "[2024-03-12T18:0{n}:11Z] {name}: {words}\n",
        "12 Mar 2024 18:0{n} {name}: {words}\n",
        "{name}, [12.03.2024 18:0{n}]\n{words}\n\n",
        "{name}  6:0{n} PM\n{words}\n\n",
        "{name}\n  6:0{n} PM\n{words}\n\n",
        "[12.03. 18:0{n}] {name}\n{words}\n\n",
        "{name} — Today at 6:0{n} PM\n{words}\n\n",
        "[12-Mar-24 06:0{n} PM] {name}#4711\n{words}\n\n",
        "18:0{n}:11 From {name} to Everyone: {words}\n",
        "2024-03-12 18:0{n}:11\t{name}\t{words}\n",
        "**{name}** (18:0{n})\n{words}\n\n",
    ],
)
def test_time_and_name_of_a_message_are_found_in_any_layout(layout: str) -> None:
    lines = [layout.format(n=n, name=name, words=words) for n, (name, words) in enumerate(SAID)]
    text = "".join(lines)
    (structure,) = clean([Document("chat", text)])
    found = [(b.speaker, b.where, text[b.start : b.end]) for b in structure.blocks if b.speaker]
    name = "Per Holm#4711" if "#" in layout else "Per Holm"
    assert found[1][:1] + found[1][2:] == (name, "Who carries my shopping up?")
    assert len(found) == len(SAID) + 1
    assert found[0][2] == SAID[0][1]
    assert all(where and ":0" in where.replace(".", ":") for _, where, _ in found)


def test_chat_without_times_and_stops_is_quoted() -> None:
    chat = """\
Mina: the hall is locked from friday because the heating is broken
Tarek: oh no
Mina: the choir sings in the school until easter
Tarek: Who has the key of the school? We start at seven.
Mina: the porter opens the side door for us
Tarek: great
"""
    said = quoted(chat)
    assert ("Mina", "the choir sings in the school until easter") in said
    assert ("Tarek", "We start at seven.") in said


def test_remarks_below_labels_are_no_chat() -> None:
    remarks = """\
Pros: the choir has a hall of its own in the school
Cons: the heating was broken for the whole of the winter
Pros: the porter opens the side door for all of us
Cons: the chairs of the hall are much too small
"""
    assert all(speaker is None for speaker, _ in quoted(remarks))


@pytest.mark.parametrize(
    "head", ["{name}, [{day} {time}]", "{name}  {time}", "{name} — {day} {time}"]
)
def test_chat_with_names_above_messages(head: str) -> None:
    said = [
        ("Mina", "18:30", "the hall is locked from friday on"),
        ("Tarek", "18:31", "who told you that"),
        ("Mina", "18:35", "The porter did. The heating is broken."),
    ]
    chat = "\n\n".join(
        f"{head.format(name=name, day='12.03.2024', time=time)}\n{words}"
        for name, time, words in said
    )
    assert ("Mina", "the hall is locked from friday on") in quoted(chat)
    assert ("Mina", "The heating is broken.") in quoted(chat)


@pytest.mark.parametrize(
    "notice",
    [
        *("<Media omitted>", "\u200eThis message was deleted", "This message was deleted."),
        *("Ce message a été supprimé.", "Diese Nachricht wurde gelöscht.", "此消息已被删除"),
        *("Eliminaste este mensaje.", "Сообщение удалено", "このメッセージは削除されました"),
        *("You deleted this message", "Du hast diese Nachricht gelöscht.", "你撤回了一条消息"),
    ],
)
def test_notices_of_chat_programs_are_no_messages(notice: str) -> None:
    chat = (
        "12.03.24, 18:30 - Mina: Nobody deleted the plan of the message boards.\n"
        f"12.03.24, 18:31 - Tarek: {notice}\n"
        "12.03.24, 18:32 - Mina: The boards are built in April.\n"
    )
    assert [words for _, words in quoted(chat)] == [
        "Nobody deleted the plan of the message boards.",
        "The boards are built in April.",
    ]


@pytest.mark.parametrize(
    "message",
    [
        *("The minister deleted his messages.", "This message was deleted by the ministry."),
        *("Er hat alle Nachrichten gelöscht.", "Elle a supprimé ce message."),
    ],
)
def test_who_deleted_messages_is_said_by_no_program(message: str) -> None:
    chat = (
        "12.03.24, 18:30 - Mina: Where is the plan of the ministry?\n"
        f"12.03.24, 18:31 - Bo: {message}\n"
        "12.03.24, 18:32 - Mina: The boiler is fixed now.\n"
    )
    assert ("Bo", message) in quoted(chat)


def test_what_somebody_typed_is_a_message_whatever_it_opens_and_ends_with() -> None:
    chat = "".join(
        f"[03/10/2022 18:0{minute}:11] {name}: {words}\n"
        for minute, (name, words) in enumerate(
            [
                ("Claire", "The lift has been broken since this morning."),
                ("~ Hakim", "it is the third time in two months, we should get money back"),
                ("Claire", "The engineer will come before noon tomorrow."),
                ("Mrs Vidal", "I cannot go down four floors with my hip."),
                ("Claire", "I will do your shopping tonight."),
            ]
        )
    )
    assert ("Hakim", "it is the third time in two months, we should get money back") in quoted(chat)


def quoted(text: str) -> list[tuple[str | None, str]]:
    blocks = clean([Document("1", text)])[0].blocks
    return [(b.speaker, text[b.start : b.end]) for b in blocks if b.kind == "body"]
