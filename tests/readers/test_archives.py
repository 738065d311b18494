"""Archives: read in memory, named like folders, and stopped before they cost too much."""

import gzip
import io
import re
import stat
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from summarizer import Limits, ReadError, read
from summarizer.readers.formats import detect

from ..builders import TEXT, docx_story, html_story, mail_story, tarred, zipped

ONE = "The mayor closed the old bridge on Monday."


FILES = {
    "b/page.html": html_story(),
    "a.txt": ONE.encode(),
    "__MACOSX/a.txt": b"x",
    ".hidden": b"x",
    "photo.png": b"x",
    "b/": b"",
}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("all.zip", zipped(FILES)),
        ("all.tar", tarred({name: data for name, data in FILES.items() if name != "b/"})),
    ],
)
def test_archive_is_read_like_a_folder(tmp_path: Path, name: str, data: bytes) -> None:
    archive = tmp_path / name
    archive.write_bytes(data)
    found = read([archive], strict=True)
    assert [d.path for d in found] == [f"{archive}/b/page.html", f"{archive}/a.txt"]
    assert [d.text for d in found] == [TEXT, ONE]
    assert found.skipped == (
        f"{archive}: left out files that are not documents by their ending: photo.png",
    )
    assert list(tmp_path.iterdir()) == [archive]


def test_archives_in_archives_and_packed_files(tmp_path: Path) -> None:
    inner = gzip.compress(tarred({"story.docx": docx_story(), "mail.eml": mail_story()}))
    (tmp_path / "outer.zip").write_bytes(zipped({"inner.tgz": inner}))
    (tmp_path / "one.txt.gz").write_bytes(gzip.compress(ONE.encode()))
    packed, *found = read([tmp_path])
    assert (packed.id, packed.path, packed.text) == ("one.txt", str(tmp_path / "one.txt.gz"), ONE)
    outer = tmp_path / "outer.zip"
    assert [d.path for d in found] == [
        f"{outer}/inner.tgz/story.docx",
        f"{outer}/inner.tgz/mail.eml",
    ]
    with pytest.raises(ReadError, match=r"is more than 2 archives deep; unpack it"):
        read([outer], limits=Limits(depth=2))


def test_names_cannot_lead_out_of_the_archive(tmp_path: Path) -> None:
    names = ("../../up.txt", "/root.txt", "..\\down.txt", "a/../b.txt")
    (tmp_path / "a.zip").write_bytes(zipped(dict.fromkeys(names, b"One.")))
    paths = [d.path for d in read([tmp_path / "a.zip"])]
    assert paths == [f"{tmp_path}/a.zip/{n}" for n in ("up.txt", "root.txt", "down.txt", "a/b.txt")]
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_links_in_archives_are_left_out(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    (tmp_path / "a.tar").write_bytes(stream.getvalue())
    with pytest.raises(ReadError, match=r"a\.tar: holds no documents"):
        read([tmp_path / "a.tar"])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zip_archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        zip_archive.writestr(info, "/etc/passwd")
    with pytest.raises(ReadError, match=r"a\.zip: holds no documents"):
        read([tmp_path / "a.zip"])


def test_bad_member_costs_itself_only(tmp_path: Path) -> None:
    data = bytearray(zipped({"bad.txt": ONE.encode() * 9, "good.txt": b"Two."}))
    data[45] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(data)
    found = read([tmp_path / "a.zip"])
    assert [d.text for d in found] == ["Two."]
    assert found.skipped[0].startswith(f"{tmp_path}/a.zip/bad.txt: is damaged or packed in an")
    with pytest.raises(ReadError, match=r"bad\.txt: is damaged"):
        read([tmp_path / "a.zip"], strict=True)


def test_locked_member_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"One."}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(ReadError, match=r"a\.zip/a\.txt: is locked with a password"):
        read([tmp_path / "a.zip"])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped({"a.txt": b"A. " * 1000, "b.txt": b"B. " * 1000, "c.txt": b"C."})),
        (
            "a.tar.gz",
            gzip.compress(tarred({"a.txt": b"A. " * 1000, "b.txt": b"B. " * 1000}), mtime=0),
        ),
        ("a.gz", gzip.compress(b"A. " * 1000, mtime=0)),
        ("a.docx", zipped({"[Content_Types].xml": b" " * 3000, "word/document.xml": b" "})),
    ],
)
def test_what_an_archive_unpacks_to_is_limited_in_all(
    tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_bytes(b"Z.")
    found = read([tmp_path], limits=Limits(size=2900))
    assert [d.id for d in found] == ["z.txt"]
    assert "unpacks to more than 0.0029 MB; raise the size limit" in found.skipped[0]
    behind = (f"{tmp_path / name}: is left out from b.txt on",) if name == "a.zip" else ()
    assert found.skipped[1:] == behind


def test_archive_that_takes_too_long_costs_itself_only(tmp_path: Path) -> None:
    """The length of a record in this header is a number so long that tarfile took hours."""
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, 1 << 20
    slow = header.tobuf(tarfile.USTAR_FORMAT) + b"1" * header.size + b"\0" * 1024
    (tmp_path / "a.tar").write_bytes(slow)
    (tmp_path / "b.txt").write_text("One.")
    found = read([tmp_path], limits=Limits(seconds=2))
    assert [d.id for d in found] == ["b.txt"]
    (line,) = found.skipped
    assert re.match(r".*a\.tar: (takes longer than 2 s to read; |is damaged |holds no )", line)


def test_type_of_an_archive_that_is_a_bomb_is_not_unpacked() -> None:
    data = zipped({"mimetype": b"\0" * 50_000_000})
    tracemalloc.start()
    assert detect(data, "a.zip") == "zip"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_bomb_is_told_by_its_ratio(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": b"\0" * 11_000_000, "b.txt": b"B."}))
    with pytest.raises(ReadError, match="more than 200 times its size, as archive bombs do"):
        read([tmp_path / "a.zip"])
    with pytest.raises(ReadError, match=r"a\.txt: is not text"):
        read([tmp_path / "a.zip"], limits=Limits(ratio=5000), strict=True)


def test_documents_are_counted_in_archives_too(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.txt": b"One." for n in range(5)}))
    (tmp_path / "b.txt").write_bytes(b"Two.")
    found = read([tmp_path], limits=Limits(files=3))
    assert [d.id for d in found] == ["0.txt", "1.txt", "2.txt"]
    assert found.skipped == (
        f"{tmp_path}/a.zip: is left out from 3.txt on; there are more documents than the limit",
        f"{tmp_path}/b.txt: is left out with all that follows; there are more documents than the limit",
    )


def test_tar_that_is_damaged_in_the_middle_says_so(tmp_path: Path) -> None:
    data = bytearray(tarred({"a.txt": ONE.encode(), "b.txt": b"Two.", "c.txt": b"Three."}))
    data[1024:1100] = b"x" * 76  # the header of the second
    (tmp_path / "a.tar").write_bytes(data)
    found = read([tmp_path])
    assert [d.text for d in found] == [ONE]
    assert found.skipped == (f"{tmp_path}/a.tar: is damaged; files in it may be missing",)


def test_names_with_line_breaks_are_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b\nc.txt": b"\0\1" * 99, "d.txt": b"One."}))
    (tmp_path / "e\u2028f.pdf").write_bytes(b"%PDF-1.7")
    assert all(len(line.splitlines()) == 1 for line in read([tmp_path]).skipped)
    assert len(read([tmp_path]).skipped) == 2
