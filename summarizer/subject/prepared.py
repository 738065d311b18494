"""One subject: its documents made ready, and what they say of a quote.

``Subject`` splits the documents, leaves out what is foreign and weighs concepts;
``EvidenceSearch`` asks what other documents say of sentences.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

import numpy as np

from ..encoders import ENCODERS, KNOWN, Encoder, Encoders, model_name, tells_apart
from ..errors import SummarizerError
from ..evidence import (
    DENYING,
    Found,
    Pair,
    Pool,
    RowEvidence,
    compare_by_words,
    find_outdated,
    find_translations,
    judge_passages,
    search_evidence,
)
from ..rank.cohesion import with_cohesion
from ..rank.concepts import extract_concepts, with_stems
from ..rank.documents import (
    find_series,
    foreign_documents,
    spoken_languages,
    with_translations,
)
from ..rank.features import weigh_concepts
from ..rank.order import day_ranks, of_latest_day, opening_worth
from ..rank.query import Answers, asked_language, find_answers, weigh_answers
from ..rank.sentences import find_notices, join_vectors
from ..settings import EvidenceSettings, Settings, checked_day, checked_language
from ..text.table import Floats, Mask, Rows, SentenceTable
from .citing import nothing_to, unjudged_note
from .sources import AnyDocument, Sources, split_sources, without_off_topic


@dataclass(frozen=True, slots=True)
class WeighedSentences:
    """The sentences that may be quoted in a summary, weighed.

    :param sources: Their sources, some of which may be off topic.
    :param table: The sentences, with ``concept_weight``.
    :param weights: (c,) float64, what each of their concepts weighs.
    :param answers: What they have to do with the question, where there is one.
    """

    sources: Sources
    table: SentenceTable
    weights: Floats
    answers: Answers | None = None


class Subject:
    """The documents of one subject, and the encoders that compare their sentences.

    :param documents: As for ``summarize``; so are the other parameters.
    :raises SummarizerError: If there is nothing to quote.
    """

    def __init__(
        self,
        documents: Iterable[AnyDocument],
        known: Iterable[AnyDocument],
        after: str | None,
        encoder: Encoder | str,
        language: str | None,
        settings: Settings,
        progress: Callable[[int, int], None] | None,
        *,
        keep_all: bool,
    ) -> None:
        self.settings = settings
        self._keep_all = keep_all
        self.after = checked_day(after)
        self.language = checked_language(language)
        self.sources, table = split_sources(documents, settings, known=known, after=after)
        languages, self.table = self.sources.languages, table
        # Sentences of documents in other languages that can be compared.
        self.foreign: SentenceTable | None = None
        later = table.take(np.flatnonzero(~self.is_earlier(table)))
        if len(later) and (language or not keep_all):
            own, others = foreign_documents(later, languages, self.language, settings)
            if len(others):
                self._leave_out(own, others)
        self.has_earlier = bool(self.is_earlier(self.table).any())
        if self.sources.earlier and not self.has_earlier:
            note = "the earlier documents have no sentence to compare with"
            self.sources = replace(self.sources, notes=(*self.sources.notes, note))
        if not len(self._later):
            raise nothing_to("quote", self.sources)
        self.spoken = spoken_languages(self.table, languages, settings)
        self.encoders = Encoders(encoder, self.spoken, settings.evidence, progress)
        self.evidence = EvidenceSearch(self.sources, self.foreign, self.encoders, settings.evidence)

    def weighed(self, query: str | None) -> WeighedSentences:
        """Return the sentences that may be quoted, weighed by the question if there is one."""
        return self._common if query is None else self._asked(query)

    def _leave_out(self, own: str, others: Rows) -> None:
        """Set aside documents in other languages; ``foreign`` has those that can be compared."""
        settings, table, languages = self.settings, self.table, self.sources.languages
        foreign = np.isin(table.document, others)
        self.table = with_stems(table.take(np.flatnonzero(~foreign)), languages)
        self.sources = replace(self.sources, language=own, foreign=frozenset(others.tolist()))
        known = settings.evidence.translated
        compared = [number for number in others.tolist() if languages[number] in known]
        if own in known and compared and len(table) <= settings.most_embedded:
            self.foreign = table.take(np.flatnonzero(np.isin(table.document, compared)))

    @cached_property
    def _later(self) -> SentenceTable:
        """All sentences except those of earlier documents."""
        if not self.sources.earlier:
            return self.table
        rows = np.flatnonzero(~self.is_earlier(self.table))
        return with_stems(self.table.take(rows), self.sources.languages)

    def is_earlier(self, table: SentenceTable) -> Mask:
        """Return which sentences come from earlier documents."""
        return np.isin(table.document, sorted(self.sources.earlier))

    @cached_property
    def searched(self) -> SentenceTable:
        """All sentences that may be quoted, with their concepts; questions search these."""
        return with_concepts(self._later, self.sources, self.settings)

    @cached_property
    def _common(self) -> WeighedSentences:
        """The sentences on the common subject, weighed by what people put into summaries."""
        settings, (sources, table) = self.settings, self._on_topic()
        assert table.concepts is not None
        stems, document, position = table.stems, table.document, table.position
        if self.foreign is not None:
            stems, document, position = with_translations(
                table,
                self.foreign,
                self.encoders.translations(list(table.texts())),
                self.encoders.translations(list(self.foreign.texts())),
                settings.counted_translation,
            )
        sectioned = np.array([structure.sectioned for structure in sources.structures])[document]
        each = settings.opening_of_reports // len(sources.documents)
        opening = position < max(each, settings.opening_sentences)
        counted = np.flatnonzero(~sectioned | opening)
        stems, document, position = stems.take(counted), document[counted], position[counted]
        concepts = extract_concepts(stems)
        weights = np.zeros(len(table.concepts.keys))
        weights[np.searchsorted(table.concepts.keys, concepts.keys)] = weigh_concepts(
            stems, concepts, document, position, sectioned[counted], settings
        )
        return WeighedSentences(sources, with_weights(table, weights), weights)

    def _on_topic(self) -> tuple[Sources, SentenceTable]:
        """Return the sources and the quotable sentences of those that are on topic."""
        if self._keep_all:
            return self.sources, self.searched
        # What earlier documents are about is on topic.
        sources, on_topic, related = without_off_topic(
            self.sources, self.table, self.encoders.own, self.settings
        )
        if not related:
            alien = "the documents seem to have no common subject"
            sources = replace(sources, notes=(*sources.notes, alien))
        if not sources.off_topic:
            return sources, self.searched
        rows = np.flatnonzero(~self.is_earlier(on_topic))
        table = with_stems(on_topic.take(rows), sources.languages)
        return sources, with_concepts(table, sources, self.settings)

    def _asked(self, query: str) -> WeighedSentences:
        """Return all sentences, off topic or not, weighed by how well they answer a question.

        Where a summary of all answers it, they are weighed as without one.
        """
        answers = self.answers(query)
        if answers.general:
            return self._common
        table = self.searched.with_columns(relevance=answers.relevance)
        weights = weigh_answers(table, answers, self.settings)
        return WeighedSentences(self.sources, with_weights(table, weights), weights, answers)

    def answers(self, query: str) -> Answers:
        """Return what the sentences that may be quoted have to do with a question."""
        frequent = Counter(sorted(self.sources.languages)).most_common()
        languages = [code for code, _ in frequent]
        asked = asked_language(query, languages, KNOWN | {"en"}, self.searched.stems)
        light, deep = self.encoders.light_and_deep({asked})
        settings, name = self.settings.query, model_name(deep.encoder)
        return find_answers(
            self.searched,
            query,
            [asked, *languages],
            light,
            deep,
            partial(tells_apart, settings=self.settings),
            settings,
            getattr(settings, name) if name in ENCODERS else None,
        )

    def quotable(self, pool: SentenceTable, limit: int) -> Mask:
        """Tell what is neither a caption nor a notice, in English; all where nothing else fits."""
        languages = self.sources.languages
        english = [languages[number] == "en" for number in pool.document.tolist()]
        said = ~(find_notices(list(pool.texts()), self.settings) & english)
        fits = said & pool.stands_alone & (pool.cost <= limit)
        return said if fits.any() else np.ones(len(pool), dtype=bool)


def with_concepts(table: SentenceTable, sources: Sources, settings: Settings) -> SentenceTable:
    """Add the columns that quoting needs: cohesion, day rank, series and concepts."""
    table = with_cohesion(table, sources.languages, settings)
    table = table.with_columns(
        day_rank=day_ranks(sources.dates)[table.document],
        latest=of_latest_day(sources.dates, settings.latest_days)[table.document],
    )
    series = find_series(table, sources.groups, settings)
    return table.with_columns(series=series, concepts=extract_concepts(table.stems))


def with_weights(table: SentenceTable, weights: Floats) -> SentenceTable:
    """Add the column ``concept_weight``: the weights of the concepts of each sentence together."""
    assert table.concepts is not None
    return table.with_columns(concept_weight=table.concepts.totals(weights))


def pool_of(table: SentenceTable, sources: Sources) -> Pool:
    """Return sentences in the form that the search for evidence takes."""
    texts = list(table.texts())
    return Pool(texts, table.document, table.position, sources.dates, sources.languages)


@dataclass
class EvidenceSearch:
    """Finds what the documents of a subject say about sentences of a pool.

    :param foreign: The sentences in other languages that can be compared, if there are any.
    """

    sources: Sources
    foreign: SentenceTable | None
    encoders: Encoders
    settings: EvidenceSettings
    # The last pool, with the offsets that identify it, and its evidence by row and ``most``.
    _last: tuple[object, Pool, dict[tuple[int, int | None], RowEvidence]] | None = None

    def find(
        self, pool: SentenceTable, rows: Sequence[int], most: int | None = None
    ) -> list[RowEvidence]:
        """Find what other documents say about rows of the pool, judging ``most`` passages each.

        What was found for the last pool is kept, as the next length often has the same.
        """
        compared, known = self._compared(pool)
        new = [row for row in rows if (row, most) not in known]
        groups = self.sources.groups
        found = search_evidence(compared, pool.vectors, new, groups, self.settings, most=most)
        known.update(zip([(row, most) for row in new], found, strict=True))
        return [known[row, most] for row in rows]

    def _compared(
        self, pool: SentenceTable
    ) -> tuple[Pool, dict[tuple[int, int | None], RowEvidence]]:
        """Return a pool as it is compared, and what is known of it."""
        key = (pool.document.tobytes(), pool.start.tobytes())
        last = self._last  # another thread may change it
        if last is None or last[0] != key:
            last = self._last = (key, pool_of(pool, self.sources), {})
        return last[1:]

    def repeats(
        self, pool: SentenceTable, settings: Settings
    ) -> Callable[[Sequence[int]], dict[int, int]]:
        """Return a function that tells which of some rows of a ranked pool repeat which others.

        Two rows of different documents say the same where each states much of the other, they are
        much alike, and neither contradicts the other; this is told in the languages of which there
        are labelled pairs alone. What a series says first and last is news. Of two days the later
        row stays, of one day the one that opens better.
        """
        worth, compared = opening_worth(pool).tolist(), self._compared(pool)[0]
        days = [self.sources.dates[number] or "" for number in pool.document.tolist()]

        @cache
        def stated(first: int, second: int) -> float | None:
            """Return how much each of two rows states of the other; None where one is news."""
            pair, series = Pair(compared, first, second, second), pool.series[[first, second]]
            within = pool.document[first] == pool.document[second]
            if within or series[0] == series[1] > 0 or not pair.labelled(self.settings):
                return None
            places = [(first, second, second), (second, first, first)]
            judged = judge_passages(compared, places, self.settings)
            judged = [compare_by_words(one, self.settings) for one in judged]
            news = any(one.contradicts for one in judged)
            return None if news else sum(one.states for one in judged) / 2

        def repeats(picked: Sequence[int]) -> dict[int, int]:
            rows = sorted(picked)
            joined = join_vectors(pool.vectors[rows], pool.lexical[rows])
            # subtle: rounded, as a product of matrices may round otherwise by how many rows it has.
            alike = (joined @ joined.T).round(5)
            found: dict[int, int] = {}
            for one, other in np.argwhere(np.triu(alike >= settings.once_alike, 1)).tolist():
                pair = rows[one], rows[other]
                if not found.keys().isdisjoint(pair):
                    continue
                both = stated(*pair)
                if both is None or alike[one, other] + both < settings.once:
                    continue
                dated = all(days[row] for row in pair)
                gone, kept = sorted(pair, key=lambda row: (days[row] * dated, worth[row], -row))
                # What stands for another stays, so that not both are lost.
                if gone not in found.values():
                    found[gone] = kept
            return found

        return repeats

    def translations(self, pool: SentenceTable, rows: Sequence[int]) -> list[list[Found]]:
        """Find what documents in other languages say about rows of the pool."""
        if self.foreign is None:
            return [[] for _ in rows]
        foreign = self.foreign
        texts = [*map(pool.text, rows), *foreign.texts()]
        found = find_translations(
            texts,
            np.concatenate([pool.document[list(rows)], foreign.document]),
            self.encoders.translations(texts),
            len(rows),
            self.sources.languages,
            self.sources.dates,
            self.sources.groups,
            self.settings,
        )
        return [
            [replace(one, first=one.first - len(rows), last=one.last - len(rows)) for one in own]
            for own in found
        ]

    def backed(self, pool: SentenceTable, least: int) -> Mask:
        """Return which sentences of the pool at least ``least`` independent sources state."""
        rows, settings = range(len(pool)), self.settings
        most = max(settings.most_compared, settings.candidates * least)
        found = zip(self.find(pool, rows, most), self.translations(pool, rows), strict=True)
        backing = np.array([1 + len(own.agreeing) + len(foreign) for own, foreign in found])
        most = int(backing.max())
        if most < least:
            unjudged = unjudged_note(self.sources, DENYING, "what is said in other words")
            raise SummarizerError(
                f"no sentence is stated by {least} independent sources; the most that state one "
                f"are {most}, so ask for no more than {most}"
                + "".join(f"; {note}" for note in unjudged)
            )
        return np.asarray(backing >= least)

    def current(self, pool: SentenceTable, limit: int, allowed: Mask) -> Mask:
        """Exclude what later sources supersede, as long as something that fits is left."""
        outdated = find_outdated(
            list(pool.texts()),
            pool.document,
            self.sources.dates,
            self.sources.languages,
            pool.cluster,
        )
        # The first and the last report of a series are both news.
        outdated = outdated & (pool.series == 0)
        left = allowed & ~outdated
        fits = left & pool.stands_alone & (pool.cost <= limit)
        return left if fits.any() else allowed
