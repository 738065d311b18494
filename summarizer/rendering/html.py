"""One page of HTML that needs nothing else: the summary beside the texts that it quotes."""

import hashlib
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from string import Template

from ..datatypes import Budget, Citation, CitedSentence, Document, Explanation, Place, Source
from ..languages import language_code
from ..tokens import normalize_space
from .addresses import web_address
from .charts import backing_bar, sentence_map, timeline
from .elements import counted, details, figure, lang, line, name_of
from .escaping import escape
from .explanation import explanation_lines
from .marking import Span, mark_passages, passage_id

_NAME_WORDS = 12
# Of more passages that say the same the last are only in the list below the sentence.
_CITED = 8
_SAME = "The same text in"


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
            timeline=self._timeline(),
            map=self._map(),
            list=self._list(),
            notes=self._notes(),
            texts="\n".join(map(self._article, self.sources)),
        )

    @cached_property
    def _by_number(self) -> dict[int, Source]:
        return {source.number: source for source in self.sources}

    @cached_property
    def _texts(self) -> dict[int, str]:
        return {
            source.number: document.text
            for source, document in zip(self.sources, self.documents, strict=False)
        }

    @cached_property
    def _languages(self) -> dict[int, str]:
        return {number: language_code(text) for number, text in self._texts.items()}

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
        facts = [
            counted(self.words, "word"),
            f"at most {self.budget.limit:,} {self.budget.unit} asked for",
            f"{counted(len(self.sentences), 'sentence')} from {counted(cited, 'source')}",
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
            f'<li id="s{number}" tabindex="-1"><p dir="auto">'
            f'<span class="quote"{self._lang(sentence.source)}>'
            f"{line(sentence.text)}</span> {self._cites(sentence)}</p>"
            f'<div class="backing" lang="en">{backing_bar(backing, len(self.sources))}{told}</div>'
            f"{self._evidence(number, sentence)}</li>"
        )

    def _cites(self, sentence: CitedSentence) -> str:
        """Return the links from a sentence to where it and what says the same stand."""
        links = [self._cite(sentence, "Quoted from")]
        for copy, word, role in ((False, "also", "Also said in"), (True, "same text in", _SAME)):
            others = [passage for passage in sentence.corroboration if passage.copy is copy]
            shown = others if len(others) <= _CITED else others[: _CITED - 1]
            links += [word] * bool(others) + [self._cite(passage, role) for passage in shown]
            if len(shown) < len(others):
                links.append(f"and {len(others) - len(shown)} more")
        return f'<span class="cites" lang="en" dir="ltr">{" ".join(links)}</span>'

    def _cite(self, passage: CitedSentence | Citation, role: str) -> str:
        source = self._by_number.get(passage.source)
        name = f"{role} source {passage.source}"
        if source is not None:
            name += f": {normalize_space(source.title) or source.id}"
        if passage.where:
            name += f", {passage.where}"
        return (
            f'<a class="cite" href="#{self._target(passage)}" '
            f'aria-label="{escape(name)}">{passage.source}</a>'
        )

    def _target(self, passage: CitedSentence | Citation) -> str:
        """Name the passage in the page, or its source where the text is not there."""
        span = (passage.start, passage.end)
        if 0 <= span[0] < span[1] <= len(self._texts.get(passage.source, "")):
            return passage_id(passage.source, span)
        return f"d{passage.source}"

    def _evidence(self, number: int, sentence: CitedSentence) -> str:
        parts: list[str] = []
        if sentence.corroboration:
            same: dict[str, list[Citation]] = defaultdict(list)
            for passage in sentence.corroboration:
                same[line(passage.text)].append(passage)
            rows = "".join(
                f'<li dir="auto"><span class="quote"{self._lang(copies[0].source)}>{text}</span> '
                f'<span class="cites" lang="en" dir="ltr">'
                f"{' '.join(self._cite(passage, 'Also said in') for passage in copies)}</span></li>"
                for text, copies in same.items()
            )
            parts.append(details("What the others say", f"<ul>{rows}</ul>"))
        source = self._by_number.get(sentence.source)
        if len(self.explanations) >= number and source is not None:
            told = explanation_lines(sentence, source, self.explanations[number - 1])
            rows = "".join(f'<li dir="auto">{escape(line)}</li>' for line in told)
            parts.append(details("Why this sentence", f"<ul>{rows}</ul>"))
        return "".join(parts)

    def _timeline(self) -> str:
        drawn = timeline(self.sources)
        if not drawn:
            return ""
        undated = sum(not source.date for source in self.sources)
        note = f" {counted(undated, 'source')} without a date." if undated else ""
        text = f"Day of publication. Filled: quoted, or says what is quoted.{note}"
        return figure("h-time", "When the sources were published", drawn, text)

    def _map(self) -> str:
        roles: dict[tuple[int, Span], str] = {}
        for sentence in self.sentences:
            for passage in sentence.corroboration:
                roles.setdefault((passage.source, (passage.start, passage.end)), "backing")
        for sentence in self.sentences:
            roles[sentence.source, (sentence.start, sentence.end)] = "quoted"
        names = {
            (p.source, (p.start, p.end)): self._beginning(p)
            for p in self.places
            if p.source in self._texts
        }
        shown = [place for place in self.places if place.source in self._texts]
        drawn = sentence_map(shown, roles, names)
        if not drawn:
            return ""
        key = "".join(
            f'<span class="key"><svg class="map" viewBox="0 0 14 14" aria-hidden="true">'
            f'<g class="{role}"><circle cx="7" cy="7" r="{radius}"/></g></svg> {name}</span>'
            for role, radius, name in (
                ("quoted", 6, "quoted"),
                ("backing", 5, "says the same"),
                ("other", 4, "other"),
            )
        )
        text = f"{key}Near sentences say similar things; lines join those that say the same."
        readout = (
            '<p id="readout" class="readout" aria-live="polite" dir="auto" lang="en">'
            "Point at one to read it, or move with the arrow keys.</p>"
        )
        return figure("h-map", "What the sentences are about", drawn, text, readout)

    def _beginning(self, place: Place) -> str:
        words = normalize_space(self._texts[place.source][place.start : place.end]).split()
        return " ".join(words[:_NAME_WORDS]) + (" …" if len(words) > _NAME_WORDS else "")

    def _list(self) -> str:
        quoted = Counter(sentence.source for sentence in self.sentences)
        also = Counter(number for sentence in self.sentences for number in sentence.also)
        rows = []
        for source in self.sources:
            told = [f"quoted {quoted[source.number]}×"] if quoted[source.number] else []
            told += [f"says the same {also[source.number]}×"] if also[source.number] else []
            facts = " · ".join([*([source.date] if source.date else []), *(told or ["not quoted"])])
            rows.append(
                f'<li><span class="number">{source.number}</span><span>'
                f'<a href="#d{source.number}" dir="auto">{name_of(source)}</a>'
                f'<span class="muted" lang="en">{escape(facts)}</span></span></li>'
            )
        return f'<ul class="sources" role="list">\n{"".join(rows)}\n</ul>'

    def _notes(self) -> str:
        parts = [f'<li dir="auto">{escape(warning)}</li>' for warning in self.warnings]
        warned = f"<ul>{''.join(parts)}</ul>" if parts else ""
        return details(
            "How this was made",
            f'{warned}<p class="muted">{escape(self.signature)}</p>',
        )

    def _article(self, source: Source) -> str:
        number = source.number
        address = web_address(source.url)
        where = [escape(source.date)] if source.date else []
        if address:
            shown = escape(address)
            where.append(f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>')
        elif source.url:
            where.append(escape(source.url))
        if source.path:
            where.append(f"<code>{escape(source.path)}</code>")
        passages: Mapping[Span, Sequence[int]] = self._passages.get(number, {})
        text = "The text is not part of this summary."
        if number in self._texts:
            text = mark_passages(self._texts[number], number, passages)
        return (
            f'<article id="d{number}" tabindex="-1" aria-labelledby="t{number}"><header>'
            f'<h3 id="t{number}" dir="auto"><span class="number">{number}</span> {name_of(source)}'
            f'</h3><p class="muted small">{" · ".join(where)}</p></header>'
            f'<div class="text" dir="auto"{self._lang(number)}>{text}</div></article>'
        )


def _passages(sentence: CitedSentence) -> Iterator[CitedSentence | Citation]:
    yield sentence
    yield from sentence.corroboration


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _digest(content: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(content.encode()).digest()).decode()
