"""A summary in JSON against its sources, as they read today."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from summarizer import Document, Limits, OptionError, SummarizerError, read, summarize, verify

from ..builders import EXAMPLE
from ..cli.test_cli import invoke


def save(example: Path, folder: Path) -> Path:
    """Write sources and their summary, with paths relative to its folder."""
    shutil.copytree(example, folder / "sources")
    record = json.loads(invoke("--words", 150, "--format", "json", folder / "sources")[1])
    for source in record["sources"]:
        source["path"] = str(Path(source["path"]).relative_to(folder))
    target = folder / "summary.json"
    target.write_text(json.dumps(record))
    return target


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return save(EXAMPLE, tmp_path)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def first_quote(saved: Path) -> tuple[Path, str]:
    record = json.loads(saved.read_text())
    quote = record["sentences"][0]
    return saved.parent / record["sources"][quote["source"] - 1]["path"], quote["text"]


def test_untouched_sources_hold_all_passages(tmp_path: Path) -> None:
    saved = save(EXAMPLE.with_name("storm"), tmp_path)
    found = verify(saved)
    assert found.intact
    assert {check.role for check in found.checks} == {"quote", "agreeing", "differing"}
    code, out, err = invoke("verify", saved)
    assert (code, err) == (0, "")
    assert out == f"{found}\n"
    assert out.endswith(f"{len(found.checks)} intact, 0 moved, 0 changed, 0 missing\n")


def test_moved_passage_is_found_elsewhere(saved: Path) -> None:
    file, quote = first_quote(saved)
    file.write_text("A new line.\n" + file.read_text())
    check = verify(saved).checks[0]
    assert check.status == "moved"
    assert check.found is not None
    assert (check.found.start, check.found.text) == (check.start + 12, quote)
    text = file.read_text()
    line = int(check.found.where.removeprefix("line "))
    assert text.split("\n")[line - 1].startswith(quote[:20])
    code, out, _ = invoke("verify", saved)
    assert code == 1
    assert f"moved: “{' '.join(quote.split())}” ({check.path}, line {line}, " in out


def test_the_nearest_of_several_places_is_named(saved: Path) -> None:
    record = json.loads(saved.read_text())
    # Far from the start of its file, where a copy of it is put.
    quote = max(record["sentences"], key=lambda quote: quote["start"])
    path, text = record["sources"][quote["source"] - 1]["path"], quote["text"]
    file = saved.parent / path
    file.write_text(f"{text}\n{file.read_text()}\n{text}")
    (check,) = (c for c in verify(saved).checks if (c.path, c.text) == (path, text))
    assert check.found is not None
    assert check.found.start == check.start + len(text) + 1


@pytest.mark.parametrize("rewrapped", [False, True])
def test_changed_passage_is_shown(saved: Path, *, rewrapped: bool) -> None:
    file, quote = first_quote(saved)
    words = quote.split()
    changed = "\n ".join(words) if rewrapped else " ".join([*words[:3], "crashed", *words[4:]])
    edit(file, quote, changed)
    check = verify(saved).checks[0]
    assert check.status == "changed"
    assert check.found is not None
    assert check.found.text == changed.replace("crashed", "…")
    assert (check.found.similarity == 1) == rewrapped
    code, out, _ = invoke("verify", saved)
    assert code == 1
    assert f"now reads “{' '.join(check.found.text.split())}” (" in out


def test_passages_of_a_renamed_file_are_found_in_it(saved: Path) -> None:
    file, quote = first_quote(saved)
    file.with_name("a.png").write_text(file.read_text())
    file.rename(file.with_name("renamed.txt"))
    check = verify(saved).checks[0]
    assert check.status == "moved"
    assert check.found is not None
    assert (check.found.start, check.found.text) == (check.start, quote)
    assert check.found.path == str(Path(check.path).with_name("renamed.txt"))
    code, out, _ = invoke("verify", saved)
    assert code == 1
    assert "renamed.txt" in out


def test_removed_passage_and_removed_source_are_missing(saved: Path) -> None:
    file, quote = first_quote(saved)
    edit(file, quote, "")
    check = verify(saved).checks[0]
    assert (check.status, check.found, check.note) == ("missing", None, "")
    file.unlink()
    check = verify(saved).checks[0]
    assert check.status == "missing"
    assert check.note == f"{check.path}: there is no such file"
    file.mkdir()
    assert "is not a regular file" in verify(saved).checks[0].note
    file.rmdir()
    file.write_bytes(b"\0\1\2" * 99)
    checks = verify(saved).checks
    assert "is not text" in checks[0].note
    gone = [check for check in verify(saved).checks if check.source == checks[0].source]
    assert {check.status for check in gone} == {"missing"}
    assert invoke("verify", saved)[1].count("\n") == len(gone) + 1


def test_paths_are_tried_from_the_current_folder_and_from_the_summarys(
    saved: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    assert verify(saved).intact
    (elsewhere / "sources").mkdir()
    for file in (saved.parent / "sources").iterdir():
        (elsewhere / "sources" / file.name).write_text("Another text of the same name.")
    assert verify(saved).intact
    shutil.rmtree(elsewhere / "sources")
    shutil.move(saved.parent / "sources", elsewhere)
    assert verify(saved).intact
    assert f"name {elsewhere / 'sources'} as a root" in verify(saved, roots=[]).checks[0].note
    assert verify(saved, roots=[elsewhere]).intact


def test_one_of_several_documents_in_a_file(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, quote = first_quote(saved)
    record = json.loads(saved.read_text())
    source = record["sources"][record["sentences"][0]["source"] - 1]
    record["sentences"] = record["sentences"][:1]
    record["sentences"][0]["agreeing"] = []
    record["text"] = quote
    (saved.parent / "box").write_text("packed")
    source["path"] = "box/inside.txt"
    saved.write_text(json.dumps(record))
    packed = str(saved.parent / "box" / "inside.txt")
    start = record["sentences"][0]["start"]
    row = Document(source["id"], "Another row of the same name.", path=packed)
    right = Document("row", " " * start + quote, path=packed)
    other = Document("other", "-" * start + quote, path=str(saved.parent / "box" / "other.txt"))
    for inside, status in (([row, other], "missing"), ([row, right, other], "intact")):
        monkeypatch.setattr(
            "summarizer.subject.verification.read", lambda *_, inside=inside, **__: inside
        )
        assert verify(saved).checks[0].status == status


@pytest.mark.parametrize("path", ["x" * 5000, "a\0b", "/", "//", "."])
def test_path_that_can_be_none_is_told(saved: Path, path: str) -> None:
    record = json.loads(saved.read_text())
    for source in record["sources"]:
        source["path"] = path
    saved.write_text(json.dumps(record))
    code, out, err = invoke("verify", saved)
    assert (code, "--root" in err) == (1, "refused" in out)
    assert out.count("\n") == len(verify(saved).checks) + 1
    told = len(verify(saved).checks)
    assert f"{told} missing" in out or f"{told} refused" in out
    target = saved.parent / "report.txt"
    assert invoke("verify", saved, "-o", target) == (1, "", err)
    assert target.read_text() == out


def test_every_line_of_the_report_is_a_line(saved: Path) -> None:
    (saved.parent / "sources").rename(saved.parent / "gone")
    _, out, _ = invoke("verify", saved)
    assert out.count("\n") == len(verify(saved).checks) + 1


def test_json_for_scripts(saved: Path, tmp_path: Path) -> None:
    file, quote = first_quote(saved)
    edit(file, quote, "")
    target = tmp_path / "report.json"
    assert invoke("verify", saved, "--format", "json", "-o", target) == (1, "", "")
    record = json.loads(target.read_text())
    assert record["missing"] == 1
    assert record["intact"] == 0 or record["passages"][-1]["status"]
    assert record["passages"][0]["text"] == quote


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not JSON (Expecting value"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "is not a summary in JSON"),
        ("3", "is not a summary in JSON"),
        ("{}", "is not a summary in JSON (it has no 'sentences')"),
        ('{"text": "", "sentences": [], "sources": []}', "has no sentence to check"),
        ('{"text": "", "sentences": [3], "sources": []}', "is not a summary in JSON"),
        ('{"text": "", "sentences": {"a": 3}, "sources": []}', "is not a summary in JSON"),
        ('{"text": "", "sentences": [], "sources": [[]]}', "is not a summary in JSON"),
    ],
)
def test_what_is_no_summary_is_refused_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "s.json"
    file.write_text(text)
    code, out, err = invoke("verify", file)
    assert (code, out) == (1, "")
    assert err.startswith(f"summarize: {file}: ")
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("start", "3", "source, start and end of sentence 1 are not all numbers"),
        ("end", True, "source, start and end of sentence 1 are not all numbers"),
        ("start", -3, "source, start and end of sentence 1 are not all numbers"),
        ("text", 3, "the text of sentence 1 is not a text"),
        ("text", "Other.", "its text is not that of its sentences"),
        ("source", 9, "there is no source 9"),
    ],
)
def test_fields_are_checked(saved: Path, field: str, value: object, message: str) -> None:
    record = json.loads(saved.read_text())
    record["sentences"][0][field] = value
    saved.write_text(json.dumps(record))
    with pytest.raises(SummarizerError, match=message):
        verify(saved)


def test_source_without_a_path_cannot_be_checked(tmp_path: Path) -> None:
    file = tmp_path / "s.jsonl"
    source = tmp_path / "a.txt"
    source.write_text("Divers found cracks in two piers.")
    summaries = (summarize(["The mayor closed the old bridge."]), summarize(read([source])))
    records = [summary.to_dict() | {"id": number} for number, summary in enumerate(summaries)]
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    code, out, _ = invoke("verify", file)
    assert code == 1
    assert "missing: “The mayor closed the old bridge.” (source 1 has no path, so" in out
    # Others are checked nonetheless.
    assert "1 intact, 0 moved, 0 changed, 1 missing" in out


def test_a_path_that_is_a_dash_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").write_text("The mayor closed the old bridge.")
    record = summarize(read(["./-"])).to_json().replace('"./-"', '"-"')
    (tmp_path / "s.json").write_text(record)
    assert verify("s.json").intact


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["verify", "nowhere.json"], 1, "nowhere.json: cannot be read (No such file"),
        (
            ["verify", "s.json", EXAMPLE],
            2,
            "Got unexpected extra argument",
        ),
        (["verify"], 2, "Missing argument 'FILE'. (see summarize verify --help)"),
        (["verify", "s.json", "--words", 9], 2, "No such option '--words'"),
        (
            ["verify", "s.json", "--format", "markdown"],
            2,
            "'markdown' is not one of 'text', 'json'",
        ),
    ],
)
def test_misuse(arguments: list[object], code: int, message: str) -> None:
    found, out, err = invoke(*arguments)
    assert (found, out) == (code, "")
    assert message in err
    assert err.count("\n") == 1


def test_standard_input(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(saved.parent)
    with saved.open("rb") as stream:
        monkeypatch.setattr("sys.stdin", type("Standard", (), {"buffer": stream}))
        assert verify("-").intact


OUTSIDE = "The vault of the bank is opened with the numbers seven, nine and twelve."


def forged(folder: Path, path: str, text: str = OUTSIDE) -> Path:
    """Write a summary in JSON of one sentence that stands in whatever file it names."""
    sentence = {"text": text, "source": 1, "start": 0, "end": len(text)}
    record = {"text": text, "sentences": [sentence], "sources": [{"number": 1, "path": path}]}
    (folder / "forged.json").write_text(json.dumps(record))
    return folder / "forged.json"


@pytest.mark.parametrize("link", [False, True])
def test_nothing_outside_of_the_folder_is_opened(tmp_path: Path, *, link: bool) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text(OUTSIDE)
    (inside / "link.txt").symlink_to(secret)
    path = "link.txt" if link else str(secret)
    saved = forged(inside, path)
    (check,) = verify(saved).checks
    assert check.status == ("missing" if link else "refused")
    assert f"name {tmp_path} as a root" in check.note or link
    assert verify(saved, roots=[tmp_path]).intact
    assert verify(saved, roots=["/"]).intact
    code, _, err = invoke("verify", saved)
    assert (code, "--root DIR has its source opened" in err) == (1, True)
    assert invoke("verify", saved, "--root", inside, "--root", tmp_path)[0] == 0


@pytest.mark.parametrize(
    ("path", "note"),
    [
        (
            "ftp://localhost/a.txt",
            "is an address; allow addresses to have it opened",
        ),
        (
            "/dev/zero",
            "is outside the folder of the summary; to open it, name /dev as a root",
        ),
        ("../../../../../../etc/passwd", "is outside the folder of the summary"),
        (
            "file:///etc/passwd",
            "is outside the folder of the summary; to open it, name /etc as a root",
        ),
    ],
)
def test_what_is_not_opened_is_told(tmp_path: Path, path: str, note: str) -> None:
    found = verify(forged(tmp_path, path))
    (check,) = found.checks
    assert check.status == "refused"
    assert note in check.note
    assert str(found).endswith("0 missing, 1 refused")


@pytest.mark.parametrize(
    "path",
    [
        "zip://a::file:///etc/passwd",
        "simplecache::file:///etc/passwd",
        "local://etc",
        "dir://x::/etc",
    ],
)
def test_addresses_never_lead_back_to_this_machine(tmp_path: Path, path: str) -> None:
    (check,) = verify(forged(tmp_path, path), allow_remote=True).checks
    assert check.status in {"missing", "refused"}
    assert "there is no" not in check.note or not path.startswith("zip")


def test_pipe_and_endless_file_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SummarizerError, match="nothing came through this pipe"):
        verify(tmp_path / "pipe", limits=Limits(seconds=0.05))
    (check,) = verify(forged(tmp_path, "pipe")).checks
    assert "is not a regular file" in check.note
    with pytest.raises(SummarizerError, match=r"zero: is larger than 200 MB"):
        verify("/dev/zero")


def test_words_that_nobody_quoted_are_not_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The password of the bank is swordfish.")
    saved = forged(tmp_path, "a.txt", "The password of the bank is guessed.")
    code, out, _ = invoke("verify", saved)
    assert code == 1
    assert "now reads “The password of the bank is ….”" in out
    assert "swordfish" not in out + invoke("verify", saved, "--format", "json")[1]


def test_long_quote_is_found_in_linear_time(tmp_path: Path) -> None:
    text = "a b " * 100_000
    (tmp_path / "a.txt").write_text(text + "c")
    for quote in (text + "d", "x" + text, text.replace("a b", "a\nb")):
        (check,) = verify(forged(tmp_path, "a.txt", quote)).checks
        assert check.status in {"missing", "changed"}


@pytest.mark.parametrize("names", [("corroboration", "disagreement"), ("agreeing", "differing")])
def test_passages_are_checked_under_the_names_of_all_versions(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    (tmp_path / "a.txt").write_text(OUTSIDE)
    saved = forged(tmp_path, "a.txt")
    record = json.loads(saved.read_text())
    passage = dict(record["sentences"][0])
    for name, text in zip(names, ("The vault", "Another vault"), strict=True):
        record["sentences"][0][name] = [{**passage, "text": text, "end": len(text)}]
    saved.write_text(json.dumps(record))
    assert [(check.role, check.status) for check in verify(saved).checks] == [
        ("quote", "intact"),
        ("agreeing", "intact"),
        ("differing", "missing"),
    ]


@pytest.mark.parametrize(
    ("summary", "options", "message"),
    [
        (5, {}, "summary and roots must be paths"),
        ("s.json", {"roots": [5]}, "summary and roots must be paths"),
        ("s.json", {"roots": ["/no/where"]}, "/no/where: is not a folder"),
        ("s.json", {"limits": 5}, "limits must be Limits, not int"),
    ],
)
def test_arguments_are_checked(summary: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        verify(summary, **options)
