"""The map of what the sources say."""

import numpy as np

from summarizer import Citation, CitedSentence, Document, Encoder, summarize
from summarizer.datatypes import Sentence
from summarizer.rank.mapping import map_sentences, shown_rows


def sentences(number: int) -> list[Sentence]:
    return [Sentence(0, row, row, row + 1, "A") for row in range(number)]


def test_two_widest_directions_become_the_sides() -> None:
    wide = np.array([[0, 0, 0], [9, 0, 0], [0, 3, 0], [9, 3, 0.1]], dtype=np.float32)
    places = map_sentences(sentences(4), [7], wide, np.arange(4, dtype=np.intp))
    assert {(round(place.x), round(place.y)) for place in places} == {
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
    }
    assert abs(places[0].x - places[1].x) > 0.9 > 0.1 > abs(places[0].x - places[2].x)
    assert [(place.source, place.start, place.end) for place in places][2] == (7, 2, 3)
    assert [place.cluster for place in places] == [0, 1, 2, 3]


def test_few_and_equal_sentences_lie_in_the_middle() -> None:
    for number, width in ((1, 1), (1, 5), (3, 2), (2, 1)):
        equal = np.ones((number, width), dtype=np.float32)
        places = map_sentences(sentences(number), [1], equal, np.zeros(number, dtype=np.intp))
        assert {(place.x, place.y) for place in places} == {(0.5, 0.5)}


def test_named_sentences_are_shown_before_others() -> None:
    salience = np.linspace(0, 1, 1000)
    shown = shown_rows([3, 1, 3], salience)
    assert shown[:2] == [1, 3]
    assert shown[2:] == list(range(702, 1000))


def test_summary_has_its_documents_and_every_quote_on_the_map(
    example: list[Document], words: Encoder
) -> None:
    for ratio in (0.2, 1.0):
        summary = summarize(example, ratio=ratio, encoder=words)
        assert summary.documents == tuple(example)
        places = {(place.source, place.start, place.end) for place in summary.places}
        for quote in summary.sentences:
            passages: list[CitedSentence | Citation] = [quote, *quote.corroboration]
            for passage in passages:
                assert (passage.source, passage.start, passage.end) in places
        assert all(0 <= place.x <= 1 and 0 <= place.y <= 1 for place in summary.places)
        assert "documents" not in repr(summary)
        assert set(summary.to_dict()) == {
            *("text", "words", "budget", "sentences", "sources", "warnings", "signature")
        }


def test_documents_stand_in_the_order_given(example: list[Document], words: Encoder) -> None:
    turned = list(reversed(example))
    assert summarize(turned, words=60, encoder=words).documents == tuple(turned)
