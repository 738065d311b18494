"""What ``summarize`` returns, with its renderings as methods."""

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from .datatypes import Budget, CitedSentence, Source
from .rendering.markdown import render_markdown
from .rendering.text import render_text
from .tokens import count_words, normalize_space


@dataclass(frozen=True, slots=True)
class Summary:
    """Verbatim sentences in reading order, and the sources they come from.

    :param sentences: The quoted sentences in reading order.
    :param sources: Every source, in the order given.
    :param budget: The length that was asked for.
    :param warnings: What a careful user should know, one line each.
    :param signature: Version, model, ranker and parameters: what is needed to make it again.
    """

    sentences: tuple[CitedSentence, ...]
    sources: tuple[Source, ...]
    budget: Budget
    warnings: tuple[str, ...]
    signature: str

    @property
    def text(self) -> str:
        """The sentences joined by blanks, without markers; line breaks inside them are blanks."""
        return " ".join(normalize_space(sentence.text) for sentence in self.sentences)

    @property
    def words(self) -> int:
        """How many words the text has."""
        return count_words(self.text)

    def __str__(self) -> str:
        return render_text(self.sentences, self.sources)

    def to_markdown(self) -> str:
        """Render as Markdown, with the citations as footnotes."""
        return render_markdown(self.sentences, self.sources)

    def to_dict(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers: what ``--format json`` prints."""
        return {
            "text": self.text,
            "words": self.words,
            "budget": dataclasses.asdict(self.budget),
            "sentences": [
                {
                    **dataclasses.asdict(sentence),
                    "corroboration": [dataclasses.asdict(c) for c in sentence.corroboration],
                }
                for sentence in self.sentences
            ],
            "sources": [dataclasses.asdict(source) for source in self.sources],
            "warnings": list(self.warnings),
            "signature": self.signature,
        }

    def to_json(self) -> str:
        """Render as JSON, indented, with letters of every script as they are."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)
