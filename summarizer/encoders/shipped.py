"""The models that travel with the package: static ones, and transformers run by onnxruntime."""

import os
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_BATCH = 1024
# Words are looked up in the tokenizer once: as many as a rich vocabulary has, and none so long as
# most sentences of a script without blanks are.
_MOST_KNOWN = 1 << 17
_LONGEST_KNOWN = 16
# What all-MiniLM-L6-v2 was trained to see; the multilingual model would take any number.
_MOST_TOKENS = 256
# A batch holds this many tokens, of few long sentences or many short ones, and of each at most so
# much padding.
_BATCH_TOKENS = 1024
_PADDED = 1.1


class StaticEncoder:
    """A static model in a folder with ``model.safetensors`` and ``tokenizer.json``.

    :param folder: The folder, with files that were checked before.
    :param name: What the signature of a summary calls the model.
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
        self._scale: npt.NDArray[np.float32] = weights["weights"]

    def encode(self, sentences: list[str], /) -> npt.NDArray[np.float32]:
        """Embed sentences.

        :param sentences: n texts of any length.
        :return: (n, d) float32 rows of length 1; zeros for a text without a known token.
        """
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
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(norms == 0, 1, norms), dtype=np.float32)

    def weight(self, word: str) -> float:
        """Return how much the weightiest token of a word counts in the sum; 0 without one."""
        return float(self._scale[self.tokens.of(word)].max(initial=0.0))


class Tokens(dict[str, list[int]]):
    """The tokens of each word between blanks; no token of the shipped model reaches over one.

    :param tokenizer: What finds them.
    """

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
    """A sentence encoder in a folder with ``model.onnx`` and ``tokenizer.json``.

    :param folder: The folder, with files that were checked before.
    :param name: What the signature of a summary calls the model.
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

    def encode(self, sentences: list[str], /) -> npt.NDArray[np.float32]:
        """Embed sentences, those of like length together, which saves padding.

        :param sentences: n texts; what exceeds 256 tokens is not seen.
        :return: (n, d) float32 rows of length 1; 384 of minilm, 512 of multilingual.
        """
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(sentences)]
        order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
        vectors = np.zeros((len(tokens), self._width), dtype=np.float32)
        for rows in _batches(order, [len(tokens[row]) for row in order]):
            vectors[rows] = self._run([tokens[row] for row in rows])
        return vectors

    def _run(self, tokens: list[list[int]]) -> npt.NDArray[np.float32]:
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
