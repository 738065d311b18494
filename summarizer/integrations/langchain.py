"""LangChain: documents in, the sentences that count out."""

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import Callbacks
from langchain_core.documents import BaseDocumentCompressor, BaseDocumentTransformer, Document
from pydantic import BaseModel, ConfigDict

from ..settings import MODEL
from . import Retrieved, quote


class _Options(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True, extra="forbid")

    words: int | None = None
    sentences: int | None = None
    encoder: Any = MODEL

    def _quotes(self, documents: Sequence[Document], query: str | None) -> list[Document]:
        texts = []
        for place, given in enumerate(documents):
            name = str(place) if given.id is None else given.id
            origin = str(given.metadata.get("source", name))
            texts.append(Retrieved(name, given.page_content, given.metadata, origin))
        found = quote(texts, query, self)
        for one in found:
            # Text splitters store the offset in the whole document here.
            if isinstance(first := one.metadata.get("start_index"), int):
                one.metadata["start_index"] = first + one.metadata["start"]
        return [Document(page_content=one.text, metadata=one.metadata) for one in found]


class VerbatimCompressor(_Options, BaseDocumentCompressor):
    """Compresses documents to the sentences that answer the question, each a document.

    The metadata of a document stays, and ``summarizer.integrations.Quote`` says what comes to it.

    :param words: The greatest number of words of all sentences together; by default 150.
    :param sentences: The greatest number of sentences instead.
    :param encoder: As for ``summarize``.
    """

    def compress_documents(
        self,
        documents: Sequence[Document],
        query: str,
        callbacks: Callbacks | None = None,  # noqa: ARG002 (what is called)
    ) -> Sequence[Document]:
        """Return the sentences in reading order; none where no document answers.

        :raises SummarizerError: If an option is out of range, or no sentence is short enough.
        """
        return self._quotes(documents, query)


class VerbatimTransformer(_Options, BaseDocumentTransformer):
    """Turns documents about one subject into the sentences of their summary.

    :param words: As for ``VerbatimCompressor``, and so are the others.
    """

    def transform_documents(
        self,
        documents: Sequence[Document],
        **kwargs: Any,  # noqa: ARG002 (what is called)
    ) -> Sequence[Document]:
        """Return the sentences in reading order.

        :raises SummarizerError: If an option is out of range, or no sentence is short enough.
        """
        return self._quotes(documents, None)
