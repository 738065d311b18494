"""Tables of texts, one document a row: CSV, spreadsheets, JSON, lists of literature (RIS, BibTeX).

Which column is the text, title, date, author, site or address is told by its name; where none has
the name of a text, by which one alone holds prose.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO, StringIO
from itertools import chain, islice
from threading import Lock
from typing import Any

from ...datatypes import Document, Marks
from ...errors import ReadError, counted
from ..documents import GAP, Documents, Origin, find_day, one_line
from ..encodings import decode
from ..limits import TOO_MANY

_IGNORED = re.compile(r"[\s_\ufeff-]")
_SYNONYMS = {
    "text": (
        *("text", "content", "body", "article", "articlebody", "fulltext", "pagecontent"),
        *("review", "reviewtext", "reviewbody", "message", "comment", "abstract", "description"),
        *("selftext", "texto", "texte", "testo", "inhalt", "contenido", "contenu", "contenuto"),
        *("conteúdo", "tekst", "treść", "текст", "正文", "内容", "內容", "本文", "النص"),
    ),
    "title": (
        *("title", "headline", "subject", "titel", "überschrift", "titre", "título", "titulo"),
        *("titolo", "tytuł", "заголовок", "标题", "標題", "タイトル", "제목", "العنوان"),
    ),
    "date": (
        *("date", "published", "datepublished", "publishedat", "publicationdate", "createdat"),
        *("timestamp", "datum", "fecha", "data", "дата", "日期", "日付", "날짜", "التاريخ"),
    ),
    "url": ("url", "link"),
    "author": (
        *("author", "byline", "from", "sender", "userprofile", "user", "username", "autor"),
        *("verfasser", "auteur", "autore", "автор", "作者", "著者", "작성자"),
    ),
    "site": ("site", "source", "publisher"),
}
# What JSON calls the name of a person who is a record.
_NAMES = ("name", "login", "username", "display_name", "displayName", "screen_name", "real_name")
_DELIMITERS = ",;\t|"
# Held while the longest cell that csv reads is changed.
_CSV_LIMIT = Lock()
_DECLARED_DELIMITER = re.compile(r"sep=(.)\r?\n")
# The delimiter and the column of prose are told by the beginning of a table.
_SAMPLE_ROWS = 50
_SAMPLE = 1 << 16
# In the mean a cell of prose has at least this many words, of a column that no name tells.
_PROSE_WORDS = 5
_LONGER = 2
# "Study Title", not "Job Title".
_TITLED, _TITLE_WORDS = re.compile(r"(?<!job)[\s_-]title\Z", re.IGNORECASE), 3
# Lists of records in exports are found at most this many levels within the whole.
_LEVELS = 3
_MARKUP = re.compile(
    r"</?(?:\w{1,9}:)?(?:p|br|div|span|b|i|em|strong|a|ul|ol|li|h[1-6]|blockquote|table|tr|td|sup|sub|title|sec)\b[^<>]{0,999}>"
    r"|&(?:amp|lt|gt|quot|nbsp|#\d{1,7}|#x[\da-f]{1,6});",
    re.IGNORECASE,
)
# Links, people and channels as Slack labels them: "<https://x.org|the plan>", "<@U02|maya>".
_LINK = re.compile(r"<(?:(?:https?|mailto):|[@#!])[^<>|\s]{1,2000}\|([^<>]{1,500})>")

_RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?$")
_RIS_FIELDS = {
    **dict.fromkeys(("AB", "N2"), "abstract"),
    **dict.fromkeys(("TI", "T1"), "title"),
    **dict.fromkeys(("DA", "Y1"), "date"),
    **dict.fromkeys(("AU", "A1"), "author"),
    **dict.fromkeys(("JO", "JF", "T2"), "source"),
    "UR": "url",
}
_BIBTEX_FIELDS = ("abstract", "title", "date", "author", "url")

_Row = Mapping[str, object]


def text_column(names: Iterable[object]) -> str | None:
    """Return the one of these column names that holds the text, or None."""
    return _columns(names).get("text")


def _columns(names: Iterable[object]) -> dict[str, str]:
    """Find the columns by their names, the commonest name first; spaces, _ and case are ignored."""
    folded: dict[str, str] = {}
    for name in names:
        if isinstance(name, str):
            folded.setdefault(_IGNORED.sub("", name).lower(), name)
    return {
        field: folded[synonym]
        for field, synonyms in _SYNONYMS.items()
        for synonym in reversed(synonyms)
        if synonym in folded
    }


def _mean_words(rows: Iterable[_Row]) -> dict[str, float]:
    """Return how many words the cells of each column have that hold any."""
    words: dict[str, list[int]] = {}
    for row in rows:
        for name, cell in row.items():
            if isinstance(cell, str) and cell.strip():
                words.setdefault(name, []).append(len(cell.split()))
    return {name: sum(found) / len(found) for name, found in words.items()}


def _column_of_prose(mean: Mapping[str, float]) -> str | None:
    """Return the column whose cells are sentences, the longest by far where several are."""
    first, *others = sorted(mean, key=lambda name: -mean[name]) or [""]
    longest = mean.get(first, 0.0)
    alone = longest >= _PROSE_WORDS and all(
        mean[name] < max(_PROSE_WORDS, longest / _LONGER) for name in others
    )
    return first if alone else None


def read_rows(rows: Iterable[tuple[int, _Row]], origin: Origin) -> Documents:
    """Make a document of each row, which comes with the number by which people count it.

    Rows without text are left out and counted in ``skipped``.
    """
    documents: list[Document] = []
    skipped: list[str] = []
    without = 0
    rows = iter(rows)
    sample = list(islice(rows, _SAMPLE_ROWS))
    prose = None
    mean = _mean_words(row for _, row in sample)
    # A title of something, which has some words; one of jobs, say, has fewer.
    titled = next((n for n in mean if _TITLED.search(n) and mean[n] >= _TITLE_WORDS), None)
    if origin.column is None and not any(text_column(_flat(row)) for _, row in sample):
        prose = _column_of_prose(mean)
    for number, row in chain(sample, rows):
        columns = _columns(_flat(row))
        if titled:
            columns.setdefault("title", titled)
        if column := origin.column or prose:
            columns["text"] = column
        cells = {field: row.get(name) for field, name in columns.items()}
        text = cells.get("text")
        if not isinstance(text, str) or not text.strip():
            without += 1
            continue
        if len(documents) == origin.most:
            skipped.append(f"{origin.name}: is left out from row {number} on; {TOO_MANY}")
            break
        documents.append(_document(text, cells, number, origin))
    if not documents and origin.column is not None:
        raise ReadError(f"{origin.name}: has no text in a column called {origin.column}")
    if not documents:
        names = ", ".join(_SYNONYMS["text"][:4])
        raise ReadError(f"{origin.name}: has no text in a column called {names}; rename one")
    if without:
        skipped.append(f"{origin.name}: {counted(without, 'row')} without text left out")
    return Documents(documents, skipped)


def _flat(row: _Row) -> Iterator[str]:
    """Yield the columns of a row that hold no records of their own."""
    return (name for name, cell in row.items() if not isinstance(cell, dict | list))


def _document(text: str, cells: _Row, number: int, origin: Origin) -> Document:
    strings = {field: str(cell).strip() for field, cell in cells.items() if _plain(cell)}
    text = _LINK.sub(r"\1", text)
    if _MARKUP.search(text):
        from .html import text_of_markup

        text = text_of_markup(text) or text
    return Document(
        id=f"{origin.id}#{number}",
        text=text,
        title=one_line(strings.get("title", "")),
        date=find_day(strings.get("date", "")),
        path=origin.path,
        url=strings.get("url") or None,
        author=strings.get("author") or None,
        site=strings.get("site") or None,
        marks=Marks("row", (0,), number),
    )


def _plain(cell: object) -> bool:
    return isinstance(cell, str | int | float) and not isinstance(cell, bool)


def read_csv(data: bytes, origin: Origin) -> Documents:
    """Make a document of each row of a table; the names of the columns are row 1."""
    text = decode(data, origin.name)
    declared = _DECLARED_DELIMITER.match(text)
    text = text[declared.end() :] if declared else text
    delimiter = declared[1] if declared else _find_delimiter(text)
    wide: list[int] = []
    found = read_rows(_csv_rows(text, delimiter, origin, wide), origin)
    if not wide:
        return found
    message = "with more cells than there are columns; what is beyond them is left out"
    return Documents(found, [*found.skipped, f"{origin.name}: {_first('row', wide)} {message}"])


def _first(noun: str, numbers: list[int]) -> str:
    return f"{noun} {numbers[0]}" + (f" and {len(numbers) - 1} more" if len(numbers) > 1 else "")


def _find_delimiter(text: str) -> str:
    """Return what separates the first rows into equally many cells, two at least."""

    def evenness(delimiter: str) -> tuple[float, int]:
        table = csv.reader(StringIO(text[:_SAMPLE], newline=""), delimiter=delimiter)
        try:
            widths = [len(cells) for cells in islice(table, _SAMPLE_ROWS) if cells]
        except csv.Error:
            return (0.0, 0)
        if len(text) > _SAMPLE and len(widths) > 2:
            widths.pop()  # perhaps cut within a row
        if not widths or widths[0] < 2:
            return (0.0, 0)
        return (widths.count(widths[0]) / len(widths), widths[0])

    return max(_DELIMITERS, key=evenness)


def _csv_rows(
    text: str, delimiter: str, origin: Origin, wide: list[int]
) -> Iterator[tuple[int, _Row]]:
    with _CSV_LIMIT:
        # Of the whole process, so it is set back.
        before = csv.field_size_limit(max(len(text), 1))
        try:
            table = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error as error:
            raise ReadError(f"{origin.name}: is not a table of text ({error})") from error
        finally:
            csv.field_size_limit(before)
    names = table[0] if table else []
    for number, cells in enumerate(table[1:], 2):
        if cells:  # an empty line is not a row, but counted
            if len(cells) > len(names) and any(cells[len(names) :]):
                wide.append(number)
            yield number, dict(zip(names, cells, strict=False))


def read_spreadsheet(data: bytes, origin: Origin) -> Documents:
    """Make a document of each row of the sheets of a workbook (XLSX, ODS), by calamine.

    The first row of a sheet names its columns; sheets without a text are left out and named.
    """
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets: list[tuple[str, list[list[Any]]]] = [
            (name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in workbook.sheet_names
        ]
    except Exception as error:  # it passes on the errors of all that it is made of
        raise ReadError(
            f"{origin.name}: is a damaged spreadsheet ({one_line(str(error))})"
        ) from error
    documents: list[Document] = []
    skipped: list[str] = []
    for name, rows in sheets:
        names = [str(cell) for cell in rows[0]] if rows else []
        several = len(sheets) > 1
        own = f"{origin.id}#{name}" if several else origin.id
        sheet = replace(origin, id=own, most=origin.most - len(documents))
        if sheet.most == 0:
            skipped.append(f"{origin.name}: is left out from sheet {name} on; {TOO_MANY}")
            break
        try:
            cells = (
                (number, {n: _cell(c) for n, c in zip(names, row, strict=False)})
                for number, row in enumerate(rows[1:], 2)
                if any(cell != "" for cell in row)
            )
            found = read_rows(cells, sheet)
        except ReadError as error:
            if not several:
                raise
            skipped.append(f"{error} (sheet {name})")
            continue
        documents += found
        skipped += found.skipped
    if not documents:
        raise ReadError("; ".join(skipped) or f"{origin.name}: holds no text")
    return Documents(documents, skipped)


def _cell(value: Any) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def read_json(data: bytes, origin: Origin) -> Documents:
    """Make a document of each object with a text: of a line of JSONL, or of an element of a list.

    The list may stand within an object, as in exports: ``{"messages": [...]}``. Lines that are not
    JSON are left out and named.
    """
    text = decode(data, origin.name)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return _read_lines(text, origin)
    elements = enumerate(_records(whole, origin.column), 1)
    return read_rows(((number, _object(row)) for number, row in elements), origin)


def _records(whole: object, column: str | None) -> list[Any]:
    """Return the longest list of objects with a text within JSON, or the whole as the only one."""
    level = [whole]
    for _ in range(_LEVELS):
        lists = [part for part in level if isinstance(part, list)]
        for found in sorted(lists, key=len, reverse=True):
            if any(_has_text(element, column) for element in found):
                return [record for element in found for record in _with_answers(element)]
        objects = [part for part in level if isinstance(part, dict)]
        if any(_has_text(part, column) for part in objects):
            return [record for part in objects for record in _with_answers(part)]
        inner = [element for part in lists for element in part if isinstance(element, dict)]
        level = [value for part in [*objects, *inner] for value in part.values()]
    return whole if isinstance(whole, list) else [whole]


def _has_text(part: object, column: str | None) -> bool:
    return isinstance(part, dict) and (column in part or text_column(_flat(part)) is not None)


def _with_answers(record: object) -> Iterator[object]:
    """Yield a record and, under its title, what others wrote below it: records with authors."""
    yield record
    if not isinstance(record, dict):
        return
    title = _columns(record).get("title")
    inherited = {title: record[title]} if title else {}
    for value in record.values():
        for element in value if isinstance(value, list) else ():
            if _has_text(element, None) and "author" in _columns(element):
                yield from _with_answers({**inherited, **element})


def _read_lines(text: str, origin: Origin) -> Documents:
    broken: list[int] = []
    try:
        found = read_rows(_json_lines(text, broken), origin)
    except ReadError as error:
        if not broken:
            raise
        message = f"line {broken[0]} is not JSON; mend or remove it"
        raise ReadError(f"{origin.name}: {message}") from error
    if not broken:
        return found
    message = f"{origin.name}: {_first('line', broken)} not JSON; left out"
    return Documents(found, [*found.skipped, message])


def _json_lines(text: str, broken: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, _object(json.loads(line))
            except (ValueError, RecursionError):
                broken.append(number)


def _object(value: object) -> dict[str, Any]:
    """Return a record, with the names of people and the texts of parts in the place of records."""
    record = value if isinstance(value, dict) else {}
    return {name: _said(cell) if _columns([name]) else cell for name, cell in record.items()}


def _said(cell: Any) -> Any:
    if isinstance(cell, dict):
        return next((cell[name] for name in _NAMES if isinstance(cell.get(name), str)), cell)
    if isinstance(cell, list) and cell:
        parts = [part.get("text") if isinstance(part, dict) else part for part in cell]
        strings = [part for part in parts if isinstance(part, str)]
        # Pieces of a line, some of them links, or else paragraphs.
        between = GAP if cell == strings else ""
        return between.join(strings) if len(strings) == len(parts) else cell
    return cell


def read_ris(data: bytes, origin: Origin) -> Documents:
    """Make a document of each entry of a RIS file that has an abstract."""
    return read_rows(enumerate(_ris_entries(decode(data, origin.name)), 1), origin)


def _ris_entries(text: str) -> Iterator[dict[str, object]]:
    entry: dict[str, list[str]] = {}
    field = ""
    for line in text.splitlines():
        tag = _RIS_LINE.match(line)
        if tag is None:
            if field and line.strip():
                entry[field][-1] += f" {line.strip()}"
        elif tag[1] == "ER":
            yield {name: "; ".join(values) for name, values in entry.items()}
            entry, field = {}, ""
        else:
            field = _RIS_FIELDS.get(tag[1], "")
            if field:
                entry.setdefault(field, []).append((tag[2] or "").strip())
    if entry:
        yield {name: "; ".join(values) for name, values in entry.items()}


def read_bibtex(data: bytes, origin: Origin) -> Documents:
    """Make a document of each entry of a BibTeX file that has an abstract, by bibtexparser."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import LatexDecodingMiddleware

    library = parse_string(decode(data, origin.name), append_middleware=[LatexDecodingMiddleware()])
    rows: list[dict[str, object]] = []
    for entry in library.entries:
        fields = {name.lower(): field.value for name, field in entry.fields_dict.items()}
        row: dict[str, object] = {
            name: one_line(str(fields[name])) for name in _BIBTEX_FIELDS if name in fields
        }
        row["source"] = one_line(str(fields.get("journal", "")))
        rows.append(row)
    found = read_rows(enumerate(rows, 1), origin)
    skipped = list(found.skipped)
    if damaged := len(library.failed_blocks):
        entries = "1 entry is" if damaged == 1 else f"{damaged} entries are"
        skipped.append(f"{origin.name}: {entries} damaged and left out")
    return Documents(found, skipped)
