"""``sbert_worker.py sbert-lexrank MODEL``: LexRank over sentence embeddings.

After the text summarization example of sentence-transformers: the cosines of all pairs, made
transition probabilities by a softmax as some are below 0, and the power method of lexrank, of
which the release on the package index has no function for both in one. The model is read from a
folder; nothing comes from the network.
"""

from functools import partial
from typing import Any

import numpy as np
from lexrank.algorithms.power_method import stationary_distribution
from protocol import Topic, arguments, serve
from scipy.special import softmax
from sentence_transformers import SentenceTransformer


def rank(model: Any, topic: Topic) -> list[int]:
    """Return the positions of all sentences, most central first."""
    embeddings = model.encode(topic.sentences, show_progress_bar=False)
    cosines = model.similarity(embeddings, embeddings).numpy()
    if cosines.min() <= 0:
        transitions = softmax(cosines, axis=1)
    else:
        transitions = cosines / cosines.sum(axis=1, keepdims=True)
    scores = stationary_distribution(transitions, normalized=False)
    return [int(position) for position in np.argsort(-scores)]


if __name__ == "__main__":
    _, folder = arguments(["sbert-lexrank"], "model")
    serve(partial(rank, SentenceTransformer(folder)))
