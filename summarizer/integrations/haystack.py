"""Haystack: documents in, the sentences that count out."""

import asyncio

from haystack import Document, component

from ..settings import MODEL
from . import Retrieved, quote


@component
class VerbatimExtractor:
    """Reduces documents to the sentences that answer the query, each a document.

    A sentence keeps the score and ``meta`` of its document; ``summarizer.integrations.Quote`` says
    what comes to ``meta``.

    :param words: The greatest number of words of all sentences together; by default 150.
    :param sentences: The greatest number of sentences instead.
    :param encoder: The name or folder of a model, as for ``load_encoder``.
    """

    def __init__(
        self, words: int | None = None, sentences: int | None = None, encoder: str = MODEL
    ) -> None:
        self.words = words
        self.sentences = sentences
        self.encoder = encoder

    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document], query: str | None = None) -> dict[str, list[Document]]:
        """Quote from documents.

        :param documents: The documents; those without a text are passed over.
        :param query: The question; without one, the sentences are a summary.
        :return: ``documents``, the sentences in reading order; none where no document answers.
        :raises SummarizerError: If an option is out of range, or no sentence is short enough.
        """
        texts = [
            Retrieved(one.id, one.content or "", one.meta, str(one.meta.get("source_id", one.id)))
            for one in documents
        ]
        quoted = [
            Document(content=one.text, meta=one.metadata, score=documents[one.place].score)
            for one in quote(texts, query, self)
        ]
        return {"documents": quoted}

    @component.output_types(documents=list[Document])
    async def run_async(
        self, documents: list[Document], query: str | None = None
    ) -> dict[str, list[Document]]:
        """Quote from documents, in another thread; as ``run``."""
        return await asyncio.to_thread(self.run, documents, query)
