"""Small parts of the page of HTML."""

from ..datatypes import Source
from ..tokens import normalize_space
from .escaping import escape


def name_of(source: Source) -> str:
    """Return the title of a source, or what it is called without one."""
    return line(source.title) or escape(source.id)


def line(text: str) -> str:
    """Return a text in one line."""
    return escape(normalize_space(text))


def lang(code: str, around: str) -> str:
    """Return the attribute of an element, where its language is not that of what is around."""
    return f' lang="{code}"' if code != around else ""


def counted(number: int, noun: str) -> str:
    """Return e.g. ``1,200 words``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def details(name: str, content: str) -> str:
    """Return what a reader may open."""
    return f'<details><summary lang="en">{name}</summary>{content}</details>'


def figure(name: str, heading: str, drawn: str, caption: str, below: str = "") -> str:
    """Return a section with a picture.

    :param name: Its identity in the page.
    :param heading: What it shows.
    :param drawn: The picture.
    :param caption: How to read it, as HTML.
    :param below: What else belongs to it, as HTML.
    """
    return (
        f'<section aria-labelledby="{name}">\n<h2 id="{name}" lang="en">{heading}</h2>\n<figure>'
        f'{drawn}<figcaption lang="en">{caption}</figcaption></figure>{below}\n</section>\n'
    )
