"""What holds where nothing else is asked for, for the command and the library alike."""

from typing import Literal, get_args

Ranker = Literal["coverage", "mmr"]

RANKERS: tuple[Ranker, ...] = get_args(Ranker)
DIVERSITY: dict[Ranker, float] = {"coverage": 1.0, "mmr": 0.3}
RANKER: Ranker = "coverage"
MODEL = "static"
WORDS = 150
# A budget of which this share is used counts as full.
FULL = 0.97
