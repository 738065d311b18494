"""What may be quoted of a text that is neither a saved web page nor a conversation.

The body of an article is the run of paragraphs with most prose (maximum subsequence segmentation,
Pasternack and Roth 2009); a report, a paper or a standard, which has sections or pages, is body
from its first sentence to its last. Within it each paragraph is judged by its sentences. Short
paragraphs that say "we" or "you" and offer something are newsletters, notices and pleas.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from ..datatypes import Block, BlockKind
from ..text.dates import find_dates
from ..text.language import detect_language
from ..text.sentences import split_sentences
from ..text.tokens import count_words, tokenize, tokenize_cased
from .paragraphs import PROSE_WORDS, Paragraph, sentence_ends
from .sections import find_formalities, find_notes, is_heading, only_refers

_PROSE_CAP = 80
_CREDIT_WORDS = 10
_NAMED = 0.75
# Of a longer one, looking for it would take time quadratic in its words.
_TITLE_WORDS = 100
_TEASER_WORDS = 4
_SENTENCE_END = re.compile(r"(?<=[^\W_]{3})[.!?][\"'”’)]?\s+|[。！？؟।]")
_BRACKETED = re.compile(r"\A[(\[].*[)\]]$", re.DOTALL)
_SECTIONS = 3
# A box is short.
_SHORT = 25
_LABEL = re.compile(r"[^\W_][\w.’'-]{2,24}:\s")
# What points to other pages: a verb of reading first, as in "Read also: …", "En savoir plus : …".
_POINTS_ON = re.compile(
    r"[^\w:：]{0,4}(?:(?:[àa]|en|para)\s)?(?:(?:read|see|watch|listen|learn|lire|voir|savoir|lesen|lies"
    r"|sehen|le[aei]r?|ver|vea|vej|leggi|guarda|lees|bekijk|czytaj|zobacz|čt[iě]|přeč|číta|oku|διαβά|olva|прочита|чита|смотр|läs|les"
    r"|se|lue|katso|اقرأ|شاهد)\w{0,3}(?:\s\w+)?\s(?:also|more|auch|mehr|aussi|plus|también|más|também"
    r"|mais|anche|ook|meer|też|także|więcej|также|ещё|також|också|mer|také|tiež|daha|επίσης|még|også|myös|أيضا|أيضاً|المزيد)"
    r"|also\s(?:read|see|watch)|you\s(?:may|might)\salso\slike)\s?[:：]\s"
    r"|(?:相关|相關|関連)[^\s:：]{0,4}[:：]",
    re.IGNORECASE,
)
# Who comments, on which day and at what hour, in a short line; two do at least.
_STAMP = re.compile(r"(?=[^\W\d_]).{1,80}?\b\d{1,2}(?::|\s?h\s?)\d\d\b")
_DAY = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")
# A programme gives no year and rounds its hours.
_PLANNED = re.compile(r"\A(?!.{0,150}(?:\d{4}|\d[./-]\d))(?=.{1,150}(?::|h\s?)\d[05]\b)")
_STAMP_WORDS, _LEAST_STAMPS = 12, 2
_ANY_LABEL = re.compile(r"[^\W_][^:.!?]{2,48}:\s")
_QUOTED = re.compile('["“”«»„]')
# A text with a larger share of paragraphs to its reader, or of long ones, speaks so by manner.
_PITCH_WORDS = 40
_MOST_PITCHES, _MOST_LONG = 0.3, 0.05
# A page with more words than this does not break off.
_GATE_WORDS = 150
_GATE_SHARED = 0.15
_SHORT_WORD = 3
_QUOTATION = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?|„[^“”]*[“”]?|「[^」]*」?")
# What these words begin with is looked for first: few words begin so.
# subtle: "us" is a country in texts without capitals.
_READER = re.compile(
    r"\b(?=[YyOoWwuVvNnUIJjS])"
    r"(?:[Yy]ou|[Yy]ours?|[Oo]urs?|[Ww]e|(?<!the )us(?=\s+(?:on|at|by|in|via|what|your|know)\b)"
    r"|[Vv]ous|[Vv]otre|[Vv]os|[Nn]otre|[Nn]ous|[Ww]ir|[Uu]nsere?[mnrs]?|Ihnen|Ihren"
    r"|(?<=[a-zäöüß] )(?:Sie|Ihre?[mrs]?)"
    r"|[Nn]uestr[ao]s?|[Nn]osotros|[Uu]sted(?:es)?|[Vv]ostr[aeio]|[Nn]ostr[aeio]"
    r"|[Vv]ocês?|[Nn]oss[ao]s?|[Ww]ij|[Jj]ouw)\b"
)
# What such a paragraph bids its reader do, at the start of a sentence that is no item of a list.
_OFFERED = re.compile(
    r"(?:\A|(?<=[^\W\d_][.!?…])\s|\bplease\s)(?:subscribe|sign\sup|(?:follow|call|support|contact)\sus"
    r"|donate|consider\s(?:a\ssubscription|subscribing)|abonneer|(?:abonnieren|spenden)\ssie|assine)\b"
    r"|\b(?:abonnez-vous|suscr[ií]b[ae][ts]e|abb[oó]nati|inscreva-se|(?:web)?site\suses\scookies)\b",
    re.IGNORECASE,
)
# A question, or that the rest of a text is for those alone who pay for it.
_ASKING = re.compile(
    r"\A[^.!?]*[?？؟](?:\s|$)|\b(?:art[ií][ckg]|suite|inhalt|content|story)[^.!?]{0,30}\b(?:nur|only"
    r"|r[eé]serv|exclus|riserv|solo|alleen)[^.!?]{1,20}\b(?:abonn|subscri|suscri|assina|abbona)",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:copyright\s)?(?:[©ⓒ]|(?:\(c\)|copyright)\s+\d{4})|copyright\s\(c\)"
    r"|(?:all rights reserved|alle rechte vorbehalten|tous droits réservés"
    r"|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati"
    r"|alle rechten voorbehouden|все права защищены|wszelkie prawa zastrzeżone|جميع الحقوق محفوظة"
    r"|版权(?:声明|所有))\s*(?:[^\w\s]|\d{4}|\Z)",
    re.IGNORECASE,
)
# The same at the end of an abstract, and how long it is at most, in characters.
_RIGHTS_LETTERS = 300
_RIGHTS_BEHIND = re.compile(
    r"(?<=[.!?])\s+(?=(?:copyright\s+)?(?:©|\(c\))\s?(?:copyright\s+)?\d{4}\b|©\s?the author"
    r"|all rights reserved\.)",
    re.IGNORECASE,
)
# A transcript labels its speakers: labels on this share of the paragraphs set none apart.
_TRANSCRIPT = 0.3
# Markup that a sentence of prose does not hold: links, roles, tags, templates, addresses, and the
# mark of a note in front of what was a list.
_MARKED = re.compile(
    r"\]\(|\]_|\[-|\w://|\bwww\.|`_|:\w{1,20}:`|<[/\w][^<>]{0,200}>|\{\{|\[\^|\w@\w|\s\|\s|[^\d\]]\]\[|:(?:\[\d{1,3}\]){1,9}\s[^\W\d_]|::|>>>|={2,}"
    r"|\b(?:link|xref|image|mailto|footnote):\S*\[|(?:\A|(?<=[.!?…]\s)):[\w+-]{2,30}:\Z"
)
_QUOTED_LINE = re.compile(r"(?:>\s?)+")
_SYMBOLS = 0.35
# Quotation marks and stops, which are many for a sentence of few letters.
_AROUND = "「」『』“”„«»\"'.!?…。！？"
# Where a larger share of what follows a stop is in lower case, it is how the text is written.
_UNCASED = 0.3
_OPENING = re.compile(r"(?<=[^\W\d_]{2})[.!?][\"”’)]?\s+([^\W\d_])")
_BEGINNING = 100_000
_WORD_LETTERS = 30
_BEFORE_WORDS = "\"'“‘„«‹([¿¡*_"
# A line without a stop states something if it is this long and mostly in lower case.
_STATEMENT_WORDS = 5
_GOES_ON = (",", ";", ":", "，", "；", "：")
_STOPLESS = 0.35
_CLOCK = re.compile(r"\d{1,2}:\d\d\b")
_LOWER = 0.5


def find_body(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """Find where the body of a text begins and ends: with sentences of some length, or items.

    What is short at either end is body, too, where nothing but sentences stands beyond it.

    :param paragraphs: All paragraphs of a document.
    """
    places = [n for n, p in enumerate(paragraphs) if _begins(p)]
    first, last = (places[0], places[-1] + 1) if places else (0, len(paragraphs))
    first = 0 if all(p.prose for p in paragraphs[:first]) else first
    return first, len(paragraphs) if all(map(_is_said, paragraphs[last:])) else last


def _begins(paragraph: Paragraph) -> bool:
    if paragraph.markup or paragraph.running:
        return False
    long = paragraph.prose and paragraph.words >= PROSE_WORDS and not paragraph.credit
    return long or _has_sentences(paragraph) or (paragraph.bullet > 0 and _states(paragraph))


def _is_item(paragraph: Paragraph) -> bool:
    """Tell the item of a list from speech, which may open with a dash, too."""
    return paragraph.bullet > 0 and not (paragraph.prose and paragraph.text[0] in "–—")


def _is_said(paragraph: Paragraph) -> bool:
    return paragraph.prose or (paragraph.bullet > 0 and not paragraph.markup)


def _has_sentences(paragraph: Paragraph) -> bool:
    """Tell whether there are sentences before what has no stop at its end."""
    long = paragraph.words >= 2 * PROSE_WORDS
    long = long or count_words(paragraph.text[: paragraph.whole]) >= PROSE_WORDS
    return paragraph.whole > 0 and long and not _is_credited(paragraph)


def _is_credited(paragraph: Paragraph) -> bool:
    """Tell a caption: a sentence or two, and names of who took the picture behind them."""
    tail = paragraph.text[paragraph.whole :].split()
    names = sum(word.strip("(").istitle() or word.isupper() for word in tail)
    short = paragraph.words < _PROSE_CAP and 0 < len(tail) <= _CREDIT_WORDS
    return short and names >= _NAMED * len(tail)


def has_sections(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell a text that numbered, marked or underlined headings divide."""
    sections = sum(
        is_heading(paragraphs, n) and (p.text.startswith("#") or p.text[:1].isdigit())
        for n, p in enumerate(paragraphs)
    )
    underlined = sum(p.markup and len(set(p.text)) == 1 and len(p.text) > 3 for p in paragraphs)
    return sections + underlined >= _SECTIONS


def judge(
    text: str,
    paragraphs: Sequence[Paragraph],
    first: int,
    last: int,
    title: str,
    words: frozenset[str],
    *,
    paged: bool,
) -> Iterator[Block]:
    """Tell what the paragraphs of a body are.

    :param text: A document's text.
    :param paragraphs: All its paragraphs.
    :param first: Where its body begins.
    :param last: Where the body ends.
    :param title: Its headline.
    :param words: By which it refers to its parts.
    :param paged: Whether it comes in pages.
    """
    body = paragraphs[first:last]
    language = cache(partial(detect_language, text))
    formal = find_formalities(paragraphs) | (find_notes(paragraphs) if paged else set())
    boxes = {first + place for place in _find_boxes(body)} | find_pitches(paragraphs)
    comments = _find_comments(paragraphs, first, language)
    stopless = not paged and _is_stopless(body)
    statements = _statements(body, first, stopless=stopless)
    has_prose = any(p.prose for p in body)
    cut = partial(_clean_stretches, text, words, language)
    whole = partial(sentence_ends, text, language=language)
    cased = _is_cased(text, body)
    ended, opened = True, False
    for number in range(first, last):
        paragraph = paragraphs[number]
        kind = _kind(paragraphs, number, has_prose=has_prose or bool(statements))
        if paragraph.running or number in formal or number in comments:
            yield Block("boilerplate", paragraph.start, paragraph.end)
            continue
        start, end = paragraph.start + paragraph.bullet, paragraph.end - paragraph.credit
        if kind is None and number in statements:
            kind = "body"
        elif kind is None and _has_sentences(paragraph) and not paragraph.credit:
            sentences = whole(start, end)
            kind, end = ("body", sentences[-1][1]) if sentences else (None, end)
        quoted = _QUOTED_LINE.match(text, start, end)
        if quoted and paragraph.words > PROSE_WORDS:
            start, kind = quoted.end(), "body"
        if kind == "body" and number in boxes:
            kind = "boilerplate"
        if kind != "body":
            leads = number + 1 < len(paragraphs) and paragraphs[number + 1].prose
            kind = kind or ("heading" if leads else "boilerplate")
            yield Block(kind, paragraph.start, paragraph.end)
            if not (paragraph.markup or paragraph.running) or paragraph.text.startswith(("#", ">")):
                heading = is_heading(paragraphs, number) and not _is_symbols(paragraph.text)
                ended = paragraph.prose or heading
                short = paragraph.words <= _STATEMENT_WORDS
                opened = paragraph.bullet > 0 and (paragraph.text.endswith(_GOES_ON) or not short)
            continue
        if number < first + 2:
            start = _behind_title(text, start, end, title)
        fragment = not ended and opened and paragraph.bullet > 0
        part = cased and (not ended or paragraph.bullet > 0)
        if fragment or (part and _opens_low(text, start)):
            ends = (at for at, _ in whole(start, end)[1:] if not (part and _opens_low(text, at)))
            start = next(ends, end)
        pieces = list(cut(start, end)) if start < end else []
        for left, right in pieces:
            yield Block("body", left, right)
        rest = text[pieces[-1][1] if pieces else paragraph.start : paragraph.end].lstrip()
        if rest:
            yield Block("boilerplate", paragraph.end - len(rest), paragraph.end)
        ended = paragraph.prose or (number in statements and bool(pieces))
        opened = False


def _opens_low(text: str, start: int) -> bool:
    """Tell a word in lower case from a name with a capital within, a number, and code."""
    word = text[start : start + _WORD_LETTERS].partition(" ")[0].lstrip(_BEFORE_WORDS)
    return word[:1].islower() and word.islower()


def _is_cased(text: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether a text begins its sentences with capitals, or its script has none."""
    opens = _OPENING.findall(text[:_BEGINNING]) or [p.text[0] for p in paragraphs]
    return sum(map(str.islower, opens)) <= _UNCASED * len(opens)


def _kind(paragraphs: Sequence[Paragraph], number: int, *, has_prose: bool) -> BlockKind | None:
    """Tell what a paragraph is by its form; None for a fragment."""
    paragraph = paragraphs[number]
    if paragraph.markup:
        return "heading"
    if _BRACKETED.match(paragraph.text) and paragraph.words < 2 * PROSE_WORDS:
        return "boilerplate"
    if not paragraph.prose:
        return None if has_prose else "body"
    if _is_item(paragraph) and paragraph.words <= _STATEMENT_WORDS:
        return "boilerplate"
    if paragraph.single and (paragraph.credit or _credit_follows(paragraphs, number)):
        return "caption"
    return "body"


def _is_stopless(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell a text in which lines state something and end without a stop, as captions do."""
    lines = [p for p in paragraphs if p.words >= _STATEMENT_WORDS and not p.markup]
    return sum(p.prose or p.whole > 0 for p in lines) < _STOPLESS * len(lines)


def _statements(paragraphs: Sequence[Paragraph], first: int, *, stopless: bool) -> set[int]:
    """Find lines that state something without a stop: items of lists, or all of such a text."""
    found: set[int] = set()
    row: list[int] = []
    for number, paragraph in enumerate([*paragraphs, None]):
        if paragraph is not None and paragraph.bullet and not paragraph.markup:
            row.append(number)
            continue
        own = [n for n in row if _states(paragraphs[n])]
        parts = any(paragraphs[n].text.endswith(_GOES_ON) for n in row)
        stating, all_words = (sum(paragraphs[n].words for n in part) for part in (own, row))
        if len(row) > 1 and 2 * stating > all_words and not parts:
            found.update(own)
        row = []
        if paragraph is not None and stopless and not paragraph.bullet and _states(paragraph):
            found.add(number)
    return {first + number for number in found}


def _states(paragraph: Paragraph) -> bool:
    words = tokenize_cased(paragraph.text[paragraph.bullet :])
    # In scripts without capitals every word is as if in lower case.
    inner = [word for word in words[1:] if word[0].isalpha()]
    lower = sum(not word[0].isupper() for word in inner)
    # What happened at an hour, in a row of a table.
    timed = not paragraph.bullet and _CLOCK.match(paragraph.text)
    unfit = paragraph.markup or paragraph.text.endswith(_GOES_ON) or timed
    return len(words) > _STATEMENT_WORDS and lower >= max(1, _LOWER * len(inner)) and not unfit


def _clean_stretches(
    text: str, words: frozenset[str], language: Callable[[], str], start: int, end: int
) -> Iterator[tuple[int, int]]:
    """Yield what is left of a paragraph without sentences that hold markup or only refer."""
    rights = _RIGHTS_BEHIND.search(text, max(start, end - _RIGHTS_LETTERS), end)
    end = rights.start() if rights else end
    content = text[start:end]
    refers = bool(words) and any(word in content for word in words)
    if not (refers or _is_symbols(content) or _MARKED.search(content)):
        yield start, end
        return
    left = right = -1
    for a, b in split_sentences(content, language()):
        sentence = content[a:b]
        rest = a > 0 and left < 0 and _opens_low(content, a)
        if (
            rest
            or _MARKED.search(sentence)
            or only_refers(sentence, words)
            or _is_symbols(sentence)
        ):
            if left >= 0:
                yield start + left, start + right
            left = -1
        else:
            left, right = (a if left < 0 else left), b
    if left >= 0:
        yield start + left, start + right


def _is_symbols(sentence: str) -> bool:
    """Tell a formula or a row of a table from a sentence."""
    # Digits count half: sentences on prices and years have many.
    letters = sum(map(str.isalpha, sentence)) + sum(map(str.isdigit, sentence)) / 2
    if not sentence.isascii():  # vowel signs of Arabic and Indic scripts are parts of letters
        letters += sum(unicodedata.category(letter)[0] == "M" for letter in sentence)
    return letters < (1 - _SYMBOLS) * len("".join(sentence.split()).strip(_AROUND))


def judge_extracted(
    text: str, paragraphs: Sequence[Paragraph], words: frozenset[str]
) -> Iterator[Block]:
    """Tell what may be quoted from headings, items of lists and pitches in a text that is body.

    :param text: The text of a page as found by its markup.
    :param paragraphs: All its paragraphs.
    :param words: By which it refers to its parts.
    """
    has_prose = any(paragraph.prose for paragraph in paragraphs)
    pitches = find_pitches(paragraphs) | find_formalities(paragraphs)
    pitches |= _find_gate(paragraphs) | find_notices(paragraphs)
    statements = _statements(paragraphs, 0, stopless=False)
    language = cache(partial(detect_language, text))
    cut = partial(_clean_stretches, text, words, language)
    for number, paragraph in enumerate(paragraphs):
        marked = paragraph.bullet if text.startswith("•", paragraph.start) else 0
        start, end = paragraph.start + marked, paragraph.end
        quotable = paragraph.prose or not has_prose or number in statements
        if not quotable and _has_sentences(paragraph):
            sentences = sentence_ends(text, start, end, language)
            quotable, end = bool(sentences), sentences[-1][1] if sentences else end
        pieces = list(cut(start, end)) if quotable and number not in pitches else []
        for left, right in [*pieces, (paragraph.end, paragraph.end)]:
            between = text[start:left]
            if between.strip():
                start += len(between) - len(between.lstrip())
                yield Block("heading", start, start + len(between.strip()))
            if left < right:
                yield Block("body", left, right)
            start = right


def _credit_follows(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Tell whether a paragraph and a short fragment are alone between empty lines."""
    near = paragraphs[max(0, number - 1) : number + 3]
    group = [p for p in near if p.group == paragraphs[number].group]
    if len(group) != 2 or group[0] is not paragraphs[number]:
        return False
    return not (group[1].prose or group[1].bullet) and group[1].words <= _CREDIT_WORDS


def _behind_title(text: str, start: int, end: int, title: str) -> int:
    """Skip a first sentence that repeats the headline, as teasers glued to it do."""
    if not 5 <= count_words(title) <= _TITLE_WORDS:
        return start
    pattern = r"\s+".join(map(re.escape, title.split()))
    repeat = re.compile(pattern).search(text, start, end)
    # A teaser puts a word or two before the headline; a sentence that mentions it says more, or
    # goes on, as in "My Love Affair with Trains is an album".
    if repeat is None or count_words(text[start : repeat.start()]) > _TEASER_WORDS:
        return start
    if text[repeat.end() : end].lstrip()[:1].islower():
        return start
    stop = _SENTENCE_END.search(text, repeat.end(), end)
    return stop.end() if stop else end


def _find_boxes(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Find notices of rights, and short paragraphs such as "Related: …", "Image: …", "bob99: …"."""
    prose = [(number, p) for number, p in enumerate(paragraphs) if p.prose]
    apart = find_notices(paragraphs)
    if sum(_ANY_LABEL.match(p.text) is not None for _, p in prose) > _TRANSCRIPT * len(prose):
        return apart
    return apart | {
        number
        for number, p in prose
        if p.words < _SHORT and not (p.bullet or _QUOTED.search(p.text)) and _LABEL.match(p.text)
    }


def _find_comments(
    paragraphs: Sequence[Paragraph], first: int, language: Callable[[], str]
) -> set[int]:
    """Find readers' comments below an article: names, days and hours above what is said."""
    stamps = [
        number
        for number in range(first + 1, len(paragraphs) - 1)
        for paragraph, following in [paragraphs[number : number + 2]]
        if not (paragraph.prose or paragraph.markup or paragraph.bullet)
        and paragraph.words <= _STAMP_WORDS
        and following.group == paragraph.group
        and _is_stamp(paragraph.text, language)
    ]
    lines = [paragraphs[number].text for number in stamps]
    if len({line.split()[0] for line in lines}) < _LEAST_STAMPS or all(map(_PLANNED.match, lines)):
        return set()
    groups = {paragraphs[number].group for number in stamps}
    comments = {n for n in range(stamps[0], len(paragraphs)) if paragraphs[n].group in groups}
    above, below = (
        sum(paragraphs[number].words for number in part if paragraphs[number].prose)
        for part in (range(first, stamps[0]), comments)
    )
    return comments if below < above else set()


def _is_stamp(text: str, language: Callable[[], str]) -> bool:
    """Tell a line with an hour and a day, neither of which it opens with."""
    if not _STAMP.match(text):
        return False
    days = list(find_dates(text, language()))
    dated = _DAY.search(text) is not None or any(day.parts[2] for day in days)
    return dated and all(day.start for day in days)


def find_notices(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Find notices of rights, and what points to other pages."""
    return {
        number
        for number, p in enumerate(paragraphs)
        if p.prose and (_RIGHTS.match(p.text) or (p.words < _SHORT and _POINTS_ON.match(p.text)))
    }


def find_pitches(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Find short paragraphs that offer their reader an account, a letter and the like.

    Where a text speaks to its reader all along, as columns, advice and papers do, there are none.
    """
    words = {number: p.words for number, p in enumerate(paragraphs) if p.prose}
    spoken = {n: count for n, count in words.items() if _addresses(paragraphs[n].text)}
    long = sum(count for count in spoken.values() if count > _PITCH_WORDS)
    total = sum(words.values())
    if sum(spoken.values()) > _MOST_PITCHES * total or long > _MOST_LONG * total:
        return set()
    return {n for n in spoken if words[n] <= _PITCH_WORDS and _OFFERED.search(paragraphs[n].text)}


def _addresses(text: str) -> bool:
    """Tell what speaks to its reader; a news article does so in quotations alone."""
    return _READER.search(_QUOTATION.sub(" ", text).replace("’", "'")) is not None


def _find_gate(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Find the end of a page that breaks off and asks its reader to pay, log in, or wait."""
    first = len(paragraphs)
    while first and (not paragraphs[first - 1].prose or _asks(paragraphs[first - 1].text)):
        first -= 1
    asked = any(p.prose for p in paragraphs[first:])
    if not asked or sum(p.words for p in paragraphs) > _GATE_WORDS:
        return set()
    before, behind = (
        {word for p in part for word in tokenize(p.text) if len(word) > _SHORT_WORD}
        for part in (paragraphs[:first], paragraphs[first:])
    )
    apart = len(before & behind) <= _GATE_SHARED * len(behind)
    return set(range(first, len(paragraphs))) if apart else set()


def _asks(text: str) -> bool:
    return _addresses(text) or _ASKING.search(text) is not None
