"""Make ``models/salience``: what share of a summary each concept is.

    python -m models.salience [-o FILE] PATH[*N][=WEIGHT]...

reads corpora of one topic a line (``{"documents": [{"text": …}], "references": [...]}``, packed by
gzip, xz or not), describes the concepts of each topic as the sources alone tell of them, and fits a
multinomial logit: within each topic, how much of what the references say is each concept. What
differs between topics, such as how much a reference says of all, is thus not learned. All corpora
count the same, or as their WEIGHT says, and so do the topics of a corpus. Where a line also has a
``query``, the lines of a document are one topic: its references are those to the first query, which
is on the whole, and all other answers as one more. N topics in a row make one where that is given.

It takes a minute and a half on one core. The sha256 of the weights is printed, for
``summarizer/assets.py`` and the model card.
"""

import argparse
import gzip
import hashlib
import json
import lzma
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
from summarizer.rank.features import FEATURES, concept_features, lexical_centrality
from summarizer.rank.weights import TERMS, expand
from summarizer.settings import Settings
from summarizer.table import Concepts, Stems
from summarizer.text.language import language

TARGET = Path(__file__).parent / "salience" / "weights.json"
PENALTY = 1e-4
_SENTENCE_END = re.compile(r"(?<=[.!?।؟])\s+|\n")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Topic:
    """The c concepts of a topic.

    :param features: (c, 12) float32.
    :param share: (c,) float64, the share of the references that have each.
    """

    features: npt.NDArray[np.float32]
    share: Floats


def main() -> None:
    """Describe the concepts of every topic, fit and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m models.salience")
    parser.add_argument("corpora", nargs="+", metavar="PATH[*N][=WEIGHT]")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    corpora: list[tuple[list[Topic], float]] = []
    for corpus in arguments.corpora:
        source, _, weight = corpus.partition("=")
        path, _, joined = source.partition("*")
        told = in_groups(read(Path(path)), int(joined or 1))
        topics = [topic for group in told for topic in describe(group)]
        corpora.append((topics, float(weight or 1)))
        print(f"{source}: {len(topics)} topics", flush=True)
    model = fit(corpora)
    text = json.dumps(model, indent=1) + "\n"
    arguments.output.write_text(text, encoding="utf-8")
    print(hashlib.sha256(text.encode()).hexdigest(), arguments.output.name)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the topics of a file; those with queries by document."""
    opener: Any = {".gz": gzip.open, ".xz": lzma.open}.get(path.suffix, open)
    with opener(path, "rt", encoding="utf-8") as opened:
        lines = map(json.loads, opened)
        for _, group in groupby(lines, lambda t: t["documents"] if "query" in t else id(t)):
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
        features = concept_features(
            table.stems,
            concepts,
            table.document,
            table.position,
            central,
            float(sectioned[table.document].mean()),
        )
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


def fit(corpora: list[tuple[list[Topic], float]]) -> dict[str, Any]:
    """Fit the logit: the least cross-entropy of the concepts' shares of what references say."""
    topics, counts = [], []
    for own, weight in corpora:
        told = [topic for topic in own if topic.share.any()]
        topics += told
        counts += [weight / len(told)] * len(told)
    count = np.array(counts) / sum(counts)
    sizes = np.array([len(topic.share) for topic in topics])
    starts, each = np.cumsum(sizes) - sizes, np.repeat(count, sizes)
    features = np.vstack([topic.features for topic in topics])
    shares = np.concatenate([topic.share / topic.share.sum() for topic in topics])
    # Concepts of long and short topics, of large and small corpora, count alike.
    even = each / np.repeat(sizes, sizes)
    mean = even @ features[:, :-1]
    deviation = np.sqrt(even @ (features[:, :-1] - mean) ** 2)
    terms = expand(features, mean, deviation).astype(np.float32)

    def loss(coefficients: Floats) -> tuple[float, Floats]:
        logit = (terms @ coefficients.astype(np.float32)).astype(np.float64)
        most = np.maximum.reduceat(logit, starts)
        likely = np.exp(logit - np.repeat(most, sizes))
        total = np.add.reduceat(likely, starts)
        value = count @ (np.log(total) + most) - (each * shares) @ logit
        error = each * (likely / np.repeat(total, sizes) - shares)
        slope = terms.T @ error.astype(np.float32) + PENALTY * coefficients
        return float(value + PENALTY * (coefficients @ coefficients) / 2), slope

    start = np.zeros(terms.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    coefficients = found.reshape(len(TERMS), -1)
    return {
        "features": {
            name: {"mean": round(float(mean[n]), 4), "deviation": round(float(deviation[n]), 4)}
            | {term: round(float(coefficients[t, n]), 4) for t, term in enumerate(TERMS)}
            for n, name in enumerate(FEATURES)
        }
    }


if __name__ == "__main__":
    main()
