"""Files that are broken, or made to break what reads them: one line each, and no harm."""

import csv
import gzip
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from summarizer import Limits, OptionError, ReadError, read
from summarizer.readers.documents import Origin
from summarizer.readers.formats import detect
from summarizer.readers.sandbox import Sandbox

from ..builders import docx_story, html_story, odt_story, zipped
from ..processes import children

ENTITIES = b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8)
)


@pytest.mark.parametrize("data", [docx_story(), odt_story()], ids=["docx", "odt"])
def test_entities_are_not_expanded(tmp_path: Path, data: bytes) -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name in ("word/document.xml", "content.xml"):
        if name in files:
            xml = files[name].split(b"?>\n")[-1]
            files[name] = ENTITIES + xml.replace(b"The harbour", b"&i; harbour")
    (tmp_path / "a").write_bytes(zipped(files))
    try:
        assert "aaaa" not in read([tmp_path / "a"])[0].text
    except ReadError as error:
        assert "cannot be read as" in str(error)


def test_nested_tags(tmp_path: Path) -> None:
    page = b"<html>" + b"<div><b>" * 50_000 + b"One." + b"<p>The mayor closed the bridge.</p>"
    (tmp_path / "a.html").write_bytes(page)
    with pytest.raises(ReadError, match=r"a\.html: "):
        read([tmp_path / "a.html"])


def test_comments_before_a_page_do_not_hang() -> None:
    assert detect(b"<!---->" * 500 + b"Text.", "a") == "text"
    assert detect(b"<!-- One -- --> <!-- Two -->\n" * 99 + b"<!doctype html>", "a") == "html"


def test_long_field_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('title,text\nA,"' + "word " * 100_000 + '"\n')
    before = csv.field_size_limit()
    assert len(read([tmp_path / "a.csv"])[0].text) == 500_000
    assert csv.field_size_limit() == before  # of the whole process


def test_halves_of_letters_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "One \\ud800 two.", "title": "\\udfff"}')
    (document,) = read([tmp_path / "a.jsonl"])
    assert (document.text, document.title) == ("One \ufffd two.", "\ufffd")


def test_size_is_limited(tmp_path: Path) -> None:
    with (tmp_path / "sparse.txt").open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(
        ReadError, match=r"sparse\.txt: is larger than 200 MB; raise the size limit"
    ):
        read([tmp_path])
    for path in (tmp_path / "sparse.txt", "/dev/zero"):
        with pytest.raises(ReadError, match=r"is larger than 0\.001 MB; raise the size limit"):
            read([path], limits=Limits(size=1000))


def test_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(b"One. " * 100)
    fstat = os.fstat
    small = tmp_path / "small"
    small.write_bytes(b"One.")

    def before_it_grew(descriptor: int) -> os.stat_result:
        found = fstat(descriptor)
        return small.stat() if found.st_size == 500 else found

    monkeypatch.setattr(os, "fstat", before_it_grew)
    with pytest.raises(ReadError, match=r"a\.txt: is larger than 0\.0001 MB"):
        read([tmp_path / "a.txt"], limits=Limits(size=100))


def test_pipe_that_nobody_writes_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadError, match=r"pipe: nothing came through this pipe for 0\.05 s"):
        read([tmp_path / "pipe"], limits=Limits(seconds=0.05))


def test_device_that_is_silent() -> None:
    ours, theirs = os.openpty()
    try:
        with pytest.raises(ReadError, match=r"nothing came through this pipe for 0\.1 s"):
            read([os.ttyname(theirs)], limits=Limits(seconds=0.1))
    finally:
        os.close(ours)
        os.close(theirs)


def test_pipe_that_somebody_writes_to(tmp_path: Path) -> None:
    from threading import Thread

    os.mkfifo(tmp_path / "pipe")
    writer = Thread(target=lambda: (tmp_path / "pipe").write_bytes(b"One. " * 50_000))
    writer.start()
    (document,) = read([tmp_path / "pipe"])
    writer.join()
    assert document.text == "One. " * 50_000


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "c.txt").write_text("One.")
    found = read([tmp_path])
    assert len(found) == 1
    assert [line.split(": ")[0][-5:] for line in sorted(found.skipped)] == ["a.txt", "b.txt"]
    with pytest.raises(ReadError, match=r"a\.txt: "):
        read([tmp_path / "a.txt"])


def test_hang_costs_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(html_story())
    (tmp_path / "b.txt").write_text("One.")
    found = read([tmp_path], limits=Limits(seconds=0.001))
    assert [d.id for d in found] == ["b.txt"]
    assert found.skipped == (
        f"{tmp_path / 'a.html'}: takes longer than 0.001 s to read; raise the time limit",
    )


def test_long_text_and_archive_are_timed_too(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("One. " * 300_000)
    (tmp_path / "packed.txt.gz").write_bytes(gzip.compress(b"One."))
    (tmp_path / "short.txt").write_text("One.")
    found = read([tmp_path], limits=Limits(seconds=0.001))
    assert [d.id for d in found] == ["short.txt"]
    slow = "takes longer than 0.001 s to read; raise the time limit"
    assert found.skipped == tuple(f"{tmp_path / n}: {slow}" for n in ("long.txt", "packed.txt.gz"))
    assert [len(d.text) for d in read([tmp_path])] == [1_500_000, 4, 4]


def test_slow_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("One.")
    times = iter((0.0, 61.0))
    monkeypatch.setattr("summarizer.readers.paths.monotonic", lambda: next(times))
    with pytest.raises(ReadError, match=r"a\.txt: takes longer than 60 s to read; raise the"):
        read([tmp_path / "a.txt"])


def test_time_is_that_of_an_archive_and_all_in_it(tmp_path: Path) -> None:
    # Each takes about as long as the limit for all of them.
    page = b"<html><body>" + b"<p>The mayor closed the old bridge of the town.</p>" * 20_000
    pages = {f"{number:02}.html": page + b"%d" % number for number in range(60)}
    (tmp_path / "a.zip").write_bytes(zipped(pages))
    begun = time.monotonic()
    with pytest.raises(ReadError) as caught:
        read([tmp_path / "a.zip"], limits=Limits(seconds=1.5), strict=True)
    assert time.monotonic() - begun < 15
    slow = "takes longer than 1.5 s to read; raise the time limit"
    assert slow in str(caught.value)
    assert "a.zip: is left out from " in str(caught.value)


def test_mailbox_of_empty_mails_ends(tmp_path: Path) -> None:
    mails = b"From a@b Mon Jan  1 00:00:00 2024\nSubject: x\n\n\n" * 50_000
    (tmp_path / "a.mbox").write_bytes(mails)
    with pytest.raises(ReadError, match=r"a\.mbox: is left out from 11\.eml on; there are more"):
        read([tmp_path / "a.mbox"], limits=Limits(files=10), strict=True)
    with pytest.raises(ReadError, match=r"takes longer than 1 s to read; raise the time limit"):
        read([tmp_path / "a.mbox"], limits=Limits(files=10**6, seconds=1.0), strict=True)


def test_sandbox_that_was_killed_is_started_again() -> None:
    others = set(children(os.getpid()))
    with Sandbox(Limits()) as sandbox:
        for _ in range(2):
            until = time.monotonic() + 60
            (document,) = sandbox.read("html", html_story(), Origin("a.html", None), until)
            assert document.id == "a.html"
            for child in set(children(os.getpid())) - others:
                os.kill(child, signal.SIGKILL)
                # Until its last thread has ended, but so that the sandbox itself sees it end.
                os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)


def test_memory_is_limited(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"text": "' + "One. " * 4_000_000 + '"}')
    with pytest.raises(ReadError, match=r"a\.json: (needs|crashes) .*memory"):
        read([tmp_path], limits=Limits(memory=60_000_000))
    assert len(read([tmp_path])[0].text) == 20_000_000


def test_crash_costs_one_file() -> None:
    until = time.monotonic() + 60
    with Sandbox(Limits()) as sandbox:
        with pytest.raises(ReadError, match=r"a\.x: crashes the reader of unheard-of files"):
            sandbox.read("unheard-of", b"", Origin("a.x", None), until)
        (document,) = sandbox.read("html", html_story(), Origin("a.html", None), until)
        assert document.id == "a.html"


def test_sandbox_is_one_process_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess

    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def watch(*arguments: Any, **options: Any) -> Any:
        started.append(start(*arguments, **options))
        return started[-1]

    monkeypatch.setattr("summarizer.readers.Sandbox", Sandbox)
    monkeypatch.setattr(subprocess, "Popen", watch)
    folder = Path(__file__).resolve().parents[2] / "examples"
    assert len(read([folder / "formats"])) == 6
    assert len(started) == 1
    assert started[0].poll() is not None
    read([folder / "moon_landing"])
    assert len(started) == 1


@pytest.mark.parametrize(
    "limits",
    [{"size": 0}, {"files": -1}, {"depth": 1.5}, {"seconds": float("nan")}, {"ratio": True}],
)
def test_limits_are_checked(limits: Any) -> None:
    with pytest.raises(OptionError, match=f"limit {next(iter(limits))} must be a number above 0"):
        Limits(**limits)
    with pytest.raises(OptionError, match="limits must be Limits, not dict"):
        read(["x"], limits=limits)


@pytest.mark.parametrize("limits", [{"seconds": 1e11}, {"memory": 10**21}, {"size": 10**30}])
def test_limits_beyond_counting_are_refused(limits: Any) -> None:
    with pytest.raises(OptionError, match=f"limit {next(iter(limits))} must be at most"):
        Limits(**limits)


def test_files_in_an_archive_that_cannot_be_read_count(tmp_path: Path) -> None:
    bad = {f"{n:02}.eml": b"From: a@b\nReceived: now\n\n\n" for n in range(20)}
    (tmp_path / "a.zip").write_bytes(zipped({**bad, "z.txt": b"One."}))
    with pytest.raises(ReadError, match=r"a\.zip: is left out from 05\.eml on; there are more"):
        read([tmp_path / "a.zip"], limits=Limits(files=5))
    assert [d.text for d in read([tmp_path / "a.zip"])] == ["One."]
