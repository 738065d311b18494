"""Who says what in transcripts, interviews, chats and mail threads.

A turn is told by its form: a name and a colon, a time and a name, a name on a line of its own that
comes again. A mail is told by the lines of its head. Names and times are what a sentence is
attributed to, and no words of it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain, pairwise, takewhile, zip_longest

from ..datatypes import Block
from ..text.language import detect_language
from ..text.sentences import split_sentences
from ..text.tokens import normalize_space, tokenize
from .paragraphs import (
    PROSE_WORDS,
    Paragraph,
    ends_sentence,
    find_paragraphs,
    line_spans,
    sentence_ends,
)

_NO_WIDTH = "\u200e\u200f\u202a-\u202e\ufeff"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
_DAY = (
    r"(?:\d{1,4}[./-]\d{1,2}[./-](?:\d{1,4})?|\d{1,2}[. -]{1,2}[^\W\d_]{3,9}[. -]{1,2}\d{2,4}"
    r"|[^\W\d_]{3,9}\.?\s\d{1,2},?\s\d{4}|\d{4}[年년]\s?\d{1,2}[月월]\s?\d{1,2}[日일])"
)
# A day and a time, in which a stop may divide hours and minutes, or a time.
_STAMP = (
    rf"[\[(<]?(?:{_DAY},?[\sT]{{1,3}}(?:[^\W\d_]{{1,4}}\s)?\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?|{_CLOCK})"
    r"(?:[.,]\d{1,3})?(?:Z|[+-]\d\d:?\d\d)?(?:\s?[AaPp]\.?\s?[Mm]\.?)?[\])>]?"
)
_MARK = r"[*_]{0,2}"
# subtle: the shortest name is tried first, so that a time behind it is not taken for a part of it.
_LABEL = re.compile(
    rf"\A[{_NO_WIDTH}]*(?P<before>{_STAMP})?[\s–—-]{{0,3}}[{_NO_WIDTH}]*"
    rf"(?:<[@+ ]?(?P<nick>[^<>\s]{{1,30}})>\s|(?P<column>[^\t:]{{1,40}})\t|"
    rf"{_MARK}(?P<name>\+\d[\d \xa0-]{{6,20}}"
    rf"|(?:[~@]\s?)?[^\W\d_][^:：!?;\"“”<>{{}}]{{0,48}}?){_MARK}"
    rf"\s?(?P<after>{_STAMP})?\s?[:：]{_MARK}(?=\s|[{_NO_WIDTH}]|$))\s*"
)
# "Q." and "A." of an examination; "Ms. Marsh." and "The Chairman." of a hearing; "M. Jean Roy,
# ministre. – " of a parliament.
_LETTER_LABEL = re.compile(r"(?P<name>[A-Z])\.\s+(?=\S)")
_STOPPED_LABEL = re.compile(
    r"(?P<name>[^\W\d_][\w’'-]{0,20}\.?(?: [^\W\d_][\w’'-]{0,20}){1,4}?)"
    r"(?: \([^().:;!?]{2,80}\)|, [^.:;!?]{2,80})?\.\s+(?:[–—-]\s+)?(?=\S)"
)
_TITLED = re.compile(r"(?:[^\W\d_]{1,4}\.|Mr|Mrs|Ms|Mme|Mlle|Madame|Monsieur|Frau|Herr)\s")
_ALONE = re.compile(
    rf"\A(?P<before>{_STAMP})?\s*{_MARK}(?P<name>[^\W\d_][^:：!?;,\"“”<>{{}}]{{0,60}}?){_MARK}"
    rf"(?P<role>\s*(?:(?:--|[–—|,]|(?<=\s)-\s).{{0,80}}?|(?:\((?!\d)[^()]{{1,60}}\)\s?)+))?\s*(?P<after>{_STAMP})?\s*:?$"
)
_TIME = re.compile(rf"{_STAMP}$")
_STAMPED = re.compile(rf"[{_NO_WIDTH}]*(?P<before>{_STAMP})[\s–—-]{{0,3}}")
_CLOCK_IN = re.compile(_CLOCK)
_TIME_IN = re.compile(rf"{_CLOCK}|(?<=[\sT])\d{{1,2}}\.\d\d(?:\.\d\d)?")
_QUESTION = re.compile("[?？؟]")
_INITIAL = re.compile(r"[^\W\d_]\.")
_LEAST_TURNS = 3
_NAME_WORDS = 5
# A name that comes again makes a speaker where this share of the named lines has such names.
_SPEAKING = 0.5
# Where fewer messages of some words have a stop at their end, they need none.
_STOPPED = 0.75
# Of talk that somebody wrote down many turns end so: they were broken off.
_STOPPED_IN_TALK = 0.5
# A turn has one line in this many at least, or names are headings and fields.
_TURN_LINES = 12
# How much longer than others what is below the last row of a table of times is.
_LAST_TURN = 2
# Of many turns none is a larger share of the text; a section below a heading that recurs may be.
_LONGEST_TURN = 0.25
# What nods or greets is short. In a long talk nearly all short sentences do.
_SHORT_SENTENCE = 3
_LONG_TALK = 40
_SHORT_IN_LONG_TALK = 6
# What the scribe adds: "{gap}", "[MUSIC]", "(laughs)".
_NOTED = re.compile(
    r"\{[^{}]{1,40}\}|\[[^\[\]]{1,40}\]|\([^().!?]{1,40}\)(?=\s*$)|^\([^().!?]{1,40}\)"
    r"|(?<=[.!?…][ \xa0])\([^()]{1,120}\)(?=\s*$)"
)
# "This message was deleted": a program says so in the language of the phone, and nothing else.
_DELETED = re.compile(
    r"(?:this message (?:was|has been) deleted|you deleted this message"
    r"|(?:du hast )?diese nachricht (?:wurde )?gelöscht|(?:vous avez|tu as) supprimé ce message"
    r"|ce message a été supprimé|(?:se eliminó|eliminaste) este mensaje"
    r"|(?:esta )?mensagem (?:foi )?apagada|(?:você apagou|apagou|apagaste) esta mensagem"
    r"|questo messaggio è stato eliminato|hai eliminato questo messaggio"
    r"|(?:dit bericht is|je hebt dit bericht) verwijderd|сообщение удалено|вы удалили это сообщение"
    r"|ta wiadomość została usunięta|tato zpráva byla odstraněna|bu mesaj silindi"
    r"|此消息已被(?:删除|撤回)|[您你](?:删除了此|撤回了一条)消息|このメッセージは削除されました)[.。]?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FIELD = re.compile(
    r"[>|*\s]{0,8}[^\W\d_][^\W\d_ -]{0,14}(?: [^\W\d_]{1,10})?[*]{0,2}\s?[:：][*]{0,2}\s*(?=\S)"
)
# How mail programs call the sender.
_FROM = re.compile(
    r"[>|*\s]{0,8}(?:from|von|de|da|van|fra|från|od|de la|lähettäjä|feladó|kimden|gönderen|από|от"
    r"|від|发件人|寄件者|寄件人|差出人|送信者|보낸 ?사람|من|מאת)[*]{0,2}\s?[:：]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.\w")
_HEAD_LINES = 3
_MOST_HEAD_LINES = 10
_DATED = re.compile(r"\b\d{4}\b|\d{1,2}[:.]\d\d")
_INTRODUCTION = 200
_SIGN = re.compile(r"(?:--|__)\s*$")
_SIGNATURE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says at a time.

    :param opens: Offset of the line it begins with.
    :param start: Offset of its words, behind name and time.
    :param speaker: Who says it; None where nobody is named.
    :param where: When; None where it is not said.
    :param quotable: Whether it is anything but a notice of a program, or the words of another mail.
    """

    opens: int
    start: int
    speaker: str | None
    where: str | None
    quotable: bool = True


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def find_turns(text: str, *, page: bool = False, spoken: bool = False) -> list[Turn]:
    """Find the turns of a conversation.

    :param text: A document's text.
    :param page: Whether it is a web page saved as text, on which comments have names and times.
    :param spoken: Whether all of it was said, as subtitles were; a turn may be long then.
    :return: The turns in order; none where the text is not a conversation.
    """
    lines = list(_lines(text))
    named = [_named(lines, page=page), _alone(lines, page=page)]
    for found in (_stamped(lines, page=page), _answered(lines), max(named, key=len)):
        if found and _is_conversation(text, lines, found, spoken=spoken):
            return found
    return []


def _lines(text: str) -> Iterator[_Line]:
    for _, start, end in line_spans(text):
        yield _Line(start, end, text[start:end])


def _is_conversation(
    text: str, lines: Sequence[_Line], turns: Sequence[Turn], *, spoken: bool
) -> bool:
    """Tell a conversation from a text in which something else has the form of a turn."""
    if len(turns) < _LEAST_TURNS or len(turns) * _TURN_LINES < len(lines):
        return False
    if len(text) - turns[0].opens < 0.5 * len(text) or not any(turn.quotable for turn in turns):
        return False
    lengths = [b - a for a, b in pairwise([*(turn.opens for turn in turns), len(text)])]
    if not spoken and max(lengths) > max(_LONGEST_TURN, _LEAST_TURNS / len(turns)) * len(text):
        return False
    # Below a table of what happened when, few rows of which are sentences, a report goes on.
    ended = sum(ends_sentence(text[a.opens : b.opens].rstrip()) for a, b in pairwise(turns))
    table = 2 * ended < len(turns) - 1 and not any(turn.speaker for turn in turns)
    if table and lengths[-1] > _LAST_TURN * max(lengths[:-1]):
        return False
    # The fields of records follow one another in one order; more than two speakers do not.
    speakers = [turn.speaker for turn in turns if turn.speaker]
    following = Counter(pairwise(speakers))
    usual: Counter[str] = Counter()
    for (speaker, _), times in following.items():
        usual[speaker] = max(usual[speaker], times)
    # A turn ends where another speaks; of messages with their times, one may follow another.
    again = sum(times for (one, other), times in following.items() if one == other)
    if not (spoken or turns[0].where) and 2 * again > following.total():
        return False
    names = len(set(speakers))
    fields = len({name for name in speakers if len(name) > 1})
    ordered = usual.total() >= 0.9 * following.total()
    return names != 1 and not (fields > 2 and ordered and len(turns) > 2 * names)


def _stamped(lines: Sequence[_Line], *, page: bool) -> list[Turn]:
    """Find the messages of a chat: lines that open with a time."""
    turns: list[Turn] = []
    for line in lines:
        stamp = _STAMPED.match(line.text)
        if stamp is None:
            continue
        label = _LABEL.match(line.text)
        where = _clock(stamp["before"])
        if label and label["before"] and _name(label):
            own = line.text[label.end() :]
            # "<Media omitted>": what a program says in the place of a message.
            notice = own[:1] in _NO_WIDTH or (own.startswith("<") and own.endswith(">"))
            notice |= _DELETED.fullmatch(own.strip()) is not None
            place = line.start + label.end()
            turns.append(Turn(line.start, place, _name(label), where, not notice))
        else:
            turns.append(Turn(line.start, line.start + stamp.end(), None, where))
    named = sum(turn.speaker is not None for turn in turns)
    if named < _SPEAKING * len(turns):
        alone = [turn for turn in _alone(lines, page=page) if turn.where]
        return alone if len(alone) >= _SPEAKING * len(turns) else turns
    names = _bare({turn.speaker for turn in turns if turn.speaker})
    return [
        replace(turn, speaker=names[turn.speaker])
        if turn.speaker
        else replace(turn, quotable=False)
        for turn in turns
    ]


def _bare(names: set[str]) -> dict[str, str]:
    """Take from names what all of them open or close with, such as "From … to everyone"."""
    words = {name: name.split() for name in names}
    left, right = (
        sum(1 for _ in takewhile(lambda same: len(set(same)) == 1, zip(*columns, strict=False)))
        for columns in (words.values(), [own[::-1] for own in words.values()])
    )
    if len(names) < 2 or any(len(own) <= left + right for own in words.values()):
        return {name: name for name in names}
    return {name: " ".join(own[left : len(own) - right]) for name, own in words.items()}


def _named(lines: Sequence[_Line], *, page: bool) -> list[Turn]:
    """Find lines that open with a name and a colon, where names come again."""
    labels = [(line, _LABEL.match(line.text)) for line in lines]
    found = [(line, label) for line, label in labels if label and _name(label)]
    low = [(line, label) for line, label in labels if label and _name(label, low=True)]
    if len(low) >= 0.6 * len(lines):
        found = low
    often = Counter(_name(label, low=True) for _, label in found)
    again = [name for name, times in often.items() if times > 1]
    speaking = sum(often[name] for name in again)
    if speaking < _SPEAKING * len(found) or not again:
        return []
    most = len(found) >= 0.6 * len(lines)
    turns = [
        Turn(line.start, line.start + label.end(), name, _clock(label["after"]))
        for line, label in found
        for name in [_name(label, low=True)]
        if often[name] > 1 or (most and not line.text[0].islower())
    ]
    return turns if _speaks(lines, turns, page=page) else []


def _answered(lines: Sequence[_Line]) -> list[Turn]:
    """Find turns whose speakers are named before a stop, as in "Q. Where? A. In court."."""
    letters = Counter(label[1] for line in lines if (label := _LETTER_LABEL.match(line.text)))
    examined = len(letters) == 2 and min(letters.values()) >= _LEAST_TURNS
    found = [
        (line, label)
        for line in lines
        if (
            label := (examined and _LETTER_LABEL.match(line.text))
            or _STOPPED_LABEL.match(line.text)
        )
    ]
    # What a sentence says of somebody does not come again; a role does, or a dash follows it.
    roles = Counter(label[0].rstrip(" \t–—-") for _, label in found if ", " in label[0])
    if max(roles.values(), default=0) < 2:
        found = [
            (line, label)
            for line, label in found
            if ", " not in label[0] or label[0].rstrip().endswith(("–", "—"))
        ]
    # An office, as in "M. le président.", comes again, and is no abbreviation.
    often = Counter(label["name"] for _, label in found if _TITLED.match(label[0]))
    offices = {name for name, times in often.items() if times > 1 and len(name.split()[-1]) > 3}
    turns = [
        Turn(line.start, line.start + label.end(), name, None)
        for line, label in found
        for name in [label["name"]]
        if name[0].isupper()
        and (name in offices or (name.split()[-1][0].isupper() and _is_name(name)))
    ]
    often = Counter(turn.speaker for turn in turns)
    again = {name for name, times in often.items() if times > 1}
    if len(again) < 2 or sum(often[name] for name in again) < _SPEAKING * len(turns):
        return []
    labels = [(line, _LABEL.match(line.text)) for line in lines] if examined else []
    others = [
        Turn(line.start, line.start + label.end(), _name(label), None)
        for line, label in labels
        if label and _name(label) and line.text[: label.end()].strip("*_ :").isupper()
    ]
    return sorted([*turns, *others], key=lambda turn: turn.opens)


def _alone(lines: Sequence[_Line], *, page: bool) -> list[Turn]:
    """Find names that stand on lines of their own and come again, or have a time beside them."""
    found = []
    for line, following, third in zip_longest(lines[:-1], lines[1:], lines[2:]):
        short = len(line.text) <= 140 and not _TIME.match(line.text)
        label = _ALONE.match(line.text) if short else None
        name = label["name"].strip(" *_-–—|,") if label else ""
        where = _clock(label["before"] or label["after"]) if label else None
        if where is None and third is not None and label and _TIME.match(following.text):
            where, following = _clock(following.text), third
        named = _is_name(name) or (where is not None and " " not in name)
        named &= where is not None or not any(map(str.isdigit, name))
        if label and name and not ends_sentence(line.text) and named:
            marked = (bool(label["role"]), line.text.endswith(":"))
            found.append((Turn(line.start, following.start, name, where), *marked))
    often = Counter(turn.speaker for turn, _, _ in found)
    again = [colon for turn, _, colon in found if often[turn.speaker] > 1]
    # Who speaks once has a label of the form that others have.
    usual = 2 * sum(again) > len(again)
    turns = [
        turn
        for turn, role, colon in found
        if (colon if usual else turn.where or role) or often[turn.speaker] > 1
    ]
    # Who takes part stands in a list above; who says nothing has no turn.
    following = {a: b.opens for a, b in pairwise(turns)}
    turns = [turn for turn in turns if turn.where or following.get(turn) != turn.start]
    full = sum(" " in (turn.speaker or "") or turn.where is not None for turn in turns)
    known = usual or full >= _SPEAKING * len(turns)
    if not known or not any(often[turn.speaker] > 1 for turn in turns):
        return []
    timed = sum(turn.where is not None for turn in turns) > _SPEAKING * len(turns)
    return turns if (timed and not page) or _speaks(lines, turns, page=page) else []


def _speaks(lines: Sequence[_Line], turns: Sequence[Turn], *, page: bool) -> bool:
    """Tell turns from the fields of records: about half of them at least say something."""
    if not turns:
        return False
    last: dict[int, str] = {}
    place = 0
    for line in lines:
        while place + 1 < len(turns) and turns[place + 1].opens <= line.start:
            place += 1
        if line.start >= turns[0].opens:
            last[place] = line.text
    # Who talks without stops still asks; remarks below labels have neither times nor questions.
    asked = any(map(_QUESTION.search, last.values())) or any(turn.where for turn in turns)
    talk = not page and asked
    said = (
        ends_sentence(line)
        or (talk and sum(word[0].islower() for word in line.split()) >= PROSE_WORDS // 2)
        for line in last.values()
    )
    return sum(said) >= _SPEAKING * len(turns)


def _name(label: re.Match[str], *, low: bool = False) -> str:
    """Return the name in a label, in lower case perhaps; an empty string where it cannot be one."""
    if label["column"] and not label["before"]:
        return ""
    name = (label["nick"] or label["column"] or label["name"]).strip(f" \t*_~@{chr(0x200E)}")
    one = (label["nick"] or label["before"] or low) and " " not in name
    return name if name and (_is_name(name) or one) else ""


def _is_name(name: str) -> bool:
    words = name.split()
    lower = sum(word[0].islower() for word in words[1:])
    if name[:1] == "+":
        return True
    # "Anna K." is a name, "Not today." a sentence.
    stopped = ends_sentence(name[3:]) and not (len(words) > 1 and _INITIAL.fullmatch(words[-1]))
    return 0 < len(words) <= _NAME_WORDS and lower <= 1 and not name[0].islower() and not stopped


def _clock(stamp: str | None) -> str | None:
    found = _TIME_IN.search(stamp) if stamp else None
    return found[0] if found else None


def conversation_blocks(text: str, turns: Sequence[Turn]) -> tuple[Block, ...]:
    """Tell what may be quoted of a conversation.

    :param text: A document's text.
    :param turns: What ``find_turns`` found in it.
    :return: Blocks in order; sentences of speakers are of kind ``body``.
    """
    paragraphs = find_paragraphs(text, {turn.opens for turn in turns})
    said: list[tuple[Turn | None, Paragraph, list[tuple[int, int, bool]]]] = []
    place = -1
    ends: list[bool] = []
    opens: list[bool] = []
    broken = False
    for paragraph in paragraphs:
        while place + 1 < len(turns) and turns[place + 1].opens <= paragraph.start:
            place += 1
        turn = turns[place] if place >= 0 else None
        start = max(paragraph.start, turn.start) if turn else paragraph.start
        # What is quoted, or in brackets as a whole, is not the speaker's.
        apart = text[start : start + 1] == ">" or _BRACKETED.fullmatch(text, start, paragraph.end)
        said_here = start < paragraph.end and not apart
        pieces = list(_between_notes(text, start, paragraph.end)) if said_here else []
        if pieces and paragraph.words > _SHORT_SENTENCE + 1 and turn and turn.quotable:
            ends.append(ends_sentence(text[start : pieces[-1][1]]))
            opens.append(text[pieces[0][0]].islower())
            broken |= pieces[-1][1] < paragraph.end or text[paragraph.end - 1] in ",-–—"
        said.append((turn, paragraph, pieces))
    written = not broken or 2 * sum(turn.where is not None for turn in turns) > len(turns)
    stopless = sum(ends) < (_STOPPED if written else _STOPPED_IN_TALK) * len(ends)
    cased = sum(opens) < (1 - _STOPPED) * len(opens)
    least = _SHORT_IN_LONG_TALK if len(turns) >= _LONG_TALK else _SHORT_SENTENCE
    language = detect_language(text)
    leading = _leading(text, turns)
    blocks: list[Block] = []
    for turn, paragraph, pieces in said:
        # What somebody typed is a message as a whole, whatever it opens and ends with.
        typed = turn is not None and turn.where is not None and not broken
        low = cased and not typed
        own = [
            Block("body", left, right, turn.speaker, turn.where)
            for start, end, whole in pieces
            if turn and turn.quotable and turn.speaker not in leading
            for opens_whole in [whole and not (low and text[start].islower())]
            for left, right in _sentences(
                text, start, end, language, opens_whole, stopless or typed, least
            )
        ]
        blocks += own or [Block("boilerplate", paragraph.start, paragraph.end)]
    return tuple(blocks)


def _leading(text: str, turns: Sequence[Turn]) -> set[str | None]:
    """Find who only leads: with most turns they give the floor to the next, by their full name."""
    given: dict[str | None, list[str | None]] = defaultdict(list)
    for turn, following in pairwise(turns):
        words = (following.speaker or "").split()
        own = normalize_space(text[turn.start : following.opens])
        named = len(words) > 1 and " ".join(words[-2:]) in own
        if len(words) == 1:  # the label has the last name alone, perhaps in capitals
            full = re.search(rf"[^\W\d_][\w.-]{{1,40}} {re.escape(words[0])}\b", own, re.IGNORECASE)
            named = full is not None and full[0].split()[1].istitle() and full[0][0].isupper()
        if named and following.speaker != turn.speaker:
            given[turn.speaker].append(following.speaker)
    often = Counter(turn.speaker for turn in turns)
    leading = {
        name for name, to in given.items() if len(set(to)) > 1 and 2 * len(to) >= often[name]
    }
    # Who leads speaks in turn with others; in a debate all name whom they answer.
    return leading if 2 * sum(map(often.__getitem__, leading)) <= len(turns) + 1 else set()


def _between_notes(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield what stands between a scribe's notes, and whether it opens as a sentence may."""
    opens = True
    while start < end:
        note = _NOTED.search(text, start, end)
        stop = note.start() if note else end
        piece = text[start:stop]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()), opens
            opens = ends_sentence(piece.rstrip())
        start = note.end() if note else end


def _sentences(
    text: str, start: int, end: int, language: str, opens: bool, stopless: bool, least: int
) -> Iterator[tuple[int, int]]:
    """Yield the whole sentences of a piece that say something."""
    spans = split_sentences(text[start:end], language)
    for number, (left, right) in enumerate(spans):
        sentence = text[start + left : start + right]
        whole = ends_sentence(sentence) or (stopless and number == len(spans) - 1)
        if whole and (opens or number) and len(tokenize(sentence)) >= least:
            yield start + left, start + right


def find_messages(text: str, author: str | None) -> list[Turn]:
    """Find the messages of a mail with what it replies to.

    :param text: The text of a mail, or of a thread of mails.
    :param author: Who sent it; None where only the text can tell. What others wrote in a mail of a
        known sender may not be quoted as the sender's.
    :return: The messages in order; none where the text has no mark of a mail.
    """
    lines = list(_lines(text))
    marks: list[Turn] = []
    is_mail = author is not None
    number = 0
    while number < len(lines):
        last = number
        while (
            last < len(lines)
            and _FIELD.match(lines[last].text)
            and (last == number or text.count("\n", lines[last - 1].end, lines[last].start) < 2)
        ):
            last += 1
        head = lines[number:last]
        line = lines[number]
        if _is_head(head, text, known=author is not None):
            is_mail = True
            start = lines[last].start if last < len(lines) else len(text)
            marks.append(Turn(line.start, start, _sender(head), None, author is None))
        elif line.text.startswith(">") or _introduces(lines, number):
            is_mail = is_mail or not line.text.startswith(">")
            marks.append(Turn(line.start, line.start, None, None, quotable=False))
            last = number + 1
            while last < len(lines) and (
                lines[last].text.startswith(">") or lines[last].text.endswith((":", "："))
            ):
                last += 1
            if last < len(lines) and lines[last - 1].text.startswith(">"):
                marks.append(Turn(lines[last].start, lines[last].start, author, None))
        number = max(last, number + 1)
    if not is_mail or not lines:
        return []
    first = lines[0].start
    return (
        marks if marks and marks[0].opens == first else [Turn(first, first, author, None), *marks]
    )


def _is_head(head: Sequence[_Line], text: str, *, known: bool) -> bool:
    """Tell the head of a mail from other fields: it names an address and a time."""
    if len(head) < _HEAD_LINES:
        return False
    timed = any(_CLOCK_IN.search(line.text) for line in head) and len(head) <= _MOST_HEAD_LINES
    if any(_ADDRESS.search(line.text) for line in head):
        return timed or _ADDRESS.search(head[0].text) is not None
    # Outlook leaves out addresses: then it is one in a mail, or another head opens alike.
    label = _FIELD.match(head[0].text)
    again = label is not None and (text.count(f"\n{label[0]}") + text.startswith(label[0])) > 1
    return timed and len(head) > _HEAD_LINES and (known or again)


def _sender(head: Sequence[_Line]) -> str:
    """Name who sent a mail: what stands before an address in "From: …", or the first address."""
    addressed = (line for line in head if _ADDRESS.search(line.text))
    from_ = (line for line in head if _FROM.match(line.text))
    value = _value(next(chain(from_, addressed), head[0]))
    name = re.split(r"[<\[(]|mailto", value)[0].strip(" \"'*")
    return name or value.strip(" <>")


def _value(line: _Line) -> str:
    field = _FIELD.match(line.text)
    return line.text[field.end() if field else 0 :]


def subject_and_day(text: str, message: Turn) -> tuple[str, str]:
    """Return what the head of a message says it is about, and when, as far as it has one.

    :param text: A document's text.
    :param message: One that ``find_messages`` found in it.
    """
    head = [line for line in _lines(text[message.opens : message.start]) if _FIELD.match(line.text)]
    timed = next((_value(line) for line in head if _CLOCK_IN.search(line.text)), "")
    others = [_value(line) for line in head if not _ADDRESS.search(line.text)]
    own = ("", timed, message.speaker)
    return next((value for value in reversed(others) if value not in own), ""), timed


def _introduces(lines: Sequence[_Line], number: int) -> bool:
    """Tell a line such as "On Monday, 3 May 2021 at 10:12, Ann Lee <ann@example.org> wrote:"."""
    line = lines[number].text
    following = lines[number + 1].text if number + 1 < len(lines) else ""
    if not line.endswith((":", "：")) and following.endswith((":", "：")) and len(following) < 60:
        line, following = f"{line} {following}", ""
    dated = _DATED.search(line) is not None
    addressed = _ADDRESS.search(line) is not None
    closing = line.endswith((":", "："))
    answered = addressed or following.startswith(">")
    return len(line) < _INTRODUCTION and closing and dated and answered


def message_blocks(text: str, messages: Sequence[Turn]) -> tuple[Block, ...]:
    """Tell what may be quoted of mails: what their senders wrote, without greeting and signature.

    :param text: A document's text.
    :param messages: What ``find_messages`` found in it.
    """
    paragraphs = find_paragraphs(text, {message.opens for message in messages})
    whole = partial(sentence_ends, text, language=cache(partial(detect_language, text)))
    blocks: list[Block] = []
    ends = [message.opens for message in messages[1:]] + [len(text)]
    last = 0
    for message, end in zip(messages, ends, strict=True):
        first = last
        while last < len(paragraphs) and paragraphs[last].start < end:
            last += 1
        own = paragraphs[first:last]
        kept = _written(own, message, whole) if message.quotable else {}
        for paragraph in own:
            start, stop = kept.get(paragraph.start, (0, 0))
            if start < stop:
                blocks.append(Block("body", start, stop, message.speaker))
            else:
                blocks.append(Block("boilerplate", paragraph.start, paragraph.end))
    return tuple(blocks)


def _written(
    paragraphs: Sequence[Paragraph],
    message: Turn,
    whole: Callable[[int, int], list[tuple[int, int]]],
) -> dict[int, tuple[int, int]]:
    """Return the stretches of a mail's paragraphs that are sentences of its sender."""
    signed = _signature(paragraphs, message.speaker)
    kept = {}
    for paragraph in paragraphs[:signed]:
        if paragraph.start < message.start:
            continue
        if paragraph.prose:
            kept[paragraph.start] = (paragraph.start + paragraph.bullet, paragraph.end)
        elif paragraph.whole and (
            found := whole(paragraph.start + paragraph.bullet, paragraph.end)
        ):
            kept[paragraph.start] = (found[0][0], found[-1][1])
        elif paragraph.bullet and paragraph.words >= PROSE_WORDS:
            kept[paragraph.start] = (paragraph.start + paragraph.bullet, paragraph.end)
    return kept


def _signature(paragraphs: Sequence[Paragraph], sender: str | None) -> int:
    """Find where it begins: at two dashes, the sender's name, or a short line below a comma."""
    names = {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", sender or "")}
    begun = False
    for number, paragraph in enumerate(paragraphs):
        if _SIGN.match(paragraph.text):
            return number
        # The name in a greeting stands above all prose.
        begun = begun or paragraph.prose or paragraph.whole > 0
        if not begun or paragraph.prose or paragraph.words > _SIGNATURE_WORDS:
            continue
        words = {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", paragraph.text)}
        above = paragraphs[number - 1]
        closes = above.text.endswith((",", "，")) and above.words <= _SIGNATURE_WORDS
        if (words and words <= names) or (closes and paragraph.text[:1].isupper()):
            return number
    return len(paragraphs)
