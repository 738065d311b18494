"""The README shows what the commands beside it print; its outputs are the golden files."""

import json
import re

import pytest

from .builders import README, blocks, output_of

BLOCKS = blocks()


def test_the_main_commands_are_shown() -> None:
    assert len(BLOCKS) >= 4
    assert any("--help" in command for command, _ in BLOCKS)


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_output_is_current(command: str, shown: str) -> None:
    printed = output_of(command)
    if "--format json" in command or "--each" in command:
        # Another machine may round the last digit of a cosine the other way.
        assert _rounded(printed) == _rounded(shown)
    else:
        assert printed == shown


def _rounded(text: str) -> object:
    lines = [text] if text.startswith("{\n") else text.splitlines()
    return [json.loads(line, parse_float=lambda number: round(float(number), 2)) for line in lines]


def test_library_example_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(README.parent)
    exec(compile(code, str(README), "exec"), {})
    assert capsys.readouterr().out == dict(BLOCKS)["summarize --words 150 examples/moon_landing"]
