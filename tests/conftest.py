"""Fixtures of several test files: encoders and the example sources."""

import pytest

from summarizer import Document, Encoder, load_encoder, read

from .builders import EXAMPLE, WordEncoder


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
def example() -> list[Document]:
    return read([EXAMPLE])
