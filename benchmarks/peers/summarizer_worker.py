"""``summarizer_worker.py RANKER MODEL WEIGHTS``: this project, given the documents as they are."""

from functools import partial
from typing import Any

from protocol import answer, arguments

from summarizer import Document, Encoder, load_encoder, summarize
from summarizer.settings import RANKERS, Settings
from summarizer.subject.threads import one_thread


def solve(ranker: Any, encoder: Encoder, weights: str, given: dict[str, Any]) -> list[str]:
    """Return the sentences of a summary."""
    documents = [Document(**text) for text in given["texts"]]
    with one_thread():  # as the command does
        summary = summarize(
            documents,
            words=given["words"],
            ranker=ranker,
            encoder=encoder,
            settings=Settings(fill=given["fill"], weights=weights),
        )
    return [sentence.text for sentence in summary.sentences]


if __name__ == "__main__":
    ranker, model, weights = arguments(RANKERS, "model", "weights")
    answer(partial(solve, ranker, load_encoder(model), weights))
