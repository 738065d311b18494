"""Which other sources state what a quoted sentence states, and which state it differently."""

from ..settings import EvidenceSettings
from .compare import FEATURES, Pool
from .disagreement import Disagreement, Given, find_outdated, search_disagreements
from .finding import (
    ForeignSentences,
    Found,
    Judgement,
    Place,
    RowEvidence,
    Translation,
    differing_values,
    judge_passages,
    repeats,
    search_evidence,
)

__all__ = [
    "FEATURES",
    "Disagreement",
    "EvidenceSettings",
    "ForeignSentences",
    "Found",
    "Given",
    "Judgement",
    "Place",
    "Pool",
    "RowEvidence",
    "Translation",
    "differing_values",
    "find_outdated",
    "judge_passages",
    "repeats",
    "search_disagreements",
    "search_evidence",
]
