"""Run a system on the topics of a corpus and measure each of its summaries."""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import IO

from summarizer import __version__
from summarizer.clean import clean
from summarizer.rank.concepts import language_of, split_documents
from summarizer.text.language import language

from .corpora import Topic
from .measures import (
    budget_use,
    dangling,
    events_repeated,
    orphans,
    redundancy,
    rouge,
    rouge_signature,
    short,
    sources_drawn,
)
from .oracle import oracle
from .results import Result
from .systems import ORACLE, System


@dataclass(frozen=True, slots=True)
class Settings:
    """What is the same for all systems on a corpus.

    :param words: The budget.
    :param any_script: Whether ROUGE counts words of any script, without a stemmer.
    :param truncate: Whether ROUGE cuts summaries and references to the budget, as at DUC 2004.
    """

    words: int
    any_script: bool = False
    truncate: bool = False

    @property
    def cut(self) -> int | None:
        """To how many words texts are cut, or None."""
        return self.words if self.truncate else None


@dataclass(frozen=True, slots=True)
class Problem:
    """A topic as the systems are given it.

    :param id: The topic's.
    :param language: In English and lower case, or empty.
    :param code: Its BCP 47 code, or empty.
    :param words: The budget.
    :param fill: Whether it is to be used up, as recall at a fixed length asks for.
    :param documents: The sentences of each document's body; the same for all systems.
    :param texts: The documents as they are, for systems that clean and split by themselves.
    """

    id: str
    language: str
    code: str
    words: int
    fill: bool
    documents: tuple[tuple[str, ...], ...]
    texts: tuple[Mapping[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A summary and what it cost.

    :param id: The topic's.
    :param sentences: In reading order; none where the system failed.
    :param ms: Milliseconds, the start of the process and the loading of models left out.
    :param peak_mb: Most memory of the process so far, in MiB.
    :param error: Why it failed, or empty.
    """

    id: str
    sentences: tuple[str, ...]
    ms: float
    peak_mb: float
    error: str = ""


def pose(topic: Topic, settings: Settings) -> Problem:
    """Clean and split the documents of a topic, once for all systems."""
    structures = clean(topic.documents)
    codes = list(map(language_of, topic.documents, structures))
    table = split_documents(topic.documents, structures, codes)
    documents: list[list[str]] = [[] for _ in topic.documents]
    for number, text in zip(table.document.tolist(), table.texts(), strict=True):
        documents[number].append(text)
    code = max(sorted(set(codes)), key=codes.count)
    return Problem(
        topic.id,
        language(code).name,
        code,
        settings.words,
        settings.truncate,
        tuple(map(tuple, documents)),
        tuple(
            {"id": d.id, "title": d.title, "text": d.text, "date": d.date} for d in topic.documents
        ),
    )


def run(
    corpus: str,
    system: System,
    topics: Sequence[Topic],
    problems: Sequence[Problem],
    settings: Settings,
) -> Result:
    """Run a system on all topics.

    :param corpus: The corpus's name.
    :param system: The system.
    :param topics: Topics with identifiers that differ.
    :param problems: What ``pose`` made of them.
    :param settings: The same for all systems.
    :return: A mean of its answers for each topic, as ``random`` gives several.
    :raises RuntimeError: If its process cannot be started or dies; the message says what to do.
    """
    if system.name == ORACLE:
        answers = _oracle(topics, problems, settings)
    else:
        answers = answers_of(system, problems)
    posed = {problem.id: (topic, problem) for topic, problem in zip(topics, problems, strict=True)}
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in posed}
    failures: list[str] = []
    peak = 0.0
    for answer in answers:
        if answer.error:
            failures.append(answer.id)
        rows[answer.id].append(measure(answer, *posed[answer.id], settings))
        peak = max(peak, answer.peak_mb)
    measures = next(iter(rows.values()))[0]
    return Result(
        corpus=corpus,
        system=system.name,
        signature=f"summarizer {__version__} | {len(topics)} topics | "
        f"at most {settings.words} words | "
        + rouge_signature(any_script=settings.any_script, truncate=settings.cut),
        words=settings.words,
        recall=settings.truncate,
        peak_mb=round(peak, 1),
        failures=tuple(failures),
        topics=tuple(rows),
        figures={m: [fmean(row[m] for row in found) for found in rows.values()] for m in measures},
    )


def measure(answer: Answer, topic: Topic, problem: Problem, settings: Settings) -> dict[str, float]:
    """Measure one summary.

    :return: ROUGE in percent, ``sources``, ``ms``, and the rest as shares.
    """
    scores = rouge(
        answer.sentences,
        topic.references,
        any_script=settings.any_script,
        truncate=settings.cut,
    )
    return scores | {
        "redundancy": redundancy(answer.sentences),
        "dangling": dangling(answer.sentences, problem.documents),
        "orphans": orphans(answer.sentences, problem.documents, problem.code),
        "short": short(answer.sentences),
        "events repeated": events_repeated(answer.sentences),
        "sources": sources_drawn(answer.sentences, [d.text for d in topic.documents]),
        "use": budget_use(answer.sentences, settings.words),
        "ms": answer.ms,
    }


def _oracle(
    topics: Sequence[Topic], problems: Sequence[Problem], settings: Settings
) -> Iterator[Answer]:
    for topic, problem in zip(topics, problems, strict=True):
        start = time.perf_counter()
        found = oracle(
            problem.documents, topic.references, settings.words, any_script=settings.any_script
        )
        yield Answer(topic.id, tuple(found), 1000 * (time.perf_counter() - start), 0.0)


def answers_of(system: System, problems: Sequence[Problem]) -> Iterator[Answer]:
    """Let a process solve the problems, written to a file so that neither waits for the other."""
    if not system.python().exists():
        raise RuntimeError(f"{system.name}: its environment is not installed: run `make peers`")
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as lines,
        tempfile.TemporaryFile() as errors,
    ):
        for problem in problems:
            lines.write(json.dumps(asdict(problem)) + "\n")
        lines.seek(0)
        yield from _converse(system, lines, errors)


def _converse(system: System, lines: IO[str], errors: IO[bytes]) -> Iterator[Answer]:
    with subprocess.Popen(
        system.command(),
        stdin=lines,
        stdout=subprocess.PIPE,
        stderr=errors,
        encoding="utf-8",
        # Some peers' results follow the order of sets.
        env=os.environ | {"PYTHONHASHSEED": "0"},
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            found = json.loads(line)
            yield Answer(
                found["id"],
                tuple(found.get("sentences", ())),
                found.get("ms", 0.0),
                found.get("peak_mb", 0.0),
                found.get("error", ""),
            )
    if process.returncode:
        errors.seek(0)
        last = errors.read().decode(errors="replace").strip().splitlines()[-1:]
        raise RuntimeError(f"{system.name}: ended with {process.returncode}: {' '.join(last)}")
