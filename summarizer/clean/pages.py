"""The body of a web page that was saved as plain text, told by a model of the order of its parts.

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001): what is before the
body, the body with what stands aside within it, and what is behind it follow one another. Its
weights were learned from pages of which people had copied the body (see ``models/furniture``).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from ..assets import shipped_model
from .paragraphs import Paragraph
from .traits import describe

Matrix = npt.NDArray[np.float64]

STATES = ("before", "body", "aside", "behind")
# From a row's state to a column's; a page begins before the body or with it, and has one.
MOVES = np.array([[1, 1, 0, 0], [0, 1, 1, 1], [0, 1, 1, 0], [0, 0, 0, 1]], dtype=bool)
_BEGINS = np.array([1.0, 1.0, 0.0, 0.0])
_ENDS = np.array([0.0, 1.0, 0.0, 1.0])
_BODY = STATES.index("body")
_FAR = 4.0
_LEAST = -50.0
_LIKELY = 0.4
# A text with so many short lines that are no sentence, and such a share of fragments, is a page.
_PAGE_SHORT = 12
_SHORT_WORDS = 4
_PAGE_FRAGMENTS = 0.4


@dataclass(frozen=True, slots=True)
class Passes:
    """What the forward-backward algorithm found, (p, 4) float64 each.

    :param forward: Chances of the states given what stands before, rows of sum 1.
    :param backward: By what they are multiplied for all that follows.
    :param arrivals: By what the chance of a state before is multiplied for a move to this state.
    :param log_sum: Logarithm of the sum over all ways through the page.
    """

    forward: Matrix
    backward: Matrix
    arrivals: Matrix
    log_sum: float


def is_page(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell a web page saved as text, menus and all, from a text with little around it."""
    fragments = [p for p in paragraphs if not (p.prose or p.markup)]
    short = sum(paragraph.words <= _SHORT_WORDS for paragraph in fragments)
    return short >= _PAGE_SHORT and len(fragments) >= _PAGE_FRAGMENTS * len(paragraphs)


def find_kept(
    paragraphs: Sequence[Paragraph], model: Mapping[str, Any] | None = None
) -> list[bool]:
    """Tell the paragraphs of a page's body, headings and items of lists among them.

    :param paragraphs: All paragraphs of a page, one or more.
    :param model: What ``body_chances`` takes; the shipped one without it.
    :return: For each whether it is of the body; the likeliest is where none is likely.
    """
    traits = np.column_stack(list(describe(paragraphs).values()))
    chances = body_chances(traits, model or _model())
    return [bool(chance >= min(_LIKELY, chances.max())) for chance in chances]


def body_chances(traits: Matrix, model: Mapping[str, Any]) -> Matrix:
    """Return how likely each paragraph is of the body.

    :param traits: (p, t) float64.
    :param model: For each of the t ``traits``, in their order, its ``mean``, its ``deviation`` and
        a weight for each of ``STATES``; an ``intercept`` a state and the weights of ``moves``.
    :return: (p,) float64 from 0 to 1.
    """
    columns = model["traits"].values()
    mean = np.array([column["mean"] for column in columns])
    deviation = np.array([column["deviation"] for column in columns])
    weights = np.array([[column[state] for state in STATES] for column in columns])
    intercept = np.array([model["intercept"][state] for state in STATES])
    moves = np.array([[model["moves"][a][b] for b in STATES] for a in STATES])
    found = walk(standardize(traits, mean, deviation) @ weights + intercept, moves)
    return np.asarray((found.forward * found.backward)[:, _BODY])


def standardize(traits: Matrix, mean: Matrix, deviation: Matrix) -> Matrix:
    """Return traits in deviations from their means, within bounds."""
    return np.asarray(np.clip((traits - mean) / deviation, -_FAR, _FAR))


def walk(potentials: Matrix, moves: Matrix) -> Passes:
    """Sum over all ways through the states of a page, forward and backward.

    :param potentials: (p, 4) float64, how much each paragraph speaks for each state.
    :param moves: (4, 4) float64, how much speaks for a move; those not in ``MOVES`` don't count.
    """
    highest = potentials.max(axis=1, keepdims=True)
    weights = np.exp(np.maximum(potentials - highest, _LEAST))
    step = np.where(MOVES, np.exp(moves), 0.0)
    forward, backward = np.empty_like(weights), np.empty_like(weights)
    scale = np.empty(len(weights))
    reached = _BEGINS
    for number, weight in enumerate(weights):
        reached = (reached @ step if number else reached) * weight
        scale[number] = reached.sum()
        reached = forward[number] = reached / scale[number]
    ending = float(reached @ _ENDS)
    arrivals = weights / scale[:, None]
    backward[-1] = _ENDS / ending
    for number in range(len(weights) - 1, 0, -1):
        arrivals[number] *= backward[number]
        backward[number - 1] = step @ arrivals[number]
    log_sum = float(np.log(scale).sum() + highest.sum() + np.log(ending))
    return Passes(forward, backward, arrivals, log_sum)


@cache
def _model() -> Mapping[str, Any]:
    folder, _ = shipped_model("furniture")
    model: Mapping[str, Any] = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
    return model
