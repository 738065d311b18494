"""Every reader with valid files to damage, and what must hold whatever comes of them."""

import gzip
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import get_args
from zipfile import ZipFile

import summarizer
from summarizer import Document, Limits, ReadError
from summarizer.datatypes import MarkKind
from summarizer.readers.archives import unpack
from summarizer.readers.documents import Origin, find_day
from summarizer.readers.formats import FORMATS, detect, find_reader
from summarizer.readers.limits import Meter

from ..builders import (
    TEXT,
    csv_story,
    docx_story,
    epub_story,
    html_story,
    mail_story,
    odt_story,
    pdf_story,
    pptx_story,
    rtf_story,
    tarred,
    xlsx_story,
    zipped,
)

CRASHES = Path(__file__).parent / "crashes"
_OURS = str(Path(summarizer.__file__).parent)
_MOST = 9
_LARGEST = 10_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Target:
    """A reader.

    :param check: Gives it bytes; raises where it does what it may not.
    :param seeds: Files that it reads.
    """

    check: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


def _check_reader(kind: str) -> Callable[[bytes], None]:
    read = find_reader(kind)

    def check(data: bytes) -> None:
        with _Refusals():
            _check_documents(read(data, Origin("id", "name", _MOST)))

    return check


def _parts(kind: str, packed: bytes, name: str) -> Target:
    """Damage a file within a packed one, which damage to the whole would hardly reach."""
    check = _check_reader(kind)
    with ZipFile(BytesIO(packed)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return Target(lambda data: check(zipped({**files, name: data})), (files[name],))


def _check_archive(kind: str) -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        limits = Limits(size=_LARGEST)
        with _Refusals():
            for name, get in unpack(kind, data, "name", Meter(limits, len(data)), []):
                assert ".." not in name.split("/")
                assert not name.startswith("/")
                with _Refusals():
                    assert len(get()) <= max(_LARGEST, len(data))

    return check


def _check_format(data: bytes) -> None:
    for name in ("name", "name.csv", "name.html", "name.json", "name.mbox"):
        with _Refusals():
            detect(data, name)


def _check_day(data: bytes) -> None:
    day = find_day(data.decode(errors="replace"))
    assert day is None or _DAY.fullmatch(day)


class _Refusals:
    """Lets pass that a file is refused in one line, or that a library cannot read it."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> bool:
        if isinstance(error, ReadError):
            assert str(error).startswith("name"), error
            assert "\n" not in str(error), error
            return True
        while at is not None and at.tb_next is not None:
            at = at.tb_next
        raised_by = "" if at is None else at.tb_frame.f_code.co_filename
        expected = not isinstance(error, AssertionError) and not raised_by.startswith(_OURS)
        return isinstance(error, Exception) and expected


def _check_documents(found: Iterable[Document]) -> None:
    for document in found:
        assert document.date is None or _DAY.fullmatch(document.date), document.date
        for text in (document.title, document.author or "-", document.site or "-"):
            assert isinstance(text, str)
            assert "\n" not in text, text
        marks = document.marks
        if marks is not None:
            assert marks.kind in get_args(MarkKind)
            assert list(marks.starts) == sorted(marks.starts)
            assert all(0 <= start <= len(document.text) for start in marks.starts)


_MARKED_UP = f"---\ntitle: A\ndate: 2023-05-12\n---\n\n# B\n\n```\n# c\n```\n\n{TEXT}".encode()
_SEEDS: dict[str, tuple[bytes, ...]] = {
    "bibtex": (b"@article{a, title = {One {T}wo}, abstract = {Caf{\\'e} two.}}",),
    "csv": (csv_story(), b"text;title\nOne.;A\n"),
    "docx": (docx_story(),),
    "epub": (epub_story(),),
    "html": (html_story(), html_story("iso-8859-2"), b"<p>One.</p>"),
    "json": (b'{"text": "One."}\n{"text": "Two."}\n', b'[{"text": "One.", "date": "2023-05-12"}]'),
    "mail": (mail_story(), mail_story(html=True)),
    "markdown": (_MARKED_UP,),
    "odt": (odt_story(),),
    "pdf": (pdf_story(),),
    "pptx": (pptx_story(),),
    "ris": (b"TY  - JOUR\nTI  - One\nAB  - Two.\n  Three.\nER  - \n",),
    "rtf": (rtf_story(),),
    "spreadsheet": (xlsx_story(),),
    "subtitles": (b"WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Ann>One</v>\n[noise]\n",),
    "text": (TEXT.encode("utf-16"), "Où est-il ?".encode("latin-1")),
}
assert set(_SEEDS) == {kind for kind, known in FORMATS.items() if known.reader}
_LETTER = b"From a@b Fri May 12 08:30:00 2023\n" + mail_story() + b"\n"
_ARCHIVES: dict[str, tuple[bytes, ...]] = {
    "zip": (zipped({"a.txt": b"One." * 50, "b/c.txt": b"Two."}),),
    "tar": (tarred({"a.txt": b"One." * 50, "b/c.txt": b"Two."}),),
    "gzip": (gzip.compress(b"One." * 50),),
    "mbox": (_LETTER * 2,),
}
_DATES = (b"2023-05-12T08:30Z", b"12 May 2023", b"Fri, 12 May 2023 08:30:00 +0200", b"05/12/23")
TARGETS: dict[str, Target] = {
    **{kind: Target(_check_reader(kind), seeds) for kind, seeds in _SEEDS.items()},
    **{kind: Target(_check_archive(kind), seeds) for kind, seeds in _ARCHIVES.items()},
    "docx_part": _parts("docx", docx_story(), "word/document.xml"),
    "epub_part": _parts("epub", epub_story(), "OPS/book.opf"),
    "pptx_part": _parts("pptx", pptx_story(), "ppt/slides/slide1.xml"),
    "odt_part": _parts("odt", odt_story(), "content.xml"),
    "format": Target(_check_format, tuple(seeds[0] for seeds in (_SEEDS | _ARCHIVES).values())),
    "day": Target(_check_day, _DATES),
}


def target_of(file: Path) -> Target:
    """Return the reader that broke on a file kept in ``CRASHES``."""
    return TARGETS[file.name.split("-")[0]]
