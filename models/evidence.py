"""Make ``models/evidence``: whether a passage states what a quote states, or differs.

    python -m models.evidence FOLDER...

reads the labelled pairs of ``benchmarks/evidence_labels.csv``, finds their texts in the corpora in
the folders, describes each pair by ``FEATURES`` and each value that the two give otherwise by
``SLOT_FEATURES``, and fits logistic regressions. Pairs of a third of the topics, chosen by a hash
of their names, are left out; ``python -m benchmarks.evidence FOLDER...`` measures on them. Prints
precision and recall cross-validated by topic for thresholds to choose from, and the sha256 of the
weights. Needs scikit-learn, which sentence-transformers brings.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.evidence import (
    Label,
    describe_values,
    is_held,
    label_pools,
    made_pools,
    read_labels,
)
from summarizer.evidence import FEATURES, SLOT_FEATURES, Pair
from summarizer.text.table import Floats

from .fitting import crossed, fit, write

TARGET = Path(__file__).parent / "evidence" / "weights.json"
FOLDS = 8
# What a pair counts, by where its label is from: two readers who saw no score; one such reader; one
# lenient reader; pairs that were labelled because a rule had picked them.
WORTH = {"blind": 1.0, "reader": 1.0, "voices": 0.5, "picked": 0.3}
# How much of its quote a passage states, by its label.
STATES = {"agrees": 1.0, "copy": 1.0, "partly": 0.5}
# What a pair written for the purpose counts: more would cost recall on real ones; without any of
# them a near copy with one name swapped passes for agreement.
MADE = 0.1
# What a value of such a pair counts.
MADE_VALUE = 0.2
# Left out, to tell how well the judge does in languages that it has not seen; see the model card.
LEFT_OUT = ("multiling2011.french", "multiling2011.arabic", "multiling2011.hindi")


def report(name: str, chances: Floats, worth: Floats, true: npt.NDArray[np.bool_]) -> None:
    """Print precision and recall at thresholds."""
    for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        shown = chances >= least
        precision = worth[shown].mean() if shown.any() else 1.0
        recall = (shown & true).sum() / max(true.sum(), 1)
        print(
            f"{name:<22} {least:.2f}  precision {precision:.3f}  recall {recall:.3f}  {shown.sum()}"
        )


def main() -> None:
    """Describe every labelled pair, fit and write the weights."""
    if len(sys.argv) < 2:
        raise SystemExit("usage: python -m models.evidence FOLDER...")
    folders = [Path(argument) for argument in sys.argv[1:]]
    labels = [one for one in read_labels() if not one.held and one.corpus not in LEFT_OUT]
    pools = [(pool, pairs) for pool, pairs in label_pools(folders, labels) if pairs]
    pairs: list[Label] = [label for _, own in pools for label, _ in own]
    topics = [pair.topic for pair in pairs]
    states = np.array([STATES.get(pair.label, 0.0) for pair in pairs])
    weights = np.array([WORTH[pair.source] for pair in pairs])
    made = [
        (pool, label, place)
        for pool, own in made_pools()
        for label, place in own
        if label != "other"
    ]
    target = np.concatenate([states, [label == "agrees" for _, label, _ in made]])
    weights = np.concatenate([weights, np.full(len(made), MADE)])
    numbers = [f"made {n // 2}" for n in range(len(made))]
    groups = topics + numbers
    seen = np.array([pair.source != "picked" for pair in pairs])
    compared = [Pair(pool, *place) for pool, own in pools for _, place in own]
    described = [pair.features() for pair in compared]
    written = [Pair(pool, *place).features() for pool, _, place in made]
    features = np.array(described + written)
    # What seems to swap a name is not shown, however likely it is.
    swapped = [bool(pair.swaps) for pair in compared]
    chances = crossed(features, target, FEATURES, groups, FOLDS, weights=weights)[: len(seen)]
    chances[np.array(swapped)] = 0
    report("states", chances[seen], states[seen], states[seen] == 1)
    models = {
        "states": fit(features, target, FEATURES, weights=weights, digits=4),
        "differs": fit_slots(folders),
    }
    write(TARGET, models)


def fit_slots(folders: Sequence[Path]) -> dict[str, Any]:
    """Fit whether two values are of one thing, on real conflicts and on written ones."""
    rows = [
        (features, label, topic, 1.0)
        for topic, label, features in describe_values(folders)
        if not is_held(topic)
    ]
    real = len(rows)
    for number, (pool, made) in enumerate(made_pools()):
        for kind, place in made:
            pair, topic = Pair(pool, *place), f"made {number // 2}"
            rows += [
                (pair.describe(slot), kind == "differs", topic, MADE_VALUE) for slot in pair.slots
            ]
    features, truth, weights = (np.array([row[n] for row in rows], dtype=float) for n in (0, 1, 3))
    topics = [topic for _, _, topic, _ in rows]
    chances = crossed(features, truth, SLOT_FEATURES, topics, FOLDS, weights=weights)[:real]
    report("differs, values", chances, truth[:real], truth[:real] > 0)
    return fit(features, truth, SLOT_FEATURES, weights=weights, digits=4)


if __name__ == "__main__":
    main()
