"""Make ``models/static``: one vector a token, trained so that their sum is what minilm says.

    python -m models.static TOPICS.jsonl.gz

reads sentences from a corpus of one topic a line (``{"documents": [{"text": …}]}``), embeds 100,000
of them with the shipped minilm, and fits the token vectors by gradient descent: the vector of a
sentence to the teacher's (cosine), and the similarities within a batch to the teacher's (squared
error). Tokens start as the teacher's vectors of the single tokens, reduced to 256 principal
dimensions of sentence vectors and weighted by smooth inverse frequency (Arora, Liang and Ma 2017).
It takes a quarter of an hour on two cores and needs torch, which sentence-transformers brings. The
sha256 of each file is printed, for ``summarizer/text/models.sha256`` and the model card.
"""

import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import sentencex
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from torch.nn import functional

from summarizer import load_encoder
from summarizer.text.table import Vectors

from .fitting import print_digests, records

MODELS = Path(__file__).parent
TARGET = MODELS / "static"
DIMENSIONS = 256
SENTENCES = 100_000
EPOCHS = 6
BATCH = 512
LEARNING_RATE = 0.01
SIMILARITY_WEIGHT = 10.0
SMOOTHING = 1e-3


def main() -> None:
    """Collect sentences, ask the teacher, train and write the folder."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m models.static TOPICS.jsonl.gz")
    sentences = collect(Path(sys.argv[1]))
    teacher = load_encoder("minilm")
    taught: Vectors = teacher.encode(sentences)
    tokenizer: Any = Tokenizer.from_file(str(MODELS / "minilm" / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    encoded = tokenizer.encode_batch_fast(sentences, add_special_tokens=False)
    tokens = [np.array(encoding.ids, dtype=np.int64) for encoding in encoded]
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    single: Vectors = teacher.encode([token.removeprefix("##") for token, _ in vocabulary])
    write(train(tokens, taught, single), tokenizer)


def collect(path: Path) -> list[str]:
    """Return different sentences of 3 to 60 words in a random but settled order."""
    pieces = (
        piece["text"].split()
        for topic in records(path)
        for document in topic["documents"]
        for piece in sentencex.get_sentence_boundaries("en", document["text"])
    )
    sentences = sorted({" ".join(words) for words in pieces if 3 <= len(words) <= 60})
    random.Random(0).shuffle(sentences)
    return sentences[:SENTENCES]


def train(tokens: list[npt.NDArray[np.int64]], taught: Vectors, single: Vectors) -> Vectors:
    """Fit token vectors to the teacher's sentence vectors.

    :param tokens: n sentences as token numbers.
    :param taught: (n, d) unit rows.
    :param single: (v, d) the teacher's vectors of single tokens.
    :return: (v, 256) token vectors.
    """
    torch.manual_seed(0)
    teacher = torch.tensor(taught)
    axes = torch.linalg.svd(teacher[:40_000], full_matrices=False)[2][:DIMENSIONS].T
    target = functional.normalize(teacher @ axes, dim=1)
    counts = np.bincount(np.concatenate(tokens), minlength=len(single)) + 1.0
    weights = torch.tensor(SMOOTHING / (SMOOTHING + counts / counts.sum()), dtype=torch.float32)
    table = torch.nn.Parameter((torch.tensor(single) @ axes) * weights[:, None])
    steps = len(tokens) // BATCH
    optimizer = torch.optim.Adam([table], lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, LEARNING_RATE, total_steps=EPOCHS * steps, pct_start=0.1
    )
    shuffle = torch.Generator().manual_seed(0)
    for epoch in range(EPOCHS):
        order = torch.randperm(len(tokens), generator=shuffle)
        for step in range(steps):
            rows = order[step * BATCH : (step + 1) * BATCH]
            batch = [tokens[row] for row in rows.tolist()]
            starts = np.cumsum([0, *map(len, batch[:-1])])
            summed = functional.embedding_bag(
                torch.from_numpy(np.concatenate(batch)), table, torch.from_numpy(starts), mode="sum"
            )
            vectors = functional.normalize(summed, dim=1)
            loss = (1 - (vectors * target[rows]).sum(1)).mean()
            wanted = teacher[rows] @ teacher[rows].T
            loss = loss + SIMILARITY_WEIGHT * ((vectors @ vectors.T - wanted) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1}: loss {loss.item():.4f}", file=sys.stderr)
    return np.asarray(table.detach().numpy(), dtype=np.float32)


def write(table: Vectors, tokenizer: Any) -> None:
    """Write the folder: rows in half precision, each with its length in single precision."""
    TARGET.mkdir(exist_ok=True)
    lengths = np.maximum(np.linalg.norm(table, axis=1), 1e-12).astype(np.float32)
    rows = (table / lengths[:, None]).astype(np.float16)
    save_file({"embeddings": rows, "weights": lengths}, TARGET / "model.safetensors")
    (TARGET / "model.safetensors").chmod(0o644)
    tokenizer.save(str(TARGET / "tokenizer.json"), pretty=False)
    names = ("StaticEmbedding", "Normalize")
    modules = [
        {
            "idx": number,
            "name": str(number),
            "path": "" if number == 0 else f"{number}_{name}",
            "type": f"sentence_transformers.models.{name}",
        }
        for number, name in enumerate(names)
    ]
    (TARGET / "modules.json").write_text(json.dumps(modules, indent=2) + "\n")
    print_digests(TARGET, "model.safetensors", "tokenizer.json")


if __name__ == "__main__":
    main()
