"""What is taken for a document, and what becomes of slices of what was read."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from summarizer import Document, Documents, OptionError, read, summarize
from summarizer.subject.sources import as_documents

TEXT = "The mayor closed the old bridge on Monday."


@dataclass
class Page:
    """A document as LangChain has it."""

    page_content: str
    metadata: dict[str, Any] = field(default_factory=dict)
    id: str | None = None


@dataclass
class Node:
    """A document as LlamaIndex has it."""

    text: str
    metadata: dict[str, Any]


def test_documents_of_other_libraries_and_dicts() -> None:
    told = {"title": "Bridge", "date": "2024-03-04T10:00Z", "source": "s3://a/b.txt", "page": 3}
    found = as_documents(
        [
            TEXT,
            Page(TEXT, told, "p1"),
            Node(TEXT, {"author": "Mara", "date": "soon", "title": 7}),
            {"text": TEXT, "title": "Bridge", "path": "a.txt", "section": "city"},
            {"text": TEXT, "id": 9, "metadata": {"url": "https://e.org/a"}},
            Document("own", TEXT),
        ]
    )
    assert [document.text for document in found] == [TEXT] * 6
    assert [document.id for document in found] == ["text 1", "p1", "text 3", "text 4", "9", "own"]
    assert (found[1].title, found[1].date, found[1].metadata) == ("Bridge", "2024-03-04", told)
    assert (found[2].author, found[2].date, found[2].title) == ("Mara", None, "")
    assert (found[3].title, found[3].path) == ("Bridge", "a.txt")
    assert found[3].metadata == {"section": "city"}
    assert found[4].url == "https://e.org/a"
    (source,) = summarize([Page(TEXT, told)]).sources
    assert source.metadata == told


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (5, "documents must be Documents or strings, not int"),
        (b"text", "documents must be Documents or strings, not bytes"),
        ([TEXT, 5], "document 2 must be a Document or have a text, not int"),
        ([{"body": TEXT}], "document 1 must be a Document or have a text, not dict"),
        ([{"text": TEXT, "date": "soon"}], "document 1: date must be YYYY-MM-DD, not 'soon'"),
        (
            [{"text": TEXT, "date": "2020-02-31"}],
            "document 1: date must be YYYY-MM-DD, not '2020-02-31'",
        ),
        ([{"text": TEXT, "title": 5}], "document 1: title must be a string, not int"),
        ([{"text": TEXT, "metadata": "x"}], "document 1: metadata must be a mapping, not str"),
        ([{"text": TEXT, "seen": json.loads("[" * 101 + "]" * 101)}], "nested more than 100 deep"),
        ([{"text": TEXT, "seen": {1, 2}}], "metadata must be what JSON can hold"),
    ],
)
def test_anything_else_is_refused(given: Any, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        as_documents(given)


def test_slice_of_what_was_read_keeps_what_was_skipped(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(TEXT.replace("Monday", f"day {name}"))
    (tmp_path / "d.txt").write_bytes(bytes(range(256)) * 9)
    found = read([tmp_path])
    assert len(found) == len(found.documents) == 3
    (skipped,) = found.skipped
    assert "d.txt: is not text" in skipped
    assert found[1:] == Documents(found.documents[1:], found.skipped)
    assert found[0] == found.documents[0]
    assert skipped in summarize(found[:1]).warnings
