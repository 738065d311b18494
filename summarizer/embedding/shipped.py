"""The models that travel with the installation, and the proof that their weights are intact."""

import hashlib
from pathlib import Path

from ..errors import EncoderError

# The sha256 of each model's weights, as its model card records it.
SHIPPED = {
    "minilm": "553c9ff2a4d968014fb1c66fdb6f2c9dc19b3ac2360ba58a51c69e177e55d765",
}
WEIGHTS = "model.safetensors"


def shipped_model(name: str) -> tuple[Path, str]:
    """Find the folder of a shipped model and check its weights.

    :param name: A key of ``SHIPPED``.
    :return: The folder and the sha256 of its weights in hexadecimal.
    :raises EncoderError: If the weights are missing, truncated or changed.
    """
    package = Path(__file__).resolve().parent.parent
    # An installed package holds the models itself; in a checkout they are beside it.
    folders = [package / "models" / name, package.parent / "models" / name]
    folder = next((folder for folder in folders if (folder / WEIGHTS).is_file()), None)
    if folder is None:
        raise EncoderError(f"the weights of {name} are missing; install the package again")
    with (folder / WEIGHTS).open("rb") as weights:
        digest = hashlib.file_digest(weights, "sha256").hexdigest()
    if digest != SHIPPED[name]:
        raise EncoderError(
            f"{folder / WEIGHTS}: was changed or truncated; install the package again"
        )
    return folder, digest
