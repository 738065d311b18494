"""A topic as it was named, to the line that says what became of it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any, NamedTuple

from ..encoders import load_encoder
from ..errors import ReadError
from ..readers import Documents, Limits, read
from ..readers.documents import Origin
from ..readers.formats.tables import read_rows
from ..readers.worker import kept_worker
from ..render.safe import printable_json
from ..version import VERSION
from .given import Given
from .job import Job
from .work import LOST


class Line(NamedTuple):
    """A line of the output.

    :param data: The line, in UTF-8.
    :param failed: Whether it tells an error.
    """

    data: bytes
    failed: bool


@dataclass(frozen=True)
class LineWork:
    """Makes the line of a topic.

    :param job: How it is summarized.
    :param limits: What its files may cost.
    :param strict: Whether a file of it that cannot be read is an error.
    :param explain: Whether to add why each sentence was picked.
    :param made: 8 hexadecimal digits that tell of all this.
    """

    job: Job
    limits: Limits
    strict: bool
    explain: bool
    made: str

    def __call__(self, given: Given, /) -> Line:
        """Read and summarize a topic.

        :raises EncoderError: If the encoder cannot be loaded.
        """
        if given.problem is not None:
            return self._line(given, {"error": given.problem})
        found = self.job.attempt(lambda: self._read(given))
        if isinstance(found, str):
            return self._line(given, {"error": found})
        return self._line(given, found.to_dict(explain=self.explain))

    def lost(self, given: Given, /) -> Line:
        """Return the line of a topic that ends each process it is done in."""
        return self._line(given, {"error": LOST})

    def digest(self, given: Given) -> str:
        """Return what tells from which input and by which options the line of a topic is made."""
        return f"{self.made}-{given.digest()}"

    def _line(self, given: Given, fields: Mapping[str, Any]) -> Line:
        record = {"id": given.id, "digest": self.digest(given), **fields}
        data = printable_json(json.dumps(record, ensure_ascii=False))
        return Line(data.encode() + b"\n", "error" in fields)

    def _read(self, given: Given) -> Documents:
        if given.line is None:
            worker = kept_worker(self.limits)
            return read([given.place], limits=self.limits, strict=self.strict, worker=worker)
        listed = json.loads(given.line).get("documents")
        if not isinstance(listed, list) or not listed:
            what = "an empty list" if listed == [] else "no list"
            raise ReadError(f"{given.place} has {what} of documents")
        rows = [_row(document) for document in listed]
        origin = Origin("", None, self.limits.files)
        try:
            found = read_rows(enumerate(rows, 1), origin)
        except ReadError as error:
            raise ReadError(f"{given.place} {_tidy(error)}") from error
        documents = []
        for document in found:
            number = document.marks.first if document.marks else 0
            name = rows[number - 1].get("id")
            named = str(name) if isinstance(name, str | int) else f"text {number}"
            documents.append(replace(document, id=named, marks=None))
        return Documents(documents, map(_tidy, found.skipped))


def line_work(
    model: str, options: Mapping[str, Any], limits: Limits, *, strict: bool, explain: bool
) -> LineWork:
    """Settle how lines are made.

    :param model: As for ``load_encoder``.
    :param options: As for ``summarize``.
    :raises SummarizerError: If an option is out of range, or there is no such model.
    """
    job = Job(model, dict(options))  # type: ignore[arg-type]
    name = getattr(load_encoder(model), "name", model)
    made = [VERSION, name, dict(options), asdict(limits), strict, explain]
    digest = sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:8]
    return LineWork(job, limits, strict, explain, digest)


def _row(document: object) -> Mapping[str, object]:
    if isinstance(document, str):
        return {"text": document}
    return document if isinstance(document, dict) else {}


def _tidy(said: object) -> str:
    """Leave out the name of the file, which the rows of a topic have none of."""
    return str(said).removeprefix(": ")
