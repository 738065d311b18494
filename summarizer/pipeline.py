"""From documents to a summary: the one place that knows the order of the stages.

Clean and split. Drop what is off topic and weigh concepts by what people say in summaries; where
there is a question, weigh them by what answers it instead, off topic or not. Then, for each length
asked for: pick a pool of candidates, embed, cluster and rank it, select, where documents were known
before only what is new beside them, order, find the evidence, cite.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt

from .citing import (
    NOTHING_NEW,
    cite_sentences,
    cited_sources,
    length_notes,
    list_sources,
    nothing_note,
    source_notes,
)
from .datatypes import Budget
from .encoders import Embedder, Encoder, load_encoder, tells_apart
from .errors import BudgetError, SummarizerError
from .evidence import (
    Abroad,
    Found,
    Pool,
    RowEvidence,
    Translation,
    differing_values,
    find_outdated,
    judge_passages,
    search_evidence,
)
from .forking import unforked
from .rank.cohesion import with_cohesion
from .rank.concepts import extract_concepts, with_stems
from .rank.documents import find_series, gather_copies, off_topic_documents
from .rank.explain import explain
from .rank.features import concept_features, lexical_centrality
from .rank.novelty import Compared, compare_with_earlier
from .rank.order import order_sentences, rank_days
from .rank.query import find_answers
from .rank.select import candidate_pool, select, sentence_costs, take_densest
from .rank.sentences import rank_sentences
from .rank.translations import documents_abroad, translated_rows, with_translations
from .rank.weights import concept_weights
from .readers.objects import AnyDocument
from .settings import (
    MODEL,
    RANKER,
    Length,
    Ranker,
    Settings,
    checked_day,
    checked_diversity,
    checked_language,
    checked_min_sources,
    checked_query,
    no_room,
)
from .sources import Sources, split_sources
from .summary import Summary
from .table import Floats, Rows, SentenceTable
from .version import VERSION


def summarize(
    documents: Iterable[AnyDocument],
    *,
    query: str | None = None,
    known: Iterable[AnyDocument] = (),
    after: str | None = None,
    words: int | None = None,
    sentences: int | None = None,
    chars: int | None = None,
    ratio: float | None = None,
    ranker: Ranker = RANKER,
    diversity: float | None = None,
    min_sources: int = 1,
    encoder: Encoder | str = MODEL,
    language: str | None = None,
    keep_all: bool = False,
    settings: Settings | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Summarize documents about one subject in sentences quoted from them.

    :param documents: What ``read`` returns, ``Document`` objects, plain texts, dicts with a
        ``text``, or objects with ``page_content`` or ``text`` and ``metadata``.
    :param query: What the summary shall tell: keywords, a question, or several sentences. Where no
        sentence answers, the summary is empty and a warning says so.
    :param known: Earlier documents. Only what they do not say is quoted; where a number or a day
        has changed, theirs is listed with the quote. Where nothing is new, the summary is empty and
        a warning says so.
    :param after: A day, ``YYYY-MM-DD``: documents published before it are left out, and a warning
        says how many, and of which none is known.
    :param words: The greatest number of words; 150 if no length is given. Give only one length.
    :param sentences: The greatest number of sentences.
    :param chars: The greatest number of characters, including the spaces between sentences.
    :param ratio: The greatest number of words as a share of all that may be quoted, above 0 and at
        most 1.
    :param ranker: ``coverage`` or ``mmr``.
    :param diversity: With ``mmr``, from 0, where only salience counts, to 1, where only difference
        does.
    :param min_sources: Quote only what at least this many independent sources state; copies count
        once.
    :param encoder: Anything with ``encode(n strings) -> (n, d)``, or what ``load_encoder`` takes.
    :param language: The BCP 47 code of the language to quote; by default that of most documents.
        What documents in other languages say is found as evidence, where ``multilingual`` knows
        both languages.
    :param keep_all: Whether to quote documents that are about something else than the others too,
        as is done where there is a question; and those in any language, where none is asked for.
    :param settings: The constants of the pipeline.
    :param progress: Called with the number of sentences embedded and their total.
    :return: The summary. It does not depend on the order of the documents, except for the numbers
        of the sources.
    :raises SummarizerError: If an option is out of range, there is nothing to quote, or no sentence
        fits the length.
    """
    length = Length(words, sentences, chars, ratio)
    # What cannot be asked for is refused before the work begins.
    checked_diversity(ranker, diversity, settings or Settings())
    checked_min_sources(min_sources)
    checked_query(query)
    prepared = Summarizer(
        documents,
        known=known,
        after=after,
        encoder=encoder,
        language=language,
        keep_all=keep_all,
        settings=settings,
        progress=progress,
    )
    return prepared._for_length(length, query, ranker, diversity, min_sources)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Sentences that may be quoted, what their concepts weigh, and whether any is to be quoted."""

    sources: Sources
    table: SentenceTable
    weights: Floats
    found: bool = True

    @property
    def scored(self) -> SentenceTable:
        """The sentences with their scores."""
        assert self.table.concepts is not None
        return self.table.with_columns(score=self.table.concepts.totals(self.weights))


class Summarizer:
    """Documents prepared once, for any number of summaries.

    Another length or ranker takes a fraction of the time of the first summary.

    :param documents: As for ``summarize``; so are the other parameters.
    :raises SummarizerError: If there is nothing to quote.
    """

    @unforked()
    def __init__(
        self,
        documents: Iterable[AnyDocument],
        *,
        known: Iterable[AnyDocument] = (),
        after: str | None = None,
        encoder: Encoder | str = MODEL,
        language: str | None = None,
        keep_all: bool = False,
        settings: Settings | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self._settings = settings = settings or Settings()
        self._encoder = load_encoder(encoder) if isinstance(encoder, str) else encoder
        self._embed = Embedder(self._encoder, progress)
        self._keep_all = keep_all
        # The last pool, by where its sentences stand, and the evidence found for rows of it.
        self._compared: tuple[tuple[bytes, bytes], Pool, dict[int, RowEvidence]] | None = None
        self._after = checked_day(after)
        self._asked_language = checked_language(language)
        self._sources, table = split_sources(documents, settings, known=known, after=after)
        languages, self._table = self._sources.languages, table
        self._abroad: SentenceTable | None = None
        later = table.take(np.flatnonzero(~self._is_earlier(table)))
        if len(later) and (language or not keep_all):
            own, others = documents_abroad(later, languages, self._asked_language, settings)
            self._leave_out(own, others)
        if not len(self._own):
            notes = [*self._sources.notes, *source_notes(self._sources)]
            raise SummarizerError(f"nothing to quote: {'; '.join(notes or ['no documents'])}")

    def _leave_out(self, own: str, others: Rows) -> None:
        """Leave out documents in other languages; what can be compared is kept beside."""
        if not len(others):
            return
        settings, table, languages = self._settings, self._table, self._sources.languages
        abroad = np.isin(table.document, others)
        self._table = with_stems(table.take(np.flatnonzero(~abroad)), languages)
        self._sources = replace(self._sources, language=own, abroad=frozenset(others.tolist()))
        known = settings.evidence.translated
        compared = [number for number in others.tolist() if languages[number] in known]
        if own in known and compared and len(table) <= settings.most_embedded:
            self._abroad = table.take(np.flatnonzero(np.isin(table.document, compared)))

    @cached_property
    def _own(self) -> SentenceTable:
        """All sentences but those of documents that were known before."""
        if not self._sources.earlier:
            return self._table
        rows = np.flatnonzero(~self._is_earlier(self._table))
        return with_stems(self._table.take(rows), self._sources.languages)

    def _is_earlier(self, table: SentenceTable) -> npt.NDArray[np.bool_]:
        return np.isin(table.document, sorted(self._sources.earlier))

    @cached_property
    def _all(self) -> SentenceTable:
        """All sentences that may be quoted, with their concepts: what a question is put to."""
        return self._with_concepts(self._own)

    @cached_property
    def _subject(self) -> _Weighed:
        """The sentences about the common subject, weighed by what people say in summaries."""
        settings, sources, table = self._settings, self._sources, self._own
        if not self._keep_all:
            off_topic, share_subject = off_topic_documents(
                table, sources.languages, self._embed, settings
            )
            alien = () if share_subject else ("the documents seem to have no common subject",)
            sources = replace(
                sources, off_topic=frozenset(off_topic.tolist()), notes=sources.notes + alien
            )
            kept = ~np.isin(table.document, off_topic)
            if len(off_topic):
                table = with_stems(table.take(np.flatnonzero(kept)), sources.languages)
        table = self._all if table is self._own else self._with_concepts(table)
        assert table.concepts is not None
        stems, document, position = table.stems, table.document, table.position
        if self._abroad is not None:
            translated = translated_rows(
                self._translate(list(table.texts())),
                self._translate(list(self._abroad.texts())),
                settings.counted_translation,
            )
            stems, document, position = with_translations(table, self._abroad, translated)
        sectioned = np.array([structure.sectioned for structure in sources.structures])[document]
        each = settings.opening_of_reports // len(sources.documents)
        opening = position < max(each, settings.opening_sentences)
        told = np.flatnonzero(~sectioned | opening)
        stems, document, position = stems.take(told), document[told], position[told]
        concepts = extract_concepts(stems)
        central = lexical_centrality(stems, position, settings)
        features = concept_features(
            stems, concepts, document, position, central, float(sectioned[told].mean())
        )
        weights = np.zeros(len(table.concepts.keys))
        places = np.searchsorted(table.concepts.keys, concepts.keys)
        weights[places] = concept_weights(features, settings.weights)
        return _Weighed(sources, table, weights)

    def _with_concepts(self, table: SentenceTable) -> SentenceTable:
        days = rank_days(self._sources.dates)
        table = with_cohesion(table, self._sources.languages, self._settings)
        table = table.with_columns(day=days[table.document])
        series = find_series(table, self._sources.groups, self._settings)
        return table.with_columns(series=series, concepts=extract_concepts(table.stems))

    def _asked(self, query: str) -> _Weighed:
        """Return all sentences, off topic or not, weighed by what answers a question."""
        frequent = Counter(sorted(self._sources.languages)).most_common()
        found = find_answers(
            self._all,
            query,
            [code for code, _ in frequent],
            self._light,
            self._deep,
            tells_apart,
            self._settings.query,
            measured=_is_minilm(self._deep.encoder),
        )
        table = self._all.with_columns(relevance=found.relevance)
        return _Weighed(self._sources, table, found.weights, found.found)

    @cached_property
    def _light(self) -> Embedder:
        """Compares all sentences with a question, and passages with quotes."""
        static = getattr(self._encoder, "name", "").startswith("static@")
        return self._embed if static else Embedder(load_encoder("static"))

    @cached_property
    def _deep(self) -> Embedder:
        """Compares the nearest with it: the encoder of the run, where that is not the light one."""
        return Embedder(load_encoder("minilm")) if self._light is self._embed else self._embed

    def summarize(
        self,
        *,
        query: str | None = None,
        words: int | None = None,
        sentences: int | None = None,
        chars: int | None = None,
        ratio: float | None = None,
        ranker: Ranker = RANKER,
        diversity: float | None = None,
        min_sources: int = 1,
    ) -> Summary:
        """Return a summary; the parameters are those of the function ``summarize``."""
        length = Length(words, sentences, chars, ratio)
        return self._for_length(length, query, ranker, diversity, min_sources)

    @unforked()
    def _for_length(
        self,
        length: Length,
        query: str | None,
        ranker: Ranker,
        diversity: float | None,
        min_sources: int,
    ) -> Summary:
        """Pick, order, support and cite sentences for one length."""
        settings = self._settings
        difference = checked_diversity(ranker, diversity, settings)
        min_sources = checked_min_sources(min_sources)
        query = checked_query(query)
        weighed = self._subject if query is None else self._asked(query)
        sources, table, weights = weighed.sources, weighed.scored, weighed.weights
        budget = length.budget(table.texts())
        table = table.with_columns(cost=sentence_costs(table, budget.unit))
        limit = budget.limit + (budget.unit == "chars")
        shortest = int(table.cost[(table.chain == 1) & table.stands].min())
        if shortest > limit:
            raise no_room(shortest - (budget.unit == "chars"), budget)

        signature = self._signature(ranker, difference, length, min_sources, query)
        if not weighed.found:
            return _empty(sources, budget, signature, query, nothing_note(query or ""))

        if sources.earlier:
            settings = replace(settings, pool_sentences=settings.update.pool)
        pool = candidate_pool(table, limit, settings)
        few = len(pool) <= settings.most_embedded
        if (min_sources > 1 or sources.earlier) and not few:
            compares = "counting sources" if min_sources > 1 else "telling what is new"
            raise BudgetError(
                f"{compares} compares at most {settings.most_embedded:,} sentences, and this "
                f"length takes {len(pool):,}; ask for a shorter summary"
            )
        # A budget that holds all sentences, or more than can be embedded, is filled by words alone.
        holds_all = query is None and not sources.earlier and int(table.cost.sum()) <= limit
        everything = min_sources == 1 and (holds_all or not few)
        if everything:
            pool, few = table, len(table) <= settings.most_embedded
        if few:
            vectors = self._embed(list(pool.texts()))
            pool = rank_sentences(pool, vectors, settings, known=tells_apart(vectors))
        else:
            pool = pool.with_columns(salience=pool.score / (float(pool.score.max()) or 1.0))
        beside, changed = None, dict[int, Found]()
        if everything:
            # A budget for nearly everything keeps the order of the sources, without repeats.
            taken = take_densest(pool, limit)
            rows = sorted(taken, key=lambda row: (int(pool.day[row]), row))
        else:
            backed = self._backed(pool, min_sources) if min_sources > 1 else None
            if query is None:
                backed = _without_outdated(sources, pool, limit, backed)
            # Who counts sentences gets as many.
            filling = replace(settings, fill=settings.fill or budget.unit == "sentences")
            pick = partial(select, pool, weights, limit, ranker, difference, filling)
            if sources.earlier:
                beside = self._beside_earlier(pool)
                picked, changed = self._pick_new(pick, beside, backed)
                if not picked:
                    return _empty(sources, budget, signature, query, NOTHING_NEW)
            elif not (picked := pick(backed)):
                raise BudgetError(
                    "no sentence that so many independent sources state can stand alone and fits; "
                    "ask for a longer summary or fewer min_sources"
                )
            lengths = np.array(sources.lengths)
            rows = order_sentences(pool, gather_copies(pool, picked), lengths, settings)

        shown, cited = (beside.table, beside.places[rows].tolist()) if beside else (pool, rows)
        evidence = self._evidence(shown, cited) if few else [RowEvidence() for _ in rows]
        if beside:
            # Of earlier ones the likest alone tells what has changed.
            earlier = self._is_earlier(shown)
            evidence = [
                replace(
                    own,
                    differing=[
                        *(one for one in own.differing if not earlier[one.first]),
                        *([changed[row]] if row in changed else []),
                    ],
                )
                for row, own in zip(rows, evidence, strict=True)
            ]
        told = self._told_abroad(shown, cited) if few else []
        quotes = cite_sentences(sources, shown, cited, evidence, told, self._abroad)
        similarity = [float(pool.central[row]) if few else None for row in rows]
        numbers = sources.numbers
        used = int(pool.cost[rows].sum()) - (budget.unit == "chars")
        return Summary(
            sentences=quotes,
            sources=list_sources(sources, cited_sources(quotes)),
            budget=budget,
            explanations=explain(
                table, weights, pool.row[rows].tolist(), similarity, numbers, settings
            ),
            documents=sources.as_given,
            warnings=(
                *sources.notes,
                *source_notes(sources),
                *length_notes(used, len(rows) == len(table), budget, min_sources, settings),
            ),
            signature=signature,
            query=query,
        )

    def _beside_earlier(self, pool: SentenceTable) -> Compared:
        """Compare a pool with what was known before."""
        earlier = np.flatnonzero(self._is_earlier(self._table))
        return compare_with_earlier(
            pool,
            self._table,
            earlier,
            self._light,
            self._deep,
            tells_apart,
            self._settings.update,
        )

    def _pick_new(
        self,
        pick: Callable[[npt.NDArray[np.bool_]], list[int]],
        beside: Compared,
        backed: npt.NDArray[np.bool_] | None,
    ) -> tuple[list[int], dict[int, Found]]:
        """Pick sentences that no earlier one states: by their likeness, then by the judge.

        One of which a value has changed is new.

        :return: Rows of the pool, in the order picked, and what earlier sentences give otherwise.
        """
        settings, earlier = self._settings.update, self._sources.earlier
        said = beside.likeness >= settings.said
        doubtful = np.flatnonzero(beside.likeness >= settings.moved)
        pairs = np.stack([beside.places, beside.nearest, beside.nearest], axis=1)[doubtful]
        compared = self._evidence_pool(beside.table)
        judged = judge_passages(
            compared,
            [(row, first, last) for row, first, last in pairs.tolist()],
            self._light,
            settings=replace(self._settings.evidence, differs=settings.changed),
        )
        changed = {
            row: differing_values(compared, replace(judgement, swaps=()))
            for row, judgement in zip(doubtful.tolist(), judged, strict=True)
            if judgement.slots
        }
        said[list(changed)] = False
        allowed = ~said if backed is None else backed & ~said
        document = beside.table.document.tolist()
        for _ in range(settings.rounds):
            picked = pick(allowed)
            found = self._evidence(beside.table, beside.places[picked].tolist())
            repeated = [
                row
                for row, own in zip(picked, found, strict=True)
                if any(document[one.first] in earlier for one in (*own.agreeing, *own.copies))
            ]
            if not repeated:
                break
            allowed[repeated] = False
        return picked, changed

    def _evidence_pool(self, table: SentenceTable) -> Pool:
        sources = self._sources
        texts = list(table.texts())
        return Pool(texts, table.document, table.position, sources.dates, sources.languages)

    def _evidence(self, pool: SentenceTable, rows: Sequence[int]) -> list[RowEvidence]:
        """Find what other documents say of some sentences of the pool.

        If the encoder of the run is minilm, it judges the likely passages again. What was found for
        the last pool is kept, as the next length often has the same.
        """
        key = (pool.document.tobytes(), pool.start.tobytes())
        if self._compared is None or self._compared[0] != key:
            self._compared = (key, self._evidence_pool(pool), {})
        _, compared, known = self._compared
        new = [row for row in rows if row not in known]
        deep = (lambda: self._embed) if _is_minilm(self._encoder) else None
        found = search_evidence(
            compared,
            pool.vectors,
            new,
            self._sources.groups,
            self._light,
            deep,
            self._settings.evidence,
        )
        known.update(zip(new, found, strict=True))
        return [known[row] for row in rows]

    @cached_property
    def _translate(self) -> Embedder:
        """Compares sentences of several languages."""
        return Embedder(load_encoder("multilingual"))

    def _told_abroad(self, pool: SentenceTable, rows: Sequence[int]) -> list[list[Translation]]:
        """Find what documents in other languages say of some sentences of the pool."""
        if self._abroad is None:
            return [[] for _ in rows]
        sources, abroad = self._sources, self._abroad
        texts, documents = list(abroad.texts()), abroad.document.tolist()
        translations = Abroad(
            texts,
            documents,
            self._translate(texts),
            sources.languages,
            sources.dates,
            sources.groups,
        )
        quotes = [pool.text(row) for row in rows]
        return [
            translations.stating(text, vector, int(pool.document[row]), self._settings.evidence)
            for row, text, vector in zip(rows, quotes, self._translate(quotes), strict=True)
        ]

    def _backed(self, pool: SentenceTable, least: int) -> npt.NDArray[np.bool_]:
        """Tell which sentences of the pool at least ``least`` independent sources state.

        :raises SummarizerError: If there are none; it names how many state the best backed.
        """
        rows = range(len(pool))
        found = zip(self._evidence(pool, rows), self._told_abroad(pool, rows), strict=True)
        backing = np.array([1 + len(own.agreeing) + len(abroad) for own, abroad in found])
        most = int(backing.max())
        if most < least:
            raise SummarizerError(
                f"no sentence is stated by {least} independent sources, the best by {most}; "
                "ask for no more than that"
            )
        return np.asarray(backing >= least)

    def _signature(
        self,
        ranker: Ranker,
        diversity: float,
        length: Length,
        min_sources: int,
        query: str | None,
    ) -> str:
        model = getattr(self._encoder, "name", type(self._encoder).__name__)
        parts = [f"summarizer {VERSION}", f"model {model}", f"ranker {ranker}"]
        parts += [f"diversity {diversity!r}"] if ranker == "mmr" else []
        parts.append(str(length))
        parts += [f"min-sources {min_sources}"] if min_sources > 1 else []
        parts += [f"after {self._after}"] if self._after else []
        earlier = len(self._sources.earlier)
        parts += [f"known documents {earlier}"] if earlier else []
        parts += [f"language {self._asked_language}"] if self._asked_language else []
        parts += [f"query {json.dumps(query, ensure_ascii=False)}"] if query else []
        return " | ".join(parts)


def _is_minilm(encoder: Encoder) -> bool:
    return getattr(encoder, "name", "").startswith("minilm@")


def _empty(
    sources: Sources, budget: Budget, signature: str, query: str | None, note: str
) -> Summary:
    """Return the summary where nothing answers a question or is new; a warning says so."""
    return Summary(
        sentences=(),
        sources=list_sources(sources, ()),
        budget=budget,
        documents=sources.as_given,
        warnings=(*sources.notes, *source_notes(sources), note),
        signature=signature,
        query=query,
    )


def _without_outdated(
    sources: Sources,
    pool: SentenceTable,
    limit: int,
    backed: npt.NDArray[np.bool_] | None,
) -> npt.NDArray[np.bool_] | None:
    """Leave out what later sources supersede, if something else is left that fits."""
    outdated = find_outdated(
        list(pool.texts()), pool.document, sources.dates, sources.languages, pool.cluster
    )
    # What a series said first is where its last began.
    outdated = outdated & (pool.series == 0)
    left = ~outdated if backed is None else backed & ~outdated
    fits = left & pool.stands & (pool.chain == 1) & (pool.cost <= limit)
    return left if outdated.any() and fits.any() else backed
