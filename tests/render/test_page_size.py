"""The page stays small beside the texts of its sources."""

import pytest

from summarizer import Document, Summary, summarize

from ..builders import AUTHOR, PARAGRAPHS, SITE
from ..render.test_page import parse

MOST = 300_000
SUBJECTS = ("The mayor", "A spokesman for the port", "The council", "Divers", "A court")
VERBS = ("closed", "praised", "inspected", "sold", "measured", "financed")
OBJECTS = ("the old bridge", "some ferries", "the harbour", "a new tunnel", "the plan", "the quay")
ENDS = ("on Monday", "after the storm", "with great care", "in the spring", "“at last”, he said")


def document(number: int, text: str) -> Document:
    """Return a document with all that a page says of it."""
    address = f"https://paper{number}.example/2023/05/12/harbour-bridge-of-port-aldwick-reopens"
    return Document(
        *(f"{number}.txt", text, f"Harbour bridge reopens, says paper number {number}"),
        *(f"2023-{number % 9 + 1:02}-{number % 28 + 1:02}", f"saved/papers/{number:03}.txt"),
        *(address, AUTHOR, f"{SITE} {number}"),
    )


def near_copies(number: int) -> list[Document]:
    """Return articles that differ by a word and a line."""
    found = []
    for n in range(number):
        paragraphs = list(PARAGRAPHS)
        place = n % len(paragraphs)
        paragraphs[place] = paragraphs[place].replace(" the ", " that ", 1)
        found.append(document(n, "\n\n".join([*paragraphs, f"Paper {n} printed this."])))
    return found


def place_name(document: int, sentence: int) -> str:
    """Return a word for each sentence of each document."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(document * 101 + sentence))


def various(number: int, sentences: int) -> list[Document]:
    """Return documents of different sentences, without numbers in which they would differ."""
    found = []
    for n in range(number):
        lines = []
        for k in range(sentences):
            words = (SUBJECTS[(n + k) % 5], VERBS[(n * 7 + k) % 6], OBJECTS[(n * k + 3 * k) % 6])
            lines.append(
                f"{' '.join(words)} {ENDS[(n // 5 + k // 3) % 5]} near {place_name(n, k)}."
            )
        found.append(document(n, "\n".join(lines)))
    return found


@pytest.fixture(scope="module", params=["120 near-copies", "300 short", "300 long"])
def large(request: pytest.FixtureRequest) -> Summary:
    documents = {
        "120 near-copies": lambda: near_copies(120),
        "300 short": lambda: various(300, 3),
        "300 long": lambda: various(300, 100),
    }[request.param]()
    return summarize(documents, words=150)


@pytest.mark.parametrize("explain", [False, True])
def test_markup_has_a_limit(large: Summary, *, explain: bool) -> None:
    page = large.to_html(explain=explain)
    texts = sum(len(document.text.encode()) for document in large.documents)
    assert len(page.encode()) - texts < MOST
    if not explain:
        parse(page)


def test_near_copies_are_all_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    # As one duplicate group they would not be shown; here each is one.
    monkeypatch.setattr("summarizer.subject.sources.duplicate_groups", lambda *_: list(range(120)))
    summary = summarize(near_copies(120), words=150)
    tree = parse(summary.to_html())
    quotes = tree.find(".//section")
    links = {a.get("href") for a in quotes.iter("a") if "cite" in a.get("class", "").split()}
    marks = {f"#{mark.get('id')}" for mark in tree.iter("mark")}
    assert links == marks
    assert sum(len(quote.passages) for quote in summary.sentences) > 700


def test_small_page_is_small() -> None:
    summary = summarize(["The mayor closed the old bridge."], words=9)
    assert len(summary.to_html().encode()) < 25_000
