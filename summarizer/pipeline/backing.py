"""What so many independent sources state that it may be quoted."""

import numpy as np
import numpy.typing as npt

from ..citing import Material
from ..errors import BudgetError, SummarizerError
from ..evidence import Pool
from ..rank.facts import Facts, Space
from ..text.cohesion import keep_units
from .attributing import count_backing


def require_comparable(sentences: int, most: int) -> None:
    """Refuse to compare more sentences with one another than can be embedded.

    :raises BudgetError: If there are more; it names both numbers.
    """
    if sentences > most:
        raise BudgetError(
            f"min-sources compares at most {most:,} sentences, and this length takes "
            f"{sentences:,}; ask for a shorter summary"
        )


def keep_backed(material: Material, space: Space, pool: Pool, least: int) -> npt.NDArray[np.intp]:
    """Return the rows of the space that so many independent voices state, ascending.

    :raises SummarizerError: If there are none; it names how many voices state the best backed.
    """
    backing = count_backing(material, space, pool)
    found = np.flatnonzero(backing >= least)
    if not len(found):
        most = int(backing.max())
        lower = f"ask for min-sources {most}" if most > 1 else "leave min-sources out"
        voices = "one" if most == 1 else str(most)
        raise SummarizerError(
            f"no sentence is stated by {least} independent sources, at most by {voices}; {lower}"
        )
    return found


def require_fitting(
    facts: Facts,
    space: Space,
    backed: npt.NDArray[np.intp],
    costs: npt.NDArray[np.intp],
    limit: int,
    least: int,
) -> None:
    """Make sure that one of the backed sentences can stand alone and fits.

    :raises BudgetError: If none does.
    """
    rows = space.kept[backed]
    alone = [rows[list(unit.rows)] for unit in keep_units(facts.chains, rows) if unit.needs == -1]
    if not any(costs[unit].sum() <= limit for unit in alone):
        raise BudgetError(
            f"no sentence that {least} independent sources state can stand alone and fits; "
            "ask for a longer summary or fewer min-sources"
        )
