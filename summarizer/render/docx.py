"""A summary as a Word document: the quotes with their citations, then the list of sources."""

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from ..text.tokens import normalize_space
from .labels import citation, describe, differing_pairs, shown_days, told_differently
from .safe import printable

if TYPE_CHECKING:
    from ..summary import Summary

# What XML cannot hold beside what ``printable`` shows as escapes.
_NO_XML = re.compile("[\ufffe\uffff]")
_LONGEST_PROPERTY = 255


def render_docx(summary: "Summary") -> bytes:
    """Return a summary as a Word document, the same bytes whenever it is made."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    document.core_properties.author = ""
    # Word holds no longer property, and a question may be of any length.
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
            told = _line(f"{told_differently(quote, other)}: {other.text}")
            document.add_paragraph(told, style="List Bullet")
    document.add_heading("Sources", 2)
    for source in summary.sources:
        document.add_paragraph(_line(f"[{source.number}] {describe(source)}"))
    written = BytesIO()
    document.save(written)
    return _without_times(written)


def _line(text: str) -> str:
    return _NO_XML.sub("\ufffd", printable(normalize_space(text)))


def _without_times(written: BytesIO) -> bytes:
    """Pack the parts of a document anew, with one time for all that is not that of the clock."""
    packed = BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
