"""The JSON of summaries: its schema, and that it is loaded again as it was written."""

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from summarizer import (
    Budget,
    CitedSentence,
    Difference,
    DifferingPassage,
    Document,
    OptionError,
    Passage,
    Settings,
    Source,
    SummarizerError,
    Summary,
    read,
    summarize,
)
from summarizer.datatypes import Explanation, Phrase
from summarizer.subject.summary import json_schema

from .builders import ROOT
from .render.test_render import SUMMARY

SCHEMA = json.loads(
    files("summarizer.render").joinpath("summary.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)


@pytest.fixture(scope="module")
def record(example: list[Document]) -> dict[str, Any]:
    return as_read(summarize(example, words=150))


def as_read(summary: Summary, *, explain: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(summary.to_json(explain=explain))
    return found


def test_schema_is_one_and_describes_every_field() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for record in (SCHEMA, *SCHEMA["$defs"].values()):
        assert record["description"]
        for name, field in record["properties"].items():
            assert field["description"], name
            assert ":" not in field["description"].split()[-1], name


def test_as_many_phrases_are_loaded_as_the_settings_ask_for(example: list[Document]) -> None:
    summary = summarize(example, words=150, settings=Settings(phrases=9))
    assert max(len(told.phrases) for told in summary.explanations) > 5
    VALIDATOR.validate(as_read(summary, explain=True))
    assert Summary.from_json(summary.to_json()) == summary


def test_shipped_schema_is_that_of_the_types() -> None:
    assert json_schema() == SCHEMA, "run python -m tests.regenerate"


@pytest.mark.parametrize("explain", [False, True])
def test_real_summaries_fit(example: list[Document], *, explain: bool) -> None:
    everything = summarize(example, ratio=1.0)
    for summary in (summarize(example, words=60), summarize(["One. Two."], chars=4), everything):
        found = as_read(summary, explain=explain)
        assert ("explanations" in found) == explain
        VALIDATOR.validate(found)
    VALIDATOR.validate(as_read(SUMMARY))


def test_schema_names_all_that_is_printed(record: dict[str, Any]) -> None:
    assert set(record) | {"explanations"} == set(SCHEMA["properties"])
    quoted = next(sentence for sentence in record["sentences"] if sentence["agreeing"])
    assert set(quoted) == set(SCHEMA["$defs"]["CitedSentence"]["properties"])
    assert set(quoted["agreeing"][0]) == set(SCHEMA["$defs"]["Passage"]["properties"])
    assert set(record["sources"][0]) == set(SCHEMA["$defs"]["Source"]["properties"])


def test_later_fields_are_allowed(record: dict[str, Any]) -> None:
    VALIDATOR.validate({**record, "later": 1})


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "text": lambda record: record.pop("text"),
    "$.version": lambda record: record.update(version=2),
    "$.words": lambda record: record.update(words="150"),
    "$.budget.unit": lambda record: record["budget"].update(unit="pages"),
    "$.budget.limit": lambda record: record["budget"].update(limit=0),
    "$.sentences[0].start": lambda record: record["sentences"][0].update(start=-1),
    "$.sentences[0].source": lambda record: record["sentences"][0].update(source=0),
    "$.sentences[0].agreeing": lambda record: record["sentences"][0].update(agreeing=None),
    "$.sentences[0].text": lambda record: record["sentences"][0].update(text=""),
    "$.sentences[0].score": lambda record: record["sentences"][0].update(score=float("nan")),
    "$.sources[0].date": lambda record: record["sources"][0].update(date="in May"),
    "$.sources[0].cited": lambda record: record["sources"][0].update(cited=None),
    "$.explanations[0].new": lambda record: record.update(explanations=[{"new": 2}]),
}


@pytest.mark.parametrize("named", WRONG)
def test_wrong_record_does_not_fit_and_is_refused(record: dict[str, Any], named: str) -> None:
    wrong = json.loads(json.dumps(record))
    WRONG[named](wrong)
    if named != "$.sentences[0].score":  # no JSON at all
        assert not VALIDATOR.is_valid(wrong)
    with pytest.raises(SummarizerError) as caught:
        Summary.from_dict(wrong)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


CONTRARY: dict[str, Callable[[dict[str, Any]], object]] = {
    "$.sentences[0]: there is no source 99": lambda r: r["sentences"][0].update(source=99),
    "$.sentences[0]: a passage ends": lambda r: r["sentences"][0].update(start=10**6),
    "$.sources[1].number is 7": lambda r: r["sources"][1].update(number=7),
    "$.sources[1].copy_of is 70": lambda r: r["sources"][1].update(copy_of=70),
    "$.explanations are 1": lambda r: r.update(explanations=r["explanations"][:1]),
}


@pytest.mark.parametrize("named", CONTRARY)
def test_record_that_contradicts_itself_is_refused(example: list[Document], named: str) -> None:
    wrong = summarize(example, words=150).to_dict()
    CONTRARY[named](wrong)
    with pytest.raises(SummarizerError) as caught:
        Summary.from_dict(wrong)
    assert str(caught.value).startswith(f"is not a summary: {named}")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "1", '"a"', "{}", b"\xff", "[" * 10**5, '{"version": NaN}', "1e999"],
)
def test_what_is_no_summary_is_refused_in_one_line(text: str | bytes) -> None:
    with pytest.raises(SummarizerError, match=r"^is not (JSON|a summary): [^\n]+$"):
        Summary.from_json(text)


@pytest.mark.parametrize("name", ["moon_landing", "market_blast", "formats"])
def test_summary_is_loaded_again(name: str) -> None:
    summary = summarize(read([ROOT / "examples" / name]), words=80)
    loaded = Summary.from_json(summary.to_json())
    assert loaded == summary
    assert str(loaded) == str(summary)
    assert loaded.to_markdown(explain=True) == summary.to_markdown(explain=True)
    assert "The text is not part of this page." in loaded.to_html(explain=True)
    assert loaded.documents == ()
    without = Summary.from_json(summary.to_json(explain=False))
    assert without == replace(summary, explanations=())


NUMBERS = st.integers(1, 3)
SHARES = st.floats(0, 1)
# Halves of surrogate pairs stand for bytes of file names that are no UTF-8.
LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from("\udc80\udcff")
TEXTS = st.text(LETTERS, min_size=1, max_size=9)
SPANS = st.tuples(st.integers(0, 99), st.integers(100, 2**60))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
PASSAGES = st.builds(
    lambda source, span, text, where, similarity, probability: Passage(
        source, span[0], span[1], text, where, similarity, probability
    ),
    *(NUMBERS, SPANS, TEXTS, TEXTS, st.floats(-1, 1), st.none() | SHARES),
)
DIFFERENCES = st.builds(
    lambda one, text, other, words: Difference(one[0], one[1], text, other[0], other[1], words),
    *(SPANS, TEXTS, SPANS, TEXTS),
)
DIFFERING = st.builds(
    lambda p, differences: DifferingPassage(
        *(p.source, p.start, p.end, p.text, p.where, p.similarity, p.probability),
        differences=differences,
    ),
    PASSAGES,
    st.lists(DIFFERENCES, min_size=1, max_size=2).map(tuple),
)
SENTENCES = st.builds(
    lambda text, source, span, *rest: CitedSentence(text, source, *span, *rest),
    *(TEXTS, NUMBERS, SPANS, st.integers(0, 99), SHARES, TEXTS),
    *([st.lists(PASSAGES, max_size=2).map(tuple)] * 2),
    st.lists(DIFFERING, max_size=2).map(tuple),
    st.lists(PASSAGES, max_size=2).map(tuple),
    st.none() | TEXTS,
    st.lists(DIFFERING, max_size=2).map(tuple),
)
WORDS = st.none() | TEXTS
SOURCES = st.builds(
    Source,
    *(NUMBERS, TEXTS, TEXTS, WORDS, WORDS, st.none() | st.dates().map(str)),
    *(st.integers(0, 99), st.booleans(), WORDS, WORDS, st.none() | NUMBERS),
    st.dictionaries(TEXTS, VALUES, max_size=2),
    st.booleans(),
)
EXPLANATIONS = st.builds(
    Explanation,
    *(SHARES, SHARES),
    st.lists(
        st.builds(Phrase, TEXTS, SHARES, st.lists(NUMBERS, max_size=3).map(tuple)), max_size=2
    ).map(tuple),
    st.none() | st.floats(-1, 1),
    st.none() | st.floats(-1, 3),
)


@given(
    st.lists(st.tuples(SENTENCES, EXPLANATIONS), max_size=3),
    st.lists(SOURCES, min_size=3, max_size=3),
    st.lists(TEXTS, max_size=2).map(tuple),
    TEXTS,
)
def test_any_summary_is_loaded_again(
    pairs: list[tuple[CitedSentence, Explanation]],
    sources: list[Source],
    warnings: tuple[str, ...],
    signature: str,
) -> None:
    summary = Summary(
        tuple(sentence for sentence, _ in pairs),
        tuple(replace(source, number=number) for number, source in enumerate(sources, 1)),
        Budget("chars", 99),
        warnings,
        signature,
        tuple(explanation for _, explanation in pairs),
    )
    text = summary.to_json()
    assert Summary.from_json(text) == summary
    assert Summary.from_json(text.encode()) == summary
    VALIDATOR.validate(json.loads(text))


def test_metadata_is_carried_to_the_source() -> None:
    given = {"tags": ("press", 1), "id": {"issn": "1234"}}
    document = Document("a", "The mayor closed the old bridge.", metadata=given)
    given["tags"] = ("changed",)
    (source,) = summarize([document]).sources
    assert source.metadata == {"tags": ["press", 1], "id": {"issn": "1234"}}
    assert hash(document) == hash(replace(document, metadata={}))


@pytest.mark.parametrize("value", [object(), {1, 2}, float("nan"), b"a", {(1, 2): 3}])
def test_metadata_that_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(OptionError, match=r"^a\.txt: its metadata must be what JSON can hold"):
        Document("a.txt", "Text.", metadata={"key": value})
