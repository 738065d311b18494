"""``python -m benchmarks.scale DATA.jsonl.gz``: time and memory against the size of a subject.

All documents of the topics of DATA are one subject. What is larger than DATA is made of it: copies
of its documents in which every fourth word, but for those with punctuation, is drawn anew. Each
size runs in a process of its own, once whole and once bare (see ``benchmarks/scale_worker.py``),
and so does LexRank of sumy on the same sentences, as far as it gets. Time is that of the processor,
so that what else runs on the machine counts little.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from math import log
from pathlib import Path
from typing import Any

import click
from tabulate import tabulate

from summarizer.batch import ONE_THREAD
from summarizer.text.sentences import split_sentences

from .corpora import read_topics
from .plot import growth
from .systems import SYSTEMS

HERE = Path(__file__).parent
SIZES = (5_000, 20_000, 50_000, 100_000, 200_000, 400_000, 1_000_000)
MODES = {"whole": "summarize", "bare": "bare"}
PEER = "sumy LexRank"
PEER_SIZES = (500, 1_000, 2_000, 5_000, 10_000)
_SAME_SIZE = 0.1
WORDS = 250
# By what is measured, by size: of summarizer the whole run and the bare pass, of the peer its run.
Figures = dict[str, dict[str, dict[str, Any]]]
_CHANGED = 0.25
_SAMPLE = 1000


def enlarge(texts: Sequence[str]) -> Iterator[str]:
    """Yield texts, and then copies of some of them with other words, for ever the same ones."""
    yield from texts
    drawn = random.Random(0)
    sample = texts[:: max(len(texts) // _SAMPLE, 1)]
    # What a sentence ends with stays, and does not come in where none ends.
    words = [word for text in sample for word in text.split() if word.isalnum()]
    while True:
        copied = drawn.choice(texts).split(" ")
        yield " ".join(
            drawn.choice(words) if word.isalnum() and drawn.random() < _CHANGED else word
            for word in copied
        )


def sentences_of(texts: Sequence[str]) -> list[list[str]]:
    """Split each of some texts."""
    return [[text[start:end] for start, end in split_sentences(text, "en")] for text in texts]


def measure(mode: str, path: Path) -> dict[str, Any]:
    """Run the worker once."""
    command = [sys.executable, "-m", "benchmarks.scale_worker", mode, str(path)]
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        cwd=HERE.parent,
        # Threads that wait for one another burn processor time, and the peer has none.
        env=os.environ | ONE_THREAD,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure_peer(documents: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Run LexRank of sumy once."""
    problem = {"id": "1", "language": "english", "words": WORDS, "documents": documents}
    system = SYSTEMS[PEER]
    before = os.times()
    done = subprocess.run(
        system.command(),
        input=json.dumps(problem) + "\n",
        check=True,
        capture_output=True,
        text=True,
    )
    after, answer = os.times(), json.loads(done.stdout)
    if "error" in answer:
        raise click.ClickException(f"{PEER}: {answer['error']}")
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    return {
        "sentences": sum(map(len, documents)),
        "seconds": round(answer["ms"] / 1000, 2),
        "processor": round(spent, 2),
        "mb": round(answer["peak_mb"], 1),
    }


def fourfold(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Return by what the time grows where the text does fourfold, between two sizes."""
    more = log(other["sentences"] / one["sentences"])
    return float(4 ** (log(other["processor"] / one["processor"]) / more))


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Set the whole run beside the bare pass, size by size."""
    lines: list[list[str]] = []
    for before, row in pairwise([None, *rows]):
        assert row is not None
        whole, bare = row["whole"], row.get("bare")
        lines.append(
            [
                f"{whole['sentences']:,}",
                f"{whole['processor']:.1f}",
                f"{whole['mb']:,.0f}",
                f"{bare['processor']:.1f}" if bare else "",
                f"{whole['processor'] / bare['processor']:.2f}" if bare else "",
                f"{fourfold(before['whole'], whole):.2f}" if before else "",
            ]
        )
    heads = ["sentences", "processor s", "MiB", "bare s", "whole / bare", "for 4× text"]
    align = ["right"] * len(heads)
    return tabulate(lines, heads, tablefmt="github", disable_numparse=True, colalign=align)


def report(figures: Figures) -> str:
    """Tell all that was measured."""
    rows = sorted(figures["summarizer"].values(), key=lambda row: row["whole"]["sentences"])
    lines = [table(rows), ""]
    largest = rows[-1]["whole"]
    for name, spent in largest["stages"].items():
        lines.append(f"{name:<28}{spent:8.1f} s{1e6 * spent / largest['sentences']:8.1f} µs each")
    for found in figures[PEER].values():
        line = f"{PEER}, {found['sentences']:,} sentences: {found['processor']:.1f} s"
        for own in (row["whole"] for row in rows):
            if abs(own["sentences"] / found["sentences"] - 1) < _SAME_SIZE:
                ratio = found["processor"] / own["processor"]
                line += f", {ratio:.0f} times as long as summarizer"
        lines.append(line)
    return "\n".join(lines)


def measured(path: Path) -> Figures:
    """Return what was measured before."""
    known: Figures = json.loads(path.read_text()) if path.exists() else {}
    return {name: known.get(name, {}) for name in ("summarizer", PEER)}


@click.command()
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@click.option("--most", default=max(SIZES), show_default=True, help="The largest size.")
@click.option("--peer-most", default=5000, show_default=True, help=f"The largest for {PEER}.")
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    default=HERE / "scale.json",
    help="What stands there is not measured again.  [default: benchmarks/scale.json]",
)
def main(data: Path, most: int, peer_most: int, results: Path) -> None:
    """Measure the growth of time and memory on the documents of DATA as one subject."""
    if not SYSTEMS[PEER].python().exists():
        raise click.ClickException(f"{PEER}: its environment is not installed: run `make peers`")
    texts = [document.text for topic in read_topics(data) for document in topic.documents]
    known = sentences_of(texts[:_SAMPLE])
    each = sum(map(len, known)) / len(known)
    figures = measured(results)
    for size in (size for size in SIZES if size <= most):
        row = figures["summarizer"].setdefault(str(size), {})
        for name in (name for name in MODES if name not in row):
            row[name] = _measure(MODES[name], texts, round(size / each))
            results.write_text(json.dumps(figures, indent=1) + "\n")
    for size in (size for size in PEER_SIZES if size <= peer_most):
        if str(size) not in figures[PEER]:
            figures[PEER][str(size)] = measure_peer(sentences_of(texts[: round(size / each)]))
            results.write_text(json.dumps(figures, indent=1) + "\n")
    click.echo(report(figures))
    rows = [row["whole"] for row in figures["summarizer"].values()]
    growth(rows, list(figures[PEER].values()), PEER, results.with_suffix(".svg"))


def _measure(mode: str, texts: Sequence[str], count: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "documents.jsonl")
        with path.open("w", encoding="utf-8") as lines:
            for text in islice(enlarge(texts), count):
                lines.write(json.dumps({"text": text}) + "\n")
        return measure(mode, path)


if __name__ == "__main__":
    main()
