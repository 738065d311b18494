"""``python -m tests.release``: build the wheel and the sdist into dist/, and try them.

The wheel is installed with its dependencies from the index into an empty environment. The tests use
the same functions, but borrow the dependencies of the environment that they run in.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

from summarizer import __version__

from .builders import EXAMPLE, ROOT

_LIBRARY = (
    "import summarizer\n"
    "made = summarizer.summarize(summarizer.read(['docs']), words=40)\n"
    "assert summarizer.Summary.from_json(made.to_json()) == made\n"
    "print(summarizer.__file__)"
)


# Runs hatchling, but packs models in a third of the time, to 2 % more, and the sdist not at all.
_QUICKLY = (
    "import functools, gzip, sys, zlib\n"
    "zlib.Z_DEFAULT_COMPRESSION = 1\n"
    "gzip.GzipFile = functools.partial(gzip.GzipFile, compresslevel=0)\n"
    "from hatchling.cli import hatchling\n"
    "sys.exit(hatchling())"
)


def build(source: Path, target: Path, *, quickly: bool = False) -> tuple[Path, Path]:
    """Build the sdist of a source tree, and the wheel from what is in the sdist.

    :param quickly: Whether to compress little.
    :return: The sdist and the wheel.
    """
    hatchling = [sys.executable, *(("-c", _QUICKLY) if quickly else ("-m", "hatchling")), "build"]
    _run([*hatchling, "-t", "sdist", "-d", target], source)
    (sdist,) = target.glob("*.tar.gz")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, filter="data")
        (unpacked,) = Path(folder).iterdir()
        _run([*hatchling, "-t", "wheel", "-d", target], unpacked)
    (wheel,) = target.glob("*.whl")
    return sdist, wheel


def install(wheel: Path, environment: Path, *, borrow: bool) -> Path:
    """Install a wheel into a new environment.

    :param borrow: Whether to take the dependencies of the running environment instead of the index.
    :return: The folder of its commands.
    """
    venv.create(environment, with_pip=False)
    binaries = environment / "bin"
    options: list[object] = ["--constraint", ROOT / "constraints.txt"]
    if borrow:
        options = ["--no-deps", "--no-index"]
        (packages,) = environment.glob("lib/python*/site-packages")
        borrowed = [path for path in sys.path if path.endswith("site-packages")]
        # A folder named in a .pth file is searched, but no .pth file in it is followed: what is
        # installed there as editable stays out.
        (packages / "borrowed.pth").write_text("\n".join(borrowed) + "\n")
    pip = [sys.executable, "-m", "pip", "--quiet", "--python", binaries / "python", "install"]
    _run([*pip, *options, wheel], ROOT)
    return binaries


def try_out(binaries: Path, folder: Path) -> None:
    """Use an installed command and library in a folder away from the source tree.

    :raises AssertionError: If something is not as it should be.
    """
    shutil.copytree(EXAMPLE, folder / "docs")
    command = binaries / "summarize"
    assert _run([command, "--version"], folder) == f"summarize, version {__version__}\n"
    assert "\nSources\n[" in _run([command, "--words", "60", "docs"], folder)
    _run([command, "--model", "minilm", "--format", "json", "-o", "s.json", "docs"], folder)
    assert "0 moved, 0 changed, 0 missing" in _run([command, "verify", "s.json"], folder)
    (line,) = _run([command, "each", "--words", "40", "."], folder).splitlines()
    assert json.loads(line)["words"] <= 40
    where = _run([binaries / "python", "-c", _LIBRARY], folder).strip()
    assert Path(where).is_relative_to(binaries.parent), where


def _run(command: Sequence[object], folder: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, capture_output=True, text=True, env=environment
    )
    if done.returncode:
        raise AssertionError(f"{' '.join(map(str, command))}: {done.stderr}")
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.parse_args()
    target = ROOT / "dist"
    shutil.rmtree(target, ignore_errors=True)
    sdist, wheel = build(ROOT, target)
    with tempfile.TemporaryDirectory() as folder:
        binaries = install(wheel, Path(folder) / "environment", borrow=False)
        (Path(folder) / "away").mkdir()
        try_out(binaries, Path(folder) / "away")
    for file in (sdist, wheel):
        print(f"{file.relative_to(ROOT)}  {file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
