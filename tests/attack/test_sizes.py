"""Time grows as the input does: many files, copies and lines, no stops, tokens repeated."""

import random
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from summarizer import Document, SummarizerError, summarize

from ..builders import ROOT
from ..test_linear import TOKENS, whens_and_values
from ..timing import is_linear

# At most this many times as long for twice as much.
_GROWTH = 2.5
# Characters of repeated tokens, and seconds that do not count.
_SIZE = 100_000
_UNNOTICED = 0.05
_CHANCE = random.Random(7)
_WORDS = ["".join(_CHANCE.choices("abcdefghijklmnopqrstuvwxyz", k=6)) for _ in range(5000)]


def sentence() -> str:
    return f"The {' '.join(_CHANCE.choices(_WORDS, k=15))}."


def article() -> str:
    return "\n\n".join(" ".join(sentence() for _ in range(4)) for _ in range(5))


def letters(first: int, last: int, number: int) -> str:
    return "".join(map(chr, _CHANCE.choices(range(first, last), k=number)))


def many_files(folder: Path, number: int) -> None:
    for place in range(number):
        (folder / f"{place}.txt").write_text(article())


def many_copies(folder: Path, number: int) -> None:
    text = article()
    for place in range(number):
        (folder / f"{place}.txt").write_text(text)


def many_forms(folder: Path, number: int) -> None:
    """Fill in one form, as clinics or branches do."""
    for place in range(number):
        town, head = (word.capitalize() for word in _CHANCE.choices(_WORDS, k=2))
        low, high, share = (_CHANCE.randrange(2, most) for most in (900, 9999, 99))
        (folder / f"{place}.txt").write_text(
            f"The clinic in {town} treated {high} patients, {share}% more than the year before.\n\n"
            f"Its director, {head}, said that the new building had cost ${low} million.\n"
        )


def write(text: Callable[[int], str]) -> Callable[[Path, int], None]:
    """Return what writes one text of some size."""

    def one_file(folder: Path, number: int) -> None:
        (folder / "a.txt").write_text(text(number))

    return one_file


# What is made, how many of it at most, and what is asked for.
CASES: dict[str, tuple[Callable[[Path, int], None], int, list[str]]] = {
    "files": (many_files, 5_000, []),
    "copies": (many_copies, 10_000, []),
    "forms, differences": (many_forms, 1_400, ["differences"]),
    "forms, who states it": (many_forms, 1_400, ["--min-sources", "2"]),
    "lines of a word": (write(lambda n: "".join(f"{w}\n" for w in _CHANCE.choices(_WORDS, k=n))), 400_000, []),
    "lines of one word": (write("word\n".__mul__), 400_000, []),
    "Han without stops": (write(lambda n: letters(0x4E00, 0x9FFF, n)), 1_000_000, []),
    "Thai without blanks": (write(lambda n: letters(0xE01, 0xE2E, n)), 1_000_000, []),
    "emoji": (write(lambda n: letters(0x1F600, 0x1F64F, n)), 1_000_000, []),
    "a million words": (write(lambda n: "\n\n".join(sentence() for _ in range(n))), 60_000, ["--words", "1000000"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_time_of_the_command_is_linear(tmp_path: Path, name: str) -> None:
    make, most, options = CASES[name]
    for number in (most // 4, most // 2, most):
        (tmp_path / str(number)).mkdir()
        make(tmp_path / str(number), number)

    def seconds(number: int) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "summarizer", *options, "-o", f"{tmp_path}/out"]
        command.append(f"{tmp_path}/{number}")
        done = subprocess.run(command, capture_output=True, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.returncode in {0, 1}
        assert b"Traceback" not in done.stderr
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{name}, {number:,}: {spent:.1f} s, at most {after.ru_maxrss >> 10} MB so far")
        return spent

    # The least of two, as other work on the machine makes single runs slow.
    quarter, half, whole = (min(seconds(n), seconds(n)) for n in (most // 4, most // 2, most))
    assert whole - half < _GROWTH * (half - quarter) + 1


def summarized(text: str) -> None:
    """Summarize a text, or find nothing in it to quote."""
    documents = [Document("a", text), Document("b", "The mayor closed the old bridge.")]
    try:
        summarize(documents, words=50, keep_all=True)
    except SummarizerError:
        return


@pytest.mark.parametrize("token", ["a ", "word ", "May 3 "])
def test_time_is_linear_in_long_titles(token: str) -> None:
    def use(text: str) -> None:
        told = f"The mayor {text}. The bridge was closed on Monday by the mayor."
        summarize([Document("a", told, title=f"{text}y"), Document("b", told)], words=30)

    assert is_linear(use, token)


@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_time_is_linear_in_what_languages_call_days_and_units(language: str) -> None:
    for token in TOKENS:
        assert is_linear(whens_and_values(language), token), token


@pytest.mark.parametrize("apart", ["", "\n", "\n\n"], ids=["sentence", "lines", "paragraphs"])
@pytest.mark.parametrize("token", TOKENS)
def test_time_of_a_summary_is_linear_in_repeated_tokens(token: str, apart: str) -> None:
    def seconds(size: int) -> float:
        text = f"{token}{apart}" * (size // len(token + apart))
        begun = process_time()
        summarized(text)
        return process_time() - begun

    summarized(token)
    # The least of two, as other work on the machine makes single runs slow.
    growths = (seconds(2 * _SIZE) / (seconds(_SIZE) + _UNNOTICED) for _ in range(2))
    assert min(growths) <= _GROWTH
