"""Which blocks of a document are title, date, body, caption or boilerplate.

Judged by structure, in any language. First comes what a document is: a conversation or a mail, a
web page saved as text, or anything else that is written in paragraphs; each has its own reader.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice, pairwise

from ..datatypes import Block, BlockKind, Document, Structure
from ..errors import OptionError
from ..text.dates import find_date, find_dateline, find_day_of_name, whole_days
from ..text.language import detect_language
from ..text.sentences import split_sentences
from ..text.tokens import normalize_space
from .conversations import (
    conversation_blocks,
    find_messages,
    find_turns,
    message_blocks,
    subject_and_day,
)
from .pages import find_kept, is_page
from .paragraphs import Paragraph, beginnings, find_paragraphs
from .prose import find_body, find_notices, find_pitches, has_sections, judge, judge_extracted
from .repetition import find_repeated
from .sections import designators, is_underlined, lists_names

__all__ = ["body", "clean"]

_BYLINE_WORDS = 12
# At most this many characters tell the language of a document.
_TELLING = 2000
_HEADINGS = 3
_LEAST_TITLE_WORDS = 4
_TITLE_WORDS = 24
_DATE_WORDS = 6
# A line that is indented this far is set in the middle.
_CENTRED = 4
_LEAST_FIELDS = 3
# The field of a patent that holds its title is number 54 (WIPO ST.9).
_FIRST_HEADING = re.compile(r"# |<h1\b[^>]*>[^<]*\w|\(54\)\s(?=[^\W\d_])")
# The name of a draft below its title: "draft-ietf-dhc-options-02".
_FILE_NAME = re.compile(r"\sdraft-[a-z0-9-]{1,80}-\d\d$")
# The field of a draft whose day is not that of the draft.
_EXPIRES = re.compile(r"Expires\b")
_TAGS = re.compile(r"</?\w[^<>]*>")
_FIELD = re.compile(r":?[^\W\d_][\w -]{0,24}:\s")
_MAIL = (".eml", ".msg", ".mbox")
# A place and a day are no longer than this.
_DAY_LETTERS = 60
# A place with capitals and a comma, before a day: "En Lugo, a 3 de mayo de 2021.".
_PLACE = re.compile(r"(?:[^\W\d_]{1,3}\s)?(?P<names>[^\d,.:;!?]{1,60}),\s(?:[^\W\d_]{1,3}\s)?")
_BEHIND_DAY = re.compile(r"\A\s*\.?[–—-]\s+")
_SHORT_WORD = 2
# A report opens with one of its first lines.
_OPENING = 6


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
        structure if structure.date else replace(structure, date=_day_in_head(document))
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


def _day_in_head(document: Document) -> str | None:
    """Find the day in the dateline of a report, or else in the name of its file."""
    language = cache(partial(detect_language, document.text[:_TELLING]))
    lines = filter(None, map(str.strip, document.text[:_TELLING].splitlines()))
    days = (find_dateline(line, language) for line in islice(lines, _OPENING))
    return next(filter(None, days), None) or find_day_of_name(document.path or document.id)


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
        subject, day = subject_and_day(text, messages[0])
        date = document.date or find_date(day, partial(detect_language, text[:_TELLING]))
        return Structure(title or subject, date, message_blocks(text, messages), kind="mail")
    paragraphs = find_paragraphs(text)
    page = is_page(paragraphs)
    form = document.marks.kind if document.marks else None
    turns = find_turns(text, page=page, spoken=form == "time")
    # On a page what has times and no names are films and other stories.
    if turns and (any(turn.speaker for turn in turns) or not page):
        blocks = conversation_blocks(text, turns)
        if document.extracted:  # what stands above an interview is its introduction
            above = [p for p in paragraphs if p.start < turns[0].opens]
            said = [block for block in blocks if block.start >= turns[0].opens]
            blocks = (*judge_extracted(text, above, words), *said)
        return _conversation(document, title, blocks, turns[0].opens)
    if document.extracted:
        own = tuple(judge_extracted(text, paragraphs, words))
        headings = sum(
            before.kind == "heading" and block.kind == "body" for before, block in pairwise(own)
        )
        return Structure(title, document.date, own, headings >= _HEADINGS, "page")
    paged = form == "page"
    kept = _kept_paragraphs(paragraphs) if page and not paged else []
    sectioned = paged or has_sections(paragraphs)
    first, last = _kept_range(kept) if kept else find_body(paragraphs)
    language = cache(partial(detect_language, text[:_TELLING]))
    # What stands right above a date is a headline, also with a stop.
    above_date = first <= 2 < len(paragraphs) and _is_dateline(paragraphs[1], language)
    heading = _find_headline(paragraphs, first, last, language, page=bool(kept))
    if above_date and paragraphs[0].words <= _TITLE_WORDS:
        heading, first = 0, 2
    if not title and heading is not None:
        title = _headline_text(paragraphs, heading)
    before, date = _around(paragraphs[:first], heading, document.date, language)
    judged = (
        _chosen(paragraphs[first:last], kept[first:last])
        if kept
        else judge(text, paragraphs, first, last, title, words, paged=paged)
    )
    inside, opening = _day_apart(text, list(judged), language)
    behind = [Block("boilerplate", p.start, p.end) for p in paragraphs[last:]]
    kind = "page" if kept else "prose"
    return Structure(title, date or opening, (*before, *inside, *behind), sectioned, kind)


def _is_dateline(paragraph: Paragraph, language: Callable[[], str]) -> bool:
    return paragraph.words <= _DATE_WORDS and find_date(paragraph.text, language) is not None


def _conversation(
    document: Document, title: str, blocks: tuple[Block, ...], opens: int
) -> Structure:
    """Look for title and date of a conversation above its first turn."""
    above = [p for p in find_paragraphs(document.text) if p.start < opens]
    language = cache(partial(detect_language, document.text[:_TELLING]))
    heading = next(
        (n for n, p in enumerate(above) if p.words > 1 and not find_date(p.text, language)), None
    )
    _, date = _around(above, heading, document.date, language)
    if not title and heading is not None:
        title = above[heading].text.lstrip("#").strip(" *_")
    return Structure(title, date, blocks, kind="conversation")


def _around(
    paragraphs: Sequence[Paragraph],
    heading: int | None,
    date: str | None,
    language: Callable[[], str],
) -> tuple[list[Block], str | None]:
    """Tell the date, and title and boilerplate, among what stands above a body."""
    blocks: list[Block] = []
    for number, paragraph in enumerate(paragraphs):
        line = paragraph.text if paragraph.words <= _BYLINE_WORDS else ""
        day = find_date(line, language)
        kind: BlockKind = "title" if number == heading else "date" if day else "boilerplate"
        if number != heading and not _EXPIRES.match(line):
            date = date or day
        blocks.append(Block(kind, paragraph.start, paragraph.end))
    return blocks, date


def _kept_paragraphs(paragraphs: Sequence[Paragraph]) -> list[bool]:
    """Tell the body of a page, less what speaks to its reader."""
    kept = find_kept(paragraphs)
    pitches = find_pitches(paragraphs) | find_notices(paragraphs)
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


def _day_apart(
    text: str, blocks: list[Block], language: Callable[[], str]
) -> tuple[list[Block], str | None]:
    """Tell a place and a day, which are no statement, from the sentences that they open."""
    place = next((n for n, block in enumerate(blocks) if block.kind == "body"), None)
    if place is None:
        return blocks, None
    block = blocks[place]
    head = text[block.start : min(block.end, block.start + 2 * _DAY_LETTERS)]
    end = next(iter(split_sentences(head, language())), (0, 0))[1]
    day = _only_day(head[:end], language) if end <= _DAY_LETTERS else None
    if day is None:
        return blocks, None
    first = replace(block, kind="date", end=block.start + end)
    # "Almería, 5 de mayo de 2023.- …" divides day and text by more than a blank.
    divided = text[first.end : block.end]
    rest = _trimmed(text, replace(block, start=block.end - len(_BEHIND_DAY.sub("", divided))))
    return [*blocks[:place], first, *rest, *blocks[place + 1 :]], day


def _only_day(sentence: str, language: Callable[[], str]) -> str | None:
    """Return the day of a sentence that says nothing else, but perhaps a place before it."""
    day, start, end = next(whole_days(sentence, language), (None, 0, 0))
    place = _PLACE.fullmatch(sentence, 0, start)
    names = place["names"].split() if place else []
    named = all(word[0].isupper() or len(word) <= _SHORT_WORD for word in names)
    alone = (place or not start) and not any(map(str.isalnum, sentence[end:]))
    return day if alone and named else None


def _find_headline(
    paragraphs: Sequence[Paragraph],
    first: int,
    last: int,
    language: Callable[[], str],
    *,
    page: bool,
) -> int | None:
    """Find the headline: a fragment in words of the body, else the first, or a page's longest."""
    fields = _field_groups(paragraphs[:first])
    body = {w for p in paragraphs[first:last] for w in beginnings(p.text)} if first else set()
    other, most = None, _LEAST_TITLE_WORDS - 1
    for number, paragraph in enumerate(paragraphs[:first]):
        # A manual has lines of marks above its title and below it, below other headings only.
        framed = number > 0 and paragraph.words > 0 and is_underlined(paragraphs, number)
        framed = framed and paragraphs[number - 1].text == paragraphs[number + 1].text
        if framed or _FIRST_HEADING.match(paragraph.text):
            return number
        layout = paragraph.markup and not paragraph.text.startswith("#")
        if (
            paragraph.group in fields
            or lists_names(paragraph.text)
            or paragraph.bullet
            or layout
            or paragraph.words > _TITLE_WORDS
        ):
            continue
        dated = find_date(paragraph.text, language) is not None
        if paragraph.prose and not paragraph.text.endswith(("?", "!")):
            continue
        above = paragraphs[max(0, number - 1)]
        # On a page the credit of a photo stands right under its caption.
        if page and number and above.prose and above.group == paragraph.group:
            continue
        words = beginnings(paragraph.text)
        # Two words of a menu entry may stand in the body by chance, and so may the day and the
        # month of a date; half a headline does not.
        if len(words & body) >= max(4 if dated else 2, 0.5 * len(words)):
            return number
        if paragraph.words > most and not dated and (page or other is None):
            other, most = number, paragraph.words
    return other


def _field_groups(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Find groups of lines that are the fields of a document's head, in one or two columns."""
    groups: dict[int, list[bool]] = {}
    for paragraph in paragraphs:
        field = _FIELD.match(paragraph.text) or (paragraph.markup and paragraph.text[0].isalpha())
        groups.setdefault(paragraph.group, []).append(bool(field))
    return {group for group, own in groups.items() if sum(own) >= _LEAST_FIELDS}


def _headline_text(paragraphs: Sequence[Paragraph], number: int) -> str:
    """Return a headline, with the lines of it above and below where it is centred."""
    found = paragraphs[number]
    lines = [found]
    for step in (-1, 1):
        place = number + step
        while (
            0 <= place < len(paragraphs)
            and paragraphs[place].group == found.group
            and min(paragraphs[place].indent, found.indent) >= _CENTRED
            and not (paragraphs[place].prose or paragraphs[place].markup)
        ):
            lines.insert(0 if step < 0 else len(lines), paragraphs[place])
            place += step
    whole = " ".join(line.text for line in lines)
    text = whole if len(whole.split()) <= _TITLE_WORDS else found.text
    text = _FILE_NAME.sub("", text.removeprefix("(54)"))
    return _TAGS.sub("", text).lstrip("#").strip(" *_")
