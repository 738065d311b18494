"""``python -m benchmarks.reading write|score``: let people read summaries blind, and count.

    python -m benchmarks.reading write SHEETS --key KEY.json --corpus CORPUS.jsonl --words 150
    python -m benchmarks.reading score KEY.json ANN/ BEN/

``write`` makes, for each topic, a sheet with the sources, the references and the summaries of some
systems under letters, and a form beside it; which letter is which system stands in the key alone.
A reader gets a copy of the folder and fills the forms in. ``score`` reads the folders of one reader
or more back: mean scores, how often each system was liked best, and how far readers agree.
"""

import json
from collections.abc import Sequence
from hashlib import blake2b
from itertools import combinations, islice
from pathlib import Path
from statistics import fmean
from string import ascii_uppercase
from typing import Any

import click
from tabulate import tabulate

from summarizer.text.tokens import normalize_space

from .corpora import CorpusError, Topic, read_topics
from .running import Settings, answers_of, pose
from .systems import SYSTEMS

SCALES = {
    "facts": "the main facts and the latest state are there, and no side story leads",
    "coherence": "each sentence can be understood where it stands, and the order makes sense",
    "once and fresh": "nothing is said twice, and nothing that later sources supersede",
}
MOST = 5


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Let people read summaries blind, and count what they say."""


@main.command()
@click.argument("sheets", type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), required=True, help="Where the key goes.")
@click.option("--corpus", type=click.Path(path_type=Path), required=True)
@click.option("--words", default=150, show_default=True, help="Budget of each summary.")
@click.option("--topics", default=10, show_default=True, help="How many, the first of the corpus.")
@click.option(
    "--system",
    "names",
    multiple=True,
    type=click.Choice(sorted(SYSTEMS)),
    metavar="NAME",
    default=("summarizer", "summarizer mmr", "round-robin lead", "lead"),
)
def write(
    sheets: Path, key: Path, corpus: Path, words: int, topics: int, names: tuple[str, ...]
) -> None:
    """Write a sheet and a form for each topic."""
    if key.resolve().is_relative_to(sheets.resolve()):
        raise click.UsageError(f"{key}: keep the key apart from the sheets")
    try:
        read = list(islice(read_topics(corpus), topics))
    except CorpusError as error:
        raise click.ClickException(str(error)) from error
    problems = [pose(topic, Settings(words)) for topic in read]
    try:
        found = {name: list(answers_of(SYSTEMS[name], problems)) for name in names}
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error
    sheets.mkdir(parents=True, exist_ok=True)
    systems: dict[str, dict[str, str]] = {}
    for number, topic in enumerate(read):
        name = f"{number + 1:03}"
        order = sorted(names, key=lambda system: _drawn(topic.id, system))
        systems[name] = dict(zip(ascii_uppercase, order, strict=False))
        summaries = {
            letter: [normalize_space(text) for text in found[system][number].sentences]
            for letter, system in systems[name].items()
        }
        (sheets / f"{name}.md").write_text(_sheet(topic, summaries), encoding="utf-8")
        form = {letter: dict.fromkeys(SCALES) for letter in summaries} | {"best": None}
        (sheets / f"{name}.json").write_text(json.dumps(form, indent=1) + "\n", encoding="utf-8")
    key.write_text(json.dumps(systems, indent=1) + "\n", encoding="utf-8")


@main.command()
@click.argument("key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("readers", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def score(key: Path, readers: tuple[Path, ...]) -> None:
    """Print mean scores of each system, how often it was liked best, and agreement."""
    systems = json.loads(key.read_text(encoding="utf-8"))
    filled = [
        {name: _read_form(reader / f"{name}.json", letters) for name, letters in systems.items()}
        for reader in readers
    ]
    rows = []
    for system in dict.fromkeys(s for letters in systems.values() for s in letters.values()):
        own = [
            (name, letter)
            for name, letters in systems.items()
            for letter, named in letters.items()
            if named == system
        ]
        read = [(form[name], letter) for form in filled for name, letter in own]
        means = [fmean(form[letter][scale] for form, letter in read) for scale in SCALES]
        rows.append([system, *means, sum(form["best"] == letter for form, letter in read)])
    heads = ["system", *SCALES, f"best of {len(systems) * len(readers)}"]
    click.echo(tabulate(rows, heads, floatfmt=".2f"))
    if len(readers) > 1:
        click.echo(agreement(filled))


def agreement(filled: Sequence[dict[str, dict[str, Any]]]) -> str:
    """Say how far readers agree: on the best summary, and on each score."""
    best: list[bool] = []
    near: list[float] = []
    for one, other in combinations(filled, 2):
        for name, form in one.items():
            best.append(form["best"] == other[name]["best"])
            near += [
                abs(value - other[name][letter][scale])
                for letter, scores in form.items()
                if letter != "best"
                for scale, value in scores.items()
            ]
    return (
        f"two readers like the same summary best in {100 * fmean(best):.0f}% of the topics; "
        f"their scores are {fmean(near):.2f} apart in the mean"
    )


def _drawn(topic: str, system: str) -> bytes:
    """Return what puts the systems of a topic in an order that tells nothing."""
    return blake2b(f"{topic}\0{system}".encode(), digest_size=8).digest()


def _sheet(topic: Topic, summaries: dict[str, list[str]]) -> str:
    """Return what a reader reads."""
    scales = "\n".join(f"- {scale}: {meaning}" for scale, meaning in SCALES.items())
    parts = [
        f"Give each summary 1 to {MOST} (best) for\n\n{scales}\n\nand name the letter of the one "
        "that you would send, as `best`, in the form beside this sheet."
    ]
    parts += [f"## Summary {letter}\n\n{' '.join(own)}" for letter, own in summaries.items()]
    parts += [f"## Reference {n}\n\n{text}" for n, text in enumerate(topic.references, 1)]
    for number, document in enumerate(topic.documents, 1):
        head = " · ".join(part for part in (document.title, document.date) if part)
        parts.append(f"## Source {number}{': ' if head else ''}{head}\n\n{document.text}")
    return "\n\n".join(parts) + "\n"


def _read_form(path: Path, letters: dict[str, str]) -> dict[str, Any]:
    """Read a form that was filled in.

    :raises ClickException: If something is missing; it names the file and what.
    """
    try:
        form: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{path}: cannot be read: {error}") from error
    for letter in letters:
        for scale in SCALES:
            value = form.get(letter, {}).get(scale)
            if not isinstance(value, int) or not 1 <= value <= MOST:
                raise click.ClickException(f"{path}: {letter}, {scale}: fill in 1 to {MOST}")
    if form.get("best") not in letters:
        raise click.ClickException(f"{path}: best: fill in one of {', '.join(letters)}")
    return form


if __name__ == "__main__":
    main()
