"""What models make of meaning in each language, and across languages.

``python -m benchmarks.languages --pairs FOLDER --topics FILE --topics FILE ...`` with a FOLDER of
LANGUAGE*.csv or .csv.gz, the same pairs of sentences in each language (sentence, sentence, how
alike people find them; stsb-multi-mt), and FILEs of the same topics in several languages (MultiLing
2011).
"""

import csv
import gzip
from itertools import permutations
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
from scipy.stats import spearmanr

from summarizer import Encoder, load_encoder
from summarizer.encoders import ENCODERS, embed
from summarizer.text.language import detect_language
from summarizer.text.sentences import split_sentences

from .corpora import read_topics

Vectors = npt.NDArray[np.float32]


class Pairs:
    """The same pairs of sentences in several languages.

    :param folder: Holds a file a language.
    """

    def __init__(self, folder: Path) -> None:
        self.rows: dict[str, list[list[str]]] = {}
        for path in sorted(folder.glob("*.csv*")):
            opened = gzip.open if path.suffix == ".gz" else open
            with opened(path, "rt", encoding="utf-8", newline="") as lines:
                self.rows[path.name.split(".")[0]] = list(csv.reader(lines))
        if not self.rows:
            raise click.ClickException(f"{folder}: holds no CSV")

    def measure(self, encoder: Encoder) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
        """Return how well cosines order the pairs (Spearman, in percent).

        :return: For each language, and for the first sentence in one and the second in another.
        """
        vectors = {
            code: [embed(encoder, [row[side] for row in rows]) for side in (0, 1)]
            for code, rows in self.rows.items()
        }

        def agreement(one: str, other: str) -> float:
            cosines = np.sum(vectors[one][0] * vectors[other][1], axis=1)
            scores = [float(row[2]) for row in self.rows[other]]
            return 100 * float(spearmanr(cosines, scores).statistic)

        alone = {code: agreement(code, code) for code in self.rows}
        return alone, {pair: agreement(*pair) for pair in permutations(self.rows, 2)}


class Translations:
    """The same documents in several languages, in the same order.

    :param files: The topics of a language each.
    """

    def __init__(self, files: tuple[Path, ...]) -> None:
        self.texts: dict[str, list[str]] = {}
        for path in files:
            texts = [document.text for topic in read_topics(path) for document in topic.documents]
            self.texts[detect_language("\n".join(texts))] = texts

    def measure(self, encoder: Encoder) -> dict[tuple[str, str], float]:
        """Return in how many of a hundred documents the nearest of a language is its translation.

        A document's vector is the mean of its sentences' vectors.
        """
        means = {code: self._means(encoder, code) for code in self.texts}
        return {
            (one, other): 100 * float(np.mean(near == np.arange(len(near))))
            for one, other in permutations(means, 2)
            for near in [np.argmax(means[one] @ means[other].T, axis=1)]
        }

    def _means(self, encoder: Encoder, code: str) -> Vectors:
        rows = []
        for text in self.texts[code]:
            spans = split_sentences(text, code)
            total = embed(encoder, [text[start:end] for start, end in spans]).sum(axis=0)
            rows.append(total / np.linalg.norm(total))
        return np.stack(rows)


@click.command()
@click.option("--pairs", type=click.Path(exists=True, path_type=Path))
@click.option("--topics", type=click.Path(exists=True, path_type=Path), multiple=True)
@click.option("--model", "models", multiple=True, default=ENCODERS)
def main(pairs: Path | None, topics: tuple[Path, ...], models: tuple[str, ...]) -> None:
    """Print for each model how it agrees with people, and whether it finds translations."""
    read, translated = pairs and Pairs(pairs), topics and Translations(topics)
    for model in models:
        encoder = load_encoder(model)
        if read:
            alone, across = read.measure(encoder)
            told = "  ".join(f"{code} {figure:.1f}" for code, figure in alone.items())
            mean = np.mean(list(alone.values()))
            click.echo(
                f"{model}: {told}  mean {mean:.1f}  across {np.mean([*across.values()]):.1f}"
            )
        if translated:
            found = translated.measure(encoder)
            told = "  ".join(f"{one}-{other} {share:.0f}" for (one, other), share in found.items())
            click.echo(f"{model}: translations {told}")


if __name__ == "__main__":
    main()
