"""The documents of one subject made ready: split, what is foreign left out, concepts weighed."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ..citing import source_notes
from ..encoders import Embedder, Encoder, load_encoder, tells_apart
from ..errors import SummarizerError
from ..rank.cohesion import with_cohesion
from ..rank.concepts import extract_concepts, with_stems
from ..rank.documents import find_series, off_topic_documents
from ..rank.features import concept_features, lexical_centrality
from ..rank.order import rank_days
from ..rank.query import find_answers
from ..rank.translations import documents_abroad, translated_rows, with_translations
from ..rank.weights import concept_weights
from ..readers.objects import AnyDocument
from ..settings import Settings, checked_day, checked_language
from ..sources import Sources, split_sources
from ..table import Floats, Rows, SentenceTable


@dataclass(frozen=True, slots=True)
class Weighed:
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


class Subject:
    """Documents of one subject and the encoders that compare their sentences.

    :param documents: As for ``summarize``; so are the other parameters.
    :raises SummarizerError: If there is nothing to quote.
    """

    def __init__(
        self,
        documents: Iterable[AnyDocument],
        known: Iterable[AnyDocument],
        after: str | None,
        encoder: Encoder,
        language: str | None,
        settings: Settings,
        progress: Callable[[int, int], None] | None,
        *,
        keep_all: bool,
    ) -> None:
        self.settings = settings
        self.encoder = encoder
        self.embed = Embedder(encoder, progress)
        self._keep_all = keep_all
        self.after = checked_day(after)
        self.language = checked_language(language)
        self.sources, table = split_sources(documents, settings, known=known, after=after)
        languages, self.table = self.sources.languages, table
        self.abroad: SentenceTable | None = None
        later = table.take(np.flatnonzero(~self.is_earlier(table)))
        if len(later) and (language or not keep_all):
            own, others = documents_abroad(later, languages, self.language, settings)
            self._leave_out(own, others)
        self.updates = bool(self.is_earlier(self.table).any())
        if self.sources.earlier and not self.updates:
            note = "the earlier documents have no sentence to compare with"
            self.sources = replace(self.sources, notes=(*self.sources.notes, note))
        if not len(self._own):
            notes = [*self.sources.notes, *source_notes(self.sources)]
            raise SummarizerError(f"nothing to quote: {'; '.join(notes or ['no documents'])}")

    def weighed(self, query: str | None) -> Weighed:
        """Return the sentences that may be quoted, weighed by a question where there is one."""
        return self._common if query is None else self._asked(query)

    def _leave_out(self, own: str, others: Rows) -> None:
        """Leave out documents in other languages; what can be compared is kept beside."""
        if not len(others):
            return
        settings, table, languages = self.settings, self.table, self.sources.languages
        abroad = np.isin(table.document, others)
        self.table = with_stems(table.take(np.flatnonzero(~abroad)), languages)
        self.sources = replace(self.sources, language=own, abroad=frozenset(others.tolist()))
        known = settings.evidence.translated
        compared = [number for number in others.tolist() if languages[number] in known]
        if own in known and compared and len(table) <= settings.most_embedded:
            self.abroad = table.take(np.flatnonzero(np.isin(table.document, compared)))

    @cached_property
    def _own(self) -> SentenceTable:
        """All sentences but those of documents that were known before."""
        if not self.sources.earlier:
            return self.table
        rows = np.flatnonzero(~self.is_earlier(self.table))
        return with_stems(self.table.take(rows), self.sources.languages)

    def is_earlier(self, table: SentenceTable) -> npt.NDArray[np.bool_]:
        """Tell which sentences are of documents that were known before."""
        return np.isin(table.document, sorted(self.sources.earlier))

    @cached_property
    def _all(self) -> SentenceTable:
        """All sentences that may be quoted, with their concepts: what a question is put to."""
        return self._with_concepts(self._own)

    @cached_property
    def _common(self) -> Weighed:
        """The sentences about the common subject, weighed by what people say in summaries."""
        settings, sources, table = self.settings, self.sources, self._own
        if not self._keep_all:
            off_topic, share_subject = off_topic_documents(
                table, sources.languages, self.embed, settings
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
        if self.abroad is not None:
            translated = translated_rows(
                self.translate(list(table.texts())),
                self.translate(list(self.abroad.texts())),
                settings.counted_translation,
            )
            stems, document, position = with_translations(table, self.abroad, translated)
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
        return Weighed(sources, table, weights)

    def _with_concepts(self, table: SentenceTable) -> SentenceTable:
        days = rank_days(self.sources.dates)
        table = with_cohesion(table, self.sources.languages, self.settings)
        table = table.with_columns(day=days[table.document])
        series = find_series(table, self.sources.groups, self.settings)
        return table.with_columns(series=series, concepts=extract_concepts(table.stems))

    def _asked(self, query: str) -> Weighed:
        """Return all sentences, off topic or not, weighed by what answers a question."""
        frequent = Counter(sorted(self.sources.languages)).most_common()
        found = find_answers(
            self._all,
            query,
            [code for code, _ in frequent],
            self.light,
            self.deep,
            tells_apart,
            self.settings.query,
            measured=is_minilm(self.deep.encoder),
        )
        table = self._all.with_columns(relevance=found.relevance)
        return Weighed(self.sources, table, found.weights, found.found)

    @cached_property
    def light(self) -> Embedder:
        """Compares all sentences with a question, and passages with quotes."""
        static = getattr(self.encoder, "name", "").startswith("static@")
        return self.embed if static else Embedder(load_encoder("static"))

    @cached_property
    def deep(self) -> Embedder:
        """Compares the nearest with it: the encoder of the run, where that is not the light one."""
        return Embedder(load_encoder("minilm")) if self.light is self.embed else self.embed

    @cached_property
    def translate(self) -> Embedder:
        """Compares sentences of several languages."""
        return Embedder(load_encoder("multilingual"))


def is_minilm(encoder: Encoder) -> bool:
    """Tell the encoder with which thresholds of meaning were measured."""
    return getattr(encoder, "name", "").startswith("minilm@")
