"""One subject, spread over processes: the same bytes, the same errors."""

import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer import Limits, OptionError, ReadError, SummarizerError, read, summarize
from summarizer.batch.running import Engine
from summarizer.batch.spreading import spreading
from summarizer.pipeline import parts
from summarizer.readers import apart

from ..cli.test_cli import invoke
from ..builders import docx_story, html_story, mail_story, zipped
from ..test_parts import DOCUMENTS, backwards, story


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write documents of many kinds, good and bad."""
    folder = tmp_path_factory.mktemp("running")
    for number in range(9):
        (folder / f"{number}.txt").write_text(story(number))
    rows = [json.dumps({"text": story(number)}) for number in range(10, 20)]
    (folder / "rows.jsonl").write_text("\n".join([*rows, "{broken"]))
    (folder / "page.html").write_bytes(html_story())
    (folder / "mail.eml").write_bytes(mail_story())
    inside: dict[str, bytes] = {f"{number}.txt": story(number).encode() for number in (30, 31)}
    (folder / "some.zip").write_bytes(zipped({**inside, "a.docx": docx_story(), "x.png": b"x"}))
    (folder / "packed.gz").write_bytes(gzip.compress(story(40).encode()))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "large.txt").write_text(story(50) * 99)
    (folder / "empty.txt").write_text("")
    (folder / "photo.png").write_bytes(b"x")
    return folder


def add(one: int, other: int) -> int:
    """Add, or fail, or end the process."""
    if other == 8:
        raise SummarizerError("eight is too many")
    if other == 9:
        os._exit(9)
    return one + other


@pytest.mark.parametrize("workers", [None, 0, 1, 3])
def test_calls_are_answered_in_their_order(workers: int | None) -> None:
    with spreading(workers, "local", None) as spread:
        assert list(spread(add, ((number, 1) for number in range(7)))) == list(range(1, 8))
        assert list(spread(add, [])) == []
        with pytest.raises(SummarizerError, match=r"^eight is too many$"):
            list(spread(add, [(1, 1), (1, 8), (1, 2)]))


class Unreadable:
    """A result that can be sent, but not read where it arrives."""

    def __reduce__(self) -> tuple[type[int], tuple[str]]:
        return int, ("no number",)


def test_result_that_cannot_be_read_is_no_dead_process() -> None:
    with (
        spreading(1, "local", None) as spread,
        pytest.raises(ValueError, match="no number"),
    ):
        list(spread(Unreadable, [()]))


def test_part_that_ends_its_processes_is_an_error() -> None:
    with (
        spreading(2, "local", None) as spread,
        pytest.raises(SummarizerError, match=r"^a part of the documents ends each process"),
    ):
        list(spread(add, [(1, 1), (1, 9)]))


def test_calls_that_nobody_waits_for_end_with_the_context() -> None:
    with spreading(2, "local", None) as spread:
        left = iter(spread(os.getpid, [()] * 99))
        worker = next(left)
        os.kill(worker, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    assert list(left) == []


@pytest.mark.parametrize(
    ("workers", "engine", "address", "message"),
    [
        (-1, "local", None, "workers must be a whole number, 0 or more, not -1"),
        (1, "spark", None, "engine must be local or ray, not spark"),
        (None, "local", "auto", "an address goes with engine ray alone"),
    ],
)
def test_wrong_way_of_running_is_told(
    workers: int, engine: Engine, address: str | None, message: str
) -> None:
    where: Any = {"workers": workers, "engine": engine, "address": address}
    for run in (summarize, read):
        with pytest.raises(OptionError, match=message):
            run(["It rains."], **where)


def test_ray_that_is_not_installed_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SummarizerError, match=r"pip install 'summarizer\[ray\]'$"):
        summarize(["It rains."], engine="ray")
    code, _, err = invoke("--engine", "ray", __file__)
    assert (code, err) == (1, "summarize: Ray is not installed: pip install 'summarizer[ray]'\n")


def test_subject_is_summarized_the_same_by_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = summarize(DOCUMENTS, words=60).to_json(explain=True)
    monkeypatch.setattr(parts, "_CHARACTERS", 2000)
    assert len(parts.divide(DOCUMENTS)) > 3
    assert summarize(DOCUMENTS, words=60, workers=2).to_json(explain=True) == expected


@pytest.mark.parametrize("most", [10_000, 1, 9, 21, 24])
def test_files_read_apart_are_those_read_in_turn(
    folder: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_FILES", 3)
    limits = Limits(size=9000, files=most)
    here = read([folder], limits=limits)
    there = read([folder], limits=limits, workers=2)
    assert there == here
    assert there.skipped == here.skipped
    assert any("larger than" in line for line in here.skipped) or most < 20
    with pytest.raises(ReadError) as error:
        read([folder], limits=limits, workers=2, strict=True)
    assert str(error.value) == "; ".join(here.skipped)


def test_files_are_sent_in_batches_and_pipes_are_left(folder: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    files = ["-", *(str(folder / f"{number}.txt") for number in range(9)), str(pipe)]
    found = list(apart.read_apart(files, Limits(), backwards))
    assert [file.path for file in found] == files
    assert [file.documents is None for file in found] == [True, *[False] * 9, True]


def test_command_gives_the_same_bytes_by_processes(folder: Path) -> None:
    expected = invoke("--format", "json", folder)
    assert expected[0] == 0
    assert invoke("--format", "json", "--workers", 2, folder) == expected
