"""How much of a human summary each sentence is likely to hold, learned from summaries people wrote.

A transformer of one layer (Vaswani et al. 2017) over the sentences of all documents: each attends
to the others, more or less to those that are like it or of the same document, and is judged by its
place, its length, the weight of its concepts and, where the language is known, its meaning. Four
are trained from different beginnings and their mean is taken (Hansen and Salamon 1990): each alone
is as good, but moves some choices by chance. Inference is numpy's alone; ``models/importance.py``
trained them.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from ..assets import shipped_model
from .facts import Facts

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
# The relations of so many rows stay in the processor's cache.
_BLOCK = 128
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
    :param model: The weights of m networks by name, and the mean and deviation of the traits.
    :return: (k,) float64, the mean of the networks.
    """
    standard = np.clip((traits - model["mean"]) / model["deviation"], -_FAR, _FAR)
    meaning = vectors.astype(np.float64)
    state = _layer(standard, "traits", model) + meaning @ model["meaning"]
    state += (meaning.mean(axis=0) @ model["subject"])[:, None]
    state = state + _attend(_normalized(state, "before", model), vectors, alike, document, model)
    inner = _layer(_normalized(state, "within", model), "inner", model)
    state = state + _layer(np.maximum(inner, 0), "outer", model)
    hidden = _layer(_normalized(state, "behind", model), "hidden", model)
    judged = np.maximum(hidden, 0) @ model["judged"][:, :, None]
    return np.asarray(judged[:, :, 0].mean(axis=0))


def _attend(
    state: Vector,
    vectors: npt.NDArray[np.float32],
    alike: Similarities,
    document: npt.NDArray[np.intp],
    model: Weights,
) -> Vector:
    """Let each of k sentences take from the others what the heads of m networks attend to."""
    networks, size, width = state.shape
    queries, keys, values = (
        _layer(state, name, model).reshape(networks, size, HEADS, -1).swapaxes(1, 2)
        for name in ("queries", "keys", "values")
    )
    queries = queries * (width // HEADS) ** -0.5
    # The last column of what is mixed is the sum of the shares.
    values = np.concatenate([values, np.ones_like(values[..., :1])], axis=3)
    weights = model["relations"].swapaxes(1, 2).reshape(-1, 3)
    taken = np.empty((networks, size, HEADS, width // HEADS))
    for start in range(0, size, _BLOCK):
        rows = slice(start, start + _BLOCK)
        relations = np.stack(
            [vectors[rows] @ vectors.T, document[rows, None] == document, alike[rows]],
            dtype=np.float64,
        )
        related = (weights @ relations.reshape(3, -1)).reshape(-1, *relations.shape[1:])
        for logits, head in zip(related, np.ndindex(networks, HEADS), strict=True):
            logits += queries[head][rows] @ keys[head].T
            logits -= logits.max(axis=1, keepdims=True)
            mixed = np.exp(logits, out=logits) @ values[head]
            taken[head[0], rows, head[1]] = mixed[:, :-1] / mixed[:, -1:]
    return _layer(taken.reshape(state.shape), "taken", model)


def _layer(state: Vector, name: str, model: Weights) -> Vector:
    """Return (m, k, outputs) what a linear layer of each network makes of its input."""
    return np.asarray(state @ model[name] + model[f"{name}.bias"][:, None])


def _normalized(state: Vector, name: str, model: Weights) -> Vector:
    """Scale rows to mean 0 and deviation 1, then as learned (Ba et al. 2016)."""
    centred = state - state.mean(axis=2, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=2, keepdims=True) + 1e-5)
    return np.asarray(centred / deviation * model[name][:, None] + model[f"{name}.bias"][:, None])


@cache
def _model() -> Weights:
    from safetensors.numpy import load_file

    folder, _ = shipped_model("importance")
    weights = load_file(folder / "weights.safetensors")
    return {name: tensor.astype(np.float64) for name, tensor in weights.items()}
