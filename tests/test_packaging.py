"""The wheel holds all that is needed, and works from another folder."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .builders import EXAMPLE, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "wheel", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", str(target), str(ROOT)], check=True)
    (built,) = target.glob("*.whl")
    return built


def test_wheel_holds_the_package_and_its_models_only(wheel: Path) -> None:
    assert wheel.stat().st_size < 100e6
    names = zipfile.ZipFile(wheel).namelist()
    assert "summarizer/models/minilm/model.safetensors" in names
    assert "summarizer/models/static/model.safetensors" in names
    assert "summarizer/models/salience/weights.json" in names
    assert "summarizer/models/boilerplate/weights.json" in names
    assert "summarizer/models/multilingual/model.safetensors" in names
    assert "summarizer/models/minilm/LICENSE" in names
    assert "summarizer/models/multilingual/LICENSE" in names
    assert "summarizer/models/static/LICENSE" in names
    assert "summarizer/py.typed" in names
    templates = ("page.html", "page.css", "page.js", "fragment.html")
    for name in ("summary.schema.json", *(f"templates/{name}" for name in templates)):
        assert f"summarizer/render/{name}" in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"summarizer"}


def test_wheel_works_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    site = str(tmp_path / "site")
    code = f"import summarizer.__main__ as m; assert m.__file__.startswith({site!r}); m.main()"
    command = [sys.executable, "-c", code, "--words", "60", str(EXAMPLE)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"PYTHONPATH": site, "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    assert "\nSources\n[" in done.stdout
