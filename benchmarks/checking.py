"""``python -m benchmarks.checking CLAIMS.jsonl.gz``: how often a checked text is judged rightly.

CLAIMS has a JSON object a line: a claim ``a``, a text ``b``, a ``label``, 1 where b states a, the
``kind`` of the pair (``contradict``, ``edit_inconsistent`` and so on), its ``source`` and its
``part``, train or dev; so many of each source are taken of the part dev. Compared is a cosine of
the claim to the sentence of b most like it, at the threshold with the highest F1 on the part train.
``evidence_paragraphs.csv`` holds paragraphs written for the purpose, paraphrases of the examples;
in half of them one fact was changed.
"""

import csv
import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import click
import numpy as np

from summarizer import SummarizerError, check, load_encoder, read
from summarizer.encoders import embed
from summarizer.text.sentences import split_sentences

from .evidence import kind_line

PARAGRAPHS = Path(__file__).with_name("evidence_paragraphs.csv")
EXAMPLES = Path(__file__).parent.parent / "examples"
_AGAINST = ("contradict", "edit_inconsistent")


def judge(claim: str, text: str, model: str) -> str:
    """Return the verdict on a claim; of several sentences the worst."""
    try:
        verdicts = {one.verdict for one in check(claim, [text], encoder=model).sentences}
    except SummarizerError:
        return "not found"
    order = ("differs", "not found", "partly", "stated", "quoted")
    return next(verdict for verdict in order if verdict in verdicts)


def cosine(claim: str, text: str) -> float:
    """Return the cosine of a claim to the sentence of a text that is most like it."""
    spans = split_sentences(text, "en") or [(0, len(text))]
    vectors = embed(load_encoder("static"), [claim, *(text[start:end] for start, end in spans)])
    return float((vectors[1:] @ vectors[0]).max())


def best_threshold(scores: list[float], labels: list[int]) -> float:
    """Return the threshold with the highest F1."""
    order = np.argsort(scores)[::-1]
    right = np.cumsum(np.array(labels)[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + sum(labels))
    return float(np.array(scores)[order][np.argmax(f1)])


@click.command()
@click.argument("claims", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--each", default=60, help="Claims of each source.", show_default=True)
@click.option("--model", default="static", show_default=True)
def main(claims: Path, each: int, model: str) -> None:
    """Measure verdicts on CLAIMS and on the paragraphs."""
    paragraphs(model)
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    taken: Counter[tuple[str, str]] = Counter()
    with gzip.open(claims, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            key = record["part"], record["source"]
            taken[key] += 1
            if taken[key] <= each:
                parts[record["part"]].append(record)
    train, dev = parts["train"], parts["dev"]
    least = best_threshold([cosine(r["a"], r["b"]) for r in train], [r["label"] for r in train])
    verdicts = [judge(r["a"], r["b"], model) for r in dev]
    for group in ("", *sorted({r["source"].split(".")[0] for r in dev})):
        rows = [(r, v) for r, v in zip(dev, verdicts, strict=True) if r["source"].startswith(group)]
        truth = ["stated" if r["label"] else "" for r, _ in rows]
        name = f"{group or 'all':<13} {len(rows):>4} "
        click.echo(name + kind_line("stated", truth, [_as_stated(v) for _, v in rows]))
        quoted = ["quoted" if r["label"] else "" for r, _ in rows]
        click.echo(name + kind_line("quoted", quoted, [v for _, v in rows]))
        near = ["stated" if cosine(r["a"], r["b"]) >= least else "" for r, _ in rows]
        click.echo(name + kind_line("stated", truth, near) + "  by cosine")
        against = ["differs" if r["kind"] in _AGAINST else "" for r, _ in rows]
        click.echo(name + kind_line("differs", against, [v for _, v in rows]))


def _as_stated(verdict: str) -> str:
    return "stated" if verdict == "quoted" else verdict


def paragraphs(model: str) -> None:
    """Print the verdicts on the paragraphs, sentence by sentence."""
    found: Counter[tuple[str, str]] = Counter()
    with PARAGRAPHS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            documents = read([str(EXAMPLES / row["folder"])])
            for sentence in check(row["text"], documents, encoder=model).sentences:
                changed = row["changed"] and row["changed"] in sentence.text
                found["changed" if changed else "true", sentence.verdict] += 1
    for kind in ("true", "changed"):
        told = {verdict: count for (own, verdict), count in sorted(found.items()) if own == kind}
        click.echo(f"paragraphs, {kind}: {told}")


if __name__ == "__main__":
    main()
