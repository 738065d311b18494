"""Text for a terminal: wrapped to its width, citations dim and linked to what they cite."""

import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal, TextIO

from ..datatypes import CitedSentence, Explanation, Source
from ..readers.paths import is_remote
from ..text.tokens import normalize_space
from .addresses import encode_address, file_of, web_address
from .differing import (
    HEADING,
    disagreements,
    marked_words,
    told_differently,
    words_of_passage,
    words_of_quote,
)
from .explanation import explanation_lines
from .printable import printable
from .text import citation, describe

Color = Literal["auto", "always", "never"]

_LEAST_WIDTH = 20
# Scripts that break between letters: not before what closes, not behind what opens.
_WIDE = "\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPENING = "\u3008\u300a\u300c\u300e\u3010\u3014\uff08\uff3b"
_CLOSING = (
    "\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\uff01\uff09\uff0c\uff1a\uff1b\uff1f\u30fc"
)
_PIECE = re.compile(rf"[{_OPENING}]*(?:[{_WIDE}]|[^{_WIDE}{_OPENING}]+)?[{_CLOSING}]*")
_LINKING_PROGRAMS = {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio"}
_LINKING_TERMINALS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour")
_LINKING_VARIABLES = {"KONSOLE_VERSION", "WT_SESSION", "DOMTERM", "KITTY_WINDOW_ID"}
_FIRST_LINKING_VTE = 5000


@dataclass(frozen=True, slots=True)
class Style:
    """How to write for where the text goes.

    :param width: How many cells a line has; None for lines of any length.
    :param color: Whether citations are dim, and words that differ bold.
    :param links: Whether they are links.
    """

    width: int | None = None
    color: bool = False
    links: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is not broken: a word, or a letter of a script without blanks."""

    text: str
    blank: bool
    dim: bool = False
    link: str = ""
    strong: bool = False


def find_style(stream: TextIO | None, color: Color, environ: Mapping[str, str]) -> Style:
    """Tell how to write to a stream.

    :param stream: Where the text goes; None for a file.
    :param color: ``always`` and ``never`` decide; ``auto`` asks stream and environment.
    :param environ: The variables of the environment.
    """
    terminal = stream is not None and stream.isatty()
    plain = bool(environ.get("NO_COLOR")) or environ.get("TERM") == "dumb"
    colored = color == "always" or (color == "auto" and terminal and not plain)
    width = max(shutil.get_terminal_size().columns, _LEAST_WIDTH) if terminal else None
    return Style(width, colored, colored and _links(environ))


def _links(environ: Mapping[str, str]) -> bool:
    """Tell whether a terminal is known to take links (OSC 8)."""
    if "FORCE_HYPERLINK" in environ:
        return environ["FORCE_HYPERLINK"] not in {"", "0"}
    if environ.get("TMUX") or environ.get("STY"):
        return False
    version = environ.get("VTE_VERSION", "")
    return (
        environ.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or environ.get("TERM", "").startswith(_LINKING_TERMINALS)
        or not _LINKING_VARIABLES.isdisjoint(environ)
        or (version.isdecimal() and int(version) >= _FIRST_LINKING_VTE)
    )


def render_terminal(
    sentences: Sequence[CitedSentence],
    sources: Sequence[Source],
    explanations: Sequence[Explanation],
    style: Style,
) -> str:
    """Render a summary as ``render_text`` does, in the style of a terminal.

    :param sentences: The quoted sentences in reading order.
    :param sources: Every source; the cited ones are listed first.
    :param explanations: What each quote contributes, or nothing to leave that out.
    :param style: How to write.
    :return: The text, safe to print, without a line feed at its end.
    """
    by_number = {source.number: source for source in sources}
    targets = {number: _target(source) for number, source in by_number.items()}
    quotes = [
        piece
        for sentence in sentences
        for piece in (
            *_marked(sentence.text, words_of_quote(sentence)),
            *_marker(sentence, targets),
        )
    ]
    parts = [_lines(quotes, style)] if quotes else []
    if found := disagreements(sentences):
        lines = [
            _lines(
                [
                    *_pieces(told_differently(*pair) + ":"),
                    *_marked(pair[1].text, words_of_passage(pair[1])),
                ],
                style,
                indent=4,
            )
            for pair in found
        ]
        parts.append("\n".join([HEADING, *lines]))
    for name, cited in (("Sources", True), ("Also read", False)):
        listed = [source for source in sources if source.cited is cited]
        lines = [_listed(source, targets[source.number], style) for source in listed]
        parts += ["\n".join([name, *lines])] if lines else []
    if explanations:
        told = ["Why these sentences"]
        for sentence, explanation in zip(sentences, explanations, strict=True):
            first, *more = explanation_lines(sentence, by_number[sentence.source], explanation)
            told.append(_lines(list(_pieces(f"- {first}")), style, indent=2))
            told += [f"  {_lines(list(_pieces(line)), style, indent=2, room=2)}" for line in more]
        parts.append("\n".join(told))
    return "\n\n".join(parts)


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return sum(
        0
        if unicodedata.category(letter) in {"Mn", "Me", "Cf"}
        else 1 + (unicodedata.east_asian_width(letter) in {"W", "F"})
        for letter in text
    )


def _target(source: Source) -> str:
    address = web_address(source.url)
    if address or not source.path or is_remote(source.path):
        return encode_address(address or "")
    return Path(file_of(source.path)).absolute().as_uri()


def _pieces(text: str, *, link: str = "") -> Iterator[_Piece]:
    for word in printable(normalize_space(text)).split(" "):
        yield from _broken(word, _Piece("", blank=True, link=link))


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[_Piece]:
    """Yield the words of a text, those in the spans in bold."""
    for word, strong in marked_words(text, spans):
        yield from _broken(printable(word), _Piece("", blank=True, strong=strong))


def _broken(word: str, like: _Piece) -> Iterator[_Piece]:
    """Yield the pieces between which a word may be broken."""
    for place, match in enumerate(m for m in _PIECE.finditer(word) if m[0]):
        yield replace(like, text=match[0], blank=place == 0)


def _marker(sentence: CitedSentence, targets: Mapping[int, str]) -> Iterator[_Piece]:
    """Yield the words of a citation, each with a link to the source that it tells of."""
    link = targets.get(sentence.source, "")
    others = False
    for word in citation(sentence).split():
        others = others or word in {"also", "same", "differs"}
        if others:
            number = word.strip(",;]")
            link = targets.get(int(number), "") if number.isdecimal() else ""
        yield _Piece(word, blank=True, dim=True, link=link)


def _listed(source: Source, target: str, style: Style) -> str:
    number = _Piece(f"[{source.number}]", blank=True, dim=True, link=target)
    return _lines([number, *_pieces(describe(source), link=target)], style, indent=4)


def _lines(pieces: Sequence[_Piece], style: Style, indent: int = 0, room: int = 0) -> str:
    """Fill lines with pieces.

    :param pieces: What to write.
    :param style: How.
    :param indent: How many blanks open each line but the first.
    :param room: How many cells are taken before the first line.
    """
    lines: list[list[_Piece]] = [[]]
    used = room
    for piece in pieces:
        size = cells(piece.text)
        gap = int(piece.blank and bool(lines[-1]))
        if style.width is not None and lines[-1] and used + gap + size > style.width:
            lines.append([])
            used, gap = indent, 0
        lines[-1].append(piece)
        used += gap + size
    return ("\n" + " " * indent).join(_styled(line, style) for line in lines)


def _styled(line: Sequence[_Piece], style: Style) -> str:
    parts: list[str] = []
    for (dim, link, strong), run in groupby(line, key=lambda p: (p.dim, p.link, p.strong)):
        text = ""
        lead = ""
        for piece in run:
            blank = " " if piece.blank and (parts or text) else ""
            if text:
                text += blank + piece.text
            else:
                lead, text = blank, piece.text
        if link and style.links:
            text = f"\x1b]8;;{link}\x1b\\{text}\x1b]8;;\x1b\\"
        if (dim or strong) and style.color:
            text = f"\x1b[{1 if strong else 2}m{text}\x1b[22m"
        parts.append(lead + text)
    return "".join(parts)
