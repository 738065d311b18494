"""From documents to a summary: the one place that knows the order of the stages.

Clean, split, drop what is off topic, weigh concepts; then, for each length asked for: pick a pool
of candidates, embed, cluster and rank it, select, order, find the evidence, cite.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from .citing import cite_sentences, length_notes, list_sources, source_notes
from .encoders import Embedder, Encoder, load_encoder, tells_apart
from .errors import BudgetError, SummarizerError
from .evidence import Pool, RowEvidence, search_evidence
from .rank.cohesion import with_cohesion
from .rank.concepts import extract_concepts, with_stems
from .rank.documents import gather_copies, off_topic_documents
from .rank.explain import explain
from .rank.features import concept_features, lexical_centrality
from .rank.order import order_sentences, rank_days
from .rank.select import candidate_pool, select, sentence_costs, take_densest
from .rank.sentences import rank_sentences
from .rank.weights import concept_weights
from .readers.objects import AnyDocument
from .settings import (
    MODEL,
    RANKER,
    Length,
    Ranker,
    Settings,
    checked_diversity,
    checked_min_sources,
    no_room,
)
from .sources import split_sources
from .summary import Summary
from .table import SentenceTable
from .version import VERSION


def summarize(
    documents: Iterable[AnyDocument],
    *,
    words: int | None = None,
    sentences: int | None = None,
    chars: int | None = None,
    ratio: float | None = None,
    ranker: Ranker = RANKER,
    diversity: float | None = None,
    min_sources: int = 1,
    encoder: Encoder | str = MODEL,
    keep_all: bool = False,
    settings: Settings | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Summarize documents about one subject in sentences of their own.

    :param documents: What ``read`` returns, ``Document``s, plain texts, dicts with a ``text``, or
        objects with ``page_content`` or ``text`` and ``metadata``.
    :param words: Most words; 150 where no length is given. At most one length may be.
    :param sentences: Most sentences.
    :param chars: Most characters, blanks between sentences counted.
    :param ratio: Most words as a share of all that may be quoted, above 0 to 1.
    :param ranker: ``coverage`` or ``mmr``.
    :param diversity: With ``mmr``, from 0, where only salience counts, to 1, where only difference
        does.
    :param min_sources: Quote only what at least this many independent sources state; copies count
        once.
    :param encoder: Anything with ``encode(n strings) -> (n, d)``, or what ``load_encoder`` takes.
    :param keep_all: Whether to quote documents that are about something else than the others too.
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
    prepared = Summarizer(
        documents, encoder=encoder, keep_all=keep_all, settings=settings, progress=progress
    )
    return prepared._for_length(length, ranker, diversity, min_sources)


class Summarizer:
    """Documents made ready once, for summaries of any length.

    :param documents: As for ``summarize``, and so is all else.
    :raises SummarizerError: If there is nothing to quote.
    """

    def __init__(
        self,
        documents: Iterable[AnyDocument],
        *,
        encoder: Encoder | str = MODEL,
        keep_all: bool = False,
        settings: Settings | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self._settings = settings = settings or Settings()
        self._encoder = load_encoder(encoder) if isinstance(encoder, str) else encoder
        self._embed = Embedder(self._encoder, progress)
        sources, table = split_sources(documents, settings)
        off_topic = np.zeros(0, dtype=np.intp)
        if len(table) and not keep_all:
            off_topic, share_subject = off_topic_documents(
                table, sources.languages, self._embed, settings
            )
            alien = () if share_subject else ("the documents seem to have no common subject",)
            sources = replace(
                sources, off_topic=frozenset(off_topic.tolist()), notes=sources.notes + alien
            )
        self._sources = sources
        if len(off_topic):
            kept = ~np.isin(table.document, off_topic)
            table = with_stems(table.take(np.flatnonzero(kept)), sources.languages)
        if not len(table):
            notes = [*sources.notes, *source_notes(sources)]
            raise SummarizerError(f"nothing to quote: {'; '.join(notes or ['no documents'])}")
        days = rank_days(sources.dates)
        table = with_cohesion(table, settings).with_columns(day=days[table.document])
        concepts = extract_concepts(table.stems)
        central = lexical_centrality(table.stems, table.position, settings)
        self._weights = concept_weights(
            concept_features(table.stems, concepts, table.document, table.position, central),
            settings.weights,
        )
        self._table = table.with_columns(concepts=concepts, score=concepts.totals(self._weights))

    def summarize(
        self,
        *,
        words: int | None = None,
        sentences: int | None = None,
        chars: int | None = None,
        ratio: float | None = None,
        ranker: Ranker = RANKER,
        diversity: float | None = None,
        min_sources: int = 1,
    ) -> Summary:
        """Return a summary; everything as for the function ``summarize``."""
        length = Length(words, sentences, chars, ratio)
        return self._for_length(length, ranker, diversity, min_sources)

    def _for_length(
        self, length: Length, ranker: Ranker, diversity: float | None, min_sources: int
    ) -> Summary:
        """Pick, order, support and cite sentences for one length."""
        settings, sources = self._settings, self._sources
        difference = checked_diversity(ranker, diversity, settings)
        min_sources = checked_min_sources(min_sources)
        budget = length.budget(self._table.texts())
        table = self._table.with_columns(cost=sentence_costs(self._table, budget.unit))
        limit = budget.limit + (budget.unit == "chars")
        shortest = int(table.cost[(table.chain == 1) & table.stands].min())
        if shortest > limit:
            raise no_room(shortest - (budget.unit == "chars"), budget)

        pool = candidate_pool(table, limit, settings)
        few = len(pool) <= settings.most_embedded
        if min_sources > 1 and not few:
            raise BudgetError(
                f"counting sources compares at most {settings.most_embedded:,} sentences, and this "
                f"length takes {len(pool):,}; ask for a shorter summary"
            )
        # A budget that holds all sentences, or more than can be embedded, is filled by words alone.
        everything = min_sources == 1 and (int(table.cost.sum()) <= limit or not few)
        if everything:
            pool, few = table, len(table) <= settings.most_embedded
        if few:
            vectors = self._embed(list(pool.texts()))
            pool = rank_sentences(pool, vectors, settings, known=tells_apart(vectors))
        else:
            pool = pool.with_columns(salience=pool.score / (float(pool.score.max()) or 1.0))
        if everything:
            # A budget for nearly everything keeps the order of the sources, without repeats.
            taken = take_densest(pool, limit)
            rows = sorted(taken, key=lambda row: (int(pool.day[row]), row))
        else:
            backed = self._backed(pool, min_sources) if min_sources > 1 else None
            picked = select(pool, self._weights, limit, ranker, difference, settings, backed)
            lengths = np.array(sources.lengths)
            rows = order_sentences(pool, gather_copies(pool, picked), lengths, settings)

        evidence = self._evidence(pool, rows) if few else [RowEvidence() for _ in rows]
        quotes = cite_sentences(sources, pool, rows, evidence)
        similarity = [float(pool.central[row]) if few else None for row in rows]
        numbers = sources.numbers
        used = int(pool.cost[rows].sum()) - (budget.unit == "chars")
        return Summary(
            sentences=quotes,
            sources=list_sources(sources, quotes),
            budget=budget,
            explanations=explain(
                table, self._weights, pool.row[rows].tolist(), similarity, numbers, settings
            ),
            documents=sources.as_given,
            warnings=(
                *sources.notes,
                *source_notes(sources),
                *length_notes(used, len(rows) == len(table), budget, min_sources, settings),
            ),
            signature=self._signature(ranker, difference, length, min_sources),
        )

    def _evidence(self, pool: SentenceTable, rows: Sequence[int]) -> list[RowEvidence]:
        """Find what other documents say of some sentences of the pool.

        If the encoder of the run is minilm, it judges the likely passages again.
        """
        sources, own = self._sources, self._encoder
        compared = Pool(
            list(pool.texts()),
            pool.document,
            pool.position,
            sources.dates,
            sources.languages,
        )
        deep = (lambda: own) if getattr(own, "name", "").startswith("minilm@") else None
        return search_evidence(
            compared,
            pool.vectors,
            rows,
            sources.groups,
            load_encoder("static"),
            deep,
            self._settings.evidence,
        )

    def _backed(self, pool: SentenceTable, least: int) -> npt.NDArray[np.bool_]:
        """Tell which sentences of the pool at least ``least`` independent sources state.

        :raises SummarizerError: If there are none; it names how many state the best backed.
        """
        found = self._evidence(pool, range(len(pool)))
        backing = np.array([1 + len(evidence.agreeing) for evidence in found])
        most = int(backing.max())
        if most < least:
            raise SummarizerError(
                f"no sentence is stated by {least} independent sources, the best by {most}; "
                "ask for no more than that"
            )
        return np.asarray(backing >= least)

    def _signature(self, ranker: Ranker, diversity: float, length: Length, min_sources: int) -> str:
        model = getattr(self._encoder, "name", type(self._encoder).__name__)
        parts = [f"summarizer {VERSION}", f"model {model}", f"ranker {ranker}"]
        parts += [f"diversity {diversity!r}"] if ranker == "mmr" else []
        parts.append(str(length))
        parts += [f"min-sources {min_sources}"] if min_sources > 1 else []
        return " | ".join(parts)
