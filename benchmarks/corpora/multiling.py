"""MultiLing, multi-document: the pilot of 2011 and the tasks of 2013 and 2015.

Documents are named by topic, digit and language, ``M0001.english``, with the headline on line 1.
Model summaries are named by topic and author, ``M000.A.250``; their language is a part of the name,
or the name of a folder they are in. Archives inside the owners' archives must be unpacked.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from summarizer import Document

from .files import read_text, stripped_lines
from .topic import CorpusError, Topic, located

ORIGIN = "MultiLing comes from its organizers (multiling.iit.demokritos.gr)"
_DOCUMENT = re.compile(r"(M\d{3})\d\.(?!txt$)([^\W\d_]{2,})(?:\.txt)?")
_SUMMARY = re.compile(r"(M\d{3})\d?\.(.+)")
_SYSTEMS = re.compile(r"peer|system|baseline|submission", re.IGNORECASE)


def recognizes(files: Sequence[Path]) -> bool:
    """Tell whether files are those of MultiLing."""
    return any(_DOCUMENT.fullmatch(path.name) for path in files)


def read(folder: Path, files: Sequence[Path], *, language: str | None = None) -> Iterator[Topic]:
    """Read the topics of each language that have a model summary, e.g. ``M000.english``.

    :param folder: Where the corpus is.
    :param files: The files below it.
    :param language: The only language to read, as files name it.
    :raises CorpusError: If there is no topic with a model summary.
    """
    files = [path for path in files if not _SYSTEMS.search(str(path.parent.relative_to(folder)))]
    documents: dict[tuple[str, str], list[Path]] = {}
    for path in files:
        if match := _DOCUMENT.fullmatch(path.name):
            documents.setdefault((match[2].lower(), match[1]), []).append(path)
    languages = {language for language, _ in documents}
    summaries: dict[tuple[str, str], list[Path]] = {}
    for path in files:
        match = _SUMMARY.fullmatch(path.name)
        if match and not _DOCUMENT.fullmatch(path.name):
            names = [*match[2].split("."), *reversed(path.relative_to(folder).parts), folder.name]
            found = _language(names, languages)
            summaries.setdefault((found, match[1]), []).append(path)
    wanted = [key for key in sorted(documents) if key in summaries and language in (None, key[0])]
    if not wanted:
        of = f" in {language}" if language else ""
        raise CorpusError(f"{folder}: holds no topic with a model summary{of}; {ORIGIN}")
    for key in wanted:
        texts = (stripped_lines(read_text(path, fallback="utf-8")) for path in summaries[key])
        with located(f"{documents[key][0].parent}: {key[1]}"):
            topic = Topic(
                f"{key[1]}.{key[0]}",
                tuple(_document(path) for path in documents[key]),
                tuple(filter(None, texts)),
            )
        yield topic


def _document(path: Path) -> Document:
    headline, _, text = read_text(path, fallback="utf-8").strip().partition("\n")
    return Document(path.name.partition(".")[0], text.strip(), headline.strip())


def _language(names: Sequence[str], languages: set[str]) -> str:
    """Name the language of a summary; an empty string where nothing tells it.

    :param names: What may name it, the likeliest first.
    """
    found = [name.lower() for name in names if name.lower() in languages]
    return found[0] if found else next(iter(languages)) if len(languages) == 1 else ""
