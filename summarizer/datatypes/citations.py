"""Where a quoted sentence stands, and what other sources say of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage of another source that says the same as a quoted sentence.

    :param source: The source's number, counted from 1.
    :param start: The offset of the passage's first character in that source.
    :param end: The offset behind its last character.
    :param text: The passage, verbatim.
    :param similarity: Cosine of the two sentences' vectors, -1 to 1.
    :param where: Where to look in the original: ``page 3``, ``paragraph 4``, ``row 7``, ``line 9``.
    :param copy: Whether it repeats the quote, or a passage before it, nearly word for word, and so
        is no voice of its own.
    """

    source: int
    start: int
    end: int
    text: str
    similarity: float
    where: str = ""
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that a quote and a passage of another source give differently, e.g. ``12`` and ``15``.

    :param start: The offset of the quote's first such character, in the source of the quote.
    :param end: The offset behind its last.
    :param text: The words of the quote, verbatim.
    :param other_start: The offset of the passage's first such character, in its source.
    :param other_end: The offset behind its last.
    :param other_text: The words of the passage, verbatim.
    """

    start: int
    end: int
    text: str
    other_start: int
    other_end: int
    other_text: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A passage of another source that gives what a quote states differently.

    :param source: The source's number, counted from 1.
    :param start: The offset of the passage's first character in that source.
    :param end: The offset behind its last character.
    :param text: The passage, verbatim.
    :param similarity: Cosine of the two sentences' vectors, -1 to 1.
    :param where: Where to look in the original: ``page 3``, ``paragraph 4``, ``row 7``, ``line 9``.
    :param differences: The words that differ, in the order of the quote.
    """

    source: int
    start: int
    end: int
    text: str
    similarity: float
    where: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of the summary and where it stands.

    :param text: The quote, verbatim.
    :param source: The source's number, counted from 1.
    :param start: The offset of its first character in that source.
    :param end: The offset behind its last character.
    :param index: Which sentence of the source's body it is, counted from 0.
    :param score: Its salience among the sentences of all sources, 0 to 1.
    :param corroboration: At most one passage from each other source that says the same.
    :param where: Where to look in the original: ``page 3``, ``paragraph 4``, ``row 7``, ``line 9``.
    :param disagreement: At most one passage from each other source that gives it differently.
    """

    text: str
    source: int
    start: int
    end: int
    index: int
    score: float
    corroboration: tuple[Citation, ...] = ()
    where: str = ""
    disagreement: tuple[Disagreement, ...] = ()

    @property
    def mark(self) -> str:
        """Where to look, shown to people; empty for a line, as a text is searched sooner."""
        return "" if self.where.startswith("line ") else self.where

    @property
    def also(self) -> list[int]:
        """The numbers of the other sources that say the same in words of their own, ascending."""
        return sorted({passage.source for passage in self.corroboration if not passage.copy})

    @property
    def copies(self) -> list[int]:
        """The numbers of the other sources that have the same text, ascending."""
        return sorted({passage.source for passage in self.corroboration if passage.copy})

    @property
    def differs(self) -> list[int]:
        """The numbers of the other sources that give it differently, ascending."""
        return sorted({passage.source for passage in self.disagreement})


Passage = CitedSentence | Citation | Disagreement
