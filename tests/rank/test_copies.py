"""Copies of one text are one voice; other words about the same are another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Document, Encoder, summarize
from summarizer.rank.concepts import stem_sentences
from summarizer.rank.copies import document_voices, gather_copies, repeated

STORY = (
    "The mayor of Harle closed the old iron bridge on Monday after engineers had found rust in its "
    "cables. Ferries will carry walkers across the river until a new bridge is built in two years. "
    "Shops on the north bank fear for their trade, as most customers come from the south."
)
RETOLD = (
    "Rust in the cables made the town of Harle shut its iron bridge this week. A new one will stand "
    "in two years, and boats are to replace it for people on foot until then."
)


def voices_of(*texts: str) -> list[int]:
    """Return the voices of documents of one sentence each."""
    stems = stem_sentences(texts)
    return document_voices(stems, np.arange(len(texts)), len(texts))


def test_copy_with_another_beginning_and_end_is_one_voice() -> None:
    copied = f"Bridge shut for good. {STORY} This report was made by an agency."
    assert voices_of(STORY, RETOLD, copied) == [0, 1, 0]


def test_half_of_the_shorter_text_makes_a_copy() -> None:
    words = [f"w{number}" for number in range(40)]
    # Of 15 runs of six words in the first, the others share 8 and 7.
    first = " ".join(words[:20])
    assert voices_of(first, " ".join(words[7:20] + words[30:])) == [0, 0]
    assert voices_of(first, " ".join(words[8:20] + words[30:])) == [0, 1]


def test_copies_of_copies_are_one_voice() -> None:
    words = [f"w{number}" for number in range(60)]
    chain = [" ".join(words[start : start + 30]) for start in (20, 0, 10)]
    assert voices_of(*chain) == [0, 0, 0]


def test_what_many_papers_print_is_one_voice() -> None:
    own = [" ".join(f"w{number}x{word}" for word in range(20)) for number in range(60)]
    assert voices_of(RETOLD, *(f"{STORY} {text}" for text in own)) == [0, *[1] * 60]
    phrase = "All rights are reserved by this paper."
    assert voices_of(*(f"{text} {phrase}" for text in own)) == list(range(60))


def test_short_texts_have_no_runs_to_share() -> None:
    assert voices_of("It rained.", "It rained.", "") == [0, 1, 2]


@given(st.permutations(range(4)))
def test_voices_do_not_depend_on_the_order(order: list[int]) -> None:
    texts = [
        STORY,
        RETOLD,
        f"{STORY} An agency wrote it.",
        "Something else was said by the others.",
    ]
    found = voices_of(*(texts[number] for number in order))
    together = [order[place] for place in range(4) if found[place] == found[order.index(0)]]
    assert sorted(together) == [0, 2]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["a b c d e f", "a b c d e f"], [False, True]),
        (["a b c d e f", "a b c d e f g h"], [False, True]),
        (["a b c d e f", "a b x d e f"], [False, False]),
        (["a b c", "x y z", "x y z"], [False, False, True]),
        (["a b", "a b", "b a"], [False, True, False]),
        (["", "a b c"], [False, False]),
    ],
)
def test_sentences_that_repeat_one_before_them(texts: list[str], expected: list[bool]) -> None:
    stems = stem_sentences(texts)
    assert repeated([stems.of(row) for row in range(len(texts))]) == expected


def test_copied_document_backs_nothing_and_is_named() -> None:
    documents = [Document("a", STORY), Document("b", f"{STORY} An agency wrote all of this today.")]
    summary = summarize([*documents, Document("c", RETOLD)], words=40)
    assert all(
        {1, 2}.isdisjoint(p.source for p in quote.agreeing)
        for quote in summary.sentences
        if quote.source != 3
    )
    assert "repeats most of" in summary.warnings[0]
    assert summary.warnings[0].startswith("b: ")


def test_every_source_names_the_first_that_it_shares_its_text_with(words: Encoder) -> None:
    texts = [f"{STORY} Ann wrote this down.", RETOLD, STORY, RETOLD, "", "", "It rained.", STORY]
    documents = [Document(str(n), text, author="Ann") for n, text in enumerate(texts)]
    summary = summarize(documents, words=40, encoder=words, keep_all=True)
    assert [source.copy_of for source in summary.sources] == [None, None, 1, 2, None, None, None, 1]
    assert [source["copy_of"] for source in summary.to_dict()["sources"]][:3] == [None, None, 1]
    assert {source["author"] for source in summary.to_dict()["sources"]} == {"Ann"}
    assert "Ann (shares text with [2])" in str(summary)
    told = [warning for warning in summary.warnings if "voice" in warning or "same text" in warning]
    assert told == [
        "2: repeats most of 0; both count as one voice",
        "3: has the same text as 1",
        "7: repeats most of 0; both count as one voice",
    ]


def test_copied_sentence_is_shown_as_such() -> None:
    first, second, third = STORY.split(". ")
    own = " ".join(f"Nothing of what the {n} visitors saw there was new to them." for n in range(9))
    texts = [f"{first}. {own}", f"{first}. {second}. {third} Other papers wrote of it on Tuesday."]
    summary = summarize(texts, sentences=1)
    quote = summary.sentences[0]
    assert quote.text == f"{first}."
    assert [passage.source for passage in quote.copies] == [3 - quote.source]
    assert not quote.agreeing
    assert f"; same text in {3 - quote.source}]" in str(summary)
    assert f"(same text in [^{3 - quote.source}])" in summary.to_markdown()


def test_copy_of_a_part_is_not_the_same_text() -> None:
    first, second, third = STORY.split(". ")
    own = " ".join(f"Nothing of what the {n} visitors saw there was new to them." for n in range(9))
    longer = f"{first}, which was what most of them had thought and that was all there was to it."
    texts = [f"{longer} {own}", f"{first}. {second}. {third} Other papers wrote of it on Tuesday."]
    quote = summarize(texts, ratio=1.0).sentences[0]
    assert quote.text == longer
    assert not quote.passages


def test_pairs_are_counted_in_any_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [STORY, RETOLD, f"{STORY} An agency wrote it.", f"Again: {STORY}", RETOLD]
    monkeypatch.setattr("summarizer.rank.copies._PAIRS", 3)
    monkeypatch.setattr("summarizer.rank.incidence._BLOCK", 20)
    assert voices_of(*texts) == [0, 1, 0, 0, 1]


def gathered(chosen: list[int], documents: list[list[str]], chain: list[int]) -> list[int]:
    texts = [text for document in documents for text in document]
    document = np.repeat(np.arange(len(documents)), list(map(len, documents)))
    return gather_copies(chosen, texts, np.arange(len(texts)), document, np.array(chain))


def test_copies_are_taken_from_the_document_that_has_most() -> None:
    documents = [["a", "x"], ["a", "b", "c"], ["c", "b"]]
    assert gathered([0, 6, 5], documents, [1] * 7) == [2, 3, 4]
    # Of as many, from the first.
    assert gathered([2], documents, [1] * 7) == [0]
    assert gathered([], documents, [1] * 7) == []


def test_what_points_back_moves_with_what_it_needs() -> None:
    documents = [["a", "he b"], ["a", "he b", "c"], ["z", "he b", "c", "d"]]
    chain = [1, 2, 1, 2, 1, 1, 2, 1, 1]
    assert gathered([1, 0, 4], documents, chain) == [3, 2, 4]
    # Elsewhere it points to another sentence, or needs none.
    assert gathered([5, 6, 2, 3], documents, chain) == [5, 6, 0, 1]
    assert gathered([0], [["a"], ["x", "a"]], [1, 1, 2]) == [0]
    assert gathered([2], [["a"], ["x", "a"]], [1, 1, 2]) == [2]


@given(st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=5), max_size=5), st.data())
def test_copies_keep_their_words(documents: list[list[str]], data: st.DataObject) -> None:
    texts = [text for document in documents for text in document]
    chosen = data.draw(st.lists(st.sampled_from(range(len(texts))), unique=True)) if texts else []
    found = gathered(chosen, documents, [1] * len(texts))
    assert [texts[row] for row in found] == [texts[row] for row in chosen]
