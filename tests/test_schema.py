"""The JSON of real summaries against the schema that is shipped with the package."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from summarizer import Document, Summary, summarize

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
    for record in (SCHEMA, SCHEMA["properties"]["budget"], *SCHEMA["$defs"].values()):
        assert record["description"]
        for name, field in record["properties"].items():
            assert field["description"], name


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
    quoted = next(sentence for sentence in record["sentences"] if sentence["corroboration"])
    assert set(quoted) == set(SCHEMA["$defs"]["sentence"]["properties"])
    assert set(quoted["corroboration"][0]) == set(SCHEMA["$defs"]["corroboration"]["properties"])
    assert set(record["sources"][0]) == set(SCHEMA["$defs"]["source"]["properties"])


def test_later_fields_are_allowed(record: dict[str, Any]) -> None:
    VALIDATOR.validate({**record, "later": 1})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record.pop("text"),
        lambda record: record.update(words="150"),
        lambda record: record["budget"].update(unit="pages"),
        lambda record: record["budget"].update(limit=0),
        lambda record: record["sentences"][0].update(start=-1),
        lambda record: record["sentences"][0].update(source=0),
        lambda record: record["sentences"][0].pop("corroboration"),
        lambda record: record["sentences"][0].update(text=""),
        lambda record: record["sources"][0].update(date="in May"),
        lambda record: record["sources"][0].update(cited=None),
        lambda record: record.update(explanations=[{"weight": 2}]),
    ],
)
def test_wrong_record_does_not_fit(
    record: dict[str, Any], spoil: Callable[[dict[str, Any]], object]
) -> None:
    wrong = json.loads(json.dumps(record))
    spoil(wrong)
    assert not VALIDATOR.is_valid(wrong)
