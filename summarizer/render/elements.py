"""Small parts of the page of HTML."""

from ..datatypes import Source
from ..datatypes.citations import Passage
from ..text.tokens import normalize_space
from .addresses import short_address, web_address
from .escaping import escape


def name_of(source: Source) -> str:
    """Return the title of a source, or what it is called without one."""
    return line(source.title) or escape(source.id)


def origin_of(source: Source) -> list[str]:
    """Return who published a source and when: author, site and day, as far as known."""
    return [line(text) for text in source.published]


def address_of(source: Source) -> list[str]:
    """Return the address of a source, linked, and its path, as far as known."""
    told = []
    address = web_address(source.url)
    if address:
        told.append(f'<a href="{escape(address)}">{escape(short_address(address))}</a>')
    elif source.url:
        told.append(escape(source.url))
    if source.path:
        told.append(f"<code>{escape(source.path)}</code>")
    return told


def shared_text(source: Source) -> list[str]:
    """Name the source with the same text, if there is one before this."""
    number = source.copy_of
    return [f'shares text with <a href="#d{number}">{number}</a>'] if number else []


def place_of(passage: Passage) -> str:
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
