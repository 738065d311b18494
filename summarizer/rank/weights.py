"""What concepts weigh, learned from summaries that people wrote.

A multinomial logit within each topic: the weight of a concept is its share of all that a summary
says, a product of powers of what the sources tell about it. Most of it is counting documents, which
is what carries over to other kinds of texts; the rest says by how much to count more or less.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..assets import shipped_model
from ..table import Floats

TERMS = ("coefficient", "if long")
_FAR = 6.0


def concept_weights(features: Floats, file: str = "") -> Floats:
    """Weigh concepts with the shipped model, or another one.

    :param features: (c, f + 1) float64, as the model was trained on.
    :param file: A file of weights in the form of the shipped one; empty for that.
    :return: (c,) float64 weights of sum 1.
    """
    return weigh(features, _model(file)) if len(features) else np.zeros(0)


def weigh(features: Floats, model: Mapping[str, Any]) -> Floats:
    """Weigh concepts by their shares of what a summary says.

    :param features: (c, f + 1) float64; the last column tells how far documents are long.
    :param model: For each of the f ``features``, in their order, its ``mean``, its ``deviation``
        and a coefficient for each of ``TERMS``.
    :return: (c,) float64 weights of sum 1.
    """
    columns = model["features"].values()
    mean = np.array([column["mean"] for column in columns])
    deviation = np.array([column["deviation"] for column in columns])
    coefficients = np.array([column[term] for term in TERMS for column in columns])
    logit = expand(features, mean, deviation) @ coefficients
    likely = np.exp(logit - logit.max())
    return np.asarray(likely / likely.sum())


def expand(features: npt.NDArray[np.floating[Any]], mean: Floats, deviation: Floats) -> Floats:
    """Return what is multiplied by coefficients: standardised features, and those if long.

    :param features: (c, f + 1) float32 or float64.
    :param mean: (f,) float64.
    :param deviation: (f,) float64, above 0.
    :return: (c, 2 f) float64.
    """
    standard = np.clip((features[:, :-1] - mean) / deviation, -_FAR, _FAR)
    return np.hstack([standard, standard * features[:, -1:]])


@cache
def _model(file: str) -> Mapping[str, Any]:
    path = Path(file) if file else shipped_model("salience")[0] / "weights.json"
    model: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return model
