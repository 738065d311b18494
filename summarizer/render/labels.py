"""What every rendering says of quotes and sources: citations, differences, reasons, shares."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..datatypes import (
    KINDS,
    CitedSentence,
    DifferingPassage,
    EvidenceKind,
    Explanation,
    Passage,
    Source,
    Span,
)
from ..readers.paths import is_remote
from ..text.dates import as_day
from ..text.tokens import count_words, normalize_space
from .safe import encode_address, file_of, web_address

if TYPE_CHECKING:
    from ..subject.summary import Summary

HEADING = "Where sources differ"
CHANGED = "What has changed"
# Explanations show at most this many words of a sentence, and sources of a phrase.
_SHOWN_WORDS = 8
_SHOWN_SOURCES = 10
# strftime would use the language of the machine.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Wording(NamedTuple):
    """The words around the sources of one kind of evidence, and those for a single source."""

    before: str
    after: str
    use: str
    of_quotes: str


WORDINGS: dict[EvidenceKind, Wording] = {
    "agreeing": Wording("also", "", "says the same", "says the same as"),
    "partly": Wording("also", " (in part)", "says it in part", "says in part the same as"),
    "copies": Wording("same text in", "", "has the same text", "has"),
    "differing": Wording("differs", "", "differs", "differs from"),
    "earlier": Wording("earlier", "", "said otherwise before", "is brought up to date by"),
}


def mentions(sentence: CitedSentence) -> list[tuple[Wording, Sequence[Passage]]]:
    """Return the passages named after a quote, by kind of evidence."""
    found = ((WORDINGS[kind], getattr(sentence, kind)) for kind in KINDS)
    return [(wording, passages) for wording, passages in found if passages]


def citation(sentence: CitedSentence, day: str = "") -> str:
    """Return the marker after a quote, e.g. ``[1, 24 Nov, page 3; also 3, 5; differs 4]``."""
    return " ".join(text for text, _ in citation_parts(sentence, day))


def citation_parts(sentence: CitedSentence, day: str = "") -> list[tuple[str, int]]:
    """Return the parts of the marker after a quote, each with the source it names, or 0."""
    own = ", ".join(part for part in (str(sentence.source), day, shown_place(sentence)) if part)
    texts, sources = [f"[{own}"], [sentence.source]
    for kind, passages in mentions(sentence):
        texts[-1] += ";"
        texts += [kind.before, *(f"{named_passage(passage)}," for passage in passages)]
        texts[-1] = texts[-1].removesuffix(",") + kind.after
        sources += [0, *(passage.source for passage in passages)]
    texts[-1] += "]"
    return list(zip(texts, sources, strict=True))


def named_passage(passage: Passage) -> str:
    """Return the number of a passage's source, with its language where that differs: ``3 (es)``."""
    return str(passage.source) + (f" ({passage.language})" if passage.language else "")


def shown_days(sources: Iterable[Source]) -> dict[int, str]:
    """Return the day of each source by its number, e.g. ``24 Nov``, if they are of several days.

    A source without a day has none; the year is shown if they are of several years.
    """
    days = {s.number: day for s in sources if s.cited and (day := as_day(s.date))}
    if len(set(days.values())) < 2:
        return {}
    years = len({day.year for day in days.values()}) > 1
    return {
        number: f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if years else "")
        for number, day in days.items()
    }


def shown_place(passage: CitedSentence | Passage) -> str:
    """Return where to look in the original; nothing for a line, as searching is faster."""
    return "" if passage.where.startswith("line ") else normalize_space(passage.where)


def published(source: Source) -> list[str]:
    """Return the known author, site and date, without repetition."""
    said = [normalize_space(name or "") for name in (source.author, source.site, source.date)]
    return list(dict.fromkeys(name for name in said if name))


def describe(source: Source) -> str:
    """Return a source in one line: title, author, site, date and where it is to be found."""
    where = [normalize_space(place) for place in (source.url, source.path) if place]
    parts = [normalize_space(source.title), *published(source), *where]
    named = " · ".join(part for part in parts if part) or normalize_space(source.id)
    said = [f"shares text with [{source.copy_of}]"] if source.copy_of else []
    said += ["earlier"] if source.earlier else []
    said += [] if source.sentences else ["nothing to quote"]
    return f"{named} ({', '.join(said)})" if said else named


def link_to(source: Source, of_file: Callable[[str], str]) -> str:
    """Return the address of a source; empty if it is unknown.

    :param of_file: Makes an address of the name of a file.
    """
    address = web_address(source.url)
    if address or not source.path or is_remote(source.path):
        return encode_address(address or "")
    try:
        return of_file(file_of(source.path))
    except (OSError, ValueError):  # the current folder was removed, or no file has such a name
        return ""


Pair = tuple[CitedSentence, DifferingPassage]


def differing_pairs(summary: "Summary") -> dict[str, list[Pair]]:
    """Return by heading all pairs of a quote and a passage that differs from it."""
    pairs = {
        HEADING: [(quote, other) for quote in summary.sentences for other in quote.differing],
        CHANGED: [(quote, other) for quote in summary.sentences for other in quote.earlier],
    }
    return {heading: found for heading, found in pairs.items() if found}


def describe_difference(
    sentence: CitedSentence,
    passage: DifferingPassage,
    cite: str = "[{}]",
    quote: Callable[[str], str] = lambda words: f"“{normalize_space(words)}”",
) -> str:
    """Say who says what, e.g. ``[4] says “15”, [1] “12”`` or ``[4] said “15”, now [1] “12”``."""
    says, now = ("said", "now ") if passage in sentence.earlier else ("says", "")
    return "; ".join(
        f"{cite.format(passage.source)} {says} {quote(words.other_text)}, "
        f"{now}{cite.format(sentence.source)} {quote(words.text)}"
        for words in passage.differences
    )


def describe_exchange(words: tuple[str, str]) -> str:
    """Say what a passage has in place of a sentence's words."""
    own, its = map(normalize_space, words)
    if own and its:
        return f"“{its}”, not “{own}”"
    return f"with “{its}”" if its else f"without “{own}”"


def words_of_quote(sentence: CitedSentence) -> list[Span]:
    """Return the spans of words in a quote that another source gives differently."""
    return sorted(
        {
            (words.start - sentence.start, words.end - sentence.start)
            for passage in (*sentence.differing, *sentence.earlier)
            for words in passage.differences
        }
    )


def words_of_passage(passage: DifferingPassage) -> list[Span]:
    """Return the spans of the words in a passage that differ."""
    return [
        (words.other_start - passage.start, words.other_end - passage.start)
        for words in passage.differences
    ]


def marked_words(text: str, spans: Iterable[Span]) -> list[tuple[str, bool]]:
    """Split a text at spaces, and return for each word whether a span touches it."""
    spans = list(spans)
    return [
        (word[0], any(start < word.end() and word.start() < end for start, end in spans))
        for word in re.finditer(r"\S+", text.replace("\0", " "))
    ]


def marked_parts(text: str, spans: Iterable[Span]) -> list[tuple[str, bool]]:
    """Cut a text at spans: its parts, and whether each is a span.

    Spans that overlap one before them or lie outside are left out.
    """
    parts: list[tuple[str, bool]] = []
    done = 0
    for start, end in sorted(spans):
        if done <= start < end <= len(text):
            parts += [(text[done:start], False), (text[start:end], True)]
            done = end
    return [part for part in [*parts, (text[done:], False)] if part[0]]


def reasons(summary: "Summary") -> list[list[str]]:
    """Return for each quote what it contributes, in two or three lines.

    How it begins and where it stands; its weight; its weightiest phrases, each with the numbers of
    the sources that have it, the first of many.
    """
    by_number = {source.number: source for source in summary.sources}
    return [
        _reason(sentence, by_number[sentence.source], explanation)
        for sentence, explanation in zip(summary.sentences, summary.explanations, strict=True)
    ]


def _reason(sentence: CitedSentence, source: Source, explanation: Explanation) -> list[str]:
    words = normalize_space(sentence.text).split()
    shown = " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")
    said = f"holds {explanation.weight:.1%} of the weight of all that is said"
    said += f", {explanation.new:.1%} not quoted before it"
    if explanation.similarity is not None:
        said += f"; similarity to the subject {explanation.similarity:.2f}"
    if explanation.relevance is not None:
        said += f"; relevance to the question {explanation.relevance:.2f}"
    if explanation.unfit is not None:
        said += f"; {explanation.unfit:.0%} likely unfit"
    phrases = "; ".join(
        f"“{normalize_space(phrase.text)}” {phrase.weight:.1%} [{_some(phrase.sources)}]"
        for phrase in explanation.phrases
    )
    place = f"{shown} [{sentence.source}]: sentence {sentence.index + 1} of {source.sentences}"
    return [place, said, *([phrases] if phrases else [])]


def _some(numbers: Sequence[int]) -> str:
    shown = numbers if len(numbers) <= _SHOWN_SOURCES else numbers[: _SHOWN_SOURCES - 1]
    more = f" and {len(numbers) - len(shown)} more" if len(shown) < len(numbers) else ""
    return ", ".join(map(str, shown)) + more


def contributions(summary: "Summary") -> list[dict[str, int]]:
    """Return what each source contributed, in their order.

    How many sentences and words of it are ``quoted``, and of how many quotes of others it says
    something, by the kind of evidence.
    """
    uses: Counter[tuple[int, str]] = Counter()
    for sentence in summary.sentences:
        uses[sentence.source, "quoted"] += 1
        uses[sentence.source, "words"] += count_words(sentence.text)
        for kind in KINDS:
            uses.update((passage.source, kind) for passage in getattr(sentence, kind))
    return [
        {use: uses[source.number, use] for use in ("quoted", "words", *KINDS)}
        for source in summary.sources
    ]


def contributed(uses: Mapping[str, int]) -> str:
    """Say what a source contributed."""
    said = [f"{uses['quoted']} quoted ({uses['words']} words)"] if uses["quoted"] else []
    for kind, wording in WORDINGS.items():
        if number := uses[kind]:
            quotes = "1 quote of another" if number == 1 else f"{number} quotes of others"
            said.append(f"{wording.of_quotes} {quotes}")
    return ", ".join(said) or "nothing"
