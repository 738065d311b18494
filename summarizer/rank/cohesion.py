"""Which sentences cannot stand without the one before them.

A sentence that opens with a pronoun, a demonstrative or a connective needs context; so does one
inside a quotation whose speaker was named before. These cues are English; in other languages only
the quotation marks are as sure. ``context.py`` tells in any language how likely the rest need it.

Nor can one that names somebody by a part of the name: a document names a person or a body in full
first ("Namanga Ngongi") and by a part after that ("Ngongi said"). Capitals tell names, so none are
found in scripts that have none.
"""

import re
from collections.abc import Sequence

import numpy as np

from ..clean.paragraphs import ends_sentence
from ..settings import Settings
from ..text.table import Concepts, Mask, Rows, SentenceTable, Stems
from ..text.tokens import count_words
from .context import context_chances

_NO_STATEMENT = re.compile(r"[?？؟:;][\"'”’»」)\]]*\s*$")
_PRONOUN = (
    r"he|she|it|they|him|her|them|his|hers|its|their|theirs|he's|she's|it's|they're|he'll|she'll"
    r"|it'll|they'll|he'd|she'd|they'd|they've|himself|herself|itself|themselves"
)
_DEMONSTRATIVE = (
    r"this|that|these|those(?!\s+(?:who|with|of|in))|that's|such|both(?!\s+\S+\s+and\b)"
    r"|\w+\s+of\s+(?:these|those(?!\s+(?:who|with|of|in)))|\w+\s+(?:\w+\s+)?of\s+them"
    r"|the\s+(?:former|latter|same)|another|others|neither(?!\s+\S+(?:\s+\S+)?\s+nor\b)|here|there\s+(?:he|she|they)"
)
_CONNECTIVE = (
    r"and|but|or|nor|so|yet|still|then|thus|hence|also|too|however|moreover|furthermore|therefore"
    r"|nevertheless|nonetheless|meanwhile|instead|otherwise|likewise|similarly|consequently"
    r"|accordingly|besides|indeed|additionally|conversely|afterwards?|elsewhere|rather(?!\s+than)"
    r"|in\s+(?:addition|contrast|turn|fact|other\s+words|particular|response)(?=\s*,)|by\s+contrast"
    r"|for\s+(?:example|instance)|as\s+a\s+(?:result|consequence)|as\s+such|of\s+course"
    r"|on\s+the\s+(?:other\s+hand|contrary)|at\s+the\s+same\s+time|after\s+that|because\s+of\s+th(?:is|at)"
    r"|to\s+(?:this|that)\s+end|despite\s+th(?:is|at|ese)"
)
# What turns round the sentence before, which is half of what is told.
_TURN = re.compile(
    r"\A[\W_]*+(?:but|however(?=\s*,)|yet|nevertheless|nonetheless|instead(?!\s+of\b))(?![\w'])",
    re.IGNORECASE,
)
_OPENING = re.compile(
    rf"\A[\W_]*+(?:{_PRONOUN}|{_DEMONSTRATIVE}|{_CONNECTIVE})(?![\w'])", re.IGNORECASE
)
_INTRODUCED = re.compile(
    rf"\A(?:in|on|at|with|during|after|before|following|despite|according\s+to|of)\s+(?:{_PRONOUN})\b"
    rf"[^,]*,\s*(?:{_PRONOUN})\b",
    re.IGNORECASE,
)
# subtle: one that nothing closes goes to the end, or each would be looked through to the end.
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?|„[^“”]*[“”]?|「[^」]*」?")
_OPENS_QUOTE = re.compile(r"\A\s*[“\"«„「]")
_REPORTS = re.compile(rf"\A[\W_]*+(?:{_PRONOUN})\b", re.IGNORECASE)
_UNOPENED = re.compile(r"\A[^“\"«„「”»」]*+(?:[”»」]|(?<=[,.!?…])\"(?!\w))")


def with_cohesion(
    table: SentenceTable, languages: Sequence[str], settings: Settings
) -> SentenceTable:
    """Join each sentence to those before it that it cannot stand without.

    :param table: n sentences.
    :param languages: The language code of each document.
    :return: They, with the columns from ``needs_context`` to ``assumes``. Where nothing stands
        alone, everything may be quoted.
    """
    texts = list(table.texts())
    needs = np.array([settings.keep_context and needs_context(t) for t in texts], dtype=bool)
    statement = np.array(
        [is_statement(text, settings.statement_words) for text in texts], dtype=bool
    )
    statement &= ~_cut_off(table, texts)
    follows = np.zeros(len(texts), dtype=bool)
    follows[1:] = (np.diff(table.document) == 0) & (np.diff(table.position) == 1)
    led = needs & follows
    before, size, states = led, 1 + led.astype(np.intp), statement.copy()
    longest = min(settings.chain_sentences, len(texts))
    for back in range(1, longest):
        before = before & _shifted(led, back)
        size += before
    for back in range(1, longest):
        states &= _shifted(statement, back) | (size <= back)
    head = np.arange(len(texts)) - size + 1
    stands = (size <= settings.chain_sentences) & ~needs[head]
    if not stands.any():
        stands = np.ones(len(texts), dtype=bool)
    context = np.zeros(len(texts))
    if settings.keep_context:
        turned = np.zeros(len(texts), dtype=bool)
        turns = (_TURN.match(text) is not None for text in texts[1:])
        turned[:-1] = follows[1:] & np.fromiter(turns, dtype=bool)
        context = context_chances(table, languages)
        context = np.where(turned, 1 - (1 - context) * (1 - settings.half_told), context)
        table = with_names(table, settings)
    table = table.with_columns(context=context)
    return table.with_columns(
        needs_context=needs,
        statement=statement,
        unit_size=size,
        unit_stands=stands,
        unit_states=states,
    )


def _cut_off(table: SentenceTable, texts: Sequence[str]) -> Mask:
    """Tell the last sentence of a document that has no end where most of the others have one."""
    ended = np.array([ends_sentence(text) for text in texts], dtype=bool)
    most = np.bincount(table.document, ended) > np.bincount(table.document) / 2
    last = np.diff(table.document, append=-1) != 0
    return np.asarray(last & ~ended & most[table.document])


def _shifted(flags: Mask, back: int) -> Mask:
    """Return for each row the flag of one so far before it."""
    return np.concatenate([np.zeros(back, dtype=bool), flags])[: len(flags)]


def is_statement(text: str, words: int) -> bool:
    """Tell a sentence that states something from a question, a heading or a scrap.

    :param text: One sentence.
    :param words: The fewest words of a statement.
    :return: Whether it has at least that many and ends neither in a question mark nor a colon.
    """
    return count_words(text) >= words and _NO_STATEMENT.search(text[-20:]) is None


def needs_context(text: str) -> bool:
    """Tell whether a sentence refers to something said before, e.g. ``"He said so."``.

    :param text: One sentence.
    :return: Whether its opening, or the attribution of the quotation it opens with, refers to
        something said before.
    """
    text = text.replace("’", "'")
    if _UNOPENED.match(text):
        return True
    if _OPENS_QUOTE.match(text):
        outside = _QUOTED.sub(" ", text)
        if not re.search(r"\w", outside) or re.match(r"\s*[“\"«„「]", outside):
            return True
        return _REPORTS.match(outside) is not None
    return _OPENING.match(text) is not None or _INTRODUCED.match(text) is not None


def with_names(table: SentenceTable, settings: Settings) -> SentenceTable:
    """Tell which names each sentence introduces, and which it assumes to be known.

    :param table: n sentences.
    :return: They, with ``introduces`` and ``assumes``: the keys are the stems of surnames, and of
        last words of other names, that most of the documents that have them give in full first.
    """
    stems, rows = table.stems, table.stems.rows
    size, tokens = max(len(stems.stems), 1), table.stems.tokens.astype(np.intp)
    named = _named(stems, settings.name_capital)
    pairs = np.flatnonzero(named[:-1] & named[1:] & (rows[:-1] == rows[1:]))
    given, last = tokens[pairs], tokens[pairs + 1]
    # A given name stands before its surname nearly always, a title before many.
    uses = np.bincount(tokens[named], minlength=size)
    _, pair, together = np.unique(given * size + last, return_inverse=True, return_counts=True)
    named_in_full = together[pair] >= settings.name_together * uses[given]
    parts = np.zeros(size, dtype=bool)
    parts[last[named_in_full]] = True
    places = np.flatnonzero(named & parts[tokens])
    full = np.zeros(len(tokens), dtype=bool)
    full[pairs[named_in_full] + 1] = True
    # In front of another name it is not a surname here.
    full[pairs] = True
    # Entries of the same sentence and stem follow one another; one in full is enough.
    mentions, entry = np.unique(rows[places] * size + tokens[places], return_inverse=True)
    whole = np.bincount(entry, full[places], minlength=len(mentions)) > 0
    row, stem = np.divmod(mentions, size)
    # Rows are in reading order, so the first of equal keys is a document's first mention.
    _, first = np.unique(stem * len(table.documents) + table.document[row], return_index=True)
    documents = np.bincount(stem[first], minlength=size)
    opened = np.bincount(stem[first], whole[first], minlength=size)
    keys = np.flatnonzero((opened >= settings.name_in_full * documents) & (documents > 0))
    kept = np.isin(stem, keys)
    return table.with_columns(
        introduces=_sparse(row[kept & whole], stem[kept & whole], keys, len(table)),
        assumes=_sparse(row[kept & ~whole], stem[kept & ~whole], keys, len(table)),
    )


def _named(stems: Stems, share: float) -> Mask:
    """Tell which words have a capital in this share of their uses inside sentences, (t,)."""
    size = len(stems.stems)
    first = np.diff(stems.rows, prepend=-1) != 0
    uses = np.bincount(stems.tokens[~first], minlength=size)
    capitals = np.bincount(stems.tokens[stems.capital], minlength=size)
    names = (capitals > 0) & (capitals >= share * uses) & stems.content
    return np.asarray((stems.capital | first) & names[stems.tokens])


def _sparse(rows: Rows, stems: Rows, keys: Rows, size: int) -> Concepts:
    """Return sparse rows of entries that are sorted by row."""
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=size))])
    return Concepts(keys, offsets.astype(np.intp), np.searchsorted(keys, stems).astype(np.int32))
