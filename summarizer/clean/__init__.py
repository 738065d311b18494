"""Which blocks of a document are title, date, body, caption or boilerplate.

Judged by structure, in any language. First comes what a document is: a conversation or a mail, a
web page saved as text, or anything else that is written in paragraphs; each has its own reader.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from ..datatypes import Block, BlockKind, Document, Structure
from ..errors import OptionError
from ..text.language import detect_language
from ..text.tokens import normalize_space
from .conversations import conversation_blocks, find_messages, find_turns, message_blocks
from .pages import find_kept, is_page
from .paragraphs import Paragraph, find_paragraphs
from .pitches import find_pitches
from .prose import find_body, has_sections, judge, judge_extracted
from .repetition import find_repeated
from .sections import designators
from .titles import find_date, find_day_of_name, find_headline, headline_text

__all__ = ["body", "clean"]

_BYLINE_WORDS = 12
# So many characters tell the language of a document.
_TELLING = 2000
_HEADINGS = 3
_MAIL = (".eml", ".msg", ".mbox")


def body(document: Document) -> str:
    """Return the body of a document, which may be quoted, without boilerplate.

    Headings and short list items in the body of a web page are included, also if the page was saved
    as plain text, although they are not quoted.

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
        from that subject, a cookie notice say, is boilerplate.
    :return: One structure a document, in the same order.
    """
    own = [designators(document.text) for document in documents]
    # Laws of one trade refer to their parts alike, short ones too.
    words = frozenset().union(*own)
    structures = [
        structure
        if structure.date
        else replace(structure, date=find_day_of_name(document.path or document.id))
        for document, known in zip(documents, own, strict=True)
        for structure in [_structure(document, words if known else known)]
    ]
    repeated = find_repeated(documents, [structure.blocks for structure in structures])
    return [
        replace(
            structure,
            blocks=tuple(_without(documents[number].text, structure.blocks, repeated[number])),
        )
        if number in repeated
        else structure
        for number, structure in enumerate(structures)
    ]


def _without(
    text: str, blocks: Sequence[Block], repeated: Sequence[tuple[int, int]]
) -> Iterator[Block]:
    """Cut stretches, in order, out of bodies."""
    for block in blocks:
        start = block.start
        for left, right in repeated if block.kind == "body" else ():
            if start <= left < right <= block.end:
                yield from _trimmed(text, replace(block, start=start, end=left))
                yield Block("boilerplate", left, right)
                start = right
        yield from _trimmed(text, replace(block, start=start)) if start > block.start else (block,)


def _trimmed(text: str, block: Block) -> Iterator[Block]:
    content = text[block.start : block.end]
    if content.strip():
        start = block.start + len(content) - len(content.lstrip())
        yield replace(block, start=start, end=block.start + len(content.rstrip()))


def _structure(document: Document, words: frozenset[str]) -> Structure:
    text, title = document.text, normalize_space(document.title)
    mail = document.author if (document.path or "").lower().endswith(_MAIL) else None
    messages = find_messages(text, mail)
    if messages:
        return Structure(title, document.date, message_blocks(text, messages))
    turns = find_turns(text)
    if turns:
        return _conversation(document, title, conversation_blocks(text, turns), turns[0].opens)
    paragraphs = find_paragraphs(text)
    if document.extracted:
        own = tuple(judge_extracted(text, paragraphs, words))
        headings = sum(
            before.kind == "heading" and block.kind == "body" for before, block in pairwise(own)
        )
        return Structure(title, document.date, own, headings >= _HEADINGS)
    paged = document.marks is not None and document.marks.kind == "page"
    kept = [] if paged else _kept_paragraphs(paragraphs)
    sectioned = paged or has_sections(paragraphs)
    first, last = _kept_range(kept) if kept else find_body(paragraphs, sectioned=sectioned)
    heading = find_headline(paragraphs, first, last, page=bool(kept))
    if not title and heading is not None:
        title = headline_text(paragraphs, heading)
    before, date = _around(paragraphs[:first], heading, document)
    inside = (
        _chosen(paragraphs[first:last], kept[first:last])
        if kept
        else judge(text, paragraphs, first, last, title, words, paged=paged)
    )
    blocks = [
        Block("title", block.start, block.end)
        if heading is not None and block.start == paragraphs[heading].start
        else block
        for block in inside
    ]
    behind = [Block("boilerplate", p.start, p.end) for p in paragraphs[last:]]
    return Structure(title, date, (*before, *blocks, *behind), sectioned)


def _conversation(
    document: Document, title: str, blocks: tuple[Block, ...], opens: int
) -> Structure:
    """Look for title and date of a conversation above its first turn."""
    above = [p for p in find_paragraphs(document.text) if p.start < opens]
    heading = next((n for n, p in enumerate(above) if p.words > 1 and not find_date(p.text)), None)
    _, date = _around(above, heading, document)
    if not title and heading is not None:
        title = above[heading].text.lstrip("#").strip(" *_")
    return Structure(title, date, blocks)


def _around(
    paragraphs: Sequence[Paragraph], heading: int | None, document: Document
) -> tuple[list[Block], str | None]:
    """Tell the date, and title and boilerplate, among what stands above a body."""
    blocks: list[Block] = []
    date = document.date

    @cache
    def language() -> str:
        return detect_language(document.text[:_TELLING])

    for number, paragraph in enumerate(paragraphs):
        line = paragraph.text if paragraph.words <= _BYLINE_WORDS else ""
        day = find_date(line, language)
        kind: BlockKind = "title" if number == heading else "date" if day else "boilerplate"
        date = date or (day if number != heading else None)
        blocks.append(Block(kind, paragraph.start, paragraph.end))
    return blocks, date


def _kept_paragraphs(paragraphs: Sequence[Paragraph]) -> list[bool]:
    """Tell the body of a page, less what speaks to its reader; none where a text is no page."""
    if not is_page(paragraphs):
        return []
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
        blocks.append(Block(kind if chosen else "boilerplate", start, end))
    return blocks
