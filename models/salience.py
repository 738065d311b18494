"""Make ``models/salience``: how likely people are to say a concept in a summary.

    python -m models.salience [-o FILE] PATH[=WEIGHT]...

reads corpora of one topic a line (``{"documents": [{"text": …}], "references": [...]}``, gzipped or
not), describes the concepts of each topic as the sources alone tell of them, and fits a logistic
regression to the share of references that have each. All corpora count the same, or as their
WEIGHT says, and so do the topics of a corpus. It takes five minutes on one core and needs
scikit-learn, which sentence-transformers brings. The sha256 of the weights is printed, for
``summarizer/assets.py`` and the model card.
"""

import argparse
import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from summarizer import Document
from summarizer.clean import clean
from summarizer.rank.concepts import (
    extract_concepts,
    language_of,
    split_documents,
    stem_texts,
)
from summarizer.rank.features import FEATURES, concept_features, lexical_centrality
from summarizer.rank.weights import TERMS, expand
from summarizer.settings import Settings
from summarizer.table import Concepts, Stems
from summarizer.text.language import language

TARGET = Path(__file__).parent / "salience" / "weights.json"
EXAMPLES = 400_000
_SENTENCE_END = re.compile(r"(?<=[.!?।؟])\s+|\n")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Topic:
    """The c concepts of a topic.

    :param features: (c, 26) float32.
    :param share: (c,) float64, the share of the references that have each.
    """

    features: npt.NDArray[np.float32]
    share: Floats


def main() -> None:
    """Describe the concepts of every topic, fit and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m models.salience")
    parser.add_argument("corpora", nargs="+", metavar="PATH[=WEIGHT]")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    corpora: list[tuple[list[Topic], float]] = []
    for corpus in arguments.corpora:
        path, _, weight = corpus.partition("=")
        topics = [topic for line in lines(Path(path)) for topic in describe(json.loads(line))]
        corpora.append((topics, float(weight or 1)))
        print(f"{path}: {len(topics)} topics", flush=True)
    text = json.dumps(fit(corpora), indent=1) + "\n"
    arguments.output.write_text(text, encoding="utf-8")
    print(hashlib.sha256(text.encode()).hexdigest(), arguments.output.name)


def lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file, gzipped or not."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as opened:
        yield from opened


def describe(topic: dict[str, Any]) -> Iterator[Topic]:
    """Yield a topic, unless it has no concepts to compare."""
    documents = [Document(str(d.get("id")), d["text"]) for d in topic["documents"]]
    structures = clean(documents)
    codes = list(map(language_of, documents, structures))
    table = split_documents(documents, structures, codes)
    concepts = extract_concepts(table.stems)
    if len(concepts.keys) > 1:
        central = lexical_centrality(table.stems, table.position, Settings())
        features = concept_features(table.stems, concepts, table.document, table.position, central)
        code = max(sorted(set(codes)), key=codes.count)
        having = [held(reference, table.stems, concepts, code) for reference in topic["references"]]
        share = np.mean(having, axis=0)
        yield Topic(features.astype(np.float32), share)


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


def fit(corpora: list[tuple[list[Topic], float]]) -> dict[str, Any]:
    """Fit the regression to a sample of concepts drawn by their chances."""
    topics = [topic for own, _ in corpora for topic in own]
    drawn = chances(corpora)
    rows = np.random.default_rng(0).choice(len(drawn), EXAMPLES, p=drawn / drawn.sum())
    sample = np.vstack([topic.features for topic in topics])[rows].astype(np.float64)
    share = np.concatenate([topic.share for topic in topics])[rows]
    mean, deviation = sample.mean(axis=0), sample.std(axis=0)
    sentences, documents = (
        sample[:, FEATURES.index(f"log {n}")] for n in ("sentences", "documents")
    )
    terms = expand((sample - mean) / deviation, documents, sentences)
    # A share of 0.3 is an example of weight 0.3 for and one of weight 0.7 against.
    examples, weights = np.vstack([terms, terms]), np.concatenate([share, 1 - share])
    labels = np.repeat([True, False], len(share))
    used = weights > 0
    regression = LogisticRegression(C=1.0, max_iter=200, tol=1e-4)
    regression.fit(examples[used], labels[used], sample_weight=weights[used])
    coefficients = regression.coef_[0].reshape(len(TERMS), -1)
    return {
        "intercept": round(float(regression.intercept_[0]), 5),
        "features": {
            name: {"mean": round(float(mean[n]), 5), "deviation": round(float(deviation[n]), 5)}
            | {term: round(float(coefficients[t, n]), 5) for t, term in enumerate(TERMS)}
            for n, name in enumerate(FEATURES)
        },
    }


if __name__ == "__main__":
    main()
