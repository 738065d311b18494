"""Evidence for a sentence from anywhere."""

import pytest

from summarizer import Document, SummarizerError
from summarizer.subject.checking import find_evidence

SENTENCE = "The ferry Astra sank off the coast of Norway on Friday, killing 12 passengers."
NEWS = [
    Document(
        "herald",
        "Rain is expected in the valley. Twelve passengers died when the ferry Astra sank off the "
        "coast of Norway on Friday. The council voted on the budget for the schools.",
    ),
    Document(
        "courier",
        "Fifteen passengers died when the ferry Astra sank off the coast of Norway on Friday. The "
        "captain was not on the bridge when it happened, the police said.",
    ),
    Document("archive", f"{SENTENCE} It was an old ship that had been sold twice before."),
]


def test_who_agrees_who_differs_and_who_copies() -> None:
    found = find_evidence(SENTENCE, NEWS)
    assert [one.document for one in found.agreeing + found.partly] == ["herald"]
    assert [one.document for one in found.differing] == ["courier"]
    assert found.differing[0].differences == (("12 passengers", "Fifteen passengers"),)
    assert [one.document for one in found.copies] == ["archive"]


def test_every_passage_is_verbatim() -> None:
    texts = {document.id: document.text for document in NEWS}
    found = find_evidence(SENTENCE, NEWS)
    for one in (*found.agreeing, *found.partly, *found.differing, *found.copies):
        assert texts[one.document][one.start : one.end] == one.text
        assert 0 < one.probability <= 1


@pytest.mark.parametrize(
    ("sentence", "documents", "message"),
    [
        (" ", NEWS, "the sentence to look for is empty"),
        (SENTENCE, [Document("x", "")], "nothing to compare with: x: is empty"),
    ],
)
def test_nothing_to_compare_is_an_error(
    sentence: str, documents: list[Document], message: str
) -> None:
    with pytest.raises(SummarizerError, match=message):
        find_evidence(sentence, documents)
