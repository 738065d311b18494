"""Text to paragraphs with exact offsets; hard-wrapped lines are put together again.

Lines that stand alone and recur, the heads and feet of pages say, are told here too: they would cut
the paragraphs that run across a page break.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ..text.sentences import split_sentences
from ..text.tokens import BLANK, LINE_BREAK, count_words, normalize_space, tokenize

# A paragraph of fewer words may be of a menu, though it ends as a sentence does.
PROSE_WORDS = 8
_LINE = re.compile(rf"[^{LINE_BREAK}]+")
_CLOSERS = r"[\"'”’»“」』）)\]*_]"
# In Greek the semicolon asks.
_TERMINAL = re.compile(
    rf"(?:[.!?…。！？｡؟۔।॥։]|(?<=[Ͱ-Ͽἀ-῿])[;\u037e])(?:\s?{_CLOSERS}|\s?\[\^?\d{{1,3}}\])*"
    r"(?:[⁰¹²³⁴-⁹]{1,4}|(?<=[a-zß-ÿ]{2}[.!?])\d{1,3}(?:[,–-]\d{1,3})*)?$"
)
_TAIL = 40
# A capital with a stop is an initial as often as the number of an item.
_BULLET = re.compile(
    r"(?:[*+•·▪►‣◦–—-]|\(?(?:\d{1,3}|[a-z])[.)]|\d{1,3}°|\(?[A-Z]\))"
    r"(?:\s+\[[ xX]\](?=\s))?(?:\s+|$)"
    r"|\[0\d{3}\]\s+"
    r"|--?[\w-]{1,20}(?:[ =,]\S{1,20}){0,2}\s{3,}|[（(]?[一二三四五六七八九十]{1,3}[、）)]\s*"
)
# Headings, tables, quotes, images, rules, notes, tags; directives and fields of reStructuredText.
_MARKUP = re.compile(
    r"\A(?:[#=]{1,6}\s|\||>|!\[|\[!\[|(?:={3,}|-{3,}|\*{3,}|_{3,}|~{3,})$|\[[^\]]+\]:\s|</?\w+[^>]*>"
    r"|\.\. |:[A-Za-z][\w -]{0,30}:(?:\s|$)|\+[-=+]{3,})"
)
# Directives of reStructuredText that hold text.
_ADMONITION = re.compile(
    r"\.\. (?:note|warning|tip|important|caution|attention|hint|danger|admonition|seealso)::"
)
_DOT_LEADER = re.compile(r"(?<![.…])(?<!\. )(?:\. ?|…){4,}+\s*+\d*$")
# A bracket without a sentence in it, behind a sentence: "… in Beijing.  (Jane Doe/Agency)".
_CREDIT = re.compile(r"(?<=[.!?…])[\"'”’]?\s+\([^().!?]{1,80}\)$")
_ASIDE = re.compile(r"[^.!?…。！？\s] \([^()]{1,80}\.\)$")
# "12 The court …", as paragraphs of judgments are numbered, and "2 - O empregador …", of statutes.
_MARGIN = re.compile(r"(\d{1,3})\s+([-–—]\s+)?(?=[^\W\d])")
# The stop is looked for first, what stands before it then: few characters are stops.
_STOP_WITHIN = re.compile(r"[.!?](?<=[^\W_]{3}[.!?])[\"'”’)]?\s+\S|[。！？؟।]\S")
# A stop that others follow in a paragraph.
STOP = re.compile(
    r"[.!?](?:(?<=[^\W_]{3}[.!?])|(?<=[)\]%”\"’][.!?])|(?<=[^\W_] [.!?]))[\"'”’)]?(?=\s+[^\sa-z\d])"
    r"|[。！？؟।]"
)
_ALWAYS_WORDS = re.compile(r"[^\W\d_]{3}")
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_FRONT_MATTER = re.compile(r"\A(?:-{3,}|\+{3})\s*$")
_DIGITS = re.compile(r"\d+")
_LONG_WORD = re.compile(r"\S{50}")
# No one wraps narrower or wider than this; longer lines are whole paragraphs.
_NARROWEST_COLUMN = 30
_WIDEST_COLUMN = 132
_WRAPPED_SHARE = 0.98
# A line that stands alone this often is the head or the foot of a page, or a refrain of the site.
_RUNNING = 3
_RUNNING_LETTERS = 120
# Text with fewer stops a word than one in this many has none where its sentences end.
_STOPLESS = 80
_STEM, _SHORT_WORD = 5, 3
_NUMBER = re.compile(r"\d[\d.,]*[%‰]?[ \t]?")
_GAP = " " * 3
_WIDE_GAP = " " * 8


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the features by which it is judged.

    :param start: Offset of its first character that is not blank.
    :param end: Offset behind its last one.
    :param text: Its text with line breaks as blanks.
    :param group: Number of the run of lines, without empty ones between, that it is in.
    :param words: How many words it has.
    :param prose: Whether it ends as a sentence does, not counting a credit in brackets.
    :param single: Whether it is one sentence only.
    :param credit: Length of that credit in characters, 0 without one.
    :param bullet: Length of its list marker in characters, 0 without one.
    :param markup: Whether it is a heading, table, rule, image, tag or code of Markdown.
    :param indent: How far from the left its first line begins, in characters.
    :param whole: Length in characters of the sentences before its last one, where that has no stop
        at its end; 0 where there are none, or where it ends as a sentence does.
    :param running: Whether it is a line that recurs, such as the head of a page.
    """

    start: int
    end: int
    text: str
    group: int
    words: int
    prose: bool
    single: bool
    credit: int
    bullet: int
    markup: bool
    indent: int = 0
    whole: int = 0
    running: bool = False


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    group: int
    indent: int = 0
    code: bool = False
    running: bool = False


def find_paragraphs(text: str, openings: Collection[int] = ()) -> list[Paragraph]:
    """Split a text into paragraphs: its lines, or several where a line was wrapped.

    :param text: A document's text.
    :param openings: Offsets of lines that open a paragraph in any case, such as a speaker's turn.
    :return: Paragraphs in order; empty lines are in none of them.
    """
    lines = _lines(text)
    column = _wrap_column(text, lines)
    paragraphs: list[Paragraph] = []
    at = 0
    while at < len(lines):
        last = at
        while (
            last + 1 < len(lines)
            and lines[last + 1].start not in openings
            and _continues(text, lines[last], lines[last + 1], column)
        ):
            last += 1
        paragraphs.append(_paragraph(text, lines[at], lines[last]))
        at = last + 1
    return _without_numbers(paragraphs)


def _without_numbers(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Take numbers without a stop before paragraphs for marks of a list where they are in order."""
    found = [(n, match) for n, p in enumerate(paragraphs) if (match := _MARGIN.match(p.text))]
    for dashed in (False, True):
        row = [(n, match) for n, match in found if bool(match[2]) == dashed]
        steps = pairwise(int(match[1]) for _, match in row)
        # The sections of a statute are numbered anew in each article.
        ordered = all(b - a == 1 or (dashed and b == 1 < a) for a, b in steps)
        for number, match in row if ordered and len(row) >= _RUNNING else ():
            if paragraphs[number].prose:
                paragraphs[number] = replace(paragraphs[number], bullet=match.end())
    return paragraphs


def ends_sentence(text: str) -> bool:
    """Tell whether a text without blanks at its end ends as a sentence does."""
    return _TERMINAL.search(text[-_TAIL:]) is not None


def beginnings(text: str) -> set[str]:
    """Return the beginnings of its longer words; what follows is inflected in many languages."""
    return {word[:_STEM] for word in tokenize(text) if len(word) > _SHORT_WORD}


def sentence_ends(
    text: str, start: int, end: int, language: Callable[[], str]
) -> list[tuple[int, int]]:
    """Return the sentences of a stretch that end as sentences do, without what has no end."""
    spans = [(start + a, start + b) for a, b in split_sentences(text[start:end], language())]
    while spans and not ends_sentence(text[slice(*spans[-1])]):
        spans.pop()
    return spans


def line_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield of each line that is not blank its start, and start and end of what is not blank."""
    for match in _LINE.finditer(text):
        line = match[0]
        if bare := line.strip(BLANK):
            start = match.start() + len(line) - len(line.lstrip(BLANK))
            yield match.start(), start, start + len(bare)


def _lines(text: str) -> list[_Line]:
    """Find the lines that are not blank; a gap of more than one line break starts a group."""
    lines: list[_Line] = []
    group, previous_end = 0, 0
    for left, start, end in line_spans(text):
        breaks = text.count("\n", previous_end, start) or text.count("\r", previous_end, start)
        if breaks > 1:
            group += 1
        lines.append(_Line(start, end, group, start - left))
        previous_end = end
    _mark_code(text, lines)
    _mark_indented_code(text, lines)
    _mark_running(text, lines)
    return lines


def _mark_indented_code(text: str, lines: list[_Line]) -> None:
    """Mark what is indented behind "::", or by four blanks in Markdown and not below a list."""
    markdown = any(line.code or text.startswith("#", line.start) for line in lines)
    base, literal, listed = 0, False, False
    for before, line in pairwise([_Line(0, 0, -1), *lines]):
        if line.group != before.group and not line.code:
            deeper = line.indent > base
            opens = text.endswith("::", before.start, before.end)
            opens &= not _ADMONITION.match(text, before.start, before.end)
            literal = deeper and (literal or opens)
            block = markdown and line.indent >= 4 and not listed
            line.code = literal or block
            if not (line.code or deeper):
                base = line.indent
                listed = _BULLET.match(text, line.start) is not None
        elif line.group == before.group and before.code and not line.code and line.indent > base:
            line.code = literal or (markdown and line.indent >= 4)


def _mark_running(text: str, lines: list[_Line]) -> None:
    """Mark lines that recur alone, their numbers apart, and are not sentences."""
    alone = Counter(line.group for line in lines)
    keys: dict[int, str] = {}
    for number, line in enumerate(lines):
        if alone[line.group] == 1 and line.end - line.start <= _RUNNING_LETTERS and not line.code:
            content = text[line.start : line.end]
            if _ALWAYS_WORDS.search(content) and not _is_markup(text, line, layout=False):
                keys[number] = " ".join(_DIGITS.sub("0", content).split())
    often = Counter(keys.values())
    for number, key in keys.items():
        if often[key] >= _RUNNING and not _ended(text, lines[number]):
            lines[number].running = True


def _mark_code(text: str, lines: list[_Line]) -> None:
    """Mark front matter and fenced code; a fence that nothing closes is a line like others."""
    opened: dict[str, int] = {}
    if lines and _FRONT_MATTER.match(text[lines[0].start : lines[0].end]):
        opened["---"] = 0
    for number, line in enumerate(lines):
        content = text[line.start : line.end]
        fence = _FENCE.match(content)
        mark = fence[1][:3] if fence else "---" if _FRONT_MATTER.match(content) else ""
        if mark in opened and number > opened[mark] and not (fence and fence[2]):
            for inner in lines[opened[mark] : number + 1]:
                inner.code = True
            opened.clear()
        elif fence and not opened:
            opened[mark] = number
        elif "---" in opened and line.group != lines[0].group:
            del opened["---"]


def _wrap_column(text: str, lines: list[_Line]) -> float | None:
    """Return the column at which a text was wrapped, infinity if it was not, None if unclear."""
    plain = [line for line in lines if not (line.code or _is_markup(text, line))]
    # A title with its date below, say, is not wrapped.
    prose = {line.group for line in plain if _ended(text, line)}
    joints = [
        (a, b) for a, b in pairwise(plain) if a.group == b.group and (a.group in prose or not prose)
    ]
    # An address in a line of its own is longer than the column and says nothing about it.
    lengths = [
        line.end - line.start
        for line in {id(line): line for joint in joints for line in joint}.values()
        if not _LONG_WORD.search(text[line.start : line.end])
    ]
    # So is a line that the editor did not wrap, such as a long field of the head.
    column = sorted(lengths)[int(_WRAPPED_SHARE * len(lengths))] if lengths else 0
    if not _NARROWEST_COLUMN <= column <= _WIDEST_COLUMN:
        return float("inf")
    full = [line for line, following in joints if _reaches(text, line, following, column)]
    broken = sum(not _ended(text, line) for line in full)
    stops = sum(map(text.count, ".!?。！？؟।;"))
    if stops * _STOPLESS < count_words(text):
        return None
    # An editor breaks a line where the next word does not fit, mostly within a sentence.
    wrapped = len(full) >= 0.6 * len(joints) and broken >= 0.5 * len(full)
    return column if wrapped else float("inf")


def _reaches(text: str, line: _Line, following: _Line, column: float) -> bool:
    first_word = text[following.start : min(following.end, following.start + 40)].split(maxsplit=1)
    return line.end - line.start + 1 + len(first_word[0]) > 0.9 * column


def _continues(text: str, line: _Line, following: _Line, column: float | None) -> bool:
    if column is None or line.group != following.group or line.running:
        return False
    if line.code or following.code or _BULLET.match(text, following.start):
        return False
    if _is_markup(text, line) or _is_markup(text, following):
        return False
    if _reaches(text, line, following, column):
        return True
    long = line.end - line.start >= _NARROWEST_COLUMN
    number = _NUMBER.match(text, following.start)
    if number:
        # It goes on in a long line, and is a date or that of a page in a short one, or of an entry.
        long &= following.end - following.start >= _NARROWEST_COLUMN
        long &= not text[line.start].isdigit()
    first = number.end() if number else following.start
    return long and text[first : first + 1].islower() and not _ended(text, line)


def _is_markup(text: str, line: _Line, *, layout: bool = True) -> bool:
    content = text[line.start : line.end]
    return _MARKUP.match(content) is not None or (layout and _is_layout(content))


def _is_layout(content: str) -> bool:
    """Tell a row of columns, or of a table of contents, from a line of text."""
    if content.count(" | ") > 1 and not ends_sentence(content):
        return True
    if _GAP in content:
        cells = sum(map(bool, content.split(_GAP)))
        if cells > 2 or (cells > 1 and _WIDE_GAP in content):
            return True
    return _DOT_LEADER.search(content[-_TAIL:]) is not None


def _ended(text: str, line: _Line) -> bool:
    return ends_sentence(text[max(line.start, line.end - _TAIL) : line.end])


def _paragraph(text: str, first: _Line, last: _Line) -> Paragraph:
    bullet = _BULLET.match(text, first.start, last.end)
    credit = _CREDIT.search(text, max(first.start, last.end - 100), last.end)
    content = normalize_space(text[first.start : last.end])
    sentences = normalize_space(text[first.start : credit.start()]) if credit else content
    # A stop in brackets ends what stands in them.
    prose = ends_sentence(sentences) and not _ASIDE.search(sentences)
    whole = 0
    if not prose:
        for stop in STOP.finditer(text, first.start, last.end):
            whole = stop.end() - first.start
    return Paragraph(
        start=first.start,
        end=last.end,
        text=content,
        group=first.group,
        words=count_words(content),
        prose=prose,
        single=_STOP_WITHIN.search(sentences) is None,
        credit=last.end - credit.start() if credit else 0,
        bullet=bullet.end() - first.start if bullet else 0,
        markup=first.code or _is_markup(text, first),
        indent=first.indent,
        whole=whole,
        running=first.running,
    )
