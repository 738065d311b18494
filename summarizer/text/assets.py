"""The models that travel with the installation, and the proof that their files are intact."""

import hashlib
import json
import os
from collections import defaultdict
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from ..errors import EncoderError


def _recorded() -> dict[str, dict[str, str]]:
    """Return the sha256 of every file of each model that is loaded, its weights first."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    # As ``sha256sum --check`` reads it.
    for line in Path(__file__).with_name("models.sha256").read_text("ascii").splitlines():
        digest, path = line.split()
        found[PurePath(path).parent.name][PurePath(path).name] = digest
    return dict(found)


SHIPPED = _recorded()


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
