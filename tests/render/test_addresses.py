"""Links of a summary lead somewhere, whatever the path of a source goes through."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from summarizer import CitedSentence, Document, Summary, read, summarize
from summarizer.datatypes import Budget, Explanation, Source
from summarizer.render.safe import encode_address, file_of
from summarizer.render.text import Style, render_terminal

from ..builders import PARAGRAPHS, zipped
from ..cli.test_cli import invoke

LINK = re.compile(r"\]\(<(.*?)>\)")


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with an archive in an archive, a mailbox and a plain text."""
    docs = tmp_path / "my docs"
    docs.mkdir()
    inner = zipped({"deep/y.txt": "\n\n".join(PARAGRAPHS[3:6]).encode()})
    (docs / "a b.zip").write_bytes(zipped({"x.txt": PARAGRAPHS[0].encode(), "in.zip": inner}))
    mail = f"From a Mon Jan  1 00:00:00 2024\nSubject: Lorries\n\n{PARAGRAPHS[6]}\n\n"
    (docs / "box.mbox").write_text(mail)
    (docs / "z.txt").write_text(PARAGRAPHS[1])
    monkeypatch.chdir(tmp_path)
    return docs


def test_links_into_archives_lead_to_the_archive(packed: Path) -> None:
    summary = summarize(read(["my docs"]), words=200, keep_all=True)
    files = {"my docs/a b.zip", "my docs/box.mbox", "my docs/z.txt"}
    assert {source.path for source in summary.sources} == {
        *("my docs/a b.zip/x.txt", "my docs/a b.zip/in.zip/deep/y.txt"),
        *("my docs/box.mbox/1.eml", "my docs/z.txt"),
    }
    assert {unquote(link) for link in LINK.findall(summary.to_markdown())} == files
    shown = render_terminal(summary, Style(color=True, links=True))
    links = {unquote(urlsplit(link).path) for link in re.findall(r"]8;;(file:[^\x1b]+)", shown)}
    assert links == {str(Path(file).absolute()) for file in files}
    assert "my docs/a b.zip/in.zip/deep/y.txt" in str(summary)


def test_markdown_in_another_folder_links_from_there(packed: Path) -> None:
    target = packed.parent / "out" / "in" / "s.md"
    target.parent.mkdir(parents=True)
    options = ("--format", "markdown", "--words", 200)
    assert invoke(*options, "-o", target, "my docs")[0] == 0
    links = [unquote(link) for link in LINK.findall(target.read_text())]
    assert len(links) == 4
    assert all((target.parent / link).is_file() for link in links)
    assert invoke(*options, "-o", "s.md", "my docs")[0] == 0
    beside = (packed.parent / "s.md").read_text()
    assert beside == invoke(*options, "my docs")[1]
    absolute = invoke(*options, packed)[1]
    assert {unquote(link) for link in LINK.findall(absolute)} == {
        str(file) for file in packed.iterdir()
    }


@pytest.mark.parametrize("path", ["", "nowhere/a.zip/b.txt", "a\0b", "x" * 5000, "/", "."])
def test_path_that_leads_nowhere_stays(path: str) -> None:
    assert file_of(path) == path


def test_folder_named_like_an_archive_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    (tmp_path / "a.zip" / "b.txt").write_text("B.")
    assert file_of(str(tmp_path / "a.zip" / "b.txt")) == str(tmp_path / "a.zip" / "b.txt")


def test_addresses_are_ascii_where_they_must_be() -> None:
    url = "https://bücher.example/日本?a=1&b=%20&copy;#x'(y)"
    encoded = "https://b%C3%BCcher.example/%E6%97%A5%E6%9C%AC?a=1&b=%20&copy;#x'(y)"
    assert encode_address(url) == encoded
    summary = summarize([Document("a", "The mayor closed the old bridge.", url=url)])
    assert f"](<{encoded.replace('&copy;', '&amp;copy;')}>)" in summary.to_markdown()
    shown = render_terminal(summary, Style(color=True, links=True))
    assert f"\x1b]8;;{encoded}\x1b\\" in shown


@pytest.mark.parametrize("opening", ["# ", "- ", "1. ", "+ ", "12) "])
def test_no_line_of_markdown_becomes_a_heading_or_a_list(opening: str) -> None:
    quote = CitedSentence(f"{opening}A bridge.", 1, 0, 9, 0, 1.0)
    source = Source(1, "a", f"{opening}title", None, None, None, 1, True)
    unused = Source(2, "b", f"{opening}title", None, None, None, 1, False)
    told = Explanation(0.1, 0.1, (), None)
    summary = Summary((quote,), (source, unused), Budget("words", 9), (), "", (told,))
    lines = summary.to_markdown(explain=True).splitlines()
    shown = re.sub(r"(?=[#+.)-] )", r"\\", opening)
    assert lines[0].startswith(f"{shown}A bridge")
    assert f"[^1]: {shown}title" in lines
    assert f"- {shown}title" in lines
    assert any(line.startswith(f"- {shown}A bridge") for line in lines)
