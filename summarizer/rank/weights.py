"""How likely people are to say a concept in a summary, learned from summaries that they wrote.

A logistic regression over what the sources tell about a concept (after Hong and Nenkova 2014, who
learned the weights of words). Each feature speaks by its own value and its square, and differently
where documents or sentences are many.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from ..assets import read_weights
from ..table import Floats

TERMS = ("value", "square", "by documents", "by sentences", "if long", "square if long")
SIZES = ("log documents", "log sentences", "long documents without sections")
_DOCUMENTS = 1.5
_SENTENCES = 3.5
_FAR = 6.0
_FAR_SQUARE = 9.0
# At most this many concepts per block, so that a block stays in cache.
_BLOCK = 4096


def concept_weights(features: Floats, file: str = "") -> Floats:
    """Weigh concepts with the shipped model, or another one.

    :param features: (c, f) float64, as the model was trained on.
    :param file: A file of weights in the form of the shipped one; empty for that.
    :return: (c,) float64 weights of sum 1.
    """
    return weigh(features, _model(file)) if len(features) else np.zeros(0)


def weigh(features: Floats, model: Mapping[str, Any]) -> Floats:
    """Weigh concepts by the probability that a summary has them.

    :param features: (c, f) float64.
    :param model: An ``intercept``, and for each of the f ``features``, in their order, its
        ``mean``, its ``deviation`` and a coefficient for each of ``TERMS``.
    :return: (c,) float64 weights of sum 1.
    """
    columns = model["features"].values()
    mean = np.array([column["mean"] for column in columns])
    deviation = np.array([column["deviation"] for column in columns])
    coefficients = np.array([[column[term] for column in columns] for term in TERMS])
    sizes = features[:, [list(model["features"]).index(name) for name in SIZES]]
    logit = np.full(len(features), float(model["intercept"]))
    for start in range(0, len(features), _BLOCK):
        block = slice(start, start + _BLOCK)
        standard = (features[block] - mean) / deviation
        terms = expand(standard, sizes[block])
        logit[block] += terms @ coefficients.reshape(-1)
    likely = 1 / (1 + np.exp(-logit))
    return np.asarray(likely / likely.sum())


def expand(standard: Floats, sizes: Floats) -> Floats:
    """Return the terms of the regression, those of ``TERMS`` behind one another.

    :param standard: (c, f) float64, standardised features.
    :param sizes: (c, 3) the features ``SIZES``, as they are.
    :return: (c, 6 f) float64.
    """
    count, size = standard.shape
    documents, sentences, long = sizes.T[:, :, None]
    terms = np.empty((count, len(TERMS), size))
    value = np.clip(standard, -_FAR, _FAR, out=terms[:, 0])
    np.minimum(value**2, _FAR_SQUARE, out=terms[:, 1])
    np.multiply(value, documents - _DOCUMENTS, out=terms[:, 2])
    np.multiply(value, sentences - _SENTENCES, out=terms[:, 3])
    np.multiply(terms[:, :2], long[:, None], out=terms[:, 4:])
    return terms.reshape(count, len(TERMS) * size)


@cache
def _model(file: str) -> Mapping[str, Any]:
    model: Mapping[str, Any] = read_weights("salience", file)
    return model
