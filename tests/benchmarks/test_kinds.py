"""The table of what documents of known kinds are read as."""

from pathlib import Path

import pytest

from benchmarks.kinds import main


def test_documents_are_counted_by_what_they_are_read_as(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "report.txt").write_text("The bridge was closed for three weeks of repairs.\n")
    talk = "Ann Lee: Who closed it?\n\nBob Roe: The city closed it on Monday.\n\n"
    (tmp_path / "talk.txt").write_text(3 * talk)
    assert main([f"prose={tmp_path}", f"mail={tmp_path / 'report.txt'}"]) == 0
    _, mail, prose = capsys.readouterr().out.splitlines()
    assert (mail.split(), prose.split()) == (["mail", *"0001"], ["prose", *"0101"])
    assert main(["novel=x"]) == main([]) == 2
