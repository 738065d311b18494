"""The benchmark of evidence on a small corpus of its own, and the least it must reach."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import evidence
from benchmarks.evidence import (
    also_line,
    judge_made,
    kind_line,
    label_pools,
    read_labels,
    split_texts,
    wilson,
)
from summarizer.evidence import SLOT_FEATURES

TEXTS = [
    "The fire in the old harbour destroyed 12 houses on Sunday. Nobody was hurt in the sheds.",
    "On Sunday the fire in the old harbour destroyed 12 houses, police said.",
    "On Sunday the fire in the old harbour destroyed 15 houses, police said.",
]
HEAD = "corpus,topic,document,start,end,other,other_start,other_end,label,source"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    topic = {"id": "t", "documents": [{"text": text} for text in TEXTS], "references": ["Fire."]}
    (tmp_path / "small.jsonl").write_text(json.dumps(topic))
    first = split_texts(TEXTS)[0]
    rows = [HEAD]
    for other, label in ((1, "agrees"), (2, "differs")):
        rows.append(f"small,t,0,0,{first.end},{other},0,{len(TEXTS[other])},{label},blind")
    (tmp_path / "labels.csv").write_text("\n".join(rows))
    labels = read_labels(tmp_path / "labels.csv")
    monkeypatch.setattr(evidence, "read_labels", lambda: labels)
    value = ("t", True, [0.0] * len(SLOT_FEATURES))
    monkeypatch.setattr(evidence, "describe_values", lambda *_: [value])
    monkeypatch.setattr(evidence, "judge_made", lambda: (["differs"], ["differs"]))
    return tmp_path


def test_right_answers_are_counted(folder: Path) -> None:
    result = CliRunner().invoke(evidence.main, [str(folder)])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0] == "2 of 2 pairs: {'agrees': 1, 'differs': 1}"
    for kind in ("also", "differs"):
        (line,) = (x for x in lines if x.startswith("blind") and kind in x)
        assert "precision 1.000 (0.21 to 1.00, 1/1)  recall 1.000" in line


def test_missing_corpus_is_an_error(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = CliRunner().invoke(evidence.main, [str(empty)])
    assert result.exit_code == 1
    assert "small: is in none of these folders" in result.output


def test_pairs_of_texts_that_changed_are_left_out_and_counted(folder: Path) -> None:
    file = folder / "small.jsonl"
    file.write_text(file.read_text().replace("12 houses, police", "12 houses. Police"))
    result = CliRunner().invoke(evidence.main, [str(folder)])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("2 of 2 pairs")  # two neighbours are a passage, too
    file.write_text(
        file.read_text().replace("harbour destroyed", "harbour. It. Was. It. Destroyed")
    )
    assert CliRunner().invoke(evidence.main, [str(folder)]).output.startswith("0 of 2 pairs")


def test_timelines_are_cut_to_a_few_days(tmp_path: Path) -> None:
    documents = [
        {"id": f"d{day}", "date": f"2020-01-0{day}", "text": f"On day {day} it rained. " * 40}
        for day in (1, 2, 3, 7)
    ]
    (tmp_path / "timelines").mkdir()
    with gzip.open(tmp_path / "timelines" / "rain.json.gz", "wt") as opened:
        json.dump({"documents": documents}, opened)
    rows = [HEAD, "timelines,rain:d2,0,0,21,1,0,21,agrees,blind"]
    (tmp_path / "labels.csv").write_text("\n".join(rows))
    ((pool, pairs),) = label_pools([tmp_path], read_labels(tmp_path / "labels.csv"))
    assert pool.dates == ["2020-01-02", "2020-01-03"]
    assert [pool.texts[row] for row in pairs[0][1]] == [
        "On day 2 it rained.",
        *["On day 3 it rained."] * 2,
    ]


def test_labels_are_many_and_name_a_pair_once() -> None:
    labels = read_labels()
    assert len(labels) >= 2000
    assert {label.label for label in labels} == {"agrees", "partly", "differs", "neither", "copy"}
    places = [
        (x.corpus, x.topic, x.document, x.start, x.other, x.other_start, x.source) for x in labels
    ]
    assert len(set(places)) >= 0.99 * len(places)
    assert 0.2 < sum(label.held for label in labels) / len(labels) < 0.45


def test_lines_count_partly_as_half() -> None:
    line = also_line(["agrees", "partly", "neither", "agrees"], ["agrees", "partly", "", ""])
    assert "precision 0.750" in line
    assert "recall 0.500" in line
    assert "precision 1.000" in kind_line("differs", ["differs", "agrees"], ["differs", ""])


def test_made_pairs_are_judged_well_enough() -> None:
    """The least that counts: most of what is said to differ does, and much of it is found.

    Many of these pairs are traps: one number, name or verb is all that tells them apart.
    """
    labels, said = judge_made()
    assert len(labels) == len(said) > 600
    pairs = list(zip(labels, said, strict=True))
    differing = [label for label, told in pairs if told == "differs"]
    right = differing.count("differs")
    assert wilson(right, len(differing))[0] >= 0.58
    assert right >= 0.3 * labels.count("differs")
    true = [told for label, told in pairs if label == "agrees"]
    assert sum(told in {"agrees", "partly", "copy"} for told in true) >= 0.9 * len(true)


def test_interval_of_a_share() -> None:
    # Wilson (1927), as tables give it for 8 of 10.
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)
