"""Which other sources state what a quoted sentence states, and which state it differently."""

from .compare import FEATURES, Pool
from .finding import EvidenceSettings, Found, RowEvidence, search_evidence

__all__ = ["FEATURES", "EvidenceSettings", "Found", "Pool", "RowEvidence", "search_evidence"]
