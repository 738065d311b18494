"""How much of saved pages is body, against an article extraction benchmark.

``python -m benchmarks.extraction FOLDER`` with a FOLDER that holds html/NAME.html.gz,
text/NAME.txt (the page as saved in plain text) and ground-truth.json (NAME to articleBody).
The model of plain text was trained on the pages of one such benchmark; on those,
``python -m models.boilerplate --cross-validate FOLDER`` says how well it does on unseen sites.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from summarizer import ReadError, body, read

SHINGLE = 4
_WORD = re.compile(r"\w+")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words of a text, or all its words where it is shorter."""
    words = _WORD.findall(text.lower())
    if 0 < len(words) < SHINGLE:
        return Counter([tuple(words)])
    return Counter(tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1))


def precision_and_recall(found: str, gold: str) -> tuple[float, float]:
    """Compare the shingles of two texts as multisets; of an empty one the share is 1 or 0."""
    found_shingles, gold_shingles = shingles(found), shingles(gold)
    shared = (found_shingles & gold_shingles).total()
    precision, recall = (
        shared / side.total() if side else float(not other)
        for side, other in ((found_shingles, gold_shingles), (gold_shingles, found_shingles))
    )
    return precision, recall


def f1(pairs: Iterable[tuple[float, float]]) -> tuple[float, float, float]:
    """Return F1, precision and recall: the F1 of their averages over pages."""
    listed = list(pairs)
    precision, recall = (sum(column) / len(listed) for column in zip(*listed, strict=True))
    return 2 * precision * recall / ((precision + recall) or 1.0), precision, recall


def body_of(path: Path) -> str:
    """Return the body of a page; an empty one where it cannot be read."""
    try:
        return body(read([path])[0])
    except ReadError as error:
        print(error, file=sys.stderr)
        return ""


def measure(folder: Path) -> dict[str, tuple[float, float, float]]:
    """Measure the pages of a benchmark.

    :param folder: Where its pages and ground-truth.json are.
    :return: F1, precision and recall for ``html`` and ``text``.
    """
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    gold = {name: entry["articleBody"] for name, entry in truth.items()}
    places = {"html": "html/{}.html.gz", "text": "text/{}.txt"}
    return {
        form: f1(
            precision_and_recall(body_of(folder / place.format(name)), text)
            for name, text in gold.items()
        )
        for form, place in places.items()
    }


def main(arguments: list[str]) -> int:
    """Print a line for each form of the pages."""
    if len(arguments) != 1:
        print("usage: python -m benchmarks.extraction FOLDER", file=sys.stderr)
        return 2
    for form, (score, precision, recall) in measure(Path(arguments[0])).items():
        print(f"{form}  F1 {score:.4f}  precision {precision:.4f}  recall {recall:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
