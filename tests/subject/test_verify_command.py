"""``summarize verify`` after people touched the sources."""

import io
import json
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest

from summarizer import Limits, read, verify
from summarizer.subject.verification import CheckedPassage

from ..builders import PARAGRAPHS, STORIES, pdf_story, zipped
from ..cli.test_cli import invoke, run

OTHER = "\n\n".join(
    (
        "The harbour bridge of Port Aldwick reopened on Friday after nine months of repairs that "
        "cost the town 4.2 million crowns, and the mayor cut the ribbon.",
        "Fishermen sell herring from their boats below the bridge every Saturday morning.",
    )
)


def save(folder: Path, *arguments: object, length: int = 400) -> Path:
    """Summarize all of a folder's ``docs`` with the command, as its user would."""
    target = folder / "summary.json"
    options = ("--words", length, "--format", "json", "-o", target)
    assert invoke(*options, *arguments, folder / "docs")[0] == 0
    return target


def checked(summary: Path, *options: object) -> tuple[int, dict[str, Any]]:
    code, out, err = invoke("verify", summary, "--format", "json", *options)
    assert err == ""
    return code, json.loads(out)


def test_edited_moved_and_deleted_sources(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    first, second, third = (docs / f"{name}.txt" for name in "abc")
    first.write_text("\n\n".join(PARAGRAPHS[:2]))
    second.write_text("\n\n".join(PARAGRAPHS[2:4]))
    third.write_text("\n\n".join(PARAGRAPHS[4:]))
    saved = save(tmp_path)
    assert invoke("verify", saved)[0] == 0
    first.write_text(f"Updated.\n\n{first.read_text()}".replace("three thousand", "two thousand"))
    second.unlink()
    third.rename(tmp_path / "c.txt")
    done = run("verify", saved)
    assert (done.returncode, done.stderr) == (1, b"")
    *told, last = done.stdout.decode().splitlines()
    found = {line.split(": ")[1]: line for line in told}
    assert f"({first}, line 3, 10-{10 + len(PARAGRAPHS[0])}, not 0-" in found["moved"]
    assert "now reads “About … thousand people walked" in found["changed"]
    for file in (second, third):
        assert any(": missing: “" in line and f"({file}: there is no" in line for line in told)
    assert last == "7 passages of 3 sources: 0 intact, 1 moved, 1 changed, 5 missing"
    (tmp_path / "c.txt").rename(third)
    assert checked(saved)[1]["intact"] == 3


@pytest.mark.parametrize("name", sorted(STORIES))
def test_every_format_is_found_again(tmp_path: Path, name: str) -> None:
    (tmp_path / "docs").mkdir()
    file = tmp_path / "docs" / name
    file.write_bytes(STORIES[name]())
    saved = save(tmp_path)
    code, found = checked(saved)
    assert (code, len(found["passages"]), found["intact"]) == (0, 7, 7)
    file.write_bytes(b"")
    code, found = checked(saved)
    assert (code, found["missing"]) == (1, 7)


def test_edited_pdf_names_the_page(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    file = tmp_path / "docs" / "story.pdf"
    file.write_bytes(pdf_story())
    saved = save(tmp_path)
    added = "The town printed a new paragraph."
    pages = (PARAGRAPHS[:2], (added, *PARAGRAPHS[2:4]), (*PARAGRAPHS[4:6], "Nothing."))
    file.write_bytes(pdf_story(pages))
    told = invoke("verify", saved)[1]
    assert f"moved: “{PARAGRAPHS[5]}” ({file}, page 3, " in told
    assert f"missing: “{PARAGRAPHS[6]}” in {file}" in told


def tarred(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


@pytest.mark.parametrize(("pack", "name"), [(zipped, "a.zip"), (tarred, "a.tgz")])
def test_changed_archives(tmp_path: Path, pack: Any, name: str) -> None:
    (tmp_path / "docs").mkdir()
    file = tmp_path / "docs" / name
    texts = {"in/x.txt": "\n\n".join(PARAGRAPHS).encode(), "y.txt": OTHER.encode()}
    file.write_bytes(pack(texts))
    saved = save(tmp_path)
    assert {check.path for check in verify(saved).checks} == {f"{file}/in/x.txt", f"{file}/y.txt"}
    assert checked(saved)[0] == 0
    edited = texts["in/x.txt"].replace(b"eleven piers", b"twelve piers")
    file.write_bytes(pack({"in/x.txt": edited, "renamed.txt": texts["y.txt"]}))
    report = verify(saved)
    (changed,) = (check for check in report.checks if check.status == "changed")
    assert changed.found is not None
    assert "in two of the … piers that carry" in changed.found.text
    moved = [check for check in report.checks if check.status == "moved"]
    assert moved
    for check in moved:
        assert check.path == f"{file}/y.txt"
        assert check.found is not None
        assert check.found.path == f"{file}/renamed.txt"
        assert f"({file}/renamed.txt, line " in str(check)
        assert f", not {file}/y.txt, {check.start}-{check.end})" in str(check)
    file.write_bytes(pack({"in/x.txt": edited}))
    gone = [check for check in verify(saved).checks if check.path.endswith("y.txt")]
    assert {check.status for check in gone} == {"missing"}
    assert {check.note for check in gone} == {f"{file}/y.txt: is no longer in {file}"}


def test_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    members = {f"{n}.txt": text.encode() for n, text in enumerate(PARAGRAPHS)}
    (tmp_path / "docs" / "a.zip").write_bytes(zipped(members))
    saved = save(tmp_path)
    monkeypatch.chdir(tmp_path)
    asked: list[object] = []

    def counting(paths: Any, **options: Any) -> Any:
        asked.extend(paths)
        return read(paths, **options)

    monkeypatch.setattr("summarizer.subject.verification.read", counting)
    assert len({check.path for check in verify(saved).checks}) > 3
    assert asked == [str(tmp_path / "docs" / "a.zip")]


def test_limits_are_those_of_reading(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    inner = zipped({"x.txt": "\n\n".join(PARAGRAPHS).encode() + b"\n" * 3000})
    for depth in range(2):
        inner = zipped({f"{depth}.zip": inner})
    (tmp_path / "docs" / "deep.zip").write_bytes(inner)
    saved = save(tmp_path)
    code, found = checked(saved)
    assert (code, found["intact"]) == (0, 7)
    shallow = verify(saved, limits=Limits(depth=2)).checks
    assert "is more than 2 archives deep; unpack it yourself" in shallow[0].note
    code, found = checked(saved, "--max-size", 0.0001)
    assert code == 1
    assert "is larger than 0.0001 MB; raise the size limit" in found["passages"][0]["note"]


def test_report_never_goes_over_a_source(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text("\n\n".join(PARAGRAPHS))
    saved = save(tmp_path)
    code, _, err = invoke("verify", saved, "-o", docs / "a.txt")
    assert code == 1
    assert "a.txt: is one of the sources; name another file for --output" in err
    assert (docs / "a.txt").read_text() == "\n\n".join(PARAGRAPHS)
    shutil.copy(saved, tmp_path / "copy.json")
    assert invoke("verify", saved, "-o", saved)[0] == 1
    assert saved.read_bytes() == (tmp_path / "copy.json").read_bytes()


def test_what_cannot_be_read_is_told_in_one_line() -> None:
    check = CheckedPassage(
        1, "quote", 2, 0, 3, "A.\n", "a.zip/x", "missing", None, "a.zip/x: is locked"
    )
    assert str(check) == "sentence 1 [2]: missing: “A.” (a.zip/x: is locked)"


def test_lines_of_many_subjects(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / "topics" / name).mkdir(parents=True)
        (tmp_path / "topics" / name / "x.txt").write_text("\n\n".join(PARAGRAPHS) * (name < "c"))
    target = tmp_path / "all.jsonl"
    assert invoke("each", "-o", target, tmp_path / "topics")[0] == 0
    code, found = checked(target)
    assert (code, {passage["topic"][-2:] for passage in found["passages"]}) == (0, {"/a", "/b"})
    (tmp_path / "topics" / "b" / "x.txt").write_text("\n\n".join(PARAGRAPHS[1:]))
    told = invoke("verify", target)[1]
    assert told.startswith(f"{tmp_path}/topics/b, sentence 1 [1]: ")
    assert "/topics/a, sentence" not in told
    assert told.splitlines()[-1].split(":")[0].endswith("passages of 2 sources")
    target.write_bytes(target.read_bytes()[:-20])
    code, _, err = invoke("verify", target)
    assert (code, "all.jsonl: is not JSON" in err) == (1, True)


def test_a_topic_without_an_answer_is_passed_over(tmp_path: Path) -> None:
    for name, text in (("a", "\n\n".join(PARAGRAPHS)), ("b", "Rain fell on the island of Skarn.")):
        (tmp_path / "topics" / name).mkdir(parents=True)
        (tmp_path / "topics" / name / "x.txt").write_text(text)
    target = tmp_path / "all.jsonl"
    asked = ("each", "--query", PARAGRAPHS[0].split(".")[0], "-o", target, tmp_path / "topics")
    invoke(*asked)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert [bool(json.loads(line)["sentences"]) for line in lines] == [True, False]
    assert checked(target)[0] == 0
