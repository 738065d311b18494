"""What ``summarize`` returns, with its renderings as methods."""

import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import Field, asdict, dataclass, field, fields
from inspect import cleandoc
from itertools import chain
from os import PathLike
from typing import Any, ClassVar, Literal

import msgspec

from .. import datatypes
from ..datatypes import (
    KINDS,
    Budget,
    CitedSentence,
    Document,
    Explanation,
    Offset,
    Passage,
    Source,
    hide_passwords,
)
from ..errors import SummarizerError
from ..render.labels import contributions
from ..render.markdown import render_markdown, render_sources_markdown
from ..render.safe import printable_json
from ..render.text import Sections, as_text, render_sources_text, summary_sections
from ..text.tokens import count_words, normalize_space

_COLUMNS = (
    *("text", "source", "where", "title", "author", "site", "date", "path", "url"),
    *("start", "end", "index", "score", "agreeing", "partly", "differing", "copies"),
)
_FIELD = re.compile(r":param (\w+): (.*?)(?=\n:|\Z)", re.DOTALL)


class Result:
    """Base of all results: text, JSON and what they need."""

    __slots__ = ()
    # Returns the sections of its text.
    sections: ClassVar[Callable[..., Sections]]
    sources: tuple[Source, ...]
    warnings: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "warnings", tuple(map(hide_passwords, self.warnings)))

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self) -> str:
        """Render as plain text, safe to print, without a line feed at its end."""
        return as_text(self.sections())

    def to_html(self) -> str:
        """Render as one page that needs nothing else: the result beside the sources' full texts."""
        from ..render.html import render_page

        return render_page(self)

    def to_dict(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers."""
        return _plain(self, fields(self))  # type: ignore[arg-type]

    def to_json(self) -> str:
        """Render as JSON, indented, with letters of every script as they are."""
        return dump_json(self.to_dict(), indent=2)


def _plain(found: Result, kept: Iterable["Field[Any]"]) -> dict[str, Any]:
    """Return fields of a result as JSON holds them; fields left out of comparison are dropped."""
    record = {own.name: getattr(found, own.name) for own in kept if own.compare}
    plain: dict[str, Any] = json.loads(json.dumps(record, default=asdict, allow_nan=False))
    return plain


@dataclass(frozen=True, slots=True)
class SummaryRecord:
    """A summary in verbatim, cited sentences, as JSON. Later versions may add fields.

    :param version: The version of this format; it changes where a field changes its meaning.
    :param text: The sentences joined by spaces; line breaks inside them are spaces.
    :param words: How many words the text has. A word is what stands between white space; each
        letter of a script without spaces is one.
    :param budget: The most that the summary may have.
    :param sentences: The quoted sentences in reading order.
    :param sources: Every source, in the order given.
    :param warnings: What a careful user should know, one line each.
    :param signature: Version, model, ranker and parameters: what is needed to make the summary
        again.
    :param query: The question that the summary answers; null where none was asked.
    :param explanations: What each quoted sentence contributes, in the order of the sentences;
        absent if not asked for.
    """

    version: Literal[1]
    text: str
    words: Offset
    budget: Budget
    sentences: tuple[CitedSentence, ...]
    sources: tuple[Source, ...]
    warnings: tuple[str, ...]
    signature: str
    query: str | None = None
    explanations: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary(Result):
    """Verbatim sentences in reading order, and the sources they come from.

    :param sentences: The quoted sentences in reading order.
    :param sources: Every source, in the order given.
    :param budget: The length that was asked for.
    :param warnings: What a careful user should know, one line each.
    :param signature: Version, model, ranker and parameters: what is needed to make it again.
    :param explanations: What each quoted sentence contributes.
    :param documents: The sources with their texts, in the order of ``sources``. Two summaries may
        be equal without them, as the JSON does not hold them.
    :param query: The question that it answers; None where none was asked.
    """

    version: ClassVar[Literal[1]] = 1
    sections = summary_sections
    sentences: tuple[CitedSentence, ...]
    sources: tuple[Source, ...]
    budget: Budget
    warnings: tuple[str, ...]
    signature: str
    explanations: tuple[Explanation, ...] = ()
    documents: tuple[Document, ...] = field(default=(), repr=False, compare=False)
    query: str | None = None

    @property
    def text(self) -> str:
        """The sentences joined by spaces, without markers; line breaks inside them are spaces."""
        return " ".join(normalize_space(sentence.text) for sentence in self.sentences)

    @property
    def words(self) -> int:
        """The number of words of the text."""
        return count_words(self.text)

    def _repr_html_(self) -> str:
        """Return HTML for a notebook: the sentences with citations, and the list of sources."""
        from ..render.html import render_fragment

        return render_fragment(self)

    def _repr_markdown_(self) -> str:
        """Return Markdown for a notebook that takes no HTML."""
        return self.to_markdown()

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame with a row for each quoted sentence.

        :return: Columns ``text``, ``source``, ``where``, ``title``, ``author``, ``site``, ``date``,
            ``path``, ``url``, ``start``, ``end``, ``index`` and ``score``; ``agreeing``,
            ``partly``, ``differing`` and ``copies``, lists of the numbers of the other sources that
            state it, state its main claim, state it differently, or have the same text.
        :raises SummarizerError: If pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise SummarizerError("pandas is not installed: pip install pandas") from error
        by_number = {source.number: source for source in self.sources}
        rows = [
            {
                **asdict(by_number[sentence.source]),
                **asdict(sentence),
                **{kind: [other.source for other in getattr(sentence, kind)] for kind in KINDS},
            }
            for sentence in self.sentences
        ]
        return pandas.DataFrame(rows, columns=_COLUMNS)

    def to_text(self, *, explain: bool = False) -> str:
        """Render as plain text, with citation markers and the list of sources.

        :param explain: Whether to add why each sentence was picked.
        """
        return as_text(self.sections(explain=explain))

    def to_markdown(
        self, *, explain: bool = False, folder: str | PathLike[str] | None = None
    ) -> str:
        """Render as Markdown, with the citations as footnotes.

        :param explain: Whether to add why each sentence was picked.
        :param folder: The folder that it will stand in; links to files start from there, by
            default from the current one.
        """
        return render_markdown(self, explain=explain, folder=folder)

    def sources_to_text(self) -> str:
        """Render only the list of sources, with what each contributed."""
        return render_sources_text(self)

    def sources_to_markdown(self, *, folder: str | PathLike[str] | None = None) -> str:
        """Render only the list of sources, with what each contributed, as Markdown.

        :param folder: As in ``to_markdown``.
        """
        return render_sources_markdown(self, folder)

    def sources_to_dict(self) -> dict[str, Any]:
        """Return the sources with what each contributed: the list of sources as JSON."""
        pairs = zip(self.sources, contributions(self), strict=True)
        return {
            "sources": [
                {**asdict(source), **part, "earlier": source.earlier} for source, part in pairs
            ],
            "warnings": list(self.warnings),
            "signature": self.signature,
        }

    def to_html(self, *, explain: bool = False) -> str:
        """Render as one page that needs nothing else: the summary beside the sources' full texts.

        :param explain: Whether to add why each sentence was picked.
        """
        from ..render.html import render_page

        return render_page(self, explain=explain)

    def to_dict(self, *, explain: bool = True) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers: the summary as JSON.

        :param explain: Whether to add the ``explanations``; without them, ``from_dict`` returns a
            summary that has none.
        """
        found = _plain(self, fields(SummaryRecord))
        if not explain:
            del found["explanations"]
        return found

    def to_json(self, *, explain: bool = True) -> str:
        """Render as JSON, indented, with letters of every script as they are.

        What could drive a terminal, and halves of surrogate pairs, are escapes; so the JSON can be
        printed and encoded whatever the sources hold.

        :param explain: As in ``to_dict``.
        """
        return dump_json(self.to_dict(explain=explain), indent=2)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Summary":
        """Load what ``to_dict`` returned; the texts of the documents are not in it.

        :raises SummarizerError: If it is not the record of a summary; the message names the field.
        """
        try:
            found = msgspec.convert(dict(record), SummaryRecord)
        except (TypeError, ValueError, msgspec.ValidationError) as error:
            raise SummarizerError(f"is not a summary: {' '.join(str(error).split())}") from error
        for problem in _problems(found):
            raise SummarizerError(f"is not a summary: {problem}")
        own = {one.name for one in fields(cls)}
        return cls(
            **{one.name: getattr(found, one.name) for one in fields(found) if one.name in own}
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> "Summary":
        """Load what ``to_json`` returned: ``Summary.from_json(s.to_json()) == s``.

        The JSON does not hold the texts of the documents, and equality leaves them out.

        :raises SummarizerError: If it is not JSON, or not that of a summary; the message names the
            field.
        """
        try:
            record = json.loads(text, parse_constant=_finite, parse_float=_finite)
        except (TypeError, ValueError, RecursionError) as error:
            raise SummarizerError(f"is not JSON: {error}") from error
        return cls.from_dict(record)


def dump_json(record: Mapping[str, Any], *, indent: int | None = None) -> str:
    """Return JSON that is safe to print and encode, with letters of every script unescaped."""
    return printable_json(json.dumps(record, ensure_ascii=False, indent=indent, allow_nan=False))


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what ``Summary.to_json`` returns.

    The types say what a field may hold, their docstrings what it means.
    """
    parts = describe_records([SummaryRecord], "#/$defs/{name}")
    root = parts.pop("SummaryRecord")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:summarizer:summary",
        **root,
        "$defs": parts,
    }


def describe_records(records: Sequence[type], ref_template: str) -> dict[str, dict[str, Any]]:
    """Return JSON Schemas by name of records and their parts, described by the docstrings.

    :param records: Classes that msgspec knows. All fields of a dataclass but ``explanations`` are
        always there; a ``msgspec.Struct`` is what others write, and may leave out what has a
        default.
    :param ref_template: How one refers to another, with ``{name}``.
    """
    _, parts = msgspec.json.schema_components(records, ref_template=ref_template)
    homes = [*(sys.modules[record.__module__] for record in records), datatypes]
    for kind, part in parts.items():
        record = next(getattr(home, kind) for home in homes if hasattr(home, kind))
        docs = [cleandoc(base.__doc__ or "") for base in reversed(record.__mro__[:-1])]
        described_by = dict(chain.from_iterable(_FIELD.findall(doc) for doc in docs))
        part["description"] = " ".join(docs[-1].split("\n\n")[0].split())
        for name, described in part["properties"].items():
            described["description"] = " ".join(described_by[name].split())
        if not issubclass(record, msgspec.Struct):
            part["required"] = [name for name in part["properties"] if name != "explanations"]
            for described in part["properties"].values():
                described.pop("default", None)
    return parts


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is not a number of JSON")
    return value


def _problems(record: SummaryRecord) -> Iterator[str]:
    """Yield what is wrong with a record although each field has the right type."""
    known = len(record.sources)
    for place, source in enumerate(record.sources):
        if source.number != place + 1:
            yield f"$.sources[{place}].number is {source.number}, not {place + 1}"
        if (source.copy_of or 1) > known:
            yield f"$.sources[{place}].copy_of is {source.copy_of}, of {known} sources"
    for place, sentence in enumerate(record.sentences):
        passages: tuple[CitedSentence | Passage, ...] = (sentence, *sentence.passages)
        for passage in passages:
            if passage.source > known:
                yield f"$.sentences[{place}]: there is no source {passage.source} of {known}"
            if passage.end <= passage.start:
                yield f"$.sentences[{place}]: a passage ends at {passage.end}, before it starts"
    if record.explanations and len(record.explanations) != len(record.sentences):
        yield f"$.explanations are {len(record.explanations)}, not one a sentence"
