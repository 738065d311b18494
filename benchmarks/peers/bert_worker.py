"""``bert_worker.py bert MODEL``: the SBertSummarizer of bert-extractive-summarizer.

The model is read from a folder and the given sentences are clustered directly, those of 40
characters or fewer and of 600 or more left out as by default; nothing comes from the network. It
has no order of sentences and no budget in words: the most sentences that fit are found by
bisection, and the room left is filled with those of the summary of twice as many that fit, in
reading order. The sentences are embedded once for all of that.
"""

from bisect import bisect_right
from functools import partial
from typing import Any

from protocol import Topic, arguments, count_words, serve
from summarizer.sbert import SBertSummarizer

SHORTEST, LONGEST = 40, 600


def rank(summarizer: Any, embed: Any, topic: Topic) -> list[int]:
    """Return the positions picked for the budget, then those that may fill what is left."""
    sentences = topic.sentences
    kept = [
        position
        for position, sentence in enumerate(sentences)
        if SHORTEST < len(sentence.strip()) < LONGEST
    ]
    embeddings = embed([sentences[position] for position in kept])
    summarizer.model = lambda _: embeddings

    def pick(count: int) -> list[int]:
        picked: list[int] = summarizer.cluster_runner(kept, num_sentences=count)[0]
        return picked

    def length(count: int) -> int:
        return sum(count_words(sentences[position]) for position in pick(count))

    count = bisect_right(range(1, len(kept) + 1), topic.words, key=length) or 1
    return list(dict.fromkeys([*pick(count), *pick(2 * count)]))


if __name__ == "__main__":
    _, folder = arguments(["bert"], "model")
    summarizer = SBertSummarizer(folder)
    serve(partial(rank, summarizer, summarizer.model))
