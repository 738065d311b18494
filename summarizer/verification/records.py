"""What a verification found, for people and as JSON."""

import dataclasses
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

from ..text.tokens import normalize_space

Role = Literal["quote", "corroboration", "disagreement"]
Status = Literal["intact", "moved", "changed", "missing"]
STATUSES: tuple[Status, ...] = ("intact", "moved", "changed", "missing")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that a summary names.

    :param sentence: The sentence of the summary that it belongs to, counted from 1.
    :param role: Whether it is the quote itself, says the same or differs.
    :param source: The number of its source.
    :param start: Where the summary says that it starts.
    :param end: Where the summary says that it ends.
    :param text: It, as the summary has it.
    """

    sentence: int
    role: Role
    source: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a source today instead of a passage or for it.

    :param path: The document that it stands in, as the summary would name it.
    :param start: The offset of its first character.
    :param end: The offset behind its last character.
    :param where: Where to look in the original: ``page 3``, ``line 9``.
    :param text: It, verbatim.
    :param similarity: Share of words in common with the passage, 0 to 1.
    """

    path: str
    start: int
    end: int
    where: str
    text: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Check(Passage):
    """A passage that a summary names, and what became of it.

    :param path: The file of its source, as the summary names it.
    :param status: What became of it.
    :param found: What stands there now; None where it is missing.
    :param note: Why its file cannot be read, or an empty string.
    """

    path: str
    status: Status
    found: Found | None
    note: str = ""

    def __str__(self) -> str:
        quoted = f"“{normalize_space(self.text)}”"
        also = {"quote": "", "corroboration": "also ", "disagreement": "differs "}[self.role]
        name = f"sentence {self.sentence} [{also}{self.source}]: {self.status}"
        if self.found is None:
            return f"{name}: {quoted} " + (f"({self.note})" if self.note else f"in {self.path}")
        place = f"{self.found.path}, {self.found.where}, {self.found.start}-{self.found.end}"
        if self.status == "changed":
            return f"{name}: {quoted} now reads “{normalize_space(self.found.text)}” ({place})"
        before = f"{self.start}-{self.end}"
        if self.found.path != self.path:
            before = f"{self.path}, {before}"
        moved = f", not {before}" if self.status == "moved" else ""
        return f"{name}: {quoted} ({place}{moved})"


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of all passages of a summary, in its order."""

    checks: tuple[Check, ...]

    @property
    def intact(self) -> bool:
        """Whether every passage stands where the summary says."""
        return all(check.status == "intact" for check in self.checks)

    def __str__(self) -> str:
        counted = Counter(check.status for check in self.checks)
        sources = len({check.source for check in self.checks})
        of = f"{_counted(len(self.checks), 'passage')} of {_counted(sources, 'source')}"
        told = ", ".join(f"{counted[status]} {status}" for status in STATUSES)
        lines = [str(check) for check in self.checks if check.status != "intact"]
        return "\n".join([*lines, f"{of}: {told}"])

    def to_json(self) -> str:
        """Render as JSON: the number of passages of each status, and every passage."""
        counted = Counter(check.status for check in self.checks)
        record: dict[str, Any] = {
            **{status: counted[status] for status in STATUSES},
            "passages": [dataclasses.asdict(check) for check in self.checks],
        }
        return json.dumps(record, ensure_ascii=False, indent=2)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
