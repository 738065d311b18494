"""Opinosis: ``topics/NAME.txt.data``, an opinion a line, and ``summaries-gold/NAME/*.gold``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from summarizer import Document

from .files import read_text, stripped_lines
from .topic import CorpusError, Topic, located

ORIGIN = "Opinosis comes from its author (github.com/kavgan/opinosis-summarization)"
_TOPIC = ".txt.data"


def recognizes(files: Sequence[Path]) -> bool:
    """Tell whether files are those of Opinosis."""
    return any(path.name.endswith(_TOPIC) for path in files)


def read(folder: Path, files: Sequence[Path]) -> Iterator[Topic]:
    """Read each topic, every opinion as a document, e.g. ``NAME-1``: reviews are not told apart.

    :param folder: Where the corpus is.
    :param files: The files below it.
    :raises CorpusError: If a topic has no gold summaries.
    """
    gold: dict[str, list[Path]] = {}
    for path in files:
        if path.suffix == ".gold":
            gold.setdefault(path.parent.name, []).append(path)
    if not gold:
        raise CorpusError(f"{folder}: holds no summaries-gold/NAME/*.gold; {ORIGIN}")
    for path in files:
        if not path.name.endswith(_TOPIC):
            continue
        name = path.name.removesuffix(_TOPIC)
        references = (stripped_lines(read_text(summary)) for summary in gold.get(name, ()))
        opinions = stripped_lines(read_text(path)).split("\n")
        with located(str(path)):
            documents = tuple(
                Document(f"{name}-{number}", opinion)
                for number, opinion in enumerate(filter(None, opinions), 1)
            )
            topic = Topic(name, documents, tuple(filter(None, references)))
        yield topic
