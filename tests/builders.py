"""What tests build on: example sources, an encoder of words, tables, one story in every format.

``python -m tests.builders`` writes examples/formats anew.
"""

import csv
import io
import re
import shlex
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import numpy as np
import numpy.typing as npt

from summarizer import Document
from summarizer.rank.concepts import stem_sentences
from summarizer.text.language import language
from summarizer.text.table import SentenceTable
from summarizer.text.tokens import tokenize

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
# The documents that show commands with their outputs.
DOCUMENTS = (README, *sorted((ROOT / "docs").glob("*.md")))
EXAMPLE = ROOT / "examples" / "moon_landing"
# What generated sentences consist of; the last two subjects point back.
SUBJECTS = [
    "The mayor",
    "A spokesman for the port",
    "The council",
    "Engineers",
    "However, he",
    "It",
]
VERBS = ["closed", "praised", "inspected", "sold", "will rebuild"]
OBJECTS = [
    "the old bridge",
    "12 ferries",
    "the harbour",
    "a new tunnel",
    "its 40 cranes",
    "the plan",
]
ENDS = ["on Monday", "after the storm", "for 3 million euros", "with great care", "in the spring"]


class WordEncoder:
    """An encoder that knows words only: fast enough for thousands of generated documents."""

    name = "words"

    def encode(self, sentences: list[str], /) -> npt.NDArray[np.float32]:
        """Return (n, 64) counts of hashed words."""
        vectors = np.zeros((len(sentences), 64), dtype=np.float32)
        for row, sentence in enumerate(sentences):
            for word in tokenize(sentence):
                vectors[row, zlib.crc32(word.encode()) % 64] += 1
        return vectors


def table_of(*documents: Sequence[str], code: str = "en") -> SentenceTable:
    """Return the table of documents of which the sentences are given, each on a line of its own.

    :param documents: The sentences of each document.
    :param code: The language of all.
    """
    texts = [sentence for document in documents for sentence in document]
    own = np.repeat(np.arange(len(documents)), list(map(len, documents)))
    position = np.concatenate([np.zeros(0, np.intp), *(np.arange(len(d)) for d in documents)])
    lengths = np.array(list(map(len, texts)), dtype=np.int64)
    ends = (
        np.concatenate(
            [np.zeros(0, np.int64), *(np.cumsum([len(s) + 1 for s in d]) for d in documents)]
        )
        - 1
    )
    return SentenceTable(
        documents=tuple(Document(str(n), "\n".join(d)) for n, d in enumerate(documents)),
        row=np.arange(len(texts)),
        document=own.astype(np.intp),
        position=position.astype(np.intp),
        start=ends.astype(np.int64) - lengths,
        end=ends.astype(np.int64),
        stems=stem_sentences(texts, [language(code)] * len(texts)),
        latest=np.zeros(len(texts), dtype=bool),
        series=np.zeros(len(texts), dtype=np.intp),
    )


def unit(*rows: Sequence[float]) -> npt.NDArray[np.float32]:
    """Return rows scaled to length 1."""
    vectors = np.array(rows, dtype=np.float64)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


class Encoder:
    """Gives texts the vectors that it was told, others the last one, and notes what it is asked."""

    def __init__(self, vectors: Mapping[str, Sequence[float]]) -> None:
        self._vectors = vectors
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return a unit row for each text."""
        self.asked += texts
        return unit(*(self._vectors.get(text, (0, 0, 1)) for text in texts))


# The commands shown in the documents, and what they print.
_BLOCK = re.compile(
    r"(?<=^```console\n)\$ ((?:summarize|python examples/).*)\n((?:(?!```).*\n)*)", re.MULTILINE
)


def blocks() -> list[tuple[str, str]]:
    """Return each command of the documents with the output shown below it."""
    return [
        (match[1], match[2])
        for document in DOCUMENTS
        for match in _BLOCK.finditer(document.read_text(encoding="utf-8"))
    ]


def output_of(command: str) -> str:
    """Run a command of the documents from the top folder.

    ``summarize`` runs in this process, but for its help, which is as wide as a terminal.
    """
    name, *arguments = shlex.split(command)
    if name == "summarize" and "--help" not in arguments:
        from .cli.test_cli import invoke

        with chdir(ROOT):
            code, out, err = invoke(*arguments)
        assert code == 0, err
        return out
    module = ["-m", "summarizer"] if name == "summarize" else []
    done = subprocess.run(
        [sys.executable, *module, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout


def regenerate() -> None:
    """Write the outputs in the documents anew."""
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        shown = _BLOCK.sub(lambda match: f"$ {match[1]}\n{output_of(match[1])}", text)
        document.write_text(shown, encoding="utf-8")


# One invented story in every format, written by the libraries that people write them with.
TITLE = "Harbour bridge reopens after nine months"
DATE = "2023-05-12"
AUTHOR = "Mara Linden"
SITE = "Port Aldwick Gazette"
URL = "https://gazette.example/harbour-bridge"
PARAGRAPHS = (
    "The harbour bridge of Port Aldwick reopened on Friday after nine months of repairs that cost "
    "the town 4.2 million crowns.",
    "About three thousand people walked across it in the first hour, and the fishing boats in the "
    "basin below sounded their horns.",
    "Engineers had closed the bridge last August, when divers found rust in two of the eleven piers "
    "that carry the roadway.",
    "Both piers were cut off below the waterline and replaced by steel tubes filled with concrete, "
    "which are meant to last for eighty years.",
    "Mayor Ida Brandt said that the detour through the old quarry had cost every household in the "
    "western district half an hour a day.",
    "The ferry that replaced the bridge carried 212,000 passengers and will be sold to the "
    "neighbouring island of Skarn in June.",
    "Lorries of more than twelve tonnes remain banned until the town has tested the new piers under "
    "load in the autumn.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def html_story(encoding: str = "utf-8") -> bytes:
    """Return the story as a page with a menu, a caption, a newsletter box and a footer."""
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"""<!DOCTYPE html>
<html lang="en"><head>
<meta charset="{encoding}">
<title>{TITLE} | {SITE}</title>
<meta property="og:title" content="{TITLE}">
<meta property="og:site_name" content="{SITE}">
<meta name="author" content="{AUTHOR}">
<meta property="article:published_time" content="{DATE}T08:30:00+02:00">
<link rel="canonical" href="{URL}">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article>
<h1>{TITLE}</h1>
<p class="byline">By {AUTHOR}</p>
<figure><img src="bridge.jpg" alt=""><figcaption>Crowds on the bridge on Friday morning.</figcaption></figure>
{paragraphs}
<div class="newsletter"><p>Sign up for our newsletter and never miss a story from the harbour.</p></div>
</article>
<footer><p>Copyright 2023 {SITE}. All rights reserved.</p></footer>
</body></html>
"""
    return page.encode(encoding)


def pdf_story(pages: tuple[tuple[str, ...], ...] = (PARAGRAPHS[:4], PARAGRAPHS[4:])) -> bytes:
    """Return the story as a PDF with a running head and page numbers."""
    from fpdf import FPDF

    class Paper(FPDF):
        def header(self) -> None:
            self.set_font("helvetica", size=9)
            self.cell(0, 10, f"{SITE} - {DATE}", new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            self.set_y(-15)
            self.cell(0, 10, f"Page {self.page_no()} of {{nb}}")

    pdf = Paper()
    pdf.set_creation_date(_moment())
    pdf.set_title(TITLE)
    pdf.set_author(AUTHOR)
    for number, page in enumerate(pages):
        pdf.add_page()
        if number == 0:
            pdf.set_font("helvetica", style="B", size=18)
            pdf.cell(0, 14, TITLE, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("times", size=12)
        for paragraph in page:
            pdf.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(4)
    return bytes(pdf.output())


def docx_story() -> bytes:
    """Return the story as a Word file."""
    import docx

    file = docx.Document()
    properties = file.core_properties
    properties.title, properties.author, properties.created = TITLE, AUTHOR, _moment()
    properties.modified = _moment()
    file.add_heading(TITLE, 0)
    for paragraph in PARAGRAPHS:
        file.add_paragraph(paragraph)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def mail_story(*, html: bool = False) -> bytes:
    """Return the story as a mail with an attachment."""
    message = EmailMessage()
    message["From"] = f"{AUTHOR} <mara@gazette.example>"
    message["To"] = "desk@gazette.example"
    message["Subject"] = TITLE
    message["Date"] = "Fri, 12 May 2023 08:30:00 +0200"
    message["Message-ID"] = "<bridge@gazette.example>"
    if html:
        message.set_content(html_story().decode(), subtype="html")
    else:
        message.set_content(TEXT + "\n")
    message.add_attachment(b"\0\1\2", "image", "jpeg", filename="bridge.jpg")
    message.set_boundary("=-bridge-=")
    return message.as_bytes()


def csv_story() -> bytes:
    """Return the story as a table, one row for each half of it."""
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(["Headline", "Published", "Link", "Content"])
    table.writerow([TITLE, DATE, URL, "\n\n".join(PARAGRAPHS[:4])])
    table.writerow(["Ferry to be sold", DATE, f"{URL}-ferry", "\n\n".join(PARAGRAPHS[4:])])
    return stream.getvalue().encode()


def rtf_story() -> bytes:
    """Return the story as rich text, as word processors write it."""
    info = rf"{{\info{{\title {TITLE}}}{{\author {AUTHOR}}}{{\creatim\yr2023\mo5\dy12\hr8\min30}}}}"
    text = "\\par\n\\par\n".join(PARAGRAPHS)
    return rf"{{\rtf1\ansi\ansicpg1252{{\fonttbl{{\f0 Times;}}}}{info}\f0 {text}\par}}".encode()


def odt_story() -> bytes:
    """Return the story as an OpenDocument text with a comment and a deleted paragraph."""
    names = " ".join(
        f'xmlns:{prefix}="{address}"'
        for prefix, address in {
            "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
            "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
            "dc": "http://purl.org/dc/elements/1.1/",
        }.items()
    )
    deleted = "<text:tracked-changes><text:p>A deleted comment.</text:p></text:tracked-changes>"
    note = "<office:annotation><text:p>A comment.</text:p></office:annotation>"
    paragraphs = "".join(
        f"<text:p><text:span>{paragraph[:5]}</text:span>{paragraph[5:]}{note}</text:p><text:p/>"
        for paragraph in PARAGRAPHS
    )
    content = f"{deleted}<text:h>{TITLE}</text:h>{paragraphs}"
    meta = (
        f"<dc:title>{TITLE}</dc:title><meta:creation-date>{DATE}T08:30:00</meta:creation-date>"
        f"<meta:initial-creator>{AUTHOR}</meta:initial-creator>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {names}><office:body><office:text>{content}"
                "</office:text></office:body></office:document-content>"
            ).encode(),
            "meta.xml": (
                f"<office:document-meta {names}><office:meta>{meta}</office:meta>"
                "</office:document-meta>"
            ).encode(),
        }
    )


def pptx_story() -> bytes:
    """Return the story as a presentation, a paragraph a slide, with notes to the first."""
    import pptx

    file = pptx.Presentation()
    for number, paragraph in enumerate(PARAGRAPHS):
        slide = file.slides.add_slide(file.slide_layouts[1])
        slide.shapes.title.text = f"{TITLE} ({number + 1})"
        slide.placeholders[1].text_frame.text = paragraph
    file.slides[0].notes_slide.notes_text_frame.text = "Thank the divers."
    file.core_properties.title, file.core_properties.author = TITLE, AUTHOR
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def xlsx_story() -> bytes:
    """Return the story as a workbook, one row for each half of it, with a sheet of numbers."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Stories")
        sheet.write_row(0, 0, ["Headline", "Published", "Content"])
        for row, half in enumerate((PARAGRAPHS[:4], PARAGRAPHS[4:]), 1):
            sheet.write_row(row, 0, [TITLE, DATE, "\n\n".join(half)])
        workbook.add_worksheet("Costs").write_row(0, 0, ["crowns", 4.2])
    return stream.getvalue()


def epub_story() -> bytes:
    """Return the story as a book of two chapters and a table of contents."""
    chapters = {
        f"text/{number}.xhtml": f"<html><head><title>{number}</title></head><body>"
        f"{''.join(f'<p>{paragraph}</p>' for paragraph in half)}</body></html>"
        for number, half in enumerate((PARAGRAPHS[:4], PARAGRAPHS[4:]), 1)
    }
    items = "".join(f'<item id="c{n}" href="{name}"/>' for n, name in enumerate(chapters))
    spine = '<itemref idref="nav"/>' + "".join(f'<itemref idref="c{n}"/>' for n in range(2))
    package = f"""<package xmlns="http://www.idpf.org/2007/opf"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>{TITLE}</dc:title>
    <dc:creator>{AUTHOR}</dc:creator><dc:date>{DATE}</dc:date></metadata>
    <manifest><item id="nav" href="nav.xhtml" properties="nav"/>{items}</manifest>
    <spine>{spine}</spine></package>"""
    container = '<container><rootfile full-path="OPS/book.opf"/></container>'
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    files["OPS/book.opf"] = package
    files["OPS/nav.xhtml"] = "<html><body><p>Contents</p></body></html>"
    files |= {f"OPS/{name}": page for name, page in chapters.items()}
    return zipped({name: text.encode() for name, text in files.items()})


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a ZIP archive of files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    """Return a tar archive of files."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def _moment() -> datetime:
    return datetime(2023, 5, 12, 8, 30, tzinfo=UTC)


STORIES: dict[str, Callable[[], bytes]] = {
    "story.html": html_story,
    "story.pdf": pdf_story,
    "story.docx": docx_story,
    "story.eml": mail_story,
    "story.csv": csv_story,
}

if __name__ == "__main__":
    folder = ROOT / "examples" / "formats"
    for name, story in STORIES.items():
        (folder / name).write_bytes(story())
