"""Sources for programs for literature, and summaries for Word: read again, they say the same."""

import json
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from summarizer import Source, Summary
from summarizer.render.export import render_bibtex, render_csl, render_docx, render_ris
from summarizer.render.safe import printable, printable_line
from summarizer.text.tokens import normalize_space

from .test_hostile import TEXTS, summary_of
from .test_render import SUMMARY

SOURCE = Source(
    *(7, "a.txt", "Fifty years: 100% & a {brace}", "a.txt", "https://a.example/x_y?a=1&b=%20#z"),
    *("2019-07-20", 3, True, "Ann Möller", "The Courier"),
)


def test_ris_names_what_is_known() -> None:
    assert render_ris([SOURCE]).splitlines() == [
        "TY  - ELEC",
        "ID  - source7",
        "TI  - Fifty years: 100% & a {brace}",
        "AU  - Ann Möller",
        "T2  - The Courier",
        "PY  - 2019",
        "DA  - 2019/07/20/",
        "UR  - https://a.example/x_y?a=1&b=%20#z",
        "ER  - ",
    ]


def test_csl_names_what_is_known() -> None:
    assert json.loads(render_csl([SOURCE])) == [
        {
            "id": "source7",
            "type": "webpage",
            "title": "Fifty years: 100% & a {brace}",
            "author": [{"literal": "Ann Möller"}],
            "container-title": "The Courier",
            "issued": {"date-parts": [[2019, 7, 20]]},
            "URL": "https://a.example/x_y?a=1&b=%20#z",
        }
    ]


@pytest.mark.parametrize("text", [SOURCE.title, *TEXTS.values()])
def test_bibtex_is_read_again_as_it_was(text: str) -> None:
    source = replace(SOURCE, title=text, author=text)
    library = parse_string(render_bibtex([source]))
    assert not library.failed_blocks
    (entry,) = library.entries
    assert (entry.key, entry["url"]) == ("source7", SOURCE.url)
    assert (entry["date"], entry["year"]) == ("2019-07-20", "2019")
    decoded = parse_string(
        render_bibtex([source]), append_middleware=[LatexDecodingMiddleware()]
    ).entries[0]
    # Which braces are markup, the decoder cannot tell.
    plain = str.maketrans("ˆ", "^", "{} ")
    for name in ("title", "author"):
        assert decoded[name].translate(plain) == printable_line(text).translate(plain)


@pytest.mark.parametrize("text", TEXTS.values())
def test_no_text_adds_a_field_or_an_entry(text: str) -> None:
    summary = summary_of(text)
    known = {"TY", "ID", "TI", "AU", "T2", "PY", "DA", "UR", "ER"}
    lines = render_ris(summary.sources).splitlines()
    assert all(line[:2] in known and line[2:6] == "  - " for line in lines if line)
    assert lines.count("ER  - ") == len(summary.sources)
    assert len(json.loads(render_csl(summary.sources))) == len(summary.sources)
    library = parse_string(render_bibtex(summary.sources))
    assert len(library.entries) == len(summary.sources)
    assert len(library.blocks) == len(library.entries)


@pytest.mark.parametrize("summary", [SUMMARY, *map(summary_of, TEXTS.values())])
def test_word_document_is_the_same_again_and_holds_every_quote(summary: Summary) -> None:
    written = render_docx(summary)
    assert render_docx(summary) == written
    text = [part.text for part in docx.Document(BytesIO(written)).paragraphs]
    for quote in summary.sentences:
        assert any(line.startswith(printable(normalize_space(quote.text))) for line in text)
    assert sum(line.startswith("[") for line in text) >= len(summary.sources)
