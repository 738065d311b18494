"""From documents to a summary: the one place that knows the order of the stages.

Clean and split. Drop what is off topic and weigh concepts by what people say in summaries; where
there is a question, weigh them by what answers it instead, off topic or not. Then, for each length
asked for: pick a pool of candidates, embed, cluster and rank it, select, where documents were known
before only what is new beside them, order, find the evidence, cite.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from . import __version__
from .datatypes import Budget, CitedSentence, Explanation
from .encoders import Encoder, tells_apart
from .errors import BudgetError, OptionError
from .evidence import RowEvidence
from .rank.documents import gather_copies
from .rank.explain import explain
from .rank.fitness import with_fitness
from .rank.order import order_sentences
from .rank.redundancy import select_once
from .rank.select import candidate_pool, select, sentence_costs, take_densest
from .rank.sentences import rank_sentences
from .settings import MODEL, RANKER, Ranker, Request, Settings, checked_settings, effective, no_room
from .subject.citing import (
    NOTHING_NEW,
    cite_sentences,
    cited_sources,
    length_notes,
    list_sources,
    nothing_note,
    source_notes,
)
from .subject.prepared import Subject, WeighedSentences
from .subject.sources import AnyDocument, Sources
from .subject.summary import Summary
from .subject.threads import unforked
from .subject.updates import Updates
from .text.table import Mask, SentenceTable


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
        says how many, and how many have no date.
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
    asked: dict[str, Any] = {
        "query": query,
        "words": words,
        "sentences": sentences,
        "chars": chars,
        "ratio": ratio,
        "ranker": ranker,
        "diversity": diversity,
        "min_sources": min_sources,
    }
    of_documents: dict[str, Any] = {"after": after, "language": language, "keep_all": keep_all}
    # What cannot be asked for is refused before the work begins.
    Request(**asked, **of_documents)
    how: dict[str, Any] = {"encoder": encoder, "settings": settings, "progress": progress}
    return Summarizer(documents, known=known, **of_documents, **how).summarize(**asked)


class Summarizer:
    """Documents prepared once, for any number of summaries.

    Another length or ranker takes a fraction of the time of the first summary.

    :param documents: As for ``summarize``; so are the other parameters.
    :raises SummarizerError: If there is nothing to quote.
    """

    @unforked
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
            documents, known, after, encoder, language, settings, progress, keep_all=keep_all
        )

    @unforked
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
        asked = Request(
            query=query,
            words=words,
            sentences=sentences,
            chars=chars,
            ratio=ratio,
            ranker=ranker,
            diversity=diversity,
            min_sources=min_sources,
        )
        weighed = self._subject.weighed(asked.query)
        sources, table = weighed.sources, weighed.table
        has_earlier = self._subject.has_earlier
        settings = effective(self._settings, asked, answers=table.asked, updates=has_earlier)
        budget = asked.budget(table.texts())
        table = table.with_columns(cost=sentence_costs(table, budget.unit))
        shortest = int(table.cost[table.stands_alone].min())
        if shortest > budget.room:
            raise no_room(budget.length(shortest), budget)
        if weighed.answers and not weighed.answers.found:
            return self._summary(asked, sources, budget, [nothing_note(asked.query or "")])

        pool = candidate_pool(table, budget.room, settings)
        takes_all = self._takes_nearly_all(table, len(pool), budget.room, asked, settings)
        pool = self._ranked(table if takes_all else pool, asked, settings)
        quotable = np.ones(len(pool), dtype=bool)
        if pool.embedded:
            quotable = self._subject.quotable(pool, budget.room)
        updates = Updates(self._subject, pool) if has_earlier else None
        if takes_all:
            # In the order of the sources, without repeats.
            taken = take_densest(pool, budget.room, quotable)
            rows = sorted(taken, key=lambda row: (int(pool.day_rank[row]), row))
        else:
            picked = self._select(pool, weighed, quotable, budget.room, asked, updates, settings)
            if not picked:
                return self._summary(asked, sources, budget, [NOTHING_NEW])
            rows = order_sentences(pool, gather_copies(pool, picked), sources.dates)

        quotes = self._cite(pool, rows, sources, updates)
        similarity = [float(pool.central[row]) if pool.embedded else None for row in rows]
        judged = pool.embedded and not pool.asked
        unfit = [float(pool.unfit[row]) if judged else None for row in rows]
        of_table = pool.row[rows].tolist()
        explanations = explain(
            table, weighed.weights, of_table, similarity, unfit, sources.numbers, settings
        )
        used = budget.length(int(pool.cost[rows].sum()))
        everything = len(rows) == len(table)
        texts = [quote.text for quote in quotes]
        notes = length_notes(used, everything, budget, asked.min_sources, settings, texts)
        return self._summary(asked, sources, budget, notes, quotes, explanations)

    def _takes_nearly_all(
        self, table: SentenceTable, pooled: int, limit: int, asked: Request, settings: Settings
    ) -> bool:
        """Return whether the budget takes all sentences, or more candidates than can be compared.

        :param pooled: How many candidates there are.
        :raises BudgetError: If they must be compared all the same.
        """
        has_earlier = self._subject.has_earlier
        too_many = pooled > settings.most_embedded
        if (asked.min_sources > 1 or has_earlier) and too_many:
            compares = "counting sources" if asked.min_sources > 1 else "telling what is new"
            raise BudgetError(
                f"{compares} compares at most {settings.most_embedded:,} sentences, and this "
                f"length takes {pooled:,}; ask for a shorter summary"
            )
        holds_all = not table.asked and not has_earlier and int(table.cost.sum()) <= limit
        return asked.min_sources == 1 and (holds_all or too_many)

    def _ranked(self, pool: SentenceTable, asked: Request, settings: Settings) -> SentenceTable:
        """Embed the candidates and rate their salience; too many are rated by their words alone."""
        if len(pool) > settings.most_embedded:
            most = float(pool.concept_weight.max()) or 1.0
            return pool.with_columns(salience=pool.concept_weight / most)
        vectors = self._subject.encoders.own(list(pool.texts()))
        understood = tells_apart(vectors, settings)
        pool = rank_sentences(pool, vectors, settings, asked.ranker, understood=understood)
        return with_fitness(pool, self._subject.sources.languages, settings)

    def _select(
        self,
        pool: SentenceTable,
        weighed: WeighedSentences,
        allowed: Mask,
        limit: int,
        asked: Request,
        updates: Updates | None,
        settings: Settings,
    ) -> list[int]:
        """Return the rows of the pool to quote, in the order picked; none if nothing is new."""
        evidence = self._subject.evidence
        if asked.min_sources > 1:
            allowed = allowed & evidence.backed(pool, asked.min_sources)
        if not pool.asked:
            allowed = evidence.current(pool, limit, allowed)
        diversity, weights = settings.mmr_diversity, weighed.weights
        shares = weighed.answers.shares if weighed.answers else None
        ranker = asked.ranker
        choose = partial(select, pool, weights, limit, ranker, diversity, settings, shares=shares)
        pick: Callable[[Mask], list[int]] = choose
        if not pool.asked:
            pick = partial(select_once, choose, evidence.repeats(pool, settings))
        if updates:
            return updates.pick(pick, allowed)
        if picked := pick(allowed):
            return picked
        stated, fewer = "", ""
        if asked.min_sources > 1:
            stated = f" that {asked.min_sources} independent sources state"
            fewer = " or fewer min_sources"
        raise BudgetError(
            f"no sentence{stated} can stand alone and fits; ask for a longer summary{fewer}"
        )

    def _cite(
        self, pool: SentenceTable, rows: list[int], sources: Sources, updates: Updates | None
    ) -> tuple[CitedSentence, ...]:
        """Return the quotes, with what other documents say about them if that can be compared."""
        search, foreign = self._subject.evidence, self._subject.foreign
        if updates:
            table, (places, evidence) = updates.table, updates.find(rows)
        elif pool.embedded:
            table, places, evidence = pool, rows, search.find(pool, rows)
        else:
            return cite_sentences(sources, pool, rows, [RowEvidence() for _ in rows])
        translations = search.translations(table, places)
        return cite_sentences(sources, table, places, evidence, translations, foreign)

    def _summary(
        self,
        asked: Request,
        sources: Sources,
        budget: Budget,
        notes: Sequence[str],
        quotes: tuple[CitedSentence, ...] = (),
        explanations: tuple[Explanation, ...] = (),
    ) -> Summary:
        """Build the summary; if it has no quotes, ``notes`` say why."""
        return Summary(
            sentences=quotes,
            sources=list_sources(sources, cited_sources(quotes)),
            budget=budget,
            explanations=explanations,
            documents=sources.as_given,
            warnings=(*source_notes(sources), *notes),
            signature=self._signature(asked),
            query=asked.query,
        )

    def _signature(self, asked: Request) -> str:
        subject = self._subject
        encoder = subject.encoders.own.encoder
        model = getattr(encoder, "name", type(encoder).__name__)
        parts = [f"summarizer {__version__}", f"model {model}", f"ranker {asked.ranker}"]
        if asked.ranker == "mmr":
            parts.append(f"diversity {effective(self._settings, asked).mmr_diversity!r}")
        parts.append(asked.length)
        parts += [f"min-sources {asked.min_sources}"] if asked.min_sources > 1 else []
        parts += [f"after {subject.after}"] if subject.after else []
        earlier = len(subject.sources.earlier)
        parts += [f"known documents {earlier}"] if earlier else []
        parts += [f"language {subject.language}"] if subject.language else []
        parts += [f"query {json.dumps(asked.query, ensure_ascii=False)}"] if asked.query else []
        return " | ".join(parts)
