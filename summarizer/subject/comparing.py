"""Where documents disagree: values of one thing that they give differently."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ..datatypes import Day, Document, Number, Offset, Share, Source, Verbatim
from ..encoders import embed, load_encoder
from ..errors import SummarizerError
from ..evidence import Disagreement, Given, search_disagreements
from ..render.text import difference_sections
from ..settings import Settings, checked_settings
from ..text.table import SentenceTable
from ..text.tokens import normalize_space
from .citing import Citing, list_sources, source_notes, sources_to, unjudged_note
from .prepared import pool_of
from .sources import AnyDocument, Sources
from .summary import Result
from .threads import unforked

# Values of these kinds move from day to day, as tolls and prices do.
_MOVING = frozenset({"number", "money", "percent"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that gives a value.

    :param source: The number of its source, counted from 1.
    :param start: The offset of its first character there.
    :param end: The offset after its last.
    :param text: The sentence, verbatim.
    :param value_start: The offset of the value's first character in the source.
    :param value_end: The offset after its last.
    :param where: Where to look in the original: ``page 3``, ``line 9``.
    :param date: The day of the source.
    """

    source: Number
    start: Offset
    end: Number
    text: Verbatim
    value_start: Offset
    value_end: Number
    where: str
    date: Day | None

    @property
    def value(self) -> str:
        """The value, verbatim."""
        return self.text[self.value_start - self.start : self.value_end - self.start]

    def __str__(self) -> str:
        day = f", {self.date}" if self.date else ""
        value, text = normalize_space(self.value), normalize_space(self.text)
        return f"“{value}” [{self.source}{day}]: {text}"


@dataclass(frozen=True, slots=True)
class Version:
    """One of several values given for the same thing, and who gives it.

    :param value: The words of its first mention, verbatim.
    :param mentions: The sentences that give it.
    """

    value: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class DifferentValues:
    """Values of one thing that cannot all be right, at least not on the same day.

    :param kind: What they are: a number, a percentage, money, an age, a time or a day.
    :param versions: The values.
    :param probability: How likely it is that they are of one thing.
    """

    kind: str
    versions: tuple[Version, ...]
    probability: Share


@dataclass(frozen=True, slots=True)
class Differences(Result):
    """Values that documents give differently.

    :param disagreements: Values that differ, the likeliest first.
    :param series: Numbers and prices of which each day has one, e.g. a toll that rises; the values
        are in the order of their days.
    :param sources: Every document, in the order given.
    :param warnings: What a careful user should know, one line each.
    :param documents: The documents with their texts, in the order of ``sources``.
    """

    sections = difference_sections
    disagreements: tuple[DifferentValues, ...]
    series: tuple[DifferentValues, ...]
    sources: tuple[Source, ...]
    warnings: tuple[str, ...]
    documents: tuple[Document, ...] = field(default=(), repr=False, compare=False)


@unforked
def differences(
    documents: Iterable[AnyDocument], *, settings: Settings | None = None
) -> Differences:
    """Find values of the same thing that documents about one subject give differently.

    Compared are numbers, amounts of money, percentages, ages, times and days in all sentences, in
    the languages of ``Settings.evidence``. Near-duplicates count as one source.

    :param documents: As for ``summarize``.
    :param settings: The constants.
    :raises SummarizerError: If no document has a sentence, or they have too many.
    """
    settings = checked_settings(settings)
    sources, table = sources_to("compare", documents, settings)
    if len(table) > settings.most_embedded:
        raise SummarizerError(
            f"these documents have {len(table):,} sentences, and the most that can be compared is "
            f"{settings.most_embedded:,}; give fewer documents"
        )
    pool = pool_of(table, sources)
    vectors = embed(load_encoder("static"), pool.texts)
    found = search_disagreements(pool, vectors, sources.groups, settings.evidence)
    named = list(_named(found, sources, table))
    moving = [_by_day(one) for one in named]
    cited = {m.source for one in named for version in one.versions for m in version.mentions}
    return Differences(
        disagreements=tuple(one for one, days in zip(named, moving, strict=True) if days is None),
        series=tuple(days for days in moving if days is not None),
        sources=list_sources(sources, cited),
        warnings=(
            *source_notes(sources),
            *unjudged_note(sources, settings.evidence.languages, "differences"),
        ),
        documents=sources.as_given,
    )


def _named(
    found: Iterable[Disagreement], sources: Sources, table: SentenceTable
) -> Iterator[DifferentValues]:
    """Yield disagreements between rows as records."""
    citing = Citing(sources, table)

    def mention(given: Given) -> Mention:
        row, value = given
        place = citing.place(row)
        return Mention(
            **place,
            text=table.text(row),
            value_start=place["start"] + value.start,
            value_end=place["start"] + value.end,
            date=sources.dates[int(table.document[row])],
        )

    for one in found:
        versions = [
            sorted(map(mention, own), key=lambda own: (own.source, own.start))
            for own in one.versions
        ]
        versions.sort(key=lambda own: (own[0].source, own[0].value_start))
        yield DifferentValues(
            kind=one.versions[0][0][1].kind,
            versions=tuple(Version(own[0].value, tuple(own)) for own in versions),
            probability=round(one.probability, 3),
        )


def _by_day(found: DifferentValues) -> DifferentValues | None:
    """Return values that changed over time in order of day; None if a day has several values."""
    dated = {
        (mention.date or "", place)
        for place, version in enumerate(found.versions)
        for mention in version.mentions
    }
    days = {day for day, _ in dated}
    if found.kind not in _MOVING or "" in days or len(days) == 1 or len(days) < len(dated):
        return None
    order = dict.fromkeys(place for _, place in sorted(dated))
    return replace(found, versions=tuple(found.versions[place] for place in order))
