"""CSV and other tables of text: one document a row."""

import csv
from collections.abc import Iterator
from io import StringIO

from ..errors import ReadError
from .columns import read_rows
from .decoding import decode
from .documents import Documents, Origin

_DELIMITERS = ",;\t|"


def read_csv(data: bytes, origin: Origin) -> Documents:
    """Make a document of each row of a table whose first row names the columns.

    Rows are counted as a spreadsheet counts them: the names of the columns are row 1.

    :raises ReadError: If it is not such a table.
    """
    return read_rows(_rows(decode(data, origin.name), origin), origin)


def _rows(text: str, origin: Origin) -> Iterator[tuple[int, dict[str, object]]]:
    header = text[: text.find("\n") + 1 or None]
    delimiter = max(_DELIMITERS, key=header.count)
    csv.field_size_limit(max(len(text), 1))
    table = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = next(table, [])
        for number, cells in enumerate(table, 2):
            if cells:  # an empty line is no row, but counted
                yield number, dict(zip(names, cells, strict=False))
    except csv.Error as error:
        raise ReadError(f"{origin.name}: is not a table of text ({error})") from error
