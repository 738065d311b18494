"""What counts as saying the same, what as saying it differently, and what as neither."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.datatypes import Sentence
from summarizer.evidence import Claims, Evidence, find_evidence
from summarizer.rank.concepts import inverse_frequency, stem_sentences
from summarizer.text.language import language_of_words
from summarizer.text.tokens import tokenize

from ..conftest import ENDS, OBJECTS, SUBJECTS, VERBS

QUOTE = "The fire destroyed 12 houses in the old harbour on Sunday."
OTHERS = [
    "A minister will visit the capital next week to talk about trade with Norway.",
    "He told them that she had not been there when they came to the house.",
]


def weigh(
    *passages: tuple[int, str, float], quote: str = QUOTE, voices: tuple[int, ...] = ()
) -> Evidence:
    """Return what is found for a quote of document 0, in passages (document, text, cosine)."""
    sentences = [Sentence(0, 0, 0, 0, quote)]
    sentences += [Sentence(document, 0, 0, 0, text) for document, text, _ in passages]
    texts = [s.text for s in sentences] + OTHERS * 3
    stems = stem_sentences(texts)
    language = language_of_words(Counter(word for text in texts for word in tokenize(text)))
    telling = dict(zip(stems.stems, inverse_frequency(stems).tolist(), strict=True))
    near = range(len(sentences))
    cosines = [1.0, *(cosine for *_, cosine in passages)]
    voices = voices or tuple(range(len(sentences) + 2))
    return find_evidence(0, near, cosines, sentences, voices, Claims(sentences, language, telling))


def differing(quote: str, passage: str, cosine: float = 0.9) -> list[tuple[str, str]]:
    """Return the words of both that differ."""
    found = weigh((1, passage, cosine), quote=quote).differing
    return [
        (quote[one.start : one.end], passage[other.start : other.end])
        for _, pairs in found
        for one, other in pairs
    ]


def supports(quote: str, passage: str, cosine: float = 0.9) -> bool:
    return weigh((1, passage, cosine), quote=quote).supporting == [1]


@pytest.mark.parametrize(
    ("passage", "cosine", "expected"),
    [
        ("On Sunday a fire destroyed 12 houses in the old harbour, police said.", 0.9, True),
        ("On Sunday a fire destroyed twelve houses in the old harbour.", 0.9, True),
        ("On Sunday a fire destroyed 15 houses in the old harbour, police said.", 0.9, False),
        ("On Sunday a fire destroyed houses in the old harbour.", 0.9, False),
        ("On Tuesday a fire destroyed 12 houses in the old harbour.", 0.9, False),
        ("On Sunday a fire destroyed 12 houses in the old harbour, police said.", 0.3, False),
        ("The fire brigade has 12 engines.", 0.9, False),
        (OTHERS[0], 0.9, False),
    ],
)
def test_support(passage: str, cosine: float, expected: bool) -> None:
    assert supports(QUOTE, passage, cosine) is expected


@pytest.mark.parametrize(
    ("quote", "passage", "expected"),
    [
        ("The farmer in the valley has five dogs.", "The farmer in the valley has 5 dogs.", True),
        ("The minister denied the plan.", "The minister did not deny the plan.", False),
        ("She didn’t leave the house in May.", "She did not leave the house in May.", True),
        ("Neither spoke of the plan.", "They spoke of the plan.", False),
        ("Smith sued the Jones family.", "Jones sued the Smith family.", False),
        ("Smith sued the Jones family.", "Smith has sued the Jones family.", True),
        ("North Korea tested a missile.", "South Korea tested a missile.", False),
        ("A doctor healed Bill Clinton in May.", "A doctor healed Hillary Clinton in May.", False),
        ("A doctor healed Bill Clinton in May.", "A doctor healed President Clinton in May.", True),
        ("Nearly 50 ships left the port.", "In all 48 ships left the port.", True),
        ("In all 48 ships left the port.", "Nearly 50 ships left the port.", False),
        ("The bridge cost 1.2 million euros.", "The bridge cost 1,234,567 euros.", True),
        ("The bridge cost 1,234,567 euros.", "The bridge cost 1.2 million euros.", False),
        ("The bridge cost €2,300.", "The bridge cost 2300 euros.", True),
        ("The bridge cost $2,300.", "The bridge cost 2,300 euros.", False),
        ("The old bridge opened in 1969.", "The old bridge opened on 20 July 1969.", True),
    ],
)
def test_support_of_numbers_denials_and_names(quote: str, passage: str, expected: bool) -> None:
    assert supports(quote, passage) is expected


@pytest.mark.parametrize(
    ("quote", "passage", "expected"),
    [
        (
            "The blast in the market killed 12 people, police said.",
            "Police said the blast in the market killed 15 people.",
            [("12 people", "15 people")],
        ),
        (
            "It is the first visit of a secretary to the island in five years.",
            "It is the first visit of a secretary to the island in nearly five years.",
            [("five years", "nearly five years")],
        ),
        (
            "The fire destroyed 12 houses and hurt 40 people in the harbour.",
            "The fire destroyed 15 houses and hurt 40 people in the harbour.",
            [("12 houses", "15 houses")],
        ),
        (
            "The parliament approved the budget for the harbour.",
            "The parliament did not approve the budget for the harbour.",
            [("approved", "not approve")],
        ),
        (
            "The parliament approved the budget for the harbour.",
            "The parliament rejected the budget for the harbour.",
            [("approved", "rejected")],
        ),
        (
            "The council met on Monday to approve the budget for the harbour.",
            "The council met on Tuesday to approve the budget for the harbour.",
            [("Monday", "Tuesday")],
        ),
        (
            "The old bridge over the harbour opened on 3 May 1969 after a storm.",
            "The old bridge over the harbour opened on May 5, 1969 after a storm.",
            [("3 May 1969", "May 5, 1969")],
        ),
        (
            "The new bridge over the harbour cost 1.2 million euros to build.",
            "The new bridge over the harbour cost 1.3 million euros to build.",
            [("1.2 million euros", "1.3 million euros")],
        ),
        (
            "About 45 percent of the voters in the harbour chose the mayor.",
            "About 54 percent of the voters in the harbour chose the mayor.",
            [("About 45 percent", "About 54 percent")],
        ),
        (
            "John Smith, 34, was arrested at the old harbour after the fire.",
            "John Smith, 35, was arrested at the old harbour after the fire.",
            [("34", "35")],
        ),
        (
            "The repairs to the bridge over the harbour cost $2.5 million, the county said.",
            "The county spent $4 million on repairs to the bridge over the harbour.",
            [("$2.5 million", "$4 million")],
        ),
        (
            "The exhibition of old ships in the harbour museum runs until Friday.",
            "In the harbour museum an exhibition of old ships is shown until Sunday.",
            [("Friday", "Sunday")],
        ),
        (
            "The fire at the warehouse in the harbour started at 11 p.m. after a blast.",
            "After a blast, the fire at the warehouse in the harbour started at 9 p.m.",
            [("11 p.m", "9 p.m")],
        ),
        (
            "The jury found the driver of the bus not guilty of manslaughter.",
            "The driver of the bus was convicted of manslaughter by the jury.",
            [("not guilty", "convicted")],
        ),
        (
            "The ship sank with 1,200 tons of grain in the old harbour.",
            "With 1,500 tons of grain the ship sank in the old harbour.",
            [("1,200 tons", "1,500 tons")],
        ),
        (
            "The airport was closed for three hours after a drone was seen.",
            "After a drone was seen, the airport was closed for five hours.",
            [("three hours", "five hours")],
        ),
    ],
)
def test_differences(quote: str, passage: str, expected: list[tuple[str, str]]) -> None:
    assert differing(quote, passage) == expected
    assert differing(passage, quote) == [(other, one) for one, other in expected]
    assert not supports(quote, passage)


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        # Another event, another person, another thing counted.
        ("A blast killed 12 people in Monday's attack on the market.", "A blast killed 15 people in Tuesday's attack on the market."),
        ("Smith has 12 ships in the old harbour of the town.", "Jones has 15 ships in the old harbour of the town."),
        ("The fire destroyed 12 houses in the old harbour of the town.", "The fire destroyed 15 sheds in the old harbour of the town."),
        ("Vinokourov won stage 13 of the long race through the mountains.", "Vinokourov won stage 15 of the long race through the mountains."),
        # The same in other figures.
        ("The bridge over the harbour cost 1.2 million euros to build.", "The bridge over the harbour cost 1,200,000 euros to build."),
        ("The bridge over the harbour cost 1.2 million euros to build.", "The bridge over the harbour cost 1,234,567 euros to build."),
        ("Nearly 50 people were hurt in the crash of the train.", "In the crash of the train 48 people were hurt."),
        ("Twenty-two people were hurt in the crash of the train.", "In the crash of the train 22 people were hurt."),
        ("At least 12 people were hurt in the crash of the train.", "In the crash of the train 12 people were hurt."),
        ("No fewer than 12 people were hurt in the crash of the train.", "In the crash of the train 12 people were hurt."),
        ("No fewer than 12 people were hurt in the crash of the train.", "In the crash of the train at least 12 people were hurt."),
        ("The column is 22 metres high and made of white stone.", "The column is 21.5 metres high and made of white stone."),
        # Said on another day, or only perhaps so.
        ("The fleet of the harbour counts 12 ships in the summer.", "In the summer the fleet of the harbour counts 120 ships."),
        ("The bridge in the harbour reopened two days later, the council of the town said.", "The bridge in the harbour reopened after three days, the council of the town said."),
        ("The council approved the budget for the harbour, it said on Monday.", "The council approved the budget for the harbour, it said on Tuesday."),
        ("The toll of the storm rose to 12 people in the harbour.", "The toll of the storm may rise to 15 people in the harbour."),
        ("The parliament rejected the budget for the harbour.", "The parliament did not approve the budget for the harbour."),
        # Names with numbers, and one of several.
        ("Paper 28 printed the story of the fire in the old harbour.", "Paper 85 printed the story of the fire in the old harbour."),
        ("Boeing 747 jets were used for the flight over the ocean.", "Boeing 737 jets were used for the flight over the ocean."),
        ("The first phase of the new harbour cost 3 million euros.", "The second phase of the new harbour cost 5 million euros."),
        # No denial of it all, and times that are another's, of another zone or rounded.
        ("The council said the bridge over the harbour will not reopen until Friday.", "The council said the bridge over the harbour will reopen on Friday."),
        ("The group may sue the school if it does not remove two songs from its lessons.", "The group asked the school to remove two songs from its lessons."),
        ("The first train left the harbour at 9 a.m. with 200 men.", "The second train left the harbour at 11 a.m. with 200 men."),
        ("The fire at the harbour warehouse started at about 9 a.m.", "The fire at the harbour warehouse started at 9:20 a.m."),
        ("The ship left the old harbour of the town at 02:56 UTC.", "The ship left the old harbour of the town at 04:56 local time."),
        # Words in common, nothing else.
        ("The fire destroyed 12 houses in the old harbour on Sunday.", "The fire brigade has 15 engines for the old harbour."),
    ],
)  # fmt: skip
def test_traps(quote: str, passage: str) -> None:
    assert differing(quote, passage) == []
    assert differing(passage, quote) == []


def test_a_list_of_numbers_is_not_compared_number_by_number() -> None:
    quote = "The fire destroyed 12 houses in the old harbour of the town after the storm."
    other = quote.replace("12", "15")
    lists = [other[:-1] + "".join(f", {n} v{'x' * n}" for n in range(101, n)) for n in (140, 141)]
    assert differing(quote, lists[0]) == [("12 houses", "15 houses")]
    assert differing(quote, lists[1]) == []


def test_no_difference_between_sentences_that_are_not_alike() -> None:
    quote = "The blast in the market killed 12 people, police said."
    passage = "Police said the blast in the market killed 15 people."
    assert differing(quote, passage, 0.9)
    assert not differing(quote, passage, 0.2)


def test_one_passage_a_voice_the_most_alike_and_never_its_own() -> None:
    found = weigh((0, QUOTE, 1.0), (2, QUOTE, 0.7), (2, QUOTE, 0.9), (1, QUOTE, 0.8))
    assert found.supporting == [4, 3]


def test_copies_are_one_voice() -> None:
    assert weigh((1, QUOTE, 0.8), (2, QUOTE, 0.9), voices=(0, 1, 1)).supporting == [2]
    assert weigh((1, QUOTE, 0.8), (2, QUOTE, 0.9), voices=(0, 0, 2)).supporting == [2]
    other = QUOTE.replace("12", "15")
    assert weigh((1, other, 0.8), (2, other, 0.9), voices=(0, 1, 1)).differing[0][0] == 2


def test_who_says_both_does_not_differ() -> None:
    found = weigh((1, QUOTE, 0.8), (1, QUOTE.replace("12", "15"), 0.9))
    assert (found.supporting, found.differing) == ([1], [])


STATEMENTS = st.builds(
    "{} {} {} {}.".format,
    st.sampled_from(SUBJECTS),
    st.sampled_from(VERBS),
    st.sampled_from(OBJECTS),
    st.sampled_from(ENDS),
)


@given(st.lists(st.tuples(st.integers(0, 3), STATEMENTS, st.floats(-1, 1)), max_size=6), STATEMENTS)
def test_what_holds_of_all_evidence(passages: list[tuple[int, str, float]], quote: str) -> None:
    voices = (0, 1, 2, 1)
    found = weigh(*passages, quote=quote, voices=voices)
    documents = [0, *(document for document, _, _ in passages)]
    rows = [*found.supporting, *(row for row, _ in found.differing)]
    heard = [voices[documents[row]] for row in rows]
    assert 0 not in heard
    assert len(heard) == len(set(heard))
    for row, pairs in found.differing:
        text = passages[row - 1][1]
        assert pairs
        for one, other in pairs:
            words = quote[one.start : one.end], text[other.start : other.end]
            assert all(words)
            assert words[0] != words[1]


@given(STATEMENTS, STATEMENTS, st.floats(0, 1))
def test_differing_is_mutual(one: str, other: str, cosine: float) -> None:
    there = differing(one, other, cosine)
    assert sorted(differing(other, one, cosine)) == sorted((b, a) for a, b in there)
