"""``python -m benchmarks.evidence FOLDER...``: how well sources are told that agree or differ.

Prints precision and recall, with 95% intervals (Wilson 1927), of "also" and "differs" on pairs of
sentences that a person has read and labelled: whether the second supports the first, differs from
it in a number, a day, a name, a denial or its contrary, or neither. ``evidence_pairs.csv`` names
the pairs by corpus, topic, document and sentence; the texts are those of the corpora in the folders
(``NAME.jsonl``, gzipped or not, or a folder of texts). Thresholds were chosen on the pairs marked
``tune``. Those marked ``report`` are no sample of what summaries show but of what is hard; those
marked ``shown`` are all that "also" showed in summaries of topics on which nothing was tuned. Of
these the precision counts alone, as the rules picked them.
``evidence_made.csv`` holds pairs written for the purpose, each of them differing in one number,
day, name or verb or in nothing that counts, as such are rare in news. Each is judged both ways;
the rules were made on them. Those labelled ``other`` are not to differ, and may support.
"""

import csv
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import sqrt
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np

from summarizer import Document, Encoder, load_encoder
from summarizer.datatypes import Block, Sentence
from summarizer.encoders import ENCODERS, embed
from summarizer.evidence import NEAR, Claims, find_evidence
from summarizer.rank.clusters import join_vectors
from summarizer.rank.concepts import inverse_frequency, lexical_vectors, stem_sentences
from summarizer.text.language import detect_language
from summarizer.text.sentences import split
from summarizer.text.tokens import tokenize

from .corpora import CorpusError, read_topics

_PAIRS = Path(__file__).with_name("evidence_pairs.csv")
_MADE = Path(__file__).with_name("evidence_made.csv")
_PARTS = {
    "tune": ("supports", "differs"),
    "report": ("supports", "differs"),
    "shown": ("supports",),
}
# What else the documents of such a pair say.
_ELSEWHERE = (
    "A minister will visit the capital next week to talk about trade with the neighbours.",
    "He told them that she had not been there when they came to the house.",
    "The weather stayed warm and dry in most parts of the country.",
    "Many readers wrote to the paper about the price of bread.",
)
_PARAGRAPH = re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL)
_NORMAL = 1.96


class Pair(NamedTuple):
    """A labelled pair of sentences, each named by its document and its place there, from 0."""

    corpus: str
    topic: str
    document: int
    sentence: int
    other_document: int
    other_sentence: int
    label: str
    part: str
    check: str


def read_pairs(path: Path = _PAIRS) -> list[Pair]:
    """Read the labelled pairs."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Pair(row[0], row[1], int(row[2]), int(row[3]), int(row[4]), int(row[5]), *row[6:9])
            for row in list(csv.reader(file))[1:]
        ]


def split_topic(texts: Sequence[str]) -> list[Sentence]:
    """Split whole texts, titles and boilerplate too, so that places do not depend on cleaning."""
    blocks = [[Block("body", *match.span()) for match in _PARAGRAPH.finditer(t)] for t in texts]
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    return list(split(documents, blocks))


def judge_made(encoder: Encoder, path: Path = _MADE) -> tuple[list[str], list[str]]:
    """Return the label of each pair that was written for this, both ways, and what is said of it.

    :return: Labels: differs, supports, neither, or other for what is not to differ and may support;
        and what is found: supports, differs or neither.
    """
    labels: list[str] = []
    found: list[str] = []
    with path.open(encoding="utf-8", newline="") as file:
        for label, *texts in list(csv.reader(file))[1:]:
            for one, other in (texts, texts[::-1]):
                said = [(one, *_ELSEWHERE[:2]), (other, *_ELSEWHERE[2:])]
                sentences = [
                    Sentence(document, index, 0, 0, text)
                    for document, own in enumerate(said)
                    for index, text in enumerate(own)
                ]
                pair = Pair("", "", 0, 0, 1, 0, label, "", checksum(one, other))
                labels.append(label)
                found += judge(sentences, [pair], encoder)
    return labels, found


def checksum(one: str, other: str) -> str:
    """Return what tells whether two sentences are those that were labelled."""
    return f"{zlib.crc32(f'{one}|{other}'.encode()):08x}"


def judge(sentences: list[Sentence], pairs: list[Pair], encoder: Encoder) -> list[str]:
    """Return what is said of each pair of a topic: supports, differs or neither.

    :raises click.ClickException: If a sentence is not the one that was labelled.
    """
    texts = [sentence.text for sentence in sentences]
    stems = stem_sentences(texts)
    telling = dict(zip(stems.stems, inverse_frequency(stems).tolist(), strict=True))
    language = detect_language(Counter(word for text in texts for word in tokenize(text)))
    claims = Claims(sentences, language, telling)
    place = {(s.document, s.index): row for row, s in enumerate(sentences)}
    voices = list(range(1 + max(sentence.document for sentence in sentences)))
    found: list[str] = []
    for pair in pairs:
        one = place.get((pair.document, pair.sentence), 0)
        other = place.get((pair.other_document, pair.other_sentence), 0)
        if checksum(texts[one], texts[other]) != pair.check:
            raise click.ClickException(f"{pair.corpus}: {pair.topic} has other sentences")
        vectors = embed(encoder, [texts[one], texts[other]])
        rows = np.array([one, other])
        order = np.argsort(rows)
        lexical = lexical_vectors(stems, rows[order])[np.argsort(order)]
        both = join_vectors(vectors, lexical)
        if both[0] @ both[1] < NEAR:
            found.append("neither")
            continue
        cosine = float(vectors[0] @ vectors[1])
        evidence = find_evidence(one, [other], [cosine], sentences, voices, claims)
        found.append(
            "supports" if evidence.supporting else "differs" if evidence.differing else "neither"
        )
    return found


def wilson(right: int, of: int) -> tuple[float, float]:
    """Return the 95% interval of a share."""
    if not of:
        return 0.0, 1.0
    share, square = right / of, _NORMAL**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = _NORMAL * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return middle - spread, middle + spread


def _texts(folders: Sequence[Path], corpus: str, wanted: set[str]) -> dict[str, list[str]]:
    for folder in folders:
        for name in (f"{corpus}.jsonl", f"{corpus}.jsonl.gz"):
            if (folder / name).exists():
                topics = (topic for topic in read_topics(folder / name) if topic.id in wanted)
                return {topic.id: [d.text for d in topic.documents] for topic in topics}
        if (folder / corpus).is_dir():
            files = sorted((folder / corpus).glob("*.txt"))
            return {corpus: [file.read_text(encoding="utf-8") for file in files]}
    return {}


def _line(name: str, kind: str, labels: Sequence[str], found: Sequence[str]) -> str:
    said, meant = found.count(kind), labels.count(kind)
    right = sum(label == kind == told for label, told in zip(labels, found, strict=True))
    parts = [f"{name:<16}{kind:<10}"]
    for word, of in (("precision", said), ("recall", meant)):
        low, high = wilson(right, of)
        parts.append(f"{word} {right / max(of, 1):.3f} ({low:.2f} to {high:.2f}, {right}/{of})")
    return "  ".join(parts)


@click.command()
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
def main(folders: tuple[Path, ...]) -> None:
    """Measure "also" and "differs" on labelled pairs of the corpora in FOLDERS."""
    by_topic: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in read_pairs():
        by_topic[pair.corpus, pair.topic].append(pair)
    topics: dict[tuple[str, str], list[Sentence]] = {}
    for corpus in dict.fromkeys(corpus for corpus, _ in by_topic):
        try:
            texts = _texts(folders, corpus, {t for name, t in by_topic if name == corpus})
        except CorpusError as error:
            raise click.ClickException(str(error)) from error
        if not texts:
            click.echo(f"{corpus}: is in none of these folders", err=True)
        topics |= {(corpus, topic): split_topic(those) for topic, those in texts.items()}
    if not topics:
        raise click.ClickException("none of the corpora is in these folders")
    pairs = [pair for key in topics for pair in by_topic[key]]
    click.echo(f"{len(pairs)} pairs: {dict(Counter(pair.label for pair in pairs))}")
    for model in ENCODERS:
        encoder = load_encoder(model)
        found = [told for key, own in topics.items() for told in judge(own, by_topic[key], encoder)]
        for part, kinds in _PARTS.items():
            rows = [row for row, pair in enumerate(pairs) if pair.part == part]
            for kind in kinds:
                labels = [pairs[row].label for row in rows]
                click.echo(_line(f"{model} {part}", kind, labels, [found[row] for row in rows]))
        labels, found = judge_made(encoder)
        click.echo(_line(f"{model} made", "differs", labels, found))
        sure = [row for row, label in enumerate(labels) if label != "other"]
        for_sure = ([which[row] for row in sure] for which in (labels, found))
        click.echo(_line(f"{model} made", "supports", *for_sure))


if __name__ == "__main__":
    main()
