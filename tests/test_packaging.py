"""The wheel and the sdist hold all that is needed, and work in an environment of their own."""

import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from summarizer import __version__

from .builders import ROOT
from .release import build, install, try_out


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(ROOT, tmp_path_factory.mktemp("dist"), quickly=True)


def test_wheel_holds_the_package_and_its_models_only(built: tuple[Path, Path]) -> None:
    _, wheel = built
    assert wheel.stat().st_size < 130e6
    names = zipfile.ZipFile(wheel).namelist()
    assert "summarizer/models/minilm/model.safetensors" in names
    assert "summarizer/models/static/model.safetensors" in names
    assert "summarizer/models/salience/weights.json" in names
    assert "summarizer/models/boilerplate/weights.json" in names
    assert "summarizer/models/multilingual/model.safetensors" in names
    assert "summarizer/models/minilm/LICENSE" in names
    assert "summarizer/models/multilingual/LICENSE" in names
    assert "summarizer/models/static/LICENSE" in names
    assert "summarizer/models/static_multilingual/model.safetensors" in names
    assert "summarizer/models/static_multilingual/LICENSE" in names
    assert "summarizer/py.typed" in names
    templates = ("page.html", "page.css", "page.js", "fragment.html")
    for name in ("summary.schema.json", *(f"templates/{name}" for name in templates)):
        assert f"summarizer/render/{name}" in names
    for name in ("static/app.css", "static/app.js", "templates/app.html"):
        assert f"summarizer/app/{name}" in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"summarizer"}


def test_sdist_holds_what_the_documents_speak_of(built: tuple[Path, Path]) -> None:
    sdist, _ = built
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CITATION.cff",
        "Dockerfile",
        "Makefile",
    ):
        assert name in names
    assert {"docs/command.md", "tests/release.py", "constraints.txt"} <= names


def test_wheel_works_in_an_environment_of_its_own(built: tuple[Path, Path], tmp_path: Path) -> None:
    _, wheel = built
    (tmp_path / "away").mkdir()
    try_out(install(wheel, tmp_path / "environment", borrow=True), tmp_path / "away")


def test_dockerfile_has_nothing_to_complain_about() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    last = (ROOT / "Dockerfile").read_text().rpartition("FROM ")[2]
    assert "\nUSER 10001\n" in last


def test_citation_names_this_version() -> None:
    told = (ROOT / "CITATION.cff").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert f"\nversion: {__version__}\n" in told
    assert f"\nlicense: {project['license']}\n" in told
