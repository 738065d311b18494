"""Any sentence-transformers model."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import EncoderError


class SentenceTransformerEncoder:
    """A sentence-transformers model, run on the CPU in float32.

    :param name_or_path: A folder or a hub name.
    :param name: What the signature of a summary calls the model.
    :param batch_size: How many sentences the model sees at once.
    :raises EncoderError: If the model cannot be loaded.
    """

    def __init__(self, name_or_path: str, name: str, batch_size: int = 32) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        self.name = name
        self.batch_size = batch_size
        local = Path(name_or_path).is_dir()
        try:
            with _quiet():
                self._model = SentenceTransformer(
                    name_or_path,
                    device="cpu",
                    local_files_only=local,
                    trust_remote_code=False,
                    model_kwargs={"dtype": torch.float32, "use_safetensors": True},
                )
        except Exception as error:
            reason = (
                "its files are not a sentence-transformers model with safetensors weights"
                if local
                else "it is not on this machine and the hub did not give it; name a folder instead"
            )
            raise EncoderError(f"{name_or_path}: cannot be loaded: {reason}") from error

    def encode(self, sentences: list[str], /) -> npt.NDArray[np.float32]:
        """Embed sentences.

        :param sentences: n texts; what exceeds the model's maximum length is not seen.
        :return: (n, d) float32 rows of length 1.
        """
        vectors = self._model.encode(
            sentences,
            batch_size=self.batch_size,
            show_progress_bar=False,
            normalize_embeddings=True,
            convert_to_numpy=True,
        )
        return np.asarray(vectors, dtype=np.float32)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the bars that transformers draws while it loads from standard error."""
    from transformers.utils import logging as transformers_logging

    logging: Any = transformers_logging
    enabled = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if enabled:
            logging.enable_progress_bar()
