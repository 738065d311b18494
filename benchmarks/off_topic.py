"""``python -m benchmarks.off_topic CORPUS.jsonl``: how well documents off topic are told.

The corpus has a line for each topic, as for ``python -m benchmarks run``. Where it says of each
document whether it is ``relevant``, topics are taken as they are. Else three, five and nine
documents of each are mixed with one document of each of the three topics that follow.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from summarizer import Document, summarize
from summarizer.settings import MODEL

SIZES = (3, 5, 9)
STRANGERS = 3


def mixtures(topics: list[list[dict[str, Any]]]) -> Iterator[list[dict[str, Any]]]:
    """Yield documents of each topic with one of another, which alone is not relevant."""
    for number, own in enumerate(topics):
        for size in SIZES:
            kept = [document | {"relevant": True} for document in own[:size]]
            for step in range(1, STRANGERS + 1):
                stranger = topics[(number + step) % len(topics)][0]
                yield [*kept, stranger | {"relevant": False}]


@click.command()
@click.argument("corpus", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--model", default=MODEL, show_default=True, help="As for summarize.")
def main(corpus: Path, model: str) -> None:
    """Print precision and recall of the documents that are left out."""
    lines = corpus.read_text(encoding="utf-8").splitlines()
    topics = [json.loads(line)["documents"] for line in lines]
    is_labelled = all("relevant" in document for topic in topics for document in topic)
    left_out = off_topic = right = given = 0
    for topic in topics if is_labelled else mixtures(topics):
        documents = [Document(str(n), document["text"]) for n, document in enumerate(topic)]
        found = {
            int(warning.partition(":")[0])
            for warning in summarize(documents, sentences=1, encoder=model).warnings
            if "about something else" in warning
        }
        labelled = {n for n, document in enumerate(topic) if not document["relevant"]}
        given += len(topic)
        left_out += len(found)
        off_topic += len(labelled)
        right += len(labelled & found)
    click.echo(f"{off_topic} of {given} documents are irrelevant, {left_out} were left out")
    click.echo(f"precision {right / max(left_out, 1):.3f}, recall {right / max(off_topic, 1):.3f}")


if __name__ == "__main__":
    main()
