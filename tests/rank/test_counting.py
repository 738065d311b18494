"""Counts of parts add up to the counts of the whole, however the parts are cut and added."""

from collections.abc import Sequence
from functools import reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.rank.concepts import (
    extract_concepts,
    join_concepts,
    join_words,
    keep_words,
    split_words,
    stem_sentences,
    stem_words,
)
from summarizer.rank.counting import Counts, add_counts, count_concepts
from summarizer.rank.features import centrality
from summarizer.rank.incidence import Incidence, Stems, Words

TEXTS = st.lists(
    st.lists(st.text(alphabet="abcA '.", max_size=14), min_size=1, max_size=4),
    min_size=1,
    max_size=7,
)


def same_words(one: Words, other: Words) -> None:
    assert one.words == other.words
    for name in ("tokens", "capital", "lengths"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def same_counts(one: Counts, other: Counts) -> None:
    for name in ("keys", "sums", "least", "most"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def counted(
    documents: Sequence[Sequence[str]], cuts: Sequence[int]
) -> tuple[Stems, list[Incidence], list[Counts]]:
    """Count documents in parts that begin at the cuts."""
    stems = stem_sentences(text for texts in documents for text in texts)
    document = np.repeat(np.arange(len(documents)), [len(texts) for texts in documents])
    index = np.concatenate([np.arange(len(texts)) for texts in documents])
    central = centrality(stems, index)
    bounds = np.searchsorted(document, [*cuts, len(documents)])
    concepts, counts = [], []
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        part, rows = stems.between(first, last), slice(first, last)
        concepts.append(extract_concepts(part))
        counts.append(
            count_concepts(
                part, concepts[-1], document[rows], index[rows], central[rows], apart=True
            )
        )
    return stems, concepts, counts


@given(TEXTS, st.data())
def test_counts_of_parts_add_up_in_any_order(
    documents: list[list[str]], data: st.DataObject
) -> None:
    numbers = st.integers(0, len(documents))
    cuts = [0, *sorted(data.draw(st.sets(numbers.filter(bool))) - {len(documents)})]
    stems, _, (whole,) = counted(documents, [0])
    _, parts, counts = counted(documents, cuts)
    shuffled = data.draw(st.permutations(counts))
    same_counts(add_counts(shuffled), whole)
    same_counts(reduce(lambda one, other: add_counts([other, one]), shuffled), whole)
    joined = join_concepts(parts, whole.keys, len(stems.stems))
    expected = extract_concepts(stems)
    for name in ("offsets", "concepts", "pairs"):
        np.testing.assert_array_equal(getattr(joined, name), getattr(expected, name))


def test_sums_that_rounding_would_tear_apart_are_exact() -> None:
    documents = [["red ship"] + ["it rained"] * (n % 7) for n in range(60)]
    documents += [["it rained"] * (n % 5) + ["red ship"] for n in range(60)]
    _, _, (whole,) = counted(documents, [0])
    for step in (1, 7, 50):
        same_counts(add_counts(counted(documents, range(0, 120, step))[2]), whole)


def test_one_part_is_counted_as_it_is() -> None:
    stems = stem_sentences(["red ship", "blue ship", "red ship"])
    rows, concepts = np.arange(3), extract_concepts(stems)
    central = np.array([0.1, 0.2, 0.3])
    (votes,) = count_concepts(stems, concepts, rows * 0, rows + 1, central).sums[:1, 5]
    assert votes == np.exp(-1 / 2)
    rounded = count_concepts(stems, concepts, rows * 0, rows + 1, central, apart=True).sums[0, 5]
    assert rounded != votes
    assert rounded == pytest.approx(votes, abs=2.0**-31)


@given(TEXTS)
def test_words_of_parts_are_those_of_the_whole(documents: list[list[str]]) -> None:
    whole = split_words(text for texts in documents for text in texts)
    parts = [split_words(texts) for texts in documents]
    same_words(join_words(parts), whole)
    same_words(join_words([join_words(parts[:2]), *parts[2:]]), whole)


@given(TEXTS, st.data())
def test_words_kept_are_as_if_there_were_no_others(
    documents: list[list[str]], data: st.DataObject
) -> None:
    texts = [text for texts in documents for text in texts]
    rows = sorted(data.draw(st.sets(st.integers(0, len(texts) - 1))))
    kept = keep_words(split_words(texts), np.array(rows, dtype=np.intp))
    same_words(kept, split_words(texts[row] for row in rows))


@given(TEXTS)
def test_blocks_of_any_size_give_the_same_frequency(documents: list[list[str]]) -> None:
    words = split_words(text for texts in documents for text in texts)
    whole = stem_words(words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("summarizer.rank.incidence._BLOCK", 2)
        np.testing.assert_array_equal(stem_words(words).frequency, whole.frequency)
        blocks = whole.blocks()
        assert [first for first, _ in blocks[1:]] == [last for _, last in blocks[:-1]]
        assert (blocks[0][0], blocks[-1][1]) == (0, len(whole.lengths))
