"""``python -m tests.cluster``: try batches on a Ray cluster, or say what is missing for that."""

import importlib.util
import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    if importlib.util.find_spec("ray") is None:
        sys.exit("make cluster: ray is not installed: pip install '.[ray]'")
    sys.exit(pytest.main([str(Path(__file__).parent), "-W", "default"]))
