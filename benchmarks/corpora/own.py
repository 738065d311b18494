"""Corpora with human references, one topic a line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from summarizer import Document


@dataclass(frozen=True, slots=True)
class Topic:
    """Documents about one subject and how people summarized them."""

    id: str
    documents: tuple[Document, ...]
    references: tuple[str, ...]


def read_topics(path: Path) -> Iterator[Topic]:
    """Read ``{"id", "documents": [{"id", "title", "text"}], "references": [...]}`` lines.

    :param path: A JSONL file.
    :raises ValueError: If a line is not such a topic; it names the line.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                topic = json.loads(line)
                documents = tuple(
                    Document(str(d.get("id", place)), d["text"], d.get("title") or "")
                    for place, d in enumerate(topic["documents"])
                )
                if not documents or not topic["references"]:
                    raise ValueError("no documents or no references")
                yield Topic(str(topic.get("id", number)), documents, tuple(topic["references"]))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"{path}:{number}: is not a topic ({error!r})") from error
