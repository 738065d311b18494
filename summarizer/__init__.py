"""Extractive multi-document summaries: every sentence a verbatim quote with its source."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .version import VERSION

if TYPE_CHECKING:
    from .batching import summarize_many
    from .batching.topic import Outcome, Topic
    from .cleaning import body
    from .datatypes import (
        Budget,
        Citation,
        CitedSentence,
        Difference,
        Disagreement,
        Document,
        Marks,
        Source,
    )
    from .embedding import Encoder, load_encoder
    from .errors import BudgetError, EncoderError, OptionError, ReadError, SummarizerError
    from .pipeline import summarize
    from .reading import Limits, read
    from .summary import Summary
    from .verifying import verify

__version__ = VERSION

# Loaded when first asked for, so that `summarize --help` does not wait for numpy.
_HOME = {
    "Budget": "datatypes",
    "BudgetError": "errors",
    "Citation": "datatypes",
    "CitedSentence": "datatypes",
    "Difference": "datatypes",
    "Disagreement": "datatypes",
    "Document": "datatypes",
    "Encoder": "embedding",
    "EncoderError": "errors",
    "Limits": "reading",
    "Marks": "datatypes",
    "OptionError": "errors",
    "Outcome": "batching.topic",
    "ReadError": "errors",
    "Source": "datatypes",
    "Summary": "summary",
    "SummarizerError": "errors",
    "Topic": "batching.topic",
    "body": "cleaning",
    "load_encoder": "embedding",
    "read": "reading",
    "summarize": "pipeline",
    "summarize_many": "batching",
    "verify": "verifying",
}

__all__ = [
    "Budget",
    "BudgetError",
    "Citation",
    "CitedSentence",
    "Difference",
    "Disagreement",
    "Document",
    "Encoder",
    "EncoderError",
    "Limits",
    "Marks",
    "OptionError",
    "Outcome",
    "ReadError",
    "Source",
    "SummarizerError",
    "Summary",
    "Topic",
    "__version__",
    "body",
    "load_encoder",
    "read",
    "summarize",
    "summarize_many",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
