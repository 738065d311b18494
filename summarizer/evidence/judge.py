"""Learned judgements: a passage states what a quote states, or gives a value of it otherwise.

Logistic regressions with readable weights, trained on pairs that people labelled; see
``models/evidence``.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from ..text.assets import read_weights
from ..text.table import Floats
from .compare import FEATURES
from .slots import SLOT_FEATURES


@dataclass(frozen=True, slots=True)
class Regression:
    """A logistic regression.

    :param intercept: Its constant.
    :param mean: (f,) the mean of each feature where it was trained.
    :param deviation: (f,) their standard deviations.
    :param coefficients: (f,) what a standard deviation of each adds to the log odds.
    """

    intercept: float
    mean: Floats
    deviation: Floats
    coefficients: Floats

    def probability(self, features: npt.ArrayLike) -> Floats:
        """Return (n,) float64 probabilities of (n, f) rows of features."""
        standard = (np.asarray(features, dtype=np.float64) - self.mean) / self.deviation
        # subtle: a product of matrices may round differently by how many rows it has.
        odds = (standard * self.coefficients).sum(axis=1) + self.intercept
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


@dataclass(frozen=True, slots=True)
class Judge:
    """What the labelled pairs taught.

    :param states: How much of a quote a passage states: 1 is all that counts, a half is
        the main claim.
    :param differs: Whether two values are of one thing and cannot both be right.
    """

    states: Regression
    differs: Regression

    @staticmethod
    @cache
    def load() -> "Judge":
        """Load the shipped weights, once a process.

        :raises EncoderError: If they are missing or changed.
        """
        record = read_weights("evidence")
        return Judge(
            states=as_regression(record["states"], FEATURES),
            differs=as_regression(record["differs"], SLOT_FEATURES),
        )


def as_regression(record: dict[str, Any], names: tuple[str, ...]) -> Regression:
    """Return a regression of its record in ``weights.json``."""
    rows = [record["features"][name] for name in names]
    return Regression(
        intercept=record["intercept"],
        mean=np.array([row["mean"] for row in rows]),
        deviation=np.array([row["deviation"] for row in rows]),
        coefficients=np.array([row["coefficient"] for row in rows]),
    )
