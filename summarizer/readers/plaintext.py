"""Plain text files, as they are."""

from ..datatypes import Document
from .decoding import decode
from .documents import Documents, Origin


def read_plaintext(data: bytes, origin: Origin) -> Documents:
    """Read a plain text; title and date are found by its structure later.

    :return: One document.
    :raises ReadError: If the bytes are not text.
    """
    text = decode(data, origin.name)
    return Documents([Document(id=origin.id, text=text, path=origin.path)])
