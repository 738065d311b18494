"""Files of any encoding to documents; what cannot be read is named."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer import ReadError, read


def write(folder: Path, **files: str) -> None:
    """Write small files; two underscores in a name stand for its dot."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")


def test_folder_is_searched_in_order_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    write(tmp_path, z__txt="Z.", a__md="A.", note="N.", __hidden="H.")
    write(tmp_path / "b", c__TXT="C.")
    write(tmp_path / ".git", d__txt="D.")
    found = read([tmp_path])
    assert [document.text for document in found] == ["A.", "C.", "N.", "Z."]
    assert found.skipped == ()
    assert found[0].path == str(tmp_path / "a.md")
    assert found[0].id == "a.md"


def test_folder_names_what_it_leaves_out(tmp_path: Path) -> None:
    write(tmp_path, a__txt="A.", b__psd="B.", c__png="C.", d__css="D.", e__xls="E.")
    left_out = (
        "left out files that are not documents by their ending: b.psd, c.png, d.css and 1 more"
    )
    assert read([tmp_path]).skipped == (f"{tmp_path}: {left_out}",)
    assert len(read([tmp_path], strict=True)) == 1
    (tmp_path / "a.txt").unlink()
    with pytest.raises(ReadError, match=f"^nothing to read: {tmp_path}: left out"):
        read([tmp_path])


def test_patterns_and_files_met_twice(tmp_path: Path) -> None:
    write(tmp_path, a__txt="A.", b__txt="B.", c__md="C.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    patterns: list[str | os.PathLike[str]] = [
        str(tmp_path / "b.txt"),
        str(tmp_path / "*.txt"),
        tmp_path,
    ]
    assert [document.text for document in read(patterns)] == ["B.", "A.", "C."]


def test_bad_file_that_a_pattern_finds_costs_itself_only(tmp_path: Path) -> None:
    write(tmp_path, a__txt="A.")
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    found = read([str(tmp_path / "*.txt")])
    assert [document.text for document in found] == ["A."]
    assert found.skipped == (f"{tmp_path / 'b.txt'}: is a link to a file that does not exist",)


def test_one_path_need_not_be_a_list(tmp_path: Path) -> None:
    write(tmp_path, a__txt="A.")
    assert len(read(str(tmp_path))) == len(read(tmp_path)) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere.txt", "nowhere.txt: does not exist"),
        ("*.rtf", "no file matches"),
        ("dead.txt", "link to a file that does not exist"),
        ("empty", "no documents in this folder"),
    ],
)
def test_paths_that_lead_nowhere(tmp_path: Path, path: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "dead.txt").symlink_to(tmp_path / "gone.txt")
    with pytest.raises(ReadError, match=message):
        read([tmp_path / path])


def test_link_that_leads_in_a_circle_ends(tmp_path: Path) -> None:
    write(tmp_path, a__txt="A.")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [document.text for document in read([tmp_path])] == ["A."]


def test_good_files_survive_bad_ones(tmp_path: Path) -> None:
    write(tmp_path, a__txt="A.", empty__txt="")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)))
    found = read([tmp_path])
    assert [document.text for document in found] == ["A.", ""]
    assert found.skipped[0].startswith(f"{tmp_path / 'b.txt'}: is not text")


def test_unreadable_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a folder without permission does; simulated, as root may read everything."""
    write(tmp_path, a__txt="A.")
    (tmp_path / "locked").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = read([tmp_path])
    assert found.skipped == (f"{tmp_path / 'locked'}: folder cannot be read (Permission denied)",)
    with pytest.raises(ReadError, match="locked: folder cannot be read"):
        read([tmp_path / "locked"])


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Où ?".encode())))
    (document,) = read(["-"])
    assert (document.text, document.path, document.id) == ("Où ?", None, "standard input")


def test_folder_that_may_be_listed_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a folder without search permission does; simulated, as root may read everything."""
    write(tmp_path, a__txt="A.")
    (tmp_path / "listed").mkdir()
    write(tmp_path / "listed", b__txt="B.")
    stat = os.stat

    def refuse(path: str, **options: bool) -> os.stat_result:
        if Path(path).parent.name == "listed":
            raise PermissionError(13, "Permission denied", path)
        return stat(path, **options)

    monkeypatch.setattr(os, "stat", refuse)
    found = read([tmp_path])
    assert [document.text for document in found] == ["A."]
    assert found.skipped == (
        f"{tmp_path / 'listed' / 'b.txt'}: cannot be read (Permission denied)",
    )
    with pytest.raises(ReadError, match=r"b\.txt: cannot be read \(Permission denied\)"):
        read([tmp_path / "listed" / "b.txt"])


def test_name_too_long_or_with_a_nul() -> None:
    with pytest.raises(ReadError, match="File name too long"):
        read(["a" * 5000])
    with pytest.raises(ReadError, match=r"does not exist|cannot be read"):
        read(["a\0b"])


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(ReadError, match="standard input is closed"):
        read(["-"])


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        ("---\n# a comment\n---\n\n```\n# code\n```\n\n# Real\n", "Real", None),
        ("# A *title* #\n\nText.", "A *title*", None),
        ("A title\n=====\n\nText.", "A title", None),
        ('---\ntitle: "Given"\ndate: 2024-05-06T10:00\n---\n# Other\n', "Given", "2024-05-06"),
        ("---\r\nTitle: Given\r\n---\r\nText.", "Given", None),
        ("Just text.", "", None),
    ],
)
def test_markdown(tmp_path: Path, text: str, title: str, date: str | None) -> None:
    (tmp_path / "a.md").write_bytes(text.encode())
    (document,) = read([tmp_path / "a.md"])
    assert (document.title, document.date, document.text) == (title, date, text)


def test_author_and_site_of_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nauthor: 'Ann B'\nsite: The Gazette\n---\n# A\n")
    (document,) = read([tmp_path / "a.md"])
    assert (document.author, document.site, document.title) == ("Ann B", "The Gazette", "A")


def test_pipes_in_a_folder_are_named_not_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    os.mkfifo(tmp_path / "b.txt")
    documents = read([tmp_path])
    assert [document.text for document in documents] == ["One."]
    assert documents.skipped == (f"{tmp_path / 'b.txt'}: is left out, not being a regular file",)


def test_paths_that_are_none() -> None:
    for paths in ([5], None):
        with pytest.raises(ReadError, match="paths must be strings or path objects"):
            read(paths)  # type: ignore[arg-type]


def test_link_out_of_a_folder_is_named_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path, secret__txt="Secret.")
    write(tmp_path / "in", a__txt="A.")
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "c.txt").symlink_to(tmp_path / "in" / "a.txt")
    found = read([tmp_path / "in"])
    assert [document.text for document in found] == ["A."]
    link = tmp_path / "in" / "b.txt"
    message = f"links to a file outside of {tmp_path / 'in'}; name that itself"
    assert found.skipped == (f"{link}: {message}",)
    assert [document.text for document in read([link])] == ["Secret."]


def test_line_feed_in_a_name_makes_no_line(tmp_path: Path) -> None:
    (tmp_path / "a\nsummarize: warning: forged.txt").write_text("A.")
    (tmp_path / "b\nc.txt").write_bytes(b"\0\1\2" * 99)
    found = read([tmp_path])
    assert found[0].id == "a summarize: warning: forged.txt"
    assert not any("\n" in line for line in found.skipped)
    with pytest.raises(ReadError) as error:
        read([tmp_path / "no\nwhere"])
    assert "\n" not in str(error.value)


def test_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("One.")
    fstat = os.fstat

    def touching(descriptor: int) -> os.stat_result:
        found = fstat(descriptor)
        file.write_text(file.read_text() + " Two.")
        return found

    monkeypatch.setattr(os, "fstat", touching)
    with pytest.raises(ReadError, match=r"a\.txt: was changed while it was read; try again"):
        read([file])


def test_file_that_vanishes_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a__txt="A.", b__txt="B.")
    find = __import__("summarizer.readers.paths", fromlist=["find_files"]).find_files

    def late(*given: object) -> object:
        found = find(*given)
        (tmp_path / "b.txt").unlink()
        return found

    monkeypatch.setattr("summarizer.readers.find_files", late)
    found = read([tmp_path])
    assert [document.text for document in found] == ["A."]
    assert found.skipped == (f"{tmp_path / 'b.txt'}: cannot be read (No such file or directory)",)


@pytest.mark.parametrize("title", ["reStructured text\n=================", "= AsciiDoc"])
def test_titles_of_other_markup(tmp_path: Path, title: str) -> None:
    (tmp_path / "a.rst").write_text(f"{title}\n\nText.")
    (tmp_path / "a.adoc").write_text(f"{title}\n\nText.")
    assert {document.title for document in read([tmp_path])} == {
        title.split("\n")[0].removeprefix("= ")
    }


@pytest.mark.parametrize(
    ("setup", "code", "message"),
    [
        ("os.rmdir(os.getcwd())", 1, "a.txt: "),
        ("os.environ.pop('HOME', None)", 0, ""),
        ("os.environ['LANG'] = os.environ['LC_ALL'] = 'C'", 0, ""),
    ],
)
def test_strange_surroundings(tmp_path: Path, setup: str, code: int, message: str) -> None:
    (tmp_path / "gone").mkdir()
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(name)).write_text("The mayor closed the old bridge on Monday.")
    given = ["a.txt"] if code else [os.fsdecode(name)]
    script = (
        f"import os, sys; {setup}\nfrom summarizer.cli.commands import run\n"
        "sys.exit(run(['--model', 'static', *sys.argv[1:]]))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        # -P, as for an installed command: Python 3.13.0 fails to import numpy from a folder that is gone.
        [sys.executable, "-P", "-c", script, *given],
        cwd=tmp_path / "gone",
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert (b"closed the old bridge" in done.stdout) == (not code)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rst", "PEP: 1\nTitle: Nets\nAuthor: Ann Lee <ann@a.example>\nCreated: 3-May-2021\n\nA.\n==\n"),
        ("a.md", "---\ntitle: Nets\nauthor: Ann Lee\ndate: 2021-05-03\n---\n\n# Other\n"),
        ("a.md", "+++\ntitle = 'Nets'\nauthor = \"Ann Lee\"\ndate = 2021-05-03\n+++\n\n# Other\n"),
        ("a.md", "% Nets\n% Ann Lee\n% 3 May 2021\n\nText.\n"),
        ("a.adoc", "= Nets\nAnn Lee <ann@a.example>\nv1.0, 2021-05-03\n:toc: left\n\nText.\n"),
        ("a.rst", "Nets\n****\n\n:Author: Ann Lee\n:Date: 2021-05-03\n\nOne\n===\n\nTwo\n===\n"),
    ],
)  # fmt: skip
def test_fields_above_a_text(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    (found,) = read([tmp_path])
    assert (found.title, found.author, found.date) == ("Nets", "Ann Lee", "2021-05-03")


def test_first_of_several_sections_is_no_title(tmp_path: Path) -> None:
    (tmp_path / "a.rst").write_text("Abstract\n========\n\nText.\n\nStatus\n======\n\nText.\n")
    (found,) = read([tmp_path])
    assert found.title == ""
