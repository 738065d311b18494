"""From documents to a summary: the one place that knows the order of the stages.

Clean and split. Drop what is off topic and weigh concepts by what people say in summaries; where
there is a question, weigh them by what answers it instead, off topic or not. Then, for each length
asked for: pick a pool of candidates, embed, cluster and rank it, select, where documents were known
before only what is new beside them, order, find the evidence, cite.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

import numpy as np

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
from .encoders import Encoder, load_encoder, tells_apart
from .errors import BudgetError, OptionError
from .evidence import RowEvidence
from .forking import unforked
from .rank.documents import gather_copies
from .rank.explain import explain
from .rank.order import order_sentences
from .rank.select import candidate_pool, select, sentence_costs, take_densest
from .rank.sentences import rank_sentences
from .readers.objects import AnyDocument
from .settings import (
    MODEL,
    RANKER,
    Length,
    Ranker,
    Settings,
    checked_diversity,
    checked_min_sources,
    checked_query,
    checked_settings,
    no_room,
)
from .sources import Sources
from .subject import Subject, Support, Updates
from .summary import Summary
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
    :param query: What the summary should answer: keywords, a question, or several sentences.
        Where no sentence answers, the summary is empty and a warning says so.
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
    checked_diversity(ranker, diversity, checked_settings(settings))
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
        self._settings = settings = checked_settings(settings)
        if progress is not None and not callable(progress):
            raise OptionError(f"progress must be a function, not {type(progress).__name__}")
        self._subject = Subject(
            documents,
            known,
            after,
            load_encoder(encoder) if isinstance(encoder, str) else encoder,
            language,
            settings,
            progress,
            keep_all=keep_all,
        )
        self._support = Support(self._subject)

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
        settings, subject, support = self._settings, self._subject, self._support
        difference = checked_diversity(ranker, diversity, settings)
        min_sources = checked_min_sources(min_sources)
        query = checked_query(query)
        weighed = subject.weighed(query)
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

        if subject.updates:
            settings = replace(settings, pool_sentences=settings.update.pool)
        pool = candidate_pool(table, limit, settings)
        few = len(pool) <= settings.most_embedded
        if (min_sources > 1 or subject.updates) and not few:
            compares = "counting sources" if min_sources > 1 else "telling what is new"
            raise BudgetError(
                f"{compares} compares at most {settings.most_embedded:,} sentences, and this "
                f"length takes {len(pool):,}; ask for a shorter summary"
            )
        # A budget that holds all sentences, or more than can be embedded, is filled by words alone.
        holds_all = query is None and not subject.updates and int(table.cost.sum()) <= limit
        everything = min_sources == 1 and (holds_all or not few)
        if everything:
            pool, few = table, len(table) <= settings.most_embedded
        if few:
            vectors = subject.embed(list(pool.texts()))
            pool = rank_sentences(pool, vectors, settings, known=tells_apart(vectors))
        else:
            pool = pool.with_columns(salience=pool.score / (float(pool.score.max()) or 1.0))
        updates = Updates(subject, support, pool) if subject.updates else None
        if everything:
            # A budget for nearly everything keeps the order of the sources, without repeats.
            taken = take_densest(pool, limit)
            rows = sorted(taken, key=lambda row: (int(pool.day[row]), row))
        else:
            allowed = support.backed(pool, min_sources) if min_sources > 1 else None
            if query is None:
                allowed = support.current(pool, limit, allowed)
            # Who counts sentences gets as many.
            filling = replace(settings, fill=settings.fill or budget.unit == "sentences")
            pick = partial(select, pool, weights, limit, ranker, difference, filling)
            picked = updates.pick(pick, allowed) if updates else pick(allowed)
            if updates and not picked:
                return _empty(sources, budget, signature, query, NOTHING_NEW)
            if not picked:
                raise BudgetError(
                    "no sentence that so many independent sources state can stand alone and fits; "
                    "ask for a longer summary or fewer min_sources"
                )
            lengths = np.array(sources.lengths)
            rows = order_sentences(pool, gather_copies(pool, picked), lengths, settings)

        shown, cited = (updates.table, updates.places(rows)) if updates else (pool, rows)
        evidence = [RowEvidence() for _ in rows]
        if few:
            evidence = updates.find(rows) if updates else support.find(pool, rows)
        told = support.abroad(shown, cited) if few else []
        quotes = cite_sentences(sources, shown, cited, evidence, told, subject.abroad)
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

    def _signature(
        self,
        ranker: Ranker,
        diversity: float,
        length: Length,
        min_sources: int,
        query: str | None,
    ) -> str:
        subject = self._subject
        model = getattr(subject.encoder, "name", type(subject.encoder).__name__)
        parts = [f"summarizer {VERSION}", f"model {model}", f"ranker {ranker}"]
        parts += [f"diversity {diversity!r}"] if ranker == "mmr" else []
        parts.append(str(length))
        parts += [f"min-sources {min_sources}"] if min_sources > 1 else []
        parts += [f"after {subject.after}"] if subject.after else []
        earlier = len(subject.sources.earlier)
        parts += [f"known documents {earlier}"] if earlier else []
        parts += [f"language {subject.language}"] if subject.language else []
        parts += [f"query {json.dumps(query, ensure_ascii=False)}"] if query else []
        return " | ".join(parts)


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
