"""The cells of a spreadsheet, as text."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from .files import opened
from .topic import CorpusError

_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read the first sheet.

    :return: The filled cells of each row by the letters of their column.
    :raises CorpusError: If the file is not an ``.xlsx`` workbook.
    """
    try:
        with opened(path) as file, ZipFile(file) as book:
            strings: list[str] = []
            if "xl/sharedStrings.xml" in book.namelist():
                root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
                strings = [_text(item) for item in root.iter(f"{_NAMESPACE}si")]
            sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
            return [dict(_cells(row, strings)) for row in sheet.iter(f"{_NAMESPACE}row")]
    except (BadZipFile, ElementTree.ParseError, LookupError, ValueError) as error:
        if isinstance(error, CorpusError):
            raise
        raise CorpusError(f"{path}: is not an .xlsx workbook ({error})") from error


def _cells(row: ElementTree.Element, strings: list[str]) -> Iterator[tuple[str, str]]:
    for cell in row.iter(f"{_NAMESPACE}c"):
        text = _text(cell)
        if cell.get("t") == "s":
            text = strings[int(text)]
        if text:
            yield re.sub(r"\d", "", cell.get("r", "")), text


def _text(element: ElementTree.Element) -> str:
    """Join what an element says, without the phonetic guides that it may have."""
    tags = (f"{_NAMESPACE}t", f"{_NAMESPACE}v")
    guides = {part for guide in element.iter(f"{_NAMESPACE}rPh") for part in guide}
    return "".join(
        part.text or "" for part in element.iter() if part.tag in tags and part not in guides
    )
