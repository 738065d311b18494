"""``python -m benchmarks.scale_worker summarize|bare FILE``: one run over a JSONL file.

A process for each run, so that its most memory is its own. ``bare`` does what cannot be left out
where every sentence is looked at: it reads, splits, tokenises and embeds all with the static model.
"""

import json
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from summarizer import Encoder, Limits, load_encoder, pipeline, read, summarize
from summarizer.rank import features
from summarizer.subject import prepared, sources
from summarizer.text.sentences import split_sentences
from summarizer.text.tokens import tokenize_cased

WORDS = 250
_EVERYTHING = Limits(size=10**12, files=10**9, seconds=3600)
_BATCH = 4096
# What is timed within a run, by the module that calls it.
STAGES: dict[str, tuple[Any, str]] = {
    "clean": (sources, "clean"),
    "split and stem": (sources, "split_documents"),
    "find near-duplicates": (sources, "duplicate_groups"),
    "find what needs context": (prepared, "with_cohesion"),
    "find concepts": (prepared, "extract_concepts"),
    "centrality": (features, "lexical_centrality"),
    "describe concepts": (features, "concept_features"),
    "weigh concepts": (features, "predict"),
    "cost": (pipeline, "sentence_costs"),
    "rank the pool": (pipeline, "rank_sentences"),
    "select": (pipeline, "select"),
    "find evidence": (prepared, "search_evidence"),
}


def peak_mb() -> float:
    """Return the most memory that this process has had, in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise OSError("/proc/self/status tells no VmHWM")


def timed(spent: dict[str, float], name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """Return the same function, which adds what it takes to a sum."""

    def run(*arguments: Any, **options: Any) -> Any:
        start = time.process_time()
        try:
            return work(*arguments, **options)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - start

    return run


def whole(path: str, encoder: Encoder) -> dict[str, Any]:
    """Summarize; return how many sentences there are, and what the stages take."""
    spent: dict[str, float] = {}
    for name, (module, function) in STAGES.items():
        setattr(module, function, timed(spent, name, getattr(module, function)))
    documents = timed(spent, "read", read)([path], limits=_EVERYTHING)
    summary = summarize(documents, words=WORDS, encoder=encoder)
    return {
        "sentences": sum(source.sentences for source in summary.sources),
        "stages": {name: round(seconds, 2) for name, seconds in spent.items()},
    }


def bare(path: str, encoder: Encoder) -> dict[str, Any]:
    """Read, split, tokenise and embed; return how many sentences there are."""
    documents = read([path], limits=_EVERYTHING)
    texts = (d.text[start:end] for d in documents for start, end in split_sentences(d.text, "en"))
    count = 0
    while batch := list(islice(texts, _BATCH)):
        for text in batch:
            tokenize_cased(text)
        encoder.encode(batch)
        count += len(batch)
    return {"sentences": count}


if __name__ == "__main__":
    mode, file = sys.argv[1:]
    static = load_encoder("static")
    # What is loaded at first use is part of the start.
    summarize(["The mayor closed the old bridge on Monday."], encoder=static)
    began, used = time.perf_counter(), time.process_time()
    found = {"summarize": whole, "bare": bare}[mode](file, static)
    figures = {
        "seconds": round(time.perf_counter() - began, 2),
        "processor": round(time.process_time() - used, 4),
        "mb": round(peak_mb(), 1),
    }
    print(json.dumps(found | figures))
