"""Files of word processors: Word, OpenDocument, rich text."""

import io
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from summarizer import ReadError, body
from summarizer.readers.documents import Origin
from summarizer.readers.formats import parse

from ..builders import (
    DATE,
    PARAGRAPHS,
    ROOT,
    TEXT,
    TITLE,
    docx_story,
    odt_story,
    pptx_story,
    rtf_story,
    zipped,
)
from ..readers.test_formats import read_bytes


def test_rich_text(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, "a.rtf", rtf_story())
    assert (body(document), document.title, document.date) == (TEXT, TITLE, DATE)
    assert document.marks is not None
    assert document.marks.kind == "paragraph"


@pytest.mark.parametrize(
    ("info", "title", "author", "date"),
    [
        (rb"{\title \'8a\'e9f\u321? d}{\author Zo\'eb}", "ŠéfŁ d", "Zoë", None),
        (b"{\\title One \ntwo}{\\creatim\\yr2023\\mo5\\dy7}", "One two", None, "2023-05-07"),
        (rb"{\title }{\creatim\yr2023\mo13\dy1}", "", None, None),
    ],
)
def test_what_rich_text_says_of_itself(
    info: bytes, title: str, author: str | None, date: str | None
) -> None:
    data = rb"{\rtf1\ansi\ansicpg1250{\info" + info + rb"}\f0 One.\par}"
    (document,) = parse("rtf", data, Origin("a", None))
    assert (document.title, document.author, document.date) == (title, author, date)


def test_open_document(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, "a.odt", odt_story())
    assert (body(document), document.title, document.date) == (TEXT, TITLE, DATE)
    assert "comment" not in document.text


def test_word_file_that_says_nothing_of_itself(tmp_path: Path) -> None:
    with ZipFile(ROOT / "examples" / "formats" / "story.docx") as story:
        files = {name: story.read(name) for name in story.namelist()}
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"core-properties", b"none")
    (document,) = read_bytes(tmp_path, "a.docx", zipped(files))
    assert (document.title, document.date, document.author) == (TITLE, None, None)


_BOX = "<w:txbxContent><w:p><w:r><w:t>In box {n}.</w:t></w:r></w:p></w:txbxContent>"
_ANCHOR = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:t>Before {n}.</w:t></w:r><w:r>
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback>
<w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>
<w:r><w:t xml:space="preserve"> After {n}.</w:t></w:r></w:p>"""


def test_text_boxes_of_a_word_file() -> None:
    import docx
    from docx.oxml import parse_xml

    file = docx.Document()
    for n in range(50):
        anchor = parse_xml(_ANCHOR.format(n=n, box=_BOX.format(n=n)))
        file.element.body.insert(n, anchor)
    stream = io.BytesIO()
    file.save(stream)
    (document,) = parse("docx", stream.getvalue(), Origin("a", None))
    told = [(f"Before {n}. After {n}.", f"In box {n}.") for n in range(50)]
    assert document.text.split("\n\n") == [text for both in told for text in both]
    assert document.author is None


def test_text_box_of_an_open_document() -> None:
    box = "<text:p>One.</text:p><text:p>Two.</text:p>"
    data = _rewritten(odt_story(), "content.xml", b"bridge of Port", f"bridge{box}of Port".encode())
    (document,) = parse("odt", data, Origin("a", None))
    assert "bridge One. Two. of Port Aldwick" in document.text


def test_locked_open_document() -> None:
    manifest = {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    with pytest.raises(ReadError, match=r"^a: is locked with a password"):
        parse("odt", _rewritten(odt_story(), "content.xml", b"<", b"", manifest), Origin("a", None))


def _rewritten(
    packed: bytes, name: str, old: bytes, new: bytes, more: dict[str, bytes] | None = None
) -> bytes:
    with ZipFile(io.BytesIO(packed)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert old in files[name]
    return zipped({**files, name: files[name].replace(old, new), **(more or {})})


@pytest.mark.parametrize("story", [docx_story, pptx_story])
@pytest.mark.parametrize("properties", [b"", b"\xff\xfe", b"<a>", None])
def test_text_is_read_though_its_properties_are_damaged_or_gone(
    tmp_path: Path, story: Callable[[], bytes], properties: bytes | None
) -> None:
    with ZipFile(io.BytesIO(story())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    del files["docProps/core.xml"]
    if properties is not None:
        files["docProps/core.xml"] = properties
    (document,) = read_bytes(tmp_path, "a.bin", zipped(files))
    assert PARAGRAPHS[0] in document.text
    assert document.author is None
