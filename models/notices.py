"""Make ``models/notices``: which sentences are a site's own words to its readers.

    python -m models.notices [-o FILE] CORPUS

reads a corpus of one topic a line (``{"documents": [{"text": …}]}``, packed by gzip) and fits a
logistic regression to the vectors that the static model gives to English sentences, to the mean of
their topic and to the product of both. What stands word for word in several topics, which have
nothing else in common, is a notice: of a newsletter, a cookie, an archive, a log-in. What stands in
one is none. It takes two minutes on one core and needs scikit-learn, which sentence-transformers
brings. How well notices are told that are unlike all that were learned from is printed, and the
sha256 of the weights, for ``summarizer/assets.py`` and the model card.
"""

import argparse
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.cluster import AgglomerativeClustering
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from summarizer.encoders import embed, load_encoder
from summarizer.rank.sentences import with_mean
from summarizer.text.sentences import split_sentences
from summarizer.text.tokens import tokenize

TARGET = Path(__file__).parent / "notices" / "weights.json"
# A sentence of as many words in as many topics is a notice; it is learned from as often at most.
WORDS, TOPICS, USES = 4, 3, 4
# Others are learned from in every second topic.
EVERY = 2
PENALTY = 1.0
FOLDS = 5
# Notices nearer than this are taken for one where the model is tested.
APART = 0.6
WRONG = 0.001


def main() -> None:
    """Read the corpus, tell how well unseen notices are told, fit and write the weights."""
    parser = argparse.ArgumentParser(description="Make models/notices.")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    parser.add_argument("corpus", type=Path)
    asked = parser.parse_args()
    with gzip.open(asked.corpus, "rt", encoding="utf-8") as lines:
        topics = [_sentences(json.loads(line)) for line in lines]
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, topic in enumerate(topics):
        for _, key in topic:
            found[key].add(number)
    notices = sorted(key for key, places in found.items() if len(places) >= TOPICS and key)
    uses = Counter(dict.fromkeys(notices, 0))
    encoder = load_encoder("static")
    rows: list[npt.NDArray[np.float32]] = []
    keys: list[str] = []
    for number, topic in enumerate(topics):
        if number % EVERY and not any(key in uses for _, key in topic):
            continue
        described = with_mean(embed(encoder, [text for text, _ in topic]))
        for row, (_, key) in zip(described, topic, strict=True):
            if key in uses:
                uses[key] += 1
                kept = uses[key] <= USES
            else:
                kept = number % EVERY == 0 and len(found[key]) == 1
            if kept:
                rows.append(row)
                keys.append(key if key in uses else "")
    described, target = np.array(rows), np.array([key != "" for key in keys])
    chances = _of_unseen(described, target, keys)
    least = np.quantile(chances[~target], 1 - WRONG)
    told = float((chances[target] > least).mean())
    print(f"{len(notices)} notices, {target.sum()} times, among {(~target).sum()} others; unseen:")
    print(f"AUC {roc_auc_score(target, chances):.3f}, {told:.2f} told where {WRONG:.1%} are wrong")
    model = _fitted(described, target)
    weights = {
        "intercept": round(float(model.intercept_[0]), 4),
        "coefficients": [round(value, 3) for value in model.coef_[0].tolist()],
    }
    written = json.dumps(weights) + "\n"
    asked.output.write_text(written, encoding="utf-8")
    print(hashlib.sha256(written.encode()).hexdigest())


def _sentences(topic: dict[str, list[dict[str, str]]]) -> list[tuple[str, str]]:
    """Return the sentences of a topic, each with its words, or nothing where they are few."""
    texts = chain.from_iterable(document["text"].split("\n") for document in topic["documents"])
    sentences = [text[start:end] for text in texts for start, end in split_sentences(text, "en")]
    words = map(tokenize, sentences)
    return [
        (text, " ".join(own) if len(own) >= WORDS else "")
        for text, own in zip(sentences, words, strict=True)
    ]


def _fitted(
    described: npt.NDArray[np.float32], target: npt.NDArray[np.bool_]
) -> LogisticRegression:
    model = LogisticRegression(C=PENALTY, class_weight="balanced", max_iter=2000)
    return model.fit(described, target)


def _of_unseen(
    described: npt.NDArray[np.float32], target: npt.NDArray[np.bool_], keys: list[str]
) -> npt.NDArray[np.float64]:
    """Return the log-odds where notices that are alike are left out together."""
    first = {key: row for row, key in enumerate(keys) if key}
    vectors = described[list(first.values())][:, : (described.shape[1] - 1) // 2]
    stars = AgglomerativeClustering(
        n_clusters=None, distance_threshold=APART, metric="cosine", linkage="average"
    ).fit_predict(vectors)
    star = dict(zip(first, stars.tolist(), strict=True))
    fold = np.array([star.get(key, row) % FOLDS for row, key in enumerate(keys)])
    odds = np.zeros(len(target))
    for number in range(FOLDS):
        held = fold == number
        model = _fitted(described[~held], target[~held])
        odds[held] = model.decision_function(described[held])
    return odds


if __name__ == "__main__":
    main()
