"""Sources as programs for literature read them: RIS, BibTeX and CSL-JSON.

Every value is one line without control characters, so that none can begin a field or an entry.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from ..datatypes import Source
from .safe import encode_address, printable_json, printable_line, web_address

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


def render_ris(sources: Iterable[Source]) -> str:
    """Return sources as RIS, without a line feed at its end."""
    lines: list[str] = []
    for source in sources:
        told = _told(source)
        day = told.get("date", "")
        fields = [
            ("TY", "ELEC" if "url" in told else "GEN"),
            ("ID", f"source{source.number}"),
            ("TI", told["title"]),
            ("AU", told.get("author")),
            ("T2", told.get("site")),
            ("PY", day[:4]),
            ("DA", f"{day.replace('-', '/')}/" if day else None),
            ("UR", told.get("url")),
        ]
        lines += [f"{tag}  - {value}" for tag, value in fields if value]
        lines += ["ER  - ", ""]
    return "\n".join(lines).rstrip("\n")


def render_bibtex(sources: Iterable[Source]) -> str:
    """Return sources as BibTeX in UTF-8, without a line feed at its end."""
    entries = []
    for source in sources:
        told = _told(source)
        fields = {
            name: f"{{{value.translate(_LATEX)}}}" if name != "url" else f"{{{value}}}"
            for name, value in told.items()
        }
        for name in ("title", "author", "site"):
            # The inner braces keep capitals, and an author who is an institution in one piece.
            if name in fields:
                fields[name] = f"{{{fields[name]}}}"
        if "site" in fields:
            fields["organization"] = fields.pop("site")
        if "date" in fields:
            fields["year"] = f"{{{told['date'][:4]}}}"
        listed = "".join(f",\n  {name} = {value}" for name, value in fields.items())
        entries.append(f"@misc{{source{source.number}{listed}\n}}")
    return "\n\n".join(entries)


def render_csl(sources: Iterable[Source]) -> str:
    """Return sources as CSL-JSON, indented."""
    items: list[dict[str, Any]] = []
    for source in sources:
        told = _told(source)
        item: dict[str, Any] = {
            "id": f"source{source.number}",
            "type": "webpage" if "url" in told else "document",
            "title": told["title"],
        }
        if "author" in told:
            item["author"] = [{"literal": told["author"]}]
        if "site" in told:
            item["container-title"] = told["site"]
        if day := _DAY.fullmatch(told.get("date", "")):
            item["issued"] = {"date-parts": [list(map(int, day.groups()))]}
        if "url" in told:
            item["URL"] = told["url"]
        items.append(item)
    return printable_json(json.dumps(items, ensure_ascii=False, indent=2))


def _told(source: Source) -> dict[str, str]:
    """Return what is known of a source by name, each in one line; without what is not known."""
    address = web_address(source.url)
    told = {
        "title": source.title or source.id,
        "author": source.author or "",
        "site": source.site or "",
        "date": source.date or "",
        "url": encode_address(address) if address else "",
    }
    lines = {name: printable_line(value) for name, value in told.items()}
    return {name: value for name, value in lines.items() if value or name == "title"}
