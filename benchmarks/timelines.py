"""Timelines beside those that journalists wrote: which days, and what is told of them.

    python -m benchmarks.timelines [-o FILE] PATH...

reads topics as ``models.days`` does. Days and sentences a day are as many as the reference has. The
days are chosen by weights learned without the topic, by how many sentences name each, and by how
much was published on each; then all are told by the same sentences. Figures are the F1 of the days,
and ROUGE-1 and -2 of what is told, aligned with the reference (Martschat and Markert 2017: each day
with the one of most words in common beside its distance, and what matches divided by 1 + days
apart), without stop words and with stems.
"""

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from statistics import fmean

import numpy as np

from models.days import Topic, as_documents, describe_table, fit, load
from summarizer.rank.days import DatedTable, rank_days, tell_days
from summarizer.settings import Settings, TimelineSettings
from summarizer.subject.timelines import read_days
from summarizer.text.language import language
from summarizer.text.table import Rows
from summarizer.text.tokens import tokenize

# What is told of each day.
Told = Mapping[int, Sequence[str]]
MEASURES = ("days", "R1", "R2")


@dataclass(frozen=True, slots=True)
class Read:
    """A topic.

    :param name: The name of its file.
    :param known: Its sentences.
    :param days: What is learned from it.
    :param timelines: What people tell of each day, one timeline after the other.
    """

    name: str
    known: DatedTable
    days: Topic
    timelines: Sequence[Told]

    @property
    def corpus(self) -> str:
        """What stands before the first point of its name."""
        return self.name.split(".")[0]


def main() -> None:
    """Measure and print a line for each corpus and each way to choose days."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.timelines")
    parser.add_argument("topics", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("-o", "--output", type=Path)
    arguments = parser.parse_args()
    topics = [read(path) for path in arguments.topics]
    found: dict[str, dict[str, dict[str, float]]] = defaultdict(dict)
    for corpus in sorted({topic.corpus for topic in topics}):
        own = [topic for topic in topics if topic.corpus == corpus]
        for name, choose in CHOICES.items():
            scores = [
                score(told, reference)
                for topic in own
                for ranked in [choose(topic, topics)]
                for reference in topic.timelines
                for told in [tell(topic.known, ranked, reference)]
            ]
            found[corpus][name] = averaged(scores)
            figures = "  ".join(f"{key} {value:.3f}" for key, value in found[corpus][name].items())
            print(f"{corpus:10} {name:20} {figures}", flush=True)
    if arguments.output:
        arguments.output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Read:
    """Read a topic."""
    topic = load(path)
    _, known = read_days(as_documents(topic), Settings())
    timelines = [
        {date.fromisoformat(day).toordinal(): told for day, told in one.items()}
        for one in topic["timelines"]
    ]
    return Read(path.name, known, describe_table(known, topic["timelines"]), timelines)


def by_importance(topic: Read, topics: Sequence[Read]) -> Rows:
    """Rank days by weights that are learned from the other topics."""
    others = [other.days for other in topics if other is not topic]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "weights.json"
        file.write_text(json.dumps(fit(others)), encoding="utf-8")
        settings = Settings(timeline=TimelineSettings(weights=str(file)))
        return np.concatenate(rank_days(topic.known, settings))


def by_mentions(topic: Read, _: Sequence[Read]) -> Rows:
    """Rank days by how many sentences name each."""
    pairs = np.stack([topic.known.row, topic.known.day], axis=1)
    return by_count(np.unique(pairs, axis=0)[:, 1])


def by_publication(topic: Read, _: Sequence[Read]) -> Rows:
    """Rank days by how many documents were published on each."""
    return by_count(topic.known.published)


def by_count(days: Rows) -> Rows:
    """Rank days by how often each is there."""
    known, count = np.unique(days[days > 0], return_counts=True)
    return known[np.argsort(-count, kind="stable")]


CHOICES: dict[str, Callable[[Read, Sequence[Read]], Rows]] = {
    "learned": by_importance,
    "mention counts": by_mentions,
    "publication counts": by_publication,
}


def tell(known: DatedTable, ranked: Rows, reference: Told) -> Told:
    """Tell as many days as the reference has, in as many sentences each."""
    per_day = max(1, round(sum(map(len, reference.values())) / len(reference)))
    picked = islice(tell_days(known, ranked, per_day, Settings()), len(reference))
    return {day: [known.table.text(row) for row, _ in rows] for day, rows in picked}


def score(told: Told, reference: Told) -> dict[str, tuple[float, float]]:
    """Return precision and recall of the days and of what is told of them."""
    both = len(told.keys() & reference.keys())
    found = {"days": (both / len(told), both / len(reference))}
    for size in (1, 2):
        found[f"R{size}"] = (matched(told, reference, size), matched(reference, told, size))
    return found


def matched(one: Told, other: Told, size: int) -> float:
    """Return which share of the runs of words of one timeline stand at a near day of the other."""
    hits = total = 0.0
    for day, said in one.items():
        near = {there: 1 / (abs(day - there) + 1) for there in other}
        best = min(
            sorted(other), key=lambda there: (1 - near[there]) * (1 - alike(said, other[there]))
        )
        own = runs(said, size)
        hits += (own & runs(other[best], size)).total() * near[best]
        total += own.total()
    return hits / total if total else 0.0


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the F1 of the words of two days."""
    words, others = runs(one, 1), runs(other, 1)
    return 2 * (words & others).total() / max(words.total() + others.total(), 1)


def runs(sentences: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    """Count runs of so many stems, across sentences."""
    stems = [stem for sentence in sentences for stem in _stems(sentence)]
    return Counter(zip(*(stems[start:] for start in range(size)), strict=False))


@cache
def _stems(sentence: str) -> tuple[str, ...]:
    english = language("en")
    return tuple(
        english.stem(word) for word in tokenize(sentence) if word not in english.stop_words
    )


def averaged(scores: Sequence[Mapping[str, tuple[float, float]]]) -> dict[str, float]:
    """Return the F1 of mean precision and mean recall, as published tables have it."""
    found = {}
    for name in MEASURES:
        precision, recall = (fmean(one[name][side] for one in scores) for side in (0, 1))
        found[name] = round(2 * precision * recall / max(precision + recall, 1e-9), 4)
    return found


if __name__ == "__main__":
    main()
