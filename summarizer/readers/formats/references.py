"""Lists of literature (RIS, BibTeX): the abstract of each entry is a document."""

import re
from collections.abc import Iterator

from ..documents import Documents, Origin, one_line
from ..encodings import decode
from .tables import read_rows

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


def read_ris(data: bytes, origin: Origin) -> Documents:
    """Make a document of each entry of a RIS file that has an abstract.

    :raises ReadError: If none has.
    """
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
    """Make a document of each entry of a BibTeX file that has an abstract, by bibtexparser.

    :raises ReadError: If none has.
    """
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
    broken = [f"{origin.name}: {len(library.failed_blocks)} entries are damaged and left out"]
    found = read_rows(enumerate(rows, 1), origin)
    return Documents(found, [*found.skipped, *(broken if library.failed_blocks else [])])
