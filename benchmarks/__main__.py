"""``python -m benchmarks run|report``: quality, time and memory beside other systems."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import fmean

import click

from .corpora import CorpusError, Topic, read_topics
from .report import write_report
from .results import Result, save
from .running import Settings, pose, run
from .systems import SYSTEMS

_HERE = Path(__file__).parent
_TABLE = (
    *("R1", "R2", "RLsum", "redundancy", "dangling", "orphans", "short", "events repeated"),
    *("sources", "use", "ms"),
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    r"""Measure summarizers on corpora with human references.

    \b
    python -m benchmarks run --corpus tiny=benchmarks/corpora/tiny.jsonl --words 40
    python -m benchmarks run --corpus duc2004=DUC2004 --words 100 --truncate --all --save
    python -m benchmarks report
    """


@main.command("run")
@click.option("--corpus", "corpora", multiple=True, required=True, metavar="NAME=PATH")
@click.option("--words", default=230, show_default=True, help="Budget of each summary.")
@click.option("--truncate", is_flag=True, help="Recall of texts cut to the budget, as at DUC 2004.")
@click.option("--any-script", is_flag=True, help="Count words of any script, without a stemmer.")
@click.option(
    "--system",
    "systems",
    multiple=True,
    type=click.Choice(sorted(SYSTEMS)),
    metavar="NAME",
    help="Which to run; may be repeated; a wrong one lists all.  [default: summarizer]",
)
@click.option("--all", "everything", is_flag=True, help="Run all systems but the ablations.")
@click.option("--ablations", is_flag=True, help="Run summarizer without each of its parts.")
@click.option("--documents", type=click.IntRange(min=1), help="Only the first N of each topic.")
@click.option("--updates", is_flag=True, help="Read the update sets of DUC 2007 and TAC too.")
@click.option("--language", help="The language of MultiLing to read, e.g. english.")
@click.option("--topics", type=click.IntRange(min=1), help="Only the first N topics of a corpus.")
@click.option(
    "--weights",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Concept weights for summarizer, made by models.salience; not to be saved.",
)
@click.option("--save", "keep", is_flag=True, help="Keep the figures for the report.")
@click.option("--results", type=click.Path(path_type=Path), default=_HERE / "results", hidden=True)
def run_systems(
    corpora: tuple[str, ...],
    words: int,
    truncate: bool,
    any_script: bool,
    systems: tuple[str, ...],
    everything: bool,
    ablations: bool,
    documents: int | None,
    updates: bool,
    language: str | None,
    topics: int | None,
    weights: Path | None,
    keep: bool,
    results: Path,
) -> None:
    """Summarize each topic of corpora and print means over the topics.

    A corpus is a file or folder as its owners publish it: DUC and TAC, Multi-News, WCEP, MultiLing,
    Opinosis, MEDIQA, or a JSON line for each topic: {"id", "documents": [{"id", "title", "text"}],
    "references": [...]}. `make peers` installs the systems of others.
    """
    wanted = [
        system
        for system in SYSTEMS.values()
        if system.name in systems
        or (everything and system.kind != "ablation")
        or (ablations and system.kind == "ablation")
    ] or [SYSTEMS["summarizer"]]
    if weights:
        if keep:
            raise click.UsageError(
                "--save keeps figures of the shipped weights: leave out --weights"
            )
        wanted = [
            replace(system, arguments=(*system.arguments[:-1], str(weights.resolve())))
            if system.kind == "ours"
            else system
            for system in wanted
        ]
    settings = Settings(words, any_script, truncate)
    read_corpus = partial(read_topics, documents=documents, updates=updates, language=language)
    for name, read in [_read(corpus, read_corpus, topics) for corpus in corpora]:
        problems = [pose(topic, settings) for topic in read]
        for number, system in enumerate(wanted):
            try:
                result = run(name, system, read, problems, settings)
            except RuntimeError as error:
                raise click.ClickException(str(error)) from error
            if number == 0:
                _head(name, result)
            _row(result)
            if keep:
                save(result, results)


@main.command()
@click.option("--results", type=click.Path(path_type=Path), default=_HERE / "results", hidden=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=_HERE / "RESULTS.md",
    help="Where to write it.  [default: benchmarks/RESULTS.md]",
)
def report(results: Path, output: Path) -> None:
    """Write RESULTS.md and its plots from what `run --save` kept."""
    try:
        write_report(results, output)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def _read(
    corpus: str, read_corpus: Callable[[Path], Iterable[Topic]], most: int | None
) -> tuple[str, list[Topic]]:
    name, given, path = corpus.partition("=")
    if not (name and given):
        raise click.UsageError(f"--corpus {corpus}: write NAME=PATH")
    try:
        topics = list(islice(read_corpus(Path(path)), most))
    except CorpusError as error:
        raise click.ClickException(str(error)) from error
    if not topics:
        raise click.ClickException(f"{path}: holds no topic")
    if len({topic.id for topic in topics}) < len(topics):
        raise click.ClickException(f"{path}: two topics have the same identifier")
    return name, topics


def _head(corpus: str, result: Result) -> None:
    read = "recall" if result.recall else "F1"
    click.echo(f"# {corpus}: {result.signature}; {read}")
    columns = "".join(column.rjust(16) for column in _TABLE)
    click.echo("system".ljust(36) + columns + "MB".rjust(7) + "failed".rjust(7))


def _row(result: Result) -> None:
    means = "".join(f"{fmean(result.values(column)):16.3f}" for column in _TABLE)
    click.echo(
        result.system.ljust(36)
        + means
        + f"{result.peak_mb:7.0f}"
        + str(len(result.failures)).rjust(7)
    )


if __name__ == "__main__":
    main()
