"""Corpora with human references, in the formats that their owners publish."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from . import duc, mediqa, multi_news, multiling, opinosis
from .files import files_below
from .records import read_json, read_json_lines
from .topic import CorpusError, Topic

__all__ = ["CorpusError", "Topic", "read_topics"]


def read_topics(
    path: Path,
    *,
    documents: int | None = None,
    updates: bool = False,
    language: str | None = None,
) -> Iterator[Topic]:
    """Read the topics of a corpus one by one, always in the same order.

    A file is JSON of this project, WCEP, Multi-News or MEDIQA-AnS (``.jsonl`` or ``.json``, gzipped
    or not), or the ``.src`` or ``.parquet`` of Multi-News. A folder is of DUC or TAC, MultiLing,
    Opinosis, or task 2 of MEDIQA 2021.

    :param path: The file or the folder.
    :param documents: How many documents of a topic to take at most; 10 makes WCEP-10 of WCEP-100.
    :param updates: Whether to read the update sets of DUC 2007 and TAC, as topics of their own.
    :param language: The only language of MultiLing to read, e.g. ``english``.
    :raises CorpusError: If the corpus is missing, malformed, or of none of these formats.
    """
    for topic in _read(path, updates=updates, language=language):
        yield replace(topic, documents=topic.documents[:documents])


def _read(path: Path, *, updates: bool, language: str | None) -> Iterator[Topic]:
    if path.is_dir():
        return _read_folder(path, updates=updates, language=language)
    if not path.exists():
        raise CorpusError(f"{path}: No such file or directory")
    kinds = [suffix.lower() for suffix in path.suffixes]
    if kinds[-1:] == [".parquet"]:
        return multi_news.read_parquet(path)
    if ".src" in kinds:
        return multi_news.read_pairs(path)
    if kinds[-1:] == [".json"] or kinds[-2:] == [".json", ".gz"]:
        return read_json(path)
    return read_json_lines(path)


def _read_folder(path: Path, *, updates: bool, language: str | None) -> Iterator[Topic]:
    files = files_below(path)
    if multiling.recognizes(files):
        return multiling.read(path, files, language=language)
    if opinosis.recognizes(files):
        return opinosis.read(path, files)
    if mediqa.recognizes(files):
        return mediqa.read(files)
    if duc.recognizes(path, files):
        return duc.read(path, files, updates=updates)
    origins = (duc.ORIGIN, multiling.ORIGIN, opinosis.ORIGIN, mediqa.ORIGIN)
    raise CorpusError(
        f"{path}: holds no corpus of a known layout; give the file of Multi-News, WCEP or JSON "
        f"lines itself; {'; '.join(origins)}"
    )
