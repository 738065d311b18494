"""``python -m benchmarks.queries DATA...``: what answers a question, beside simpler ways.

DATA are files with a JSON line for each question: ``{"id", "query", "documents": [{"id", "title",
"text"}], "references": [...]}``, packed by gzip or xz where their names end so. A question without
documents is put to those of the line before. Questions may have
``spans``, the first and last paragraph (from 0) of each passage that people marked as relevant;
then the share of quoted sentences in these is given. Each question is also put to the documents of
another subject of the same file, where it should be refused, unless it is asked of several
subjects, such as “Summarize the meeting”.

The peers rank the same sentences, by BM25 or by the cosine of minilm, and take them by maximal
marginal relevance; ``lead`` takes the beginning.
"""

import gzip
import json
import lzma
import re
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from statistics import fmean
from typing import Any

import click
import numpy as np
import numpy.typing as npt
from pyversity import Strategy, diversify

from summarizer import Document, Settings, Summarizer, load_encoder
from summarizer.encoders import embed
from summarizer.rank.query import query_words, word_relevance
from summarizer.subject.sources import split_sources
from summarizer.text.tokens import count_words

from .measures import rouge

_HERE = Path(__file__).parent
_DIVERSITY = 0.3
# A sentence, its document, and where it begins there.
Quote = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Question:
    """A question put to documents."""

    id: str
    query: str
    documents: tuple[Document, ...]
    references: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What one way of answering reached, in percent; None where it was not measured."""

    system: str
    r1: float
    r2: float
    in_spans: float | None
    refused: float | None
    foreign_refused: float | None
    seconds: float


class Subject:
    """Documents that several questions are put to, prepared once."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self.prepared = Summarizer(documents)
        sources, self.table = split_sources(documents, Settings())
        self.numbers = [number - 1 for number in sources.numbers]
        self.languages = sorted(set(sources.languages))
        self.texts = list(self.table.texts())

    @cached_property
    def vectors(self) -> npt.NDArray[np.float32]:
        """The sentences as minilm has them."""
        return embed(load_encoder("minilm"), self.texts)

    @cached_property
    def static(self) -> npt.NDArray[np.float32]:
        """The sentences as the static model has them."""
        return embed(load_encoder("static"), self.texts)

    def take(self, order: Sequence[int], words: int) -> list[Quote]:
        """Take sentences in an order while they fit, and give them in reading order."""
        taken: list[int] = []
        for row in order:
            cost = count_words(self.texts[row])
            if cost <= words:
                taken.append(row)
                words -= cost
        return [self._quote(row) for row in sorted(taken)]

    def diverse(
        self, vectors: npt.NDArray[np.float32], scores: npt.NDArray[Any], words: int
    ) -> list[Quote]:
        """Take sentences by maximal marginal relevance (Carbonell and Goldstein 1998)."""
        # More than fit, as the longest do not.
        most = min(len(scores), words // 3)
        found = diversify(vectors, scores, most, strategy=Strategy.MMR, diversity=_DIVERSITY)
        return self.take(found.indices.tolist(), words)

    def _quote(self, row: int) -> Quote:
        number = self.numbers[int(self.table.document[row])]
        return self.texts[row], number, int(self.table.start[row])


def _product(subject: Subject, query: str | None, words: int) -> list[Quote]:
    summary = subject.prepared.summarize(query=query, words=words)
    return [(s.text, s.source - 1, s.start) for s in summary.sentences]


def _by_words(subject: Subject, query: str, words: int) -> list[Quote]:
    asked = query_words(subject.table.stems, query, subject.languages)
    scores = word_relevance(subject.table, asked)
    return subject.diverse(subject.static, scores, words)


def _by_meaning(subject: Subject, query: str, words: int) -> list[Quote]:
    scores = subject.vectors @ embed(load_encoder("minilm"), [query])[0]
    return subject.diverse(subject.vectors, scores, words)


SYSTEMS: Mapping[str, Callable[[Subject, str, int], list[Quote]]] = {
    "summarizer": _product,
    "summarizer without the question": lambda subject, _, words: _product(subject, None, words),
    "minilm, MMR": _by_meaning,
    "BM25, MMR": _by_words,
    "lead": lambda subject, _, words: subject.take(range(len(subject.texts)), words),
}


def read_questions(path: Path) -> Iterator[Question]:
    """Read a file of questions."""
    openers: Mapping[str, Callable[..., Any]] = {".xz": lzma.open, ".gz": gzip.open}
    documents: tuple[Document, ...] = ()
    with openers.get(path.suffix, open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if "documents" in record:
                documents = tuple(
                    Document(str(d.get("id", n)), d["text"], title=d.get("title") or "")
                    for n, d in enumerate(record["documents"], 1)
                )
            spans = [span for span in record.get("spans") or () if _is_span(span)]
            yield Question(
                str(record["id"]),
                record["query"],
                documents,
                tuple(record["references"]),
                tuple((first, last) for first, last in spans) if len(documents) == 1 else (),
            )


def _is_span(span: object) -> bool:
    return isinstance(span, list) and len(span) == 2 and all(type(end) is int for end in span)


def measure(questions: Sequence[Question], system: str, words: int, *, truncate: bool) -> Row:
    """Answer questions in one way."""
    answer = SYSTEMS[system]
    subjects = list(dict.fromkeys(question.documents for question in questions))
    asked_of = Counter(query for query, _ in {(q.query, q.documents) for q in questions})
    prepared: dict[tuple[Document, ...], Subject] = {}
    kind = "r" if truncate else ""
    scores: list[tuple[float, float]] = []
    inside: list[float] = []
    refused: list[bool] = []
    foreign: list[bool] = []
    seconds = 0.0
    for question in questions:
        for documents in (question.documents, _next(subjects, question.documents)):
            if documents not in prepared:
                prepared[documents] = Subject(documents)
        subject = prepared[question.documents]
        begun = time.perf_counter()
        quotes = answer(subject, question.query, words)
        seconds += time.perf_counter() - begun
        sentences = [text for text, _, _ in quotes]
        found = rouge(sentences, question.references, truncate=words if truncate else None)
        scores.append((found[f"R1{kind}"], found[f"R2{kind}"]))
        if question.spans and quotes:
            inside.append(fmean(_is_inside(question, start) for _, _, start in quotes))
        if system == "summarizer":
            refused.append(not quotes)
            if asked_of[question.query] == 1 and len(subjects) > 1:
                other = prepared[_next(subjects, question.documents)]
                foreign.append(not answer(other, question.query, words))

    def share(part: Sequence[float]) -> float | None:
        return round(100 * fmean(part), 1) if part else None

    return Row(
        system=system,
        r1=round(fmean(r1 for r1, _ in scores), 2),
        r2=round(fmean(r2 for _, r2 in scores), 2),
        in_spans=share(inside),
        refused=share(refused),
        foreign_refused=share(foreign),
        seconds=round(seconds / len(questions), 3),
    )


def _next(
    subjects: Sequence[tuple[Document, ...]], documents: tuple[Document, ...]
) -> tuple[Document, ...]:
    return subjects[(subjects.index(documents) + 1) % len(subjects)]


def _is_inside(question: Question, start: int) -> bool:
    ends = [match.end() for match in re.finditer(r"\n+", question.documents[0].text)]
    paragraph = bisect_right(ends, start)
    return any(first <= paragraph <= last for first, last in question.spans)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--words", default=250, show_default=True, help="Budget of each answer.")
@click.option("--truncate", is_flag=True, help="Recall of texts cut to the budget, as at DUC.")
@click.option("--questions", type=click.IntRange(min=1), help="Only so many a file, spread evenly.")
@click.option(
    "--asked-in",
    type=click.Path(exists=True, path_type=Path),
    help="Put the questions of this file to the documents, e.g. the same ones in another language.",
)
@click.option("--save", is_flag=True, help="Keep the figures in results/queries.")
def main(
    data: tuple[Path, ...],
    words: int,
    questions: int | None,
    asked_in: Path | None,
    *,
    truncate: bool,
    save: bool,
) -> None:
    """Answer the questions of files, and print means over them."""
    click.echo(
        "corpus".ljust(20) + "system".ljust(34) + "R1".rjust(6) + "R2".rjust(6)
        + "in spans".rjust(10) + "refused".rjust(9) + "foreign".rjust(9) + "s".rjust(7)
    )  # fmt: skip
    for path in data:
        name = path.name.partition(".jsonl")[0]
        read = list(read_questions(path))
        if asked_in:
            queries = {question.id: question.query for question in read_questions(asked_in)}
            if lacking := [question.id for question in read if question.id not in queries]:
                raise click.UsageError(f"{asked_in}: has no question {lacking[0]}")
            read = [replace(question, query=queries[question.id]) for question in read]
        step = max(len(read) // questions, 1) if questions else 1
        posed = read[::step][:questions]
        rows = []
        for system in SYSTEMS:
            row = measure(posed, system, words, truncate=truncate)
            rows.append(row)
            shares = (row.in_spans, row.refused, row.foreign_refused)
            told = ["" if share is None else f"{share:.0f}%" for share in shares]
            click.echo(
                name.ljust(20) + system.ljust(34) + f"{row.r1:6.1f}{row.r2:6.1f}"
                + told[0].rjust(10) + told[1].rjust(9) + told[2].rjust(9) + f"{row.seconds:7.2f}"
            )  # fmt: skip
        if save:
            kept = _HERE / "results" / "queries" / f"{name}.json"
            kept.parent.mkdir(parents=True, exist_ok=True)
            lines = ",\n  ".join(json.dumps(asdict(row)) for row in rows)
            head = {"corpus": name, "questions": len(posed), "words": words, "recall": truncate}
            fields = "".join(f" {json.dumps(key)}: {json.dumps(head[key])},\n" for key in head)
            kept.write_text(f'{{\n{fields} "rows": [\n  {lines}\n ]\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
