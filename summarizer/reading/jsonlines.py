"""JSON: one document a line (JSONL), or one an object of a list."""

import json
from collections.abc import Iterator
from typing import Any

from ..errors import ReadError
from .columns import read_rows
from .decoding import decode
from .documents import Documents, Origin


def read_json(data: bytes, origin: Origin) -> Documents:
    """Make a document of each object with a text.

    Rows are lines of a JSONL file, or elements of a list, counted from 1.

    :raises ReadError: If it is neither, or a line is not JSON.
    """
    text = decode(data, origin.name)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return read_rows(_lines(text, origin), origin)
    elements = whole if isinstance(whole, list) else [whole]
    rows = ((number, element) for number, element in enumerate(elements, 1))
    return read_rows(((number, _object(row)) for number, row in rows), origin)


def _lines(text: str, origin: Origin) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, _object(json.loads(line))
            except (ValueError, RecursionError) as error:
                message = f"line {number} is not JSON; mend or remove it"
                raise ReadError(f"{origin.name}: {message}") from error


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
