"""Parts of papers, standards, statutes, reports and press releases that are formalities.

They are told by the names that such parts bear by custom (those of JATS back matter and of RFC
7322), and by form: entries of a bibliography, captions, notes, paragraphs in capitals, and
sentences that only refer to other places.
"""

import re
from collections import Counter
from collections.abc import Sequence

from .paragraphs import PROSE_WORDS, Paragraph

# Names of sections that hold no statement about the subject, by language.
_NAMES = frozenset(
    """
    author's address|authors' addresses|authors' address|contact information|competing interests
    competing interest|disclosure|disclosures|declarations|funding|funding information
    funding statement|financial support|financial disclosure|contributors|data availability
    data availability statement|data sharing|data sharing statement|availability of data
    availability of data and materials|code availability|ethics statement|ethics|ethics approval
    ethical approval|informed consent|informed consent statement|consent for publication
    institutional review board statement|publisher's note|trial registration
    supplementary material|supplementary materials|supplementary information
    supporting information|additional information|works cited|literature cited|literature
    further reading|endnotes|footnotes|notes and references|keywords|key words|index terms
    abbreviations|list of abbreviations|contents|table of contents|list of figures|list of tables
    status of this memo|status of this document|copyright|copyright notice|copyright statement
    full copyright statement|license|licence|intellectual property|intellectual property statement
    ipr notice|disclaimer|disclaimer of validity|requirements language|requirements notation
    conventions used in this document|about the author|about the authors|author information
    author details|correspondence|article history|attendees|present|apologies
    forward-looking statements|safe harbor statement|media contact|media contacts|press contact
    contacts|image credits|photo credits
    literatur|quellen|quellenverzeichnis|einzelnachweise|weblinks|inhalt|inhaltsverzeichnis
    abkürzungsverzeichnis|abbildungsverzeichnis|finanzierung|förderung|datenverfügbarkeit
    ethikvotum|impressum|haftungsausschluss|eingangsformel|schlussformel|pressekontakt|kontakt
    anwesend|entschuldigt|teilnehmer
    table des matières|sommaire|financement|mentions légales|disponibilité des données
    contact presse|présents|excusés
    índice|financiación|financiamiento|aviso legal|asistentes|disponibilidad de datos|contacto
    indice|finanziamenti|finanziamento|presenti|financiamento|disponibilidade de dados
    literatuur|literatuurlijst|bronnen|inhoudsopgave|financiering|aanwezig
    tack|innehåll|finansiering|kilder|lähteet|rahoitus|kiitokset|literatura|spis treści
    finansowanie|zdroje|financování|obsah|finansman|kaynaklar|içindekiler
    литература|содержание|финансирование|література|зміст|фінансування
    资助|基金项目|目录|资金来源|研究資金|資金|目次|연구비
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)
# What is in the names of such sections alone: references, thanks, key words, who did what.
_SAFE = re.compile(
    r"\breferen(?:ces|cias|zen|ser|cer)\b|\bréférences|\breferências|\briferimenti bibl|bibliogr"
    r"|литератур[ыи]\b"
    r"|\bliteraturverz|kaynakça|βιβλιογραφ|参考文献|參考文獻|참고문헌|المراجع|seznam literatury"
    r"|acknowledge?ment|danksagung|remerciement|\bagrade[sc]im|ringraziament|dankwoord|podziękowan"
    r"|благодарност|подяк[аи]|poděkování|teşekkür|ευχαριστίες|致谢|致謝|謝辞|감사의 글"
    r"|\bkey ?words?\b|palabras[ -]clave|mots[ -]cl[ée]|schlüsselwört|schlagwört|parole chiave"
    r"|palavras[ -]chave|ключев\w+ слов|ключов\w+ слов|słowa kluczowe|klíčová slova"
    r"|anahtar (?:keli|söz)"
    r"|nyckelord|trefwoorden|avainsanat|关键词|關鍵詞|キーワード|핵심어|주제어"
    r"|(?:confli|konflikt|конфл)\w+ (?:\w{1,2}['’ ] ?)?(?:int[eé]r[eéê]|zájm|інтере|интере)"
    r"|interessenkonflikt|intressekonflikt|belangenverstr|interessekonflikt|çıkar çat"
    r"|declarations? of (?:\w+ )?interest"
    r"|利益冲突|利益衝突|利益相反|이해 ?상충"
    r"|(?:autor|author|auteur|autör|yazar|författar)\w*['’]? ?(?:beitr|contrib|katkı|bidrag)"
    r"|(?:contrib|вклад|внесок|wkład|příspěv)\w* (?:\w{1,3} ){0,2}(?:autor|auteur|author|автор)"
)
_NUMBER = re.compile(
    r"\A(?:#{1,6}\s+)?(?:appendix\s+)?(?:(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]?(?:\d{1,2}\.?){0,4}\s+)?"
)
_FORM = re.compile(
    r"\A(#{1,6}\s)?((?:\d{1,2}|[A-Z]|[IVX]{1,5})[.)](?:\d{1,2}\.?){0,4}\s|\d{1,2}\s)?"
)
_RUN_IN = re.compile(r"\A[*_]{0,3}([^\W\d_][^.:—–*_\d]{2,50})[*_]{0,3}\s?[.:—–][*_]{0,3}\s")
_LABEL = re.compile(rf"{_RUN_IN.pattern}|\A\*\*[^*]{{3,50}}\*\*\s")
# Behind the headings of a wiki: "History[edit]".
_EDIT = re.compile(r"(?<=\w)\[[^\[\]\d]{4,40}\]$")
_LABEL_WORDS = 6
# Labels that end with a stop head sections where at least this many stand in a row; others where
# one fewer does.
_LEAST_LABELS = 3
_LEAST_SECTIONS = 3
_BACK_PARAGRAPHS = 3
_CAPTION = re.compile(
    r"[*_]{0,3}(?:Supplementary |Extended Data )?(?:Fig(?:ure|s?\.)?|Tab(?:le|\.)?|Abb(?:ildung|\.)"
    r"|Tabelle|Figura|Tabla|Tabella|Tabela|Tableau|Figuur|Tabel|Tabell|Chart|Exhibit|Scheme|Box|Cuadro|Quadro|Gr[áa]fico|Graphique|Rys\.|Wykres|Obr\.|Рис\.|Таблица|図|表)\s?"
    r"[A-Z]?\d{1,3}(?:[.-]\d{1,2})?[a-z]?\s?(?:[.:|—–]|\s[A-Z])|FIGS?\. ?\d{1,3}[A-Z]?"
    r"(?:(?: ?[-–,]| and) ?\d{1,3}[A-Z]?)? (?:is|shows?|illustrates?|depicts?) an? "
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d[a-z]?\b")
_INITIAL = re.compile(r"\b[^\W\d_]\.")
_PAGES = re.compile(
    r"\d{1,5}\s?[-–—]\s?\d{1,5}|\b(?:pp?|vol|no|S|Bd|t)\.\s?\d|\bdoi\b|doi\.org|https?://"
    r"|\d\(\d|\bet al\b|\bRFC \d"
)
_ENTRY = re.compile(r"(?:\[\w{1,12}\]|\^|\(?\d{1,3}[.)]|[*+•–-])\s+")
# A note below a page, whose number is raised; not "¹⁴C" or "²¹⁰Pb".
_FOOT = re.compile(r"[⁰¹²³⁴-⁹]{1,3}+(?:\s[^\W\d_]|[^\W\d_]{3})")
_LONE_NUMBER = re.compile(r"[0-9]{1,3}")
_NOTE = re.compile(r"(\d{1,3})\s?(?=([^\W\d_]))")
# Numbers of notes may be lost where pages are read.
_NOTES_MISSED = 3
# What belongs to a caption stands this near below it, and in this many places at least.
_LEGEND, _LEAST_LEGENDS = 8, 3
_TEXT_WORDS = 80
_SHOUTED = 0.3
_SHOUTED_WORDS = 6
_HEADING_WORDS = 10
_NUMBERED = re.compile(r"[ \xa0]\d")
_LAST_WORD = re.compile(r"(?<![^\W\d_§])([^\W\d_]{1,30}\.?|§{1,2})$")
_WORD_LETTERS = 32
_ROLE = re.compile(r"[*_]{0,3}[^\W\d_][^:：.]{1,40}[:：][*_]{0,3}\s?")
_IN_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
_BETWEEN_NAMES = re.compile(r"[,;、，；]")
_NAMED = 0.75
_FEW_NAMES = 4
_MOST_NAMES = 60
# Names of scripts without capitals.
_NAME_LETTERS = 4
_LEAST_REFERENCES = 20
_DESIGNATOR = 5
_LEFT = 5


def _section_name(paragraph: Paragraph) -> str:
    """Return the words of a heading without its number and marks, case-folded."""
    text = _EDIT.sub("", paragraph.text).strip("*_ ").rstrip(" :#.")
    return text[_NUMBER.match(text.casefold()).end() :].strip("*_ ").casefold()  # type: ignore[union-attr]


def is_heading(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Tell a short line without a stop that stands alone, or above indented or underlined text."""
    paragraph = paragraphs[number]
    if paragraph.text.startswith("#") or _EDIT.search(paragraph.text):
        return True
    if paragraph.prose or paragraph.markup or paragraph.running or paragraph.words > _HEADING_WORDS:
        return False
    if paragraph.text.endswith((",", ";", ":")):
        return False
    if number + 1 == len(paragraphs):
        return False
    following = paragraphs[number + 1]
    before = paragraphs[number - 1].group if number else -1
    opens = paragraph.group != before
    # A name above its text, without an empty line between.
    names = paragraph.words <= _LABEL_WORDS and following.prose and following.words >= PROSE_WORDS
    own = opens and (following.group != paragraph.group or names)
    return is_underlined(paragraphs, number) or own or following.indent > paragraph.indent


def find_formalities(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Find the paragraphs of a document that state nothing about its subject.

    :param paragraphs: All paragraphs of a document.
    :return: Their places.
    """
    found: set[int] = set()
    inside: tuple[str, int] | None = None
    above: list[bool] = []
    for number, paragraph in enumerate(paragraphs):
        heading = is_heading(paragraphs, number)
        short = paragraph.words <= _LABEL_WORDS and not (paragraph.prose or paragraph.markup)
        apart = not number or paragraphs[number - 1].group != paragraph.group
        formal = short and apart and _is_formal_name(_section_name(paragraph))
        above_page = number > 0 and paragraphs[number - 1].running and paragraph.words <= 4
        if heading or formal or above_page:
            name = _section_name(paragraph)
            form = _form(paragraphs, number)
            if _is_formal_name(name):
                inside, above = form, []
            elif (
                inside is not None and heading and _opens_section(paragraphs, number, form, inside)
            ):
                inside = None
        elif inside is not None:
            # Below a list, of contents or abbreviations say, text begins without a heading.
            text = paragraph.prose and not paragraph.single and paragraph.words >= _TEXT_WORDS
            if text and above and not any(above):
                inside = None
            above.append(paragraph.prose)
        if inside is not None or _is_formal(paragraph):
            found.add(number)
    entries = _entries(paragraphs)
    return found | entries | _legends(paragraphs) | _back_matter(paragraphs, entries)


def _back_matter(paragraphs: Sequence[Paragraph], entries: set[int]) -> set[int]:
    """Find thanks and the like above a bibliography: labelled in a row, or without a number."""
    first = max((n for n in entries if n - 1 not in entries), default=0)
    headings = [n for n in range(first) if is_heading(paragraphs, n)]
    numbered = {n for n in headings if _FORM.match(paragraphs[n].text)[2]}  # type: ignore[index]
    labelled: list[int] = []
    found: set[int] = set()
    below: list[int] = []
    strong = False
    for number in reversed(range(first)):
        paragraph = paragraphs[number]
        label = _LABEL.match(paragraph.text)
        dotted = label is not None and label[0].rstrip().endswith(".")
        if number in numbered or len(below) > _BACK_PARAGRAPHS:
            break
        if number in headings:
            if below and len(numbered) < _LEAST_SECTIONS:
                break
            found.update(below, [number])
            below = []
        elif label and not below and len(label[0].split()) <= _LABEL_WORDS - 2 * dotted:
            labelled.append(number)
            strong = strong or not dotted
        elif not paragraph.running:
            below.append(number)
    least = _LEAST_LABELS - strong
    return found | (set(labelled) if len(labelled) >= least else set())


def _legends(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Find what stands with captions again and again, such as "Source: …" and "Note: …"."""
    labels = {
        n: label[1]
        for n, paragraph in enumerate(paragraphs)
        if (label := _RUN_IN.match(paragraph.text)) and " " not in label[1]
        if any(_CAPTION.match(p.text) for p in paragraphs[max(0, n + 1 - _LEGEND) : n + 1])
    }
    often = Counter(labels.values())
    return {number for number, label in labels.items() if often[label] >= _LEAST_LEGENDS}


def find_notes(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Find the footnotes of a document in pages: their numbers stand before them, alone or not."""
    found: set[int] = set()
    last = 0
    for number, paragraph in enumerate(paragraphs):
        opens = _NOTE.match(paragraph.text)
        if opens and opens[2].isupper() and paragraph.prose:
            found.add(number)
        following = paragraphs[min(number + 1, len(paragraphs) - 1)]
        if _LONE_NUMBER.fullmatch(paragraph.text) and following.prose:
            if 0 < int(paragraph.text) <= last + _NOTES_MISSED:
                last = int(paragraph.text)
                found.update((number, number + 1))
        elif opens and last < int(opens[1]) <= last + _NOTES_MISSED:
            last = int(opens[1])
    return found


def _form(paragraphs: Sequence[Paragraph], number: int) -> tuple[str, int]:
    paragraph = paragraphs[number]
    if is_underlined(paragraphs, number):
        return "=", paragraph.indent
    found = _FORM.match(paragraph.text)
    marks, count = (found[1] or "", found[2] or "") if found else ("", "")
    return marks.strip() or ("1" if count else ""), paragraph.indent


def is_underlined(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Tell a heading above a line of marks."""
    line, following = paragraphs[number], paragraphs[min(number + 1, len(paragraphs) - 1)]
    return following.group == line.group and set(following.text) <= set("=-~^*\"'+#")


def _opens_section(
    paragraphs: Sequence[Paragraph], number: int, form: tuple[str, int], inside: tuple[str, int]
) -> bool:
    """Tell whether a heading ends a section that another heading opened."""
    if inside[0].startswith("#") or form[0].startswith("#"):
        return form[0].startswith("#") and len(form[0]) <= len(inside[0] or "######")
    if form[0] == "=":
        return True
    if inside[0] == "1":
        return form == inside
    if form[1] > inside[1]:
        return False
    following = next((p for p in paragraphs[number + 1 : number + 3] if not p.markup), None)
    return (
        following is not None
        and following.words >= PROSE_WORDS
        and (following.prose or following.whole > 0)
    )


def _is_formal_name(name: str) -> bool:
    name = name.replace("’", "'")
    return name in _NAMES or (len(name.split()) <= 5 and _SAFE.search(name) is not None)


def _is_formal(paragraph: Paragraph) -> bool:
    """Tell formalities that stand without a heading."""
    text = paragraph.text
    label = _RUN_IN.match(text)
    if label and _is_formal_name(label[1].strip().casefold()):
        return True
    if (_CAPTION.match(text) and paragraph.words < 60) or lists_names(text) or _FOOT.match(text):
        return True
    # Letters of scripts without capitals are not upper case.
    shouted = sum(len(word) > 1 and word.isupper() for word in text.split())
    return (
        shouted >= _SHOUTED_WORDS and _SHOUTED * paragraph.words <= shouted < 0.9 * paragraph.words
    )


def lists_names(text: str) -> bool:
    """Tell names in a row, as of who was present, whatever stands before their colon."""
    label = _ROLE.match(text)
    names = _IN_BRACKETS.sub(" ", text[label.end() if label else 0 :])
    words = [word for word in names.split() if word[0].isalpha()]
    several = len(_BETWEEN_NAMES.findall(names)) > 1 or (label and len(words) <= _FEW_NAMES)
    if not several or not 0 < len(words) <= _MOST_NAMES:
        return False
    parts = [part for part in _BETWEEN_NAMES.split(names.strip(" .。")) if part.strip()]
    if not any(map(str.isupper, names)):
        return label is not None and all(len(part.strip()) <= _NAME_LETTERS for part in parts)
    return sum(word[0].isupper() for word in words) >= _NAMED * len(words) > 0


def _entries(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Find the entries of a bibliography: three or more in a row."""
    found: set[int] = set()
    row: list[int] = []
    for number, paragraph in enumerate(paragraphs):
        if paragraph.running:
            continue
        if _is_entry(paragraph):
            row.append(number)
            continue
        if len(row) > 2:
            found.update(row)
        row = []
    return found | (set(row) if len(row) > 2 else set())


def _is_entry(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.words > 80 or _YEAR.search(text) is None:
        return False
    initials: int = sum(found[0].isupper() for found in _INITIAL.findall(text))
    marks = min(2, initials) + min(2, len(_PAGES.findall(text)))
    return marks + (_ENTRY.match(text) is not None) >= 3


def designators(text: str) -> frozenset[str]:
    """Return the words by which a text refers to its parts, such as "§" and "Absatz".

    They stand before a number nearly as often as they stand at all. A text that hardly refers to
    its parts has none.
    """
    places = (number.start() for number in _NUMBERED.finditer(text))
    words = (_LAST_WORD.search(text[max(0, at - _WORD_LETTERS) : at]) for at in places)
    before = Counter(word[1] for word in words if word)
    if before.total() < _LEAST_REFERENCES:
        return frozenset()
    return frozenset(
        word
        for word, times in before.items()
        if times >= _DESIGNATOR and (len(word) > 2 or "§" in word) and 2 * times >= text.count(word)
    )


def only_refers(sentence: str, words: frozenset[str]) -> bool:
    """Tell a sentence that says little but which other place applies.

    :param sentence: A sentence.
    :param words: What ``designators`` found in its text.
    """
    tokens = sentence.replace("(", " ").replace(")", " ").split()
    said = [
        token
        for number, token in enumerate(tokens)
        if token not in words and not any(map(str.isdigit, token)) and any(map(str.isalpha, token))
    ]
    return len(said) < len(tokens) and any(t in words for t in tokens) and len(said) <= _LEFT
