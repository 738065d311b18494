"""What models make of meaning in each language, and across languages.

``python -m benchmarks.languages --pairs FOLDER --topics FILE --topics FILE ...`` with a FOLDER of
LANGUAGE*.csv or .csv.gz, the same pairs of sentences in each language (sentence, sentence, how
alike people find them; stsb-multi-mt), and FILEs of the same topics in several languages (MultiLing
2011). With ``--splits FOLDER``, that of ``benchmarks.splitting``, it writes the table of
docs/languages.md.
"""

import csv
import gzip
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from scipy.stats import spearmanr

from summarizer import Encoder, load_encoder
from summarizer.encoders import ENCODERS, embed
from summarizer.evidence.values import find_values
from summarizer.text.language import detect_language, language
from summarizer.text.sentences import split_sentences

from .corpora import read_topics
from .splitting import measure

PAGE = Path(__file__).parent.parent / "docs" / "languages.md"
MARK = "<!-- python -m benchmarks.languages -->"

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


def days_read(code: str) -> float:
    """Return how many of a hundred days are read, as CLDR writes them in a language."""
    days = [date(2024, 1, 3) + timedelta(days=step) for step in range(0, 365, 7)]
    found = [
        any(value.agrees(day) for value in find_values(format_date(own, "long", code), code))
        for own in days
        for day in find_values(own.isoformat(), "en")
    ]
    return 100 * sum(found) / len(found)


def numbers_read(code: str) -> float:
    """Return how many of a hundred numbers are read, as CLDR writes them in a language."""
    numbers = [step * 10.0**power / 4 for power in range(6) for step in range(1, 12)]
    found = [
        any(
            value.low <= number <= value.high
            for value in find_values(f"= {format_decimal(number, locale=code)}", code)
        )
        for number in numbers
    ]
    return 100 * sum(found) / len(found)


def page_rows(splits: Path, pairs: Pairs, models: tuple[str, ...]) -> Iterator[str]:
    """Yield a table of what is known of each language that is measured."""
    scores = {path.name.split(".")[0]: path for path in sorted(splits.glob("*.jsonl*"))}
    meaning = {model: pairs.measure(load_encoder(model)) for model in models}
    yield "| language | sentence ends, F1 | stop words | stems | days | numbers | " + (
        " | ".join(f"meaning, `{model}`" for model in models) + " |"
    )
    yield "|---" * (6 + len(models)) + "|"
    for code in sorted({*scores, *pairs.rows}):
        known = language(code)
        told = [
            f"{Locale.parse(code).get_language_name('en')} ({code})",
            f"{100 * measure(scores[code], code):.1f}" if code in scores else "",
            str(len(known.stop_words)),
            "no" if known.stem is str else "yes",
            f"{days_read(code):.0f}%",
            f"{numbers_read(code):.0f}%",
        ]
        told += [f"{meaning[m][0][code]:.1f}" if code in pairs.rows else "" for m in models]
        yield "| " + " | ".join(told) + " |"
    for model in models:
        alone, across = (list(figures.values()) for figures in meaning[model])
        mean, mixed = np.mean(alone), np.mean(across)
        yield f"\n`{model}`: {mean:.1f} in the mean, {mixed:.1f} across languages."


@click.command()
@click.option("--pairs", type=click.Path(exists=True, path_type=Path))
@click.option("--topics", type=click.Path(exists=True, path_type=Path), multiple=True)
@click.option("--splits", type=click.Path(exists=True, path_type=Path))
@click.option("--model", "models", multiple=True, default=ENCODERS)
def main(
    pairs: Path | None, topics: tuple[Path, ...], splits: Path | None, models: tuple[str, ...]
) -> None:
    """Print for each model how it agrees with people, and whether it finds translations.

    With --splits and --pairs, write the table of docs/languages.md instead.
    """
    read, translated = pairs and Pairs(pairs), topics and Translations(topics)
    if splits and read:
        before, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
        table = "\n".join(page_rows(splits, read, models))
        PAGE.write_text(f"{before}{mark}\n\n{table}\n", encoding="utf-8")
        return
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
