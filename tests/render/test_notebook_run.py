"""A notebook, run from its first cell to its last by a kernel of its own."""

import html
import json
import re
import sys
from pathlib import Path
from typing import Any

import html5lib
import nbformat
import pytest
from nbclient import NotebookClient

from summarizer import read, summarize

from ..builders import ROOT

SUMMARIZE = "summary = summarize(read(['examples/moon_landing']), words=60)\nsummary"
CELLS = (f"from summarizer import read, summarize\n{SUMMARIZE}", "summary.to_pandas()", "1 / 0")


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Run the cells; jupyter's own files stay out of the home folder."""
    folder = tmp_path_factory.mktemp("jupyter")
    kernel = folder / "kernels" / "own"
    kernel.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": command, "display_name": "own", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec))
    blank: dict[str, Any] = {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    written = [{**blank, "id": f"c{number}", "source": cell} for number, cell in enumerate(CELLS)]
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": written}
    notebook = nbformat.from_dict(whole)  # type: ignore[no-untyped-call, unused-ignore]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        patch.setenv("JUPYTER_RUNTIME_DIR", str(folder / "runtime"))
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        patch.setenv("JUPYTER_PLATFORM_DIRS", "1")
        NotebookClient(
            notebook,
            timeout=300,
            allow_errors=True,
            kernel_name="own",
            resources={"metadata": {"path": str(ROOT)}},
        ).execute()
    nbformat.validate(notebook)
    found: list[Any] = notebook.cells
    return found


def shown(cell: Any) -> dict[str, str]:
    (output,) = [output for output in cell.outputs if output.output_type == "execute_result"]
    return dict(output.data)


def words_of(markup: str) -> list[str]:
    return html.unescape(re.sub("<[^>]*>", " ", markup)).split()


def test_cell_shows_the_summary(cells: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    summary = summarize(read([Path("examples/moon_landing")]), words=60)
    found = shown(cells[0])
    assert found["text/html"] == summary._repr_html_()
    assert found["text/markdown"] == summary.to_markdown()
    html5lib.HTMLParser(strict=True).parseFragment(found["text/html"])
    for quote in summary.sentences:
        text = " ".join(quote.text.split())
        assert f"<bdi>{html.escape(text)}</bdi>" in found["text/html"]
        assert f"{text}[^{quote.source}]" in found["text/markdown"]
    assert words_of(found["text/html"]) == str(summary).split()
    assert not [output for output in cells[0].outputs if output.output_type == "stream"]


def test_cell_shows_the_table(cells: list[Any]) -> None:
    found = shown(cells[1])
    assert "<table" in found["text/html"]
    header = re.findall("<th>(.*?)</th>", found["text/html"].split("</thead>")[0])
    assert header == [
        *("", "text", "source", "where", "title", "author", "site", "date", "path", "url"),
        *("start", "end", "index", "score", "agreeing", "partly", "differing", "copies"),
    ]
    rows = re.findall("<tr>(.*?)</tr>", found["text/html"].split("<tbody>")[1], re.DOTALL)
    summary = summarize(read([ROOT / "examples" / "moon_landing"]), words=60)
    assert len(rows) == len(summary.sentences)
    for row, quote in zip(rows, summary.sentences, strict=True):
        assert f"<td>{quote.source}</td>" in row
        assert quote.where in row


def test_errors_would_be_seen(cells: list[Any]) -> None:
    assert [output.output_type for output in cells[2].outputs] == ["error"]
