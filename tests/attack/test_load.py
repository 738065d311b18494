"""Forks while other threads summarize, for longer and with a model in C."""

import pytest

from ..test_load import fork_while_summarizing


@pytest.mark.parametrize("model", ["static", "minilm"])
def test_forks_while_others_summarize(model: str) -> None:
    fork_while_summarizing(model, 30)
