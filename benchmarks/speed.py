"""``python -m benchmarks.speed FILE...``: start-up and embedding, as ratios in one run.

The yardsticks are ``python -c "import sentence_transformers"`` for what a user waits for, and the
shipped minilm run by sentence-transformers and torch, with its defaults, for sentences a second.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import click

from summarizer import Documents, Encoder, Summarizer, load_encoder, read
from summarizer.clean import clean
from summarizer.encoders import ENCODERS
from summarizer.rank.concepts import language_of, split_documents
from summarizer.text.assets import shipped_model

REPEATS = 5
MOST_SENTENCES = 1000


def seconds(action: Callable[[], object]) -> float:
    """Return the median time that an action takes."""
    spent = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        action()
        spent.append(time.perf_counter() - start)
    return median(spent)


def process(*arguments: str) -> Callable[[], object]:
    """Return an action that runs Python anew."""
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, capture_output=True)


def rate(encoder: Encoder, sentences: list[str]) -> float:
    """Return how many sentences an encoder embeds in a second, warm."""
    encoder.encode(sentences[:64])
    return len(sentences) / seconds(lambda: encoder.encode(sentences))


def two_lengths(documents: Documents, model: str) -> tuple[float, float]:
    """Return the processor time of a summary with its preparation, and of another length."""
    first, second = [], []
    for _ in range(REPEATS):
        start = time.process_time()
        prepared = Summarizer(documents, encoder=model)
        prepared.summarize(words=150)
        between = time.process_time()
        prepared.summarize(words=100)
        first.append(between - start)
        second.append(time.process_time() - between)
    return median(first), median(second)


@click.command()
@click.argument("paths", nargs=-1, required=True)
def main(paths: tuple[str, ...]) -> None:
    """Measure the command on PATHS, and the models on up to 1,000 of their sentences."""
    yardstick = seconds(process("-c", "import sentence_transformers"))
    click.echo(f"import sentence_transformers      1.000  ({yardstick:.2f} s)")
    for label, arguments in (
        ("summarize --help", ["--help"]),
        *((f"summarize --model {name}", ["--model", name, *paths]) for name in ENCODERS),
    ):
        spent = seconds(process("-m", "summarizer", *arguments))
        click.echo(f"{label:<32}{spent / yardstick:8.3f}  ({spent:.2f} s)")
    documents = read(paths)
    structures = clean(documents)
    codes = list(map(language_of, documents, structures))
    found = dict.fromkeys(split_documents(documents, structures, codes).texts())
    sentences = list(found)[:MOST_SENTENCES]
    click.echo(f"of {len(sentences)} different sentences:")
    torch_rate = rate(load_encoder(str(shipped_model("minilm")[0])), sentences)
    click.echo(f"torch minilm, sentences a second    1.0  ({torch_rate:.0f})")
    for name in ENCODERS:
        own = rate(load_encoder(name), sentences)
        click.echo(f"{name:<32}{own / torch_rate:7.1f}  ({own:.0f})")
    click.echo("processor time of 100 words, after 150 words of the same Summarizer:")
    for name in ENCODERS:
        one, other = two_lengths(documents, name)
        click.echo(f"{name:<32}{other / one:8.3f}  ({1000 * other:.0f} of {1000 * one:.0f} ms)")


if __name__ == "__main__":
    main()
