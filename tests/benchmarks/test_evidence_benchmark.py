"""The benchmark of "also" and "differs" on a small corpus of its own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import evidence
from benchmarks.evidence import checksum, judge_made, read_pairs, split_topic, wilson
from summarizer import load_encoder
from summarizer.encoders import ENCODERS

TEXTS = [
    "The fire in the old harbour destroyed 12 houses on Sunday. Nobody was hurt in the sheds.",
    "On Sunday the fire in the old harbour destroyed 12 houses, police said.",
    "On Sunday the fire in the old harbour destroyed 15 houses, police said.",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    documents = [{"text": text} for text in TEXTS]
    topic = {"id": "t", "documents": documents, "references": ["Fire."]}
    (tmp_path / "small.jsonl").write_text(json.dumps(topic))
    found = {(s.document, s.index): s.text for s in split_topic(TEXTS)}
    rows = ["corpus,topic,document,sentence,other_document,other_sentence,label,part,check"]
    for one, other, label in (((0, 0), (1, 0), "supports"), ((0, 0), (2, 0), "differs")):
        check = checksum(found[one], found[other])
        rows.append(f"small,t,{one[0]},{one[1]},{other[0]},{other[1]},{label},report,{check}")
    (tmp_path / "pairs.csv").write_text("\n".join(rows))
    pairs = read_pairs(tmp_path / "pairs.csv")
    monkeypatch.setattr(evidence, "read_pairs", lambda: pairs)
    monkeypatch.setattr(evidence, "judge_made", lambda _: (["differs"], ["differs"]))
    return tmp_path


def test_right_answers_are_counted(folder: Path) -> None:
    result = CliRunner().invoke(evidence.main, [str(folder)])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0] == "2 pairs: {'supports': 1, 'differs': 1}"
    for model in ENCODERS:
        for kind in ("supports", "differs"):
            (line,) = (x for x in lines if x.startswith(f"{model} report") and kind in x)
            assert "precision 1.000 (0.21 to 1.00, 1/1)  recall 1.000" in line


def test_other_sentences_and_missing_corpora_are_errors(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = CliRunner().invoke(evidence.main, [str(empty)])
    assert result.exit_code == 1
    assert "none of the corpora" in result.output
    file = folder / "small.jsonl"
    file.write_text(file.read_text().replace("harbour", "market"))
    result = CliRunner().invoke(evidence.main, [str(folder)])
    assert result.exit_code == 1
    assert "small: t has other sentences" in result.output


def test_pairs_are_many_and_of_all_labels() -> None:
    pairs = read_pairs()
    assert len(pairs) >= 200
    assert {pair.label for pair in pairs} == {"supports", "differs", "neither"}
    assert {pair.part for pair in pairs} == {"tune", "report", "shown"}
    assert len({pair[:6] for pair in pairs}) == len(pairs)


def test_pairs_that_were_written_for_it_are_judged_both_ways(tmp_path: Path) -> None:
    one, other = TEXTS[1], TEXTS[2]
    (tmp_path / "made.csv").write_text(f'label,one,other\ndiffers,"{one}","{other}"\n')
    encoder = load_encoder("static")
    assert judge_made(encoder, tmp_path / "made.csv") == (["differs"] * 2, ["differs"] * 2)
    labels, found = judge_made(encoder)
    assert len(labels) == len(found) > 200
    shown = [label for label, told in zip(labels, found, strict=True) if told == "differs"]
    assert shown.count("differs") >= 0.9 * len(shown)


def test_interval_of_a_share() -> None:
    # Wilson (1927), as tables give it for 8 of 10.
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)
