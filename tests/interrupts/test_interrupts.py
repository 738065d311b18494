"""Ten of the moments that ``python -m tests.interrupts`` tries by the hundred, some of them kills."""

import signal

import pytest

from .trial import Stage, Trial, draw

TRIALS = [
    *draw(8, 7, (signal.SIGINT, signal.SIGTERM)),
    *(Trial(workers, "file", signal.SIGKILL, 0.7) for workers in (None, 2)),
]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("interrupts"))


@pytest.mark.parametrize("trial", TRIALS, ids=str)
def test_interrupted_command_ends_and_is_gone_on_with(stage: Stage, trial: Trial) -> None:
    assert not stage.run(trial).faults
