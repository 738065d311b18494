"""Make ``models/evidence/opposites.txt``: English words and their opposites, from WordNet.

    python -m models.opposites FOLDER

reads the ``data.*`` and ``*.exc`` files of WordNet 3.0 in the folder (Debian's ``wordnet-base`` has
them) and writes a line for each pair of single words of which one is the antonym of the other, in
all irregular forms. Pairs of which one is the other with a prefix ("unable") are told by that. Left
out are those of no verbs of which one may be a form of a verb: "left" and "right".
"""

import re
import sys
from collections import defaultdict
from itertools import product
from pathlib import Path

from .fitting import print_digests

TARGET = Path(__file__).parent / "evidence" / "opposites.txt"
PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "a", "de", "mis")
ANTONYM = "!"


def read_senses(folder: Path) -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    """Return the words and pointers of each synset, by its part of speech and offset."""
    senses = {}
    for part, code in PARTS.items():
        for line in (folder / f"data.{part}").read_text().splitlines():
            if not line.startswith(" "):
                offset, _, _, count, *rest = line.split("|")[0].split()
                end = 2 * int(count, 16)
                words = [re.sub(r"\(.*\)", "", word).lower() for word in rest[:end:2]]
                senses[code, offset] = words, rest[end + 1 :]
    return senses


def antonyms(folder: Path) -> set[tuple[str, ...]]:
    """Return pairs of words, each after its part of speech."""
    senses = read_senses(folder)
    found = set()
    for (code, _), (words, pointers) in senses.items():
        for symbol, offset, other, ends in zip(*(pointers[n::4] for n in range(4)), strict=False):
            if symbol == ANTONYM:
                one = words[int(ends[:2], 16) - 1]
                two = senses["a" if other == "s" else other, offset][0][int(ends[2:], 16) - 1]
                short, long = sorted((one, two), key=len)
                if one.isalpha() and two.isalpha() and long not in {p + short for p in PREFIXES}:
                    found.add((code, *sorted((one, two))))
    return found


def main() -> None:
    """Write the pairs."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m models.opposites FOLDER")
    folder = Path(sys.argv[1])
    forms: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for part, code in PARTS.items():
        for line in (folder / f"{part}.exc").read_text().splitlines():
            form, *bases = line.split()
            for base in bases:
                forms[code, base].add(form)
    verbal = {form for (code, base), own in forms.items() if code == "v" for form in own - {base}}
    pairs = {
        " ".join(sorted(pair))
        for code, *words in antonyms(folder)
        if code == "v" or verbal.isdisjoint(words)
        for pair in product(*({word, *forms[code, word]} for word in words))
        if all(word.isalpha() and len(word) > 1 for word in pair)
    }
    text = "".join(f"{pair}\n" for pair in sorted(pairs))
    TARGET.write_text(text, encoding="utf-8")
    print_digests(TARGET.parent, TARGET.name)


if __name__ == "__main__":
    main()
