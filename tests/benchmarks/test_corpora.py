"""Corpora in single files, written small and read back, and what is said of malformed ones."""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks import corpora
from benchmarks.corpora import CorpusError, Topic, read_topics
from summarizer import Document

TINY = Path(corpora.__file__).with_name("tiny.jsonl")
RECORD = {"documents": [{"text": "A mill shut."}], "references": ["It shut."]}
PAIR = {"document": "Rain fell. ||||| Snow fell.|||||", "summary": "– It fell."}


def put(folder: Path, files: dict[str, str]) -> Path:
    """Write files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def read_list(path: Path, **options: Any) -> list[Topic]:
    return list(read_topics(path, **options))


def test_tiny_corpus() -> None:
    topics = read_list(TINY)
    assert [topic.id for topic in topics] == ["ferry", "dam", "library"]
    for topic in topics:
        assert [document.id for document in topic.documents] == [
            f"{topic.id}-{n}" for n in (1, 2, 3)
        ]
        assert all(60 <= len(document.text.split()) <= 120 for document in topic.documents)
        assert [35 <= len(reference.split()) <= 45 for reference in topic.references] == [
            True,
            True,
        ]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.json", "a.json.gz", "a.topics"])
def test_json_lines(tmp_path: Path, name: str) -> None:
    given = {"id": "x", "title": "Mill", "date": "2020-02-03", "text": "A\u2028B"}
    lines = [{**RECORD, "id": 7, "query": "q"}, {**RECORD, "documents": [given]}]
    data = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert read_list(tmp_path / name) == [
        Topic("7", (Document("0", "A mill shut."),), ("It shut.",)),
        Topic("2", (Document("x", "A\u2028B", "Mill", "2020-02-03"),), ("It shut.",)),
    ]


def test_topics_come_one_by_one(tmp_path: Path) -> None:
    put(tmp_path, {"a.jsonl": json.dumps(RECORD) + "\n{"})
    topics = read_topics(tmp_path / "a.jsonl")
    assert next(topics).references == ("It shut.",)
    with pytest.raises(CorpusError, match=r"a\.jsonl:2: is not a topic"):
        next(topics)


def test_multi_news_pairs(tmp_path: Path) -> None:
    source = "Rain NEWLINE_CHAR NEWLINE_CHAR fell. story_separator_special_tag Snow\u2028. ||||| \n\nFog.\n"
    put(tmp_path, {"val.src.cleaned": source, "val.tgt": "– It fell.\nNone.\nFog-free – no.\n"})
    assert read_list(tmp_path / "val.src.cleaned") == [
        Topic(
            "val-1", (Document("d1", "Rain\n\nfell."), Document("d2", "Snow\u2028.")), ("It fell.",)
        ),
        Topic("val-3", (Document("d1", "Fog."),), ("Fog-free – no.",)),
    ]


FALLEN = (Document("d1", "Rain fell."), Document("d2", "Snow fell."))


def test_multi_news_and_wcep_10_of_the_hub(tmp_path: Path) -> None:
    listed = {"document": ["Rain fell.", " ", "Snow fell."], "summary": "It fell."}
    put(tmp_path, {"a.json": json.dumps([PAIR, {**PAIR, "document": " "}, listed])})
    expected = [Topic("1", FALLEN, ("It fell.",)), Topic("3", FALLEN, ("It fell.",))]
    assert read_list(tmp_path / "a.json") == expected
    put(tmp_path, {"one.json": json.dumps(PAIR, indent=1)})
    assert read_list(tmp_path / "one.json") == expected[:1]


def test_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Batch:
        def to_pylist(self) -> list[dict[str, str]]:
            return [PAIR]

    class ParquetFile:
        def __init__(self, path: Path) -> None:
            if path.read_bytes() != b"PAR1":
                raise ValueError("magic bytes\nnot found")

        def __enter__(self) -> "ParquetFile":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def iter_batches(self, columns: list[str], **_: int) -> Iterator[Batch]:
            assert columns == ["document", "summary"]
            yield from (Batch(), Batch())

    put(tmp_path, {"test.parquet": "PAR1", "bad.parquet": "text"})
    module = ModuleType("pyarrow.parquet")
    module.__dict__["ParquetFile"] = ParquetFile
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", module)
    topics = read_list(tmp_path / "test.parquet")
    assert topics == [Topic(f"test-{n}", FALLEN, ("It fell.",)) for n in (1, 2)]
    with pytest.raises(
        CorpusError, match=r"bad\.parquet: is not readable parquet \(magic bytes\)$"
    ):
        read_list(tmp_path / "bad.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(CorpusError, match=r"test\.parquet: needs pyarrow; pip install pyarrow$"):
        read_list(tmp_path / "test.parquet")


def test_wcep(tmp_path: Path) -> None:
    one = {
        "id": "a1",
        "title": "Mill",
        "text": " It shut. ",
        "time": "2018-08-25 06:12:00",
        "url": "u",
    }
    articles = [
        one,
        {"title": None, "text": " ", "time": None},
        {"title": None, "text": "Fog.", "time": None},
    ]
    cluster = {"id": 9, "date": "2018-08-25", "summary": "A mill shut. ", "articles": articles}
    (tmp_path / "val.jsonl.gz").write_bytes(gzip.compress(json.dumps(cluster).encode()))
    mill = Document("a1", "It shut.", "Mill", "2018-08-25", url="u")
    whole = Topic("9", (mill, Document("1", "Fog.")), ("A mill shut.",))
    assert read_list(tmp_path / "val.jsonl.gz") == [whole]
    assert read_list(tmp_path / "val.jsonl.gz", documents=1) == [
        Topic("9", (mill,), whole.references)
    ]


def test_mediqa_ans(tmp_path: Path) -> None:
    answers = {
        "1_A2": {"article": "Rest. "},
        "1_A1": {"article": "Sleep."},
        "1_A3": {"article": " "},
    }
    record = {
        "question": "Tired?",
        "multi_ext_summ": "Rest.",
        "multi_abs_summ": "Do rest.",
        "answers": answers,
    }
    put(tmp_path, {"a.json": json.dumps({"12": record, "3": {**record, "multi_abs_summ": ""}})})
    documents = (Document("1_A2", "Rest."), Document("1_A1", "Sleep."))
    assert read_list(tmp_path / "a.json") == [
        Topic("12", documents, ("Rest.", "Do rest.")),
        Topic("3", documents, ("Rest.",)),
    ]


ERRORS: dict[str, tuple[dict[str, str | bytes], str, str]] = {
    "missing": ({}, "a.jsonl", r"a\.jsonl: No such file or directory"),
    "missing pair": (
        {"a.src": "x"},
        "a.src",
        r"a\.tgt: is missing beside a\.src; Multi-News comes from",
    ),
    "unequal pair": (
        {"a.src": "x\ny\n", "a.tgt": "z\n"},
        "a.src",
        r"a\.src:2: has no counterpart in a\.tgt",
    ),
    "not UTF-8": (
        {"a.jsonl": json.dumps(RECORD).encode() + b"\n\xff"},
        "a.jsonl",
        r"a\.jsonl:2: is not UTF-8",
    ),
    "not gzip": ({"a.jsonl.gz": "x"}, "a.jsonl.gz", r"a\.jsonl\.gz: Not a gzipped file"),
    "cut gzip": (
        {"a.jsonl.gz": gzip.compress(b"x" * 99, mtime=0)[:-9]},
        "a.jsonl.gz",
        r"a\.jsonl\.gz: Compressed file ended",
    ),
    "not JSON": ({"a.json": "{"}, "a.json", r"a\.json: is not JSON"),
    "deep JSON": ({"a.jsonl": "[" * 99999}, "a.jsonl", r"a\.jsonl:1: is not a topic"),
    "bad record": (
        {"a.json": "[[]]"},
        "a.json",
        r"a\.json: record 1: is not a topic \(not an object\)",
    ),
    "bad text": (
        {"a.jsonl": json.dumps({**RECORD, "documents": [{"text": 3}]})},
        "a.jsonl",
        r":1: .* not a string",
    ),
    "bad references": (
        {"a.jsonl": json.dumps({**RECORD, "references": "x"})},
        "a.jsonl",
        r":1: .* not a list",
    ),
    "bad WCEP": (
        {"a.jsonl": '{"articles": [{"text": null}]}'},
        "a.jsonl",
        r"a\.jsonl:1: is not a topic",
    ),
    "unknown folder": (
        {"d/readme": "x"},
        "d",
        r"d: holds no corpus of a known layout.*duc\.nist\.gov",
    ),
    "no models": ({"d/d1t/a": "<DOC>"}, "d", r"no model summaries.*on request \(duc\.nist\.gov"),
    "no documents": (
        {"d/models/D1.M.100.T.A": "x"},
        "d",
        r"no documents of.*on request \(duc\.nist\.gov",
    ),
    "empty documents": (
        {"d/D1.M.100.T.A": "x", "d/d1t/a": "x"},
        "d",
        r"d1t: D1: is not a topic \(no documents\)",
    ),
    "no gold": (
        {"d/topics/a.txt.data": "x"},
        "d",
        r"d: holds no summaries-gold.*github\.com/kavgan",
    ),
    "bad summary line": (
        {"d/MultiExtractiveSummaries.txt": "3 Rest.\n", "d/Answers.xlsx": ""},
        "d",
        r"MultiExtractiveSummaries\.txt:1: is not a number\|\|summary line",
    ),
}


@pytest.mark.parametrize("case", ERRORS)
def test_errors_are_one_line_that_names_the_file(tmp_path: Path, case: str) -> None:
    files, name, message = ERRORS[case]
    for file, content in files.items():
        put(tmp_path, {file: ""})
        (tmp_path / file).write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(CorpusError) as caught:
        read_list(tmp_path / name)
    assert re.search(message, str(caught.value))
    assert str(caught.value).startswith(str(tmp_path))
    assert "\n" not in str(caught.value)
