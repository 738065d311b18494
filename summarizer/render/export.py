"""What other programs take: a summary for Word, and its sources for programs for literature.

The latter are RIS, BibTeX and CSL-JSON. Every value of them is one line without control characters,
so that none can begin a field or an entry.
"""

import json
import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ..datatypes import Source
from ..text.tokens import normalize_space
from .labels import citation, describe, describe_difference, differing_pairs, shown_days
from .safe import encode_address, printable, printable_json, printable_line, web_address

if TYPE_CHECKING:
    from ..subject.summary import Summary

# What XML cannot hold and ``printable`` does not escape.
_NO_XML = re.compile("[\ufffe\uffff]")
_LONGEST_PROPERTY = 255
# BibTeX counts braces even behind a backslash, so these have names.
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{letter: f"\\{letter}" for letter in "$&#_%"},
    }
)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def render_docx(summary: "Summary") -> bytes:
    """Return a summary as a Word document, the same bytes whenever it is made."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    document.core_properties.author = ""
    # Word limits properties, and a question may be of any length.
    document.core_properties.comments = _line(summary.signature)[:_LONGEST_PROPERTY]
    document.core_properties.title = title = f"Summary of {len(summary.sources)} sources"
    document.add_heading(title, 1)
    if summary.query:
        document.add_paragraph(f"Question: {_line(summary.query)}")
    days = shown_days(summary.sources)
    for sentence in summary.sentences:
        paragraph = document.add_paragraph(_line(sentence.text) + " ")
        cited = paragraph.add_run(_line(citation(sentence, days.get(sentence.source, ""))))
        cited.font.size = Pt(9)
    if not summary.sentences:
        document.add_paragraph(
            _line(summary.warnings[-1]) if summary.warnings else "Nothing found."
        )
    for heading, pairs in differing_pairs(summary).items():
        document.add_heading(heading, 2)
        for quote, other in pairs:
            known = _line(f"{describe_difference(quote, other)}: {other.text}")
            document.add_paragraph(known, style="List Bullet")
    document.add_heading("Sources", 2)
    for source in summary.sources:
        document.add_paragraph(_line(f"[{source.number}] {describe(source)}"))
    written = BytesIO()
    document.save(written)
    return _without_times(written)


def _line(text: str) -> str:
    return _NO_XML.sub("\ufffd", printable(normalize_space(text)))


def _without_times(written: BytesIO) -> bytes:
    """Repack a document with the same fixed time for all of its parts."""
    packed = BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def render_ris(sources: Iterable[Source]) -> str:
    """Return sources as RIS, without a line feed at its end."""
    lines: list[str] = []
    for source in sources:
        known = _known_fields(source)
        day = known.get("date", "")
        fields = [
            ("TY", "ELEC" if "url" in known else "GEN"),
            ("ID", f"source{source.number}"),
            ("TI", known["title"]),
            ("AU", known.get("author")),
            ("T2", known.get("site")),
            ("PY", day[:4]),
            ("DA", f"{day.replace('-', '/')}/" if day else None),
            ("UR", known.get("url")),
        ]
        lines += [f"{tag}  - {value}" for tag, value in fields if value]
        lines += ["ER  - ", ""]
    return "\n".join(lines).rstrip("\n")


def render_bibtex(sources: Iterable[Source]) -> str:
    """Return sources as BibTeX in UTF-8, without a line feed at its end."""
    entries = []
    for source in sources:
        known = _known_fields(source)
        fields = {
            name: f"{{{value.translate(_LATEX)}}}" if name != "url" else f"{{{value}}}"
            for name, value in known.items()
        }
        for name in ("title", "author", "site"):
            # Inner braces keep capitals, and an institution from being read as a personal name.
            if name in fields:
                fields[name] = f"{{{fields[name]}}}"
        if "site" in fields:
            fields["organization"] = fields.pop("site")
        if "date" in fields:
            fields["year"] = f"{{{known['date'][:4]}}}"
        listed = "".join(f",\n  {name} = {value}" for name, value in fields.items())
        entries.append(f"@misc{{source{source.number}{listed}\n}}")
    return "\n\n".join(entries)


def render_csl(sources: Iterable[Source]) -> str:
    """Return sources as CSL-JSON, indented."""
    items: list[dict[str, Any]] = []
    for source in sources:
        known = _known_fields(source)
        day = _DAY.fullmatch(known.get("date", ""))
        item = {
            "id": f"source{source.number}",
            "type": "webpage" if "url" in known else "document",
            "title": known["title"],
            "author": [{"literal": known["author"]}] if "author" in known else None,
            "container-title": known.get("site"),
            "issued": {"date-parts": [list(map(int, day.groups()))]} if day else None,
            "URL": known.get("url"),
        }
        items.append({name: value for name, value in item.items() if value is not None})
    return printable_json(json.dumps(items, ensure_ascii=False, indent=2))


def _known_fields(source: Source) -> dict[str, str]:
    """Return the known fields of a source, each in one line."""
    address = web_address(source.url)
    known = {
        "title": source.title or source.id,
        "author": source.author or "",
        "site": source.site or "",
        "date": source.date or "",
        "url": encode_address(address) if address else "",
    }
    lines = {name: printable_line(value) for name, value in known.items()}
    return {name: value for name, value in lines.items() if value or name == "title"}
