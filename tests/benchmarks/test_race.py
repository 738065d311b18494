"""Two systems, timed in turn on the same topics."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from benchmarks.corpora import read_topics
from benchmarks.race import main, race
from benchmarks.running import Settings, pose
from benchmarks.systems import SYSTEMS, System

from .test_benchmarks import TINY


def test_each_topic_but_the_first_two_is_timed_by_both() -> None:
    problems = [pose(topic, Settings(30)) for topic in read_topics(TINY)]
    spent = race([SYSTEMS["summarizer"], SYSTEMS["lead"]], [*problems, *problems])
    assert len(spent) == 2 * len(problems) - 2
    # A summary takes longer than the beginning of a text.
    assert all(ours > lead > 0 for ours, lead in spent)


def test_ratio_is_printed(tmp_path: Path) -> None:
    corpus = tmp_path / "three.jsonl"
    first = TINY.read_text(encoding="utf-8").splitlines()[0]
    corpus.write_text("\n".join(first.replace('"id": "', f'"id": "{n}', 1) for n in range(3)))
    found = CliRunner().invoke(main, [str(corpus), "--words", "30", "--against", "lead"])
    assert found.exit_code == 0, found.output
    ours, lead, ratio = found.output.splitlines()
    assert ours.startswith("summarizer: ")
    assert lead.startswith("lead: ")
    assert float(ratio.removeprefix("ratio ")) > 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--system", "nobody"], "nobody: no such system; there are summarizer, "),
        (["--topics", "2"], "Invalid value for '--topics'"),
    ],
)
def test_what_cannot_be_timed_is_one_line(options: list[str], message: str) -> None:
    found = CliRunner().invoke(main, [str(TINY), *options])
    assert found.exit_code != 0
    assert message in found.output


def test_system_that_fails_is_told() -> None:
    problems = [pose(topic, Settings(1)) for topic in read_topics(TINY)]
    with pytest.raises(click.ClickException, match="is not answered"):
        race([SYSTEMS["lead"]], problems)
    missing = System("gone", "peer", "gone", ())
    with pytest.raises(click.ClickException, match="gone: is not installed: run `make peers`"):
        race([missing], problems)
