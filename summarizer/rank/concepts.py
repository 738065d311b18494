"""Documents split into sentences and stemmed words, and the concepts in them.

A concept is a pair of neighbouring stems in a sentence (Gillick and Favre 2009). A one-word
sentence has none.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from itertools import count, repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from ..datatypes import Document, Structure
from ..settings import Settings
from ..text.language import Language, detect_language, language
from ..text.sentences import split_sentences
from ..text.table import Concepts, Floats, Rows, SentenceTable, Stems, Vectors, run_starts
from ..text.tokens import find_tokens

_DEFAULT = Settings()
_DASHES = "—–-"
_HEAD = re.compile(
    r"\((?:[^\W\d_a-z][\w.&'’/ ]{1,24}|[a-z]{2,6})\)(?:\s?(?:[—–]|--)\s?|\.?-\s|\s-\s)"
    r"|\A(?P<place>[^\W\d_]{3}[^—–:;!?\"“()]{0,40}?)(?:\s?[—–]\s?|\s--?\s)"
    r"|(?:19|20)\d\d,?\s\d{1,2}[.:]\d\d\s?(?:[ap]\.?m\.?\s?)?[A-Z]{2,4}\s+"
    r"|\A(?P<day>(?:[^\W\d_]+\.?,?\s|\d{1,2}(?:st|nd|rd|th)?,?\s){2,5})(?:19|20)\d\d(?!,?\s?\d),?\s?"
)


def split_documents(
    documents: Sequence[Document],
    structures: Sequence[Structure],
    languages: Sequence[str],
    settings: Settings = _DEFAULT,
) -> SentenceTable:
    """Split the bodies of documents into sentences and these into words.

    :param languages: The language code of each document.
    """
    places = [
        (number, block.start + start, block.start + end)
        for number, document in enumerate(documents)
        for block in structures[number].blocks
        if block.kind == "body"
        for start, end in split_sentences(document.text[block.start : block.end], languages[number])
    ]
    document, start, end = np.array(places, dtype=np.int64).reshape(-1, 3).T
    own = document.astype(np.intp)
    first = np.searchsorted(own, own)
    rows = np.arange(len(own))
    for row in np.flatnonzero(rows - first < settings.head_sentences).tolist():
        text = documents[own[row]].text[start[row] : end[row]]
        start[row] += head_length(text, language(languages[own[row]]).stop_words, settings)
    empty = stem_sentences([], [])
    table = SentenceTable(tuple(documents), rows, own, rows - first, start, end, empty)
    return with_stems(table, languages)


def head_length(text: str, stop_words: Set[str], settings: Settings = _DEFAULT) -> int:
    """Return how many characters of a sentence are a head that the report runs into.

    A head ends in a place or an agency and a dash ("By our staff PARIS (AP) -- "), in a day or in a
    time. What follows is a report only if it has some words and does not open in lower case. Where
    the dash comes again, the two set something apart.

    :param stop_words: After one of these a day belongs to the report ("On 5 May 2024 Mr Bell …").
    """
    found = 0
    for match in _HEAD.finditer(text[: settings.head_characters]):
        place, day = match["place"], match["day"]
        report = text[match.end() :]
        in_capitals = place is None or all(map(str.isupper, place.partition(",")[0].split()))
        alone = day is None or (
            any(map(str.isdigit, day)) and day.split()[0].casefold() not in stop_words
        )
        dash = match[0].rstrip()[-1]
        apart = dash in _DASHES and (f" {dash}" in report or (dash == "—" and dash in report))
        opens = next(filter(str.isalnum, report), "")
        cased = opens.isupper() or opens.isdigit() or (match[0][0] == "(" and not opens.islower())
        long = len(report.split()) >= settings.head_report_words
        if in_capitals and alone and cased and long and not apart:
            found = match.end()
    return found


def with_stems(table: SentenceTable, languages: Sequence[str]) -> SentenceTable:
    """Return a table numbered and stemmed anew, as if there were no other sentences."""
    known = {code: language(code) for code in sorted(set(languages))}
    own = (known[languages[number]] for number in table.document.tolist())
    stems = stem_sentences(table.texts(), own)
    return table.with_columns(row=np.arange(len(table)), stems=stems)


def language_of(document: Document, structure: Structure) -> str:
    """Return the language code of a document, told by its body."""
    bodies = (block for block in structure.blocks if block.kind == "body")
    return detect_language("\n\n".join(document.text[b.start : b.end] for b in bodies))


def stem_sentences(texts: Iterable[str], languages: Iterable[Language]) -> Stems:
    """Split sentences into words and stem each different one once.

    :param texts: n sentences.
    :param languages: The language of each.
    """
    numbers: dict[str, defaultdict[str, int]] = {}
    counter = count()
    known: dict[str, Language] = {}
    lengths: list[int] = []
    found: list[int] = []
    for text, own in zip(texts, languages, strict=True):
        if own.code not in numbers:
            numbers[own.code] = defaultdict(counter.__next__)
            known[own.code] = own
        before = len(found)
        found.extend(map(numbers[own.code].__getitem__, find_tokens(text)))
        lengths.append(len(found) - before)
    forms = sorted(
        (number, token, code) for code, own in numbers.items() for token, number in own.items()
    )
    stems: dict[str, int] = {}
    first_words: list[tuple[str, str]] = []
    stem_of: list[int] = []
    for _, token, code in forms:
        word = token.strip("'").casefold()
        # A token of apostrophes alone is not a word.
        stem = stems.setdefault(known[code].stem(word), len(stems)) if word else -1
        if stem == len(first_words):
            first_words.append((word, code))
        stem_of.append(stem)
    form = np.array(found, dtype=np.intp)
    tokens = np.array(stem_of, dtype=np.int32)[form]
    capital = np.array([token.strip("'")[:1].isupper() for _, token, _ in forms], dtype=bool)[form]
    kept = tokens >= 0
    rows = np.repeat(np.arange(len(lengths)), lengths)[kept]
    capital = capital[kept]
    capital[run_starts(rows)] = False
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(lengths)))])
    found_stems = Stems(
        stems=tuple(stems),
        content=np.array([w not in known[code].stop_words for w, code in first_words], dtype=bool),
        letters=np.array([len(word) for word, _ in first_words], dtype=np.intp),
        frequency=np.zeros(0, dtype=np.intp),
        total=len(lengths),
        tokens=tokens[kept],
        capital=capital,
        offsets=offsets.astype(np.intp),
    )
    entries, _ = stem_counts(found_stems)
    size = max(len(stems), 1)
    return replace(found_stems, frequency=np.bincount(entries % size, minlength=len(stems)))


def stem_texts(texts: Iterable[str], language: Language) -> Stems:
    """Stem sentences of one language."""
    found = list(texts)
    return stem_sentences(found, repeat(language, len(found)))


def distinct(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the different values, ascending: ``np.unique``, but by a sort, which is faster."""
    ordered = np.sort(values)
    return ordered[run_starts(ordered)]


def stem_counts(stems: Stems) -> tuple[npt.NDArray[np.int64], Rows]:
    """Count the stems of each sentence.

    :return: ``row * s + stem`` of the different ones, ascending, and how often each stands there.
    """
    ordered = np.sort(stems.rows * max(len(stems.stems), 1) + stems.tokens)
    starts = run_starts(ordered)
    return ordered[starts], np.diff(starts, append=len(ordered))


def extract_concepts(stems: Stems) -> Concepts:
    """Find the concepts of sentences.

    :param stems: n sentences.
    :return: n rows.
    """
    tokens, rows, size = stems.tokens.astype(np.int64), stems.rows, max(len(stems.stems), 1)
    within = rows[:-1] == rows[1:]
    pairs = tokens[:-1][within] * size + tokens[1:][within]
    keys, numbers = np.unique(pairs, return_inverse=True)
    entries = distinct(rows[:-1][within] * max(len(keys), 1) + numbers)
    row, column = np.divmod(entries, max(len(keys), 1))
    lengths = np.bincount(row, minlength=len(stems.offsets) - 1)
    return Concepts(keys, np.concatenate([[0], np.cumsum(lengths)]), column.astype(np.int32))


def inverse_frequency(stems: Stems) -> Floats:
    """Return how telling each stem is: ``log(1 + n / sentences that have it)``, 0 for stop words.

    :return: (s,) float64, 0 or more.
    """
    return np.where(stems.content, np.log1p(stems.total / np.maximum(stems.frequency, 1)), 0.0)


def lexical_vectors(stems: Stems, dimensions: int) -> Vectors:
    """Return sentences as vectors of their telling words.

    Words are hashed to a fixed number of dimensions with a sign each, so that collisions cancel
    out on average (Weinberger et al. 2009).

    :param stems: n sentences.
    :param dimensions: h, the number of columns.
    :return: (n, h) float32, a stem's squared inverse frequency being its weight in the product of
        two rows; a row of zeros for a sentence of stop words.
    """
    hashes = np.array([zlib.crc32(stem.encode()) for stem in stems.stems], dtype=np.int64)
    columns, signs = hashes % dimensions, np.where(hashes >> 31, -1.0, 1.0)
    weights = signs * inverse_frequency(stems)
    rows, words = np.divmod(stem_counts(stems)[0], max(len(stems.stems), 1))
    size = len(stems.offsets) - 1
    vectors = np.bincount(
        rows * dimensions + columns[words], weights[words], minlength=size * dimensions
    )
    return vectors.reshape(size, dimensions).astype(np.float32)
