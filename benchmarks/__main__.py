"""``python -m benchmarks --corpus NAME=PATH --words N``: quality against human references."""

import time
from pathlib import Path
from statistics import fmean

import click

from summarizer import load_encoder, summarize
from summarizer.defaults import MODEL, RANKERS, Ranker

from .corpora import read_topics
from .measures import SIGNATURE, budget_use, redundancy, rouge


@click.command()
@click.option("--corpus", "corpora", multiple=True, required=True, metavar="NAME=PATH")
@click.option("--words", default=230, show_default=True, help="Budget of each summary.")
@click.option("--ranker", type=click.Choice(RANKERS), default="coverage", show_default=True)
@click.option("--model", default=MODEL, show_default=True, help="As for summarize.")
@click.option("--any-script", is_flag=True, help="Count words of any script, without a stemmer.")
@click.option(
    "--topics",
    type=click.IntRange(min=1),
    default=None,
    help="Only the first N topics of a corpus.",
)
def main(
    corpora: tuple[str, ...],
    words: int,
    ranker: Ranker,
    model: str,
    any_script: bool,
    topics: int | None,
) -> None:
    """Summarize each topic of JSONL corpora and print means over the topics."""
    encoder = load_encoder(model)
    columns = ("R1", "R2", "RLsum", "redundancy", "use", "ms")
    click.echo(
        f"# {SIGNATURE[any_script]}; F1; ranker {ranker}; model {model}; at most {words} words"
    )
    click.echo("corpus".ljust(16) + "topics".rjust(7) + "".join(c.rjust(11) for c in columns))
    for corpus in corpora:
        name, given, path = corpus.partition("=")
        if not given:
            raise click.UsageError(f"--corpus {corpus}: write NAME=PATH")
        try:
            read = list(read_topics(Path(path)))[:topics]
        except (OSError, ValueError) as error:
            raise click.ClickException(f"{path}: {error}") from error
        if not read:
            raise click.ClickException(f"{path}: holds no topic")
        rows: list[dict[str, float]] = []
        for topic in read:
            start = time.perf_counter()
            summary = summarize(topic.documents, words=words, ranker=ranker, encoder=encoder)
            spent = time.perf_counter() - start
            row = rouge(summary, topic.references, any_script=any_script)
            row |= {"redundancy": redundancy(summary), "use": budget_use(summary)}
            rows.append(row | {"ms": 1000 * spent})
        means = "".join(f"{fmean(row[c] for row in rows):11.3f}" for c in columns)
        click.echo(name.ljust(16) + str(len(rows)).rjust(7) + means)


if __name__ == "__main__":
    main()
