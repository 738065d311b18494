"""``python -m tests.mutants [NAME...]`` looks for constants that no test notices.

Each number among the fields of the settings, and each at the top of a module of ``rank`` and
``evidence``, is changed in a copy of the package, one at a time; then the tests nearest to it run
until one fails. What no test notices survives: its name is printed, and the exit status is 1.
"""

import ast
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "summarizer"

# Sizes of blocks and the like, which bound memory and move no result.
MEMORY = {"_BLOCK", "_PAIRS", "_COLUMNS", "_HASH_FACTOR", "_TINY"}
# By how much numbers are changed: shares and weights by a fifth, counts by one.
FACTORS = (0.8, 1.25)
STEPS = (-1, 1)
# Counts of which a step of one is not meant to matter are changed by these factors.
LARGE = 1000
# What takes long to load, of others' packages.
LOADED = [
    *("pytest", "hypothesis", "numpy", "click", "fsspec", "lxml.html", "onnxruntime", "pyversity"),
    *("rouge_score.rouge_scorer", "safetensors.numpy", "scipy.spatial", "stop_words", "tokenizers"),
]
# A change that takes so many times as long as the tests do without it has been noticed.
PATIENCE = 10

RANK = tuple(
    f"tests/rank/test_{name}.py"
    for name in ("bounds", "fitness", "sentences", "documents", "order", "select", "query")
)
NEAREST = {
    "settings": (
        "tests/test_settings.py",
        "tests/rank/test_cohesion.py",
        *RANK,
        "tests/rank/test_concepts.py",
        "tests/rank/test_explain.py",
        "tests/test_golden.py",
        "tests/test_pipeline.py",
        "tests/subject/test_prepared.py",
        "tests/rank/test_days.py",
        "tests/test_timelines.py",
        "tests/encoders/test_encoders.py",
    ),
    "rank": (
        "tests/rank/test_concepts.py",
        *RANK,
        "tests/rank/test_days.py",
        "tests/rank/test_explain.py",
        "tests/test_golden.py",
    ),
    "evidence": ("tests/evidence",),
    # The settings of one stage, by their class.
    "QuerySettings": (
        *("tests/rank/test_query.py", "tests/rank/test_select.py", "tests/rank/test_sentences.py"),
        "tests/test_questions.py",
    ),
    "UpdateSettings": (
        *("tests/subject/test_novelty.py", "tests/test_updates.py", "tests/test_settings.py"),
    ),
    "EvidenceSettings": ("tests/evidence", "tests/test_golden.py", "tests/test_languages.py"),
    "TimelineSettings": ("tests/rank/test_days.py", "tests/test_timelines.py"),
}
# The likeliest to notice a change of some names, which run first.
LIKELIEST = {
    "tests/test_settings.py": ("WORDS", "mmr_diversity", "note_share"),
    "tests/rank/test_cohesion.py": (
        *("statement_words", "chain_sentences", "keep_context"),
        *("name_capital", "name_together", "name_in_full", "half_told"),
    ),
    "tests/encoders/test_encoders.py": (
        *("unlike_cosine", "unlike_cosine_of_few", "unlike_sentences"),
    ),
    "tests/rank/test_concepts.py": (
        *("position_base", "position_decay"),
        *("head_sentences", "head_characters", "head_report_words"),
    ),
    "tests/rank/test_documents.py": (
        *("shingle_words", "copied_share", "common_shingle", "stop_word_share", "subject_cosine"),
        *("off_topic_documents", "off_topic_words", "off_topic_likeness", "off_topic_word_weight"),
        *("unrelated_words", "unrelated_meaning", "opening_sentences"),
    ),
    "tests/rank/test_select.py": (
        *(
            "unfit_loss",
            "enough_share",
            "least_worth",
            "pool_sentences",
            "pool_budgets",
            "open_first",
            "full_share",
        ),
        *("exchanges", "exchange_partners"),
    ),
    "tests/rank/test_sentences.py": (
        *("lexical_dimensions", "cluster_cosine", "cover_floor", "latest_gain", "latest_sentences"),
        *("contained_share", "notice_odds"),
    ),
    "tests/rank/test_days.py": (
        *("early", "days_after", "late_days", "burst_days", "before_days", "days_root"),
        *("most_words", "told_cosine", "_WEIGHTIEST", "_MONTH"),
    ),
    "tests/test_timelines.py": ("naming_factor",),
    "tests/rank/test_fitness.py": (
        "unfit",
        "context_unfit",
        "FEW_WORDS",
        "FIRST_WORDS",
        "LEAST_CHANCE",
    ),
    "tests/rank/test_order.py": ("latest_days",),
    "tests/subject/test_prepared.py": ("once", "once_alike"),
    "tests/rank/test_explain.py": ("phrases", "phrase_concepts"),
    "tests/test_pipeline.py": ("most_embedded",),
}


@dataclass(frozen=True, slots=True)
class Constant:
    """A number of the source.

    :param name: What it is called there, with its place in a tuple.
    :param file: The module, from the folder of the package.
    :param line: Its line, from 1.
    :param start: The offset of its first byte in the line.
    :param end: The offset behind its last byte.
    :param value: The number.
    :param group: The class of settings that it is a field of; an empty string for others.
    """

    name: str
    file: str
    line: int
    start: int
    end: int
    value: float
    group: str = ""

    @property
    def label(self) -> str:
        """Its name with its module."""
        module = self.file.removesuffix(".py").replace("/", ".")
        return ".".join(part for part in (module, self.group, self.name) if part)

    @property
    def nearest(self) -> tuple[str, ...]:
        """The tests that are run, the likeliest to fail first."""
        name = self.name.split("[")[0]
        files = NEAREST.get(self.group) or NEAREST[self.file.split("/")[0].removesuffix(".py")]
        return tuple(sorted(files, key=lambda file: name not in LIKELIEST.get(file, ())))

    def mutants(self) -> Iterator[float]:
        """Yield other values for it."""
        if isinstance(self.value, bool):
            yield not self.value
        elif isinstance(self.value, int) and abs(self.value) < LARGE:
            yield from (self.value + step for step in STEPS)
        elif isinstance(self.value, int):
            yield from (int(self.value * factor) for factor in FACTORS)
        else:
            yield from (round(self.value * factor, 12) for factor in FACTORS)

    def mutate(self, source: bytes, value: float) -> bytes:
        """Return the source of its module with another value."""
        lines = source.splitlines(keepends=True)
        line = lines[self.line - 1]
        lines[self.line - 1] = line[: self.start] + repr(value).encode() + line[self.end :]
        return b"".join(lines)


def find_constants() -> list[Constant]:
    """Return the numbers that are changed."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        body = ast.parse(path.read_text(encoding="utf-8")).body
        if file.split("/")[0].removesuffix(".py") in NEAREST:
            found += [one for node in body for one in _assigned(node, file)]
        for node in body:
            # The settings may be of several classes, each beside what it is for.
            if isinstance(node, ast.ClassDef) and node.name.endswith("Settings"):
                found += [
                    replace(one, group=node.name)
                    for field in node.body
                    for one in _assigned(field, file)
                ]
    return [one for one in found if one.name.split("[")[0] not in MEMORY]


def _assigned(node: ast.stmt, file: str) -> Iterator[Constant]:
    """Yield the numbers that a statement gives to a name."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        name, value = node.targets[0].id, node.value
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        name, value = node.target.id, node.value
    else:
        return
    parts = value.elts if isinstance(value, ast.Tuple) else [value]
    for place, part in enumerate(parts):
        number = part.operand if isinstance(part, ast.UnaryOp) else part
        if isinstance(number, ast.Constant) and isinstance(number.value, bool | int | float):
            assert number.end_col_offset is not None
            called = f"{name}[{place}]" if isinstance(value, ast.Tuple) else name
            span = number.lineno, number.col_offset, number.end_col_offset
            yield Constant(called, file, *span, number.value)


class WithoutHypothesis:
    """A plugin of pytest that leaves out tests of drawn examples: closed forms find more, sooner."""

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Keep the other tests."""
        items[:] = [one for one in items if not getattr(one.obj, "is_hypothesis_test", False)]


def run_tests(folder: str, files: tuple[str, ...]) -> None:
    """Run tests of this project with the package of a folder; exit as pytest does."""
    import pytest

    sys.path.insert(0, folder)
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(folder, "compiled"))
    import summarizer

    assert summarizer.__file__ is not None
    assert summarizer.__file__.startswith(folder)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(Path(folder, "hypothesis"))
    os.chdir(ROOT)
    with Path(folder, "output").open("w") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
        # The processes have loaded hypothesis before pytest could rewrite it, which it need not.
        loaded = "ignore:Module already imported so cannot be rewritten"
        options = ["-x", "-q", "-W", loaded, "-p", "no:cacheprovider"]
        # Each file alone, so that what one finds need not wait for the others to be loaded.
        sys.exit(
            next((1 for file in files if pytest.main([*options, file], [WithoutHypothesis()])), 0)
        )


class Laboratory:
    """A copy of the package, and processes that have loaded what all tests need."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._seconds: dict[frozenset[str], float] = {}
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(LOADED)
        shutil.copytree(
            PACKAGE, Path(folder, "summarizer"), ignore=shutil.ignore_patterns("__pycache__")
        )
        Path(folder, "models").symlink_to(ROOT / "models")

    def passes(self, files: tuple[str, ...]) -> bool:
        """Tell whether tests pass in time; the first time, they may take any."""
        begun = time.monotonic()
        process = self._context.Process(target=run_tests, args=(self._folder, files))
        process.start()
        process.join(self._seconds.get(frozenset(files)))
        if process.is_alive():
            process.kill()
            process.join()
        self._seconds.setdefault(frozenset(files), PATIENCE * (time.monotonic() - begun))
        return process.exitcode == 0

    def survives(self, constant: Constant, value: float) -> bool:
        """Tell whether no test notices another value of a constant."""
        module = Path(self._folder, "summarizer", constant.file)
        source = module.read_bytes()
        try:
            self._write(module, constant.mutate(source, value))
            return self.passes(constant.nearest)
        finally:
            self._write(module, source)

    def _write(self, module: Path, source: bytes) -> None:
        module.write_bytes(source)
        # What was compiled is known by size and second alone.
        for compiled in Path(self._folder, "compiled").rglob(f"{module.stem}.*"):
            compiled.unlink()


def main(names: list[str]) -> int:
    """Change each constant, or those of some names, and report what no test notices."""
    constants = [
        one
        for one in find_constants()
        if not names or any(one.label.startswith(name) or one.name == name for name in names)
    ]
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        laboratory = Laboratory(folder)
        for files in {frozenset(one.nearest): one.nearest for one in constants}.values():
            if not laboratory.passes(files):
                print(f"fails without any change: {' '.join(files)}", file=sys.stderr)
                print(Path(folder, "output").read_text(), file=sys.stderr)
                return 2
        for constant in constants:
            for value in constant.mutants():
                begun = time.monotonic()
                survived = laboratory.survives(constant, value)
                survivors += survived
                told = "SURVIVES" if survived else "killed"
                took = time.monotonic() - begun
                print(
                    f"{told:8} {constant.label} {constant.value!r} -> {value!r} ({took:.0f} s)",
                    flush=True,
                )
    print(f"{survivors} survive")
    return min(survivors, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
