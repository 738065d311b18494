"""Vectors on disk: known ones are not asked for again, and nothing that goes wrong is lost."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from summarizer import load_encoder
from summarizer.encoders import caching
from summarizer.encoders.caching import CachedEncoder

from ..conftest import EXAMPLE


class Counting:
    """An encoder that remembers what it was asked."""

    def __init__(self, width: int = 3) -> None:
        self.asked: list[str] = []
        self.width = width

    def encode(self, sentences: list[str], /) -> npt.NDArray[np.float32]:
        """Return the length of each sentence, several times."""
        self.asked += sentences
        return np.array([[len(s)] * self.width for s in sentences], dtype=np.float32)


def cached(file: Path, encoder: Counting, name: str = "m@1") -> CachedEncoder:
    return CachedEncoder(name, name, lambda: encoder, file)


def test_only_unknown_sentences_are_embedded(tmp_path: Path) -> None:
    file, first, second = tmp_path / "new" / "v.sqlite3", Counting(), Counting()
    cached(file, first).encode(["a", "bb"])
    found = cached(file, second).encode(["ccc", "a", "bb"])
    assert first.asked == ["a", "bb"]
    assert second.asked == ["ccc"]
    assert found.tolist() == [[3.0] * 3, [1.0] * 3, [2.0] * 3]


def test_known_sentences_do_not_load_the_model(tmp_path: Path) -> None:
    file = tmp_path / "v.sqlite3"
    cached(file, Counting()).encode(["a"])

    def load() -> Counting:
        raise AssertionError

    assert CachedEncoder("m", "m@1", load, file).encode(["a"]).tolist() == [[1.0] * 3]


def test_models_do_not_share_vectors(tmp_path: Path) -> None:
    file, other = tmp_path / "v.sqlite3", Counting(5)
    cached(file, Counting()).encode(["a"])
    assert cached(file, other, "m@2").encode(["a"]).shape == (1, 5)


def test_damaged_file_is_made_anew_with_a_note(tmp_path: Path) -> None:
    file = tmp_path / "v.sqlite3"
    cached(file, Counting()).encode([f"sentence {number}" for number in range(500)])
    for damage in (b"no database" * 9000, file.read_bytes()[:3000] + b"\xff" * 9000):
        file.write_bytes(damage)
        encoder = cached(file, Counting())
        assert encoder.encode(["a"]).tolist() == [[1.0] * 3]
        assert encoder.notes == [f"{file}: was damaged and is made anew"]
        again = Counting()
        assert cached(file, again).encode(["a", "b"]).shape == (2, 3)
        assert cached(file, again).encode(["a", "b"]).shape == (2, 3)
        assert len(again.asked) <= 2


@pytest.mark.parametrize("stored", [b"12", b"", "text", np.full(3, np.nan, np.float32).tobytes()])
def test_vectors_that_are_none_are_embedded_again(tmp_path: Path, stored: object) -> None:
    file = tmp_path / "v.sqlite3"
    cached(file, Counting()).encode(["a", "bb"])
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE vectors SET vector = ?", (stored,))
    connection.close()
    assert cached(file, Counting()).encode(["a", "bb"]).tolist() == [[1.0] * 3, [2.0] * 3]
    again = Counting()
    assert cached(file, again).encode(["bb", "a"]).tolist() == [[2.0] * 3, [1.0] * 3]
    assert again.asked == []


def test_vectors_of_another_length_are_embedded_again(tmp_path: Path) -> None:
    file = tmp_path / "v.sqlite3"
    cached(file, Counting(3)).encode(["a"])
    assert cached(file, Counting(4)).encode(["a", "b"]).tolist() == [[1.0] * 4] * 2


def test_what_is_no_vector_is_not_kept(tmp_path: Path) -> None:
    class Broken(Counting):
        def encode(self, sentences: list[str], /) -> npt.NDArray[np.float32]:
            return super().encode(sentences) * np.nan

    file = tmp_path / "v.sqlite3"
    assert np.isnan(cached(file, Broken()).encode(["a"])).all()
    assert cached(file, Counting()).encode(["a"]).tolist() == [[1.0] * 3]


def test_file_that_is_in_use_costs_no_vectors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "v.sqlite3"
    cached(file, Counting()).encode(["a"])
    monkeypatch.setattr(caching, "_PATIENCE", 0.05)
    monkeypatch.setattr(caching, "_today", lambda: 0)
    other = sqlite3.connect(file)
    other.execute("BEGIN IMMEDIATE")
    again = Counting()
    encoder = cached(file, again)
    assert encoder.encode(["a"]).tolist() == [[1.0] * 3]
    assert encoder.encode(["a", "b"]).tolist() == [[1.0] * 3] * 2
    assert again.asked == ["b"]
    assert len(encoder.notes) == 1
    other.close()


def test_folder_that_cannot_be_made_costs_only_the_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    encoder = cached(tmp_path / "file" / "v.sqlite3", Counting())
    assert encoder.encode(["a"]).tolist() == [[1.0] * 3]
    assert len(encoder.notes) == 1
    assert "vectors are not kept" in encoder.notes[0]


def test_size_is_bounded_and_the_newest_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "v.sqlite3"
    monkeypatch.setattr(caching, "MOST_VECTORS", 40)
    cached(file, Counting()).encode([f"old {number}" for number in range(40)])
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE vectors SET used = used - 1")
    connection.close()
    new = [f"new {number}" for number in range(10)]
    cached(file, Counting()).encode(new)
    again = Counting()
    cached(file, again).encode(new)
    assert again.asked == []
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM vectors").fetchone() == (30,)
    connection.close()


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    file = tmp_path / "v.sqlite3"
    code = f"""
import sys
from pathlib import Path
from tests.encoders.test_caching import Counting, cached
for number in range(60):
    encoder = cached(Path({str(file)!r}), Counting())
    encoder.encode([f"{{sys.argv[1]}} {{number}}", f"both {{number}}"])
    assert not encoder.notes, encoder.notes
"""
    running = [subprocess.Popen([sys.executable, "-c", code, name]) for name in ("one", "two")]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    again = Counting()
    names = [f"{name} {number}" for name in ("one", "two", "both") for number in range(60)]
    cached(file, again).encode(names)
    assert again.asked == []


def test_command_embeds_once_whatever_the_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    code = (
        "import sys; from summarizer.cli.main import run; assert run(sys.argv[1:]) == 0;"
        "print('onnxruntime' in sys.modules)"
    )

    def loads(*options: str) -> bool:
        command = [sys.executable, "-c", code, "--model", "minilm", *options, str(EXAMPLE)]
        return subprocess.check_output(command, text=True).endswith("True\n")

    assert loads("--no-cache")
    assert not list(tmp_path.rglob("*.sqlite3"))
    assert loads("--words", "90")
    assert not loads("--words", "120")


def test_fast_and_unnamed_models_are_not_cached() -> None:
    assert not isinstance(load_encoder("static", cache=True), CachedEncoder)
    assert isinstance(load_encoder("minilm", cache=True), CachedEncoder)
