"""Make ``models/fitness``: how likely an editor would leave a sentence out of a summary.

    python -m models.fitness FOLDER

reads ``models/fitness_labels.csv``, English sentences that a reader who saw them below the lead of
their subject marked as fit, as needing what was said before, as debris of a page, or as weak (small
talk, filler). It describes each as the product does that summarizes its subject, and fits a
logistic regression to whether it is fit. Prints which sentences are cleaned away by now, how well
those of each corpus are told by what is learned from all others, beside the model of missing
context, and the sha256 of the weights. Takes a minute on one core and needs scikit-learn, which
sentence-transformers brings.
"""

import csv
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from summarizer import Document, Settings
from summarizer.encoders import tells_apart
from summarizer.rank.fitness import FEATURES, describe
from summarizer.rank.select import candidate_pool, sentence_costs
from summarizer.rank.sentences import rank_sentences
from summarizer.settings import MODEL, WORDS
from summarizer.subject.prepared import Subject
from summarizer.text.table import Floats, SentenceTable

from .fitting import crossed, fit, records, write

HERE = Path(__file__).parent
LABELS = HERE / "fitness_labels.csv"
TARGET = HERE / "fitness" / "weights.json"
# A subject of a timeline is what was published from a day on, on so many days, this much at most.
DAYS, DOCUMENTS = 4, 15
PENALTY = 0.03


def main() -> None:
    """Describe the sentences, tell each corpus by the others, fit and write the weights."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m models.fitness FOLDER")
    described, context, unfit, corpora = labelled(Path(sys.argv[1]))
    names = np.unique(corpora)
    told = crossed(described, unfit, FEATURES, corpora, len(names), PENALTY)
    for corpus in names:
        own = corpora == corpus
        print(f"{corpus:12} {own.sum():4} sentences, {unfit[own].mean():.2f} unfit; AUC", end=" ")
        print(f"{roc_auc_score(unfit[own], told[own]):.3f}, by missing context", end=" ")
        print(f"{roc_auc_score(unfit[own], context[own]):.3f}")
    print(f"all: AUC {roc_auc_score(unfit, told):.3f}, {roc_auc_score(unfit, context):.3f}")
    for least in (0.6, 0.7, 0.8, 0.9):
        print(f"above {least}: {(told > least).sum()}, {unfit[told > least].mean():.2f} unfit")
    write(TARGET, fit(described, unfit, FEATURES, PENALTY))


def labelled(folder: Path) -> tuple[Floats, Floats, Floats, Any]:
    """Return of each labelled sentence the features, how likely it needs context, and the rest.

    The rest is whether it is unfit, and what is left out together: the name of its corpus up to the
    first mark.
    """
    topics: defaultdict[tuple[str, str], dict[tuple[int, int], str]] = defaultdict(dict)
    with LABELS.open(newline="", encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            place = (int(row["document"]), int(row["start"]))
            topics[row["corpus"], row["topic"]][place] = row["label"]
    described, context, unfit, corpora = [], [], [], []
    for (corpus, topic), labels in topics.items():
        pool = ranked_pool(documents(folder / corpus, topic))
        places = zip(pool.document.tolist(), pool.start.tolist(), strict=True)
        found = {place: number for number, place in enumerate(places) if place in labels}
        for document, start in sorted(labels.keys() - found.keys()):
            print(f"{corpus} {topic}: in document {document}, no sentence begins at {start}")
        # Each was marked as it reads alone.
        alone = pool.with_columns(unit_size=np.ones_like(pool.unit_size))
        rows = np.array(list(found.values()))
        described.append(describe(alone)[rows])
        context.append(pool.context[rows])
        unfit.append(np.array([labels[place] != "fit" for place in found], float))
        corpora += [corpus.split("/")[-1].split(".")[0].split("_")[0]] * len(found)
    return np.vstack(described), np.concatenate(context), np.concatenate(unfit), np.array(corpora)


@cache
def topics_of(path: Path) -> list[dict[str, Any]]:
    """Return the topics of a file."""
    return list(records(path))


def documents(path: Path, topic: str) -> list[Document]:
    """Return the documents of a topic: by its name or, of a timeline, by its first day."""
    found = topics_of(path)
    if ".json" in path.suffixes:
        dated = [one for one in found[0]["documents"] if (one.get("date") or "") >= topic]
        days = sorted({one["date"] for one in dated})[:DAYS]
        own = [one for one in dated if one["date"] in days][:DOCUMENTS]
    else:
        own = next(one["documents"] for one in found if one["id"] == topic)
    return [
        Document(str(number), one["text"], one.get("title") or "", one.get("date"))
        for number, one in enumerate(own)
    ]


def ranked_pool(given: list[Document]) -> SentenceTable:
    """Return the sentences from which the product would select, but for captions and notices."""
    settings = Settings()
    subject = Subject(given, (), None, MODEL, None, settings, None, keep_all=False)
    table = subject.weighed(None).table
    table = table.with_columns(cost=sentence_costs(table, "words"))
    pool = candidate_pool(table, WORDS, settings)
    vectors = subject.encoders.own(list(pool.texts()))
    return rank_sentences(pool, vectors, settings, understood=tells_apart(vectors, settings))


if __name__ == "__main__":
    main()
