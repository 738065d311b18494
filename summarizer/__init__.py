"""Extractive multi-document summaries: every sentence a verbatim quote with its source."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .version import VERSION

if TYPE_CHECKING:
    from .batch import summarize_many
    from .batch.arrow import outcomes_to_arrow, topics_from_arrow
    from .batch.topics import Outcome, Topic
    from .checking import (
        CheckedSentence,
        CheckedText,
        Evidence,
        EvidencePassage,
        check,
        find_evidence,
    )
    from .clean import body
    from .comparing import Differences, DifferentValues, Mention, Version, differences
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
    from .summary import Summary
    from .timelines import DatedSentence, Time, Timeline, TimelineDay, timeline
    from .verification import verify

__version__ = VERSION

# Loaded when first asked for, so that `summarize --help` does not wait for numpy.
_HOME = {
    "Budget": "datatypes",
    "BudgetError": "errors",
    "CheckedSentence": "checking",
    "CheckedText": "checking",
    "CitedSentence": "datatypes",
    "DatedSentence": "timelines",
    "Difference": "datatypes",
    "Differences": "comparing",
    "DifferentValues": "comparing",
    "DifferingPassage": "datatypes",
    "Document": "datatypes",
    "Documents": "readers",
    "Encoder": "encoders",
    "EncoderError": "errors",
    "Evidence": "checking",
    "EvidencePassage": "checking",
    "Limits": "readers",
    "Mention": "comparing",
    "Marks": "datatypes",
    "OptionError": "errors",
    "Outcome": "batch.topics",
    "Passage": "datatypes",
    "ReadError": "errors",
    "Settings": "settings",
    "Source": "datatypes",
    "Summarizer": "pipeline",
    "SummarizerError": "errors",
    "Summary": "summary",
    "Time": "timelines",
    "Timeline": "timelines",
    "TimelineDay": "timelines",
    "Topic": "batch.topics",
    "Version": "comparing",
    "body": "clean",
    "check": "checking",
    "differences": "comparing",
    "find_evidence": "checking",
    "load_encoder": "encoders",
    "outcomes_to_arrow": "batch.arrow",
    "read": "readers",
    "summarize": "pipeline",
    "summarize_many": "batch",
    "timeline": "timelines",
    "topics_from_arrow": "batch.arrow",
    "verify": "verification",
}

__all__ = [
    "Budget",
    "BudgetError",
    "CheckedSentence",
    "CheckedText",
    "CitedSentence",
    "DatedSentence",
    "Difference",
    "Differences",
    "DifferentValues",
    "DifferingPassage",
    "Document",
    "Documents",
    "Encoder",
    "EncoderError",
    "Evidence",
    "EvidencePassage",
    "Limits",
    "Marks",
    "Mention",
    "OptionError",
    "Outcome",
    "Passage",
    "ReadError",
    "Settings",
    "Source",
    "Summarizer",
    "SummarizerError",
    "Summary",
    "Time",
    "Timeline",
    "TimelineDay",
    "Topic",
    "Version",
    "__version__",
    "body",
    "check",
    "differences",
    "find_evidence",
    "load_encoder",
    "outcomes_to_arrow",
    "read",
    "summarize",
    "summarize_many",
    "timeline",
    "topics_from_arrow",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
