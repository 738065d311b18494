"""Documents of LangChain, LlamaIndex and Haystack in, verbatim sentences of them out."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeAlias

import haystack
import pytest
from langchain_core.documents import Document
from llama_index.core.schema import NodeRelationship, NodeWithScore, RelatedNodeInfo, TextNode

from summarizer import BudgetError
from summarizer.integrations.haystack import VerbatimExtractor
from summarizer.integrations.langchain import VerbatimCompressor, VerbatimTransformer
from summarizer.integrations.llama_index import VerbatimPostprocessor

from .examples import DOCUMENT, renewed

BRIDGE = (
    "The council of Haldern voted on Tuesday to close the Marten bridge for three weeks. Engineer "
    "Ruth Olsen said that rust had weakened two of its five pillars."
)
AGAIN = (
    "On Tuesday the council of Haldern voted to close the Marten bridge for 3 weeks. Shops on the "
    "east bank fear for their trade."
)
MILL = "A fire destroyed the old paper mill beside the canal in Velden. Nobody was hurt."
QUESTION = "For how long is the Marten bridge closed?"
# Text and metadata of each document, and the document that it is a part of.
Given: TypeAlias = Sequence[tuple[str, dict[str, Any], str]]
GIVEN: Given = [
    (BRIDGE, {"page": 3, "when": object()}, "a"),
    (AGAIN, {"page": 4}, "b"),
    (MILL, {}, "c"),
]
# What each library gives back: text, metadata, score.
Found: TypeAlias = list[tuple[str, dict[str, Any], float | None]]


def langchain(given: Given, query: str, *, later: bool = False, **options: Any) -> Found:
    documents = [
        Document(id=f"{origin}{place}", page_content=text, metadata=metadata | {"source": origin})
        for place, (text, metadata, origin) in enumerate(given)
    ]
    compressor = VerbatimCompressor(**options)
    found = (
        asyncio.run(compressor.acompress_documents(documents, query))
        if later
        else compressor.compress_documents(documents, query)
    )
    return [(one.page_content, one.metadata, None) for one in found]


def llama_index(given: Given, query: str, *, later: bool = False, **options: Any) -> Found:
    nodes = [
        NodeWithScore(
            node=TextNode(
                id_=f"{origin}{place}",
                text=text,
                metadata=metadata,
                relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=origin)},
            ),
            score=0.5,
        )
        for place, (text, metadata, origin) in enumerate(given)
    ]
    postprocessor = VerbatimPostprocessor(**options)
    found = (
        asyncio.run(postprocessor.apostprocess_nodes(nodes, query_str=query))
        if later
        else postprocessor.postprocess_nodes(nodes, query_str=query)
    )
    assert all(one.node.ref_doc_id for one in found)
    return [(one.node.text, one.node.metadata, one.score) for one in found]


def in_haystack(given: Given, query: str, *, later: bool = False, **options: Any) -> Found:
    documents = [
        haystack.Document(
            id=f"{origin}{place}", content=text, meta=metadata | {"source_id": origin}, score=0.5
        )
        for place, (text, metadata, origin) in enumerate(given)
    ]
    extractor = VerbatimExtractor(**options)
    found = (
        asyncio.run(extractor.run_async(documents, query))
        if later
        else extractor.run(documents, query)
    )
    return [(one.content, one.meta, one.score) for one in found["documents"]]


Library: TypeAlias = Callable[..., Found]
libraries = pytest.mark.parametrize("library", [langchain, llama_index, in_haystack])


@libraries
def test_sentences_that_answer_are_quoted_with_all_that_is_known(library: Library) -> None:
    (found,) = library(GIVEN, QUESTION, words=15)
    text, metadata, score = found
    place = int(metadata["quoted_from"][1:])
    assert "bridge" in text
    assert GIVEN[place][0][metadata["start"] : metadata["end"]] == text
    assert metadata.items() >= GIVEN[place][1].items()
    assert 0 <= metadata["salience"] <= 1
    assert metadata["agreeing"] == [["a0", "b1"][1 - place]]
    assert metadata["differing"] == []
    assert score in {None, 0.5}


@libraries
def test_the_same_may_be_awaited(library: Library) -> None:
    assert library(GIVEN, QUESTION, words=30, later=True) == library(GIVEN, QUESTION, words=30)


@libraries
def test_parts_of_one_document_do_not_confirm_one_another(library: Library) -> None:
    given = [(text, metadata, "a") for text, metadata, _ in GIVEN]
    assert all(not metadata["agreeing"] for _, metadata, _ in library(given, QUESTION, words=30))


@libraries
@pytest.mark.parametrize(
    ("given", "query"),
    [([], QUESTION), ([("", {}, "a")], QUESTION), (GIVEN, "orchestra rehearsal")],
)
def test_where_nothing_answers_nothing_is_quoted(
    library: Library, given: Given, query: str
) -> None:
    assert library(given, query) == []


@libraries
def test_what_cannot_be_quoted_is_told(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="summarizer.integrations"):
        assert library([("# Contents", {}, "a")], QUESTION) == []
    assert "nothing to quote" in caplog.text


@libraries
def test_wrong_options_are_errors(library: Library) -> None:
    with pytest.raises(BudgetError):
        library(GIVEN, QUESTION, words=0)
    with pytest.raises(BudgetError):
        library(GIVEN, QUESTION, words=10, sentences=1)


@libraries
def test_days_may_be_dates(library: Library) -> None:
    given = [(BRIDGE, {"date": date(2024, 3, 5), "title": "Bridge"}, "a")]
    assert library(given, "", sentences=1)[0][1]["date"] == date(2024, 3, 5)


def test_offsets_go_on_in_the_whole_document() -> None:
    whole = f"{MILL} {BRIDGE}"
    first = len(MILL) + 1
    part = Document(page_content=BRIDGE, metadata={"start_index": first})
    for one in VerbatimTransformer(sentences=1).transform_documents([part]):
        assert whole[one.metadata["start_index"] :].startswith(one.page_content)
    node = TextNode(text=BRIDGE, start_char_idx=first, end_char_idx=len(whole))
    (found,) = VerbatimPostprocessor(sentences=1).postprocess_nodes([NodeWithScore(node=node)])
    assert whole[found.node.start_char_idx : found.node.end_char_idx] == found.node.text


def test_a_language_model_is_not_shown_numbers() -> None:
    node = TextNode(text=BRIDGE, metadata={"title": "Bridge"})
    (found,) = VerbatimPostprocessor(sentences=1).postprocess_nodes([NodeWithScore(node=node)])
    shown = found.node.get_content("llm")
    assert shown.startswith("title: Bridge")
    assert "salience" not in shown


def test_transformer_summarizes() -> None:
    documents = [Document(page_content=text) for text, _, _ in GIVEN[:2]]
    found = asyncio.run(VerbatimTransformer(sentences=2).atransform_documents(documents))
    assert len(found) == 2
    assert all(
        documents[int(one.metadata["quoted_from"])].page_content[
            one.metadata["start"] : one.metadata["end"]
        ]
        == one.page_content
        for one in found
    )


def test_haystack_stores_it_and_loads_it_again() -> None:
    pipeline = haystack.Pipeline()
    pipeline.add_component("extractor", VerbatimExtractor(words=20))
    ours = ["summarizer.integrations.haystack"]
    again = haystack.Pipeline.loads(pipeline.dumps(), allowed_modules=ours)
    documents = [haystack.Document(content=BRIDGE)]
    assert again.run({"extractor": {"documents": documents}}) == pipeline.run(
        {"extractor": {"documents": documents}}
    )


def test_examples_print_what_is_shown() -> None:
    assert renewed() == DOCUMENT.read_text(encoding="utf-8")
