"""How far evidence looks, and from where on it tells no more: what is one step beyond."""

from math import log

import numpy as np
import pytest

from summarizer.evidence import FEATURES, Pair, Pool
from summarizer.evidence.values import Value, find_values

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
