"""JSON lines and JSON files; each record is told by its keys."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import mediqa, multi_news, own, wcep
from .files import read_lines
from .topic import CorpusError, Topic, located


def read_json_lines(path: Path) -> Iterator[Topic]:
    """Read a record a line; a record without an id is named after its line.

    :param path: A file, gzipped where its name ends in ``.gz``.
    :raises CorpusError: If a line is not a topic.
    """
    for number, line in read_lines(path):
        if line.strip():
            with located(f"{path}:{number}"):
                topic = topic_from(json.loads(line), str(number))
            if topic:
                yield topic


def read_json(path: Path) -> Iterator[Topic]:
    """Read a JSON file: a list of records, records by id, one record, or after all one a line.

    :param path: A file, gzipped where its name ends in ``.gz``.
    :raises CorpusError: If it is not JSON or a record is not a topic.
    """
    try:
        content = json.loads("\n".join(line for _, line in read_lines(path)))
    except (json.JSONDecodeError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":
            yield from read_json_lines(path)
            return
        raise CorpusError(f"{path}: is not JSON ({error})") from error
    for name, record in _named(content):
        with located(f"{path}: record {name}"):
            topic = topic_from(record, name)
        if topic:
            yield topic


def _named(content: Any) -> Iterator[tuple[str, Any]]:
    """Give the records with what to call those without an id."""
    if isinstance(content, list):
        for number, record in enumerate(content, 1):
            yield str(number), record
    elif (
        isinstance(content, dict)
        and content
        and all(isinstance(value, dict) for value in content.values())
    ):
        yield from content.items()
    else:
        yield "1", content


def topic_from(record: Any, name: str) -> Topic | None:
    """Make a topic of a record of any of the formats.

    :param record: A decoded JSON value.
    :param name: The id of a record without one.
    :return: The topic; None for one without documents that its owners' list is known to have.
    """
    if not isinstance(record, dict):
        raise TypeError("not an object")
    if "articles" in record:
        return wcep.topic_from(record, name)
    if "document" in record:
        return multi_news.topic_from(record, name)
    if "answers" in record:
        return mediqa.topic_from(record, name)
    return own.topic_from(record, name)
