"""Plain text files, as they are."""

from ..datatypes import Document


def read_plaintext(id: str, path: str | None, text: str) -> Document:  # noqa: A002
    """Make a document of a plain text; title and date are found by its structure later."""
    return Document(id=id, text=text, path=path)
