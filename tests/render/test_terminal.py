"""Text on a terminal: wrapped, dim citations, links; plain everywhere else."""

import os
import pty
import random
import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len as cells

from summarizer import (
    CitedSentence,
    Document,
    Encoder,
    Passage,
    Summary,
    check,
    differences,
    summarize,
)
from summarizer.datatypes import Budget, Difference, DifferingPassage, Source
from summarizer.render.safe import printable
from summarizer.render.text import Style, find_style, render_terminal

from ..builders import EXAMPLE, ROOT
from ..cli.test_cli import COMMAND, invoke
from ..render.test_page import hostile_summary
from ..render.test_render import SUMMARY

WEB = "https://example.org/"
ESCAPES = re.compile(r"\x1b\[\d*m|\x1b\]8;;[^\x1b]*\x1b\\")


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def render(summary: Summary, style: Style, *, explain: bool = False) -> str:
    return render_terminal(summary, style, explain=explain)


@pytest.mark.parametrize("explain", [False, True])
def test_same_words_as_everywhere(
    example: list[Document], words: Encoder, *, explain: bool
) -> None:
    for summary in (SUMMARY, hostile_summary(), summarize(example, words=150, encoder=words)):
        told = explain and bool(summary.explanations)
        plain = printable(summary.to_text(explain=told))
        assert render(summary, Style(), explain=told) == plain
        styled = render(summary, Style(color=True, links=True), explain=told)
        assert ESCAPES.sub("", styled) == plain
        for width in (20, 40, 77):
            wrapped = render(summary, Style(width, color=True, links=True), explain=told)
            assert ESCAPES.sub("", wrapped).split() == plain.split()
            for line in ESCAPES.sub("", wrapped).split("\n"):
                assert cells(line) <= width or len(line.split()) <= 2


def test_checks_and_differences_are_wrapped_and_linked_too() -> None:
    documents = [
        Document(
            name, f"{number} people were hurt in the fire in Velden on Monday.", url=WEB + name
        )
        for name, number in (("a", "Twelve"), ("b", "Fifteen"))
    ]
    draft = "Sixteen people were hurt in the fire in Velden on Monday."
    for found in (check(draft, documents), differences(documents)):
        shown = render_terminal(found, Style(40, color=True, links=True))
        assert "\x1b]8;" in shown
        lines = ESCAPES.sub("", shown).split("\n")
        assert " ".join(lines).split() == found.to_text().split()
        assert max(map(cells, lines)) <= 40


def test_sequences_of_sources_are_not_obeyed() -> None:
    shown = render(hostile_summary(), Style(40, color=True, links=True))
    assert "\x1b" not in ESCAPES.sub("", shown)
    assert not set("\x07\u202e") & set(shown)


def test_citations_are_dim_and_linked() -> None:
    shown = render(SUMMARY, Style(color=True, links=True))
    address, folder = "https://e.org/b", Path("e.txt").absolute().as_uri()
    assert f"\x1b]8;;{folder}\x1b\\\x1b[2m5]\x1b[0m\x1b]8;;\x1b\\" in shown
    assert f"\x1b]8;;{address}" not in shown
    assert " \x1b[2malso\x1b[0m \x1b[2m3,\x1b[0m " in shown
    assert "\x1b]8;;" not in render(SUMMARY, Style(color=True))
    safe = Source(1, "a", "A title", "a.txt", "https://e.org/?q=1", None, 1, True)
    quote = CitedSentence("Closed.", 1, 0, 7, 0, 1.0, agreeing=(Passage(2, 0, 1, "C", "", 0.9),))
    one = Summary((quote,), (safe,), Budget("words", 9), (), "")
    shown = render(one, Style(color=True, links=True))
    assert "\x1b]8;;https://e.org/?q=1\x1b\\\x1b[2m[1;\x1b[0m\x1b]8;;\x1b\\" in shown


def test_each_number_is_linked_to_the_source_that_it_names() -> None:
    change = Difference(0, 6, "Closed", 0, 4, "Open")
    told = DifferingPassage(1, 0, 5, "Open.", "", 0.9, differences=(change,))
    quote = CitedSentence("Closed.", 2, 0, 7, 0, 1.0, earlier=(told,))
    sources = tuple(
        Source(number, "a", "", None, f"https://e.org/{number}", None, 1, True) for number in (1, 2)
    )
    summary = Summary((quote,), sources, Budget("words", 9), (), "")
    shown = render(summary, Style(color=True, links=True))
    assert "https://e.org/1\x1b\\\x1b[2m1]\x1b[0m" in shown
    assert "https://e.org/2\x1b\\\x1b[2m[2;\x1b[0m" in shown
    assert " \x1b[2mearlier\x1b[0m " in shown


def test_lists_hang_and_long_words_stay_whole() -> None:
    source = Source(1, "a", "A title of some words", "a/" + "b" * 40, None, None, 1, True)
    summary = Summary((), (source,), Budget("words", 9), (), "")
    assert render(summary, Style(20)).split("\n") == [
        "Sources",
        "[1] A title of some",
        "    words ·",
        "    a/" + "b" * 40,
    ]


def test_scripts_without_blanks_break_between_letters() -> None:
    text = "市長は月曜日に古い橋を閉鎖しました。技術者は「ケーブルの錆」を発見しました。"
    quote = CitedSentence(text, 1, 0, len(text), 0, 1.0)
    shown = render(Summary((quote,), (), Budget("chars", 99), (), ""), Style(20))
    lines = shown.split("\n")
    assert "".join(lines) == text + " [1]" or "".join(lines) == text + "[1]"
    assert all(cells(line) <= 20 for line in lines)
    assert len(lines) == 4
    assert not [line for line in lines if line[0] in "。」" or line[-1] == "「"]


@pytest.mark.parametrize(
    ("environ", "colored", "links"),
    [
        ({}, True, True),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
        ({"NO_COLOR": "1", "FORCE_HYPERLINK": "1"}, False, False),
        ({"FORCE_HYPERLINK": "0"}, True, False),
        ({"FORCE_HYPERLINK": "1"}, True, True),
    ],
)
def test_terminal_and_environment_decide(
    environ: dict[str, str], *, colored: bool, links: bool
) -> None:
    style = find_style(Terminal(), environ)
    assert (style.color, style.links) == (colored, links)
    assert style.width is not None
    assert style.width >= 20
    piped = find_style(StringIO(), environ)
    forced = colored and bool(environ.get("FORCE_COLOR"))
    assert piped == Style(None, forced, forced and environ.get("FORCE_HYPERLINK") == "1")
    assert find_style(None, environ) == Style()


def test_styled_text_is_the_same_each_time() -> None:
    style = Style(40, color=True, links=True)
    state = random.getstate()
    assert render(SUMMARY, style) == render(SUMMARY, style)
    assert "id=" not in render(SUMMARY, style)
    random.setstate(state)


def test_pipes_and_files_get_plain_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = invoke("--words", 60, EXAMPLE)[1]
    assert "\x1b" not in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    dim = invoke("--words", 60, EXAMPLE)[1]
    assert dim != plain
    assert ESCAPES.sub("", dim) == plain
    invoke("--words", 60, "-o", tmp_path / "s.txt", EXAMPLE)
    assert (tmp_path / "s.txt").read_text() == plain


@pytest.mark.parametrize("variables", [{}, {"NO_COLOR": "1"}])
def test_on_a_terminal(variables: dict[str, str]) -> None:
    parent, child = pty.openpty()
    environ = {"PATH": os.environ["PATH"], "COLUMNS": "50", "TERM": "foot", **variables}
    command = [*COMMAND, "--words", "60", str(EXAMPLE)]
    with subprocess.Popen(command, stdout=child, cwd=ROOT, env=environ) as process:
        assert process.wait(timeout=120) == 0
    os.close(child)
    shown = os.read(parent, 65536).decode().replace("\r\n", "\n")
    os.close(parent)
    assert ("\x1b[2m" in shown) == ("\x1b]8;;file://" in shown) == (not variables)
    lines = ESCAPES.sub("", shown).split("\n")
    assert max(cells(line) for line in lines if "/" not in line) <= 50
    assert len(lines) > 10
