"""Extractive multi-document summaries: every sentence a verbatim quote with its source."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .batch import summarize_many
    from .batch.arrow import outcomes_to_arrow, topics_from_arrow
    from .batch.topics import Outcome, Topic
    from .clean import body
    from .datatypes import (
        Budget,
        CitedSentence,
        Difference,
        DifferingPassage,
        Document,
        Marks,
        Passage,
        Source,
    )
    from .encoders import Encoder, load_encoder
    from .errors import BudgetError, EncoderError, OptionError, ReadError, SummarizerError
    from .pipeline import Summarizer, summarize
    from .readers import Documents, Limits, read
    from .settings import Settings
    from .subject.checking import (
        CheckedSentence,
        CheckedText,
        Evidence,
        EvidencePassage,
        check,
        find_evidence,
    )
    from .subject.comparing import Differences, DifferentValues, Mention, Version, differences
    from .subject.summary import Summary
    from .subject.timelines import DatedSentence, Time, Timeline, TimelineDay, timeline
    from .subject.verification import verify

__version__ = "0.2.0"

# Loaded when first asked for, so that `summarize --help` does not wait for numpy.
_MODULES = {
    "batch": "summarize_many",
    "batch.arrow": "outcomes_to_arrow topics_from_arrow",
    "batch.topics": "Outcome Topic",
    "clean": "body",
    "datatypes": "Budget CitedSentence Difference DifferingPassage Document Marks Passage Source",
    "encoders": "Encoder load_encoder",
    "errors": "BudgetError EncoderError OptionError ReadError SummarizerError",
    "pipeline": "Summarizer summarize",
    "readers": "Documents Limits read",
    "settings": "Settings",
    "subject.checking": "CheckedSentence CheckedText Evidence EvidencePassage check find_evidence",
    "subject.comparing": "Differences DifferentValues Mention Version differences",
    "subject.summary": "Summary",
    "subject.timelines": "DatedSentence Time Timeline TimelineDay timeline",
    "subject.verification": "verify",
}
_HOME = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "Budget", "BudgetError", "CheckedSentence", "CheckedText", "CitedSentence", "DatedSentence",
    "Difference", "Differences", "DifferentValues", "DifferingPassage", "Document", "Documents",
    "Encoder", "EncoderError", "Evidence", "EvidencePassage", "Limits", "Marks", "Mention",
    "OptionError", "Outcome", "Passage", "ReadError", "Settings", "Source", "Summarizer",
    "SummarizerError", "Summary", "Time", "Timeline", "TimelineDay", "Topic", "Version",
    "__version__", "body", "check", "differences", "find_evidence", "load_encoder",
    "outcomes_to_arrow", "read", "summarize", "summarize_many", "timeline", "topics_from_arrow",
    "verify",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
