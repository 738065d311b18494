"""The records that stages hand to one another: frozen, slotted, without arrays inside."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, get_args

from msgspec import Meta

from .errors import OptionError

# Ranges of values in the JSON: source numbers, offsets, shares, cosines and days.
Number = Annotated[int, Meta(ge=1)]
Offset = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(ge=0, le=1)]
Cosine = Annotated[float, Meta(ge=-1, le=1)]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Verbatim = Annotated[str, Meta(min_length=1)]

# Start and end offset.
Span = tuple[int, int]
BlockKind = Literal["title", "date", "heading", "caption", "boilerplate", "body"]
Measure = Literal["words", "sentences", "chars"]
MarkKind = Literal["page", "paragraph", "row", "slide", "time"]
# The lists of a ``CitedSentence``, in the order in which a citation names them.
EvidenceKind = Literal["agreeing", "partly", "copies", "differing", "earlier"]
KINDS: tuple[EvidenceKind, ...] = get_args(EvidenceKind)

# Python can read JSON nested deeper than this, but not write it.
_MOST_NESTED = 100


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the pages, paragraphs or rows of the original begin in a text.

    :param kind: What is counted: the pages of a PDF, the paragraphs of a Word file, the rows of a
        table, the slides of a presentation, the times of a recording.
    :param starts: The offset in the text at which each part begins, ascending.
    :param first: The number of the first of them.
    :param names: What each is called where it has no number, e.g. ``00:12:31``.
    """

    kind: MarkKind
    starts: tuple[int, ...]
    first: int = 1
    names: tuple[str, ...] = ()


# Fields that are taken from the metadata of another library's document.
FIELDS = ("title", "date", "url", "author", "site")


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
    :param metadata: Anything else that is known of it and that JSON can hold; carried to its source
        in the summary.
    :raises OptionError: If JSON cannot hold the metadata.
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
    metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.metadata:
            # As JSON would return it, so that a summary loaded again is equal.
            object.__setattr__(self, "metadata", _as_json(self.metadata, self.id))


def _as_json(metadata: Mapping[str, Any], name: str) -> dict[str, Any]:
    try:
        copied: dict[str, Any] = json.loads(json.dumps(dict(metadata), allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise OptionError(f"{name}: its metadata must be what JSON can hold ({error})") from error
    level: list[Any] = [copied]
    for _ in range(_MOST_NESTED):
        level = [inner for one in level for inner in _inside(one)]
    if level:
        raise OptionError(f"{name}: its metadata is nested more than {_MOST_NESTED} deep")
    return copied


def _inside(value: object) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch ``text[start:end]`` of a document, and what it is.

    :param speaker: Who says or writes it, where that is known.
    :param where: When it is said, e.g. ``00:12:31``, where that is known.
    """

    kind: BlockKind
    start: int
    end: int
    speaker: str | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """The parts of a document.

    :param title: The headline, as given or found; an empty string without one.
    :param date: The day of publication, as given or found, ``YYYY-MM-DD``; None without one.
    :param blocks: Its paragraphs in order, without overlap; those of kind ``body`` may be quoted.
    :param sectioned: Whether headings or pages divide it, as in reports, and not in talk and tales.
    :param kind: What it was read as: ``mail``, ``conversation``, ``page`` or ``prose``.
    """

    title: str
    date: str | None
    blocks: tuple[Block, ...]
    sectioned: bool = False
    kind: str = "prose"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a quoted sentence that carry much of what the sources are about.

    :param text: The words, from the first to the last telling one.
    :param weight: Their share of the weight of all that the sources say.
    :param sources: The numbers of the sources that have them all, ascending.
    """

    text: Verbatim
    weight: Share
    sources: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a quoted sentence contributes to its summary.

    :param weight: The share of the weight of all that the sources say that it holds.
    :param new: The part of this that no sentence quoted before it holds.
    :param phrases: The weightiest of what is new, by default at most five.
    :param similarity: Cosine of its vector to the subject's; null where it was picked by its words
        alone.
    :param relevance: How relevant it is to the question, comparable within one summary; null where
        none was asked.
    :param unfit: How likely it is unfit for a summary, which makes it worth less; null in an answer
        and where it was picked by its words alone.
    """

    weight: Share
    new: Share
    phrases: tuple[Phrase, ...]
    similarity: Cosine | None
    relevance: float | None = None
    unfit: Share | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of another source that a quoted sentence is compared with.

    :param source: The number of the source that it stands in, counted from 1.
    :param start: The offset of its first character in that source, counted in Unicode code points
        of the text as it decodes, without a byte order mark.
    :param end: The offset after its last character.
    :param text: The passage, verbatim.
    :param where: Where to look in the original: ``page 3``, ``paragraph 4``, ``row 7``, ``line 9``.
    :param similarity: Cosine of the vectors of quote and passage.
    :param probability: How likely it is that the passage says what it is listed for; null where
        that was not estimated.
    :param language: The BCP 47 code of its language, where that is another than the quote's.
    """

    source: Number
    start: Offset
    end: Number
    text: Verbatim
    where: str
    similarity: Cosine
    probability: Share | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that a quote and a passage of another source give differently, e.g. ``12`` and ``15``.

    :param start: The offset of the quote's first such character, in the source of the quote.
    :param end: The offset after its last.
    :param text: The words of the quote, verbatim.
    :param other_start: The offset of the passage's first such character, in its source.
    :param other_end: The offset after its last.
    :param other_text: The words of the passage, verbatim.
    """

    start: Offset
    end: Number
    text: Verbatim
    other_start: Offset
    other_end: Number
    other_text: Verbatim


@dataclass(frozen=True, slots=True)
class DifferingPassage(Passage):
    """A passage of another source that gives what a quoted sentence states differently.

    :param differences: The words that differ, in the order of the quote.
    """

    differences: Annotated[tuple[Difference, ...], Meta(min_length=1)] = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of the summary, where it stands, and what other sources say of it.

    Of each other source there is at most one passage in each list.

    :param text: The quote, verbatim: the characters of its source from start to end.
    :param source: The number of the source that it stands in, counted from 1.
    :param start: The offset of its first character in that source, counted in Unicode code points
        of the text as it decodes, without a byte order mark.
    :param end: The offset after its last character.
    :param index: Which sentence of the source's body it is, counted from 0.
    :param score: Its salience among the sentences of all sources.
    :param where: Where to look in the original: ``page 3``, ``paragraph 4``, ``row 7``, ``line 9``.
    :param agreeing: Passages that state the same in words of their own.
    :param partly: Passages that state its main claim, but not all of its details.
    :param differing: Passages that state it differently, e.g. with another number.
    :param copies: Passages with the same text, nearly word for word.
    :param speaker: Who says it, in a conversation or a mail, where that is known.
    :param earlier: Passages of sources that were known before and give a value of it otherwise:
        what has changed since.
    """

    text: Verbatim
    source: Number
    start: Offset
    end: Number
    index: Offset
    score: Share
    where: str = ""
    agreeing: tuple[Passage, ...] = ()
    partly: tuple[Passage, ...] = ()
    differing: tuple[DifferingPassage, ...] = ()
    copies: tuple[Passage, ...] = ()
    speaker: str | None = None
    earlier: tuple[DifferingPassage, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What other sources say of it: agreeing, partly, copies, differing, earlier."""
        return tuple(passage for kind in KINDS for passage in getattr(self, kind))


_PASSWORD = re.compile(r"(://[^\s/?#:@]*):[^\s/?#]*@")


def hide_passwords(text: str) -> str:
    """Remove passwords from addresses such as ``ftp://ann:secret@host/a.txt``."""
    return _PASSWORD.sub(r"\1@", text)


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the list of sources shows it; addresses are without passwords.

    :param number: The number by which it is cited: its place in the order given, from 1.
    :param id: A name for people and scripts, e.g. its file name.
    :param title: Its headline, as given or found; empty without one.
    :param path: The file it was read from, as it was named.
    :param url: The address it was published at.
    :param date: Its day of publication, as given or found.
    :param sentences: How many sentences its body has.
    :param cited: Whether a sentence of it is quoted, or a passage of it is named with a quote.
    :param author: Who wrote it, as far as is known.
    :param site: The name of the site or paper that published it, as far as is known.
    :param copy_of: The number of the first source that shares most of its text, or of that of one
        between them; null for this first one.
    :param metadata: What else was given with the document.
    :param earlier: Whether it was known before, and so is not quoted but for comparison.
    """

    number: Number
    id: str
    title: str
    path: str | None
    url: str | None
    date: Day | None
    sentences: Offset
    cited: bool
    author: str | None = None
    site: str | None = None
    copy_of: Number | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)
    earlier: bool = False

    def __post_init__(self) -> None:
        for name in ("id", "path", "url"):
            if value := getattr(self, name):
                object.__setattr__(self, name, hide_passwords(value))


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that a summary may have.

    :param unit: What is counted.
    :param limit: How many of them.
    """

    unit: Measure
    limit: Number

    @property
    def room(self) -> int:
        """The most that the costs of sentences may add up to.

        In characters each costs one more, for the blank behind it, though none follows the last.
        """
        return self.limit + (self.unit == "chars")

    def length(self, costs: int) -> int:
        """Return the length of sentences whose costs add up to ``costs``."""
        return costs - (self.unit == "chars")
