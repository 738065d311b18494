"""Forks while other threads summarize, for longer and with a model in C; many clients at once."""

import pytest

from benchmarks import load

from ..test_load import fork_while_summarizing


@pytest.mark.parametrize("model", ["static", "minilm"])
def test_forks_while_others_summarize(model: str) -> None:
    fork_while_summarizing(model, 30)


def test_fifty_clients_get_answers_for_a_minute() -> None:
    assert load.main(["--clients", "50", "--seconds", "60"]) == 0
