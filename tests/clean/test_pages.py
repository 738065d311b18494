"""Saved web pages: what looks like one, the walk through its states by hand, what was learned."""

import json
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Document, body
from summarizer.clean import clean
from summarizer.clean.pages import MOVES, STATES, body_chances, describe, find_kept, is_page, walk
from summarizer.clean.paragraphs import find_paragraphs
from summarizer.text.assets import shipped_model

NAMES = ("Home", "News", "Sport", "Weather", "Travel", "Money", "Shop", "Help")
MENU = "\n".join(f"* {name}" for name in NAMES)
ARTICLE = [
    "The council voted on Monday to close the old bridge, because its cables have rusted through.",
    "Drivers will have to use the tunnel for at least two years, the mayor told reporters. The "
    "council had put off the repair of the bridge twice since the first cables broke.",
    "A new bridge would cost 40 million euros, according to a study that the council paid for. "
    "The mayor wants drivers to pay a toll of two euros until the bridge is paid for.",
    "The old bridge was built in 1931 and carries 20,000 drivers a day, twice as many as the "
    "tunnel, which the council had widened only in 2012.",
]
PAGE = f"""Skip to content
{MENU}

Old bridge to close on Monday

By Ann Lee
Posted Jun 18, 2023 7:53 AM

{ARTICLE[0]}

{ARTICLE[1]}

Two years of detours

{ARTICLE[2]}

{ARTICLE[3]}

Related

* Ten recipes for a rainy day
* Singer cancels tour

Leave a comment
Your email address will not be published. Required fields are marked *
Privacy policy
Terms of use
We use cookies to improve your experience on our website.
{MENU}
"""


def test_page_with_times_of_films_is_no_chat() -> None:
    blocks = PAGE.split("\n\n")
    films = "\n\n".join(f"{n}:41\n\n{block}" for n, block in enumerate(blocks, 10))
    found = body(Document("d", films)).split("\n\n")
    assert ARTICLE[0] in found
    assert "Terms of use" not in found


def ways(count: int) -> list[tuple[int, ...]]:
    """List the ways through a page that the model knows."""
    return [
        way
        for way in product(range(4), repeat=count)
        if way[0] in (0, 1) and way[-1] in (1, 3) and all(MOVES[a, b] for a, b in pairwise(way))
    ]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_walk_sums_over_all_ways(count: int) -> None:
    random = np.random.default_rng(count)
    potentials, moves = random.normal(size=(count, 4)), random.normal(size=(4, 4))
    weights = {
        way: np.exp(
            sum(potentials[n, state] for n, state in enumerate(way))
            + sum(moves[a, b] for a, b in pairwise(way))
        )
        for way in ways(count)
    }
    total = sum(weights.values())
    chances = np.zeros((count, 4))
    for way, weight in weights.items():
        chances[np.arange(count), way] += weight / total
    found = walk(potentials, moves)
    np.testing.assert_allclose(found.forward * found.backward, chances)
    assert found.log_sum == pytest.approx(np.log(total))
    pairs = np.zeros((4, 4))
    for way, weight in weights.items():
        for a, b in pairwise(way):
            pairs[a, b] += weight / total
    step = np.exp(moves) * MOVES
    np.testing.assert_allclose(step * (found.forward[:-1].T @ found.arrivals[1:]), pairs)


def test_shipped_model_is_of_these_traits() -> None:
    folder, _ = shipped_model("boilerplate")
    model = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
    assert list(model["traits"]) == list(describe(find_paragraphs(PAGE)))
    for column in model["traits"].values():
        assert set(column) == {"mean", "deviation", *STATES}


def test_traits_say_more_the_more_they_weigh() -> None:
    silent = dict.fromkeys(STATES, 0.0)
    model = {
        "intercept": silent,
        "moves": dict.fromkeys(STATES, silent),
        "traits": {"told": {"mean": 0.0, "deviation": 1.0, **silent, "body": 2.0}},
    }
    low, high = body_chances(np.array([[-1.0], [1.0], [-1.0]]), model)[:2]
    assert low < high < 1


def test_a_page_is_told_from_a_text() -> None:
    assert is_page(find_paragraphs(PAGE))
    assert not is_page(find_paragraphs("\n\n".join(ARTICLE)))
    assert not is_page(find_paragraphs(f"Old bridge to close\n\nBy Ann Lee\n\n{ARTICLE[0]}"))
    # A text of many sections has short lines, but more paragraphs.
    sections = "\n\n".join(f"Part {n}\n\n{ARTICLE[0]}\n\n{ARTICLE[1]}" for n in range(20))
    assert not is_page(find_paragraphs(sections))


def test_body_of_a_page() -> None:
    found = body(Document("d", PAGE))
    assert all(paragraph in found for paragraph in ARTICLE)
    assert "Two years of detours" in found
    for boilerplate in ("Weather", "recipes", "cookies", "email", "Privacy"):
        assert boilerplate not in found
    (structure,) = clean([Document("d", PAGE)])
    assert (structure.title, structure.date) == ("Old bridge to close on Monday", "2023-06-18")
    quotable = [PAGE[b.start : b.end] for b in structure.blocks if b.kind == "body"]
    assert quotable == ARTICLE


def test_a_page_without_sentences_has_a_body() -> None:
    paragraphs = find_paragraphs("\n".join(f"{MENU}\nEntry {n}" for n in range(4)))
    assert is_page(paragraphs)
    assert any(find_kept(paragraphs))


@given(st.text(alphabet="ab .*+\n()!é中", max_size=200))
def test_blocks_of_any_page_are_in_order(text: str) -> None:
    whole = f"{MENU}\n{MENU}\n{text}\n{MENU}"
    (structure,) = clean([Document("d", whole)])
    ends = [0]
    for block in structure.blocks:
        assert ends[-1] <= block.start < block.end <= len(whole)
        ends.append(block.end)
    assert clean([Document("d", whole)]) == [structure]


def test_what_speaks_to_the_reader_amid_a_page_is_no_body() -> None:
    pitch = (
        "If you value our reporting on bridges and councils, please subscribe to our newsletter."
    )
    page = PAGE.replace(ARTICLE[2], f"{pitch}\n\n{ARTICLE[2]}")
    (structure,) = clean([Document("page", page)])
    kept = [page[block.start : block.end] for block in structure.blocks if block.kind == "body"]
    assert ARTICLE[2] in kept
    assert pitch not in kept
