"""Who is named differently, and what of a quote a passage must name."""

import pytest

from summarizer.evidence import Claim
from summarizer.evidence.naming import find_names
from summarizer.evidence.renaming import renamed

from .test_evidence import differing, supports, weigh

NAMED = [
    ("The expedition to the glacier was led by John Smith.", "The expedition to the glacier was led by John Brown.", ("John Smith", "John Brown")),
    ("The expedition to the glacier was led by John Smith in May.", "In May Peter Brown led the expedition to the glacier.", ("John Smith", "Peter Brown")),
    ("The plane landed in Denver after one of its engines failed.", "After one of its engines failed, the plane landed in Omaha.", ("Denver", "Omaha")),
    ("Mayor Peter Hall opened the new bridge over the river on Saturday.", "The new bridge over the river was opened on Saturday by Mayor David King.", ("Peter Hall", "David King")),
    ("The gold medal in the relay was won by Kenya.", "Ethiopia won the gold medal in the relay.", ("Kenya", "Ethiopia")),
    ("The police chief, Robert Lang, ordered the evacuation.", "Thomas Berg, the police chief, ordered the evacuation.", ("Robert Lang", "Thomas Berg")),
    ("The ferry sank off Naxos after hitting a reef.", "The ferry sank off Paros after hitting a reef.", ("Naxos", "Paros")),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "passage", "names"), NAMED)
def test_names_told_differently(quote: str, passage: str, names: tuple[str, str]) -> None:
    assert differing(quote, passage) == [names]
    assert differing(passage, quote) == [names[::-1]]
    assert not supports(quote, passage)


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        # One name, in another form.
        ("President Obama signed the health bill on Tuesday.", "Barack Obama signed the health bill on Tuesday."),
        ("The relief effort on the island was led by the United States.", "The relief effort on the island was led by the US."),
        ("The relief effort on the island was led by the U.S. Navy.", "The relief effort on the island was led by America."),
        ("The probe was built by the European Space Agency in May.", "The probe was built by ESA in May."),
        ("The war in the north was led by General Petrov.", "The war in the north was led by General Petroff."),
        ("The tourists in the valley were rescued by Norway.", "The tourists in the valley were rescued by Norwegian soldiers."),
        ("The war in the north was led by Bill Gates.", "The war in the north was led by William Gates."),
        # A place and what it lies in.
        ("The plane landed in Paris after one of its engines failed.", "The plane landed in France after one of its engines failed."),
        ("The singer was born in Munich and left as a child.", "The singer was born in Bavaria and left as a child."),
        ("The embassy in Tripoli was hit by a rocket.", "The embassy in Libya was hit by a rocket."),
        # Who speaks, and what many do.
        ("Laura Bell said the airline will cut jobs in the spring.", "Mark Dunn said the airline will cut jobs in the spring."),
        ("According to Laura Bell, the airline will cut jobs in the spring.", "According to Mark Dunn, the airline will cut jobs in the spring."),
        ("The summit in the harbour was attended by John Smith.", "The summit in the harbour was attended by Ann Wood."),
        ("The victims of the fire include Tom Reed, a teacher.", "The victims of the fire include Ann Wood, a teacher."),
        # More than one, and of another kind or event.
        ("The rescue in the bay was led by the Coast Guard.", "The rescue in the bay was led by Captain Dunn."),
        ("The bomb in Baghdad was planted by Tom Reed.", "The bomb in Mosul was planted by Ann Wood."),
        ("The bridge in the harbour was built by Airstar in May.", "The bridge in the harbour was built by Orbitec in June."),
        ("The bridge in the harbour was built by Airstar in 3 years.", "The bridge in the harbour was built by Orbitec in 5 years."),
    ],
)  # fmt: skip
def test_names_that_do_not_differ(quote: str, passage: str) -> None:
    assert differing(quote, passage) == []
    assert differing(passage, quote) == []


def test_who_knows_both_names_does_not_differ() -> None:
    quote, passage, names = NAMED[0]
    found = weigh((1, passage, 0.9), (1, "He met John Smith there.", 0.1), quote=quote)
    assert found.differing == []
    found = weigh((1, passage, 0.9), (2, f"He met {names[0]} there.", 0.1), quote=quote)
    assert [row for row, _ in found.differing] == [1]


@pytest.mark.parametrize(
    ("quote", "passage", "expected"),
    [
        ("The suspect was arrested in Hamburg, police said.", "Police said the suspect was arrested.", False),
        ("The suspect was arrested in Paris, police said.", "Police said the suspect was arrested in France.", False),
        ("The suspect was arrested after a chase through the harbour, Ann Wood said.", "The suspect was arrested after a chase through the harbour.", True),
        ("The suspect was arrested after a chase through the harbour, Ann Wood said.", "The suspect was arrested after a chase through the harbour, Tom Reed said.", False),
        ("“The suspect has been arrested after a long chase through the harbour of the town,” Ann Wood, a spokeswoman for Harle, said.", "“The suspect has been arrested after a long chase through the harbour of the town,” she told them.", True),
        ("The suspect was arrested by Germany after the fire.", "The suspect was arrested by German police after the fire.", True),
        ("Norway hosted the peace talks in the harbour.", "Sweden hosted the peace talks in the harbour.", False),
        ("The envoy met Qin and Wang in the capital on trade.", "The envoy met officials in the capital on trade.", False),
        ("The envoy flew to the capital on a visit aimed at easing bitter tensions over chips.", "The envoy flew to the capital on a visit.", False),
    ],
)  # fmt: skip
def test_support_of_names_and_clauses(quote: str, passage: str, expected: bool) -> None:
    assert supports(quote, passage) is expected


def test_names_are_told_apart_in_english_alone() -> None:
    quote = "the expedition was led by John Smith in May."
    passage = "the expedition was led by Ann Brown in May."
    assert renamed(Claim(quote, "en"), Claim(passage, "en"))
    assert not renamed(Claim(quote, "fr"), Claim(passage, "fr"))
    assert not find_names(Claim("Die Feuerwehr traf Anna Braun.", "de"))
