"""Texts as they are: plain ones, those with markup, which gives them a title, mails, and subtitles.

What stands above a text in fields is about it: the header of a mail, the front matter of Markdown,
the fields of reStructuredText, the attributes of AsciiDoc, the title block of Pandoc. Subtitles are
read here, as the libraries refuse a file for one broken cue, and keep sounds among the words.
"""

import html
import re
from collections import Counter
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from ...datatypes import Document, Marks
from ...errors import ReadError
from ..documents import GAP, Documents, Origin, document_of, find_day, one_line
from ..encodings import decode, decode_as

_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\r?\n")
_FRONT_MATTER_END = re.compile(r"(?:---|\.\.\.|\+\+\+)[ \t]*")
_FIELD = re.compile(r":?([^\W\d_][\w -]{0,30})(?::|[ \t]=)(?:[ \t]+(\S.*))?")
_LEAST_FIELDS = 3
_PANDOC = ("title", "author", "date")
# AsciiDoc has who wrote it, and version and day, in lines of their own.
_ASCIIDOC_AUTHOR = re.compile(r"\A(\w[\w .'-]{1,100}) <[^\s<>@]{1,100}@[^\s<>]{1,100}>")
_ASCIIDOC_REVISION = re.compile(r"\A(?:v?[\d.]{1,20}, )?(\d{4}-\d\d-\d\d)\b")
_DATES = ("date", "published", "created")
_AUTHORS = ("author", "authors")
_ADDRESS = re.compile(r"\s?<[^<>\s@]{1,100}@[^<>\s]{1,100}>")
_FENCE = re.compile(r"`{3}|~{3}")
_HEADING = re.compile(r"[#=][ \t]+(\S.*)")
_UNDERLINE = re.compile(r"([=#*~^\"'+:._`-])\1{2,}[ \t]*")
# Man pages are hyphenated by a sign that nobody types.
_HYPHEN = re.compile(r"\u2010\r?\n[ \t]*(?=[^\W\d_])")
_NUMBERED_LINE = re.compile(r"\A[ \t]{0,9}(\d{1,3})(?=\s)")
_NUMBERED = 0.8
_LEAST_NUMBERED = 10
_QUOTED = (
    "//*[contains(@class,'gmail_quote') or contains(@class,'yahoo_quoted')"
    " or contains(@class,'moz-cite-prefix')] | //blockquote[@type='cite']"
)
_TIMES = re.compile(
    r"((?:\d{1,4}:)?\d{1,2}:\d{2})[.,]\d{1,3}[ \t]{0,9}-->[ \t]{0,9}((?:\d{1,4}:)?\d{1,2}:\d{2})"
)
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^<>]{1,200})>")
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
# Sounds and music, which stand in brackets or between notes.
_SOUND = re.compile(r"[\[(][^\[\]()]*[\])]|[♪♫][^♪♫]*[♪♫]?|[♪♫]")
_OTHER_SPEAKER = re.compile(r"(?:[-–—]|>{2,3})[ \t]*(?=\S)")
# Who speaks, before a colon; in capitals, or a name time and again behind whole sentences.
_LABEL = re.compile(r"(?:[-–—]|>{2,3})?\s?([^\W\d_][^:：.!?]{0,40})[:：]\s+(?=\S)")
_ENDED = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]?$")
# Silence of this many seconds after a whole sentence makes a paragraph.
_PAUSE = 3


def read_plaintext(data: bytes, origin: Origin) -> Documents:
    """Read a plain text; title and date are found by its structure later."""
    text = _HYPHEN.sub("", decode(data, origin.name))
    return Documents([Document(id=origin.id, text=_without_numbers(text), path=origin.path)])


def _without_numbers(text: str) -> str:
    """Take away the numbers of lines, as transcripts of courts and drafts of laws have them."""
    lines = text.splitlines(keepends=True)
    last, numbered = 0, set()
    for place, line in enumerate(lines):
        found = _NUMBERED_LINE.match(line)
        number = int(found[1]) if found else 0
        if number == last + 1 or (number == 1 and last > 1):
            last = number
            numbered.add(place)
    if len(numbered) < max(_LEAST_NUMBERED, _NUMBERED * sum(map(bool, map(str.strip, lines)))):
        return text
    return "".join(
        _NUMBERED_LINE.sub(lambda found: " " * len(found[0]), line) if place in numbered else line
        for place, line in enumerate(lines)
    )


def read_markdown(data: bytes, origin: Origin) -> Documents:
    """Read Markdown, reStructuredText or AsciiDoc; its fields or its first heading tell of it."""
    text = decode(data, origin.name)
    fields, below = _fields(text.splitlines())
    document = Document(
        id=origin.id,
        text=text,
        title=(fields.get("title") or _first_heading(below)).replace("`", ""),
        date=next((day for name in _DATES if (day := find_day(fields.get(name, "")))), None),
        path=origin.path,
        author=_ADDRESS.sub("", next((fields[n] for n in _AUTHORS if n in fields), "")) or None,
        site=fields.get("site") or None,
    )
    return Documents([document])


def _fields(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return what the fields above a text say, by names in lower case, and the lines below them."""
    front = _FRONT_MATTER.fullmatch(f"{lines[0]}\n") if lines else None
    if front:
        for number, line in enumerate(lines[1:], 1):
            if _FRONT_MATTER_END.fullmatch(line):
                return _named(lines[1:number]), lines[number + 1 :]
    head = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    if lines[:1] and lines[0].startswith("% "):
        values = [line.removeprefix("% ") for line in lines[:head]]
        return dict(zip(_PANDOC, values, strict=False)), lines[head:]
    opening = [line for line in lines[:head] if not line[:1].isspace()]
    if len(opening) >= _LEAST_FIELDS and all(map(_FIELD.fullmatch, opening)):
        return _named(opening), lines[head:]
    # Those of reStructuredText and of AsciiDoc stand below a title, with a colon in front.
    own = [line for line in lines[: head + _LEAST_FIELDS] if line.startswith(":")]
    fields = _named(own)
    if lines[:1] and lines[0].startswith("= "):
        for line in lines[1:head]:
            if found := _ASCIIDOC_AUTHOR.match(line):
                fields.setdefault("author", found[1])
            elif found := _ASCIIDOC_REVISION.match(line):
                fields.setdefault("date", found[1])
    return fields, lines


def _named(lines: list[str]) -> dict[str, str]:
    found = [match for line in lines if (match := _FIELD.fullmatch(line)) and match[2]]
    return {match[1].casefold(): match[2].strip("\"' \t") for match in reversed(found)}


def _first_heading(lines: list[str]) -> str:
    """Return the first heading outside of code, or an empty string."""
    fence = above = ""
    underlined: list[tuple[str, str]] = []
    for line in lines:
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[0]):
            fence, above = mark[0] if not fence else "", ""
        elif not fence:
            heading = _HEADING.match(line)
            if heading and not underlined:
                return heading[1].strip(" \t#=")
            under = _UNDERLINE.fullmatch(line)
            if above and under and len(under[0].rstrip()) >= len(above.rstrip()) / 2:
                underlined.append((under[1], above.strip()))
                above = ""
            else:
                above = line if line[:1].strip() and not under else ""
    if not underlined:
        return ""
    # One that is underlined is the title where no other is underlined so (as docutils has it).
    style, first = underlined[0]
    return first if Counter(style for style, _ in underlined)[style] == 1 else ""


def read_mail(data: bytes, origin: Origin) -> Documents:
    """Read a message: the subject is its title, the sender its author; attachments are ignored."""
    message = message_from_bytes(data.lstrip(), policy=policy.default)
    plain, page = (_text_of(message.get_body((kind,)), origin) for kind in ("plain", "html"))
    if plain.strip():
        document = Document(id=origin.id, text=plain, path=origin.path)
    elif page.strip():
        from .html import read_page

        document = read_page(_own_words(page), origin)
    else:
        raise ReadError(f"{origin.name}: is a mail without text")
    name, address = parseaddr(_header(message, "From"))
    return Documents(
        [
            replace(
                document,
                title=_header(message, "Subject") or document.title,
                date=find_day(_header(message, "Date")) or document.date,
                author=name or address or None,
            )
        ]
    )


def _own_words(page: str) -> str:
    """Take the mail that is answered out of a page, as far as it is marked."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(page)
    except (ValueError, etree.LxmlError):
        return page
    for quoted in tree.xpath(_QUOTED):
        # A mail that is forwarded opens with a row of dashes or with the fields of its head.
        named = sum(element.text_content().strip().endswith(":") for element in quoted.iter("b"))
        forwarded = quoted.text_content().strip().startswith("-----") or named >= _LEAST_FIELDS
        if quoted.getparent() is not None and not forwarded:
            quoted.drop_tree()
    return html.tostring(tree, encoding="unicode") if tree.text_content().strip() else page


def _text_of(part: object, origin: Origin) -> str:
    if not isinstance(part, EmailMessage):
        return ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    text = decode_as(payload, part.get_content_charset(""), origin.name)
    return text.replace("\r\n", "\n")


def _header(message: EmailMessage, name: str) -> str:
    """Return a header in one line; an unreadable one is as good as none."""
    try:
        return one_line(str(message.get(name, "")))
    except (ValueError, IndexError, TypeError, AttributeError, LookupError):
        return ""


def read_subtitles(data: bytes, origin: Origin) -> Documents:
    """Read what subtitles say: a turn is a paragraph, and what each cue says has a time."""
    cues = _cues(decode(data, origin.name))
    labels = (_LABEL.match(_words(line)) for _, _, lines in cues for line in lines)
    often = Counter(label[1] for label in labels if label)
    # Where most cues name who speaks, those do who speak once.
    least = 1 if 2 * often.total() > len(cues) else 2
    paragraphs: list[str] = []
    marks: list[tuple[int, str]] = []
    speaker = last = ""
    start = ended_at = 0
    for opens, closes, lines in cues:
        for line in lines:
            voice = _VOICE.search(line)
            words = _words(line)
            said = _OTHER_SPEAKER.sub("", words, count=1) if _OTHER_SPEAKER.match(words) else words
            # Captions that roll up show the line before once more.
            if not said or _SOUND.fullmatch(said) or said == last:
                continue
            label = _LABEL.match(said)
            named = one_line(voice[1]) if voice else speaker
            pause = _seconds(opens) - ended_at >= _PAUSE
            whole = not paragraphs or _ENDED.search(paragraphs[-1]) is not None
            name = label[1] if label else ""
            recurs = (
                whole and often[name] >= least and not any(w[0].islower() for w in name.split())
            )
            labelled = name.isupper() or recurs
            turn = named != speaker or said != words or labelled
            if not paragraphs or turn or (pause and whole):
                start += len(paragraphs[-1]) + len(GAP) if paragraphs else 0
                marks.append((start, opens))
                paragraphs.append(f"{named}: {said}" if named else said)
            else:
                marks.append((start + len(paragraphs[-1]) + 1, opens))
                paragraphs[-1] += f" {said}"
            speaker, last = named, said
            ended_at = _seconds(closes)
    if not paragraphs:
        raise ReadError(f"{origin.name}: holds no words, only times or sounds")
    starts, times = zip(*marks, strict=True)
    names = tuple(map(_full, times))
    return Documents([document_of(paragraphs, origin, marks=Marks("time", starts, names=names))])


def _words(line: str) -> str:
    return one_line(html.unescape(_TAG.sub("", line)))


def _cues(text: str) -> list[tuple[str, str, list[str]]]:
    """Return when each cue starts and ends, and its lines."""
    cues: list[tuple[str, str, list[str]]] = []
    within = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if times := _TIMES.match(line.lstrip()):
            cues.append((times[1], times[2], []))
            within = True
        elif not line.strip():
            within = False
        elif within:
            cues[-1][2].append(line)
    return cues


def _seconds(time: str) -> int:
    seconds = 0
    for part in time.split(":"):
        seconds = 60 * seconds + int(part)
    return seconds


def _full(time: str) -> str:
    return f"{_seconds(time) // 3600:02}:{_seconds(time) // 60 % 60:02}:{_seconds(time) % 60:02}"
