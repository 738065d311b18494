"""Which blocks of a document are title, date, body, caption or furniture.

Judged by structure, in any language: a paragraph of prose is long and ends as a sentence does; a
headline, byline, menu entry or photo credit does not. The body is the run of paragraphs with most
prose; in a saved web page, where much else is prose too, a learned model tells it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..datatypes import Block, BlockKind, Document, Structure
from ..errors import OptionError
from ..text.tokens import count_words, normalize_space, tokenize
from .boxes import find_boxes
from .dates import find_date
from .headline import find_headline
from .pages import find_kept, is_page
from .paragraphs import PROSE_WORDS, Paragraph, find_paragraphs
from .pitches import find_pitches
from .prose import find_run
from .repetition import Noted, note_paragraphs, repeated_furniture

__all__ = ["CleanedPart", "body", "clean", "clean_part", "clean_parts"]

_PROSE_CAP = 80
_BYLINE_WORDS = 12
_CREDIT_WORDS = 10
_REPEATED_SHARE = 0.9
_TEASER_WORDS = 4
_SENTENCE_END = re.compile(r"(?<=[^\W_]{3})[.!?][\"'”’)]?\s+|[。！？؟।]")
_BRACKETED = re.compile(r"[(\[].*[)\]]$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CleanedPart:
    """What some documents consist of, and what others may turn out to repeat."""

    structures: list[Structure]
    noted: Noted


def body(document: Document) -> str:
    """Return the body of a document, furniture left out.

    It is what may be quoted; of a web page, also one saved as plain text, the headings and short
    list items within it are shown with it.

    :param document: Any document.
    :return: The paragraphs of its body, each verbatim, with an empty line between them.
    :raises OptionError: If it is not a document.
    """
    if not isinstance(document, Document):
        raise OptionError(f"body takes a Document, not {type(document).__name__}")
    blocks = clean([document])[0].blocks
    web = document.extracted or is_page(find_paragraphs(document.text))
    kinds = {"body", "heading"} if web else {"body"}
    return "\n\n".join(document.text[b.start : b.end] for b in blocks if b.kind in kinds)


def clean(documents: Sequence[Document]) -> list[Structure]:
    """Tell the body of each document from everything around it.

    :param documents: Documents about one subject. What several of them repeat word for word away
        from that subject, a cookie notice say, is furniture.
    :return: One structure a document, in the same order.
    """
    return clean_parts(documents, [clean_part(documents)])


def clean_part(documents: Sequence[Document], first: int = 0) -> CleanedPart:
    """Tell the body of each of some documents, as far as they themselves tell it.

    :param documents: Some of the documents about a subject.
    :param first: The number of the first of them among all.
    """
    structures = [_structure(document) for document in documents]
    noted = note_paragraphs(documents, [structure.blocks for structure in structures], first)
    return CleanedPart(structures, noted)


def clean_parts(documents: Sequence[Document], parts: Sequence[CleanedPart]) -> list[Structure]:
    """Find what several documents repeat.

    :param documents: All documents.
    :param parts: What is known of parts of them, one behind the other.
    :return: One structure a document.
    """
    structures = [structure for part in parts for structure in part.structures]
    blocks = [structure.blocks for structure in structures]
    for number, start in repeated_furniture(documents, blocks, [part.noted for part in parts]):
        blocks[number] = tuple(
            Block("furniture", block.start, block.end) if block.start == start else block
            for block in blocks[number]
        )
    return [
        replace(structure, blocks=own) for structure, own in zip(structures, blocks, strict=True)
    ]


def _structure(document: Document) -> Structure:
    paragraphs = find_paragraphs(document.text)
    if document.extracted:
        return Structure(normalize_space(document.title), document.date, _extracted(paragraphs))
    kept = _kept_paragraphs(paragraphs) if is_page(paragraphs) else []
    first, last = _kept_range(kept) if kept else find_run(paragraphs)
    heading = find_headline(paragraphs, first, last, page=bool(kept))
    title = normalize_space(document.title)
    if not title and heading is not None:
        title = paragraphs[heading].text.lstrip("#").strip(" *_")
    date = document.date
    inside = (
        _chosen(paragraphs[first:last], kept[first:last])
        if kept
        else _judged(document.text, paragraphs, first, last, title)
    )
    blocks: list[Block] = []
    for number, paragraph in enumerate(paragraphs):
        if number == heading:
            blocks.append(Block("title", paragraph.start, paragraph.end))
        elif first <= number < last:
            blocks.append(inside[number - first])
        else:
            near = number < first and paragraph.words <= _BYLINE_WORDS
            day = find_date(paragraph.text) if near else None
            date = date or day
            blocks.append(Block("date" if day else "furniture", paragraph.start, paragraph.end))
    return Structure(title, date, tuple(blocks))


def _kept_paragraphs(paragraphs: Sequence[Paragraph]) -> list[bool]:
    """Tell the body of a page, less what speaks to its reader."""
    kept = find_kept(paragraphs)
    pitches = find_pitches(paragraphs, *_kept_range(kept))
    rest = [chosen and number not in pitches for number, chosen in enumerate(kept)]
    return rest if any(rest) else kept


def _kept_range(kept: Sequence[bool]) -> tuple[int, int]:
    places = [number for number, chosen in enumerate(kept) if chosen]
    return places[0], places[-1] + 1


def _chosen(paragraphs: Sequence[Paragraph], kept: Sequence[bool]) -> list[Block]:
    """Tell sentences from headings and items among what is kept of a page."""
    has_prose = any(p.prose for p, chosen in zip(paragraphs, kept, strict=True) if chosen)
    blocks: list[Block] = []
    for paragraph, chosen in zip(paragraphs, kept, strict=True):
        start, end = paragraph.start + paragraph.bullet, paragraph.end - paragraph.credit
        if not paragraph.prose or start >= end:
            start, end = paragraph.start, paragraph.end
        quotable = paragraph.prose or not has_prose
        kind: BlockKind = "body" if quotable else "heading"
        blocks.append(Block(kind if chosen else "furniture", start, end))
    return blocks


def _judged(
    text: str, paragraphs: Sequence[Paragraph], first: int, last: int, title: str
) -> list[Block]:
    """Tell by rules what the paragraphs of a run are."""
    has_prose = any(paragraph.prose for paragraph in paragraphs)
    boxes = {first + place for place in find_boxes(paragraphs[first:last])}
    boxes |= find_pitches(paragraphs, first, last)
    blocks: list[Block] = []
    for number in range(first, last):
        judged = _judge(text, paragraphs, number, first, title, has_prose=has_prose)
        boxed = judged.kind == "body" and number in boxes
        blocks.append(Block("furniture", judged.start, judged.end) if boxed else judged)
    return blocks


def _extracted(paragraphs: Sequence[Paragraph]) -> tuple[Block, ...]:
    """Tell what may be quoted from headings, items of lists and pitches in a text that is body."""
    has_prose = any(paragraph.prose for paragraph in paragraphs)
    pitches = find_pitches(paragraphs, 0, len(paragraphs))
    blocks: list[Block] = []
    for number, paragraph in enumerate(paragraphs):
        quotable = (paragraph.prose or not has_prose) and number not in pitches
        kind: BlockKind = "body" if quotable else "heading"
        blocks.append(Block(kind, paragraph.start, paragraph.end))
    return tuple(blocks)


def _judge(
    text: str,
    paragraphs: Sequence[Paragraph],
    number: int,
    first: int,
    title: str,
    *,
    has_prose: bool,
) -> Block:
    """Tell what a paragraph within the range of the body is, and where its sentences begin."""
    paragraph = paragraphs[number]
    start, end = paragraph.start + paragraph.bullet, paragraph.end
    bracketed = _BRACKETED.match(paragraph.text) and paragraph.words < 2 * PROSE_WORDS
    if paragraph.markup or bracketed:
        kind: BlockKind = "heading" if paragraph.markup else "furniture"
        return Block(kind, paragraph.start, end)
    if not paragraph.prose and has_prose:
        leads = number + 1 < len(paragraphs) and paragraphs[number + 1].prose
        return Block("heading" if leads else "furniture", paragraph.start, end)
    if paragraph.bullet and paragraph.words <= PROSE_WORDS:
        return Block("furniture", paragraph.start, end)
    if number == first and _is_standfirst(paragraphs[first:]):
        return Block("heading", paragraph.start, end)
    if paragraph.single and (paragraph.credit or _credit_follows(paragraphs, number)):
        return Block("caption", paragraph.start, end)
    end -= paragraph.credit
    if number < first + 2:
        start = _behind_title(text, start, end, title)
    if start >= end:
        return Block("furniture", paragraph.start, paragraph.end)
    return Block("body", start, end)


def _is_standfirst(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell a second headline, a first sentence that a later paragraph has nearly word for word."""
    if not paragraphs[0].single:
        return False
    words = set(tokenize(paragraphs[0].text))
    return any(
        len(words.intersection(tokenize(paragraph.text))) >= _REPEATED_SHARE * len(words)
        for paragraph in paragraphs[1:]
        if paragraph.words < _PROSE_CAP
    )


def _credit_follows(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Tell whether a paragraph and a short fragment are alone between empty lines."""
    if number + 1 == len(paragraphs):
        return False
    group = [
        p
        for p in paragraphs[max(0, number - 1) : number + 3]
        if p.group == paragraphs[number].group
    ]
    credit = paragraphs[number + 1]
    return (
        len(group) == 2
        and group[1] is credit
        and not credit.prose
        and not credit.bullet
        and credit.words <= _CREDIT_WORDS
    )


def _behind_title(text: str, start: int, end: int, title: str) -> int:
    """Skip a first sentence that repeats the headline, as teasers glued to it do."""
    if count_words(title) < 5:
        return start
    pattern = r"\s+".join(map(re.escape, title.split()))
    repeat = re.compile(pattern).search(text, start, end)
    # A teaser puts a word or two before the headline; a sentence that mentions it says more.
    if repeat is None or count_words(text[start : repeat.start()]) > _TEASER_WORDS:
        return start
    stop = _SENTENCE_END.search(text, repeat.end(), end)
    return stop.end() if stop else end
