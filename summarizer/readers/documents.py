"""What reading hands back, and what each reader is told about the bytes it gets."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..datatypes import Document


class Documents(list[Document]):
    """A list of documents that remembers what could not be read.

    :param skipped: One line for each file left out: its name and why. ``summarize`` repeats them
        in the summary's warnings.
    """

    def __init__(self, documents: Iterable[Document] = (), skipped: Iterable[str] = ()) -> None:
        super().__init__(documents)
        self.skipped = tuple(skipped)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the bytes of a document come from.

    :param id: The id of the document.
    :param path: The file; one inside an archive is named as if the archive were a folder.
    :param most: How many documents may be made of it at most.
    """

    id: str
    path: str | None
    most: int = 1

    @property
    def name(self) -> str:
        """What to call it in an error."""
        return self.path or self.id
