"""Make ``models/salience``: how likely people are to say a concept in a summary.

    python models/salience.py PATH[=WEIGHT]...

reads corpora of one topic a line (``{"documents": [{"text": …}], "references": [...]}``, gzipped or
not), describes the concepts of each topic as the sources alone tell of them, and fits a logistic
regression to the share of references that have each. All corpora count the same, or as their
WEIGHT says, and so do the topics of a corpus. It takes some minutes on two cores and needs
scikit-learn, which sentence-transformers brings. The sha256 of the weights is printed, for
``summarizer/shipped.py`` and the model card.
"""

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from summarizer import Document
from summarizer.clean import clean
from summarizer.rank.concepts import extract_concepts, stem_sentences
from summarizer.rank.features import FEATURES, concept_features
from summarizer.rank.weights import TERMS, expand
from summarizer.text.sentences import split

TARGET = Path(__file__).parent / "salience" / "weights.json"
EXAMPLES = 400_000
_SENTENCE_END = re.compile(r"(?<=[.!?।؟])\s+|\n")

Floats = npt.NDArray[np.float64]


def main() -> None:
    """Describe the concepts of every topic, fit and write the weights."""
    if len(sys.argv) < 2:
        raise SystemExit("usage: python models/salience.py PATH[=WEIGHT]...")
    features: list[npt.NDArray[np.float32]] = []
    shares: list[Floats] = []
    chances: list[Floats] = []
    for argument in sys.argv[1:]:
        path, _, weight = argument.partition("=")
        topics = [topic for line in lines(Path(path)) for topic in describe(json.loads(line))]
        for described, share in topics:
            features.append(described.astype(np.float32))
            shares.append(share)
            chances.append(np.full(len(share), float(weight or 1) / len(topics) / len(share)))
        print(f"{path}: {len(topics)} topics", flush=True)
    model = fit(np.vstack(features), np.concatenate(shares), np.concatenate(chances))
    text = json.dumps(model, indent=1) + "\n"
    TARGET.write_text(text, encoding="utf-8")
    print(hashlib.sha256(text.encode()).hexdigest(), TARGET.name)


def lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file, gzipped or not."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as opened:
        yield from opened


def describe(topic: dict[str, Any]) -> Iterator[tuple[Floats, Floats]]:
    """Yield the features of a topic's concepts, and the share of references that have each."""
    documents = [Document(str(d.get("id")), d["text"]) for d in topic["documents"]]
    sentences = split(documents, [structure.blocks for structure in clean(documents)])
    stems = stem_sentences([sentence.text for sentence in sentences])
    concepts = extract_concepts(stems)
    if concepts.count > 1:
        document = np.array([sentence.document for sentence in sentences])
        index = np.array([sentence.index for sentence in sentences])
        pairs = {(stems.stems[a], stems.stems[b]): n for n, (a, b) in enumerate(concepts.pairs)}
        share = np.zeros(concepts.count)
        for reference in topic["references"]:
            share[[pairs[pair] for pair in stem_pairs(reference) & set(pairs)]] += 1
        described = concept_features(stems, concepts, document, index)
        yield described, share / len(topic["references"])


def stem_pairs(reference: str) -> set[tuple[str, str]]:
    """Return the pairs of neighbouring stems of a reference."""
    parts = [part for part in _SENTENCE_END.split(reference) if part]
    own = stem_sentences(parts)
    pairs = extract_concepts(own).pairs
    return {(own.stems[a], own.stems[b]) for a, b in pairs}


def fit(features: npt.NDArray[np.float32], shares: Floats, chances: Floats) -> dict[str, Any]:
    """Fit the regression to a sample of concepts drawn by their chances."""
    rows = np.random.default_rng(0).choice(len(shares), EXAMPLES, p=chances / chances.sum())
    sample, share = features[rows].astype(np.float64), shares[rows]
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
