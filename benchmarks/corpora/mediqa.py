"""MEDIQA: answers to a medical question, and summaries of all of them together.

MEDIQA-AnS is JSON, ``{id: {"question", "multi_ext_summ", "multi_abs_summ", "answers": {id:
{"article", ...}}}}``. Task 2 of MEDIQA 2021 is a folder with ``...MultiExtractiveSummaries.txt``,
``...MultiAbstrativeSummaries.txt`` (their spelling; ``number||summary`` lines) and
``...Answers.xlsx`` (question, answer, text; one line of headings).
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from summarizer import Document

from .files import read_lines
from .topic import CorpusError, Topic, located
from .xlsx import read_rows

ORIGIN = "MEDIQA 2021 comes from its organizers (github.com/abachaa/MEDIQA2021)"
_SUMMARIES = {
    "extractive": re.compile(r"MultiExtractiveSummaries\.txt$", re.IGNORECASE),
    "abstractive": re.compile(r"MultiAbstra\w*Summaries\.txt$", re.IGNORECASE),
}
_ANSWERS = re.compile(r"Answers\.xlsx$", re.IGNORECASE)


def topic_from(record: Any, name: str) -> Topic:
    """Make a topic of a question; the extractive summary is the first reference.

    :param record: A decoded JSON object.
    :param name: The id of a question without one.
    """
    documents = tuple(
        Document(str(number), answer["article"].strip())
        for number, answer in record["answers"].items()
        if answer["article"].strip()
    )
    summaries = (record.get("multi_ext_summ"), record.get("multi_abs_summ"))
    references = tuple(summary.strip() for summary in summaries if summary and summary.strip())
    return Topic(str(record.get("id", name)), documents, references)


def recognizes(files: Sequence[Path]) -> bool:
    """Tell whether files are those of task 2."""
    return any(kind.search(path.name) for path in files for kind in _SUMMARIES.values())


def read(files: Sequence[Path]) -> Iterator[Topic]:
    """Read each folder that has summaries, e.g. the validation set and the test set.

    :param files: The files of all of them.
    :raises CorpusError: If the answers are missing or a file is malformed.
    """
    parents = {path.parent for path in files if recognizes([path])}
    for parent in sorted(parents):
        yield from _read_set(parent, [path for path in files if path.parent == parent])


def _read_set(folder: Path, files: Sequence[Path]) -> Iterator[Topic]:
    workbooks = [path for path in files if _ANSWERS.search(path.name)]
    if not workbooks:
        raise CorpusError(f"{folder}: has summaries but no ...Answers.xlsx; {ORIGIN}")
    references: dict[str, list[str]] = {}
    for kind in _SUMMARIES.values():
        for path in files:
            if kind.search(path.name):
                for number, summary in _read_summaries(path):
                    references.setdefault(number, []).append(summary)
    documents: dict[str, list[Document]] = {}
    for path in workbooks:
        for row in read_rows(path)[1:]:
            if row.get("A") and row.get("B") and row.get("C", "").strip():
                number = row["A"].strip().removesuffix(".0")
                document = Document(row["B"].strip(), row["C"].strip())
                documents.setdefault(number, []).append(document)
    for number in sorted(references, key=lambda number: (len(number), number)):
        with located(f"{workbooks[0]}: question {number}"):
            topic = Topic(number, tuple(documents.get(number, ())), tuple(references[number]))
        yield topic


def _read_summaries(path: Path) -> Iterator[tuple[str, str]]:
    for place, line in read_lines(path):
        number, separator, summary = line.partition("||")
        if separator and summary.strip():
            yield number.strip(), summary.strip()
        elif line.strip():
            raise CorpusError(f"{path}:{place}: is not a number||summary line")
