"""The selection under a budget: coverage (default), MMR, and what fits where nearly all does."""

from .coverage import Objective, pick_coverage
from .density import pick_densest
from .mmr import pick_mmr
from .search import Candidates

__all__ = ["Candidates", "Objective", "pick_coverage", "pick_densest", "pick_mmr"]
