"""The reader of each format."""

from collections.abc import Callable
from importlib import import_module

from ..errors import ReadError
from .documents import Documents, Origin

READERS = {
    "csv": ("delimited", "read_csv"),
    "docx": ("docx", "read_docx"),
    "html": ("html", "read_html"),
    "json": ("jsonlines", "read_json"),
    "mail": ("mail", "read_mail"),
    "markdown": ("markdown", "read_markdown"),
    "odt": ("odt", "read_odt"),
    "pdf": ("pdf", "read_pdf"),
    "rtf": ("rtf", "read_rtf"),
    "text": ("plaintext", "read_plaintext"),
}
_REASON = 150


def find_reader(kind: str) -> Callable[[bytes, Origin], Documents]:
    """Return the function for a key of ``READERS``."""
    module, name = READERS[kind]
    read: Callable[[bytes, Origin], Documents] = getattr(
        import_module(f".{module}", __package__), name
    )
    return read


def parse(kind: str, data: bytes, origin: Origin) -> Documents:
    """Parse a file in this process.

    :param kind: A key of ``READERS``.
    :param data: The file.
    :param origin: Where it comes from.
    :raises ReadError: Whatever is wrong with the file.
    """
    read = find_reader(kind)
    try:
        return read(data, origin)
    except ReadError:
        raise
    except MemoryError as error:
        message = f"needs too much memory to be read as {kind}; raise the limit (--max-memory)"
        raise ReadError(f"{origin.name}: {message}") from error
    except Exception as error:  # parsers raise whatever a damaged file leads them to
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:_REASON]
        raise ReadError(f"{origin.name}: cannot be read as {kind} ({reason})") from error
