"""How much of a human summary each sentence is likely to hold, learned from summaries people wrote.

A transformer of one layer (Vaswani et al. 2017) over the sentences of all documents: each attends
to the others, more or less to those that are like it or of the same document, and is judged by its
place, its length, the weight of its concepts and, where the language is known, its meaning.
Inference is numpy's alone; ``models/importance.py`` trained it.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .facts import Facts
from .shipped import shipped_model

Vector = npt.NDArray[np.float64]
Weights = Mapping[str, npt.NDArray[Any]]
Similarities = npt.NDArray[np.float32]

TRAITS = (
    "log 1 + position",
    "first of its document",
    "second of its document",
    "third of its document",
    "log words",
    "log weight a concept, standard score",
    "log weight a concept",
    "log weight, standard score",
    "mean similarity to all, standard score",
    "largest similarity to another document",
    "place in its document",
    "log documents",
    "log sentences",
)
HEADS = 4
# How far beyond what it was trained on a trait counts, in standard deviations.
_FAR = 5.0
# How much the importance of sentences counts beside that of their concepts.
_STRENGTH = 0.6
# Sums in another order, as by more threads, change less than this.
_DIGITS = 6
_BLOCK = 256
_TINY = 1e-9


def sentence_importance(
    facts: Facts,
    kept: npt.NDArray[np.intp],
    lexical: npt.NDArray[np.float32],
    vectors: npt.NDArray[np.float32],
) -> Vector:
    """Judge sentences among one another.

    :param facts: What is known of all sentences.
    :param kept: (k,) those to be judged, ascending.
    :param lexical: (k, h) float32 unit rows of their words.
    :param vectors: (k, 256) float32 unit rows of the shipped ``static`` model; zeros where it does
        not know the language.
    :return: (k,) float64 above 0, of geometric mean 1: what a sentence's concepts are worth in it.
    """
    if not len(kept):
        return np.zeros(0)
    alike = lexical @ lexical.T
    document = facts.document[kept]
    judged = judge(sentence_traits(facts, kept, alike), vectors, alike, document, _model())
    return np.asarray(np.exp(_STRENGTH * np.round(judged - judged.mean(), _DIGITS)))


def sentence_traits(facts: Facts, kept: npt.NDArray[np.intp], alike: Similarities) -> Vector:
    """Describe sentences.

    :param facts: What is known of all n sentences.
    :param kept: (k,) those to be described, ascending.
    :param alike: (k, k) float32, the similarity of their words.
    :return: (k, 13) float64, a column for each of ``TRAITS``.
    """
    index, document = facts.index[kept], facts.document[kept]
    concepts = np.maximum(np.diff(facts.concepts.offsets)[kept], 1)
    scores = facts.scores[kept]
    dense = scores / concepts * len(facts.scores)
    starts = np.flatnonzero(np.diff(document, prepend=-1))
    nearest = np.maximum.reduceat(alike, starts, axis=1)
    nearest[np.arange(len(kept)), np.searchsorted(starts, np.arange(len(kept)), "right") - 1] = 0
    last = np.bincount(facts.document)[document] - 1
    columns = (
        np.log1p(index),
        index == 0,
        index == 1,
        index == 2,
        np.log(np.maximum(facts.stems.lengths[kept], 1)),
        _standard(np.log(dense + _TINY)),
        np.log(dense + 0.001),
        _standard(np.log(scores + _TINY)),
        _standard(alike.mean(axis=1, dtype=np.float64)),
        nearest.max(axis=1),
        index / np.maximum(last, 1),
        np.full(len(kept), np.log(len(np.unique(facts.document)))),
        np.full(len(kept), np.log(len(facts.scores))),
    )
    return np.stack(columns, axis=1).astype(np.float64)


def _standard(values: Vector) -> Vector:
    return np.asarray((values - values.mean()) / (values.std() + _TINY))


def judge(
    traits: Vector,
    vectors: npt.NDArray[np.float32],
    alike: Similarities,
    document: npt.NDArray[np.intp],
    model: Weights,
) -> Vector:
    """Return the standard score of how much of a summary each sentence holds.

    :param traits: (k, 13) float64, as ``sentence_traits`` gives them.
    :param vectors: (k, 256) float32.
    :param alike: (k, k) float32, the similarity of their words.
    :param document: (k,) the document of each.
    :param model: The weights by name.
    :return: (k,) float64.
    """
    standard = np.clip((traits - model["mean"]) / model["deviation"], -_FAR, _FAR)
    meaning = vectors.astype(np.float64)
    state = standard @ model["traits"] + model["traits.bias"]
    state += meaning @ model["meaning"] + meaning.mean(axis=0) @ model["subject"]
    state = state + _attend(_normalized(state, "before", model), vectors, alike, document, model)
    inner = _normalized(state, "within", model) @ model["inner"] + model["inner.bias"]
    state = state + np.maximum(inner, 0) @ model["outer"] + model["outer.bias"]
    hidden = _normalized(state, "behind", model) @ model["hidden"] + model["hidden.bias"]
    return np.asarray(np.maximum(hidden, 0) @ model["judged"])


def _attend(
    state: Vector,
    vectors: npt.NDArray[np.float32],
    alike: Similarities,
    document: npt.NDArray[np.intp],
    model: Weights,
) -> Vector:
    """Let each sentence take from the others what their heads attend to."""
    queries, keys, values = (
        (state @ model[name] + model[f"{name}.bias"]).reshape(len(state), HEADS, -1)
        for name in ("queries", "keys", "values")
    )
    scale = queries.shape[2] ** -0.5
    taken = np.empty_like(values)
    for start in range(0, len(state), _BLOCK):
        rows = slice(start, start + _BLOCK)
        meaning = vectors[rows] @ vectors.T
        same = document[rows, None] == document
        for head, (by_meaning, by_document, by_words) in enumerate(model["relations"].T):
            logits = queries[rows, head] @ keys[:, head].T * scale
            logits += by_meaning * meaning + by_document * same + by_words * alike[rows]
            shares = np.exp(logits - logits.max(axis=1, keepdims=True))
            taken[rows, head] = shares @ values[:, head] / shares.sum(axis=1, keepdims=True)
    return np.asarray(taken.reshape(len(state), -1) @ model["taken"] + model["taken.bias"])


def _normalized(state: Vector, name: str, model: Weights) -> Vector:
    """Scale rows to mean 0 and deviation 1, then as learned (Ba et al. 2016)."""
    centred = state - state.mean(axis=1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    return np.asarray(centred / deviation * model[name] + model[f"{name}.bias"])


@cache
def _model() -> Weights:
    from safetensors.numpy import load_file

    folder, _ = shipped_model("importance")
    weights = load_file(folder / "weights.safetensors")
    return {name: tensor.astype(np.float64) for name, tensor in weights.items()}
