"""How well paragraphs are split into sentences, by language.

``python -m benchmarks.splitting FOLDER [LANGUAGE...]`` with a FOLDER that holds LANGUAGE.jsonl or
LANGUAGE.jsonl.gz, a paragraph a line: ``{"text": …, "starts": […], "ends": […]}``. What counts is
the places between two sentences of a paragraph. Those where the sentence before has no mark at its
end, e.g. a heading that was joined to the next line, are left out: treebanks cut them by habits of
their own.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from summarizer.text.sentences import split_sentences

MARKS = ".!?…‥．。！？｡؟۔।॥։"
CLOSERS = "\"'”’»«›‹“„‟」』）)]}>】〉》*_` \u200e\u200f"
# How far from its end the mark of a sentence may be.
TAIL = 12


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the paragraphs of a file, gzipped or not."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        yield from map(json.loads, lines)


def letters_before(text: str) -> list[int]:
    """Count for each offset the characters before it that are no blanks."""
    counts = [0]
    for character in text:
        counts.append(counts[-1] + (not character.isspace()))
    return counts


def is_marked(text: str, end: int, language: str) -> bool:
    """Tell whether a sentence that ends there has a mark at its end."""
    last = text[max(0, end - TAIL) : end].rstrip(CLOSERS)[-1:]
    return last != "" and last in MARKS + (";\u037e" if language == "el" else "")


def compare(record: dict[str, Any], spans: list[tuple[int, int]], language: str) -> list[int]:
    """Count the ends that were found, those that are none, and those that were missed."""
    text, count = record["text"], letters_before(record["text"])
    gold = {count[end]: end for end in record["ends"][:-1]}
    found: set[int] = set()
    wrong = 0
    for (_, end), (start, _) in pairwise(spans):
        places = range(count[end], max(count[end], count[start]) + 1)
        place = next((place for place in places if place in gold and place not in found), None)
        if place is None:
            wrong += 1
        else:
            found.add(place)
    marked = {place for place, end in gold.items() if is_marked(text, end, language)}
    return [len(found & marked), wrong, len(marked - found)]


def measure(path: Path, language: str) -> float:
    """Return the F1 of the ends in a file."""
    compared = [
        compare(record, split_sentences(record["text"], language), language)
        for record in records(path)
    ]
    hits, wrong, missed = map(sum, zip(*compared, strict=True))
    return 2 * hits / ((2 * hits + wrong + missed) or 1)


def main(arguments: list[str]) -> int:
    """Print a line for each language, and last their mean and the least."""
    if not arguments:
        print("usage: python -m benchmarks.splitting FOLDER [LANGUAGE...]", file=sys.stderr)
        return 2
    folder, wanted = Path(arguments[0]), arguments[1:]
    scores = {}
    for path in sorted(folder.glob("*.jsonl*")):
        language = path.name.split(".")[0]
        if not wanted or language in wanted:
            scores[language] = measure(path, language)
            print(f"{language}  F1 {scores[language]:.4f}")
    if not scores:
        print(f"{folder}: holds no LANGUAGE.jsonl of these languages", file=sys.stderr)
        return 1
    values = scores.values()
    print(f"{len(scores)} languages  mean {sum(values) / len(scores):.4f}  least {min(values):.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
