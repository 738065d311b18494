"""The systems that are compared, and how each is run in a process of its own."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer.settings import MODEL

HERE = Path(__file__).parent
ENVIRONMENTS = HERE.parent / ".peers"
SENTENCE_MODEL = HERE.parent / "models" / "minilm"
ORACLE = "oracle"

Kind = Literal["ours", "ablation", "baseline", "peer", "oracle"]


@dataclass(frozen=True, slots=True)
class System:
    """A system under test.

    :param name: As the tables call it.
    :param kind: Whose it is.
    :param worker: The script that runs it, without ``_worker.py``; the peers' ones are also the
        names of their environments.
    :param arguments: What the script is given.
    """

    name: str
    kind: Kind
    worker: str
    arguments: tuple[str, ...]

    def command(self) -> list[str]:
        """Return the command that reads problems and writes answers, a JSON line each."""
        script = str(HERE / "peers" / f"{self.worker}_worker.py")
        return [str(self.python()), script, *self.arguments]

    def python(self) -> Path:
        """Return the interpreter, that of its environment where it is a peer's."""
        if self.kind == "peer":
            return ENVIRONMENTS / self.worker / "bin" / "python"
        return Path(sys.executable)


# What is taken away from summarizer, by the argument of the worker that does so.
ABLATED = {
    "learned weights": "learned weights (instead: the number of documents)",
    "position": "positions among the features of concepts",
    "salience": "the salience of sentences beside the weights of concepts",
    "redundancy": "the refusal of sentences that say the same",
    "context": "the refusal of sentences that need context",
    "opening": "an opening sentence of a document",
    "notices": "the refusal of captions and of what sites tell their readers",
    "fitness": "the lesser worth and later choice of what an editor would leave out",
    "cleaning": "the removal of boilerplate",
}


def _ours(name: str, ranker: str, model: str) -> System:
    # The last argument is a file of concept weights; by default the shipped ones.
    return System(name, "ours", "summarizer", (ranker, model, ""))


def _without(term: str) -> System:
    return System(f"summarizer without {term}", "ablation", "ablation", (term,))


def _peer(name: str, worker: str, *arguments: str) -> System:
    return System(name, "peer", worker, arguments)


SYSTEMS: dict[str, System] = {
    system.name: system
    for system in (
        _ours("summarizer", "coverage", MODEL),
        _ours("summarizer minilm", "coverage", "minilm"),
        _ours("summarizer mmr", "mmr", MODEL),
        _ours("summarizer mmr minilm", "mmr", "minilm"),
        System("lead", "baseline", "baseline", ("lead",)),
        System("round-robin lead", "baseline", "baseline", ("round-robin",)),
        System("random", "baseline", "baseline", ("random",)),
        System("greedy centroid", "baseline", "baseline", ("centroid",)),
        _peer("sumy LexRank", "sumy", "lexrank"),
        _peer("sumy TextRank", "sumy", "textrank"),
        _peer("sumy LSA", "sumy", "lsa"),
        _peer("sumy KL", "sumy", "kl"),
        _peer("sumy SumBasic", "sumy", "sumbasic"),
        _peer("sumy Luhn", "sumy", "luhn"),
        _peer("summa TextRank", "summa", "textrank"),
        _peer("lexrank", "lexrank", "lexrank"),
        _peer("LexRank over MiniLM", "sbert", "sbert-lexrank", str(SENTENCE_MODEL)),
        _peer("bert-extractive-summarizer", "bert", "bert", str(SENTENCE_MODEL)),
        System(ORACLE, "oracle", "", ()),
        *map(_without, ABLATED),
    )
}
