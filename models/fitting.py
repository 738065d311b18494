"""What the recipes share: what they read, regressions and how unseen topics are told, the files."""

import gzip
import importlib.util
import json
import lzma
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from summarizer.rank.context import chances
from summarizer.text.assets import sha256
from summarizer.text.table import Floats

_OPENERS: Mapping[str, Any] = {".gz": gzip.open, ".xz": lzma.open}


def records(path: Path) -> Iterator[Any]:
    """Yield the records of a file, one a line, packed by gzip, xz or not at all."""
    with _OPENERS.get(path.suffix, open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def package(name: str) -> Path:
    """Return the folder of an installed package, of which no code is run."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"install {name} first, see the top of this file")
    return Path(spec.submodule_search_locations[0])


def check(file: Path, recorded: str) -> None:
    """End where a file of a package is not the one that was recorded."""
    if sha256(file) != recorded:
        raise SystemExit(f"{file.name} of the package is not the recorded one")


def regression(
    features: Floats, share: Floats, weights: Floats | float = 1.0, **options: Any
) -> LogisticRegression:
    """Fit a regression to shares: 0.3 is an example of weight 0.3 for and one of 0.7 against."""
    twice = np.concatenate([weights * share, weights * (1 - share)])
    used = twice > 0
    labels = np.repeat([True, False], len(share))[used]
    examples = np.concatenate([features, features])[used]
    return LogisticRegression(**options).fit(examples, labels, sample_weight=twice[used])


def fit(
    features: Floats,
    share: Floats,
    names: Sequence[str],
    penalty: float = 0.3,
    weights: Floats | float = 1.0,
    digits: int = 5,
) -> dict[str, Any]:
    """Fit a regression over standardised features; one that is unknown counts as the mean.

    :param features: (n, f) float64; NaN for what is not known.
    :param share: (n,) float64, 0 to 1.
    :param names: The names of the f features.
    :param penalty: The inverse of its strength.
    :param weights: (n,) float64, or the same for all.
    :param digits: How many are kept behind the point.
    :return: What ``chances`` takes.
    """
    mean = np.nanmean(features, axis=0)
    deviation = np.maximum(np.nanstd(features, axis=0), 1e-3)
    standard = np.nan_to_num((features - mean) / deviation)
    model = regression(standard, share, weights, C=penalty, max_iter=2000)
    columns = {"mean": mean, "deviation": deviation, "coefficient": model.coef_[0]}
    return {
        "intercept": round(float(model.intercept_[0]), digits),
        "features": {
            name: {kind: round(float(column[n]), digits) for kind, column in columns.items()}
            for n, name in enumerate(names)
        },
    }


def crossed(
    features: Floats,
    share: Floats,
    names: Sequence[str],
    groups: Sequence[str],
    folds: int,
    penalty: float = 0.3,
    weights: Floats | float = 1.0,
) -> Floats:
    """Return the chances of each row by a regression that saw no row of its group."""
    told = np.zeros(len(share))
    worth = np.broadcast_to(weights, len(share))
    for train, test in GroupKFold(folds).split(features, groups=groups):
        model = fit(features[train], share[train], names, penalty, worth[train])
        told[test] = chances(features[test], model)
    return told


def write(target: Path, model: object, indent: int = 1) -> None:
    """Write the weights of a model, and print their sha256."""
    text = json.dumps(model, ensure_ascii=False, indent=indent) + "\n"
    target.write_text(text, encoding="utf-8")
    print_digests(target.parent, target.name)


def print_digests(folder: Path, *names: str) -> None:
    """Print the sha256 of files that were made."""
    for name in names:
        print(sha256(folder / name), name)
