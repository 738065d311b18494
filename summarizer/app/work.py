"""What a worker does: read, prepare, answer. A worker is a process that can be ended at any time.

A worker keeps a few subjects prepared, so that another length takes milliseconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import msgspec

from ..datatypes import Document
from ..encoders import load_encoder
from ..errors import SummarizerError
from ..pipeline import Summarizer
from ..readers import Documents, Limits, read, read_upload
from ..readers.sandbox import kept_sandbox
from ..render import BY_ENDING, FORMATS
from ..settings import Request
from ..subject.checking import CheckedText, check
from ..subject.comparing import Differences, differences
from ..subject.summary import Summary, dump_json
from ..subject.threads import one_thread
from ..subject.timelines import Timeline, timeline
from .api import OPERATIONS, CheckRequest, SentDocument, SummaryRequest

# At most this many subjects are kept prepared, with at most this many characters together.
_KEPT = 4
_KEPT_CHARACTERS = 20_000_000
# At most this many results of a subject are kept: the page asks for each as JSON, then as HTML.
_KEPT_RESULTS = 8

Made = Summary | Timeline | Differences | CheckedText

# The endings in ``FORMATS`` that each result is offered in.
LAYOUTS = {
    "summary": ("html", "json", "md", "docx", "ris", "bib", "csl"),
    "timeline": ("html", "json", "md"),
    "differences": ("html", "json"),
    "check": ("html", "json"),
}


class BodyError(Exception):
    """The body of a request does not match the API; in one line."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What a user of the page has collected: sources, earlier sources, a text to check."""

    documents: Documents
    known: Documents
    draft: Document | None = None


@dataclass
class _Held:
    """A subject that a worker holds, with its results."""

    subject: Collected
    model: str
    # Those asked for last; no cache around a method, which would hold what it belongs to.
    results: dict[tuple[str, str], Made] = field(default_factory=dict)

    @cached_property
    def prepared(self) -> Summarizer:
        subject = self.subject
        encoder = _encoder(self.model)
        return Summarizer(subject.documents, known=subject.known, encoder=encoder)

    @cached_property
    def characters(self) -> int:
        return sum(len(one.text) for one in (*self.subject.documents, *self.subject.known))

    def make(self, kind: str, options: Mapping[str, Any]) -> Made:
        key = (kind, repr(options))
        made = self.results.pop(key, None) or self._make(kind, options)
        self.results[key] = made
        if len(self.results) > _KEPT_RESULTS:
            del self.results[next(iter(self.results))]
        return made

    def _make(self, kind: str, options: Mapping[str, Any]) -> Made:
        documents = self.subject.documents
        if kind == "summary":
            return self.prepared.summarize(**options)
        if kind == "timeline":
            return timeline(documents)
        if kind == "differences":
            return differences(documents)
        if self.subject.draft is None:
            raise SummarizerError("there is no text to check; paste or choose one")
        return check(self.subject.draft, documents, encoder=_encoder(self.model))


_HELD: dict[str, _Held] = {}


def start(model: str) -> None:
    """Prepare a worker: tie it to its parent, limit it to one thread, load the model."""
    _bind()
    _encoder(model)


def read_file(name: str, data: bytes | None, limits: Limits) -> Documents:
    """Read an uploaded file, or fetch and read a web address, where there are no ``data``."""
    _bind()
    if data is None:
        return read([name], limits=limits, sandbox=kept_sandbox(limits))
    return read_upload(name, data, kept_sandbox(limits), limits)


def render(
    key: str,
    subject: Collected | None,
    kind: str,
    options: Mapping[str, Any],
    layout: str,
    model: str,
    live: frozenset[str],
) -> bytes | None:
    """Make and render a result of a subject; None if the worker does not hold the subject.

    ``key`` names the subject as it is now. ``subject`` is None where the worker may hold it. What
    it holds of others than those ``live`` is forgotten.
    """
    _bind()
    forget(live)
    held = _HELD.pop(key, None)
    if held is None:
        if subject is None:
            return None
        held = _Held(subject, model)
    _HELD[key] = held
    while len(_HELD) > _KEPT or (
        len(_HELD) > 1 and sum(one.characters for one in _HELD.values()) > _KEPT_CHARACTERS
    ):
        del _HELD[next(iter(_HELD))]
    rendered = FORMATS[BY_ENDING[layout]].render(held.make(kind, options))
    return rendered if isinstance(rendered, bytes) else _encoded(rendered + "\n")


def forget(live: frozenset[str]) -> None:
    """Forget all subjects except those with these keys."""
    _bind()
    for key in _HELD.keys() - live:
        del _HELD[key]


def answer(name: str, body: bytes, model: str) -> bytes:
    """Answer a request to the API, in JSON; raise BodyError if the body does not match."""
    from ..pipeline import summarize

    _bind()
    try:
        asked = msgspec.json.decode(body, type=OPERATIONS[name][0])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if isinstance(error.__cause__, SummarizerError):
            raise error.__cause__ from None
        raise BodyError(" ".join(str(error).split())) from None
    documents = [_fields(document) for document in asked.documents]
    made: Summary | CheckedText | Timeline
    if isinstance(asked, SummaryRequest):
        known = [_fields(document) for document in asked.known]
        options = {name: getattr(asked, name) for name in Request.__struct_fields__}
        made = summarize(documents, known=known, encoder=_encoder(model), **options)
    elif isinstance(asked, CheckRequest):
        made = check(asked.text, documents, encoder=_encoder(model))
    else:
        made = timeline(documents, asked.days, asked.per_day)
    return _encoded(dump_json(made.to_dict()) + "\n")


def _fields(document: SentDocument) -> dict[str, Any]:
    fields = msgspec.structs.asdict(document).items()
    return {name: value for name, value in fields if value or name == "text"}


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="backslashreplace")


# Also a model that is not shipped is loaded once a process.
_encoder = cache(load_encoder)


@cache
def _bind() -> None:
    """End with the parent process, on Linux at once, and use one thread for matrices.

    An interrupt is for the parent: a worker that waits would answer it, and that would be taken for
    the answer to what it is asked next, by somebody else.
    """
    import ctypes
    import signal
    import sys

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL
    one_thread()
