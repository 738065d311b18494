"""Readers are given damaged files: they refuse these in one line, or make sound documents."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.readers.formats.pdf import Line, join_pages

from .fuzzing.targets import CRASHES, TARGETS, target_of


@st.composite
def damaged(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """Any bytes, or a valid file that was cut, or had some of its bytes replaced."""
    if draw(st.booleans()):
        return draw(st.binary(max_size=200))
    whole = draw(st.sampled_from(seeds))
    data = bytearray(whole[: draw(st.integers(0, len(whole)))] if draw(st.booleans()) else whole)
    for _ in range(draw(st.integers(0, 6))):
        if data:
            at = draw(st.integers(0, len(data) - 1))
            data[at : at + draw(st.integers(0, 9))] = draw(st.binary(max_size=9))
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_file_is_refused_or_read(name: str) -> None:
    target = TARGETS[name]

    @settings(max_examples=60)
    @given(damaged(target.seeds))
    def check(data: bytes) -> None:
        target.check(data)

    check()


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_are_read(name: str) -> None:
    for seed in TARGETS[name].seeds:
        TARGETS[name].check(seed)


@pytest.mark.parametrize("file", sorted(CRASHES.iterdir()), ids=lambda file: file.name)
def test_files_that_readers_broke_on(file: Path) -> None:
    target_of(file).check(file.read_bytes())


_TEXTS = st.text(st.sampled_from("ab-\xad.1")).map("a".__add__)
_POINTS = st.floats(-1000, 1000).map(lambda value: round(value, 1))


@given(st.lists(st.lists(st.builds(Line, _TEXTS, *[_POINTS] * 5)), max_size=4))
def test_lines_on_pages_keep_their_marks(pages: list[list[Line]]) -> None:
    text, starts = join_pages(pages)
    assert len(starts) == len(pages)
    assert list(starts) == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)
