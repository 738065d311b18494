"""Make ``models/importance``: how much of a human summary each sentence is likely to hold.

    python -m models.importance PATH[=TIMES]... [--without OTHER.jsonl]...

reads corpora of one topic a line (``{"documents": [{"text": …}], "references": [...]}``, gzipped or
not), less the topics that OTHER has, too, and trains the transformers that
``summarizer/importance.py`` runs to tell the sentences of each topic apart by how many of their
concepts the references have. The topics of a corpus are seen so many TIMES in each round. It takes
ten minutes on one core, gives the same weights on every run of one machine, and needs torch. The
sha256 of the weights is printed, for ``summarizer/shipped.py`` and the model card.
"""

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn import functional

from summarizer import Document, Encoder, load_encoder
from summarizer.assets import sha256
from summarizer.encoders import embed, tells_apart
from summarizer.pipeline.preparing import prepare, weigh
from summarizer.rank.clusters import unit_rows
from summarizer.rank.concepts import lexical_vectors, stem_words
from summarizer.rank.facts import Facts
from summarizer.rank.importance import HEADS, TRAITS, sentence_traits

from .salience import lines, stem_pairs

TARGET = Path(__file__).parent / "importance" / "weights.safetensors"
NETWORKS = 4
WIDTH = 32
INNER = 128
MEANING = 256
EPOCHS = 4
RATE = 2e-3
DECAY = 0.05
DROPPED = 0.1
# So many topics are trained without the meaning of their sentences, as in unknown languages.
MEANINGLESS = 0.15
# So many sentences, or topics, are looked at between two steps.
SENTENCES, TOPICS = 1500, 32
# A sentence of few concepts is less sure to be good or bad.
PRIOR = 2.0
# Topics of which so many runs of eight words stand in references of another corpus are left out.
SHARED = 0.3


@dataclass(frozen=True)
class Topic:
    """What is known of the k sentences of a topic; a row a sentence.

    :param traits: (k, 13) float32.
    :param vectors: (k, 256) float32, zeros in an unknown language.
    :param alike: (k, k) float32, the similarity of their words.
    :param document: (k,) the document of each.
    :param held: (k,) float32, the share of each one's concepts that the references have.
    """

    traits: npt.NDArray[np.float32]
    vectors: npt.NDArray[np.float32]
    alike: npt.NDArray[np.float32]
    document: npt.NDArray[np.intp]
    held: npt.NDArray[np.float32]


def main() -> None:
    """Describe the sentences of every topic, train and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m models.importance")
    parser.add_argument("corpora", nargs="+", metavar="PATH[=TIMES]")
    parser.add_argument("--without", type=Path, action="append", default=[], metavar="OTHER")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    others = {run for path in arguments.without for line in lines(path) for run in runs_of(line)}
    topics: list[Topic] = []
    for corpus in arguments.corpora:
        path, _, times = corpus.partition("=")
        found = [topic for line in lines(Path(path)) for topic in describe(line, others)]
        print(f"{path}: {len(found)} topics", flush=True)
        topics += found * int(times or 1)
    every = np.concatenate([topic.traits for topic in topics])
    networks: list[Network] = []
    for number in range(NETWORKS):
        torch.manual_seed(number)
        networks.append(Network(every.mean(axis=0), every.std(axis=0)))
        losses = train(networks[-1], topics, np.random.default_rng(number))
        for epoch, loss in enumerate(losses, 1):
            print(f"network {number}, epoch {epoch}: squared error {loss:.4f}", flush=True)
    TARGET.parent.mkdir(exist_ok=True)
    save_file(weights_of(networks), TARGET)
    print(sha256(TARGET), TARGET.name)


def runs_of(line: str) -> set[int]:
    """Hash the runs of eight words of a topic's references."""
    words = [reference.lower().split() for reference in json.loads(line)["references"]]
    return {hash(tuple(w[n : n + 8])) for w in words for n in range(len(w) - 7)}


def describe(line: str, others: set[int]) -> Iterator[Topic]:
    """Yield a topic, unless it is in another corpus or has too few sentences to compare."""
    own = runs_of(line)
    if len(own & others) > SHARED * len(own):
        return
    topic = json.loads(line)
    material, survey = prepare([Document(str(d.get("id")), d["text"]) for d in topic["documents"]])
    if len(material.sentences) < 4:
        return
    stems = stem_words(survey.words)
    facts = weigh(material, survey, stems)
    rows = np.arange(len(facts.index))
    lexical = unit_rows(lexical_vectors(stems, rows))
    vectors = embed(_encoder(), list(material.sentences.texts()))
    alike = lexical @ lexical.T
    yield Topic(
        sentence_traits(facts, rows, alike).astype(np.float32),
        vectors if tells_apart(vectors) else np.zeros_like(vectors),
        alike,
        facts.document,
        held_by(facts, topic["references"]),
    )


@cache
def _encoder() -> Encoder:
    return load_encoder("static")


def held_by(facts: Facts, references: list[str]) -> npt.NDArray[np.float32]:
    """Return (k,) the mean share of each sentence's concepts that a reference has."""
    stems, concepts = facts.stems.stems, facts.concepts
    pairs = {(stems[a], stems[b]): n for n, (a, b) in enumerate(concepts.pairs)}
    share = np.zeros(concepts.count)
    for reference in references:
        share[[pairs[pair] for pair in stem_pairs(reference) & set(pairs)]] += 1
    held = concepts.totals(share / len(references))
    return (held / (np.diff(concepts.offsets) + PRIOR)).astype(np.float32)


class Network(nn.Module):
    """What ``summarizer/importance.py`` computes, for batches of topics."""

    def __init__(self, mean: npt.NDArray[np.float32], deviation: npt.NDArray[np.float32]) -> None:
        super().__init__()
        self.mean, self.deviation = mean, deviation
        self.traits = nn.Linear(len(TRAITS), WIDTH)
        self.meaning = nn.Linear(MEANING, WIDTH, bias=False)
        self.subject = nn.Linear(MEANING, WIDTH, bias=False)
        self.relations = nn.Parameter(torch.randn(3, HEADS) / 2)
        self.queries, self.keys, self.values = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.taken = nn.Linear(WIDTH, WIDTH)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.before, self.within, self.behind = (nn.LayerNorm(WIDTH) for _ in range(3))
        self.hidden = nn.Linear(WIDTH, WIDTH)
        self.judged = nn.Linear(WIDTH, 1, bias=False)
        # Vectors of length 1 have small numbers.
        for layer in (self.meaning, self.subject):
            nn.init.uniform_(layer.weight, -1.0, 1.0)

    def forward(self, traits: Tensor, vectors: Tensor, relations: Tensor, there: Tensor) -> Tensor:
        """Judge sentences.

        :param traits: (b, k, 13) standardised.
        :param vectors: (b, k, 256).
        :param relations: (b, k, k, 3) likeness in meaning, document and words.
        :param there: (b, k) bool, False for padding.
        :return: (b, k).
        """
        subject = vectors.sum(1, keepdim=True) / there.sum(1)[:, None, None]
        state = self.traits(traits) + self.drop(self.meaning(vectors), 2 * DROPPED)
        state = state + self.subject(subject)
        attended = self.attend(self.before(state), relations, there)
        state = state + self.drop(self.taken(attended))
        inner = self.drop(functional.relu(self.inner(self.within(state))))
        state = state + self.drop(self.outer(inner))
        hidden = functional.relu(self.hidden(self.behind(state)))
        judged: Tensor = self.judged(self.drop(hidden))[..., 0]
        return judged

    def attend(self, state: Tensor, relations: Tensor, there: Tensor) -> Tensor:
        """Return (b, k, w) what the heads take from the other sentences."""
        queries, keys, values = (
            layer(state).unflatten(-1, (HEADS, -1)).transpose(1, 2)
            for layer in (self.queries, self.keys, self.values)
        )
        logits = queries @ keys.transpose(2, 3) / math.sqrt(WIDTH // HEADS)
        logits = logits + (relations @ self.relations).permute(0, 3, 1, 2)
        logits = logits.masked_fill(~there[:, None, None], -1e9)
        shares = self.drop(torch.softmax(logits, dim=-1))
        taken: Tensor = (shares @ values).transpose(1, 2).flatten(2)
        return taken

    def drop(self, values: Tensor, share: float = DROPPED) -> Tensor:
        """Drop some values, in training."""
        return functional.dropout(values, share, self.training)


def weights_of(networks: Sequence[Network]) -> dict[str, npt.NDArray[np.float32]]:
    """Return the weights of networks, one behind another, by the names that inference knows."""
    tensors = {"mean": networks[0].mean, "deviation": networks[0].deviation}
    for name in dict(networks[0].named_parameters()):
        values = np.stack([n.get_parameter(name).detach().numpy() for n in networks])
        if values.ndim == 3 and name != "relations":
            values = values.transpose(0, 2, 1)
        tensors[name.removesuffix(".weight")] = np.ascontiguousarray(values)
    tensors["judged"] = tensors["judged"][:, :, 0].copy()
    return tensors


def train(network: Network, topics: list[Topic], random: np.random.Generator) -> Iterator[float]:
    """Train a network; yield the mean loss of each epoch."""
    batches = list(batched(sorted(topics, key=lambda topic: len(topic.held))))
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * len(batches)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        losses = []
        for number in random.permutation(len(batches)):
            *inputs, held = stacked(network, batches[number], random)
            there = inputs[-1]
            judged = network(*inputs)
            judged = judged - (judged * there).sum(1, keepdim=True) / there.sum(1, keepdim=True)
            loss = ((judged - held)[there] ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        yield float(np.mean(losses))


def batched(topics: list[Topic]) -> Iterator[list[Topic]]:
    """Yield topics of about the same size together."""
    batch: list[Topic] = []
    for topic in topics:
        batch.append(topic)
        if len(batch) >= TOPICS or len(batch) * len(topic.held) > SENTENCES:
            yield batch
            batch = []
    if batch:
        yield batch


def stacked(network: Network, topics: list[Topic], random: np.random.Generator) -> list[Tensor]:
    """Return the arguments of a network, padded, and what it should give."""
    count, size = len(topics), max(len(topic.held) for topic in topics)
    traits = np.zeros((count, size, len(TRAITS)), np.float32)
    vectors = np.zeros((count, size, MEANING), np.float32)
    relations = np.zeros((count, size, size, 3), np.float32)
    there = np.zeros((count, size), bool)
    held = np.zeros((count, size), np.float32)
    for n, topic in enumerate(topics):
        k = len(topic.held)
        meant = random.random() > MEANINGLESS
        traits[n, :k] = np.clip((topic.traits - network.mean) / network.deviation, -5, 5)
        vectors[n, :k] = topic.vectors if meant else 0
        relations[n, :k, :k, 0] = vectors[n, :k] @ vectors[n, :k].T
        relations[n, :k, :k, 1] = topic.document[:, None] == topic.document
        relations[n, :k, :k, 2] = topic.alike
        there[n, :k] = True
        held[n, :k] = (topic.held - topic.held.mean()) / (topic.held.std() + 0.02)
    return [torch.from_numpy(array) for array in (traits, vectors, relations, there, held)]


if __name__ == "__main__":
    main()
