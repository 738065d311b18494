"""Summaries as they were when last looked at, and how good they are.

``python -m tests.regenerate`` writes the summaries anew.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
import pytest
from rouge_score.rouge_scorer import RougeScorer

from benchmarks.corpora.own import topic_from
from benchmarks.corpora.topic import Topic
from summarizer import Summary, read, summarize
from summarizer.clean import clean
from summarizer.pipeline import Summarizer
from summarizer.rank.concepts import split_documents
from summarizer.settings import RANKERS, Ranker
from summarizer.text.tokens import count_words

from .builders import EXAMPLE, ROOT

GOLDEN = Path(__file__).parent / "golden.json"
TINY = ROOT / "benchmarks" / "corpora" / "tiny.jsonl"
LENGTHS = (60, 150)
TINY_LENGTHS = (30, 40, 50, 60)
STORM = ROOT / "examples" / "storm"
QUESTIONS = (
    "guidance computer alarms",
    "Who stayed in orbit? What did the crew bring back to Earth, and how was it studied?",
)


def topics() -> list[Topic]:
    """Return the topics of the tiny corpus."""
    lines = TINY.read_text(encoding="utf-8").splitlines()
    return [topic_from(json.loads(line), str(number)) for number, line in enumerate(lines)]


def quoted(summary: Summary) -> list[list[Any]]:
    """Return the source, the offsets and the text of each sentence."""
    return [[quote.source, quote.start, quote.end, quote.text] for quote in summary.sentences]


def summaries(ranker: Ranker) -> dict[str, list[list[Any]]]:
    """Return what is kept of each summary, by its name."""
    moon = read([EXAMPLE])
    found = {
        f"moon_landing {ranker} {words}": quoted(summarize(moon, words=words, ranker=ranker))
        for words in LENGTHS
    }
    asked = Summarizer(moon)
    for query in QUESTIONS:
        summary = asked.summarize(query=query, words=60, ranker=ranker)
        relevance = [round(told.relevance or 0, 2) for told in summary.explanations]
        rows = zip(quoted(summary), relevance, strict=True)
        found[f"{query} {ranker} 60"] = [[*row, value] for row, value in rows]
    update = summarize(read([STORM / "friday"]), known=read([STORM / "tuesday"]), ranker=ranker)
    found[f"storm {ranker} 150"] = [
        [*row, [words.other_text for one in quote.earlier for words in one.differences]]
        for row, quote in zip(quoted(update), update.sentences, strict=True)
    ]
    for topic in topics():
        summary = summarize(topic.documents, words=40, ranker=ranker)
        found[f"{topic.id} {ranker} 40"] = quoted(summary)
    return found


def write() -> None:
    """Write what the summaries and their scores are now, a sentence a line."""
    found = {name: kept for ranker in RANKERS for name, kept in summaries(ranker).items()}
    parts = [f'"ROUGE-2 recall": {json.dumps(scores())}'] + [
        f"{json.dumps(name)}: [\n"
        + ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in kept)
        + "\n]"
        for name, kept in found.items()
    ]
    GOLDEN.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


@pytest.mark.parametrize("ranker", RANKERS)
def test_summaries_are_as_they_were_when_last_looked_at(ranker: Ranker) -> None:
    kept = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert summaries(ranker) == {name: rows for name, rows in kept.items() if f" {ranker} " in name}


def within(sentences: Sequence[str], words: int) -> list[str]:
    """Take sentences while they fit, and pass over those that do not."""
    taken: list[str] = []
    for sentence in sentences:
        if sum(map(count_words, [*taken, sentence])) <= words:
            taken.append(sentence)
    return taken


def systems(topic: Topic, words: int) -> dict[str, list[list[str]]]:
    """Return summaries by each ranker, of what the documents open with, and drawn at random."""
    documents = list(topic.documents)
    table = split_documents(documents, clean(documents), ["en"] * len(documents))
    texts = list(table.texts())
    turns = np.lexsort((table.document, table.position)).tolist()
    random = np.random.default_rng(0)
    prepared = Summarizer(documents)
    ours = {
        ranker: [[quote.text for quote in prepared.summarize(words=words, ranker=ranker).sentences]]
        for ranker in RANKERS
    }
    return ours | {
        "lead": [within([texts[row] for row in turns], words)],
        "random": [within(random.permutation(texts).tolist(), words) for _ in range(9)],
    }


def scores() -> dict[str, float]:
    """Return mean ROUGE-2 recall of each system over the tiny corpus, in percent."""
    scorer = RougeScorer(["rouge2"], use_stemmer=True)
    found: defaultdict[str, list[float]] = defaultdict(list)
    for topic in topics():
        for words in TINY_LENGTHS:
            for name, made in systems(topic, words).items():
                found[name].extend(
                    100 * fmean(scorer.score(told, " ".join(one))["rouge2"].recall for one in made)
                    for told in topic.references
                )
    return {name: round(fmean(told), 2) for name, told in found.items()}


def test_summaries_are_as_good_as_they_were_and_better_than_baselines() -> None:
    found = scores()
    kept = json.loads(GOLDEN.read_text(encoding="utf-8"))["ROUGE-2 recall"]
    assert found == pytest.approx(kept, abs=0.01)
    # Openings are hard to beat on short news; the corpus is too small to ask for more.
    for ranker in RANKERS:
        assert found[ranker] > 1.4 * found["random"], found
        assert found[ranker] > 0.85 * found["lead"], found
