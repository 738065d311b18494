"""Vectors kept on disk, so that a slow encoder sees each sentence once.

One SQLite file in the user's cache folder. Several processes may use it at once; what goes wrong
with it costs time, never a summary.
"""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import EncoderError

Vectors = npt.NDArray[np.float32]

MOST_VECTORS = 150_000  # of 384 dimensions: a quarter of a gigabyte
_DAY = 86_400
_PATIENCE = 5.0
_VARIABLES = 500
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

    :param name: What the signature of a summary calls the model; it must name its weights, e.g. by
        their sha256, for it is part of the key.
    :param load: Loads the encoder.
    :param file: Where vectors are kept.
    """

    def __init__(self, name: str, load: Callable[[], Any], file: Path) -> None:
        self.name = name
        self.notes: list[str] = []  # what went wrong with the cache, a line each
        self._load = load
        self._file = file
        self._encoder: Any = None

    def encode(self, sentences: list[str], /) -> Any:
        """Embed sentences, known ones from the disk.

        :param sentences: n texts.
        :return: (n, d) float32 rows as the encoder gave them.
        """
        keys = [hashlib.sha256(f"{self.name}\0{s}".encode()).digest() for s in sentences]
        known = self._guarded(lambda: self._read(keys)) or {}
        missing = [row for row, key in enumerate(keys) if key not in known]
        if not missing:
            return np.stack([known[key] for key in keys]) if keys else np.zeros((0, 1), np.float32)
        if self._encoder is None:
            self._encoder = self._load()
        found: Any = self._encoder.encode([sentences[row] for row in missing])
        fresh = np.asarray(found, dtype=np.float32)
        if known and fresh.ndim == 2 and fresh.shape[1] != len(next(iter(known.values()))):
            raise EncoderError(f"{self._file}: holds other vectors for this model; delete the file")
        new = {keys[row]: fresh[place] for place, row in enumerate(missing)}
        self._guarded(lambda: self._write(new))
        return np.stack([known[key] if key in known else new[key] for key in keys])

    def _guarded(self, action: Callable[[], Any]) -> Any:
        """Do something with the file; where that fails, go on without it."""
        try:
            return action()
        except sqlite3.OperationalError as error:
            # Busy, full, or in a folder that may not be written: nothing is wrong with its content.
            self._note(f"{self._file}: vectors are not kept ({error})")
        except sqlite3.DatabaseError:
            self._note(f"{self._file}: was damaged and is made anew")
            for part in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + part).unlink(missing_ok=True)
        except OSError as error:
            self._note(f"{self._file}: vectors are not kept ({error.strerror})")
        return None

    def _note(self, line: str) -> None:
        if line not in self.notes:
            self.notes.append(line)

    def _open(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._file, timeout=_PATIENCE)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(_TABLE)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        today = int(time.time()) // _DAY
        known: dict[bytes, Vectors] = {}
        with closing(self._open()) as connection, connection:
            for start in range(0, len(keys), _VARIABLES):
                part = list(keys[start : start + _VARIABLES])
                marks = ",".join("?" * len(part))
                rows = connection.execute(
                    f"SELECT key, vector, used FROM vectors WHERE key IN ({marks})", part
                ).fetchall()
                known.update((key, np.frombuffer(vector, np.float32)) for key, vector, _ in rows)
                old = [(today, key) for key, _, used in rows if used < today]
                connection.executemany("UPDATE vectors SET used = ? WHERE key = ?", old)
        if len({len(vector) for vector in known.values()}) > 1:
            raise sqlite3.DatabaseError("vectors of different lengths")
        return known

    def _write(self, new: dict[bytes, Vectors]) -> None:
        today = int(time.time()) // _DAY
        with closing(self._open()) as connection, connection:
            connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [(key, vector.tobytes(), today) for key, vector in new.items()],
            )
            (count,) = connection.execute("SELECT count(*) FROM vectors").fetchone()
            if count > MOST_VECTORS:
                # Those unused for longest go first, a quarter at once so that it is rarely done.
                connection.execute(
                    "DELETE FROM vectors WHERE key IN "
                    "(SELECT key FROM vectors ORDER BY used, key LIMIT ?)",
                    (count - MOST_VECTORS * 3 // 4,),
                )
