"""Copies of one text are one duplicate group; documents about something else are found."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.rank.documents import (
    document_cosines,
    duplicate_groups,
    gather_copies,
    off_topic_documents,
)
from summarizer.settings import Settings

from ..builders import table_of, unit

SETTINGS = Settings()
STORY = (
    "The mayor of Harle closed the old iron bridge on Monday after engineers had found rust in its "
    "cables. Ferries will carry walkers across the river until a new bridge is built in two years. "
    "Shops on the north bank fear for their trade, as most customers come from the south."
)
RETOLD = (
    "Rust in the cables made the town of Harle shut its iron bridge this week. A new one will stand "
    "in two years, and boats are to replace it for people on foot until then."
)


def groups_of(*texts: str) -> list[int]:
    """Return the duplicate groups of documents of one sentence each."""
    return duplicate_groups(table_of(*([text] for text in texts)), len(texts), SETTINGS)


def numbered(*places: int) -> str:
    """Return words of which no two are the same."""
    return " ".join(f"w{place}" for place in places)


def test_copy_with_another_beginning_and_end_is_of_the_group() -> None:
    copied = f"Bridge shut for good. {STORY} This report was made by an agency."
    assert groups_of(STORY, RETOLD, copied) == [0, 1, 0]


def test_half_of_the_shorter_text_makes_a_copy() -> None:
    # Of 15 runs of six words in the first, the others share 8 and 7.
    first = numbered(*range(20))
    assert groups_of(first, numbered(*range(7, 20), *range(30, 40))) == [0, 0]
    assert groups_of(first, numbered(*range(8, 20), *range(30, 40))) == [0, 1]


def test_runs_are_of_six_words() -> None:
    assert groups_of(numbered(*range(6)), numbered(*range(6))) == [0, 0]
    assert groups_of(numbered(*range(5)), numbered(*range(5))) == [0, 1]
    # Of two runs one is shared; of runs of five words it would be one of three.
    assert groups_of(numbered(*range(7)), numbered(*range(6), 90)) == [0, 0]
    assert groups_of(numbered(*range(8)), numbered(*range(5), 90, 91, 92)) == [0, 1]


def test_copies_of_copies_are_of_one_group() -> None:
    chain = [numbered(*range(start, start + 30)) for start in (20, 0, 10)]
    assert groups_of(*chain) == [0, 0, 0]


def test_what_many_papers_print_is_one_group_but_a_phrase_of_the_trade_is_none() -> None:
    own = [" ".join(f"w{number}x{word}" for word in range(20)) for number in range(60)]
    assert groups_of(RETOLD, *(f"{STORY} {text}" for text in own)) == [0, *[1] * 60]
    phrase = "All rights are reserved by this paper."
    assert groups_of(*(f"{text} {phrase}" for text in own)) == list(range(60))


@pytest.mark.parametrize(("count", "joined"), [(50, True), (51, False)])
def test_what_more_than_fifty_share_joins_only_neighbours(count: int, joined: bool) -> None:
    # One run is common to all: half of what the first and the last have, little of the others.
    common = numbered(*range(6))
    long = [f"{common} {numbered(*range(100 * n, 100 * n + 60))}" for n in range(2, count)]
    found = groups_of(f"{common} first", *long, f"{common} last")
    assert (found[0] == found[-1]) is joined


def test_short_texts_have_no_runs_to_share() -> None:
    assert groups_of("It rained.", "It rained.", "") == [0, 1, 2]


@given(st.permutations(range(4)))
def test_groups_do_not_depend_on_the_order(order: list[int]) -> None:
    texts = [STORY, RETOLD, f"{STORY} An agency wrote it.", "Something else was said by others."]
    found = groups_of(*(texts[number] for number in order))
    together = [order[place] for place in range(4) if found[place] == found[order.index(0)]]
    assert sorted(together) == [0, 2]


@pytest.mark.parametrize("code", ["de", "ja"])
def test_copies_in_other_languages(code: str) -> None:
    text = {
        "de": "Die Bürgermeisterin von Harle sperrte am Montag die alte eiserne Brücke.",
        "ja": "市長は月曜日に古い鉄橋を閉鎖した。",
    }[code]
    table = table_of([text], [f"{text} Ende."], ["Etwas ganz anderes stand hier."], code=code)
    assert duplicate_groups(table, 3, SETTINGS) == [0, 0, 2]


# Documents about something else.


def test_cosines_of_documents_in_words() -> None:
    table = table_of(["bridge river"], ["river bridge", "bridge"], ["cake"])
    found = document_cosines(table.stems, table.document)
    # Each stem's logarithm of one more than its number, times log(1 + 4 / sentences with it).
    river, bridge = np.log(1 + 4 / 2), np.log(1 + 4 / 3)
    one = np.log(2) * np.array([river, bridge])
    other = np.array([np.log(2) * river, np.log(3) * bridge])
    expected = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
    np.testing.assert_allclose(found, [[1, expected, 0], [expected, 1, 0], [0, 0, 1]])


def test_cosines_of_documents_by_a_library() -> None:
    from scipy.spatial.distance import cdist

    texts = [STORY, RETOLD, "Peel the potatoes and boil them in salted water until two."]
    table = table_of(*([text] for text in texts))
    stems = table.stems
    counts = np.stack([np.bincount(stems.of(row), minlength=len(stems.stems)) for row in range(3)])
    rare = np.where(stems.content, np.log1p(3 / np.maximum(stems.frequency, 1)), 0)
    expected = 1 - cdist(np.log1p(counts) * rare, np.log1p(counts) * rare, "cosine")
    np.testing.assert_allclose(document_cosines(stems, table.document), expected, atol=1e-12)


Texts = Sequence[Sequence[str]]


def off_topic(
    documents: Texts,
    meanings: Mapping[str, Sequence[float]],
    codes: Sequence[str] = (),
    groups: Sequence[int] = (),
) -> tuple[list[int], bool]:
    """Find what is off topic where the first word of a sentence tells its vector."""
    table = table_of(*documents)

    def embed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return unit(*(meanings[text.split()[0]] for text in texts))

    languages = list(codes) or ["en"] * len(documents)
    copies = list(groups) or list(range(len(documents)))
    found, related = off_topic_documents(table, languages, copies, embed, SETTINGS)
    return found.tolist(), related


def at(cosine: float) -> list[float]:
    """Return a vector of this cosine to (1, 0)."""
    return [cosine, float(np.sqrt(1 - cosine**2))]


# Three documents of the same words, and one that shares none with them.
SAME = ["The bridge of the town was closed on Monday by the mayor."]
STRAY = ["Those potatoes are to be peeled and boiled."]


@pytest.mark.parametrize(("cosine", "found"), [(0.44, [3]), (0.46, [])])
def test_off_topic_is_what_is_alike_in_meaning_to_none(cosine: float, found: list[int]) -> None:
    meanings = {"The": [1.0, 0.0], "Those": at(cosine)}
    assert off_topic([SAME, SAME, SAME, STRAY], meanings) == (found, True)


def sharing(count: int, shared: str = "town") -> tuple[list[str], float]:
    """Return a document that shares words with those above, and its cosine to them in words."""
    words = " ".join(f"x{number}" for number in range(count))
    sentence = [f"Those who are in the {shared} {words}"]
    table = table_of(SAME, SAME, SAME, sentence)
    return sentence, float(document_cosines(table.stems, table.document)[3, 0])


def test_cosine_in_words_counts_twice() -> None:
    sentence, words = sharing(12)
    assert 0.03 < words < 0.12
    for cosine, found in ((0.44 - 2 * words, [3]), (0.46 - 2 * words, [])):
        meanings = {"The": [1.0, 0.0], "Those": at(cosine)}
        assert off_topic([SAME, SAME, SAME, sentence], meanings) == (found, True)


def test_document_of_like_words_is_on_topic_whatever_it_means() -> None:
    near = [sharing(count, "town bridge mayor") for count in range(1, 40)]
    above = min((pair for pair in near if pair[1] >= 0.12), key=lambda pair: pair[1])
    below = max((pair for pair in near if pair[1] < 0.12), key=lambda pair: pair[1])
    assert below[1] > 0.108
    assert above[1] < 0.132
    meanings = {"The": [1.0, 0.0], "Those": [-1.0, 0.0]}
    assert off_topic([SAME, SAME, SAME, above[0]], meanings) == ([], True)
    assert off_topic([SAME, SAME, SAME, below[0]], meanings) == ([3], True)


def test_one_of_three_can_be_off_topic_but_not_one_of_two() -> None:
    meanings = {"The": [1.0, 0.0], "Those": [0.0, 1.0]}
    assert off_topic([SAME, SAME, STRAY], meanings) == ([2], True)
    assert off_topic([SAME, STRAY], meanings) == ([], True)


@pytest.mark.parametrize(("count", "found"), [(499, [499]), (500, [])])
def test_one_of_five_hundred_can_be_off_topic_but_not_of_more(count: int, found: list[int]) -> None:
    meanings = {"The": [1.0, 0.0], "Those": [0.0, 1.0]}
    assert off_topic([*[SAME] * count, STRAY], meanings) == (found, True)


# Documents of words of their own, so that only meaning can join them.
OWN = [
    ["Alpha was in the garden with roses."],
    ["Beta is on the mountain for skiing."],
    ["Gamma had the oven at its hottest."],
]


def triangle(cosine: float) -> dict[str, Sequence[float]]:
    """Return vectors of this cosine to one another."""
    corner = np.sqrt(1 - cosine) * np.eye(3)
    shared = np.full((3, 1), np.sqrt(cosine))
    rows = np.hstack([corner, shared]).tolist()
    return dict(zip(("Alpha", "Beta", "Gamma"), rows, strict=True))


@pytest.mark.parametrize(("cosine", "related"), [(0.29, False), (0.31, True)])
def test_documents_unlike_in_words_and_meaning_have_no_subject(
    cosine: float, related: bool
) -> None:
    assert off_topic(OWN, triangle(cosine)) == ([], related)


def test_of_two_documents_nobody_can_say_whether_they_have_a_subject() -> None:
    assert off_topic(OWN[:2], triangle(0.0)) == ([], True)
    assert off_topic(OWN, triangle(0.0)) == ([], False)


@pytest.mark.parametrize(("count", "related"), [(10, True), (11, False)])
def test_documents_somewhat_alike_in_words_have_a_subject(count: int, related: bool) -> None:
    # Three words of all documents, and of each alone its name and so many others, which are twice
    # as telling.
    texts = [
        [
            f"{name} was in the and of for to town bridge mayor {' '.join(f'{name}{n}' for n in range(count))}"
        ]
        for name in ("Alpha", "Beta", "Gamma")
    ]
    table = table_of(*texts)
    words = float(document_cosines(table.stems, table.document)[0, 1])
    assert words == pytest.approx(3 / (3 + 4 * (count + 1)))
    assert (words >= 0.06) is related
    assert off_topic(texts, triangle(0.0)) == ([], related)


@pytest.mark.parametrize(("cosine", "found"), [(0.31, [3]), (0.29, [])])
def test_nothing_is_off_topic_where_the_others_have_no_subject(
    cosine: float, found: list[int]
) -> None:
    # The first shares words with each of the others, so that these are not doubted; of the cosines
    # in meaning to the other two and to the stray the largest mean decides.
    texts = [
        ["Alpha garden with the roses mountain oven"],
        ["Beta mountain for the skiing garden oven"],
        ["Gamma oven at its hottest garden mountain"],
        STRAY,
    ]
    corner = triangle(cosine * 3 / 2)
    meanings = {name: [*row, 0.0] for name, row in corner.items()} | {"Those": [0, 0, 0, 0, 1.0]}
    assert off_topic(texts, meanings) == (found, True)


def test_opening_sentences_tell_what_a_document_is_about() -> None:
    # The twentieth sentence is looked at, and the next one is not.
    for place, found in ((18, []), (19, []), (20, [3])):
        rest = ["Those potatoes are to be peeled."] * place
        stray = [*rest, "Zest is on the potatoes.", *["Those potatoes are to be boiled."] * 5]
        meanings = {"The": [1.0, 0.0], "Those": [0.0, 1.0], "Zest": [1e4, 0.0]}
        table = table_of(SAME, SAME, SAME, stray)

        def embed(
            texts: Sequence[str], known: dict[str, list[float]] = meanings
        ) -> npt.NDArray[np.float32]:
            return np.array([known[text.split()[0]] for text in texts], dtype=np.float32)

        codes = ["en"] * 4
        told = off_topic_documents(table, codes, range(4), embed, SETTINGS)[0]
        assert told.tolist() == found, place


def test_copies_count_as_one_document() -> None:
    stray = ["Those potatoes are to be peeled and to be boiled."]
    meanings = {"The": [1.0, 0.0], "Those": [0.0, 1.0]}
    documents = [SAME, SAME, SAME, stray, stray]
    assert off_topic(documents, meanings) == ([], True)
    assert off_topic(documents, meanings, groups=[0, 1, 2, 3, 3]) == ([3, 4], True)


@pytest.mark.parametrize(("others", "found"), [(8, [3]), (10, [])])
def test_document_of_few_stop_words_is_compared_with_none(others: int, found: list[int]) -> None:
    stray = [" ".join(["Those", *(f"x{number}" for number in range(others))])]
    meanings = {"The": [1.0, 0.0], "Those": [0.0, 1.0]}
    assert off_topic([SAME, SAME, SAME, stray], meanings) == (found, True)


def test_document_in_another_language_is_compared_with_none() -> None:
    meanings = {"The": [1.0, 0.0], "Those": [0.0, 1.0]}
    documents, codes = [SAME, SAME, SAME, STRAY], ["en", "en", "en", "de"]
    assert off_topic(documents, meanings, codes=codes) == ([], True)
    assert off_topic([SAME, STRAY, SAME], meanings, codes=["en", "de", "en"]) == ([], True)


# Copied sentences.


def gathered(chosen: list[int], documents: list[list[str]], chain: list[int]) -> list[int]:
    """Gather sentences, of which each document's are given."""
    pool = table_of(*documents).with_columns(unit_size=np.array(chain, dtype=np.intp))
    return gather_copies(pool, chosen)


def test_copies_are_taken_from_the_document_that_has_most() -> None:
    documents = [["a", "x"], ["a", "b", "c"], ["c", "b"]]
    assert gathered([0, 6, 5], documents, [1] * 7) == [2, 3, 4]
    # Of as many, from the first.
    assert gathered([2], documents, [1] * 7) == [0]
    assert gathered([], documents, [1] * 7) == []


def test_what_needs_context_moves_with_what_it_needs() -> None:
    documents = [["a", "he b"], ["a", "he b", "c"], ["z", "he b", "c", "d"]]
    chain = [1, 2, 1, 2, 1, 1, 2, 1, 1]
    assert gathered([1, 0, 4], documents, chain) == [3, 2, 4]
    # Elsewhere it refers to another sentence, or needs none.
    assert gathered([5, 6, 2, 3], documents, chain) == [5, 6, 0, 1]
    assert gathered([0], [["a"], ["x", "a"]], [1, 1, 2]) == [0]
    assert gathered([2], [["a"], ["x", "a"]], [1, 1, 2]) == [2]


@given(st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=5), max_size=5), st.data())
def test_copies_keep_their_words(documents: list[list[str]], data: st.DataObject) -> None:
    texts = [text for document in documents for text in document]
    chosen = data.draw(st.lists(st.sampled_from(range(len(texts))), unique=True)) if texts else []
    found = gathered(chosen, documents, [1] * len(texts))
    assert [texts[row] for row in found] == [texts[row] for row in chosen]
