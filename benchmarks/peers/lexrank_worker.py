"""``lexrank_worker.py lexrank``: the LexRank of the package lexrank.

Needs nothing from the network. Word weights are those of the topic's own documents, as a
background corpus would be another input than the other systems have.
"""

import numpy as np
from lexrank import STOPWORDS, LexRank
from protocol import Topic, arguments, serve

CODES = {
    "arabic": "ar",
    "bengali": "bn",
    "bulgarian": "bg",
    "czech": "cs",
    "danish": "da",
    "english": "en",
    "finnish": "fi",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "hindi": "hi",
    "hungarian": "hu",
    "italian": "it",
    "marathi": "mr",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "romanian": "ro",
    "russian": "ru",
    "spanish": "es",
    "swedish": "sv",
    "ukrainian": "uk",
}


def rank(topic: Topic) -> list[int]:
    """Return the positions of all sentences, highest score first, ties as in ``get_summary``."""
    code = CODES.get(topic.language)
    lexrank = LexRank(topic.documents, stopwords=STOPWORDS[code] if code else None)
    scores = lexrank.rank_sentences(topic.sentences)
    return [int(position) for position in np.argsort(scores)[::-1]]


if __name__ == "__main__":
    arguments(["lexrank"])
    serve(rank)
