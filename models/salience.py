"""Make ``models/salience``: how likely people are to say a concept in a summary.

    python -m models.salience [-o FILE] PATH[*N][=WEIGHT]...
    python -m models.salience [-o FILE] --lengthen FILE PATH[*N][=WEIGHT]...

reads corpora of one topic a line (``{"documents": [{"text": …}], "references": [...]}``, packed by
gzip, xz or not), describes the concepts of each topic as the sources alone tell of them, and fits a
logistic regression to the share of references that have each. All corpora count the same, or as
their WEIGHT says, and so do the topics of a corpus. Where a line also has a ``query``, the lines of
a document are one topic: its references are those to the first query, which is on the whole, and
all other answers as one more. N topics in a row make one where that is given.

With ``--lengthen``, only how the weights in FILE are to change for long documents is fitted: what
they tell of others stays. It takes five minutes on one core and needs
scikit-learn, which sentence-transformers brings. The sha256 of the weights is printed, for
``summarizer/text/models.sha256`` and the model card.
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from summarizer import Document
from summarizer.clean import clean
from summarizer.rank.concepts import (
    extract_concepts,
    language_of,
    split_documents,
    stem_texts,
)
from summarizer.rank.features import (
    SIZES,
    TERMS,
    concept_features,
    expand,
    lexical_centrality,
)
from summarizer.settings import Settings
from summarizer.text.language import language
from summarizer.text.table import Concepts, Floats, Stems

from .fitting import records, regression, write

TARGET = Path(__file__).parent / "salience" / "weights.json"
EXAMPLES = 400_000
_SENTENCE_END = re.compile(r"(?<=[.!?।؟])\s+|\n")


@dataclass(frozen=True, slots=True)
class Topic:
    """The c concepts of a topic.

    :param names: The names of f features, the same for all topics.
    :param features: (c, f) float32.
    :param share: (c,) float64, the share of the references that have each.
    """

    names: tuple[str, ...]
    features: npt.NDArray[np.float32]
    share: Floats


def main() -> None:
    """Describe the concepts of every topic, fit and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m models.salience")
    parser.add_argument("corpora", nargs="+", metavar="PATH[*N][=WEIGHT]")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    parser.add_argument("--lengthen", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    corpora: list[tuple[list[Topic], float]] = []
    for corpus in arguments.corpora:
        source, _, weight = corpus.partition("=")
        path, _, joined = source.partition("*")
        told = in_groups(read(Path(path)), int(joined or 1))
        topics = [topic for group in told for topic in describe(group)]
        corpora.append((topics, float(weight or 1)))
        print(f"{source}: {len(topics)} topics", flush=True)
    if arguments.lengthen:
        model = lengthen(json.loads(arguments.lengthen.read_text(encoding="utf-8")), corpora)
    else:
        model = fit(corpora)
    write(arguments.output, model)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the topics of a file; those with queries by document."""
    for _, group in groupby(records(path), lambda t: t["documents"] if "query" in t else id(t)):
        first, *others = group
        answers = "\n".join(text for topic in others for text in topic["references"][:1])
        yield first | {"references": first["references"] + ([answers] if answers else [])}


def in_groups(topics: Iterable[dict[str, Any]], size: int) -> Iterator[dict[str, Any]]:
    """Yield topics, ``size`` in a row as one: its first reference is all their first ones, etc."""
    waiting = iter(topics)
    while group := list(islice(waiting, size)):
        references = zip(*(topic["references"] for topic in group), strict=False)
        yield {
            "documents": [document for topic in group for document in topic["documents"]],
            "references": list(map("\n".join, references)),
        }


def describe(topic: dict[str, Any]) -> Iterator[Topic]:
    """Yield a topic, unless it has no concepts to compare."""
    documents = [Document(str(d.get("id")), d["text"]) for d in topic["documents"]]
    structures = clean(documents)
    codes = list(map(language_of, documents, structures))
    table = split_documents(documents, structures, codes)
    concepts = extract_concepts(table.stems)
    if len(concepts.keys) > 1:
        central = lexical_centrality(table.stems, table.position, Settings())
        sectioned = np.array([structure.sectioned for structure in structures])
        columns = concept_features(
            table.stems,
            concepts,
            table.document,
            table.position,
            central,
            float(sectioned[table.document].mean()),
        )
        features = np.stack(list(columns.values()), axis=1, dtype=np.float32)
        code = max(sorted(set(codes)), key=codes.count)
        having = [held(reference, table.stems, concepts, code) for reference in topic["references"]]
        share = np.mean(having, axis=0)
        yield Topic(tuple(columns), features, share)


def held(reference: str, stems: Stems, concepts: Concepts, code: str) -> npt.NDArray[np.bool_]:
    """Return (c,) bool, which concepts a reference has."""
    parts = [part for part in _SENTENCE_END.split(reference) if part]
    own = stem_texts(parts, language(code))
    number = {stem: place for place, stem in enumerate(stems.stems)}
    pairs = zip(*np.divmod(extract_concepts(own).keys, max(len(own.stems), 1)), strict=True)
    known = [
        number[own.stems[one]] * len(number) + number[own.stems[other]]
        for one, other in pairs
        if own.stems[one] in number and own.stems[other] in number
    ]
    return np.isin(concepts.keys, known)


def chances(corpora: list[tuple[list[Topic], float]]) -> Floats:
    """Return how often each concept of all topics is drawn."""
    return np.concatenate(
        [
            np.full(len(topic.share), weight / len(topics) / len(topic.share))
            for topics, weight in corpora
            for topic in topics
        ]
    )


def draw(
    corpora: list[tuple[list[Topic], float]],
) -> tuple[tuple[str, ...], Floats, Floats]:
    """Draw a sample of concepts by their chances; return names, features and shares."""
    topics = [topic for own, _ in corpora for topic in own]
    drawn = chances(corpora)
    rows = np.random.default_rng(0).choice(len(drawn), EXAMPLES, p=drawn / drawn.sum())
    sample = np.vstack([topic.features for topic in topics])[rows].astype(np.float64)
    return topics[0].names, sample, np.concatenate([topic.share for topic in topics])[rows]


def lengthen(model: dict[str, Any], corpora: list[tuple[list[Topic], float]]) -> dict[str, Any]:
    """Fit the terms of long documents alone, by regression with the others as offset."""
    names, sample, share = draw(corpora)
    columns = {name: model["features"].get(name, {"mean": 0.0, "deviation": 1.0}) for name in names}
    mean, deviation = (
        np.array([c[part] for c in columns.values()]) for part in ("mean", "deviation")
    )
    known = np.array([[c.get(t, 0.0) for c in columns.values()] for t in TERMS[:-2]])
    sizes = sample[:, [names.index(name) for name in SIZES]]
    terms = expand((sample - mean) / deviation, sizes)
    count = known.size
    offset = terms[:, :count] @ known.reshape(-1) + model["intercept"]
    own = terms[:, count:]

    def loss(coefficients: Floats) -> tuple[float, Floats]:
        logit = offset + own @ coefficients
        error = 1 / (1 + np.exp(-logit)) - share
        value = np.logaddexp(0, logit).sum() - share @ logit + coefficients @ coefficients / 2
        return float(value), own.T @ error + coefficients

    found = minimize(loss, np.zeros(own.shape[1]), jac=True, method="L-BFGS-B").x
    coefficients = np.vstack([known, found.reshape(2, -1).round(5)])
    return {
        "intercept": model["intercept"],
        "features": {
            name: {"mean": float(mean[n]), "deviation": float(deviation[n])}
            | {term: float(coefficients[t, n]) for t, term in enumerate(TERMS)}
            for n, name in enumerate(names)
        },
    }


def fit(corpora: list[tuple[list[Topic], float]]) -> dict[str, Any]:
    """Fit the regression."""
    names, sample, share = draw(corpora)
    mean, deviation = sample.mean(axis=0), sample.std(axis=0)
    sizes = sample[:, [names.index(name) for name in SIZES]]
    terms = expand((sample - mean) / deviation, sizes)
    model = regression(terms, share, C=1.0, max_iter=200, tol=1e-4)
    coefficients = model.coef_[0].reshape(len(TERMS), -1)
    return {
        "intercept": round(float(model.intercept_[0]), 5),
        "features": {
            name: {"mean": round(float(mean[n]), 5), "deviation": round(float(deviation[n]), 5)}
            | {term: round(float(coefficients[t, n]), 5) for t, term in enumerate(TERMS)}
            for n, name in enumerate(names)
        },
    }


if __name__ == "__main__":
    main()
