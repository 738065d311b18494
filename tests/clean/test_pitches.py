"""What a page says to its reader is not of the article."""

import pytest

from summarizer import Document, body
from summarizer.clean import clean

ARTICLE = [
    "The council of Harle closed the old bridge on Monday because its cables had rusted.",
    '"We had no choice if you look at the figures," said the mayor, Ada Stone, on the radio.',
    "Engineers had found the rust in March, when they looked at the bridge for the first time in "
    "nine years, and told the council at once.",
    "Ferries will carry walkers across the river until a new bridge is built in two years.",
    "Shops on the north bank fear for their trade, and the owners want money from the council.",
]


def quotable(*paragraphs: str) -> list[str]:
    """Return the paragraphs of the body of a page made of these."""
    return body(Document("d", "\n\n".join(paragraphs))).split("\n\n")


@pytest.mark.parametrize(
    "pitch",
    [
        "Sign up to our morning letter and get the stories that matter every day.",
        "Follow us on the usual networks for more local news. Do you have a story? Call us at once.",
        "If you value this reporting, please consider a subscription from 2 pounds a week.",
        "This website uses cookies. We and our 842 partners store and read what is on the device.",
        "Abonnez-vous à notre lettre du matin pour recevoir chaque jour les nouvelles de la ville.",
        "Abonnieren Sie unseren Brief am Morgen mit den Nachrichten aus der ganzen Stadt.",
    ],
)
@pytest.mark.parametrize("place", [1, 3, 5])
def test_pitch_within_an_article(pitch: str, place: int) -> None:
    assert quotable(*ARTICLE[:place], pitch, *ARTICLE[place:]) == ARTICLE


@pytest.mark.parametrize(
    "paragraph",
    [
        "“We value our bridge and you should too,” the mayor said of what will follow.",
        "The US sold 12 of the old ships that had lain near the bridge to Norway.",
    ],
)
def test_quotations_and_countries_do_not_speak_to_the_reader(paragraph: str) -> None:
    assert quotable(*ARTICLE, paragraph) == [*ARTICLE, paragraph]


@pytest.mark.parametrize(
    "said",
    [
        "We collected 10,000 posts from public Facebook groups in the spring of that year.",
        "We studied 320 kidneys that were donated in the hospitals of the valley.",
        "Companies donated 400 tons of food to our kitchens, more than ever before.",
        "You can delete all cookies in the settings of your browser within a minute.",
        "Sign in with the address that you gave to the council when you moved here.",
        "2. Sign up with the address that you gave to the council when you moved here.",
        "Our newspaper lost 4,000 subscribers in the year in which the bridge was closed.",
        "Subscription prices of our newspaper rose by a tenth, and 4,000 readers left.",
        "Wir mussten im Mai Insolvenz anmelden, weil die Brücke so lange gesperrt war.",
        "Nuestro país suscribió el acuerdo sobre los puentes en el mes de mayo.",
        "Unsere Anmeldungen von Patenten sind im letzten Jahr um ein Viertel gestiegen.",
    ],
)
@pytest.mark.parametrize("extracted", [False, True])
def test_who_speaks_of_accounts_and_gifts_need_not_offer_them(said: str, extracted: bool) -> None:
    text = "\n\n".join([*ARTICLE[:3], said, *ARTICLE[3:]])
    (structure,) = clean([Document("d", text, extracted=extracted)])
    kept = [text[b.start : b.end] for b in structure.blocks if b.kind == "body"]
    assert {said, said.removeprefix("2. ")} & set(kept)


def test_step_of_advice_that_bids_its_reader_sign_up_is_kept() -> None:
    steps = [
        "Open the page of the council and look for your street in the list of all streets.",
        "Sign up with your address, and wait for the letter that the council sends you.",
        "Bring the letter and your passport to the town hall within four weeks.",
    ]
    assert quotable(*steps, ARTICLE[4]) == [*steps, ARTICLE[4]]


def test_text_that_speaks_to_its_reader_is_kept() -> None:
    advice = [
        "You should drink water before you run, and we advise you to stretch both legs.",
        "When you feel pain, stop and see your doctor within a few days of the run.",
        "Runners over sixty need longer breaks between two runs than younger ones do.",
        "Your shoes should be changed after five hundred miles at the very latest.",
        "Most injuries of runners are those of the knee and of the ankle, in this order.",
    ]
    assert quotable(*advice) == advice


def test_long_paragraph_to_the_reader_shows_the_manner_of_the_text() -> None:
    column = (
        "We all remember the day on which the bridge was opened, when our parents took us by the "
        "hand and walked across with half of the town, and the band of the school played until it "
        "was dark and the last of the lamps had been lit on the other bank."
    )
    short = "You may think of that what you like, as many in this town already do."
    assert quotable(*ARTICLE[2:], column, short) == [*ARTICLE[2:], column, short]


def test_long_paragraph_to_the_reader_keeps_a_short_one_that_bids() -> None:
    column = (
        "We all remember the day on which the bridge was opened, when our parents took us by the "
        "hand and walked across with half of the town, and the band of the school played until it "
        "was dark on the other bank."
    )
    more = [
        "The first bridge of the town was built of oak in 1412 and burnt down in the great war.",
        "A second one of stone stood until the flood of 1784, which took two of its four piers.",
        "The third one was made of iron from the mines above Harle, and it was painted green.",
    ]
    bid = "Support us, for we mend this bridge with our own hands."
    assert quotable(*ARTICLE, column, *more, bid) == [*ARTICLE, column, *more, bid]
    assert quotable(*ARTICLE, *more, bid) == [*ARTICLE, *more]


def test_questions_alone_are_no_pitches() -> None:
    question = "Why did nobody see the rust in the cables for nine long years?"
    assert quotable(*ARTICLE[:3], question, *ARTICLE[3:]) == [*ARTICLE[:3], question, *ARTICLE[3:]]


def test_pitch_in_a_text_known_to_be_body_is_not_quoted() -> None:
    text = "\n\n".join([*ARTICLE, "Follow us on Facebook, and subscribe to our newsletter."])
    (structure,) = clean([Document("a", text, extracted=True)])
    assert [block.kind for block in structure.blocks] == ["body"] * len(ARTICLE) + ["heading"]


@pytest.mark.parametrize("place", [2, 4])
@pytest.mark.parametrize("extracted", [False, True])
def test_what_a_site_tells_its_readers_ends_no_article(place: int, extracted: bool) -> None:
    story = [
        "The museum in Lind returned a bronze head on Monday.",
        "Soldiers had taken it from the palace in 1897.",
        "A dealer in London sold it for ninety pounds.",
        "The trustees had refused at first.",
        "Registered letters went to and fro for years.",
        "It will be shown from the autumn on.",
    ]
    notice = "Sign up to our newsletter to get more stories like this in your inbox."
    text = "\n\n".join([*story[:place], notice, *story[place:]])
    kept = body(Document("a", text, extracted=extracted))
    assert all(sentence in kept for sentence in story)
