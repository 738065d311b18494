"""One page of HTML that needs nothing else: the summary beside the texts that it quotes.

The templates escape all that they are given; what a browser would obey all the same, such as
characters that turn text around, is shown as an escape before.
"""

import hashlib
import math
import re
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..datatypes import KINDS, CitedSentence, Passage, Source, Span
from ..errors import counted
from ..text.dates import as_day
from ..text.language import Language, detect_language, language
from ..text.tokens import LINE_BREAK, normalize_space, word_spans
from . import labels, safe
from .labels import WORDINGS, contributions, differing_pairs, marked_parts, reasons
from .safe import printable

if TYPE_CHECKING:
    from ..subject.checking import CheckedText
    from ..subject.comparing import Differences
    from ..subject.summary import Summary
    from ..subject.timelines import DatedSentence, Timeline, TimelineDay

# At most this many passages are named behind a sentence, and at most this many wordings are shown.
_CITED = 8
# The timeline: its width, and the number of places for points.
_WIDTH = 480
_SLOTS = 20
_BREAK = re.compile(rf"\r\n|[{LINE_BREAK}]")


def render_page(found: Any, *, explain: bool = False) -> str:
    """Return a result as a page, without full texts where it holds no documents.

    :param explain: Whether to add why each sentence of a summary was picked.
    """
    template, page_of = next(
        _PAGES[k.__name__] for k in type(found).__mro__ if k.__name__ in _PAGES
    )
    why = reasons(found) if explain and found.explanations else ()
    return _render(template, page=page_of(found), found=found, reasons=why, most=_CITED)


def _render(template: str, **values: Any) -> str:
    style, script = palette() + _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    own = {"policy": Markup(policy), "style": Markup(style), "script": Markup(script)}
    return _environment().get_template(template).render(**own, **values)


def render_fragment(summary: "Summary") -> str:
    """Return what a notebook shows of a summary: a ``div`` without style or script."""
    return _render("fragment.html", summary=summary)


def shown(value: object) -> object:
    """Make a text safe for a page, before it is escaped.

    Line breaks of all kinds become line feeds, as browsers make them; what could turn text around
    or is not allowed in HTML is shown as an escape.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    lines = _BREAK.sub("\n", value).replace("\0", " ")
    return "\t".join(map(printable, lines.split("\t")))


def environment_of(package: str) -> Environment:
    """Return what renders the templates of a package; it escapes all that they are given."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        finalize=shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _environment() -> Environment:
    environment = environment_of(__package__)
    environment.filters |= {"line": normalize_space, "counted": counted}
    environment.globals |= {"labels": labels, "safe": safe}
    return environment


def palette() -> str:
    """Return the colours and fonts of all pages, light and dark, as CSS."""
    return _asset("palette.css")


def _asset(name: str) -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), name)[0].replace("\r\n", "\n")


def _digest(content: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(content.encode()).digest()).decode()


class Segment(NamedTuple):
    """A stretch of text covered by the same passages from its first to its last character.

    :param names: The names of the passages that begin with it.
    :param backs: The numbers of the sentences of the summary that the passages back, if any.
    :param parts: Its text in parts, and whether another source gives each differently.
    """

    names: Sequence[str]
    backs: Sequence[int]
    parts: Sequence[tuple[str, bool]]


def segments(
    text: str, source: int, passages: Mapping[Span, Sequence[int]], differing: Sequence[Span] = ()
) -> Iterator[Segment]:
    """Cut the text of a source where passages begin and end.

    ``passages`` has the sentences that each (start, end) backs; they may overlap, and those outside
    the text are left out. ``differing`` are words that another source gives differently.
    """
    spans = sorted(span for span in passages if 0 <= span[0] < span[1] <= len(text))
    waiting = spans[::-1]
    active: list[Span] = []
    for start, end in pairwise(sorted({0, len(text), *(cut for span in spans for cut in span)})):
        active = [span for span in active if span[1] > start]
        opening = []
        while waiting and waiting[-1][0] == start:
            opening.append(waiting.pop())
        active += opening
        yield Segment(
            [passage_name(source, span) for span in opening],
            sorted({number for span in active for number in passages[span]}),
            marked_parts(
                text[start:end],
                [(one - start, other - start) for one, other in differing if start <= one < end],
            ),
        )


def passage_name(source: int, span: Span) -> str:
    """Return the id of a passage in the page."""
    return f"p{source}-{span[0]}-{span[1]}"


class _Texts:
    """What a template needs of the sources of a result.

    ``backing`` has the passages that back each sentence of the page, ``differing`` the words of
    each source that another gives differently.
    """

    def __init__(
        self,
        found: Any,
        backing: Iterable[Iterable[Any]],
        differing: Mapping[int, Collection[Span]] | None = None,
    ) -> None:
        self.sources: dict[int, Source] = {source.number: source for source in found.sources}
        self.texts: dict[int, str] = {
            source.number: document.text
            for source, document in zip(found.sources, found.documents, strict=False)
        }
        self.languages = {number: detect_language(text) for number, text in self.texts.items()}
        # For each source the spans of its passages, with the sentences that each backs.
        self._passages: dict[int, dict[Span, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, passages in enumerate(backing, 1):
            for passage in passages:
                self._passages[passage.source][passage.start, passage.end].append(number)
        self._differing = differing or {}

    @cached_property
    def language(self) -> str:
        """The language in which most of the sources' text is."""
        letters: Counter[str] = Counter()
        for number, code in self.languages.items():
            letters[code] += len(self.texts[number])
        return max(letters, key=lambda code: (letters[code], code), default="")

    def target(self, passage: Any) -> str:
        """Return the id of a passage in the page, or that of its source if the text is missing."""
        span = (passage.start, passage.end)
        if 0 <= span[0] < span[1] <= len(self.texts.get(passage.source, "")):
            return passage_name(passage.source, span)
        return f"d{passage.source}"

    def segments(self, number: int) -> Iterator[Segment]:
        """Return the text of a source with the passages in it."""
        spans = sorted(self._differing.get(number, ()))
        return segments(self.texts[number], number, self._passages.get(number, {}), spans)


class _Page(_Texts):
    """What the template needs of a summary."""

    def __init__(self, summary: "Summary") -> None:
        self._summary = summary
        differing: dict[int, set[Span]] = defaultdict(set)
        for sentence, other in chain.from_iterable(differing_pairs(summary).values()):
            for words in other.differences:
                differing[sentence.source].add((words.start, words.end))
                differing[other.source].add((words.other_start, words.other_end))
        super().__init__(summary, ((s, *s.passages) for s in summary.sentences), differing)

    def asked(self, text: str, source: int) -> list[tuple[str, bool]]:
        """Cut a text into parts, each with whether it is a word of the question."""
        if not (query := self._summary.query):
            return [(text, False)]
        known = language(self.languages.get(source, self.language))
        asked = {stem for stem, _ in _telling_words(query, known)}
        spans = [span for stem, span in _telling_words(text, known) if stem in asked]
        return marked_parts(text, spans)

    @cached_property
    def headline(self) -> Source | None:
        """The source with the most central title; None if no title resembles anything else.

        A title is central if it shares its telling words, by their cosine, with the other titles
        and with the sentences of the summary.
        """
        summary = self._summary
        known = language(self.language or detect_language(summary.text))
        words = {s.number: _telling_words(s.title, known) for s in summary.sources if not s.copy_of}
        titles = {number: {stem for stem, _ in own} for number, own in words.items()}
        quotes = [{w for w, _ in _telling_words(s.text, known)} for s in summary.sentences]
        central = {
            number: math.fsum(
                len(own & other) / math.sqrt(len(own) * len(other))
                for other in (*(t for n, t in titles.items() if n != number), *quotes)
                if own & other
            )
            for number, own in titles.items()
        }
        best = max(central, key=lambda number: (central[number], -number), default=0)
        return self.sources[best] if central.get(best) else None

    @cached_property
    def facts(self) -> list[str]:
        """The length of the summary, its number of sources, and their days."""
        summary, unit = self._summary, self._summary.budget.unit
        cited = sum(source.cited for source in summary.sources)
        days = sorted(source.date for source in summary.sources if source.date)
        of, limit = counted(len(summary.sources), "source"), f"{summary.budget.limit:,}"
        return [
            f"{summary.words:,} of at most {limit} words"
            if unit == "words"
            else f"{counted(summary.words, 'word')}, at most {limit} {unit}",
            f"{counted(len(summary.sentences), 'sentence')} from {cited:,} of {of}",
            *([days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"] if days else []),
        ]

    @cached_property
    def _uses(self) -> dict[int, dict[str, int]]:
        return dict(zip(self.sources, contributions(self._summary), strict=True))

    def uses(self, source: Source) -> list[str]:
        """Say how often a source is quoted, agrees, has the same text or differs."""
        counts = self._uses[source.number]
        said = [("quoted", "quoted"), *((kind, WORDINGS[kind].use) for kind in KINDS)]
        return [f"{use} {counts[kind]}×" for kind, use in said if counts[kind]]

    def wordings(self, sentence: CitedSentence) -> list[tuple[str, list[Passage]]]:
        """Group the passages that agree with a quote by their wording."""
        same: dict[str, list[Passage]] = defaultdict(list)
        for passage in (*sentence.agreeing, *sentence.partly, *sentence.copies):
            same[normalize_space(passage.text)].append(passage)
        return list(same.items())

    @cached_property
    def timeline(self) -> dict[str, Any] | None:
        """The position of each source on a line of days; None if no day is known."""
        days = {s.number: day for s in self._summary.sources if (day := as_day(s.date))}
        if not days:
            return None
        first, last = min(days.values()), max(days.values())
        stacks: dict[int, list[Source]] = defaultdict(list)
        for source in sorted(self._summary.sources, key=lambda s: (s.date or "", s.number)):
            if source.number in days:
                share = (days[source.number] - first).days / max((last - first).days, 1)
                stacks[round(share * _SLOTS) if first < last else _SLOTS // 2].append(source)
        tallest = max(map(len, stacks.values()))
        radius = min(10.0, 90 / tallest)
        height = tallest * 2.3 * radius + 34
        ends = [(20, "start", first), (_WIDTH - 20, "end", last)]
        return {
            "first": first,
            "last": last,
            "width": _WIDTH,
            "height": height,
            "radius": radius,
            "numbered": radius >= 8 and max(days) < 100,
            "undated": sum(not source.date for source in self._summary.sources),
            "ends": ends if first < last else [(_WIDTH // 2, "middle", first)],
            "points": [
                (source, 20 + slot / _SLOTS * (_WIDTH - 40), height - 28 - radius * (1 + 2.3 * row))
                for slot, stack in stacks.items()
                for row, source in enumerate(stack)
            ],
        }


class _TimelinePage(_Texts):
    """What the template needs of a timeline."""

    def __init__(self, timeline: "Timeline") -> None:
        super().__init__(timeline, ([sentence] for sentence in timeline.sentences))
        self._days = timeline.days

    @property
    def days(self) -> Iterator[tuple[str, "TimelineDay", int]]:
        """Yield each day, its distance from the one before, and the number of quotes before it."""
        before, quotes = None, 0
        for day in self._days:
            own = as_day(day.date)
            yield _later((own - before).days) if own and before else "", day, quotes
            before, quotes = own, quotes + len(day.sentences)

    def dated(self, sentence: "DatedSentence") -> list[tuple[str, bool]]:
        """Cut a quote into parts, each with whether it says when."""
        spans = [(t.start - sentence.start, t.end - sentence.start) for t in sentence.times]
        return marked_parts(sentence.text, spans)


def _check_page(found: "CheckedText") -> _Texts:
    return _Texts(found, (sentence.passages for sentence in found.sentences))


def _differences_page(found: "Differences") -> _Texts:
    named = [
        [mention for version in one.versions for mention in version.mentions]
        for one in (*found.disagreements, *found.series)
    ]
    values: dict[int, set[Span]] = defaultdict(set)
    for mention in chain.from_iterable(named):
        values[mention.source].add((mention.value_start, mention.value_end))
    return _Texts(found, named, values)


# The template of each kind of result, and what it needs of the sources.
_PAGES: dict[str, tuple[str, Callable[[Any], _Texts]]] = {
    "Summary": ("page.html", _Page),
    "Timeline": ("timeline.html", _TimelinePage),
    "CheckedText": ("check.html", _check_page),
    "Differences": ("differences.html", _differences_page),
}


def _later(days: int) -> str:
    """Say how many days, weeks, months or years later a day is; nothing for the next day."""
    for unit, size in (("year", 365.25), ("month", 30.44), ("week", 7.0), ("day", 1.0)):
        if days >= 2 * size:
            return f"{counted(round(days / size), unit)} later"
    return ""


def _telling_words(text: str, known: Language) -> Iterator[tuple[str, Span]]:
    """Yield the stem and the place of each word that is not a stop word."""
    for start, end in word_spans(text):
        word = text[start:end].replace("’", "'").casefold()
        if word not in known.stop_words:
            yield known.stem(word), (start, end)
