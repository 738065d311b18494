"""The documents show what the commands beside them print; their outputs are golden files."""

import json
import re
from typing import Any

import pytest

import summarizer

from .builders import DOCUMENTS, README, ROOT, blocks, output_of

BLOCKS = blocks()


def test_the_main_commands_are_shown() -> None:
    assert len(BLOCKS) >= 4
    assert any("--help" in command for command, _ in BLOCKS)


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_output_is_current(command: str, shown: str) -> None:
    printed = output_of(command)
    if "--format json" in command or (
        command.startswith("summarize each") and "--help" not in command
    ):
        # Another machine may round the last digit of a cosine the other way.
        assert _rounded(printed) == _rounded(shown)
    else:
        assert printed == shown


def _rounded(text: str) -> object:
    lines = [text] if text.startswith("{\n") else text.splitlines()
    return [json.loads(line, parse_float=lambda number: round(float(number), 2)) for line in lines]


def examples() -> list[tuple[str, str]]:
    """Return each Python example of the documents with the name of its file."""
    return [
        (
            path.name,
            "\n".join(re.findall(r"```python\n(.*?)```", path.read_text("utf-8"), re.DOTALL)),
        )
        for path in DOCUMENTS
        # Those of many.md need a cluster, those of integrations.md an environment of their own.
        if "```python" in path.read_text("utf-8")
        and path.name not in {"many.md", "integrations.md"}
    ]


@pytest.mark.parametrize(("name", "code"), examples(), ids=[name for name, _ in examples()])
def test_library_examples_run(name: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(README.parent)
    shown: dict[str, Any] = {}
    exec(compile(code, name, "exec"), shown)
    assert shown


def test_the_readme_is_short_and_leads_to_every_document() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.encode()) <= 8 * 1024
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    # What a page of the index names in a hidden list of its own, Sphinx finds or complains about.
    own = {"index", "results"}
    for name in {path.stem for path in DOCUMENTS[1:]} - own:
        assert f"docs/{name}.md" in text or f"\n{name}\n" in index
    assert "docs/index.md" in text


def test_the_reference_names_all_that_is_public() -> None:
    reference = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\.\. auto\w+:: (\w+)$", reference, re.MULTILINE))
    assert documented == set(summarizer.__all__) - {"__version__"}
