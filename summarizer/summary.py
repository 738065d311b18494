"""What ``summarize`` returns, with its renderings as methods."""

import dataclasses
import json
from dataclasses import dataclass, field
from os import PathLike
from typing import Any

from .datatypes import Budget, CitedSentence, Document, Explanation, Place, Source
from .errors import SummarizerError
from .render.contributions import (
    contributions,
    render_sources_markdown,
    render_sources_text,
)
from .render.markdown import render_markdown
from .render.notebook import render_fragment
from .render.text import render_text
from .text.tokens import count_words, normalize_space

_COLUMNS = (
    *("text", "source", "where", "title", "author", "site", "date", "path", "url"),
    *("start", "end", "index", "score", "also", "copies", "differs"),
)


@dataclass(frozen=True, slots=True)
class Summary:
    """Verbatim sentences in reading order, and the sources they come from.

    :param sentences: The quoted sentences in reading order.
    :param sources: Every source, in the order given.
    :param budget: The length that was asked for.
    :param warnings: What a careful user should know, one line each.
    :param signature: Version, model, ranker and parameters: what is needed to make it again.
    :param explanations: What each quoted sentence contributes.
    :param documents: The sources with their texts, in the order of ``sources``.
    :param places: Where the sentences that say most lie on a map, the quoted ones among them.
    """

    sentences: tuple[CitedSentence, ...]
    sources: tuple[Source, ...]
    budget: Budget
    warnings: tuple[str, ...]
    signature: str
    explanations: tuple[Explanation, ...] = ()
    documents: tuple[Document, ...] = field(default=(), repr=False)
    places: tuple[Place, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """The sentences joined by blanks, without markers; line breaks inside them are blanks."""
        return " ".join(normalize_space(sentence.text) for sentence in self.sentences)

    @property
    def words(self) -> int:
        """How many words the text has."""
        return count_words(self.text)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the sentences with citations, and the list of sources."""
        return render_fragment(self.sentences, self.sources)

    def _repr_markdown_(self) -> str:
        """Return what a notebook shows that takes no HTML."""
        return self.to_markdown()

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame with a row for each quoted sentence.

        :return: Columns ``text``, ``source``, ``where``, ``title``, ``author``, ``site``, ``date``,
            ``path``, ``url``, ``start``, ``end``, ``index`` and ``score``; ``also``, ``copies`` and
            ``differs``, lists of the other sources that say it, have the same text, or say it
            differently.
        :raises SummarizerError: If pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise SummarizerError("pandas is not installed: pip install pandas") from error
        by_number = {source.number: source for source in self.sources}
        rows = [
            {
                **{name: getattr(by_number.get(sentence.source), name, None) for name in _COLUMNS},
                **{name: getattr(sentence, name) for name in _COLUMNS if hasattr(sentence, name)},
            }
            for sentence in self.sentences
        ]
        return pandas.DataFrame(rows, columns=_COLUMNS)

    def to_text(self, *, explain: bool = False) -> str:
        """Render as plain text, with citation markers and the list of sources.

        :param explain: Whether to add why each sentence was picked.
        """
        return render_text(self.sentences, self.sources, self.explanations if explain else ())

    def to_markdown(
        self, *, explain: bool = False, folder: str | PathLike[str] | None = None
    ) -> str:
        """Render as Markdown, with the citations as footnotes.

        :param explain: Whether to add why each sentence was picked.
        :param folder: The folder that it will stand in; links to files start from there, by
            default from the current one.
        """
        told = self.explanations if explain else ()
        return render_markdown(self.sentences, self.sources, told, folder)

    def sources_to_text(self) -> str:
        """Render the list of sources alone, with what each contributed."""
        return render_sources_text(self.sentences, self.sources)

    def sources_to_markdown(self, *, folder: str | PathLike[str] | None = None) -> str:
        """Render the list of sources alone as Markdown, with what each contributed.

        :param folder: As in ``to_markdown``.
        """
        return render_sources_markdown(self.sentences, self.sources, folder)

    def sources_to_dict(self) -> dict[str, Any]:
        """Return the sources with what each contributed: what ``--sources-only`` prints as JSON."""
        pairs = zip(self.sources, contributions(self.sentences, self.sources), strict=True)
        return {
            "sources": [
                {**dataclasses.asdict(source), **dataclasses.asdict(contributed)}
                for source, contributed in pairs
            ],
            "warnings": list(self.warnings),
            "signature": self.signature,
        }

    def to_html(self, *, explain: bool = False) -> str:
        """Render as one page that needs nothing else: the summary beside the sources' full texts.

        :param explain: Whether to add why each sentence was picked.
        """
        from .render.html import Report

        return Report(
            sentences=self.sentences,
            sources=self.sources,
            documents=self.documents,
            places=self.places,
            budget=self.budget,
            words=self.words,
            warnings=self.warnings,
            signature=self.signature,
            explanations=self.explanations if explain else (),
        ).render()

    def to_dict(self, *, explain: bool = False) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers: what ``--format json`` prints.

        :param explain: Whether to add the ``explanations``.
        """
        more = [dataclasses.asdict(explanation) for explanation in self.explanations]
        return {
            "text": self.text,
            "words": self.words,
            "budget": dataclasses.asdict(self.budget),
            "sentences": [
                {
                    **dataclasses.asdict(sentence),
                    "corroboration": [dataclasses.asdict(c) for c in sentence.corroboration],
                    "disagreement": [
                        {
                            **dataclasses.asdict(passage),
                            "differences": [dataclasses.asdict(d) for d in passage.differences],
                        }
                        for passage in sentence.disagreement
                    ],
                }
                for sentence in self.sentences
            ],
            "sources": [dataclasses.asdict(source) for source in self.sources],
            "warnings": list(self.warnings),
            "signature": self.signature,
            **({"explanations": more} if explain else {}),
        }

    def to_json(self, *, explain: bool = False) -> str:
        """Render as JSON, indented, with letters of every script as they are.

        :param explain: Whether to add the ``explanations``.
        """
        return json.dumps(self.to_dict(explain=explain), ensure_ascii=False, indent=2)
