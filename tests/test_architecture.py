"""The house: who imports whom, how long a file is, what is loaded when."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGE = ROOT / "summarizer"
FILES = sorted(PACKAGE.rglob("*.py"))
GROUND = {
    "datatypes",
    "defaults",
    "errors",
    "facts",
    "incidence",
    "languages",
    "locating",
    "passages",
    "running",
    "shipped",
    "tokens",
    "version",
}
# Everything else is a stage and may import the ground alone.
ABOVE = {
    "summary": {"rendering"},
    "features": {"counting"},
    "pipeline": {
        "budget",
        "citing",
        "cleaning",
        "clustering",
        "cohesion",
        "concepts",
        "copies",
        "counting",
        "embedding",
        "evidence",
        "explaining",
        "features",
        "given",
        "importance",
        "mapping",
        "ordering",
        "picking",
        "redundancy",
        "salience",
        "splitting",
        "subject",
        "summary",
        "threads",
        "weighing",
    },
    "batch_options": {"batching"},
    "batching": {
        "budget",
        "embedding",
        "given",
        "output",
        "pipeline",
        "reading",
        "rendering",
        "summary",
    },
    "limit_options": {"reading"},
    "printing": {"rendering", "summary"},
    "verifying": {"reading", "splitting"},
    "cli": {
        "batch_options",
        "batching",
        "embedding",
        "limit_options",
        "output",
        "percent",
        "pipeline",
        "printing",
        "progress",
        "reading",
        "rendering",
        "summary",
        "verifying",
    },
    "__main__": {"cli"},
    "__init__": {
        "batching",
        "cleaning",
        "embedding",
        "pipeline",
        "reading",
        "summary",
        "verifying",
    },
}


def stage_of(file: Path) -> str:
    """Name the stage of a file: its folder below the package, or the file itself."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imported_stages(file: Path) -> set[str]:
    """Name the stages that a file imports, wherever in it the import stands."""
    depth = len(file.relative_to(PACKAGE).parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found.update(name.split(".")[0] for name in names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level < depth
            assert not (node.module or "").startswith("summarizer")
        elif isinstance(node, ast.Import):
            assert all(not alias.name.startswith("summarizer") for alias in node.names)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_stages_do_not_import_one_another(file: Path) -> None:
    stage = stage_of(file)
    allowed: set[str] = (
        set() if stage in {"errors", "version"} else GROUND | ABOVE.get(stage, set())
    )
    if stage in {"datatypes", "tokens"}:
        allowed = set()
    assert imported_stages(file) <= allowed


def test_every_folder_is_a_stage_of_the_pipeline_or_above_it() -> None:
    known = GROUND | set(ABOVE) | set().union(*ABOVE.values())
    assert {stage_of(file) for file in FILES} == known


@pytest.mark.parametrize("folder", ["summarizer", "tests", "benchmarks", "models"])
def test_files_stay_short_and_have_a_subject(folder: str) -> None:
    for file in (ROOT / folder).rglob("*.py"):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 300, file
        assert file.stem not in {"utils", "helpers", "common", "misc"}, file


RUN = "from summarizer import summarize; summarize(['The mayor closed the old bridge.'])"


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import summarizer.cli", {"numpy", "ray", "torch", "sentence_transformers", "tqdm"}),
        ("import summarizer", {"numpy", "torch", "sentence_transformers", "click"}),
        (RUN, {"torch", "sentence_transformers", "transformers", "scipy"}),
    ],
)
def test_heavy_packages_wait_until_they_are_used(code: str, absent: set[str]) -> None:
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert absent.isdisjoint(loaded.stdout.split())
