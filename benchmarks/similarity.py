"""``python -m benchmarks.similarity STS.csv``: whether models judge pairs as people do.

Prints how the cosines order them, and of the pairs that "also" would accept, the share that people
call roughly (3 of 5) or mostly (4) equivalent, and the share of the mostly equivalent ones that it
accepts.

Reads the STS benchmark as its owners publish it (tab-separated: genre, file, year, number, score
from 0 to 5, two sentences; Cer et al. 2017).
"""

from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
import numpy.typing as npt
from scipy.stats import spearmanr

from summarizer import Encoder, load_encoder
from summarizer.encoders import ENCODERS, embed
from summarizer.evidence import EvidenceSettings, Pool, judge_passages


class Pair(NamedTuple):
    """Two sentences and how alike people find them, 0 to 5."""

    genre: str
    score: float
    one: str
    other: str


def read_pairs(path: Path) -> list[Pair]:
    """Read the pairs.

    :raises ValueError: If a line has fewer than seven columns; it names the line.
    """
    pairs: list[Pair] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        columns = line.split("\t")
        if len(columns) < 7:
            raise ValueError(f"{path}:{number}: is not a line of the STS benchmark")
        pairs.append(Pair(columns[0], float(columns[4]), columns[5], columns[6]))
    return pairs


def accepted(
    ones: list[str], others: list[str], encoder: Encoder
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """Return the cosine of each pair, and whether "also" would accept it.

    How telling a word is, is counted over all pairs, as it is over all sources of a summary.
    """
    texts = [*ones, *others]
    vectors = embed(encoder, texts)
    cosines = np.sum(vectors[: len(ones)] * vectors[len(ones) :], axis=1)
    count = len(ones)
    document = np.repeat([0, 1], count)
    pool = Pool(texts, document, np.tile(np.arange(count), 2) * 2, [None] * 2, ["en"] * 2)
    places = [(row, row + count, row + count) for row in range(count)]
    settings = EvidenceSettings()
    judged = judge_passages(pool, places, settings)
    found = [one.verdict(settings) in {"agrees", "partly"} for one in judged]
    return cosines, np.array(found, dtype=bool)


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--genre", help="Only the pairs of this genre, e.g. main-news.")
def main(path: Path, genre: str | None) -> None:
    """Compare the shipped models with people, and with minilm, in percent."""
    pairs = [pair for pair in read_pairs(path) if genre in (None, pair.genre)]
    if not pairs:
        raise click.ClickException(f"{path}: holds no pairs of this genre")
    scores = np.array([pair.score for pair in pairs])
    cosines = {}
    for name in ENCODERS:
        cosines[name], also = accepted(
            [pair.one for pair in pairs], [pair.other for pair in pairs], load_encoder(name)
        )
        people = 100 * spearmanr(cosines[name], scores).statistic
        minilm = 100 * spearmanr(cosines[name], cosines["minilm"]).statistic
        roughly, mostly = (100 * np.mean(scores[also] >= least) for least in (3, 4))
        recall = 100 * np.mean(also[scores >= 4])
        click.echo(
            f"{name:<8}people {people:5.1f}  minilm {minilm:5.1f}  "
            f"also: {also.sum()} of {len(pairs)}, roughly equivalent {roughly:5.1f}, "
            f"mostly {mostly:5.1f}, recall of these {recall:5.1f}"
        )


if __name__ == "__main__":
    main()
