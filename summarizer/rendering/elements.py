"""Small parts of the page of HTML."""

from ..datatypes import Citation, CitedSentence, Source
from ..tokens import normalize_space
from .escaping import escape


def name_of(source: Source) -> str:
    """Return the title of a source, or what it is called without one."""
    return line(source.title) or escape(source.id)


def origin_of(source: Source) -> list[str]:
    """Return who published a source and when: author, site and day, as far as known."""
    return [line(text) for text in source.published]


def place_of(passage: CitedSentence | Citation) -> str:
    """Say where to look in an original, but for a line, as a text is searched sooner."""
    return "" if passage.where.startswith("line ") else escape(passage.where)


def line(text: str) -> str:
    """Return a text in one line."""
    return escape(normalize_space(text))


def lang(code: str, around: str) -> str:
    """Return the attribute of an element, where its language is not that of what is around."""
    return f' lang="{code}"' if code != around else ""


def counted(number: int, noun: str) -> str:
    """Return e.g. ``1,200 words``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def details(name: str, content: str, *, opened: bool = False) -> str:
    """Return what a reader may open."""
    state = " open" if opened else ""
    return f'<details{state}><summary lang="en">{name}</summary>{content}</details>'
