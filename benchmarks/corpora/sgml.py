"""The SGML of newswire: documents of DUC and TAC, and the light mark-up of some summaries."""

import re
from datetime import date
from html import unescape

from summarizer import Document
from summarizer.text.dates import find_date

_FLAGS = re.IGNORECASE | re.DOTALL
_DOCUMENT = re.compile(r"<DOC((?:\s[^>]*)?)>(.*?)(?=</DOC>|<DOC[\s>]|\Z)", _FLAGS)
_ID = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)
_TITLES = ("HEADLINE", "HL", "HEAD", "TI")
_BODIES = ("LEADPARA", "TEXT")
_DATES = ("DATE_TIME", "DATE", "DATE1")
_APART = re.compile(r"</?P(?:\s[^>]*)?>|<BR\s*/?>", re.IGNORECASE)
_DROPPED = re.compile(r"<!--.*?-->|<TITLE>.*?</TITLE>|<a\s+name=[^>]*>\[\d+\]</a>", _FLAGS)
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_TYPESETTING = re.compile(r"&[A-Z]{2};")
_DOUBLE_QUOTE = re.compile(r"``|''")
_INDENTED = re.compile(r"(?: {2,}|\t)\s*\S")
_STAMP = re.compile(r"[A-Z]+(?:_[A-Z]+)?_?((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_SHORT_STAMP = re.compile(r"(?:AP|WSJ)(\d\d)(\d\d)(\d\d)-")
_AMERICAN_STAMP = re.compile(r"LA(\d\d)(\d\d)(\d\d)-")
_DIGITS = re.compile(r"((?:19)?\d\d|20\d\d)(\d\d)(\d\d)(?!\d)")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


def is_document(text: str) -> bool:
    """Tell whether a text has the mark-up of a document."""
    return _DOCUMENT.search(text) is not None


def parse_documents(text: str, name: str) -> list[Document]:
    """Parse the documents of a file; those without text are left out.

    :param text: The file, with any number of ``<DOC>``.
    :param name: The id of a document without one.
    """
    documents: list[Document] = []
    for match in _DOCUMENT.finditer(text):
        body = match[2]
        attribute = _ID.search(match[1])
        number = next(iter(_inside("DOCNO", body)), "").strip()
        number = number or (attribute[1] if attribute else name)
        titles = [title for tag in _TITLES for title in _inside(tag, body)]
        texts = [part for tag in _BODIES for part in _inside(tag, body)]
        content = "\n\n".join(filter(None, map(_paragraphs, texts or _inside("GRAPHIC", body))))
        if content:
            title = " ".join(_plain(titles[0]).split()) if titles else ""
            documents.append(Document(number, content, title, _date(number, body)))
    return documents


def parse_summary(text: str) -> str:
    """Return the lines of a summary without mark-up and empty lines."""
    lines = _plain(text).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _inside(tag: str, body: str) -> list[str]:
    """Return what stands inside each element of a name; the last TEXT may lack its end tag."""
    end = rf"(?:</{tag}>|\Z)" if tag == "TEXT" else f"</{tag}>"
    return re.findall(rf"<{tag}(?:\s[^>]*)?>(.*?){end}", body, _FLAGS)


def _plain(text: str) -> str:
    text = _APART.sub("\n\n", _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = _TAG.sub("", text).replace("&MD;", "—")
    return _DOUBLE_QUOTE.sub('"', _TYPESETTING.sub("", unescape(text)))


def _paragraphs(text: str) -> str:
    """Join the lines of paragraphs; one begins after a blank line, or where a line is indented.

    Indentation counts only among lines that are not all indented.
    """
    found: list[list[str]] = []
    for block in re.split(r"\n\s*\n", _plain(text)):
        lines = [line for line in block.split("\n") if line.strip()]
        indented = [_INDENTED.match(line) is not None for line in lines]
        for place, line in enumerate(lines):
            if place == 0 or (indented[place] and not all(indented)):
                found.append([])
            found[-1] += line.split()
    return "\n\n".join(" ".join(words) for words in found)


def _date(number: str, body: str) -> str | None:
    """Find the day in the number of a document, else in its date, month before day."""
    if match := _STAMP.match(number) or _SHORT_STAMP.match(number):
        year, month, day = map(int, match.groups())
        return _iso(year, month, day)
    if match := _AMERICAN_STAMP.match(number):
        month, day, year = map(int, match.groups())
        return _iso(year, month, day)
    for tag in _DATES:
        for text in _inside(tag, body):
            line = " ".join(_plain(text).split())
            if match := _DIGITS.match(line):
                year, month, day = map(int, match.groups())
                found = _iso(year, month, day)
            elif match := _AMERICAN.match(line):
                month, day, year = map(int, match.groups())
                found = _iso(year, month, day)
            else:
                found = find_date(line)
            if found:
                return found
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year if year > 99 else 1900 + year, month, day).isoformat()
    except ValueError:
        return None
