"""``summa_worker.py textrank``: the TextRank of summa.

Needs nothing from the network. Its sentence splitter, which cuts at every stop before a blank, is
replaced by one that returns the given sentences; a language that it has no stemmer for is not
stemmed.
"""

from protocol import Topic, arguments, serve
from summa import summarizer
from summa.preprocessing import textcleaner
from summa.preprocessing.snowball import SnowballStemmer


class _NoStemmer:
    def stem(self, word: str) -> str:
        return word


def _set_stemmer(language: str) -> None:
    known = language in SnowballStemmer.languages
    textcleaner.STEMMER = SnowballStemmer(language) if known else _NoStemmer()


def _split_lines(text: str) -> list[str]:
    return text.split("\n")


def rank(topic: Topic) -> list[int]:
    """Return the positions of all sentences that have a score, highest first."""
    lines = [" ".join(sentence.split()) for sentence in topic.sentences]
    scored = summarizer.summarize(
        "\n".join(lines), ratio=1.0, language=topic.language, split=True, scores=True
    )
    # Comes in reading order, without the sentences that have no words.
    scores = []
    start = 0
    for text, score in scored:
        position = lines.index(text, start)
        scores.append((score, position))
        start = position + 1
    return [position for _, position in sorted(scores, key=lambda item: (-item[0], item[1]))]


if __name__ == "__main__":
    arguments(["textrank"])
    textcleaner.set_stemmer_language = _set_stemmer
    textcleaner.split_sentences = _split_lines
    serve(rank)
