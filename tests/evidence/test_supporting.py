"""What a passage must hold of a quote that it supports, beyond numbers and names that capitals tell."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evidence import Claim
from summarizer.evidence.likeness import aligned, ordered
from summarizer.evidence.naming import lacks_name, quotations

from .test_evidence import supports, weigh


@pytest.mark.parametrize(
    ("one", "other"), [("Google", "Apple"), ("Brown", "Johnson"), ("Oslo", "Turku")]
)
def test_single_names_that_open_sentences(one: str, other: str) -> None:
    rest = " bought the old harbour bridge for the firm in May."
    assert supports(one + rest, one + " has" + rest)
    assert not supports(one + rest, other + rest)


def test_words_that_open_sentences_are_no_names_where_a_document_writes_them_small() -> None:
    quote = "Firemen rescued a cat from the old harbour bridge in May."
    passage = quote.replace("Firemen", "Rescuers came out at night and")
    assert weigh((1, passage, 0.9), quote=quote).supporting == []
    elsewhere = (1, "The cat bit one of the firemen.", 0.1)
    assert weigh((1, passage, 0.9), elsewhere, quote=quote).supporting == [1]


@pytest.mark.parametrize("written", [str.title, str.upper])
def test_any_word_of_a_headline_may_be_a_name(written: Callable[[str], str]) -> None:
    quote = "mayor ann lee opens the old harbour bridge in aldwick after nine months"
    for other in ("ann ray", "bob ray", "bob lee"):
        passage = quote.replace("ann lee", other)
        assert not supports(written(quote), written(passage))
        assert not supports(written(quote), passage)
    assert supports(written(quote), written("at last " + quote))


@pytest.mark.parametrize(
    ("quote", "passage", "expected"),
    [
        # The same people and things, in another deed.
        ("The baker of Aldwick sold her mill near the harbour to a brewer from Turku.", "A brewer in Turku praised her mill, the harbour near it and what else Aldwick has, as did a baker.", False),
        ("The baker of Aldwick sold her mill near the harbour to a brewer from Turku.", "In May the baker of Aldwick sold her old mill near the harbour to the brewer, who is from Turku.", True),
        # Who says it, and asides, are no part of what is said.
        ("(Evening Post) (Bob Ray, staff) The mill in Aldwick burned to the ground.", "The mill in Aldwick burned to the ground.", True),
        ("(Evening Post) (Bob Ray, staff) The mill burned.", "(Evening Post) (Bob Ray, staff) A choir sings at the mill of Aldwick.", False),
        # But a headline is not said.
        ("Thousands in the town shared the story “The baker of the old harbour sold her mill to a brewer”.", "“The baker of the old harbour sold her mill to a brewer”, it was headed.", False),
        ("“The baker of the old harbour sold her mill to a brewer,” the lawyer said.", "“The baker of the old harbour sold her mill to a brewer,” it was headed.", True),
        # A day of what was done, not that on which it was told.
        ("The mill in Aldwick burned to the ground on Friday.", "The mill in Aldwick burned to the ground.", False),
        ("The mill in Aldwick burned to the ground, police said on Friday.", "The mill in Aldwick burned to the ground.", True),
        ("“The old mill in the harbour has burned to the ground,” the baker said at a meeting of her guild on Friday.", "“The old mill in the harbour has burned to the ground,” she said.", True),
        # What is to be has not been.
        ("The baker of Aldwick sold her mill near the harbour.", "The baker of Aldwick is expected to have sold her mill near the harbour.", False),
        ("The baker of Aldwick may have sold her mill near the harbour.", "The baker of Aldwick may have sold her mill near the harbour by then.", True),
        ("The baker of Aldwick sold her mill near the harbour.", "Others may, but the baker of Aldwick sold her mill near the harbour.", True),
    ],
)  # fmt: skip
def test_support_of_what_is_done(quote: str, passage: str, expected: bool) -> None:
    assert supports(quote, passage, 0.75) is expected


@pytest.mark.parametrize(
    ("quote", "passage", "expected"),
    [
        # Asides that say something.
        ("The mill (where a guard and his dog burned to death) was destroyed by the fire near the harbour.", "The mill was destroyed by the fire near the harbour.", False),
        ("The mill (but not the brewery) was destroyed by the fire near the harbour.", "The mill was not destroyed by the fire near the harbour.", False),
        ("The mill (AP) was destroyed by the fire near the harbour.", "The mill was destroyed by the fire near the harbour.", True),
        # The beginning of a caption states nothing.
        ("(Evening Post) harbour protesters", "(Evening Post) A choir sings for the harbour protesters.", False),
        # A day of what was done, though a word near it tells that it was said.
        ("The mayor says the mill burned friday in the harbour of the town.", "The mayor says the mill burned in the harbour of the town.", False),
        ("The mill burned in the harbour of the town, police said late on Friday.", "The mill burned in the harbour of the town, police said.", True),
        ("The mill burned in the harbour of the town, police said in a statement Friday.", "The mill burned in the harbour of the town, police said.", True),
        # What is supposed, or denied, is one thing and not another.
        ("The company shut its plant and will pay the workers for a year.", "The company will shut its plant and will pay the workers for a year.", False),
        ("The company will shut its plant and will pay the workers for a year.", "The company shut its plant and will pay the workers for a year.", False),
        ("The council did not sell the mill but closed the brewery.", "The council sold the mill but did not close the brewery.", False),
        ("The council did not sell the mill but closed the brewery.", "The council did not sell the mill but it closed the brewery.", True),
    ],
)  # fmt: skip
def test_what_is_stated_and_of_what(quote: str, passage: str, expected: bool) -> None:
    assert supports(quote, passage) is expected


def test_who_says_it_is_no_part_of_the_wording() -> None:
    said = Claim("(Evening Post) Police said the mill burned.")
    assert said.wording == ["police", "the", "mill", "burned"]
    for aside in ("who fell", "with 3 dogs", "not a dog", "a dog and an old mill again"):
        assert len(Claim(f"The owner ({aside}) sold it.").wording) > 4
    assert Claim("The owner (Associated Press) sold it.").wording == ["the", "owner", "sold", "it"]
    quoted = Claim("“The mill in the harbour burned,” said a guard.")
    assert quoted.wording == ["the", "mill", "in", "the", "harbour", "burned"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("„Die Mühle am Hafen ist abgebrannt“, sagte der Bäcker.", "„Die Mühle am Hafen ist abgebrannt“"),
        ("«Le moulin du port a brûlé», dit le boulanger.", "«Le moulin du port a brûlé»"),
        ("»Die Mühle am Hafen ist abgebrannt«, sagte der Bäcker.", "»Die Mühle am Hafen ist abgebrannt«"),
        ("“The mill in the harbour burned,” said a guard.", "“The mill in the harbour burned,”"),
    ],
)  # fmt: skip
def test_quotation_marks_of_several_languages(text: str, quoted: str) -> None:
    claim = Claim(text, "de" if text[0] in "„»" else "fr" if text[0] == "«" else "en")
    assert [text[start:end] for start, end in quotations(claim)] == [quoted]


def test_names_where_every_noun_has_a_capital() -> None:
    quote, passage = (
        Claim(f"Am Freitag hat {name} die alte Mühle am Hafen gekauft.", "de")
        for name in ("Anna Keller", "Petra Brandt")
    )
    assert lacks_name(quote, passage)
    assert not lacks_name(quote, quote)
    assert not lacks_name(Claim("Am Freitag brannte die Mühle.", "de"), passage)


def test_of_endless_sentences_the_beginning_is_compared() -> None:
    endless = Claim(" ".join(f"mill{number}" for number in range(9000)))
    assert len(aligned(endless.words, endless.words)) == 2000
    assert ordered(endless, endless) == 1


def test_more_is_asked_where_no_capital_tells_names() -> None:
    quote = "the baker of Aldwick sold a mill near the harbour to a brewer in spring"
    passage = "a mill near the harbour was what the baker of Aldwick sold to the brewer"
    assert supports(quote, passage, 0.7)
    assert not supports(quote.casefold(), passage.casefold(), 0.7)


WORDS = st.lists(st.sampled_from(["mill", "harbour", "brewer", "the", "of"]), max_size=9)


@given(WORDS, WORDS)
def test_words_in_one_order_are_a_longest_common_subsequence(
    ones: list[str], others: list[str]
) -> None:
    rows = [[0] * (len(others) + 1) for _ in range(len(ones) + 1)]
    for row, one in enumerate(ones):
        for place, other in enumerate(others):
            rows[row + 1][place + 1] = (
                rows[row][place] + 1
                if one == other
                else max(rows[row][place + 1], rows[row + 1][place])
            )
    found = ordered(Claim(" ".join(ones)), Claim(" ".join(others)))
    assert found * max(len(ones), 1) == pytest.approx(rows[-1][-1])
