"""``python -m benchmarks.screening DATA...``: what it costs in ROUGE to screen sentences first.

More sentences than a number are screened by their concepts before anything dense is done with
them. Here that number is lowered, so that small topics are screened as large ones are, and topics
are joined to larger ones; ROUGE is set beside that of the same texts with nothing screened.
"""

from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt

from summarizer import Document, load_encoder, summarize
from summarizer.settings import Settings

from .corpora import Topic, read_topics
from .measures import rouge
from .significance import significance

_EVERYTHING = 10**9


def join(topics: Sequence[Topic], count: int) -> list[Topic]:
    """Join so many topics that follow one another to one about all their subjects.

    The references of all are its references.
    """
    joined: list[Topic] = []
    for start in range(0, len(topics) - count + 1, count):
        own = topics[start : start + count]
        documents = [document for topic in own for document in topic.documents]
        renamed = [Document(str(number), d.text, d.title) for number, d in enumerate(documents)]
        references = tuple(reference for topic in own for reference in topic.references)
        joined.append(Topic(own[0].id, tuple(renamed), references))
    return joined


def scores(
    topics: Sequence[Topic], words: int, most: int, least: int
) -> dict[str, npt.NDArray[np.float64]]:
    """Return ROUGE-1 and -2 of each topic.

    :param topics: The topics.
    :param words: The budget.
    :param most: How many sentences are kept; more where they would not fill the budget twice.
    :param least: Topics of fewer sentences than this are passed over.
    """
    encoder = load_encoder("static")
    found: dict[str, list[float]] = {"R1": [], "R2": []}
    for topic in topics:
        settings = Settings(pool_sentences=most)
        summary = summarize(topic.documents, words=words, encoder=encoder, settings=settings)
        if sum(source.sentences for source in summary.sources) >= least:
            measured = rouge([s.text for s in summary.sentences], topic.references)
            for name, values in found.items():
                values.append(measured[name])
    return {name: np.array(values) for name, values in found.items()}


@click.command()
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--words", default=230, show_default=True, help="Budget of each summary.")
@click.option("--join", "count", default=1, show_default=True, help="Topics joined to one.")
@click.option("--topics", type=int, help="Only the first N topics of each corpus.")
@click.option("--keep", multiple=True, type=int, help="How many sentences to keep.")
def main(
    data: tuple[Path, ...], words: int, count: int, topics: int | None, keep: tuple[int, ...]
) -> None:
    """Print ROUGE of the topics of DATA with all sentences, and what it loses with fewer."""
    for path in data:
        joined = join(list(read_topics(path))[:topics], count)
        full = scores(joined, words, _EVERYTHING, max(keep, default=0))
        means = "".join(f"{values.mean():8.2f}" for values in full.values())
        click.echo(f"{path.name}, {len(full['R1'])} topics, all sentences    R1, R2{means}")
        for most in keep:
            screened = scores(joined, words, most, max(keep))
            shown = ""
            for name, values in screened.items():
                chance = significance(values, full[name])
                shown += f"  {name} {(values - full[name]).mean():+.2f} (p {chance:.2f})"
            click.echo(f"  {most:>6} kept {shown}")


if __name__ == "__main__":
    main()
