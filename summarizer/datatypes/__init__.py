"""The records that stages hand to one another: frozen, slotted, without arrays inside."""

from dataclasses import dataclass
from typing import Literal

from .citations import Citation, CitedSentence, Difference, Disagreement

__all__ = [
    "NOTHING",
    "Block",
    "BlockKind",
    "Budget",
    "Citation",
    "CitedSentence",
    "Difference",
    "Disagreement",
    "Document",
    "Explanation",
    "MarkKind",
    "Marks",
    "Measure",
    "Phrase",
    "Place",
    "Sentence",
    "Source",
    "Structure",
    "Unit",
]

BlockKind = Literal["title", "date", "heading", "caption", "boilerplate", "body"]
Measure = Literal["words", "sentences", "chars"]
MarkKind = Literal["page", "paragraph", "row"]


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the parts begin that people count in the original of a text.

    :param kind: What is counted: the pages of a PDF, the paragraphs of a Word file, the rows of a
        table.
    :param starts: The offset in the text at which each part begins, ascending.
    :param first: The number of the first of them.
    """

    kind: MarkKind
    starts: tuple[int, ...]
    first: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """One source text.

    :param id: A name for people and scripts, e.g. its file name.
    :param text: The text exactly as read; every offset counts its characters.
    :param title: The headline; found in the text where it is empty.
    :param date: The day of publication as ``YYYY-MM-DD``; found in the text where it is None.
    :param path: The file it was read from.
    :param url: The address it was published at.
    :param author: Who wrote it.
    :param site: The name of the site or paper that published it.
    :param marks: Its pages, paragraphs or rows; None for a text, where lines are counted.
    :param extracted: Whether the text is the body alone, as found by its markup; then nothing in it
        is taken for boilerplate by its form.
    """

    id: str
    text: str
    title: str = ""
    date: str | None = None
    path: str | None = None
    url: str | None = None
    author: str | None = None
    site: str | None = None
    marks: Marks | None = None
    extracted: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch ``text[start:end]`` of a document, and what it is.

    :param speaker: Who says it, in a conversation or a mail thread; None where nobody is named.
    :param where: When it is said, as the text has it, e.g. ``00:12:31``; None where it has nothing.
    """

    kind: BlockKind
    start: int
    end: int
    speaker: str | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """What a document consists of.

    :param title: The headline, as given or found; an empty string without one.
    :param date: The day of publication, as given or found, ``YYYY-MM-DD``; None without one.
    :param blocks: Its paragraphs in order, without overlap; those of kind ``body`` may be quoted.
    """

    title: str
    date: str | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document's body: ``documents[document].text[start:end] == text``.

    :param document: Which document, counted from 0.
    :param index: Which sentence of that document's body, counted from 0.
    :param start: The offset of its first character.
    :param end: The offset behind its last character.
    :param text: The sentence, verbatim.
    """

    document: int
    index: int
    start: int
    end: int
    text: str

    def follows(self, other: "Sentence") -> bool:
        """Tell whether this is the sentence behind another in the body of one document."""
        return (self.document, self.index) == (other.document, other.index + 1)


# What a unit needs that may never be picked.
NOTHING = -2


@dataclass(frozen=True, slots=True)
class Unit:
    """Sentences that are picked together.

    :param rows: Their rows in reading order.
    :param needs: The row without which they may not be picked; -1 without one, ``NOTHING`` for what
        may never be, as it points back to something that is not there.
    :param reads_well: False for a question or a scrap.
    """

    rows: tuple[int, ...]
    needs: int
    reads_well: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a quoted sentence that carry much of what the sources are about.

    :param text: The words, from the first to the last telling one.
    :param weight: Their share of the weight of all that the sources say, 0 to 1.
    :param sources: The numbers of the sources that have them all, ascending.
    """

    text: str
    weight: float
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a quoted sentence contributes to its summary.

    :param weight: The share of the weight of all that the sources say that it holds, 0 to 1.
    :param new: The part of this that no sentence quoted before it holds.
    :param phrases: The weightiest of what is new, at most five.
    :param similarity: Cosine of its vector to the subject's, -1 to 1; None where it was picked by
        its words alone.
    :param importance: How many times as much as in the mean sentence what it holds is worth in it,
        above 0; None likewise.
    """

    weight: float
    new: float
    phrases: tuple[Phrase, ...]
    similarity: float | None
    importance: float | None


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the list of sources shows it.

    :param number: Its number in the order given, counted from 1.
    :param sentences: How many sentences its body has.
    :param cited: Whether a sentence of it is quoted, or says the same as a quoted one, or differs.
    :param author: Who wrote it.
    :param site: The name of the site or paper that published it.
    :param copy_of: The number of the first source that shares most of its text, or of that of one
        between them; None for this first one.
    """

    number: int
    id: str
    title: str
    path: str | None
    url: str | None
    date: str | None
    sentences: int
    cited: bool
    author: str | None = None
    site: str | None = None
    copy_of: int | None = None

    @property
    def published(self) -> list[str]:
        """By whom, where and when, as far as it is known; what says the same is said once."""
        by = [" ".join(name.split()) for name in (self.author, self.site) if name]
        told = [name for place, name in enumerate(by) if name and name not in by[:place]]
        return [*told, *([self.date] if self.date else [])]


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that a summary may have: ``limit`` words, sentences or characters."""

    unit: Measure
    limit: int


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence on the map of what the sources say; near ones say similar things.

    :param source: The number of its source, counted from 1.
    :param start: The offset of its first character there.
    :param end: The offset behind its last character.
    :param x: Where it lies from left to right, 0 to 1.
    :param y: Where it lies from bottom to top, 0 to 1.
    :param cluster: A number that it shares with the sentences that say the same.
    """

    source: int
    start: int
    end: int
    x: float
    y: float
    cluster: int
