"""Documents beside one another: near-duplicates, those about something else, and translations.

An agency's report in two papers is one source, not two; near-duplicates are found by shingles, runs
of neighbouring words (Broder 1997). Real collections also hold what is off topic: a notice instead
of the article, a page of another story. Such a document shares neither words nor meaning with any
other, where these share much. A sentence and its translation have vectors near each other, by an
encoder that was trained on both languages (Yang et al. 2020).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from ..errors import OptionError
from ..settings import Settings
from ..text.table import Floats, Rows, SentenceTable, Stems, Vectors, run_starts
from .concepts import distinct, inverse_frequency

# Pairs that wait to be counted, and columns of words multiplied at once: both bound the memory.
_PAIRS = 1 << 22
_COLUMNS = 1 << 15
_HASH_FACTOR = np.uint64(1_000_003)
_Numbers = npt.NDArray[np.int64]
_NOT_LATIN = re.compile(r"[^\W\d_\0-\u036f]")


def duplicate_groups(table: SentenceTable, documents: int, settings: Settings) -> list[int]:
    """Find documents that are copies of one text, even with another beginning or end.

    :param table: n sentences.
    :param documents: How many documents there are, d.
    :return: d numbers, the same for copies of one text: that of its first document.
    """
    place, hashes = _shingles(table, settings.shingle_words)
    if not len(place):
        return list(range(documents))
    size = np.bincount(place, minlength=documents)
    pairs, times = _sharing(place, hashes, documents, settings.common_shingle)
    one, other = np.divmod(pairs, documents)
    copied = times >= settings.copied_share * np.minimum(size[one], size[other])
    return _joined(zip(one[copied].tolist(), other[copied].tolist(), strict=True), documents)


def _shingles(table: SentenceTable, length: int) -> tuple[_Numbers, npt.NDArray[np.uint64]]:
    """Return each document with the hash of each of its different shingles; documents ascending."""
    tokens, document = table.stems.tokens, table.document[table.stems.rows]
    count = len(tokens) - length + 1
    if count < 1:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for start in range(length):
        word = tokens[start : start + count].astype(np.uint64)
        hashes = hashes * _HASH_FACTOR + word + np.uint64(1)
    within = document[:count] == document[length - 1 :]
    different, numbers = np.unique(hashes[within], return_inverse=True)
    entries = distinct(document[:count][within] * max(len(different), 1) + numbers)
    place, shingle = np.divmod(entries, max(len(different), 1))
    return place, different[shingle]


def _sharing(
    place: _Numbers, hashes: npt.NDArray[np.uint64], documents: int, most_common: int
) -> tuple[_Numbers, _Numbers]:
    """Return the pairs of documents that share shingles, numbered, and how many they share."""
    order = np.argsort(hashes, kind="stable")
    place, hashes = place[order], hashes[order]
    lengths = np.diff(run_starts(hashes), append=len(hashes))
    often = np.repeat(lengths > most_common, lengths)
    pairs = times = np.zeros(0, dtype=np.int64)
    waiting: list[_Numbers] = []
    for step in range(1, max(most_common, 2)):
        alike = np.flatnonzero(hashes[step:] == hashes[:-step])
        near = alike if step == 1 else alike[~often[alike]]
        if not len(near):
            break
        waiting.append(place[near] * documents + place[near + step])
        # Adding many at once sorts each pair only a few times.
        if sum(map(len, waiting)) > max(_PAIRS, len(pairs)):
            pairs, times = _added(pairs, times, waiting)
            waiting = []
    return _added(pairs, times, waiting)


def _added(
    pairs: _Numbers, times: _Numbers, found: Sequence[_Numbers]
) -> tuple[_Numbers, _Numbers]:
    """Count found pairs with those counted before."""
    both = np.concatenate([pairs, *found])
    counts = np.concatenate([times, np.ones(len(both) - len(pairs), dtype=np.int64)])
    order = np.argsort(both, kind="stable")
    both = both[order]
    starts = run_starts(both)
    return both[starts], np.add.reduceat(counts[order], starts) if len(starts) else counts


def _joined(pairs: Iterable[tuple[int, int]], count: int) -> list[int]:
    """Return, for each number below ``count``, the lowest that pairs connect it to."""
    first = list(range(count))

    def root(number: int) -> int:
        while first[number] != number:
            first[number] = number = first[first[number]]
        return number

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        first[high] = low
    return [root(number) for number in range(count)]


def find_series(table: SentenceTable, groups: Sequence[int], settings: Settings) -> Rows:
    """Find sentences that documents of a series have up to a number, and then differ: the news.

    :param table: n sentences with ``day``.
    :param groups: The duplicate group of each document; those of a series are near-duplicates.
    :return: (n,) intp: the first and the last of such sentences have the same number above 0,
        those between them -1, all others 0.
    """
    found = np.zeros(len(table), dtype=np.intp)
    size = Counter(groups)
    rows_of: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for row, document in enumerate(table.document.tolist()):
        if size[groups[document]] >= settings.series_documents:
            words = table.text(row).split()
            number = next((n for n, word in enumerate(words) if any(map(str.isdigit, word))), 0)
            if number >= settings.statement_words:
                rows_of[groups[document], " ".join(words[:number])].append(row)
    for number, rows in enumerate(rows_of.values(), 1):
        texts = {" ".join(table.text(row).split()) for row in rows}
        rows.sort(key=lambda row: (int(table.day_rank[row]), row))
        # Without days it is unknown which is the last.
        days = {int(table.day_rank[row]) for row in rows}
        if len(texts) == len(rows) == len(days) >= settings.series_documents:
            found[rows[1:-1]] = -1
            found[[rows[0], rows[-1]]] = number
    return found


def off_topic_documents(
    table: SentenceTable,
    languages: Sequence[str],
    groups: Sequence[int],
    embed: Callable[[Sequence[str]], Vectors],
    settings: Settings,
) -> tuple[Rows, bool]:
    """Find the documents that are about something other than the rest.

    Only documents in the language of most can be compared, and only doubtful ones are embedded.
    Near-duplicates count as one: a notice in place of many articles is not a subject.

    :param table: n sentences.
    :param languages: The language code of each document.
    :param groups: The duplicate group of each document.
    :param embed: From k texts to (k, d) float32 unit rows.
    :return: The documents off topic, ascending, and whether the documents have a common subject at
        all; where they have none, none is off topic.
    """
    nothing = np.zeros(0, dtype=np.intp)
    documents, own = np.unique(table.document, return_inverse=True)
    group = np.array(groups)[documents]
    compared = _comparable(table.stems, own, [languages[d] for d in documents], settings)
    compared = compared[np.unique(group[compared], return_index=True)[1]]
    if len(compared) < settings.off_topic_documents[0]:
        return nothing, True
    words = document_cosines(table.stems, own)[np.ix_(compared, compared)]
    nearest = _others(words).max(axis=1)
    unlike = np.median(_means(words)) < settings.unrelated_words
    if not unlike and (nearest >= settings.off_topic_words).all():
        return nothing, True
    opening = np.arange(len(table)) - table.first_rows[own] < settings.opening_sentences
    rows = np.flatnonzero(opening & np.isin(own, compared))
    vectors = embed([table.text(row) for row in rows.tolist()]).astype(np.float64)
    place = np.searchsorted(compared, own[rows])
    sums = np.stack([vectors[place == number].sum(axis=0) for number in range(len(compared))])
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    sums /= np.where(length > 0, length, 1)
    meaning = sums @ sums.T
    means = _means(meaning)
    if unlike and np.median(means) < settings.unrelated_meaning:
        return nothing, False
    likeness = _others(meaning).max(axis=1) + settings.off_topic_word_weight * nearest
    found = (likeness < settings.off_topic_likeness) & (nearest < settings.off_topic_words)
    if found.all() or means[~found].max() < settings.subject_cosine:
        return nothing, True
    return documents[np.isin(group, group[compared[found]])], True


def document_cosines(stems: Stems, document: Rows) -> Floats:
    """Compare documents by their words, weighted by inverse frequency.

    :param stems: n sentences.
    :param document: (n,) the document of each, from 0 without gaps, ascending.
    :return: (d, d) float64, 0 to 1.
    """
    count, size = int(document[-1]) + 1, max(len(stems.stems), 1)
    entries, times = np.unique(document[stems.rows] * size + stems.tokens, return_counts=True)
    rows, columns = np.divmod(entries, size)
    values = np.log1p(times) * inverse_frequency(stems)[columns]
    norms = np.sqrt(np.bincount(rows, values**2, minlength=count))
    # A word of one document alone adds to no product.
    shared = np.bincount(columns, minlength=size) > 1
    column = (np.cumsum(shared) - 1)[columns]
    cosines = np.zeros((count, count))
    for first in range(0, int(shared.sum()), _COLUMNS):
        kept = shared[columns] & (column >= first) & (column < first + _COLUMNS)
        matrix = np.zeros((count, min(_COLUMNS, int(shared.sum()) - first)))
        matrix[rows[kept], column[kept] - first] = values[kept]
        matrix /= np.where(norms > 0, norms, 1)[:, None]
        cosines += matrix @ matrix.T
    np.fill_diagonal(cosines, 1)
    return cosines


def _comparable(stems: Stems, document: Rows, languages: Sequence[str], settings: Settings) -> Rows:
    """Return the documents in the language of most, ascending; none where they are too few."""
    tokens = np.bincount(document, stems.lengths)
    stopped = np.concatenate([[0], np.cumsum(~stems.content[stems.tokens])])[stems.offsets]
    stop_words = np.bincount(document, np.diff(stopped))
    most = min(set(languages), key=lambda code: (-languages.count(code), code))
    clear = stop_words >= settings.stop_word_share * np.maximum(tokens, 1)
    found = np.flatnonzero(clear & np.array([code == most for code in languages]))
    fewest, limit = settings.off_topic_documents
    return found if fewest <= len(found) <= limit else found[:0]


def _others(cosines: Floats) -> Floats:
    """Return the cosines to the other documents, -1 on the diagonal."""
    return np.where(np.eye(len(cosines), dtype=bool), -1.0, cosines)


def _means(cosines: Floats) -> Floats:
    """Return each document's mean cosine to the others."""
    return np.asarray((cosines.sum(axis=1) - np.diag(cosines)) / max(len(cosines) - 1, 1))


def gather_copies(pool: SentenceTable, picked: Sequence[int]) -> list[int]:
    """Take what stands word for word in several documents from as few of them as possible.

    :param pool: n sentences.
    :param picked: Rows of the pool.
    :return: For each picked row that row, or one of the same words in the document that has most of
        the others; a sentence and those it cannot stand without stay together.
    """
    chains: list[list[int]] = []
    for row in sorted(picked):
        if pool.unit_size[row] > 1 and chains and chains[-1][-1] == row - 1:
            chains[-1].append(row)
        else:
            chains.append([row])
    texts = list(pool.texts())
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts):
        rows_of[text].append(row)

    def told(first: int, length: int) -> tuple[object, ...]:
        """Return what neighbouring sentences say, and how they stand beside one another."""
        rows = slice(first, first + length)
        places = (column[rows] - column[first] for column in (pool.document, pool.row))
        return texts[rows], pool.unit_size[rows].tolist(), *(own.tolist() for own in places)

    waiting: list[tuple[list[int], dict[int, int]]] = []
    for rows in chains:
        own = told(rows[0], len(rows))
        copies = {int(pool.document[rows[0]]): rows[0]}
        for row in rows_of[texts[rows[0]]]:
            if told(row, len(rows)) == own:
                copies.setdefault(int(pool.document[row]), row)
        waiting.append((rows, copies))
    moved = {row: row for row in picked}
    while waiting:
        held: Counter[int] = Counter()
        for rows, copies in waiting:
            held.update(dict.fromkeys(copies, len(rows)))
        best = min(held, key=lambda source: (-held[source], source))
        for rows, copies in waiting:
            if best in copies:
                moved |= {row: copies[best] + step for step, row in enumerate(rows)}
        waiting = [(rows, copies) for rows, copies in waiting if best not in copies]
    return [moved[row] for row in picked]


def spoken_languages(
    table: SentenceTable, languages: Sequence[str], settings: Settings
) -> frozenset[str]:
    """Return the languages that sentences are in: what an encoder of them must know.

    :param table: n sentences, 1 or more.
    :param languages: The language code of each document.
    :return: The codes of documents of enough letters to tell; of none such, that of most letters.
    """
    codes, letters = _clear_languages(table, languages, settings)
    if found := frozenset(codes.tolist()) - {""}:
        return found
    return frozenset({min(set(languages), key=_fewest(np.array(languages), letters))})


def foreign_documents(
    table: SentenceTable, languages: Sequence[str], asked: str | None, settings: Settings
) -> tuple[str, Rows]:
    """Choose the language of a summary, and find the documents in others.

    A document whose language is unknown, or that has too few letters to tell, is not in another.

    :param table: n sentences.
    :param languages: The language code of each document.
    :param asked: The code of the language to choose; by default that of most documents, of most
        letters among equals.
    :return: The code, and the documents in another language, ascending.
    :raises OptionError: If no document is in the language asked for.
    """
    if asked and asked not in languages:
        found = ", ".join(sorted(set(languages) - {""})) or "none that is known"
        raise OptionError(f"no document is in the language {asked}; they are in {found}")
    codes, letters = _clear_languages(table, languages, settings)
    count, fewest = Counter(codes[codes != ""].tolist()), _fewest(codes, letters)
    own = asked or min(count, key=lambda code: (-count[code], *fewest(code)), default="")
    return own, np.flatnonzero((codes != "") & (codes != own))


def _fewest(codes: npt.NDArray[np.str_], letters: Floats) -> Callable[[str], tuple[float, str]]:
    """Return a key by which the language of most letters comes first."""
    return lambda code: (-float(letters[codes == code].sum()), code)


def _clear_languages(
    table: SentenceTable, languages: Sequence[str], settings: Settings
) -> tuple[npt.NDArray[np.str_], Floats]:
    """Return the language of each document that has enough letters to tell, and how many it has."""
    others = [len(_NOT_LATIN.findall(text)) for text in table.texts()]
    told_by = table.end - table.start + (settings.script_letters - 1) * np.array(others, np.intp)
    letters = np.bincount(table.document, told_by, minlength=len(languages)).astype(np.float64)
    return np.where(letters >= settings.language_letters, np.array(languages), ""), letters


def with_translations(
    table: SentenceTable, foreign: SentenceTable, own: Vectors, others: Vectors, least: float
) -> tuple[Stems, Rows, Rows]:
    """Add documents in other languages to what concepts are counted in.

    A sentence of theirs counts as a copy of the one that it translates, the nearest to it.

    :param table: n sentences.
    :param foreign: m sentences in other languages.
    :param own: (n, d) float32 unit rows of the former.
    :param others: (m, d) float32 unit rows of the latter.
    :param least: Least cosine of a translation.
    :return: Words, document and position of n sentences and of those that translate one.
    """
    if not len(own):
        return table.stems, table.document, table.position
    # subtle: rounded, as the last digits of a product of matrices depend on its size.
    cosines = (others @ own.T).round(5)
    kept = np.flatnonzero((cosines >= least).any(axis=1))
    document = np.concatenate([table.document, foreign.document[kept]])
    position = np.concatenate([table.position, foreign.position[kept]])
    order = np.lexsort((position, document))
    rows = np.concatenate([np.arange(len(table)), cosines[kept].argmax(axis=1)])[order]
    return table.stems.take(rows), document[order], position[order]
