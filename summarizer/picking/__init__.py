"""The selection under a budget: coverage (default) and MMR."""

from .coverage import Objective, pick_coverage
from .mmr import pick_mmr
from .search import Candidates

__all__ = ["Candidates", "Objective", "pick_coverage", "pick_mmr"]
