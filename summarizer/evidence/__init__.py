"""Which other sources state what a quoted sentence states, and which state it differently."""

from ..settings import EvidenceSettings
from .compare import FEATURES, Pool
from .finding import (
    Found,
    Judgement,
    Place,
    RowEvidence,
    judge_passages,
    repeats,
    search_evidence,
)

__all__ = [
    "FEATURES",
    "EvidenceSettings",
    "Found",
    "Judgement",
    "Place",
    "Pool",
    "RowEvidence",
    "judge_passages",
    "repeats",
    "search_evidence",
]
