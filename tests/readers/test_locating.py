"""Lines, as they are counted by whoever asks for one place alone."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer import Document
from summarizer.readers.documents import Locator


@given(st.text("a\n\r", max_size=30), st.lists(st.integers(0, 35)))
def test_places_in_any_order(text: str, offsets: list[int]) -> None:
    locator = Locator(Document("a", text))
    for offset in offsets:
        before = text[:offset]
        breaks = before.count("\n") or before.count("\r")
        assert locator.where(offset) == f"line {1 + breaks}"


def test_text_is_looked_through_once() -> None:
    looked: list[int] = []

    class Text(str):
        __slots__ = ()

        def count(self, letter: str, start: int, end: int) -> int:  # type: ignore[override]
            looked.append(end - start)
            return str(self).count(letter, start, end)

    text = Text("line\n" * 1000)
    locator = Locator(Document("a", text))
    assert [locator.where(5 * line) for line in range(1000)] == [
        f"line {1 + line}" for line in range(1000)
    ]
    assert sum(looked) <= 2 * len(text)
