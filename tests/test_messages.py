"""The library's messages name no options of the command."""

import ast
import re
from pathlib import Path

import pytest

from summarizer.cli.commands import summarize

from .builders import ROOT

LIBRARY = [path for path in (ROOT / "summarizer").rglob("*.py") if path.parent.name != "cli"]
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
OPTIONS = {
    name
    for command in (summarize, *summarize.commands.values())
    for parameter in command.params
    for name in parameter.opts
    if name.startswith("--")
}


@pytest.mark.parametrize("path", sorted(LIBRARY), ids=lambda path: str(path.relative_to(ROOT)))
def test_library_names_no_options(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    docs = {ast.get_docstring(n, clean=False) for n in ast.walk(tree) if isinstance(n, DOCUMENTED)}
    named = {
        option
        for text in said
        if isinstance(text, str) and text not in docs
        for option in re.findall(r"--[a-z][a-z-]+", text)
    }
    assert not named & OPTIONS
