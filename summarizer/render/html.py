"""One page of HTML that needs nothing else: the summary beside the texts that it quotes."""

import hashlib
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from string import Template

from ..datatypes import Budget, Disagreement, Document, Explanation, Place, Source
from ..datatypes.citations import CitedSentence, Passage
from ..text.language import detect_language
from .charts import backing_bar
from .differing import differing_words, emphasize, words_of_passage, words_of_quote
from .elements import (
    address_of,
    counted,
    details,
    lang,
    line,
    name_of,
    origin_of,
    place_of,
    shared_text,
)
from .escaping import escape
from .explanation import explanation_lines
from .figures import mapped, published
from .marking import Span, mark_passages, passage_id

# Of more passages that say the same the last are in the list below the sentence, and of more
# wordings the last are numbers alone.
_CITED = 8


@dataclass(frozen=True)
class Report:
    """All that a page shows; the fields are those of a summary.

    :param words: How many words the summary has.
    :param explanations: What each sentence contributes, or nothing to leave that out.
    """

    sentences: Sequence[CitedSentence]
    sources: Sequence[Source]
    documents: Sequence[Document]
    places: Sequence[Place]
    budget: Budget
    words: int
    warnings: Sequence[str]
    signature: str
    explanations: Sequence[Explanation] = ()

    def render(self) -> str:
        """Return the page."""
        style, script = _asset("report.css"), _asset("report.js")
        policy = (
            f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        return Template(_asset("report.html")).substitute(
            lang=lang(self._language, ""),
            policy=policy,
            title=f"Summary of {counted(len(self.sources), 'source')}",
            style=style,
            script=script,
            facts=self._facts(),
            quotes=self._quotes(),
            timeline=published(self.sources),
            map=mapped(self.sentences, self.places, self._texts),
            list=self._list(),
            notes=self._notes(),
            texts="\n".join(map(self._article, self.sources)),
        )

    @cached_property
    def _by_number(self) -> dict[int, Source]:
        return {source.number: source for source in self.sources}

    @cached_property
    def _documents(self) -> dict[int, Document]:
        return {
            source.number: document
            for source, document in zip(self.sources, self.documents, strict=False)
        }

    @cached_property
    def _texts(self) -> dict[int, str]:
        return {number: document.text for number, document in self._documents.items()}

    @cached_property
    def _uses(self) -> Counter[tuple[int, str]]:
        """How often each source is quoted, says what is quoted, and has its text."""
        return Counter(
            use
            for sentence in self.sentences
            for use in (
                (sentence.source, "quoted"),
                *((number, "says the same") for number in sentence.also),
                *((number, "has the same text") for number in sentence.copies),
                *((number, "differs") for number in sentence.differs),
            )
        )

    @cached_property
    def _languages(self) -> dict[int, str]:
        return {number: detect_language(text) for number, text in self._texts.items()}

    @cached_property
    def _language(self) -> str:
        """The language in which most of the sources' text is."""
        letters: Counter[str] = Counter()
        for number, code in self._languages.items():
            letters[code] += len(self._texts[number])
        return max(letters, key=lambda code: (letters[code], code), default="")

    def _lang(self, number: int) -> str:
        return lang(self._languages.get(number, ""), self._language)

    @cached_property
    def _passages(self) -> dict[int, dict[Span, list[int]]]:
        """For each source the passages in it, and for each of these the sentences it backs."""
        found: dict[int, dict[Span, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place in self.places:
            found[place.source].setdefault((place.start, place.end), [])
        for number, sentence in enumerate(self.sentences, 1):
            for passage in _passages(sentence):
                found[passage.source][passage.start, passage.end].append(number)
        return found

    def _facts(self) -> str:
        cited = sum(source.cited for source in self.sources)
        days = sorted(source.date for source in self.sources if source.date)
        unit = self.budget.unit
        facts = [
            f"{self.words:,} of at most {self.budget.limit:,} words"
            if unit == "words"
            else f"{counted(self.words, 'word')}, at most {self.budget.limit:,} {unit}",
            f"{counted(len(self.sentences), 'sentence')} from {cited:,} of "
            f"{counted(len(self.sources), 'source')}",
        ]
        if days:
            facts.append(days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}")
        return " · ".join(f'<span class="whole">{escape(fact)}</span>' for fact in facts)

    def _quotes(self) -> str:
        rows = "\n".join(
            self._quote(number, sentence) for number, sentence in enumerate(self.sentences, 1)
        )
        return f'<ol class="quotes" role="list">\n{rows}\n</ol>'

    def _quote(self, number: int, sentence: CitedSentence) -> str:
        backing = 1 + len(sentence.also)
        told = f"{backing} of {counted(len(self.sources), 'source')}"
        return (
            f'<li id="s{number}"><p dir="auto"><span class="quote"{self._lang(sentence.source)}>'
            f"{emphasize(sentence.text, words_of_quote(sentence))}</span></p>"
            f"{self._cites(sentence)}"
            f'<div class="more" lang="en"><span class="backing">'
            f"{backing_bar(backing, len(self.sources))} {told}</span>"
            f"{self._evidence(number, sentence)}</div></li>"
        )

    def _cites(self, sentence: CitedSentence) -> str:
        """Say where a sentence stands, with links there and to what says the same."""
        links = [self._attributed(sentence)]
        for copy, word in ((False, "also"), (True, "same text in")):
            others = [passage for passage in sentence.corroboration if passage.copy is copy]
            shown = others if len(others) <= _CITED else others[: _CITED - 1]
            links += [word] * bool(others) + list(map(self._cite, shown))
            if len(shown) < len(others):
                links.append(f"and {len(others) - len(shown)} more")
        links += ["differs"] * bool(sentence.disagreement) + list(
            map(self._cite, sentence.disagreement)
        )
        return f'<p class="cites" lang="en" dir="ltr">{" ".join(links)}</p>'

    def _attributed(self, passage: Passage) -> str:
        """Return the link to a passage, and whose it is."""
        source = self._by_number.get(passage.source)
        if source is None:
            return self._cite(passage)
        told = [*origin_of(source), place_of(passage)]
        rest = "".join(f" · {part}" for part in told if part)
        name = f"<bdi{lang(self._languages.get(source.number, ''), 'en')}>{name_of(source)}</bdi>"
        return f'{self._cite(passage, place="")} <span class="whose">{name}{rest}</span>'

    def _cite(self, passage: Passage, place: str | None = None) -> str:
        place = place_of(passage) if place is None else place
        shown = f"{passage.source} <span>{place}</span>" if place else passage.source
        kind = "cite differs" if isinstance(passage, Disagreement) else "cite"
        return f'<a class="{kind}" href="#{self._target(passage)}">{shown}</a>'

    def _target(self, passage: Passage) -> str:
        """Name the passage in the page, or its source where the text is not there."""
        span = (passage.start, passage.end)
        if 0 <= span[0] < span[1] <= len(self._texts.get(passage.source, "")):
            return passage_id(passage.source, span)
        return f"d{passage.source}"

    def _evidence(self, number: int, sentence: CitedSentence) -> str:
        parts: list[str] = []
        if sentence.corroboration:
            same: dict[str, list[Passage]] = defaultdict(list)
            for passage in sorted(sentence.corroboration, key=lambda passage: passage.copy):
                same[line(passage.text)].append(passage)
            told = list(same.items())
            rows = "".join(self._wording(text, passages) for text, passages in told[:_CITED])
            if len(told) > _CITED:
                rest = " ".join(self._cite(p) for _, passages in told[_CITED:] for p in passages)
                rows += f'<li class="cites" dir="ltr">and in other words in {rest}</li>'
            parts.append(details("What the others say", f'<ul role="list">{rows}</ul>'))
        if sentence.disagreement:
            rows = "".join(
                self._wording(emphasize(other.text, words_of_passage(other)), [other])
                for other in sentence.disagreement
            )
            parts.append(details("What others tell differently", f'<ul role="list">{rows}</ul>'))
        source = self._by_number.get(sentence.source)
        if len(self.explanations) >= number and source is not None:
            lines = explanation_lines(sentence, source, self.explanations[number - 1])
            rows = "".join(f'<li dir="auto">{escape(line)}</li>' for line in lines)
            parts.append(details("Why this sentence", f'<ul role="list">{rows}</ul>'))
        return "".join(parts)

    def _wording(self, text: str, passages: Sequence[Passage]) -> str:
        """Return a row with a text and who has it."""
        cites = (
            self._attributed(passages[0])
            if len(passages) == 1
            else " ".join(map(self._cite, passages))
        )
        code = lang(self._languages.get(passages[0].source, ""), "en")
        return (
            f'<li dir="auto"><span class="quote"{code}>{text}</span>'
            f'<p class="cites" dir="ltr">{cites}</p></li>'
        )

    def _list(self) -> str:
        cited = "".join(self._listed(source) for source in self.sources if source.cited)
        unused = [self._listed(source) for source in self.sources if not source.cited]
        listed = f'<ol class="sources" role="list" lang="en">{cited}</ol>' if cited else ""
        if unused:
            rows = f'<ol class="sources" role="list" lang="en">{"".join(unused)}</ol>'
            name = f"Also read: {counted(len(unused), 'source')}"
            listed += details(name, rows, opened=len(unused) <= _CITED)
        return listed

    def _listed(self, source: Source) -> str:
        number = source.number
        told = [
            f"{use} {times}×"
            for use in ("quoted", "says the same", "has the same text", "differs")
            if (times := self._uses[number, use])
        ]
        facts = " · ".join([*origin_of(source), *told, *shared_text(source)])
        return (
            f'<li value="{number}"><a href="#d{number}" dir="auto"'
            f"{lang(self._languages.get(number, ''), 'en')}>{name_of(source)}</a>"
            + (f" <small>{facts}</small></li>" if facts else "</li>")
        )

    def _notes(self) -> str:
        parts = [f'<li dir="auto">{escape(warning)}</li>' for warning in self.warnings]
        warned = f"<ul>{''.join(parts)}</ul>" if parts else ""
        return details(
            "How this was made",
            f'{warned}<p class="muted">{escape(self.signature)}</p>',
        )

    def _article(self, source: Source) -> str:
        number = source.number
        where = [*origin_of(source), *address_of(source), *shared_text(source)]
        passages: Mapping[Span, Sequence[int]] = self._passages.get(number, {})
        text = "The text is not part of this summary."
        if number in self._texts:
            differing = differing_words(self.sentences, number)
            text = mark_passages(self._texts[number], number, passages, differing)
        return (
            f'<article id="d{number}" aria-labelledby="t{number}"><h3 id="t{number}" dir="auto">'
            f'<span class="number">{number}</span> {name_of(source)}</h3>'
            f'<p class="muted small">{" · ".join(where)}</p>'
            f'<div class="text" dir="auto"{self._lang(number)}>{text}</div></article>'
        )


def _passages(sentence: CitedSentence) -> Iterator[Passage]:
    yield sentence
    yield from sentence.corroboration
    yield from sentence.disagreement


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _digest(content: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(content.encode()).digest()).decode()
