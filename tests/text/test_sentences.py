"""Sentences and their offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.datatypes import Block, Document
from summarizer.text.sentences import split


def sentences(text: str) -> list[str]:
    """Split a text that is all body."""
    return [s.text for s in split([Document("d", text)], [[Block("body", 0, len(text))]])]


@pytest.mark.parametrize(
    "expected",
    [
        ["sales fell.", "the council sold it.", "engineers agreed."],
        ["Sales fell.", "eBay rose.", "The council sold it."],
        ["He spoke of cooperation.", "“If we want it. It starts here,” Blinken said.", "He left."],
        ["The U.S. Secretary met Mr. Smith at 5 p.m. on Monday.", "It rained."],
        ["It rose 3.5 percent, e.g. in Rome.", "J. K. Rowling et al. disagree."],
        ["Gov. Kate Brown signed.", "Sen. Lee (R-Utah) did not."],
        ["Then... nothing… really?", "Yes!"],
        ["“Are you sure?” he asked.", "“I am.”"],
        ["The bill rose by approx. five percent.", "Good."],
        ["See www.Example.com for more.", "Or write."],
        ["سنذهب غدا.", "هل ستأتي؟", "نعم."],
        ["今日は天気がいい。", "明日は雨です！"],
        ["वह घर गया।", "फिर सो गया।"],
        ["Il est parti.", "« Pourquoi ? » demanda-t-elle."],
    ],
)
def test_boundaries(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_glued_sentences_are_parted() -> None:
    glued = "It could strike soon.Researchers agree.“We do,” they said."
    assert sentences(glued) == [
        "It could strike soon.",
        "Researchers agree.",
        "“We do,” they said.",
    ]


def test_list_numbers_stay_with_their_items() -> None:
    assert sentences("1. The first item is here. 2. The second one too.") == [
        "1. The first item is here.",
        "2. The second one too.",
    ]


def test_wrapped_sentence_is_one_and_verbatim() -> None:
    assert sentences("A line that\nwas wrapped. Next\r\none.") == [
        "A line that\nwas wrapped.",
        "Next\r\none.",
    ]


@pytest.mark.parametrize(
    ("unit", "length"),
    [("! ", 0), ("@", 0), ("abc def. ", 8), ("“Abc def. ", 11), ("a", 200_000)],
)
def test_monotonous_text_of_any_size_is_split(unit: str, length: int) -> None:
    """A step that is quadratic in the text would take minutes here."""
    found = sentences(unit * (200_000 // len(unit)))
    assert max(map(len, found), default=0) == length


@pytest.mark.parametrize("mark", ["[^1]", "[12]", "[1] [2]", " [^1]"])
def test_numbers_of_notes_are_not_quoted(mark: str) -> None:
    assert sentences(f"It fell.{mark} He left.{mark}") == ["It fell.", "He left."]
    assert sentences("In [3] they say so.") == ["In [3] they say so."]


def test_the_month_of_may_and_marks_of_code_end_no_sentence_late() -> None:
    found = sentences("The council will vote on 14 May. Tourists found few places.")
    assert found == ["The council will vote on 14 May.", "Tourists found few places."]
    found = sentences("Use `a` for the sum. The owners' club says it is fine.")
    assert found == ["Use `a` for the sum.", "The owners' club says it is fine."]


def test_halves_of_surrogate_pairs_do_not_stop_it() -> None:
    assert sentences("One \ud800 two. Three.") == ["One \ud800 two.", "Three."]


def test_indices_are_counted_for_each_document() -> None:
    one, two = Document("1", "Yes sir. No sir. | Oh no."), Document("2", "Go on.")
    blocks = [[Block("body", 0, 16), Block("heading", 17, 18), Block("body", 19, 25)]]
    blocks.append([Block("body", 0, 6)])
    found = split([one, two], blocks)
    assert [(s.document, s.index, s.text) for s in found] == [
        (0, 0, "Yes sir."),
        (0, 1, "No sir."),
        (0, 2, "Oh no."),
        (1, 0, "Go on."),
    ]


PIECES = st.sampled_from(
    ["Mr. ", "U.S. ", "“", "” ", ". ", "? ", "\n", "\r\n", "\0", "😀", "é", "a ", "B "]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join))
def test_offsets_are_exact_and_nothing_said_is_lost(text: str) -> None:
    found = split([Document("d", text)], [[Block("body", 0, len(text))]])
    end = 0
    for sentence in found:
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end] == sentence.text
        assert not any(character.isalnum() for character in text[end : sentence.start])
        end = sentence.end
    assert not any(character.isalnum() for character in text[end:])


def test_sentence_of_a_script_without_blanks_may_open_with_a_digit() -> None:
    text = "大雨で町の中心部が水浸しになった。340人が学校に避難した。"
    assert sentences(text) == ["大雨で町の中心部が水浸しになった。", "340人が学校に避難した。"]
