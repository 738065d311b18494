"""``ablation_worker.py PART``: this project without one of its parts, nothing trained again."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from protocol import answer, arguments

from summarizer import Document, summarize
from summarizer.settings import Settings
from summarizer.text.assets import shipped_model

_PLACES = ("earl", "position", "first sentence")
PARTS: dict[str, dict[str, Any]] = {
    "learned weights": {},
    "position": {},
    "salience": {"salience_share": 0.0},
    "redundancy": {"cluster_cosine": 2.0, "contained_share": 1e9, "once": 1e9},
    "context": {"keep_context": False},
    "opening": {"open_first": False},
    "notices": {"notice_odds": 1e9},
    "fitness": {"unfit": 1.0, "unfit_loss": 0.0},
    "cleaning": {},
}


def weights_without(part: str) -> str:
    """Return a file of concept weights that do without positions, or know documents alone."""
    file = shipped_model("salience")[0] / "weights.json"
    model = json.loads(file.read_text(encoding="utf-8"))
    for name in model["features"]:
        by_place = part == "position" and any(word in name for word in _PLACES)
        if by_place or (part == "learned weights" and name != "log documents with it"):
            model["features"][name] |= dict.fromkeys(
                ("value", "square", "by documents", "by sentences"), 0.0
            )
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as written:
        json.dump(model, written)
    return written.name


if __name__ == "__main__":
    (part,) = arguments(PARTS)
    settings = replace(Settings(), **PARTS[part])
    weights = ""
    if part in {"position", "learned weights"}:
        weights = weights_without(part)
        settings = replace(settings, weights=weights)

    def solve(given: dict[str, Any]) -> list[str]:
        """Return the sentences of a summary."""
        documents = [Document(**text, extracted=part == "cleaning") for text in given["texts"]]
        found = summarize(documents, words=given["words"], settings=settings)
        return [sentence.text for sentence in found.sentences]

    try:
        answer(solve)
    finally:
        if weights:
            Path(weights).unlink()
