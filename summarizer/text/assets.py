"""The models that travel with the installation, and the proof that their files are intact."""

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import EncoderError

# The sha256 of the weights of models that are kept as JSON, as their cards record them.
_WEIGHTS = {
    "evidence": "81b1b762a1f5fa842b64653640eea7bdc3826ab09dc101ed0fee585eb0fb8bf7",
    "boilerplate": "a8110fa7907e1c72611c6abee70c5b4038fa7b0c5c5dac31771d38ad31cf0d4d",
    "salience": "8c136c9b79e908de04111c4fabd46296b2fde8e92f952700e003e70969a85f47",
    "days": "c33cb87d78803073e5ca24c4c473e52cea4c66d9f6c3127d61de89c809c32d24",
    "context": "0ca33635dc3f41c4720349ac691e7afb937c2321c477b79a019c6721787a5108",
    "fitness": "e63bd2b20b794efa08af5ba43b6af10b7c841d7bc21a325dacf36070338cd50d",
    "notices": "2a9a76c22f98275dfa99fe4bd8f4e0d0d1509303a6d6c93f7b88d7b30e5e83a6",
    "sentences": "71be7237273381091924de07fbeb99b8180eb1049e630f146c0f6d6f035351ea",
}
# That of every file of a model that is loaded, its weights first.
SHIPPED = {
    "minilm": {
        "model.safetensors": "553c9ff2a4d968014fb1c66fdb6f2c9dc19b3ac2360ba58a51c69e177e55d765",
        "model.onnx": "a257e5bb6ea0e4b85d14bee84d63f4ec0a6b4193ad87f421b91b43b0db904202",
        "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    },
    "multilingual": {
        "model.safetensors": "e5ce0dd50288aa74f247ef605faa288feda6e8568e9a22b9ccc49de62357a462",
        "model.onnx": "1b37d87ec896462a708c5299cff6277a350b487447265b7800c620d35c6952a8",
        "tokenizer.json": "89c977bee6d20c36f8186ccd3f7c4e2395b2b2ff3a91b6137f193f5a6310f489",
    },
    "static": {
        "model.safetensors": "f86f4b20a4c6f9522371f33d3817ef6547b047e6a0adbcdb8dee28af50fa7021",
        "tokenizer.json": "9114256b104cca80e04367526f03f46aa3c443c2ed174904142a73bbf13b9fbb",
    },
    "static_multilingual": {
        "model.safetensors": "d51dc5d0b73b9210b13767c4e731c778f09bb7d7edc508bf1b40e2af6dbf2b14",
        "tokenizer.json": "f1b5a63493c2542def58b7e973b87ed5b95c7489a59cba15e093780e8d42c68a",
    },
    **{model: {"weights.json": digest} for model, digest in _WEIGHTS.items()},
    "evidence": {
        "weights.json": _WEIGHTS["evidence"],
        "opposites.txt": "7fcfbd2fa674214e1c008ddbb1c9f2b18fb5051b1551b9bef2a61e48d6d2c2f4",
    },
}


@cache
def shipped_model(name: str) -> tuple[Path, str]:
    """Find the folder of a shipped model and check its files, once a process.

    :param name: A key of ``SHIPPED``.
    :return: The folder, and the sha256 of the model's weights in hexadecimal.
    :raises EncoderError: If a file is missing, truncated or changed.
    """
    package = Path(__file__).resolve().parents[1]
    # An installed package holds the models itself; in a checkout they are beside it.
    folders = [package / "models" / name, package.parent / "models" / name]
    folder = next((folder for folder in folders if folder.is_dir()), folders[0])
    for file, recorded in SHIPPED[name].items():
        if not (folder / file).is_file():
            raise EncoderError(f"{folder / file}: is missing; install the package again")
        if sha256(folder / file) != recorded:
            raise EncoderError(f"{folder / file}: was changed or cut; install the package again")
    return folder, next(iter(SHIPPED[name].values()))


@cache
def read_weights(name: str, file: str = "") -> Any:
    """Read once a process the weights of a shipped model, kept as JSON, or of a file instead."""
    path = Path(file) if file else shipped_model(name)[0] / "weights.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path}: cannot be read as weights ({error})") from error


def sha256(file: Path) -> str:
    """Return the sha256 of a file in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def folder_digest(folder: Path) -> str:
    """Hash the names and contents of all files below a folder."""
    digest = hashlib.sha256()
    try:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            digest.update(os.fsencode(file.relative_to(folder)))
            digest.update(f" {sha256(file)}\n".encode())
    except OSError as error:
        reason = f"{error.filename or 'a file'} ({error.strerror})"
        raise EncoderError(f"{folder}: cannot be read: {reason}") from error
    return digest.hexdigest()
