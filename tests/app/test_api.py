"""The HTTP API: its answers are those of the library, and as its description says."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from summarizer import Document, check, summarize, timeline

DOCUMENTS: list[dict[str, Any]] = [
    {
        "id": "courier",
        "title": "Bridge closed",
        "text": "The mayor closed the old bridge on Monday. Divers found rust in 12 of its piers.",
        "date": "2024-03-05",
        "url": "https://a.example/1",
        "metadata": {"desk": "city"},
    },
    {
        "text": "On Monday the old bridge was closed by the mayor. Divers found rust in 15 of its piers.",
        "date": "2024-03-06",
    },
]


@pytest.fixture(scope="module")
def description(api: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/api/openapi.json").json()
    return found


def schema_of(description: dict[str, Any], path: str, status: str) -> Draft202012Validator:
    """Return what checks an answer."""
    content = description["paths"][path]["post"]["responses"][status]["content"]
    (answer,) = content.values()
    return Draft202012Validator({**answer["schema"], "components": description["components"]})


def test_description_is_openapi(description: dict[str, Any]) -> None:
    validate(description)
    for kind in description["components"]["schemas"].values():
        assert kind["description"]
        assert all(field["description"] for field in kind["properties"].values())


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/summaries", {"documents": DOCUMENTS}),
        ("/api/summaries", {"documents": DOCUMENTS, "query": "what did divers find?", "words": 20}),
        ("/api/summaries", {"documents": DOCUMENTS[:1], "known": DOCUMENTS[1:], "sentences": 1}),
        (
            "/api/checks",
            {"documents": DOCUMENTS, "text": "Divers found rust in 40 piers. It rained."},
        ),
        ("/api/timelines", {"documents": DOCUMENTS, "days": 2}),
        ("/api/timelines", {"documents": [{"text": "The bridge was closed on 3 May 2020."}]}),
    ],
)
def test_answers_are_as_described(
    api: TestClient, description: dict[str, Any], path: str, body: dict[str, Any]
) -> None:
    asked = description["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    taken = Draft202012Validator({**asked["schema"], "components": description["components"]})
    taken.validate(body)
    answer = api.post(path, json=body)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    schema_of(description, path, "200").validate(found)
    for part in (
        found,
        *found.get("sentences", []),
        *(s for d in found.get("days", []) for s in d["sentences"]),
    ):
        kinds = description["components"]["schemas"].values()
        assert any(set(part) <= set(kind["properties"]) for kind in kinds)


def test_answers_are_those_of_the_library(api: TestClient) -> None:
    body = {"documents": DOCUMENTS, "words": 30, "min_sources": 1}
    assert api.post("/api/summaries", json=body).json() == summarize(DOCUMENTS, words=30).to_dict()
    text = "The mayor closed the old bridge on Monday."
    checked = api.post("/api/checks", json={"documents": DOCUMENTS, "text": text}).json()
    assert checked == check(text, DOCUMENTS).to_dict()
    told = api.post("/api/timelines", json={"documents": DOCUMENTS, "per_day": 2}).json()
    assert told == timeline(DOCUMENTS, per_day=2).to_dict()


@pytest.mark.parametrize(
    ("path", "body", "status", "told"),
    [
        ("summaries", b"", 400, "truncated"),
        ("summaries", b"\xff\xfe", 400, ""),
        ("summaries", b"[" * 100_000, 400, ""),
        ("summaries", b"{}", 400, "documents"),
        ("summaries", b'{"documents": []}', 400, "documents"),
        ("summaries", b'{"documents": [{"text": 3}]}', 400, "$.documents[0].text"),
        ("summaries", b'{"documents": [{"text": "a", "txt": 3}]}', 400, "`txt`"),
        ("summaries", b'{"documents": [{"text": "a"}], "words": 0}', 400, "$.words"),
        ("summaries", b'{"documents": [{"text": "\\u0000"}]}', 422, "nothing to quote"),
        ("summaries", b'{"documents": [{"text": "A b c.", "date": "soon"}]}', 422, "YYYY-MM-DD"),
        (
            "summaries",
            b'{"documents": [{"text": "The mayor spoke."}], "words": 3, "chars": 9}',
            422,
            "give one length",
        ),
        (
            "checks",
            b'{"documents": [{"text": "The mayor spoke."}], "text": ""}',
            422,
            "no sentence",
        ),
        ("timelines", b'{"documents": [{"text": "The mayor spoke."}]}', 422, "no day is known"),
        ("summaries", b'{"documents": [{"text": ""}]}', 422, "nothing to quote"),
        (
            "summaries",
            b'{"documents": [{"text": "The mayor spoke.", "metadata": {"a": %s}}]}'
            % (b"[" * 600 + b"]" * 600),
            422,
            "nested more than 100 deep",
        ),
        ("poems", b"{}", 404, "poems"),
    ],
)
def test_problems_are_told(
    api: TestClient, description: dict[str, Any], path: str, body: bytes, status: int, told: str
) -> None:
    answer = api.post(f"/api/{path}", content=body)
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert told in problem["detail"]
    assert problem["detail"].isprintable()
    schema_of(description, "/api/summaries", "422").validate(problem)
    assert api.get(f"/api/{path}").status_code == 405


def test_documents_of_the_library_are_taken_as_they_are() -> None:
    fields = {"text", "id", "title", "date", "url", "author", "site", "metadata"}
    assert fields <= set(Document.__dataclass_fields__)
