"""How far evidence looks, and from where on it tells no more: what is one step beyond."""

from math import log

import numpy as np
import pytest

from summarizer.evidence import FEATURES, Pair, Pool, RowEvidence, search_evidence
from summarizer.evidence.disagreement import compared_pairs
from summarizer.evidence.finding import is_copy, repeats
from summarizer.evidence.values import Value, find_values
from summarizer.settings import EvidenceSettings

LONGEST = "siebenhundertsiebenundzwanzigtausendsiebenhundertsiebenundzwanzig"


def pair_of(quote: str, *others: str) -> Pair:
    """Compare a quote with the first of other sentences, each of a document of its own."""
    texts = [quote, *others]
    none, places = [0] * len(texts), np.arange(len(texts))
    pool = Pool(texts, places, np.array(none), [None] * len(texts), ["en"] * len(texts))
    return Pair(pool, 0, 1, 1)


def features(*texts: str) -> dict[str, float]:
    return dict(zip(FEATURES, pair_of(*texts).features(), strict=True))


def counted(numbers: range) -> str:
    return f"They counted {', '.join(map(str, numbers))} boats."


@pytest.mark.parametrize(("common", "counts"), [(2, 2), (3, 3), (4, 3)])
def test_more_than_three_common_values_tell_no_more(common: int, counts: int) -> None:
    quote, passage = counted(range(11, 11 + common)), counted(range(11, 17))
    assert features(quote, passage)["values"] == counts


@pytest.mark.parametrize(("documents", "counts"), [(9, 9), (10, 10), (11, 10)])
def test_more_than_ten_documents_tell_no_more(documents: int, counts: int) -> None:
    told = features(*["Rain fell on Velden."] * documents)["documents"]
    assert told == pytest.approx(log(counts))


@pytest.mark.parametrize(("changed", "share"), [(199, 0.995), (200, 1.0)])
def test_words_are_aligned_up_to_the_two_hundredth(changed: int, share: float) -> None:
    words = [f"word{number}" for number in range(220)]
    others = [*words[:changed], "other", *words[changed + 1 :]]
    assert features(" ".join(words), " ".join(others))["in order"] == pytest.approx(share)


@pytest.mark.parametrize(("words", "told"), [(2, True), (3, True), (4, False)])
def test_up_to_three_words_are_exchanged_for_others(words: int, told: bool) -> None:
    old, new = (" ".join(f"{one}{n}" for n in range(words - 1)) for one in ("old", "new"))
    pair = pair_of(
        f"The harbour counted {old} 12 boats on Monday.",
        f"The harbour counted {new} 15 boats on Monday.",
    )
    assert (pair.exchanged() is not None) is told


@pytest.mark.parametrize(("words", "told"), [(("able", "unable"), True), (("fit", "unfit"), False)])
def test_prefix_makes_an_opposite_of_words_of_four_letters(
    words: tuple[str, str], told: bool
) -> None:
    pair = pair_of(*(f"The crew is {word} to leave." for word in words))
    assert (pair.exchanged() is not None) is told


@pytest.mark.parametrize(("values", "slots"), [(1, 1), (3, 9), (4, 12)])
def test_at_most_twelve_pairs_of_values_are_in_conflict(values: int, slots: int) -> None:
    pair = pair_of(counted(range(11, 11 + values)), counted(range(31, 31 + values)))
    assert len(pair.slots) == slots


@pytest.mark.parametrize(("place", "lacks"), [(50, False), (51, True)])
def test_values_are_read_up_to_the_fiftieth(place: int, lacks: bool) -> None:
    numbers = range(1001, 1201, 2)  # none of which is round
    pair = pair_of(f"They counted {numbers[place - 1]} boats.", counted(numbers))
    assert pair.lacks_values() is lacks


def only(text: str, language: str = "en") -> Value:
    (value,) = find_values(text, language)
    return value


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [
        ("90", 90, 90),
        ("100", 95, 105),
        ("300", 285, 315),
        ("1,200", 1150, 1250),
        ("1,234", 1234, 1234),
        ("3 million", 2.7e6, 3.3e6),
        ("30 million", 27e6, 33e6),
        ("32 million", 31e6, 33e6),
    ],
)
def test_round_numbers_may_be_off_by_a_share(number: str, low: float, high: float) -> None:
    value = only(f"They counted {number} boats.")
    assert [value.low, value.high] == pytest.approx([low, high])


@pytest.mark.parametrize(("most", "told"), [(48, True), (50, True), (60, False)])
def test_range_of_more_than_five_times_its_least_contradicts_nothing(most: int, told: bool) -> None:
    value = only(f"They counted between 10 and {most} boats.")
    assert value.contradicts(only("They counted 150 boats.")) is told


@pytest.mark.parametrize(("blanks", "told"), [(21, True), (22, False)])
def test_bounds_are_read_up_to_thirty_characters_before_a_number(blanks: int, told: bool) -> None:
    value = only(f"They counted more than{' ' * blanks}12 boats.")
    assert (value.high > 12) is told


@pytest.mark.parametrize(("number", "read"), [("1" + "0" * 30, True), ("11" + "0" * 29, False)])
def test_numbers_are_read_up_to_a_nonillion(number: str, read: bool) -> None:
    assert bool(find_values(f"They counted {number} stars.", "en")) is read


def test_longest_numeral_is_read() -> None:
    assert only(f"Es waren {LONGEST} Stimmen.", "de").low == 727_727


BRIDGE = (
    "The council closed the harbour bridge on Monday after divers found rust in its cables near the "
    "northern tower."
)
SANK = "The ferry Astra sank off the coast of Norway on Friday, killing 12 passengers."
DIED = "Twelve passengers died when the ferry Astra sank off the coast of Norway on Friday."
LIKE_IT = (
    "The ferry Astra was built in Norway.",
    "Ferry passengers like Norway.",
    "The coast of Norway is long.",
)


def pool_of(quote: str, *passages: str) -> Pool:
    """Return a quote and another document, no two of whose sentences are neighbours."""
    texts = [quote, *passages]
    places = np.arange(len(texts))
    return Pool(texts, np.minimum(places, 1), 2 * places, [None] * 2, ["en"] * 2)


def evidence_of(
    quote: str, *passages: str, rough: float = 0.9, strict: bool = False
) -> RowEvidence:
    """Look for evidence where the last passage has this product of cosines, the others the most."""
    pool = pool_of(quote, *passages)
    words = pool.word_cosines(0)[: len(pool.texts)]
    meaning = np.minimum(np.where(np.arange(len(words)) < len(words) - 1, 1, rough / words), 1)
    vectors = np.column_stack([meaning, np.sqrt(1 - meaning**2)]).astype(np.float32)
    vectors[0] = [1, 0]
    (found,) = search_evidence(pool, vectors, [0], [0, 1], strict=strict)
    return found


@pytest.mark.parametrize(("rough", "found"), [(0.095, False), (0.105, True)])
def test_what_is_like_a_quote_by_a_tenth_is_judged(rough: float, found: bool) -> None:
    assert bool(evidence_of(SANK, DIED, rough=rough).agreeing) is found


@pytest.mark.parametrize(("likelier", "found"), [(2, True), (3, False)])
def test_three_passages_of_a_document_are_judged(likelier: int, found: bool) -> None:
    passages = *LIKE_IT[:likelier], DIED
    assert bool(evidence_of(SANK, *passages, rough=0.101).agreeing) is found


@pytest.mark.parametrize(("share", "agrees"), [("bridge", False), ("bridge Monday", True)])
def test_what_states_half_of_a_quote_does_not_agree_in_part(share: str, agrees: bool) -> None:
    found = evidence_of(BRIDGE, f"The council closed harbour {share}.")
    assert bool(found.agreeing or found.partly) is agrees


@pytest.mark.parametrize(("share", "differs"), [("", False), (" harbour bridge", True)])
def test_less_of_a_checked_sentence_tells_that_it_is_denied(share: str, differs: bool) -> None:
    found = evidence_of(BRIDGE, f"The council never closed{share}.", strict=True)
    assert bool(found.differing) is differs


def test_two_sentences_of_a_document_are_compared_with_one_for_differences() -> None:
    told = [
        f"The ferry Astra carried {number} passengers on Friday." for number in (12, 15, 17, 19)
    ]
    pool = pool_of(*told)
    vectors = np.ones((len(told), 1), dtype=np.float32)
    pairs = compared_pairs(pool, vectors, [0, 1], EvidenceSettings())
    assert [(pair.quoted, pair.first) for pair in pairs] == [(0, 1), (0, 2)]


def told_by(documents: int) -> Pool:
    """Return a pool of documents of one sentence each that give a value differently."""
    texts = [f"The ferry Astra carried {11 + n} passengers." for n in range(documents)]
    places = np.arange(documents)
    return Pool(texts, places, 0 * places, [None] * documents, ["en"] * documents)


@pytest.mark.parametrize(("documents", "compared"), [(51, 50), (52, 50)])
def test_a_sentence_is_compared_with_the_fifty_most_similar(documents: int, compared: int) -> None:
    vectors = np.ones((documents, 1), dtype=np.float32)
    pairs = compared_pairs(told_by(documents), vectors, range(documents), EvidenceSettings())
    assert sum(pair.quoted == 0 for pair in pairs) == compared


@pytest.mark.parametrize(("rough", "compared"), [(0.0195, False), (0.0205, True)])
def test_sentences_that_are_hardly_alike_are_not_compared(rough: float, compared: bool) -> None:
    pool = told_by(2)
    meaning = rough / pool.word_cosines(0)[1]
    vectors = np.array([[1, 0], [meaning, (1 - meaning**2) ** 0.5]], dtype=np.float32)
    assert bool(list(compared_pairs(pool, vectors, [0, 1], EvidenceSettings()))) is compared


WORDS = [f"b{first}{second}k" for first in "aeiou" for second in "aeiou"]


@pytest.mark.parametrize(("words", "copied"), [(15, False), (16, True)])
def test_copy_has_seven_of_ten_runs_of_three_words(words: int, copied: bool) -> None:
    # Twenty-two words have twenty runs.
    assert is_copy(WORDS[:22], WORDS[:words], EvidenceSettings()) is copied


@pytest.mark.parametrize(("words", "copied"), [(18, False), (19, True)])
def test_copy_has_nine_tenths_of_the_telling_words_by_weight(words: int, copied: bool) -> None:
    # What both have weighs log 2, what one lacks log 3: with two of twenty lacking, .85 are there.
    pair = pair_of(f"{' '.join(WORDS[:20])}.", f"{' '.join(WORDS[:words])}.")
    assert repeats(pair, EvidenceSettings()) is copied
