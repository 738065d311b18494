"""What several test files share: encoders and the example sources."""

import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from summarizer import Document, Encoder, load_encoder, read
from summarizer.text.tokens import tokenize

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "moon_landing"
# What generated sentences consist of; the last two subjects point back.
SUBJECTS = [
    "The mayor",
    "A spokesman for the port",
    "The council",
    "Engineers",
    "However, he",
    "It",
]
VERBS = ["closed", "praised", "inspected", "sold", "will rebuild"]
OBJECTS = [
    "the old bridge",
    "12 ferries",
    "the harbour",
    "a new tunnel",
    "its 40 cranes",
    "the plan",
]
ENDS = ["on Monday", "after the storm", "for 3 million euros", "with great care", "in the spring"]


class WordEncoder:
    """An encoder that knows words only: fast enough for thousands of generated documents."""

    name = "words"

    def encode(self, sentences: list[str], /) -> npt.NDArray[np.float32]:
        """Return (n, 64) counts of hashed words."""
        vectors = np.zeros((len(sentences), 64), dtype=np.float32)
        for row, sentence in enumerate(sentences):
            for word in tokenize(sentence):
                vectors[row, zlib.crc32(word.encode()) % 64] += 1
        return vectors


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
