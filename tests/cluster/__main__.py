"""``python -m tests.cluster``: try a Ray cluster and S3, or say what is missing for that."""

import importlib.util
import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    missing = [name for name in ("ray", "moto", "s3fs") if not importlib.util.find_spec(name)]
    if missing:
        needed = ", ".join(missing)
        sys.exit(f"make cluster: not installed: {needed}: pip install '.[ray,cluster]'")
    sys.exit(pytest.main([str(Path(__file__).parent), "-W", "default"]))
