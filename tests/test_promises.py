"""What every summary promises, over generated documents and an encoder that knows words only."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer import (
    Document,
    SummarizerError,
    Summary,
    body,
    summarize,
)
from summarizer.clean import clean
from summarizer.rank.cohesion import needs_context
from summarizer.rank.concepts import split_documents as split
from summarizer.text.tokens import count_words, tokenize

from .builders import ENDS, OBJECTS, SUBJECTS, VERBS, WordEncoder

ENCODER = WordEncoder()
SENTENCE = st.builds(
    lambda *parts: " ".join(parts) + ".",
    *map(st.sampled_from, (SUBJECTS, VERBS, OBJECTS, ENDS)),
)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join)
TEXT = st.lists(
    st.one_of(
        PARAGRAPH,
        st.sampled_from(
            ["Menu", "* News", "Storm pictures", "1 May 2020", "A ship\0sank in the old\0harbour."]
        ),
    ),
    max_size=6,
).flatmap(
    lambda parts: st.sampled_from(["\n\n", "\n", "\r\n\r\n"]).map(lambda gap: gap.join(parts))
)
DOCUMENTS = st.lists(TEXT, min_size=1, max_size=5)
LENGTH = st.one_of(
    st.integers(5, 200).map(lambda n: {"words": n}),
    st.integers(1, 9).map(lambda n: {"sentences": n}),
    st.integers(30, 900).map(lambda n: {"chars": n}),
    st.floats(0.05, 1).map(lambda share: {"ratio": share}),
)
RANKER = st.sampled_from(["coverage", "mmr"])


def attempt(texts: list[str], **options: object) -> Summary | None:
    """Summarize, or return None where the length or the texts leave nothing to quote."""
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    try:
        return summarize(documents, encoder=ENCODER, **options)  # type: ignore[arg-type]
    except SummarizerError:
        return None


def said(summary: Summary) -> list[str]:
    """Return the words of each sentence."""
    return [" ".join(tokenize(sentence.text)) for sentence in summary.sentences]


@given(DOCUMENTS, LENGTH, RANKER, st.sampled_from([0.0, 0.4, 1.0]))
def test_quotes_are_verbatim_within_budget_and_said_once(
    texts: list[str], length: dict[str, float], ranker: str, diversity: float
) -> None:
    summary = attempt(
        texts, ranker=ranker, diversity=diversity if ranker == "mmr" else None, **length
    )
    if summary is None:
        return
    for sentence in summary.sentences:
        text = texts[sentence.source - 1]
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text in body(Document("", text))
        assert 0 <= sentence.score <= 1
        for passage in sentence.agreeing:
            assert passage.source != sentence.source
            assert texts[passage.source - 1][passage.start : passage.end] == passage.text
    used = {
        "words": len(summary.text.split()),
        "sentences": len(summary.sentences),
        "chars": len(summary.text),
    }
    assert used[summary.budget.unit] <= summary.budget.limit
    assert summary.words == used["words"]
    assert len(said(summary)) == len(set(said(summary)))


@given(DOCUMENTS, LENGTH, RANKER, st.randoms(use_true_random=False))
def test_same_input_gives_the_same_bytes_and_its_order_changes_nothing_but_numbers(
    texts: list[str], length: dict[str, float], ranker: str, random: object
) -> None:
    order = list(range(len(texts)))
    random.shuffle(order)  # type: ignore[attr-defined]
    summary = attempt(texts, ranker=ranker, **length)
    again = attempt(texts, ranker=ranker, **length)
    assert (summary and summary.to_json()) == (again and again.to_json())
    shuffled = attempt([texts[place] for place in order], ranker=ranker, **length)
    if summary is None or shuffled is None:
        assert summary is shuffled is None
        return
    assert shuffled.text == summary.text
    for one, other in zip(summary.sentences, shuffled.sentences, strict=True):
        assert texts[one.source - 1] == texts[order[other.source - 1]]
        assert (one.start, one.end, one.score) == (other.start, other.end, other.score)
        backed = sorted((texts[p.source - 1], p.start, p.similarity) for p in one.agreeing)
        assert backed == sorted(
            (texts[order[p.source - 1]], p.start, p.similarity) for p in other.agreeing
        )


@given(DOCUMENTS, LENGTH, st.data())
def test_copy_of_a_document_adds_no_copy_of_a_sentence(
    texts: list[str], length: dict[str, float], data: st.DataObject
) -> None:
    copied = data.draw(st.sampled_from(texts))
    summary = attempt([*texts, copied], **length)
    if summary is not None:
        assert len(said(summary)) == len(set(said(summary)))


@given(DOCUMENTS)
def test_budget_beyond_everything_gives_all_of_the_body_once(texts: list[str]) -> None:
    summary = attempt(texts, words=10_000, keep_all=True)
    if summary is None:
        return
    documents = [Document("", text) for text in texts]
    everything = [
        " ".join(tokenize(line))
        for document, structure in zip(documents, clean(documents), strict=True)
        for block in structure.blocks
        for line in document.text[block.start : block.end].replace(". ", ".\n").split("\n")
        if block.kind == "body" and tokenize(line)
    ]
    assert len(said(summary)) == len(set(said(summary)))
    assert set(said(summary)) <= set(everything)
    # What refers to a sentence that is quoted elsewhere cannot stand behind it again.
    repeated = len(set(everything)) < len(everything)
    assert all(repeated and needs_context(line) for line in set(everything) - set(said(summary)))


@given(DOCUMENTS, st.integers(8, 80), RANKER)
def test_no_sentence_refers_to_what_is_not_quoted(
    texts: list[str], words: int, ranker: str
) -> None:
    summary = attempt(texts, words=words, ranker=ranker, keep_all=True)
    if summary is None:
        return
    documents = [Document("", text) for text in texts]
    quotable = list(split(documents, clean(documents), ["en"] * len(documents)).texts())
    everything = sum(map(count_words, quotable))
    standing = not all(map(needs_context, quotable))
    for before, sentence in zip((None, *summary.sentences), summary.sentences, strict=False):
        if sentence.index == 0 and words < everything and standing:
            assert not needs_context(sentence.text)
        if sentence.index > 0 and needs_context(sentence.text):
            assert before is not None
            assert (before.source, before.index) == (sentence.source, sentence.index - 1)
