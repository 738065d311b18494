"""``python -m benchmarks.evidence FOLDER...``: how well sources are told that agree or differ.

Prints precision and recall, with 95% intervals (Wilson 1927), of "agreeing", "partly" and
"differing" on pairs of a quote and a passage that people have labelled without seeing any score:
``agrees``, ``partly`` (the main claim, but not all that counts), ``differs``, ``neither`` or
``copy``. ``evidence_labels.csv`` names them by corpus, topic, document and offsets; the texts are
those of the corpora in the folders (``NAME.jsonl``, gzipped or not; for ``timelines`` a folder of
``NAME.json.gz``). Topics are in two parts by a hash of their names: the model was trained, and
thresholds chosen, on the part ``tuned``; ``held`` is what nothing was tuned on.

A passage shown as agreeing or partly agreeing counts as right where its label is ``agrees`` or
``copy``, as half right where it is ``partly``, as wrong elsewhere; recall is of those labelled
``agrees`` or ``copy``.
``evidence_values.csv`` names values of two documents, by the offsets of their first characters,
that one reader labelled ``differs`` (of one thing, and not both right) or ``neither``; they were
those that earlier models thought likeliest, so most are hard.
``evidence_made.csv`` holds pairs written for the purpose, which differ in one number, day or denial
or in nothing that counts, as such are rare in news; each is judged both ways.
"""

import csv
import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path

import click
import numpy as np

from summarizer import Document, Settings, load_encoder
from summarizer.datatypes import Block, Structure
from summarizer.encoders import embed
from summarizer.evidence import (
    EvidenceSettings,
    Judgement,
    Place,
    Pool,
    judge,
    judge_passages,
    repeats,
)
from summarizer.evidence.disagreement import compared_pairs
from summarizer.rank.concepts import split_documents
from summarizer.subject.sources import split_sources
from summarizer.text.language import detect_language

from .corpora import CorpusError, read_topics

LABELS = Path(__file__).with_name("evidence_labels.csv")
VALUES = Path(__file__).with_name("evidence_values.csv")
MADE = Path(__file__).with_name("evidence_made.csv")
# What else the documents of a pair written for the purpose say.
_ELSEWHERE = (
    "A minister will visit the capital next week to talk about trade with the neighbours.",
    "He told them that she had not been there when they came to the house.",
    "The weather stayed warm and dry in most parts of the country.",
    "Many readers wrote to the paper about the price of bread.",
)
# Two values, each by its document and the offset of its first character there.
Pair = frozenset[tuple[int, int]]
_PARAGRAPH = re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL)
_NORMAL = 1.96
# The documents of a timeline that are compared: of usual lengths, so many, within so many days.
_LENGTHS = (600, 8000)
_MOST, _DAYS = 8, 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: ``text`` from ``start`` to ``end``, the ``index``-th there."""

    document: int
    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled pair: a quote and a passage, each by its document and offsets there."""

    corpus: str
    topic: str
    document: int
    start: int
    end: int
    other: int
    other_start: int
    other_end: int
    label: str
    source: str

    @property
    def held(self) -> bool:
        """Whether it is of a topic on which nothing is tuned."""
        return is_held(self.topic)


def is_held(topic: str) -> bool:
    """Tell whether a topic is one on which nothing is tuned."""
    return hashlib.sha256(f"evidence|{topic}".encode()).digest()[0] % 3 == 0


def read_labels(path: Path = LABELS) -> list[Label]:
    """Read the labelled pairs."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Label(*row[:2], *(int(number) for number in row[2:8]), *row[8:10])  # type: ignore[arg-type]
            for row in list(csv.reader(file))[1:]
        ]


def label_pools(
    folders: Sequence[Path], labels: Sequence[Label]
) -> Iterator[tuple[Pool, list[tuple[Label, Place]]]]:
    """Yield the sentences of each topic, with the rows of its labelled pairs.

    Whole texts are split, titles and boilerplate too, so that rows do not depend on cleaning.

    :raises click.ClickException: If a corpus is in none of the folders.
    """
    wanted: dict[str, dict[str, list[Label]]] = defaultdict(lambda: defaultdict(list))
    for label in labels:
        wanted[label.corpus][label.topic].append(label)
    for corpus, topics in wanted.items():
        for topic, texts, dates in _texts(folders, corpus, set(topics)):
            sentences = split_texts(texts)
            pairs = [(label, _place(sentences, label)) for label in topics[topic]]
            yield (
                make_pool(sentences, texts, dates),
                [(label, place) for label, place in pairs if place is not None],
            )


def read_values(path: Path = VALUES) -> dict[str, dict[str, dict[Pair, bool]]]:
    """Read by corpus and topic which values of two documents differ."""
    found: dict[str, dict[str, dict[Pair, bool]]] = defaultdict(lambda: defaultdict(dict))
    with path.open(encoding="utf-8", newline="") as file:
        for corpus, topic, *places, label in list(csv.reader(file))[1:]:
            document, start, other, other_start = map(int, places)
            pair = frozenset({(document, start), (other, other_start)})
            found[corpus][topic][pair] = label == "differs"
    return found


def describe_values(
    folders: Sequence[Path],
) -> Iterator[tuple[str, bool, list[float]]]:
    """Yield topic, label and ``SLOT_FEATURES`` of each labelled pair of values.

    Documents are cleaned as the command cleans them; pairs that are not compared then are left out.
    """
    settings = Settings()
    for corpus, topics in read_values().items():
        for topic, texts, dates in _texts(folders, corpus, set(topics)):
            documents = [
                Document(str(number), text, date=day)
                for number, (text, day) in enumerate(zip(texts, dates, strict=True))
            ]
            sources, table = split_sources(documents, settings)
            pool = Pool(
                list(table.texts()),
                table.document,
                table.position,
                sources.dates,
                sources.languages,
            )
            vectors = embed(load_encoder("static"), pool.texts)
            pairs = compared_pairs(pool, vectors, sources.groups, settings.evidence)
            for pair, slot in ((one, slot) for one in pairs for slot in one.slots):
                values = frozenset(
                    (sources.numbers[int(table.document[row])] - 1, int(table.start[row]) + start)
                    for row, start in ((pair.quoted, slot[0].start), (pair.first, slot[1].start))
                )
                if values in topics[topic]:
                    yield topic, topics[topic].pop(values), pair.describe(slot)


def make_pool(
    sentences: Sequence[Sentence], texts: Sequence[str], dates: Sequence[str | None]
) -> Pool:
    """Return sentences ready to be compared."""
    return Pool(
        [sentence.text for sentence in sentences],
        np.array([sentence.document for sentence in sentences], dtype=np.intp),
        np.array([sentence.index for sentence in sentences], dtype=np.intp),
        dates,
        [detect_language(text) for text in texts],
    )


def split_texts(texts: Sequence[str]) -> list[Sentence]:
    """Split whole texts into sentences."""
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    structures = [
        Structure("", None, tuple(Block("body", *m.span()) for m in _PARAGRAPH.finditer(text)))
        for text in texts
    ]
    table = split_documents(documents, structures, list(map(detect_language, texts)))
    columns = (table.document, table.position, table.start, table.end)
    places = zip(*(column.tolist() for column in columns), table.texts(), strict=True)
    return [Sentence(*place) for place in places]


def _place(sentences: Sequence[Sentence], label: Label) -> Place | None:
    """Return the rows that a label is of, None where the text is split otherwise."""
    quote = _rows(sentences, label.document, label.start, label.end)
    passage = _rows(sentences, label.other, label.other_start, label.other_end)
    if len(quote) != 1 or len(passage) not in {1, 2}:
        return None
    return quote[0], passage[0], passage[-1]


def _rows(sentences: Sequence[Sentence], document: int, start: int, end: int) -> list[int]:
    """Return the sentences of a document of which more than half lies between two offsets."""
    return [
        row
        for row, one in enumerate(sentences)
        if one.document == document
        and 2 * (min(one.end, end) - max(one.start, start)) > one.end - one.start
    ]


def _texts(
    folders: Sequence[Path], corpus: str, topics: set[str]
) -> Iterator[tuple[str, list[str], list[str | None]]]:
    """Yield the texts and dates of topics."""
    for folder in folders:
        if (folder / corpus).is_dir():
            yield from _timelines(folder / corpus, topics)
            return
        for path in (folder / f"{corpus}.jsonl", folder / f"{corpus}.jsonl.gz"):
            if path.exists():
                for topic in read_topics(path):
                    if topic.id in topics:
                        documents = topic.documents
                        yield topic.id, [d.text for d in documents], [d.date for d in documents]
                return
    raise click.ClickException(f"{corpus}: is in none of these folders")


def _timelines(folder: Path, topics: set[str]) -> Iterator[tuple[str, list[str], list[str | None]]]:
    """Yield the news of a few days: a topic is ``NAME:ID`` of its first document."""
    of_file: dict[str, list[str]] = defaultdict(list)
    for topic in sorted(topics):
        of_file[topic.partition(":")[0]].append(topic)
    for name, own in of_file.items():
        with gzip.open(folder / f"{name}.json.gz", "rt", encoding="utf-8") as opened:
            every = json.load(opened)["documents"]
        every = [d for d in every if _LENGTHS[0] < len(d["text"]) < _LENGTHS[1]]
        every.sort(key=lambda d: (d["date"], d["id"]))
        places = {d["id"]: place for place, d in enumerate(every)}
        for topic in own:
            first = places[topic.partition(":")[2]]
            day = date.fromisoformat(every[first]["date"])
            near = [
                d
                for d in every[first : first + _MOST]
                if (date.fromisoformat(d["date"]) - day).days <= _DAYS
            ]
            yield topic, [d["text"] for d in near], [d["date"] for d in near]


def made_pools(path: Path = MADE) -> Iterator[tuple[Pool, list[tuple[str, Place]]]]:
    """Yield the pairs written for the purpose, each both ways, with their labels."""
    with path.open(encoding="utf-8", newline="") as file:
        for label, *texts in list(csv.reader(file))[1:]:
            for one, other in (texts, texts[::-1]):
                said = [one, *_ELSEWHERE[:2], other, *_ELSEWHERE[2:]]
                document, position = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 1, 2, 0, 1, 2])
                yield (
                    Pool(said, document, position, [None, None], ["en", "en"]),
                    [(label, (0, 3, 3))],
                )


def verdict(judgement: Judgement, settings: EvidenceSettings) -> str:
    """Return what is said of a pair: agrees, partly, differs, copy, or nothing."""
    pair = judgement.pair
    alone = pair.first == pair.last and not judgement.contradicts
    if alone and repeats(pair, settings):
        return "copy"
    return judgement.verdict(settings)


def wilson(right: float, of: float) -> tuple[float, float]:
    """Return the 95% interval of a share."""
    if not of:
        return 0.0, 1.0
    share, square = right / of, _NORMAL**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = _NORMAL * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return middle - spread, middle + spread


def also_line(labels: Sequence[str], said: Sequence[str]) -> str:
    """Return precision and recall of what is shown as agreeing, partly or wholly."""
    pairs = list(zip(labels, said, strict=True))
    worth = {"agrees": 1.0, "copy": 1.0, "partly": 0.5}
    shown = [label for label, told in pairs if told in {"agrees", "partly", "copy"}]
    right = sum(worth.get(label, 0.0) for label in shown)
    true = [told for label, told in pairs if label in {"agrees", "copy"}]
    found = sum(told in {"agrees", "partly", "copy"} for told in true)
    wrong = sum(label not in worth for label in shown)
    return _shares("also", right, len(shown), found, len(true)) + f"  wrong {wrong}/{len(shown)}"


def kind_line(kind: str, labels: Sequence[str], said: Sequence[str]) -> str:
    """Return precision and recall of one kind."""
    right = sum(a == b == kind for a, b in zip(labels, said, strict=True))
    return _shares(kind, right, list(said).count(kind), right, list(labels).count(kind))


def _shares(name: str, right: float, shown: int, found: int, true: int) -> str:
    parts = [f"{name:<9}"]
    for word, part, of in (("precision", right, shown), ("recall", found, true)):
        low, high = wilson(part, of)
        parts.append(f"{word} {part / max(of, 1):.3f} ({low:.2f} to {high:.2f}, {part:g}/{of})")
    return "  ".join(parts)


def judged(
    pools: Iterable[tuple[Pool, list[tuple[Label, Place]]]],
) -> Iterator[tuple[Label, str]]:
    """Yield each labelled pair and what is said of it."""
    settings = EvidenceSettings()
    for pool, pairs in pools:
        found = judge_passages(pool, [place for _, place in pairs], settings)
        for (label, _), judgement in zip(pairs, found, strict=True):
            yield label, verdict(judgement, settings)


def judge_made(path: Path = MADE) -> tuple[list[str], list[str]]:
    """Return the labels of the pairs written for the purpose, both ways, and what is said."""
    labels: list[str] = []
    said: list[str] = []
    settings = EvidenceSettings()
    for pool, pairs in made_pools(path):
        found = judge_passages(pool, [place for _, place in pairs], settings)
        labels += [label for label, _ in pairs]
        said += [verdict(one, settings) for one in found]
    return labels, said


@click.command()
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
def main(folders: tuple[Path, ...]) -> None:
    """Measure what is said of labelled pairs of the corpora in FOLDERS."""
    labels, least = read_labels(), EvidenceSettings().differs
    try:
        pools = list(label_pools(folders, labels))
    except CorpusError as error:
        raise click.ClickException(str(error)) from error
    aligned = sum(len(pairs) for _, pairs in pools)
    click.echo(f"{aligned} of {len(labels)} pairs: {dict(Counter(one.label for one in labels))}")
    said = list(judged(pools))
    for source in dict.fromkeys(label.source for label, _ in said):
        for held in (False, True):
            rows = [(a.label, b) for a, b in said if a.source == source and a.held == held]
            if rows:
                name = f"{source:<9} {'held' if held else 'tuned':<6} {len(rows):>4} "
                truth, shown = [a for a, _ in rows], [b for _, b in rows]
                click.echo(name + also_line(truth, shown))
                click.echo(name + kind_line("differs", truth, shown))
    by_corpus: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for label, told in said:
        if label.source == "blind":
            by_corpus[label.corpus].append((label.label, told))
    for corpus, own in by_corpus.items():
        click.echo(f"{corpus:<27} {also_line([a for a, _ in own], [b for _, b in own])}")
    values = list(describe_values(folders))
    chances = judge("differs", [features for *_, features in values])
    for held in (False, True):
        rows = [
            ("differs" if label else "neither", "differs" if chance >= least else "")
            for (topic, label, _), chance in zip(values, chances, strict=True)
            if is_held(topic) == held
        ]
        name = f"values    {'held' if held else 'tuned':<6} {len(rows):>4} "
        click.echo(name + kind_line("differs", [a for a, _ in rows], [b for _, b in rows]))
    labels_made, said_made = judge_made()
    click.echo("made    " + kind_line("differs", labels_made, said_made))


if __name__ == "__main__":
    main()
