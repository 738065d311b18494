"""``python -m benchmarks.similarity STS.csv``: whether cosines order pairs as people do.

Reads the STS benchmark as its owners publish it (tab-separated: genre, file, year, number, score
from 0 to 5, two sentences; Cer et al. 2017).
"""

from pathlib import Path

import click
import numpy as np
from scipy.stats import spearmanr

from summarizer import load_encoder
from summarizer.embedding import ENCODERS, embed


def read_pairs(path: Path) -> tuple[list[float], list[str], list[str]]:
    """Read scores and the two sentences of each pair.

    :raises ValueError: If a line has fewer than seven columns; it names the line.
    """
    scores, ones, others = [], [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        columns = line.split("\t")
        if len(columns) < 7:
            raise ValueError(f"{path}:{number}: is not a line of the STS benchmark")
        scores.append(float(columns[4]))
        ones.append(columns[5])
        others.append(columns[6])
    return scores, ones, others


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def main(path: Path) -> None:
    """Print Spearman's correlation with people, and with minilm, in percent."""
    scores, ones, others = read_pairs(path)
    cosines = {}
    for name in ENCODERS:
        encoder = load_encoder(name)
        cosines[name] = np.sum(embed(encoder, ones) * embed(encoder, others), axis=1)
        people = 100 * spearmanr(cosines[name], scores).statistic
        minilm = 100 * spearmanr(cosines[name], cosines["minilm"]).statistic
        click.echo(f"{name:<10} people {people:5.1f}   minilm {minilm:5.1f}")


if __name__ == "__main__":
    main()
