"""Sentences to unit vectors, by any encoder."""

import os
import re
from collections.abc import Callable, Iterable, Sequence, Set
from functools import cache
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np

from ..errors import EncoderError, SummarizerError
from ..settings import MODEL, EvidenceSettings, Settings
from ..text.assets import SHIPPED, folder_digest, shipped_model
from ..text.language import detect_language
from ..text.table import Vectors, unit_rows
from .models import OnnxEncoder, SentenceTransformerEncoder, StaticEncoder

ENCODERS = ("minilm", "multilingual", "static", "static_multilingual")
_STATIC = ("static", "static_multilingual")
# What static_multilingual knows beside English.
# fmt: off
KNOWN = frozenset({
    "ar", "bg", "ca", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it",
    "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sv", "th", "tr", "uk", "vi", "zh",
})
# fmt: on

# No encoder here looks beyond some hundred tokens; a tokenizer need not walk a megabyte.
_LONGEST = 4000
_CHUNK = 256
_PROBED = 500
_SURROGATE = re.compile(r"[\ud800-\udfff]")

# From n texts to (n, d) unit rows.
Embed = Callable[[Sequence[str]], Vectors]


@runtime_checkable
class Encoder(Protocol):
    """Anything that turns sentences into vectors, such as a ``SentenceTransformer``.

    If it has an attribute ``name`` of type str, the signature of a summary contains it.
    """

    def encode(self, sentences: list[str], /) -> Any:
        """Return one row a sentence, shape (n, d)."""


def load_encoder(name_or_path: str = MODEL) -> Encoder:
    """Load a model; a shipped one once a process.

    :param name_or_path: ``auto``, which is ``static`` or ``static_multilingual``, as the language
        of the documents needs; a shipped model (``minilm``, ``multilingual``, ``static``,
        ``static_multilingual``); a folder that holds a sentence-transformers model; or the name of
        one on the Hugging Face hub, which needs the network.
    :return: An encoder with a ``name``.
    :raises EncoderError: If there is no such model, or its weights are not the recorded ones.
    """
    if not isinstance(name_or_path, str) or not name_or_path:
        raise EncoderError("the model must be a name or a folder")
    if name_or_path == "auto":
        return ByLanguage()
    if name_or_path in ENCODERS:
        return _shipped(name_or_path)
    name = name_or_path
    if os.path.isdir(name_or_path):  # noqa: PTH112 (False, not an error, for what is not a path)
        if not Path(name_or_path, "modules.json").exists():
            raise EncoderError(f"{name_or_path}: holds no sentence-transformers model")
        name = f"{name_or_path}@{folder_digest(Path(name_or_path))[:12]}"
    elif name_or_path.count("/") > 1 or name_or_path.startswith((".", "/", "~")):
        raise EncoderError(f"{name_or_path}: there is no such folder")
    return SentenceTransformerEncoder(name_or_path, name)


@cache
def _shipped(model: str) -> Encoder:
    folder, weights = shipped_model(model)
    name = f"{model}@{weights[:12]}"
    return (StaticEncoder if model in _STATIC else OnnxEncoder)(folder, name)


def word_weight(word: str) -> float:
    """Return how much a case-folded English word tells, by ``static``: "of" 0.1, "young" 1."""
    static = _shipped("static")
    assert isinstance(static, StaticEncoder)
    return static.weight(word)


class ByLanguage:
    """``auto``: the static model that knows the language of texts, loaded once it is needed.

    Vectors of two calls may be of different models; ``Encoders`` settles which it is.
    """

    def __init__(self) -> None:
        models = (f"{model}@{next(iter(SHIPPED[model].values()))[:12]}" for model in _STATIC)
        self.name = f"auto ({' or '.join(models)})"

    def among(self, languages: Iterable[str]) -> Encoder:
        """Return ``static`` where none is known but English; else ``static_multilingual``."""
        return _shipped(_STATIC[not KNOWN.isdisjoint(languages)])

    def encode(self, sentences: list[str], /) -> Any:
        """Embed sentences by the model for the language of all of them together."""
        return self.among([detect_language("\n".join(sentences))]).encode(sentences)


class Embedder:
    """Embeds sentences for one run, each different one once."""

    def __init__(
        self, encoder: Encoder, progress: Callable[[int, int], None] | None = None
    ) -> None:
        self.encoder = encoder
        self._progress = progress
        self._known: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Return (n, d) float32 rows of length 1, as ``embed`` does."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new or not texts:
            vectors = embed(self.encoder, new, self._progress)
            self._known.update(zip(new, vectors, strict=True))
            if len(new) == len(texts):
                return vectors
        return np.stack([self._known[text] for text in texts])


def model_name(encoder: Encoder) -> str:
    """Return the name of a shipped model, without the hash of its weights."""
    return str(getattr(encoder, "name", "")).split("@")[0]


class Encoders:
    """The encoders of one run, by what each is for; they are loaded when first needed.

    :param encoder: The one asked for, as ``load_encoder`` takes or returns it.
    :param languages: The codes of the languages of the sentences.
    :param progress: Called by ``own`` with the number of texts done and their total.
    """

    def __init__(
        self,
        encoder: Encoder | str,
        languages: Set[str],
        settings: EvidenceSettings,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        given = load_encoder(encoder) if isinstance(encoder, str) else encoder
        self._languages = languages
        self._translated = settings.translated
        self._embedders: dict[str, Embedder] = {}
        # What compares the sentences that may be quoted.
        self.own = Embedder(
            given.among(languages) if isinstance(given, ByLanguage) else given, progress
        )

    def named(self, model: str) -> Embedder:
        """Return a shipped model."""
        if model == model_name(self.own.encoder):
            return self.own
        if model not in self._embedders:
            self._embedders[model] = Embedder(load_encoder(model))
        return self._embedders[model]

    @property
    def translations(self) -> Embedder:
        """Compares sentences of several languages."""
        return self.named("multilingual")

    def light_and_deep(self, others: Set[str] = frozenset()) -> tuple[Embedder, Embedder]:
        """Return what compares many sentences, and what compares the nearest of them again.

        The second is the encoder of the run, unless that is a static one or for English alone.

        :param others: Further languages of what is compared.
        """
        languages, own = self._languages | others, model_name(self.own.encoder)
        light = self.named(model_name(ByLanguage().among(languages)))
        if own not in ("minilm", *_STATIC):
            return light, self.own
        if model_name(light.encoder) == "static":
            return light, self.named("minilm")
        return light, self.translations if languages <= self._translated else light


def embed(
    encoder: Encoder,
    sentences: Sequence[str],
    progress: Callable[[int, int], None] | None = None,
) -> Vectors:
    """Embed sentences, each different one once.

    The encoder sees them in an order of their own, so that neither the order of files nor a
    repeated sentence moves a vector by a rounding error.

    :param progress: Called with the number of texts done and their total.
    :return: (n, d) float32 rows of length 1; a row of zeros where the encoder gave zeros.
    :raises EncoderError: If the encoder does not return one finite row a sentence.
    """
    seen = [
        text[:_LONGEST] if text.isascii() else _SURROGATE.sub("\ufffd", text[:_LONGEST])
        for text in sentences
    ]
    unique = sorted(set(seen), key=lambda text: (len(text), text))
    chunks: list[Vectors] = []
    for start in range(0, len(unique), _CHUNK):
        chunk = unique[start : start + _CHUNK]
        chunks.append(_encode(encoder, chunk))
        if progress:
            progress(start + len(chunk), len(unique))
    if len({chunk.shape[1] for chunk in chunks}) > 1:
        raise EncoderError("the encoder returned vectors of different lengths")
    vectors = np.concatenate(chunks) if chunks else np.zeros((0, 1), np.float32)
    row = {text: number for number, text in enumerate(unique)}
    return unit_rows(vectors)[[row[text] for text in seen]]


def tells_apart(vectors: Vectors, settings: Settings) -> bool:
    """Return whether an encoder knows the language of sentences.

    One that does not gives nearly the same vector to all of them, or none.

    :param vectors: (n, d) float32 unit rows, of zeros where there is no vector.
    :return: False where even the tenth of the pairs that differ most are near, or all are zeros.
    """
    probed = vectors[:: len(vectors) // _PROBED + 1]
    if len(probed) < 2 or not probed.any():
        return bool(probed.any())
    pairs = (probed @ probed.T)[~np.tri(len(probed), dtype=bool)]
    many = len(probed) >= settings.unlike_sentences
    least = settings.unlike_cosine if many else settings.unlike_cosine_of_few
    return float(np.quantile(pairs, 0.1)) < least


def _encode(encoder: Encoder, sentences: list[str]) -> Vectors:
    expected = len(sentences)
    try:
        rows = encoder.encode(sentences)
    except SummarizerError:
        raise
    except Exception as error:
        raise EncoderError(f"the encoder failed: {error}") from error
    try:
        vectors = np.array(rows, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise EncoderError("the encoder returned what are not vectors of numbers") from error
    if vectors.ndim != 2 or len(vectors) != expected:
        raise EncoderError(
            f"the encoder returned shape {vectors.shape} for {expected} sentences; "
            f"it must return ({expected}, d)"
        )
    if not np.isfinite(vectors).all():
        raise EncoderError("the encoder returned a vector that is not finite")
    return vectors
