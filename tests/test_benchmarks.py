"""The measurements themselves are measured."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.corpora import read_topics
from benchmarks.measures import budget_use, redundancy, rouge
from benchmarks.similarity import accepted, read_pairs
from summarizer import Budget, CitedSentence, Summary, load_encoder


def summary_of(*texts: str) -> Summary:
    """Make a summary of given sentences."""
    quotes = tuple(CitedSentence(text, 1, 0, len(text), n, 1.0) for n, text in enumerate(texts))
    return Summary(quotes, (), Budget("words", 10), (), "")


def test_rouge_of_known_overlap() -> None:
    found = rouge(summary_of("the cat sat"), ["the cats sat down", "a dog"])
    # Unigrams 3 of 3 and 3 of 4, bigrams 2 of 2 and 2 of 3; nothing of the second reference.
    assert found["R1"] == pytest.approx(100 * (2 * 0.75 / 1.75) / 2)
    assert found["R2"] == pytest.approx(100 * (2 * (2 / 3) / (5 / 3)) / 2)
    assert found["RLsum"] == pytest.approx(found["R1"])


def test_redundancy_looks_at_one_earlier_sentence() -> None:
    assert redundancy(summary_of("a b c")) == 0
    assert redundancy(summary_of("a b c", "x y z")) == 0
    assert redundancy(summary_of("a b c", "A b, c!")) == 1
    assert redundancy(summary_of("a b c", "x y z", "a b x y")) == pytest.approx(1 / 6)


def test_budget_use() -> None:
    assert budget_use(summary_of("one two", "three four five")) == 0.5


def test_run_on_a_corpus_of_our_own(tmp_path: Path) -> None:
    text = "The mayor closed the old bridge on Monday. Engineers had found rust in its cables."
    topic = {"id": "t", "documents": [{"id": "d", "title": "", "text": text}]}
    corpus = tmp_path / "own.jsonl"
    corpus.write_text(json.dumps({**topic, "references": [text]}) + "\n")
    done = CliRunner().invoke(main, ["--corpus", f"own={corpus}", "--words", "20"])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[2].split()[:4] == ["own", "1", "100.000", "100.000"]


@pytest.mark.parametrize("line", ["{", "[]", '{"documents": [{}], "references": []}', "{}"])
def test_malformed_corpus_names_the_line(tmp_path: Path, line: str) -> None:
    corpus = tmp_path / "bad.jsonl"
    corpus.write_text(line)
    with pytest.raises(ValueError, match=r"bad\.jsonl:1: is not a topic"):
        list(read_topics(corpus))


def test_sts_lines(tmp_path: Path) -> None:
    pairs = tmp_path / "sts.csv"
    pairs.write_text("news\tf\t2012\t1\t4.5\tA ship sank.\tA boat sank.\n")
    assert read_pairs(pairs) == [("news", 4.5, "A ship sank.", "A boat sank.")]
    pairs.write_text("news\tf\n")
    with pytest.raises(ValueError, match=r"sts\.csv:1: is not a line"):
        read_pairs(pairs)


@pytest.mark.parametrize(
    ("corpus", "message"), [("x", "write NAME=PATH"), ("x=/nowhere", "No such file")]
)
def test_wrong_corpus_is_one_line(corpus: str, message: str) -> None:
    result = CliRunner().invoke(main, ["--corpus", corpus])
    assert result.exit_code > 0
    assert message in result.output


def test_also_accepts_what_says_the_same() -> None:
    ones = ["The fire destroyed 12 houses in the old harbour.", "A minister will visit Norway."]
    others = [
        "A fire destroyed 12 houses in the old harbour, they said.",
        "The ship sank on Monday.",
    ]
    cosines, also = accepted(ones * 5, others * 5, load_encoder("static"))
    assert cosines.shape == (10,)
    assert also.tolist() == [True, False] * 5
