"""The models: static ones and transformers that are shipped, and any of sentence-transformers."""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import EncoderError
from ..text.table import Vectors, unit_rows

_BATCH = 1024
# The tokens of this many words are kept, none as long as most sentences of a script without blanks.
_MOST_KNOWN = 1 << 17
_LONGEST_KNOWN = 16
# What all-MiniLM-L6-v2 was trained to see; the multilingual model would take any number.
_MOST_TOKENS = 256
# A batch holds this many tokens, of few long sentences or many short ones, padded by at most this.
_BATCH_TOKENS = 1024
_PADDED = 1.1
_HUB_SECONDS = 5


class StaticEncoder:
    """A static model, the mean of one vector a token: many times as fast as a transformer.

    Its folder has ``model.safetensors`` and ``tokenizer.json``, which were checked before.
    """

    def __init__(self, folder: Path, name: str) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self.name = name
        tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self.tokens = Tokens(tokenizer)
        weights = load_file(folder / "model.safetensors")
        self._rows: npt.NDArray[np.float16] = weights["embeddings"]
        self._scale: Vectors = weights["weights"]

    def encode(self, sentences: list[str], /) -> Vectors:
        """Return (n, d) float32 rows of length 1; zeros for a text without a known token."""
        vectors = np.zeros((len(sentences), self._rows.shape[1]), dtype=np.float32)
        for start in range(0, len(sentences), _BATCH):
            batch = sentences[start : start + _BATCH]
            tokens = [self.tokens.of(sentence) for sentence in batch]
            flat = np.fromiter(chain.from_iterable(tokens), dtype=np.intp)
            used, place = np.unique(flat, return_inverse=True)
            terms = self._rows[used].astype(np.float32) * self._scale[used, None]
            end = 0
            # One sum a sentence stays in the processor's cache; a single reduceat does not.
            for row, ids in enumerate(tokens, start):
                begin, end = end, end + len(ids)
                np.add.reduce(terms.take(place[begin:end], axis=0), axis=0, out=vectors[row])
        return unit_rows(vectors)

    def weight(self, word: str) -> float:
        """Return how much the weightiest token of a word counts in the sum; 0 without one."""
        return float(self._scale[self.tokens.of(word)].max(initial=0.0))


class Tokens(dict[str, list[int]]):
    """The tokens of each word between blanks; no token of the shipped model reaches over one."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer

    def of(self, text: str) -> list[int]:
        """Return the tokens of a text."""
        return list(chain.from_iterable(map(self.__getitem__, text.split(" "))))

    def __missing__(self, word: str) -> list[int]:
        ids: list[int] = self.tokenizer.encode(word, add_special_tokens=False).ids
        if len(word) <= _LONGEST_KNOWN:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[word] = ids
        return ids


class OnnxEncoder:
    """A transformer run by onnxruntime: ready in a fraction of a second, without torch.

    Its folder has ``model.onnx`` and ``tokenizer.json``, which were checked before.
    """

    def __init__(self, folder: Path, name: str) -> None:
        # Read when it is loaded: without it, onnxruntime looks up a host of its makers.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        import onnxruntime
        from tokenizers import Tokenizer

        self.name = name
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        # 0 is one a core; onnxruntime does not look at the variable that all others obey.
        threads = os.environ.get("OMP_NUM_THREADS", "")
        options.intra_op_num_threads = int(threads) if threads.isdecimal() else 0
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._width: int = self._session.get_outputs()[0].shape[1]

    def encode(self, sentences: list[str], /) -> Vectors:
        """Return (n, d) float32 rows of length 1; what exceeds 256 tokens is not seen.

        Sentences of like length go together, which saves padding.
        """
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(sentences)]
        order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
        vectors = np.zeros((len(tokens), self._width), dtype=np.float32)
        for rows in _batches(order, [len(tokens[row]) for row in order]):
            vectors[rows] = self._run([tokens[row] for row in rows])
        return vectors

    def _run(self, tokens: list[list[int]]) -> Vectors:
        longest = max(map(len, tokens))
        ids = np.zeros((len(tokens), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, sentence in enumerate(tokens):
            ids[row, : len(sentence)] = sentence
            mask[row, : len(sentence)] = 1
        given = {"input_ids": ids, "attention_mask": mask}
        (vectors,) = self._session.run(["sentence_embedding"], given)
        return np.asarray(vectors, dtype=np.float32)


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Cut rows in ascending order of length into batches of about one length."""
    start = 0
    for end, length in enumerate(lengths):
        full = length * (end - start + 1) > _BATCH_TOKENS
        if end > start and (full or length > _PADDED * lengths[start] + 1):
            yield list(order[start:end])
            start = end
    if start < len(order):
        yield list(order[start:])


class SentenceTransformerEncoder:
    """Any sentence-transformers model, in a folder or of the hub, on the CPU in float32."""

    def __init__(self, name_or_path: str, name: str) -> None:
        self.name = name
        local = os.path.isdir(name_or_path)  # noqa: PTH112 (False, not an error, for no path)
        try:
            with _quiet():
                self._model = _load(name_or_path, local=local)
        except Exception as error:
            reason = (
                "its files are not a sentence-transformers model with safetensors weights"
                if local
                else "it is neither a shipped model nor a folder, and the hub did not give it; "
                "name a folder that holds the model"
            )
            raise EncoderError(f"{name_or_path}: cannot be loaded: {reason}") from error

    def encode(self, sentences: list[str], /) -> Vectors:
        """Return (n, d) float32 rows of length 1; what exceeds the model's length is not seen."""
        vectors = self._model.encode(
            sentences,
            show_progress_bar=False,
            normalize_embeddings=True,
            convert_to_numpy=True,
        )
        return np.asarray(vectors, dtype=np.float32)


def _load(name: str, *, local: bool) -> Any:
    """Load a model from a folder, or one of the hub that is downloaded unless it was before."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import huggingface_hub
    import torch
    from sentence_transformers import SentenceTransformer

    load = partial(
        SentenceTransformer,
        name,
        device="cpu",
        trust_remote_code=False,
        model_kwargs={"dtype": torch.float32, "use_safetensors": True},
    )
    try:
        return load(local_files_only=True)
    except Exception:
        if local:
            raise
        # One short question first: without network a download retries for over a minute.
        owned = name if "/" in name else f"sentence-transformers/{name}"
        huggingface_hub.model_info(owned, timeout=_HUB_SECONDS)
        return load(local_files_only=False)


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
