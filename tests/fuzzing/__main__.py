"""``python -m tests.fuzzing``: damage files of every format, guided by what readers do with them.

By atheris (libFuzzer). A file that a reader breaks on is kept in tests/fuzzing/crashes, where the
tests try it again.
"""

import argparse
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from .targets import CRASHES, TARGETS

_ROOT = Path(__file__).resolve().parents[2]
_SLOW_SECONDS = 20
_MEMORY_MEGABYTES = 3000
_LARGEST = 1 << 16
_SHOWN = 20


def fuzz(name: str, seconds: int) -> list[Path]:
    """Try a reader for a while.

    :param name: A key of ``TARGETS``.
    :param seconds: How long.
    :return: The files that it broke on.
    """
    before = set(CRASHES.glob(f"{name}-*"))
    with TemporaryDirectory() as corpus:
        for number, seed in enumerate(TARGETS[name].seeds):
            Path(corpus, str(number)).write_bytes(seed)
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.fuzzing.run", name, corpus),
                *(f"-max_total_time={seconds}", f"-timeout={_SLOW_SECONDS}"),
                *(f"-rss_limit_mb={_MEMORY_MEGABYTES}", f"-max_len={_LARGEST}"),
                f"-artifact_prefix={CRASHES}/{name}-",
            ],
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    told = done.stdout.decode(errors="replace").splitlines()
    print(f"{name}: {told[-1] if told else 'nothing'}", flush=True)
    found = sorted(set(CRASHES.glob(f"{name}-*")) - before)
    for place, line in enumerate(told):
        if line.lstrip().startswith(("=== Uncaught", "==")):
            print("\n".join(told[place : place + _SHOWN]), flush=True)
            break
    return found


def main() -> int:
    """Try every reader; 1 where one broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=1800, help="in all (default: 1800)")
    given = parser.parse_args()
    if find_spec("atheris") is None:
        print("make fuzz: atheris is not installed: pip install '.[fuzz]'", file=sys.stderr)
        return 1
    names = given.targets or list(TARGETS)
    CRASHES.mkdir(exist_ok=True)
    found = [path for name in names for path in fuzz(name, max(given.seconds // len(names), 1))]
    for path in found:
        print(f"kept {path.relative_to(_ROOT)}", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
