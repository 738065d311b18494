"""Make ``models/context``: how likely a sentence needs context that it does not bring.

    python -m models.context FOLDER

reads the corpora of the folder in two steps. Which words tell it, and by how much, is learned in
each language from sentences that open a document or paragraph and others from its middle, by a
logistic regression over the words in each of four places; words that tell nothing of context but
the style of openings are given a place of their own and left out, and so is the length. How much
the places and the other features count is learned from ``models/context_labels.csv``, English
sentences that a reader marked as understandable alone or not; each is found in its corpus by its
offsets. Prints how well sentences of left-out topics are told, and the sha256 of the weights. Takes
two minutes on one core and needs scikit-learn, which sentence-transformers brings.
"""

import csv
import math
import sys
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks.corpora import read_topics
from summarizer import Document
from summarizer.clean import clean
from summarizer.rank.concepts import language_of, split_documents
from summarizer.rank.context import FEATURES, describe, outside_quotations, place_words
from summarizer.text.language import stop_words
from summarizer.text.table import Floats
from summarizer.text.tokens import tokenize

from .fitting import crossed, fit, records, write

HERE = Path(__file__).parent
LABELS = HERE / "context_labels.csv"
TARGET = HERE / "context" / "weights.json"
# Whole corpora, the labelled ones left out, and how many topics of each.
TOPICS = {
    "multi_news_500.train12k.jsonl.gz": 2500,
    "multiling2011.french.jsonl": 10,
    "multiling2011.arabic.jsonl": 10,
    "multiling2011.hindi.jsonl": 10,
}
# The words of a language that tell context are among so many most frequent; the first one, or one
# between commas, may be any stop word.
FREQUENT = 120
# Sentences of a text compared with the one that opens it, from among so many that follow it.
MIDDLE, REACH = 3, 11
FEWEST = 15
LEAST_WEIGHT = 0.2
FOLDS = 8

Texts = list[tuple[str, str, list[str]]]


def main() -> None:
    """Learn the weights of words, then those of features, and write both."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m models.context FOLDER")
    folder = Path(sys.argv[1])
    words = learn_words([*corpora(folder), *paragraphs(folder / "sentences")])
    described, labels, topics = labelled(folder, words["en"])
    told = crossed(described, labels, FEATURES, topics, FOLDS)
    ranked = labels[np.argsort(-told, kind="stable")]
    print(f"{len(labels)} sentences, {labels.mean():.2f} need context; AUC", end=" ")
    print(f"{roc_auc_score(labels, told):.3f}; precision of the first", end=" ")
    print(", ".join(f"{count}: {ranked[:count].mean():.2f}" for count in (30, 60, 90)))
    write(TARGET, fit(described, labels, FEATURES) | {"words": words})


def corpora(folder: Path) -> Texts:
    """Return the sentences of documents with their corpus and language."""
    found: Texts = []
    for name, most in TOPICS.items():
        for topic in islice(records(folder / name), most):
            documents = [Document(str(n), d["text"]) for n, d in enumerate(topic["documents"])]
            structures = clean(documents)
            codes = list(map(language_of, documents, structures))
            table = split_documents(documents, structures, codes)
            texts: defaultdict[int, list[str]] = defaultdict(list)
            for number, text in zip(table.document.tolist(), table.texts(), strict=True):
                texts[number].append(text)
            found += [(name, codes[number], own) for number, own in texts.items()]
    return found


def paragraphs(folder: Path) -> Texts:
    """Return the sentences of paragraphs that may be used for training."""
    return [
        ("paragraphs", path.name.split(".")[0], [record["text"][s:e] for s, e in places])
        for path in sorted(folder.glob("*/*.jsonl.gz"))
        for record in records(path)
        if record["for_training"]
        for places in [zip(record["starts"], record["ends"], strict=True)]
    ]


def learn_words(texts: Texts) -> dict[str, dict[str, dict[str, float]]]:
    """Return the positive weights of words by language and place."""
    frequent = frequent_words(texts)
    examples: list[dict[str, float]] = []
    labels: list[bool] = []
    random = np.random.default_rng(0)
    for corpus, code, sentences in texts:
        if code not in frequent or len(sentences) < 2:
            continue
        middle = sentences[1 : 1 + REACH]
        chosen = sorted(random.permutation(len(middle))[:MIDDLE].tolist())
        for number, text in [(0, sentences[0]), *((1, middle[place]) for place in chosen)]:
            examples.append(mark(text, corpus, code, frequent[code]))
            labels.append(number > 0)
    counts = Counter(name for example in examples for name in example)
    vectorizer = DictVectorizer()
    terms = vectorizer.fit_transform(
        {name: value for name, value in example.items() if counts[name] >= FEWEST}
        for example in examples
    )
    terms.indices, terms.indptr = terms.indices.astype(np.int32), terms.indptr.astype(np.int32)
    regression = LogisticRegression(C=0.3, max_iter=300, solver="liblinear", random_state=0)
    regression.fit(terms, labels)
    words: defaultdict[str, defaultdict[str, dict[str, float]]]
    words = defaultdict(lambda: defaultdict(dict))
    for name, weight in zip(vectorizer.feature_names_, regression.coef_[0], strict=True):
        kind, _, rest = name.partition("|")
        if kind == "word" and weight >= LEAST_WEIGHT:
            code, place, word = rest.split("|")
            words[code][place][word] = round(float(weight), 2)
    return {code: dict(own) for code, own in sorted(words.items())}


def frequent_words(texts: Texts) -> dict[str, set[str]]:
    """Return the most frequent words of each language, in texts of many kinds."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for corpus, code, sentences in texts:
        if code and corpus != next(iter(TOPICS)):
            for text in sentences:
                counts[code].update(sorted(set(tokenize(text))))
    return {
        code: {w for w, _ in own.most_common(FREQUENT) if not any(map(str.isdigit, w))}
        for code, own in counts.items()
    }


def mark(text: str, corpus: str, code: str, frequent: set[str]) -> dict[str, float]:
    """Return what a sentence has, in the language of the regression."""
    outside, _ = outside_quotations(text.replace("’", "'"))
    words = tokenize(outside)
    size = math.log(max(len(words), 1))
    found = {f"corpus|{corpus}|{code}": 1.0, "length": size, "square": size**2}
    for place, own in place_words(outside).items():
        for word in own:
            rare = place in {"first", "set off"} and word in stop_words(code)
            telling = rare or word in frequent
            found[f"{'word' if telling else 'style'}|{code}|{place}|{word}"] = 1.0
    found |= {f"style|{code}|behind|{word}": 1.0 for word in words[5:]}
    return found


def labelled(folder: Path, words: dict[str, dict[str, float]]) -> tuple[Floats, Floats, list[str]]:
    """Return the features, the labels and the topics of the labelled sentences."""
    with LABELS.open(newline="", encoding="utf-8") as opened:
        records = list(csv.DictReader(opened))
    documents = {
        (corpus, topic.id, number): document.text
        for corpus in sorted({record["corpus"] for record in records})
        for topic in read_topics(folder / f"{corpus}.jsonl")
        for number, document in enumerate(topic.documents)
    }
    texts = [
        documents[r["corpus"], r["topic"], int(r["document"])][int(r["start"]) : int(r["end"])]
        for r in records
    ]
    labels = np.array([float(record["label"] == "needs") for record in records])
    described = np.array([describe(" ".join(text.split()), "en", words) for text in texts])
    return described, labels, [record["topic"] for record in records]


if __name__ == "__main__":
    main()
