"""Multi-News: pairs of files with a topic a line, or the Hugging Face hub's parquet and JSON."""

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from typing import Any

from summarizer import Document

from .files import read_lines
from .topic import CorpusError, Topic, located

ORIGIN = "Multi-News comes from its authors (github.com/Alex-Fabbri/Multi-News)"
_SEPARATOR = re.compile(r"story_separator_special_tag|\|{5}")
_LEADING_DASH = re.compile(r"^\s*[-–—]\s+")


def topic_from(record: Any, name: str) -> Topic | None:
    """Make a topic of ``{"document", "summary"}``, its documents a list or one separated text.

    :param record: A decoded JSON object.
    :param name: The id of a topic without one.
    :return: The topic; None where there is no text, as for a few topics of the owners.
    """
    given, summary = record["document"], record["summary"]
    if not isinstance(given, list):
        given = _SEPARATOR.split(given)
    texts = [_lines(text) for text in given]
    documents = tuple(
        Document(f"d{place}", text) for place, text in enumerate(filter(None, texts), 1)
    )
    if not documents:
        return None
    reference = _LEADING_DASH.sub("", _lines(summary))
    return Topic(str(record.get("id", name)), documents, (reference,))


def read_pairs(path: Path) -> Iterator[Topic]:
    """Read a ``.src`` file (also ``.src.cleaned``) and the ``.tgt`` file beside it.

    A topic is named after the file and the line, e.g. ``test-1``.

    :param path: The source file.
    :raises CorpusError: If one of them is missing or has more lines than the other.
    """
    stem = path.name.partition(".src")[0]
    targets = path.with_name(f"{stem}.tgt")
    if not targets.exists():
        raise CorpusError(f"{targets}: is missing beside {path.name}; {ORIGIN}")
    for source, target in zip_longest(read_lines(path), read_lines(targets)):
        if source is None or target is None:
            number = (source or target)[0]
            raise CorpusError(f"{path}:{number}: has no counterpart in {targets.name}, or it here")
        number = source[0]
        with located(f"{path}:{number}"):
            topic = topic_from({"document": source[1], "summary": target[1]}, f"{stem}-{number}")
        if topic:
            yield topic


def read_parquet(path: Path) -> Iterator[Topic]:
    """Read a parquet file with the columns ``document`` and ``summary``.

    A topic is named after the file and the row, counted from 1.

    :raises CorpusError: If it is not such a file, or pyarrow is not installed.
    """
    try:
        parquet = import_module("pyarrow.parquet")
    except ImportError as error:
        raise CorpusError(f"{path}: needs pyarrow; pip install pyarrow") from error
    number = 0
    for batch in _batches(parquet, path):
        for record in batch:
            number += 1
            with located(f"{path}: row {number}"):
                topic = topic_from(record, f"{path.stem}-{number}")
            if topic:
                yield topic


def _batches(parquet: Any, path: Path) -> Iterator[list[dict[str, Any]]]:
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=256, columns=["document", "summary"]):
                yield batch.to_pylist()
    except (OSError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise CorpusError(f"{path}: is not readable parquet ({reason})") from error


def _lines(text: str) -> str:
    lines = text.replace("NEWLINE_CHAR", "\n").split("\n")
    return "\n".join(line.strip() for line in lines).strip()
