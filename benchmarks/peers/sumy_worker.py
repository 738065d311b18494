"""``sumy_worker.py SYSTEM``: the summarizers of sumy.

Offline, as NLTK's sentence model is a download: sumy gets the sentences as given, and its word
tokenizers are told not to split them again. Sentences in a language that sumy has neither stop
words nor a stemmer for are split into words at blanks and punctuation.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, partial
from typing import Any

import nltk
from protocol import Topic, arguments, serve
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer, null_stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

SUMMARIZERS = {
    "lexrank": LexRankSummarizer,
    "textrank": TextRankSummarizer,
    "lsa": LsaSummarizer,
    "kl": KLSummarizer,
    "sumbasic": SumBasicSummarizer,
    "luhn": LuhnSummarizer,
}
_WORD = re.compile(r"""[^\s!-/:-@\[-`{-~«»‘’“”…–—।॥،؛؟]+""")


class _KnownWords:
    def __init__(self, language: str) -> None:
        self._special = Tokenizer.SPECIAL_WORD_TOKENIZERS.get(language)

    def to_words(self, sentence: str) -> tuple[str, ...]:
        if self._special:
            words = self._special.tokenize(sentence)
        else:
            words = nltk.word_tokenize(sentence, preserve_line=True)
        return tuple(word for word in words if Tokenizer._is_word(word))


class _AnyWords:
    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(_WORD.findall(sentence))


@cache
def _language_parts(language: str) -> tuple[Any, Any, frozenset[str]]:
    """Return a tokenizer, a stemmer and stop words."""
    stemmer: Any = None
    stop_words: frozenset[str] | None = None
    with suppress(LookupError):
        stemmer = Stemmer(language)
    with suppress(LookupError):
        stop_words = get_stop_words(language)
    known = stemmer is not None or stop_words is not None
    tokenizer = _KnownWords(language) if known else _AnyWords()
    return tokenizer, stemmer or null_stemmer, stop_words or frozenset()


def rank(system: str, topic: Topic) -> list[int]:
    """Return the positions of all sentences in the order of their ratings."""
    tokenizer, stemmer, stop_words = _language_parts(topic.language)
    document = ObjectDocumentModel(
        Paragraph(Sentence(text, tokenizer) for text in texts) for texts in topic.documents
    )
    summarizer = SUMMARIZERS[system](stemmer)
    summarizer.stop_words = stop_words
    order: list[int] = []

    def keep(rated: Sequence[Any]) -> Sequence[Any]:
        order.extend(info.order for info in rated)
        return rated

    summarizer(document, keep)
    return order


if __name__ == "__main__":
    (system,) = arguments(SUMMARIZERS)
    serve(partial(rank, system))
