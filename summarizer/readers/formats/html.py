"""Web pages, by trafilatura: the article alone; and books (EPUB), which consist of pages."""

import re
from collections import Counter, defaultdict
from copy import deepcopy
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

from ...datatypes import Document
from ...errors import ReadError
from ...text.tokens import count_words, tokenize
from ..archives import find_field, parse_xml
from ..documents import (
    GAP,
    Documents,
    Origin,
    as_superscript,
    document_of,
    find_day,
    one_line,
)
from ..encodings import decode, decode_as

_CHARSET = re.compile(
    rb"(?:<meta[^>]{0,200}charset|<\?xml[^>]{0,200}encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE
)
_BLOCKS = {
    *("p", "div", "ul", "ol", "li", "blockquote", "table", "tr", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "section", "article", "pre"),
}
_META_WITHIN = 4096
_LEAST = 200
# What pages call what is neither article nor recognised as boilerplate by its place. A long element
# may hold the article itself, e.g. one of the class "content has-share-bar".
_BOILERPLATE = (
    "caption", "credit", "newsletter", "subscribe", "signup", "sign-up", "related", "recommend",
    "readmore", "read-more", "also-read", "promo", "copyright", "disclaimer", "share", "social",
)  # fmt: skip
_NAMES = (
    'translate(concat(" ",@class," ",@id),'
    '"ABCDEFGHIJKLMNOPQRSTUVWXYZ","abcdefghijklmnopqrstuvwxyz")'
)
_PRUNED = [
    "//*[not(self::html or self::body or self::main or self::article)]"
    f'[contains({_NAMES},"{name}")][string-length(normalize-space(.))<1500]'
    for name in _BOILERPLATE
]
# The last day is given, as it would be today's otherwise and the same page be read otherwise then.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2200-01-01"}
_HEADLINE_WITHIN = 4
_HEADLINE_WORDS = 4
# Posts are this many at least.
_LEAST_POSTS = 3
_CLOCK = re.compile(r"(?<![\d:.])[0-2]?\d:[0-5]\d(?!\d)")
_LETTER = re.compile(r"\w")
# How trafilatura shows items of lists and cells of tables.
_ITEM = re.compile(r"^\s*- ")
_ENDS = re.compile(r"[.!?…。！？؟।:;,\"”’»)\]]$")
_STOPS = ".!?…\"'”’»)] "
_TAIL = 0.1
# What is raised is a number, a mark of a note or a list of these: no longer than this, nor words.
_RAISED, _WORDS = 16, re.compile(r"\s[^\W\d_]")
_CONTAINER = "META-INF/container.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"


def read_html(data: bytes, origin: Origin) -> Documents:
    """Read a web page, decoded as it says of itself: its article, without the headline."""
    declared = _CHARSET.search(data[:_META_WITHIN])
    page = decode_as(data, declared[1].decode() if declared else "", origin.name)
    return Documents([read_page(page, origin)])


def read_page(page: str, origin: Origin) -> Document:
    """Read a web page that is decoded already, e.g. one in a mail."""
    from trafilatura import load_html

    tree = load_html(page)
    if tree is None:
        raise _no_text(origin)
    _raise_digits(tree)
    posts, boxes = _posts(tree)
    found = _extract(tree)
    title = one_line(text_of_markup(found.title)) if found is not None and found.title else ""
    paragraphs = _without_ends(_paragraphs(found), title) if found is not None else []
    # An article above comments stands beside their boxes.
    within = sum(count_words(text) for text in paragraphs if text in boxes)
    if posts and 2 * within > sum(map(count_words, paragraphs)):
        paragraphs = posts
    if not paragraphs:
        return _whole(tree, title, origin)
    return document_of(
        paragraphs,
        origin,
        title=title,
        date=find_day(found.date or ""),
        url=found.url,
        author=found.author if _LETTER.search(found.author or "") else None,
        site=found.sitename,
        extracted=True,
    )


def text_of_markup(markup: str) -> str:
    """Return the text of HTML that is the cell of a table, not a page: paragraphs, one a block."""
    from lxml import html

    root = html.fragment_fromstring(markup, create_parent="div")
    _raise_digits(root)
    for element in root.iter():
        if element.tag in _BLOCKS:
            element.text = f"{GAP}{element.text or ''}"
            element.tail = f"{GAP}{element.tail or ''}"
        elif element.tag == "br":
            element.tail = f"\n{element.tail or ''}"
        elif element.tag in {"script", "style"}:
            element.text = ""
    paragraphs = re.split(r"\n[ \t\r]*\n", str(root.text_content()))
    return GAP.join(line for line in map(one_line, paragraphs) if line)


def _raise_digits(tree: Any) -> None:
    """Raise the digits of ``sup`` elements, whose tags are lost as text is taken out of a page.

    One that nobody closed runs on over what follows, and stays as it is.
    """
    for element in tree.xpath(".//sup[not(ancestor::sup)]"):
        text = str(element.text_content()).strip()
        if len(text) > _RAISED or _WORDS.search(text):
            continue
        element.clear(keep_tail=True)
        element.text = as_superscript(text)
        element.drop_tag()


def _extract(tree: Any) -> Any:
    """Return what trafilatura finds; pruned without tables, or with them where nothing is left."""
    from trafilatura import bare_extraction

    best: Any = None
    for options in ({"include_tables": False, "prune_xpath": _PRUNED}, {"include_tables": True}):
        found: Any = bare_extraction(
            _prepared(deepcopy(tree)),
            with_metadata=True,
            include_comments=False,
            date_extraction_params=_DATES,
            **options,
        )
        if found is not None and len(found.text or "") > len((best and best.text) or ""):
            best = found
        if best is not None and len(best.text) >= _LEAST:
            break
    return best


def _prepared(tree: Any) -> Any:
    """Make a box of sentences, without links or boxes in it, a paragraph; leave out links on."""
    holding: set[Any] = set()
    for element in tree.iter(*_BLOCKS):
        above = element.getparent()
        while above is not None and above not in holding:
            holding.add(above)
            above = above.getparent()
    for box in list(tree.iter("div")):
        plain = box not in holding and box.find(".//a") is None
        if plain and _ENDS.search(str(box.text_content()).strip()):
            box.tag = "p"
    own = {"", *map(_host, tree.xpath('//link[@rel="canonical"]/@href'))}
    for paragraph in list(tree.iter("p")):
        if _leads_on(paragraph, own):
            paragraph.drop_tree()
    return tree


def _posts(tree: Any) -> tuple[list[str], str]:
    """Return what is said in a forum, in boxes alike in a row, each with a time; and all in them.

    Of each box that part is taken that holds most words, where it stands in each box once and
    mostly without a time, less what it quotes of the posts above.
    """
    rows: defaultdict[tuple[Any, str], list[Any]] = defaultdict(list)
    for box in tree.iter("div", "li", "article", "section", "tr"):
        if name := _class(box):
            rows[box.getparent(), name].append(box)
    best: list[Any] = []
    boxes: list[Any] = []
    for row in rows.values():
        if len(row) >= _LEAST_POSTS and all(_CLOCK.search(box.text_content()) for box in row):
            said = _longest_parts(row)
            if _words(said) > _words(best):
                best, boxes = said, row
    paragraphs: list[str] = []
    for part in best:
        paragraphs += _text_of(deepcopy(part), paragraphs).split(GAP)
    return list(filter(None, paragraphs)), one_line(" ".join(b.text_content() for b in boxes))


def _longest_parts(row: list[Any]) -> list[Any]:
    """Return the longest part of each box, none where one beside it is half as long."""
    parts: defaultdict[str, list[Any]] = defaultdict(list)
    for box in row:
        for part in box.iterdescendants("*"):
            parts[_class(part) or f"<{part.tag}>"].append(part)
    counts = [Counter(map(_class, box.iterdescendants("*"))) for box in row]
    best: list[Any] = []
    for name, own in parts.items():
        once = all(count[name] == 1 for count in counts)
        timed = sum(_CLOCK.search(part.text_content()) is not None for part in own)
        if once and 2 * timed < len(own) and _words(own) > _words(best):
            best = own
    near = {other for part in best for other in (*part.iterancestors(), *part.iter())}
    beside = ([part for part in own if part not in near] for own in parts.values())
    return best if 2 * max(map(_words, beside), default=0) < _words(best) else []


def _text_of(post: Any, above: list[str]) -> str:
    from lxml import html

    for quoted in post.findall(".//blockquote"):
        # Who wrote it may stand before a colon.
        parts = (part for text in quoted.itertext() for part in text.split(":"))
        if one_line(max(parts, key=len, default="")) in GAP.join(above):
            quoted.drop_tree()
    return text_of_markup(html.tostring(post, encoding="unicode", with_tail=False))


def _words(parts: list[Any]) -> int:
    return sum(count_words(part.text_content()) for part in parts)


def _class(element: Any) -> str:
    """Return the first class of an element."""
    return str((element.get("class") or "").split(" ")[0])


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _leads_on(paragraph: Any, own: set[str]) -> bool:
    """Tell a paragraph that is a headline of the same site, perhaps with a label before it."""
    links = paragraph.findall(".//a[@href]")
    named = one_line(links[0].text_content()) if len(links) == 1 else ""
    address = str(links[0].get("href")) if named else "#"
    if count_words(named) < _HEADLINE_WORDS or address[0:1] == "#" or _host(address) not in own:
        return False
    label, _, rest = one_line(paragraph.text_content()).partition(named)
    return not rest.strip(_STOPS) and (not label or label.rstrip()[-1] in ":：")


def _paragraphs(found: Any) -> list[str]:
    bare = (_ITEM.sub("• ", line).replace("|", "") for line in found.text.split("\n"))
    lines = (" ".join(line.split()) for line in bare)
    return [line for line in lines if line.strip("•")]


def _without_ends(paragraphs: list[str], title: str) -> list[str]:
    """Leave out the headline above an article, and a few fragments below it."""
    words = set(tokenize(title))
    kept = [
        paragraph
        for place, paragraph in enumerate(paragraphs)
        if place >= _HEADLINE_WITHIN or not _is_headline(set(tokenize(paragraph)), words)
    ]
    last = len(kept)
    while last and not _ENDS.search(kept[last - 1]):
        last -= 1
    below = sum(map(count_words, kept[last:]))
    return kept[:last] if below <= _TAIL * sum(map(count_words, kept)) else kept


def _is_headline(words: set[str], title: set[str]) -> bool:
    """Tell the headline, which the title of a page often has the name of its site after."""
    shared = len(words & title)
    return bool(words) and shared >= 0.8 * len(words) and shared >= 0.6 * len(title)


def _whole(tree: Any, title: str, origin: Origin) -> Document:
    """Take all the text of a page in which no article is found."""
    from trafilatura import html2txt

    lines = list(filter(None, map(one_line, html2txt(tree).split("\n"))))
    if not lines:
        raise _no_text(origin)
    return document_of(lines, origin, title=title)


def _no_text(origin: Origin) -> ReadError:
    return ReadError(f"{origin.name}: holds no text; was the page saved before it was shown?")


def read_epub(data: bytes, origin: Origin) -> Documents:
    """Read a book as one document, without its table of contents."""
    paragraphs: list[str] = []
    missing: list[str] = []
    with ZipFile(BytesIO(data)) as archive:
        rootfile = next(parse_xml(archive.read(_CONTAINER)).iter("{*}rootfile"))
        package = parse_xml(archive.read(rootfile.get("full-path")))
        folder = dirname(rootfile.get("full-path"))
        items = {item.get("id"): item for item in package.iter("{*}item")}
        for reference in package.iter("{*}itemref"):
            item = items.get(reference.get("idref"))
            if item is None or "nav" in (item.get("properties") or "").split():
                continue
            name = normpath(join(folder, unquote(item.get("href", ""))))
            try:
                page = decode(archive.read(name), origin.name)
            except KeyError:
                missing.append(name)
                continue
            paragraphs += [text for text in _text_of_page(page).split(GAP) if text]
    left_out = [f"{origin.name}: {name} is missing in it" for name in missing]
    document = document_of(
        paragraphs,
        origin,
        title=find_field(package, f"{_DC}title"),
        date=find_day(find_field(package, f"{_DC}date")),
        author=find_field(package, f"{_DC}creator") or None,
        site=find_field(package, f"{_DC}publisher") or None,
    )
    return Documents([document], left_out)


def _text_of_page(page: str) -> str:
    """Return the text of the body of a page."""
    start, end = page.find("<body"), page.rfind("</body")
    return text_of_markup(f"<div{page[start + 5 : end]}</div>" if 0 <= start < end else page)
