"""From documents to a summary: the one place that knows the order of the stages."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import numpy as np

from ..budget import Length, require_room, sentence_costs
from ..citing import cite_sentences, length_notes, list_sources, source_notes
from ..cli.threads import one_thread
from ..datatypes import Document
from ..defaults import MODEL, RANKER, Ranker
from ..encoders import Encoder, load_encoder
from ..errors import SummarizerError
from ..given import as_documents, checked_diversity, checked_sources
from ..rank.concepts import stem_words
from ..rank.copies import document_voices
from ..rank.explain import explain
from ..summary import Summary
from ..version import VERSION
from .preparing import prepare, weigh, without_strays
from .selecting import select


@one_thread()
def summarize(
    documents: Iterable[Document | str],
    *,
    words: int | None = None,
    sentences: int | None = None,
    chars: int | None = None,
    ratio: float | None = None,
    diversity: float | None = None,
    ranker: Ranker = RANKER,
    encoder: Encoder | str = MODEL,
    keep_all: bool = False,
    min_sources: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Summarize documents about one subject in sentences of their own.

    :param documents: Documents, as ``read`` returns them, or plain texts.
    :param words: Most words; 150 where no length is given. At most one length may be.
    :param sentences: Most sentences.
    :param chars: Most characters, blanks between sentences counted.
    :param ratio: Most words as a share of all that may be quoted, above 0 to 1.
    :param diversity: 0 to 1. At 1 what is said twice counts once (coverage), or only difference
        counts (mmr); at 0 only salience counts. By default 1 for coverage, 0.3 for mmr.
    :param ranker: ``coverage`` or ``mmr``.
    :param encoder: Anything with ``encode(n strings) -> (n, d)``, or what ``load_encoder`` takes.
    :param keep_all: Whether to quote documents that are about something else than the others too.
    :param min_sources: Quote only what so many independent sources state, copies counted once.
    :param progress: Called with the number of sentences embedded and their total.
    :return: The summary; the same for the same texts, but for the numbers of the sources, in
        whatever order these are given.
    :raises SummarizerError: If an option is out of range, there is nothing to quote, or no sentence
        fits the length.
    """
    length = Length(words, sentences, chars, ratio)
    diversity = checked_diversity(ranker, diversity)
    min_sources = checked_sources(min_sources)
    skipped: tuple[str, ...] = getattr(documents, "skipped", ())
    given = as_documents(documents)
    material, survey = prepare(given)
    if isinstance(encoder, str):
        encoder = _loaded(encoder)
    stems = stem_words(survey.words)
    document = survey.sentences.document.astype(np.intp)
    voices = document_voices(stems, document, len(material.documents))
    material = replace(material, voices=voices)
    if not keep_all:
        material, survey = without_strays(material, survey, stems, encoder)
    if material.strays:
        stems = stem_words(survey.words)
    if not len(material.sentences):
        notes = source_notes(material) or ["no documents were given"]
        raise SummarizerError("nothing to quote: " + "; ".join((*skipped, *notes)))
    budget = length.budget(material.sentences.texts())
    costs, limit = sentence_costs(material.sentences.texts(), budget)
    facts = weigh(material, survey, stems)
    require_room(costs[facts.chains.standing], budget)
    selection = select(
        material, facts, costs, limit, ranker, diversity, min_sources, encoder, progress
    )
    quotes = cite_sentences(material, selection)
    model = getattr(encoder, "name", type(encoder).__name__)
    return Summary(
        sentences=quotes,
        sources=list_sources(material, quotes),
        budget=budget,
        explanations=explain(
            facts,
            material.sentences,
            selection.rows,
            selection.similarity,
            selection.importance,
            material.numbers,
        ),
        documents=material.as_given,
        places=selection.places,
        warnings=(
            *skipped,
            *source_notes(material),
            *length_notes(selection, costs, budget, min_sources),
        ),
        signature=f"summarizer {VERSION} | model {model} | ranker {ranker} "
        f"| diversity {float(diversity)!r} | {length}"
        + (f" | min-sources {min_sources}" if min_sources > 1 else ""),
    )


@cache
def _loaded(name_or_path: str) -> Encoder:
    return load_encoder(name_or_path)
