"""What the HTTP API takes and returns, and its description in OpenAPI."""

from typing import Annotated, Any, Literal

import msgspec

from .. import __version__
from ..datatypes import KINDS, Number
from ..settings import Request
from ..subject.checking import CheckRecord
from ..subject.summary import SummaryRecord, describe_records
from ..subject.timelines import TimelineRecord


class SentDocument(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A document.

    :param text: Its text.
    :param id: A name for people and scripts; by default its place, ``text 1`` and so on.
    :param title: Its headline; by default found in the text.
    :param date: Its day of publication, ``YYYY-MM-DD``; by default found in the text.
    :param url: The address it was published at; it is not fetched.
    :param author: Who wrote it.
    :param site: The name of the site or paper that published it.
    :param metadata: Anything else that is known of it; carried to its source in the answer.
    """

    text: str
    id: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    author: str | None = None
    site: str | None = None
    metadata: dict[str, Any] = {}


Sent = Annotated[list[SentDocument], msgspec.Meta(min_length=1)]


class SummaryRequest(Request, frozen=True):
    """Documents to summarize, and one length at most.

    :param documents: The documents.
    :param known: Earlier documents: only what they do not say is quoted.
    """

    documents: Sent
    known: tuple[SentDocument, ...] = ()


class CheckRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A text to check, sentence by sentence, against documents.

    :param text: The text. Citations such as ``[2]`` are taken for the numbers of the documents.
    :param documents: The documents.
    """

    text: str
    documents: Sent


class TimelineRequest(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Documents to tell what happened when.

    :param documents: The documents, best with their days.
    :param days: The greatest number of days; by default as many as are worth it.
    :param per_day: The greatest number of sentences of a day.
    """

    documents: Sent
    days: Number | None = None
    per_day: Number = 1


class Problem(msgspec.Struct):
    """Why there is no answer (RFC 9457).

    :param type: Always ``about:blank``: the status says what kind of problem it is.
    :param title: The name of the status.
    :param status: The status.
    :param detail: What is wrong and what to do, in one line.
    """

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str


# For each path of the API: request, response, description.
OPERATIONS = {
    "summaries": (SummaryRequest, SummaryRecord, "Summarize documents in verbatim sentences"),
    "checks": (CheckRequest, CheckRecord, "Check a text against documents"),
    "timelines": (TimelineRequest, TimelineRecord, "Tell what happened when"),
}
_PROBLEMS = {
    400: "The body is not JSON, or not of this shape.",
    401: "The token is missing or wrong.",
    403: "The request comes from another site, or names another host.",
    408: "The body takes too long to arrive.",
    413: "The body is too large.",
    422: "An option is out of range, or there is nothing to quote.",
    503: "Too many requests are waiting, or the worker ended.",
    504: "The answer takes too long.",
}


def openapi() -> dict[str, Any]:
    """Return the description of the API in OpenAPI 3.1."""
    records = [kind for operation in OPERATIONS.values() for kind in operation[:2]]
    schemas = describe_records([*records, Problem], "#/components/schemas/{name}")
    # As in ``Timeline.to_dict``.
    dated = schemas["DatedSentence"]
    dated["required"] = [name for name in dated["required"] if name not in KINDS]
    for name in KINDS:
        del dated["properties"][name]
    problems = {
        str(status): _content("application/problem+json", Problem, description=description)
        for status, description in _PROBLEMS.items()
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "summarizer", "version": __version__},
        "security": [{"token": []}],
        "paths": {
            f"/api/{name}": {
                "post": {
                    "operationId": f"create_{name}",
                    "summary": does,
                    "requestBody": _content("application/json", takes, required=True),
                    "responses": {
                        "200": _content("application/json", returns, description="The answer."),
                        **problems,
                    },
                }
            }
            for name, (takes, returns, does) in OPERATIONS.items()
        },
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _content(media: str, kind: type, **more: Any) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{kind.__name__}"}
    return {**more, "content": {media: {"schema": schema}}}
