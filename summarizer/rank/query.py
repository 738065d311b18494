"""Which sentences answer a question, and what concepts weigh for it.

A sentence is relevant by its meaning, by the words that it shares with the question (BM25;
Robertson and Zaragoza 2009), and by those that the passage around it shares. A concept weighs how
relevant the sentences that hold it are together (the relevance model of Lavrenko and Croft 2001,
over pairs of stems), and how likely it is in a summary of the nearest sentences.
"""

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..encoders import Embed
from ..settings import Answering, QuerySettings, Settings
from ..text.language import language, letters_language, stop_words
from ..text.sentences import split_sentences
from ..text.table import Concepts, Floats, Rows, SentenceTable, Stems, Vectors
from ..text.tokens import find_tokens, tokenize
from .concepts import extract_concepts, stem_counts
from .features import weigh_concepts

# Requests that any source answers: one near them is never refused, one nearly equal is for a
# summary.
REQUESTS = (
    "Summarize the whole meeting.",
    "What was the meeting about?",
    "What is the plot of the story?",
    "What is this document about?",
    "What are the main points?",
    "Give me a summary.",
    "Give an overview of the contents.",
    "What do these articles say?",
    "What was discussed?",
    "What are the key findings?",
    "What is the gist of it?",
)
_REQUESTING = frozenset(word for request in REQUESTS for word in tokenize(request))
_DEFAULT = QuerySettings()


@dataclass(frozen=True, slots=True)
class Answers:
    """What n sentences have to do with a question.

    :param relevance: (n,) float64, how relevant each is; comparable among them alone.
    :param nearest: (m,) intp, those that may answer, ascending.
    :param shares: (c,) float64 of sum 1, how relevant the sentences that hold each concept are
        together.
    :param found: Whether any of them answers.
    :param general: Whether a summary of all answers.
    """

    relevance: Floats
    nearest: Rows
    shares: Floats
    found: bool
    general: bool


def find_answers(
    table: SentenceTable,
    query: str,
    languages: Sequence[str],
    light: Embed,
    deep: Embed,
    known: Callable[[Vectors], bool],
    settings: QuerySettings,
    answers: Answering | None,
) -> Answers:
    """Tell how relevant sentences are to a question.

    All are compared by a light encoder and by words, the nearest by a deep one. Where the light one
    does not know the language, words alone decide.

    :param table: n sentences with their concepts.
    :param query: Keywords, a question, or several sentences.
    :param languages: That of the question, then those of the documents, the most frequent first.
    :param light: From k texts to (k, d) float32 unit rows.
    :param deep: The same, slower and better.
    :param known: Whether an encoder knows the language of rows that it made.
    :param answers: What answers by the deep encoder; None where it was not measured, and words
        tell.
    """
    sentences = [query[start:end] for start, end in split_sentences(query, languages[0])]
    parts = [query, *sentences] if len(sentences) > 1 else [query]
    words = query_words(table.stems, query, languages)
    matching = word_relevance(table, words, settings=settings)
    held = words_around(table, words, settings.held_passage)
    vectors = light(list(table.texts()))
    meant = known(vectors)
    rough = settings.words * matching
    if meant:
        rough += _cosines(vectors, light(parts), settings)
    around = settings.around * word_relevance(table, words, settings.passage, settings)
    near = np.argsort(-(rough + around), kind="stable")[: settings.nearest]
    found, request = float(held.max()) >= settings.answering_words, -1.0
    relevance = rough[near] + around[near]
    if meant:
        own, requests = np.split(deep([*parts, *REQUESTS]), [len(parts)])
        cosines = _cosines(deep([table.text(row) for row in near.tolist()]), own, settings)
        relevance = cosines + settings.deep_words * matching[near] + around[near]
        if answers is not None:
            least, words_weight, meaning_weight, growth = answers
            meaning = _mean_around(table, near, cosines, settings.held_passage)
            passage = np.maximum(words_weight * held[near], meaning_weight * meaning)
            nearest = float((cosines + passage).max()) - growth * math.log(len(table))
            request = float((requests @ own[0]).max())
            found = request >= settings.request or nearest >= least
    everywhere = np.full(len(table), relevance.min())
    everywhere[near] = relevance
    share = np.zeros(len(table))
    share[near] = np.exp(settings.sharpness * (relevance - relevance.max()))
    # "Who was at the meeting?" is near "What was the meeting about?", and asks for something else.
    general = request >= settings.general_request and _REQUESTING.issuperset(tokenize(query))
    assert table.concepts is not None
    shares = relevance_model(table.concepts, share)
    return Answers(everywhere, np.sort(near), shares, found, general)


def asked_language(
    query: str, languages: Sequence[str], known: Collection[str], stems: Stems
) -> str:
    """Tell the language of a question: that in which most of its words are stop words.

    Among languages with the same number, it is one of the documents if these have any of its
    telling words, and else the one that its letters show.

    :param languages: The languages of the documents, the most frequent first.
    :param known: Further languages that it may be in.
    :param stems: The stems of the documents.
    """
    words = tokenize(query)
    number = {
        code: sum(map(stop_words(code).__contains__, words))
        for code in (*languages, *sorted(known))
    }
    most = [code for code in number if number[code] == max(number.values())]
    stands = any(len(own) for own in query_words(stems, query, languages))
    if most[0] in languages and (len(most) == 1 or stands):
        return most[0]
    detected = letters_language(query)
    return detected if detected in most else most[0]


def _mean_around(table: SentenceTable, rows: Rows, values: Floats, reach: int) -> Floats:
    """Return the mean of the values of some rows around each of them, in its document."""
    totals, counts = np.zeros(len(table)), np.zeros(len(table))
    totals[rows], counts[rows] = values, 1
    sums, number = (sums_around(own, table.document, reach)[rows] for own in (totals, counts))
    return np.asarray(sums / number)


def weigh_answers(table: SentenceTable, answers: Answers, settings: Settings) -> Floats:
    """Weigh concepts by how relevant the sentences that hold them are, and how important.

    Both count, as a product: what is said in many of the nearest sentences, or early, and so is
    likely to be in a summary of them, makes an answer if it is relevant.

    :param table: n sentences with c concepts.
    :return: (c,) float64 of sum 1; 0 for those that no near sentence has.
    """
    assert table.concepts is not None
    rows = answers.nearest
    stems, document, position = table.stems.take(rows), table.document[rows], table.position[rows]
    concepts = extract_concepts(stems)
    sectioned = np.zeros(len(rows), dtype=bool)
    likely = weigh_concepts(stems, concepts, document, position, sectioned, settings)
    weights = np.zeros(len(table.concepts.keys))
    places = np.searchsorted(table.concepts.keys, concepts.keys)
    weights[places] = answers.shares[places] * likely**settings.query.importance
    return weights / (weights.sum() or 1.0)


def relevance_model(concepts: Concepts, share: Floats) -> Floats:
    """Weigh concepts by the sentences that hold them.

    :param concepts: n sentences with c concepts.
    :param share: (n,) float64 what each says of the answer.
    :return: (c,) float64 of sum 1.
    """
    sums = np.bincount(concepts.numbers, share[concepts.rows], minlength=len(concepts.keys))
    return np.asarray(sums / (sums.sum() or 1.0))


def query_words(stems: Stems, query: str, languages: Sequence[str]) -> list[Rows]:
    """Return the telling words of a question as the stems that sentences have of each.

    :param languages: The languages of the sentences; in each a word has another stem.
    :return: For each different word the numbers of its stems, none where no sentence has it.
    """
    place = {stem: number for number, stem in enumerate(stems.stems)}
    known = [language(code) for code in dict.fromkeys(languages)]
    words = [word for token in find_tokens(query) if (word := token.strip("'").casefold())]
    telling = [word for word in words if not any(word in own.stop_words for own in known)]
    # A question of stop words alone is about them.
    found = dict.fromkeys(tuple(own.stem(word) for own in known) for word in telling or words)
    return [
        np.array(sorted({place[stem] for stem in forms if stem in place}), dtype=np.intp)
        for forms in found
    ]


def word_relevance(
    table: SentenceTable,
    words: Sequence[Rows],
    reach: int = 0,
    settings: QuerySettings = _DEFAULT,
) -> Floats:
    """Score passages by the words of a question: BM25, of which the largest is 1.

    :param table: n sentences.
    :param words: As from ``query_words``.
    :param reach: How many sentences before and after it, in its document, make a passage of one.
    :return: (n,) float64, 0 to 1; zeros where no sentence has any of the words.
    """
    lengths = sums_around(table.stems.lengths, table.document, reach)
    share = settings.bm25_length
    norm = 1 - share + share * lengths / max(float(lengths.mean()), 1.0)
    scores = np.zeros(len(table))
    for weight, counts in _counts_around(table, words, reach):
        scores += weight * counts / (counts + settings.bm25_saturation * norm)
    return np.asarray(scores / (scores.max(initial=0.0) or 1.0))


def words_around(table: SentenceTable, words: Sequence[Rows], reach: int) -> Floats:
    """Return which share of a question's words stands in each sentence and around it.

    :param table: n sentences.
    :param words: As from ``query_words``; rare ones count more.
    :param reach: How many sentences before and after it, in its document, are around one.
    :return: (n,) float64, 0 to 1.
    """
    counted = list(_counts_around(table, words, reach))
    total = sum(weight for weight, _ in counted) or 1.0
    share = np.zeros(len(table))
    for weight, counts in counted:
        share += weight / total * (counts > 0)
    return share


def _counts_around(
    table: SentenceTable, words: Sequence[Rows], reach: int
) -> Iterator[tuple[float, Floats]]:
    """Yield how telling each word is, and how often it stands in and around each sentence."""
    stems = table.stems
    entries, times = stem_counts(stems)
    rows, columns = np.divmod(entries, max(len(stems.stems), 1))
    having = np.isin(columns, np.concatenate([np.zeros(0, np.intp), *words]))
    rows, columns, times = rows[having], columns[having], times[having]
    frequency = np.array([stems.frequency[own].max(initial=0) for own in words], dtype=np.intp)
    # As BM25 has it.
    telling = np.log1p((stems.total - frequency + 0.5) / (frequency + 0.5))
    for own, weight in zip(words, telling.tolist(), strict=True):
        has = np.isin(columns, own)
        counts = np.bincount(rows[has], weights=times[has], minlength=len(table))
        yield weight, sums_around(counts, table.document, reach)


def sums_around(values: Floats | Rows, document: Rows, reach: int) -> Floats:
    """Return the sum of the values of each sentence and some before and after it.

    :param values: (n,) numbers.
    :param document: (n,) the document of each, ascending; no passage reaches into another.
    :param reach: How many before and how many after.
    """
    rows = np.arange(len(values))
    first = np.maximum(np.searchsorted(document, document), rows - reach)
    last = np.minimum(np.searchsorted(document, document, side="right"), rows + reach + 1)
    sums = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray(sums[last] - sums[first])


def _cosines(vectors: Vectors, parts: Vectors, settings: QuerySettings) -> Floats:
    """Return (n,) the mean of the cosine to a whole question and the largest to a part of it."""
    cosines = (vectors @ parts.T).astype(np.float64)
    if cosines.shape[1] == 1:
        return np.asarray(cosines[:, 0])
    part = cosines[:, 1:].max(axis=1)
    return np.asarray(settings.whole * cosines[:, 0] + (1 - settings.whole) * part)
