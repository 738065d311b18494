"""Make ``models/days``: how much a day matters to a timeline.

    python -m models.days [-o FILE] PATH...

reads topics, one a file (gzipped JSON: ``{"documents": [{"text": …, "date": "YYYY-MM-DD"}],
"timelines": [{"YYYY-MM-DD": [sentence, …]}]}``), describes the days that the documents of each
speak of, and fits a logistic regression to the share of the topic's timelines that have each. All
topics count the same, by the days of their timelines. It takes two minutes on one core and needs
scikit-learn, which sentence-transformers brings. The sha256 of the weights is printed, for
``summarizer/text/models.sha256`` and the model card.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from summarizer import Document
from summarizer.rank.days import DatedTable, describe_days, standardised
from summarizer.settings import Settings
from summarizer.subject.timelines import read_days
from summarizer.text.table import Floats

from .fitting import records, regression, write

TARGET = Path(__file__).parent / "days" / "weights.json"
# The inverse of the strength of the penalty; a strong one keeps history from being ruled out.
REGULARISATION = 0.1


@dataclass(frozen=True, slots=True)
class Topic:
    """The k days of a topic.

    :param features: By its name each feature, (k,) float64, standardised.
    :param share: (k,) float64, the share of the timelines that have each.
    """

    features: dict[str, Floats]
    share: Floats


def main() -> None:
    """Describe the days of every topic, fit and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m models.days")
    parser.add_argument("topics", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    model = fit([describe(load(path)) for path in arguments.topics])
    write(arguments.output, model)


def load(path: Path) -> dict[str, Any]:
    """Read a topic."""
    (topic,) = records(path)
    found: dict[str, Any] = topic
    return found


def as_documents(topic: dict[str, Any]) -> list[Document]:
    """Return the documents of a topic, those left out that hold its timeline word for word."""
    return [
        Document(known["id"], known["text"], title=known["title"], date=known["date"])
        for known in topic["documents"]
        if not known.get("timeline_copy")
    ]


def describe(topic: dict[str, Any]) -> Topic:
    """Describe the days of a topic."""
    return describe_table(read_days(as_documents(topic), Settings())[1], topic["timelines"])


def describe_table(known: DatedTable, timelines: Sequence[Mapping[str, Any]]) -> Topic:
    """Describe the days that sentences name, with the timelines of their topic."""
    days, features = describe_days(known, Settings())
    named = [{date.fromisoformat(day).toordinal() for day in one} for one in timelines]
    share = [float(np.mean([day in one for one in named])) for day in days.tolist()]
    known_of = {name: standardised(column) for name, column in features.items()}
    return Topic(known_of, np.array(share))


def fit(topics: Sequence[Topic]) -> dict[str, Any]:
    """Fit the regression: a day in some of the timelines is partly one and partly the other."""
    columns = [np.stack(list(topic.features.values()), axis=1) for topic in topics]
    features = np.concatenate(columns)
    share = np.concatenate([topic.share for topic in topics])
    weight = np.concatenate(
        [np.full(len(t.share), 10 / max(float(t.share.sum()), 1.0)) for t in topics]
    )
    model = regression(features, share, weight, C=REGULARISATION, max_iter=500)
    weights = np.round(model.coef_[0], 4).tolist()
    return {"features": dict(zip(topics[0].features, weights, strict=True))}


if __name__ == "__main__":
    main()
