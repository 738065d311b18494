"""Fixtures of several test files: encoders and the example sources."""

import pytest
from hypothesis import HealthCheck, settings

from summarizer import Documents, Encoder, load_encoder, read

from .builders import EXAMPLE, WordEncoder

# The same examples on every run, and however slow the machine is.
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def words() -> Encoder:
    return WordEncoder()


@pytest.fixture(scope="session")
def minilm() -> Encoder:
    return load_encoder("minilm")


@pytest.fixture(scope="session")
def static() -> Encoder:
    return load_encoder("static")


@pytest.fixture(scope="session")
def example() -> Documents:
    return read([EXAMPLE])
