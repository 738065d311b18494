"""What is loaded when."""

import subprocess
import sys

import pytest

RUN = "from summarizer import summarize; summarize(['The mayor closed the old bridge.'])"


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        (
            "import summarizer.cli.commands",
            {"numpy", "ray", "torch", "sentence_transformers", "rich", "jinja2", "starlette"},
        ),
        ("import summarizer", {"numpy", "torch", "sentence_transformers", "click"}),
        (RUN, {"torch", "sentence_transformers", "transformers", "scipy", "rich", "jinja2"}),
    ],
)
def test_heavy_packages_wait_until_they_are_used(code: str, absent: set[str]) -> None:
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert absent.isdisjoint(loaded.stdout.split())
