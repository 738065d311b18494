"""Which other sources state what a quoted sentence states, and which state it differently."""

from ..settings import EvidenceSettings
from .compare import Pool
from .disagreement import Disagreement, Given, find_outdated, search_disagreements
from .finding import (
    Found,
    Judgement,
    Place,
    RowEvidence,
    compare_by_words,
    differing_values,
    find_translations,
    judge,
    judge_passages,
    repeats,
    search_evidence,
)
from .pairs import FEATURES, SLOT_FEATURES, Pair
from .values import DENYING

__all__ = [
    "DENYING",
    "FEATURES",
    "SLOT_FEATURES",
    "Disagreement",
    "EvidenceSettings",
    "Found",
    "Given",
    "Judgement",
    "Pair",
    "Place",
    "Pool",
    "RowEvidence",
    "compare_by_words",
    "differing_values",
    "find_outdated",
    "find_translations",
    "judge",
    "judge_passages",
    "repeats",
    "search_disagreements",
    "search_evidence",
]
