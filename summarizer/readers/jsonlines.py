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

    :return: The documents; lines that are not JSON are left out and named in ``skipped``.
    :raises ReadError: If nothing of it has a text.
    """
    text = decode(data, origin.name)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return _read_lines(text, origin)
    elements = whole if isinstance(whole, list) else [whole]
    rows = ((number, element) for number, element in enumerate(elements, 1))
    return read_rows(((number, _object(row)) for number, row in rows), origin)


def _read_lines(text: str, origin: Origin) -> Documents:
    broken: list[int] = []
    try:
        found = read_rows(_lines(text, broken), origin)
    except ReadError as error:
        if not broken:
            raise
        message = f"line {broken[0]} is not JSON; mend or remove it"
        raise ReadError(f"{origin.name}: {message}") from error
    if not broken:
        return found
    first = f"line {broken[0]}"
    more = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
    return Documents(found, [*found.skipped, f"{origin.name}: {first}{more} not JSON; left out"])


def _lines(text: str, broken: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, _object(json.loads(line))
            except (ValueError, RecursionError):
                broken.append(number)


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
