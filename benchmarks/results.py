"""What was measured of one system on one corpus, topic by topic, as a JSON file."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of a system on a corpus.

    :param corpus: The corpus's name.
    :param system: The system's name.
    :param signature: How the answers were made and scored.
    :param words: The budget.
    :param recall: Whether ROUGE is to be read as recall of texts cut to the budget, as at DUC 2004,
        and not as F1.
    :param peak_mb: Most memory of its process, in MiB.
    :param failures: Identifiers of the topics that it could not do; their figures are those of an
        empty summary.
    :param topics: Identifiers, in the order of the rows.
    :param figures: For each measure one value a topic.
    """

    corpus: str
    system: str
    signature: str
    words: int
    recall: bool
    peak_mb: float
    failures: tuple[str, ...]
    topics: tuple[str, ...]
    figures: Mapping[str, Sequence[float]]

    def values(self, measure: str) -> npt.NDArray[np.float64]:
        """Return (n,) the figures of a measure; of ROUGE the recall where that is to be read."""
        read = f"{measure}r" if self.recall and f"{measure}r" in self.figures else measure
        return np.array(self.figures[read], dtype=np.float64)


def file_name(name: str) -> str:
    """Return a name as a file may have it, e.g. ``"sumy-LSA"``."""
    return re.sub(r"[^\w-]+", "-", name)


def save(result: Result, folder: Path) -> Path:
    """Write a result to ``CORPUS.SYSTEM.json`` in a folder, made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{file_name(result.corpus)}.{file_name(result.system)}.json"
    fields: dict[str, Any] = {name: getattr(result, name) for name in Result.__slots__}
    fields["figures"] = {
        measure: [round(value, 4) for value in values] for measure, values in result.figures.items()
    }
    lines = [f" {json.dumps(name)}: {json.dumps(value)}" for name, value in fields.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    return path


def load(folder: Path) -> list[Result]:
    """Read all results of a folder, sorted by file name.

    :raises ValueError: If a file is not a result; it is named.
    """
    found: list[Result] = []
    for path in sorted(folder.glob("*.json")):
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            fields |= {name: tuple(fields[name]) for name in ("failures", "topics")}
            result = Result(**fields)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}: is not a result ({error!r})") from error
        if any(len(values) != len(result.topics) for values in result.figures.values()):
            raise ValueError(f"{path}: a measure has not one figure for each topic")
        found.append(result)
    return found
