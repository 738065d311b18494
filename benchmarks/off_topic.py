"""``python -m benchmarks.off_topic CORPUS.jsonl``: how well documents off topic are told.

The corpus has a line for each topic, as for ``python -m benchmarks run``, and says of each document
whether it is ``relevant``.
"""

import json
from pathlib import Path

import click

from summarizer import Document, summarize


@click.command()
@click.argument("corpus", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(corpus: Path) -> None:
    """Print precision and recall of the documents that are left out."""
    left_out = off_topic = right = 0
    for line in corpus.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)["documents"]
        documents = [Document(str(n), document["text"]) for n, document in enumerate(given)]
        found = {
            int(warning.partition(":")[0])
            for warning in summarize(documents, sentences=1).warnings
            if "about something else" in warning
        }
        labelled = {n for n, document in enumerate(given) if not document["relevant"]}
        left_out += len(found)
        off_topic += len(labelled)
        right += len(found & labelled)
    click.echo(f"{off_topic} documents are labelled irrelevant, {left_out} were left out")
    click.echo(f"precision {right / max(left_out, 1):.3f}, recall {right / max(off_topic, 1):.3f}")


if __name__ == "__main__":
    main()
