"""LlamaIndex: nodes in, the sentences that count out."""

from typing import Any

from llama_index.core.bridge.pydantic import Field
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle, TextNode

from ..settings import MODEL
from . import Retrieved, quote


class VerbatimPostprocessor(BaseNodePostprocessor):
    """Reduces retrieved nodes to the sentences that answer the query, each a node.

    A node keeps the score of the node that it is quoted from, its metadata and its relationships.
    ``summarizer.integrations.Quote`` says what comes to the metadata; a language model is not shown
    this. ``start_char_idx`` and ``end_char_idx`` count from where those of the whole node do.

    :param words: The greatest number of words of all sentences together; by default 150.
    :param sentences: The greatest number of sentences instead.
    :param encoder: As for ``summarize``.
    """

    words: int | None = None
    sentences: int | None = None
    encoder: Any = Field(default=MODEL)

    @classmethod
    def class_name(cls) -> str:
        """Return the name under which it is stored."""
        return "VerbatimPostprocessor"

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        texts = [
            Retrieved(
                one.node.node_id,
                one.node.get_content(MetadataMode.NONE),
                one.node.metadata,
                one.node.ref_doc_id or one.node.node_id,
            )
            for one in nodes
        ]
        quoted = []
        for one in quote(texts, query_bundle.query_str if query_bundle else None, self):
            own = nodes[one.place].node
            added = sorted(set(one.metadata) - set(own.metadata))
            first = getattr(own, "start_char_idx", None) or 0
            node = TextNode(
                text=one.text,
                metadata=one.metadata,
                relationships=own.relationships,
                start_char_idx=first + one.metadata["start"],
                end_char_idx=first + one.metadata["end"],
                excluded_llm_metadata_keys=[*own.excluded_llm_metadata_keys, *added],
                excluded_embed_metadata_keys=[*own.excluded_embed_metadata_keys, *added],
            )
            quoted.append(NodeWithScore(node=node, score=nodes[one.place].score))
        return quoted
