"""Documents behind addresses: read, limited, cited and looked up like those on a disk."""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from summarizer import Limits, ReadError, read, summarize
from summarizer.readers import paths as remote
from summarizer.render.text import Style, render_terminal
from summarizer.subject.verification import verify

from ..builders import EXAMPLE, docx_story, zipped
from ..cli.test_cli import invoke

BRIDGE = "The mayor closed the old bridge on Monday. Engineers had found rust in its cables."
FERRY = "The council sold 12 ferries after the storm. They had been in the harbour for years."


@pytest.fixture
def memory() -> Iterator[Any]:
    """Hand out an empty storage in memory."""
    storage = fsspec.filesystem("memory")
    storage.store.clear()
    storage.pseudo_dirs[:] = [""]
    yield storage
    storage.store.clear()
    storage.pseudo_dirs[:] = [""]


@pytest.fixture
def far(memory: Any) -> str:
    """Store documents of many kinds."""
    files = {
        "b.txt": BRIDGE.encode(),
        "a/ferry.txt.gz": gzip.compress(FERRY.encode()),
        "some.zip": zipped({"in.docx": docx_story(), "two.txt": FERRY.encode()}),
        "broken.pdf": b"%PDF-1.4 broken",
        "photo.png": b"x",
        ".hidden.txt": b"x",
        ".git/config.txt": b"x",
    }
    for name, data in files.items():
        memory.pipe(f"/far/{name}", data)
    return "memory://far"


def stored(memory: Any, far: str, folder: Path) -> str:
    """Copy what is stored to a disk, and return the address of it there."""
    memory.get("/far", str(folder / "far"), recursive=True)
    return f"file://{folder}/far"


def test_folder_is_read_as_on_a_disk(memory: Any, far: str, tmp_path: Path) -> None:
    here = stored(memory, far, tmp_path)
    on_disk = read([tmp_path / "far"])
    for address in (here, far, f"{far}/"):
        found = read([address])
        assert [d.text for d in found] == [d.text for d in on_disk]
        assert [d.id for d in found] == [d.id for d in on_disk]
        base = address.rstrip("/")
        base = base.removeprefix("file://")
        assert [d.path for d in found] == [
            f"{base}/a/ferry.txt.gz", f"{base}/b.txt", f"{base}/some.zip/in.docx", f"{base}/some.zip/two.txt",
        ]  # fmt: skip
        expected = [line.replace(str(tmp_path / "far"), base) for line in on_disk.skipped]
        assert [
            line.replace("//:", "/:").replace("/: ", ": ") for line in found.skipped
        ] == expected


def test_files_and_patterns_are_read_once(far: str) -> None:
    found = read([f"{far}/b.txt", "memory://far/*.txt", "memory://far/a"])
    assert [d.path for d in found] == ["memory://far/b.txt", "memory://far/a/ferry.txt.gz"]
    assert len(read([f"{far}/b.txt", f"{far}/b.txt"])) == 1
    assert {d.path for d in read(["memory://"])} >= {"memory://far/b.txt"}


def test_file_on_this_machine_is_no_other_by_its_address(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(BRIDGE)
    for address in (f"file://{source}", f"FILE://{tmp_path}", f"local://{tmp_path}/*.txt"):
        assert [d.path for d in read([address, source])] == [str(source)]
        code, _, err = invoke("--sentences", 1, "-o", source, address)
        assert (code, source.read_text()) == (1, BRIDGE)
        assert "is one of the sources" in err


def test_topics_on_this_machine_are_not_written_over(tmp_path: Path) -> None:
    topics = tmp_path / "topics.jsonl"
    topics.write_text(json.dumps({"id": "1", "documents": [{"text": BRIDGE}]}) + "\n")
    code, _, err = invoke("each", f"file://{topics}", "-o", topics)
    assert code == 1
    assert "is one of the sources" in err
    assert BRIDGE in topics.read_text()


def test_pattern_keeps_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    class Storage:
        def glob(self, pattern: str) -> list[str]:
            assert pattern == "/folder/*.txt"
            return ["/folder/b.txt", "/folder/a.txt"]

    monkeypatch.setattr(remote, "find_storage", lambda _: (Storage(), "/folder/*.txt"))
    assert remote.files_like("hdfs://node:8020/folder/*.txt") == [
        "hdfs://node:8020/folder/a.txt", "hdfs://node:8020/folder/b.txt",
    ]  # fmt: skip


def test_web_page_with_links_is_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class Storage:
        def isdir(self, _: str) -> bool:
            return True

        def exists(self, _: str) -> bool:
            return True

    monkeypatch.setattr(remote, "find_storage", lambda path: (Storage(), path))
    assert remote.remote_kind("https://paper.example/a.html") == "file"
    assert remote.remote_kind("s3://bucket/a") == "folder"


def test_limits_hold(far: str) -> None:
    found = read([f"{far}/b.txt", f"{far}/some.zip"], limits=Limits(size=100))
    assert [d.path for d in found] == ["memory://far/b.txt"]
    (line,) = found.skipped
    assert line == "memory://far/some.zip: is larger than 0.0001 MB; raise the size limit"
    assert len(read([far], limits=Limits(files=2))) == 2
    with pytest.raises(ReadError, match=r"takes longer than 1e-09 s"):
        read([f"{far}/b.txt"], limits=Limits(seconds=1e-9))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (
            "memory://far/none.txt",
            "memory://far/none.txt: does not exist or cannot be reached; check the address",
        ),
        ("memory://far/*.html", "memory://far/*.html: no file matches this pattern"),
        ("memory://far/.git", "no documents"),
        ("nothing://a/b", "nothing://a/b: cannot be read (Protocol not known: nothing)"),
        ("ftp://ann:secret@host/a", "ftp://…: an address with a password would be cited with it"),
        ("s3://bucket/a", "s3:// needs a package that is not installed: pip install s3fs"),
        ("gs://bucket/a", "gs:// needs a package that is not installed: pip install gcsfs"),
        ("hdfs://host/a", "hdfs:// needs a package that is not installed: pip install pyarrow"),
    ],
)
def test_mistake_is_one_line(
    far: str, memory: Any, address: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.mkdir("/far/.git/empty", create_parents=True)
    memory.rm("/far/.git/config.txt")
    for name in ("s3fs", "gcsfs", "pyarrow", "pyarrow.fs"):
        monkeypatch.setitem(sys.modules, name, None)
    code, out, err = invoke(address)
    assert (code, out) == (1, "")
    assert message in err
    assert "secret" not in err
    assert err.count("\n") == 1


def test_fsspec_that_is_not_installed_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    expected = (
        "summarize: s3://b/a: fsspec is not installed: pip install 'verbatim-summarizer[remote]'\n"
    )
    assert invoke("s3://b/a") == (1, "", expected)
    assert invoke("each", "s3://b/a") == (1, "", expected)


def test_quotes_are_cited_and_looked_up_there(memory: Any, far: str, tmp_path: Path) -> None:
    target = tmp_path / "s.json"
    memory.put(str(EXAMPLE), "/moon", recursive=True)
    given = [f"{far}/b.txt", f"{far}/some.zip", "memory://moon"]
    summary = summarize(read(given), words=2000, keep_all=True)
    target.write_text(summary.to_json())
    paths = {source["path"] for source in json.loads(target.read_text())["sources"]}
    assert {"memory://far/b.txt", "memory://far/some.zip/two.txt"} <= paths
    assert verify(target, allow_remote=True).intact
    colored = render_terminal(summary, Style(color=True, links=True))
    for shown in (colored, summary.to_markdown(), summary.to_html()):
        # Markdown escapes the colon, so that nothing makes a link of it.
        assert "memory:" in shown.replace("\\:", ":")
        assert "file:" not in shown
    memory.pipe("/moon/archive.txt", b"Nothing of it is left.")
    memory.rm("/far", recursive=True)
    checks = {check.path: check for check in verify(target, allow_remote=True).checks}
    assert checks["memory://moon/archive.txt"].status != "intact"
    gone = checks["memory://far/b.txt"]
    assert (gone.status, gone.note) == ("missing", "memory://far/b.txt: there is no such file")


def test_file_in_an_archive_that_is_addressed(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"one.txt": BRIDGE.encode(), "b/two.txt": b"Two."}))
    (document,) = read([f"zip://b/two.txt::{tmp_path}/a.zip"])
    assert document.text == "Two."
    assert len(read([f"zip://::{tmp_path}/a.zip"])) == 2
