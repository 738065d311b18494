"""Make ``models/notices``: which English sentences are captions, or a site's words to its readers.

    python -m models.notices [-o FILE] CORPUS

reads a corpus of one topic a line (``{"documents": [{"text": …}]}``, packed by gzip) and fits a
logistic regression to the words and pairs of words of each sentence. What stands word for word in
several topics is a notice: of a newsletter, a cookie, an archive, a log-in. What says that it is
about a photo is a caption, and is learned from without these words too, as most captions lack them.
What stands in one topic is neither; as some of it is, what looks like it is left out and the rest
learned from again. It takes two minutes on one core and needs scikit-learn, which
sentence-transformers brings. Prints how well notices and captions are told that are in no topic
learned from, and the sha256 of the weights, for ``summarizer/text/models.sha256`` and the model
card.
"""

import argparse
import re
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from summarizer.rank.sentences import word_pairs
from summarizer.text.sentences import split_sentences
from summarizer.text.tokens import tokenize

from .fitting import records, write

TARGET = Path(__file__).parent / "notices" / "weights.json"
OTHER, NOTICE, CAPTION = range(3)
# A sentence of as many words in as many topics is a notice; it is learned from as often at most.
WORDS, TOPICS, USES = 4, 3, 4
# What shows that a sentence is a caption, up to where it tells what the photo shows.
PHOTO = re.compile(
    r"(?:\( ?[\w ]{2,30}\) ?)?(?:file ?[-–—]+ ?)?(?:in )?this\b[^,]{0,40}(?:, \d{4})?,? "
    r"(?:file |undated )*(?:photo|image|picture)\b"
    r"(?: (?:taken|made|released|provided)[^,]{0,60})?,? (?:shows )?",
    re.IGNORECASE,
)
SHOWN = 30
# Others are learned from in one of so many topics.
EVERY = 4
# What credits somebody for a photo may be a caption or run into one. It is learned from as neither.
UNSURE = re.compile(
    r"(?:ap|afp|file|handout|undated|courtesy) photo|(?:photo|image)(?: by|:| copyright| caption)"
    r"|photo\)|getty|reuters ?/",
    re.IGNORECASE,
)
PENALTY, NOTICE_WEIGHT, FEWEST = 3.0, 2.0, 4
FOLDS = 3
WRONG = 0.001


def main() -> None:
    """Read the corpus, tell how well unseen ones are told, fit and write the weights."""
    parser = argparse.ArgumentParser(description="Make models/notices.")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    parser.add_argument("corpus", type=Path)
    asked = parser.parse_args()
    texts, kinds, groups = labelled(list(map(_sentences, records(asked.corpus))))
    counter = CountVectorizer(analyzer=word_pairs, binary=True, min_df=FEWEST)
    counts = counter.fit_transform(texts)
    described = csr_matrix(diags([len(set(word_pairs(text))) ** -0.5 for text in texts]) @ counts)
    odds, fold = np.zeros(len(kinds)), groups % FOLDS
    for number in range(FOLDS):
        model = _fitted(described[fold != number], kinds[fold != number])
        odds[fold == number] = model.decision_function(described[fold == number])
    least = np.quantile(odds[kinds == OTHER], 1 - WRONG)
    for name, kind in (("notices", NOTICE), ("captions", CAPTION)):
        both = (kinds == kind) | (kinds == OTHER)
        area = roc_auc_score(kinds[both] == kind, odds[both])
        told = float((odds[kinds == kind] > least).mean())
        print(f"{(kinds == kind).sum()} {name}: AUC {area:.3f}, {told:.2f} told", end=" ")
        print(f"where {WRONG:.1%} of {(kinds == OTHER).sum()} others are (odds {least:.2f})")
    model = _fitted(described, kinds)
    names, found = counter.get_feature_names_out(), model.coef_[0].round(3)
    words = {str(names[n]): float(found[n]) for n in np.flatnonzero(found)}
    weights = {"intercept": round(float(model.intercept_[0]), 3), "words": words}
    write(asked.output, weights, indent=0)


def labelled(
    topics: list[list[tuple[str, str]]],
) -> tuple[list[str], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return sentences, the kind of each, and a number for those that are left out together."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, topic in enumerate(topics):
        for _, key in topic:
            found[key].add(number)
    uses: Counter[str] = Counter()
    rows: list[tuple[str, int, int]] = []
    for number, topic in enumerate(topics):
        for text, key in topic:
            photo = PHOTO.match(text)
            if key and len(found[key]) >= TOPICS:
                uses[key] += 1
                if uses[key] <= USES:
                    rows.append((text, NOTICE, crc32(key.encode())))
            elif photo and len(text) - photo.end() >= SHOWN:
                rows += [(shown, CAPTION, number) for shown in (text, text[photo.end() :])]
            elif number % EVERY == 0 and key and len(found[key]) == 1 and not UNSURE.search(text):
                rows.append((text, OTHER, number))
    texts, kinds, groups = zip(*rows, strict=True)
    return list(texts), np.array(kinds), np.array(groups)


def _sentences(topic: dict[str, list[dict[str, str]]]) -> list[tuple[str, str]]:
    """Return the sentences of a topic, each with its words, or nothing where they are few."""
    texts = chain.from_iterable(document["text"].split("\n") for document in topic["documents"])
    sentences = [text[start:end] for text in texts for start, end in split_sentences(text, "en")]
    words = map(tokenize, sentences)
    return [
        (text, " ".join(own) if len(own) >= WORDS else "")
        for text, own in zip(sentences, words, strict=True)
    ]


def _fitted(described: csr_matrix, kinds: npt.NDArray[np.intp]) -> LogisticRegression:
    """Fit twice, the second time without others that look like notices or captions."""
    weights = np.where(kinds == NOTICE, NOTICE_WEIGHT, 1.0)
    kept = np.ones(len(kinds), dtype=bool)
    for _ in range(2):
        model = LogisticRegression(C=PENALTY, l1_ratio=1.0, solver="liblinear", random_state=0)
        model.fit(described[kept], kinds[kept] > OTHER, weights[kept])
        kept = (kinds > OTHER) | (model.decision_function(described) < 0)
    return model


if __name__ == "__main__":
    main()
