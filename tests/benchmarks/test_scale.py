"""The measurements of time and memory against size."""

import json
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import screening
from benchmarks.corpora import Topic
from benchmarks.plot import growth
from benchmarks.scale import (
    PEER,
    enlarge,
    fourfold,
    measure,
    measured,
    report,
    sentences_of,
    table,
)
from summarizer import Document

from ..builders import ROOT

TINY = ROOT / "benchmarks" / "corpora" / "tiny.jsonl"
TEXTS = ["The red ship sailed north. It came back.", "Two ships of Harle sank on Monday."]


def figures(sentences: int, processor: float) -> dict[str, float]:
    return {"sentences": sentences, "processor": processor, "mb": 100.0}


def test_enlarged_text_is_new_and_always_the_same() -> None:
    found = list(islice(enlarge(TEXTS), 40))
    assert found[:2] == TEXTS
    assert found == list(islice(enlarge(TEXTS), 40))
    assert len(set(found)) > 20
    words = [text.split(" ") for text in found]
    assert {word for text in words for word in text} <= {w for text in words[:2] for w in text}
    likeness = [
        sum(a == b for a, b in zip(text, original, strict=True)) / len(text)
        for text in words[2:]
        for original in words[:2]
        if len(text) == len(original)
    ]
    assert 0.6 < sum(likeness) / len(likeness) < 1


def test_growth_is_that_of_fourfold_text() -> None:
    assert fourfold(figures(1000, 1), figures(4000, 5)) == pytest.approx(5)
    assert fourfold(figures(1000, 1), figures(16000, 16)) == pytest.approx(4)
    rows = [
        {"whole": figures(1000, 3), "bare": figures(1000, 2)},
        {"whole": figures(2000, 6), "bare": figures(2000, 4)},
    ]
    assert table(rows).splitlines()[3].split()[1:-1:2] == [
        "2,000",
        "6.0",
        "100",
        "4.0",
        "1.50",
        "4.00",
    ]


def test_worker_measures_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in TEXTS))
    measured = {mode: measure(mode, path) for mode in ("summarize", "bare")}
    for found in measured.values():
        assert found["sentences"] == sum(map(len, sentences_of(TEXTS))) == 3
        assert 10 < found["mb"] < 2000
        assert found["processor"] > 0
    assert "describe concepts" in measured["summarize"]["stages"]


def test_growth_is_drawn(tmp_path: Path) -> None:
    target = tmp_path / "scale.svg"
    growth([figures(1000, 1), figures(4000, 5)], [figures(1000, 90)], "some peer", target)
    assert "some peer" in target.read_text(encoding="utf-8")


def test_joined_topics_have_all_documents_and_references() -> None:
    topics = [Topic(str(n), (Document("a", f"Text {n}."),), (f"Said {n}.",)) for n in range(5)]
    joined = screening.join(topics, 2)
    assert [topic.references for topic in joined] == [
        ("Said 0.", "Said 1."),
        ("Said 2.", "Said 3."),
    ]
    assert [document.id for document in joined[0].documents] == ["0", "1"]


def test_screening_prints_what_it_costs() -> None:
    result = CliRunner().invoke(screening.main, [str(TINY), "--words", "40", "--keep", "3"])
    assert result.exit_code == 0, result.output
    assert "all sentences" in result.output
    assert "3 kept" in result.output


def test_report_sets_the_peer_beside_the_same_size(tmp_path: Path) -> None:
    whole = figures(1000, 3) | {"stages": {"split": 1.0}}
    rows = {"1000": {"whole": whole, "bare": figures(1000, 2)}}
    said = report({"summarizer": rows, PEER: {"1000": figures(1010, 300)}})
    assert f"{PEER}, 1,010 sentences: 300.0 s, 100 times as long as summarizer" in said
    assert "1000.0 µs each" in said
    path = tmp_path / "scale.json"
    assert measured(path) == {"summarizer": {}, PEER: {}}
    path.write_text(json.dumps({PEER: {"1000": figures(1010, 300)}}))
    assert measured(path)[PEER]["1000"]["processor"] == 300
