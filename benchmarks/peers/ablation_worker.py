"""``ablation_worker.py PART``: this project without one of its parts, nothing trained again."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
from protocol import answer, arguments
from summarizer_worker import solve

from summarizer import Document, load_encoder
from summarizer.datatypes import Block, Structure
from summarizer.rank.features import FEATURES
from summarizer.rank.picking import Candidates, Objective
from summarizer.rank.weights import concept_weights

_POSITION = [n for n, name in enumerate(FEATURES) if "earl" in name or "position" in name]
_POSITION += [n for n, name in enumerate(FEATURES) if "first sentence" in name]


def by_documents(features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Weigh concepts by how many documents have them, those of one document not at all."""
    having = np.exp(features[:, FEATURES.index("log documents with it")]).round()
    weights = np.where(having > 1, having, 0.0) if having.max(initial=0) > 1 else having
    return np.asarray(weights / max(weights.sum(), 1.0))


def without_position(features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Weigh concepts as if all stood in the same place."""
    level = features.copy()
    level[:, _POSITION] = features[:, _POSITION].mean(axis=0)
    return concept_weights(level)


def equal(_: Any, kept: npt.NDArray[np.intp], *__: Any) -> npt.NDArray[np.float64]:
    """Take all sentences for equally important."""
    return np.ones(len(kept))


def alone(text: str) -> bool:
    """Let every sentence stand alone."""
    return not text


def apart(labels: Any, *_: Any) -> Any:
    """Let any two sentences be picked together."""
    return np.eye(len(labels), dtype=bool)


def whole(objective: Objective, _: int) -> npt.NDArray[np.float64]:
    """Tell that no unit has anything of another."""
    return np.zeros_like(objective.gains([], slice(None)))


def closed(**fields: Any) -> Candidates:
    """Let nothing tell what the whole is about."""
    fields["opens"] = np.zeros_like(fields["opens"])
    return Candidates(**fields)


def untouched(documents: Sequence[Document]) -> list[Structure]:
    """Take everything for body."""
    return [Structure(d.title, d.date, (Block("body", 0, len(d.text)),)) for d in documents]


PARTS: dict[str, tuple[str, Any]] = {
    "importance": ("summarizer.pipeline.selecting.sentence_importance", equal),
    "learned weights": ("summarizer.pipeline.preparing.concept_weights", by_documents),
    "position": ("summarizer.pipeline.preparing.concept_weights", without_position),
    "meaning": ("summarizer.rank.coverage._MEANING", 0.0),
    "cost power": ("summarizer.rank.coverage._COST_POWER", 1.0),
    "redundancy": ("summarizer.pipeline.selecting.redundant_pairs", apart),
    "repetition": ("summarizer.rank.coverage.Objective._share_in", whole),
    "antecedents": ("summarizer.pipeline.parts.dangles", alone),
    "opening": ("summarizer.pipeline.selecting.Candidates", closed),
    "cleaning": ("summarizer.pipeline.preparing.clean", untouched),
}


if __name__ == "__main__":
    (part,) = arguments(PARTS)
    with patch(*PARTS[part]):
        answer(partial(solve, "coverage", load_encoder("static")))
