"""What every reader gives, and the error that each of them raises."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from summarizer import Document


class CorpusError(ValueError):
    """A corpus is missing or malformed; the message is one line that names the file."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Documents about one subject and how people summarized them.

    :raises ValueError: If there are no documents or no references, or one of them is not text.
    """

    id: str
    documents: tuple[Document, ...]
    references: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.documents:
            raise ValueError("no documents")
        if not self.references:
            raise ValueError("no references")
        texts = [*self.references, *(document.text for document in self.documents)]
        texts += [document.title for document in self.documents]
        texts += [document.date for document in self.documents if document.date is not None]
        if not all(isinstance(text, str) for text in texts):
            raise ValueError("a text is not a string")


@contextmanager
def located(where: str) -> Iterator[None]:
    """Turn what goes wrong with one record into an error that says where it is.

    :param where: The file and the line, or whatever else finds the record.
    :raises CorpusError: Instead of the errors that a malformed record causes.
    """
    try:
        yield
    except CorpusError:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        reason = f"no {error}" if isinstance(error, KeyError) else str(error)
        raise CorpusError(f"{where}: is not a topic ({reason})") from error
