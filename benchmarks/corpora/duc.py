r"""DUC 2003 to 2007 and TAC 2008 to 2011, as NIST distributes them, unpacked in any one folder.

Documents are files with ``<DOC>`` below a folder named after its topic: ``d30001t``, ``D0601A``;
``D0801A-A`` for an initial set of TAC and ``D0801A-B`` for an update. Model summaries are files
named ``TOPIC.M.LENGTH.SELECTOR.AUTHOR``: ``D30001.M.100.T.A``, ``D0801-A.M.100.A.A``. Summaries by
systems, whose author is a number, are passed over, as is all in folders named after them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from summarizer import Document

from .files import read_text
from .sgml import is_document, parse_documents, parse_summary
from .topic import CorpusError, Topic, located

ORIGIN = "DUC and TAC come from NIST on request (duc.nist.gov, tac.nist.gov)"
_TOPIC = re.compile(r"(D\d+)[A-Z]?(?:-([A-Z]))?", re.IGNORECASE)
_MODEL = re.compile(r"(D\d+)[A-Z]?(?:-([A-Z]))?\.M\.(\d+)\.(.+)", re.IGNORECASE)
_EXTENSION = re.compile(r"\.(?:html?|sgml?|txt)$", re.IGNORECASE)
_SYSTEMS = re.compile(r"peer|system|baseline|pyramid", re.IGNORECASE)
_USUAL_LENGTH = 100


def recognizes(folder: Path, files: Sequence[Path]) -> bool:
    """Tell whether the files below a folder are those of DUC or TAC."""
    return any(_MODEL.fullmatch(path.name) or _topic_of(folder, path) for path in files)


def read(folder: Path, files: Sequence[Path], *, updates: bool = False) -> Iterator[Topic]:
    """Read the topics that have documents and model summaries, e.g. ``D30001`` or ``D0801-A``.

    Of models of several lengths, those of the length that most of the topic have are read; among
    equally frequent ones that nearest to 100 words.

    :param folder: Where the corpus is.
    :param files: The files below it.
    :param updates: Whether to read update sets (``-B``, ``-C``) too.
    :raises CorpusError: If there is no such topic, or one of them has no text.
    """
    files = [path for path in files if not _SYSTEMS.search(str(path.parent.relative_to(folder)))]
    models: dict[str, list[Path]] = {}
    sources: dict[str, list[Path]] = {}
    for path in files:
        if match := _MODEL.fullmatch(path.name):
            if not _author(path).isdigit():
                models.setdefault(_key(match), []).append(path)
        elif topic := _topic_of(folder, path):
            sources.setdefault(topic, []).append(path)
    if not models:
        raise CorpusError(f"{folder}: holds no model summaries such as D30001.M.100.T.A; {ORIGIN}")
    both = sorted(models.keys() & sources.keys())
    wanted = [topic for topic in both if updates or topic[-2:-1] != "-" or topic.endswith("-A")]
    if not wanted:
        raise CorpusError(f"{folder}: holds no documents of the model summaries' topics; {ORIGIN}")
    for topic in wanted:
        with located(f"{sources[topic][0].parent}: {topic}"):
            references = (parse_summary(read_text(path)) for path in _choose(models[topic]))
            found = Topic(topic, tuple(_documents(sources[topic])), tuple(filter(None, references)))
        yield found


def _key(match: re.Match[str]) -> str:
    return "-".join(filter(None, match.groups()[:2])).upper()


def _topic_of(folder: Path, path: Path) -> str | None:
    """Name the topic after the nearest folder, from that of the corpus on, with the name of one."""
    names = (folder.name, *path.parent.relative_to(folder).parts)
    matches = (_TOPIC.fullmatch(name) for name in reversed(names))
    return next((_key(match) for match in matches if match), None)


def _author(path: Path) -> str:
    return _EXTENSION.sub("", path.name).rpartition(".")[2]


def _documents(paths: Sequence[Path]) -> Iterator[Document]:
    """Give each document of some files once, though several tasks of a year may have it."""
    seen: set[str] = set()
    for path in paths:
        text = read_text(path)
        if is_document(text):
            for document in parse_documents(text, path.name):
                if document.id not in seen:
                    seen.add(document.id)
                    yield document


def _choose(paths: Sequence[Path]) -> list[Path]:
    """Choose the models of one length, each once, the plain one before one with mark-up."""
    once: dict[str, Path] = {}
    for path in sorted(paths, key=lambda path: (_EXTENSION.search(path.name) is not None, path)):
        once.setdefault(_EXTENSION.sub("", path.name).upper(), path)
    lengths = {name: int(name.split(".")[2]) for name in once}
    counted = Counter(lengths.values())
    length = min(counted, key=lambda n: (-counted[n], abs(n - _USUAL_LENGTH), n))
    return [once[name] for name in sorted(once) if lengths[name] == length]
