"""Any sentence-transformers model."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import EncoderError

_HUB_SECONDS = 5


class SentenceTransformerEncoder:
    """A sentence-transformers model, run on the CPU in float32.

    :param name_or_path: A folder or a hub name.
    :param name: What the signature of a summary calls the model.
    :raises EncoderError: If the model cannot be loaded.
    """

    def __init__(self, name_or_path: str, name: str) -> None:
        self.name = name
        local = os.path.isdir(name_or_path)  # noqa: PTH112 (False, not an error, for no path)
        try:
            with _quiet():
                self._model = _load(name_or_path) if local else _load_from_hub(name_or_path)
        except Exception as error:
            reason = (
                "its files are not a sentence-transformers model with safetensors weights"
                if local
                else "it is neither a shipped model nor a folder, and the hub did not give it; "
                "name a folder that holds the model"
            )
            raise EncoderError(f"{name_or_path}: cannot be loaded: {reason}") from error

    def encode(self, sentences: list[str], /) -> npt.NDArray[np.float32]:
        """Embed sentences.

        :param sentences: n texts; what exceeds the model's maximum length is not seen.
        :return: (n, d) float32 rows of length 1.
        """
        vectors = self._model.encode(
            sentences,
            show_progress_bar=False,
            normalize_embeddings=True,
            convert_to_numpy=True,
        )
        return np.asarray(vectors, dtype=np.float32)


def _load(name: str, *, local: bool = True) -> Any:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import torch
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(
        name,
        device="cpu",
        local_files_only=local,
        trust_remote_code=False,
        model_kwargs={"dtype": torch.float32, "use_safetensors": True},
    )


def _load_from_hub(name: str) -> Any:
    """Load a model that was downloaded before, or download it."""
    import huggingface_hub

    try:
        return _load(name)
    except Exception:
        # One short question first: without network a download retries for over a minute.
        owned = name if "/" in name else f"sentence-transformers/{name}"
        huggingface_hub.model_info(owned, timeout=_HUB_SECONDS)
        return _load(name, local=False)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep bars and retries from standard error; what fails is said in one line by the caller."""
    from transformers.utils import logging as transformers_logging

    bars: Any = transformers_logging
    shown = bars.is_progress_bar_enabled()
    disabled = logging.root.manager.disable
    bars.disable_progress_bar()
    logging.disable(logging.ERROR)
    try:
        yield
    finally:
        logging.disable(disabled)
        if shown:
            bars.enable_progress_bar()
