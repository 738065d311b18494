"""Vectors kept on disk, so that a slow encoder sees each sentence once.

One SQLite file in the user's cache folder. Several processes may use it at once; what goes wrong
with it costs time, never a summary.
"""

import contextlib
import hashlib
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

MOST_VECTORS = 150_000  # of 384 dimensions: a quarter of a gigabyte
_DAY = 86_400
_PATIENCE = 5.0
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_TABLE = (
    "CREATE TABLE IF NOT EXISTS vectors "
    "(key BLOB PRIMARY KEY, vector BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"
)


def cache_file() -> Path:
    """Return where vectors are kept, below what the system calls the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("summarizer") / "vectors.sqlite3"


class CachedEncoder:
    """An encoder that is loaded only for sentences whose vectors are not known yet.

    :param name: What the signature of a summary calls the model.
    :param digest: A digest of all that its vectors depend on; with the sentence it is the key.
    :param load: Loads the encoder.
    :param file: Where vectors are kept.
    """

    def __init__(self, name: str, digest: str, load: Callable[[], Any], file: Path) -> None:
        self.name = name
        self.notes: list[str] = []  # what went wrong with the file, a line each
        self._digest = digest
        self._load = load
        self._file: Path | None = file
        self._encoder: Any = None

    def encode(self, sentences: list[str], /) -> Any:
        """Embed sentences, known ones from the disk.

        :param sentences: n texts.
        :return: (n, d) float32 rows as the encoder gave them.
        """
        keys = [hashlib.sha256(f"{self._digest}\0{s}".encode()).digest() for s in sentences]
        known = self._guarded(_read, keys) or {}
        missing = [row for row, key in enumerate(keys) if key not in known]
        if sentences and not missing:
            return np.stack([known[key] for key in keys])
        fresh = self._encode([sentences[row] for row in missing])
        width = fresh.shape[1] if fresh.ndim == 2 and len(fresh) == len(missing) else 0
        if any(len(vector) != width for vector in known.values()):
            return self._encode(sentences)
        new = {keys[row]: fresh[place] for place, row in enumerate(missing)} if width else {}
        if not new or not np.isfinite(fresh).all():
            return fresh  # nothing to keep, and the caller says what is wrong with it
        self._guarded(_write, new)
        return np.stack([known[key] if key in known else new[key] for key in keys])

    def _encode(self, sentences: list[str]) -> Vectors:
        if self._encoder is None:
            self._encoder = self._load()
        found: Any = self._encoder.encode(sentences)
        return np.asarray(found, dtype=np.float32)

    def _guarded(self, action: Callable[[Path, Any], Any], given: Any) -> Any:
        """Read or write the file; where that fails, go on without it."""
        if self._file is None:
            return None
        try:
            return action(self._file, given)
        except (sqlite3.Error, OSError) as error:
            code = getattr(error, "sqlite_errorcode", None)
            if code in _DAMAGED and _put_away(self._file):
                self.notes.append(f"{self._file}: was damaged and is made anew")
            else:
                # Busy, full, or not to be written: nothing is wrong with what it holds.
                self.notes.append(f"{self._file}: vectors are not kept ({error})")
                self._file = None
        return None


def _put_away(file: Path) -> bool:
    try:
        file.replace(file.with_suffix(".damaged"))
    except OSError:
        return False
    return True


def _open(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=_PATIENCE)
    try:
        connection.execute(_TABLE)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _read(file: Path, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    """Return the vectors that are known and sound, and note that they were used today."""
    marks = ",".join("?" * len(keys))
    query = f"SELECT key, vector, used FROM vectors WHERE key IN ({marks})"
    with closing(_open(file)) as connection:
        rows = connection.execute(query, list(keys)).fetchall()
        old = [(_today(), key) for key, _, used in rows if used != _today()]
        with contextlib.suppress(sqlite3.OperationalError), connection:
            connection.executemany("UPDATE vectors SET used = ? WHERE key = ?", old)
    known: dict[bytes, Vectors] = {}
    for key, stored, _ in rows:
        if isinstance(stored, bytes) and stored and len(stored) % 4 == 0:
            vector = np.frombuffer(stored, np.float32)
            if np.isfinite(vector).all():
                known[key] = vector
    return known


def _write(file: Path, new: dict[bytes, Vectors]) -> None:
    with closing(_open(file)) as connection, connection:
        connection.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            [(key, vector.tobytes(), _today()) for key, vector in new.items()],
        )
        (count,) = connection.execute("SELECT count(*) FROM vectors").fetchone()
        if count > MOST_VECTORS:
            # Those unused for longest go first, a quarter at once so that it is rarely done.
            connection.execute(
                "DELETE FROM vectors WHERE key IN "
                "(SELECT key FROM vectors ORDER BY used, key LIMIT ?)",
                (count - MOST_VECTORS * 3 // 4,),
            )


def _today() -> int:
    return int(time.time()) // _DAY
