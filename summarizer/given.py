"""What a caller of the library hands over, to Documents."""

from collections.abc import Iterable

from .datatypes import Document
from .errors import OptionError


def as_documents(given: Iterable[Document | str]) -> list[Document]:
    """Make documents of plain texts.

    :param given: Documents, plain texts, or a single one of either.
    :return: The documents; the texts are called ``text 1`` and so on by their place.
    :raises OptionError: If there is anything else among them.
    """
    if isinstance(given, str | Document):
        given = [given]
    if not isinstance(given, Iterable):
        raise OptionError(f"documents must be Documents or strings, not {type(given).__name__}")
    return [_as_document(item, number) for number, item in enumerate(given, 1)]


def _as_document(given: object, number: int) -> Document:
    if isinstance(given, Document):
        return given
    if isinstance(given, str):
        return Document(id=f"text {number}", text=given)
    name = type(given).__name__
    raise OptionError(f"document {number} must be a Document or a string, not {name}")
