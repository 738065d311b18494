"""Make ``models/boilerplate``: which paragraphs of a web page saved as text are its body.

    python -m models.boilerplate FOLDER OTHERS...
    python -m models.boilerplate --cross-validate FOLDER OTHERS...

reads an article extraction benchmark (see ``benchmarks/extraction.py``), takes for body the
paragraphs of which more than half the words are in the body that people copied, and fits a
conditional random field by maximum likelihood with an L2 penalty (L-BFGS). What tells a page from
other texts is a logistic regression: OTHERS are files and folders of texts that are no saved pages,
each text in a folder of its own kind. It takes a minute or two on two cores and needs scipy, which
sentence-transformers brings. The sha256 of the weights is printed, for
``summarizer/text/models.sha256`` and the model card. With ``--cross-validate`` nothing is written:
the pages of a site are left out together, a tenth of the sites at a time, and the F1 of the bodies
found by a model of the other pages is printed.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.extraction import f1, precision_and_recall
from summarizer import Document, read
from summarizer.clean.pages import (
    MOVES,
    STATES,
    describe,
    find_kept,
    is_page,
    page_traits,
    speaks_for_page,
    standardize,
    walk,
)
from summarizer.clean.paragraphs import Paragraph, find_paragraphs
from summarizer.clean.prose import find_body, judge
from summarizer.text.table import Floats
from summarizer.text.tokens import tokenize

from .fitting import write

TARGET = Path(__file__).parent / "boilerplate" / "weights.json"
FOLDS = 10
PENALTY = 0.4
PAGE_PENALTY = 0.001
ROUNDS = 40
# Sites of one publisher that share a template.
PUBLISHERS = dict.fromkeys(
    ("sfgate", "chron", "timesunion", "mysanantonio", "ctpost"), "hearst"
) | dict.fromkeys(("cbslocal", "cbsnews", "cbssports"), "cbs")


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what it is to teach.

    :param document: As it is read.
    :param site: Whose page it is.
    :param gold: Its body.
    :param traits: (p, t) float64.
    :param states: (p,) the state of each paragraph.
    """

    document: Document
    site: str
    gold: str
    traits: Floats
    states: npt.NDArray[np.intp]


def main() -> None:
    """Read the pages; cross-validate, or fit to all of them and write the weights."""
    arguments = sys.argv[1:]
    validate = arguments[:1] == ["--cross-validate"]
    folders = [Path(argument) for argument in arguments[validate:]]
    if len(folders) < 2:
        raise SystemExit("usage: python -m models.boilerplate [--cross-validate] FOLDER OTHERS...")
    pages, others = load(folders[0]), load_others(folders[1:])
    if validate:
        score, precision, recall = cross_validate(pages, others)
        print(f"text  F1 {score:.4f}  precision {precision:.4f}  recall {recall:.4f}")
        return
    write(TARGET, fit(pages) | {"page": fit_page(pages, others)})


def load(folder: Path) -> list[Page]:
    """Describe and label the pages of a benchmark, in the order of their names."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = []
    for name, entry in sorted(truth.items()):
        document = read([folder / "text" / f"{name}.txt"])[0]
        paragraphs = find_paragraphs(document.text)
        traits = np.column_stack(list(describe(paragraphs).values()))
        gold = entry["articleBody"]
        pages.append(Page(document, site_of(entry["url"]), gold, traits, label(paragraphs, gold)))
    return pages


def load_others(folders: list[Path]) -> list[tuple[str, dict[str, float]]]:
    """Describe texts that are no saved pages, each with the name of the folder that it is in."""
    files = sorted(
        file
        for folder in folders
        for file in (folder.rglob("*") if folder.is_dir() else [folder])
        if file.is_file()
    )
    return [
        (str(file.parent), page_traits(find_paragraphs(document.text)))
        for file in files
        for document in read([file])
        if document.text.strip() and not document.extracted
    ]


def fit_page(pages: list[Page], others: list[tuple[str, dict[str, float]]]) -> dict[str, float]:
    """Fit what tells a page from other texts; both kinds count alike, and so do the folders."""
    own = [page_traits(find_paragraphs(page.document.text)) for page in pages]
    told = np.array([1.0] * len(own) + [-1.0] * len(others))
    rows = np.array([list(row.values()) for row in (*own, *(row for _, row in others))])
    size = Counter(name for name, _ in others)
    shares = [0.5 / len(own)] * len(own) + [0.5 / len(size) / size[name] for name, _ in others]
    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    standard = np.column_stack([(rows - mean) / deviation, np.ones(len(rows))])

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = told * (standard @ weights)
        slope = -np.array(shares) * told / (1 + np.exp(np.minimum(margins, 50)))
        bound = PAGE_PENALTY * np.append(weights[:-1], 0.0)
        value = float(np.array(shares) @ np.logaddexp(0, -margins) + bound @ bound / PAGE_PENALTY)
        return value, standard.T @ slope + 2 * bound

    found = minimize(loss, np.zeros(standard.shape[1]), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / deviation
    named_weights = dict(zip(page_traits([]), weights.tolist(), strict=True))
    return {"intercept": round(float(found[-1] - mean @ weights), 5)} | {
        name: round(weight, 5) for name, weight in named_weights.items()
    }


def site_of(address: str) -> str:
    """Name the site or the publisher of a page."""
    host = urlsplit(address).hostname or ""
    return next((PUBLISHERS[part] for part in host.split(".") if part in PUBLISHERS), host)


def label(paragraphs: list[Paragraph], gold: str) -> npt.NDArray[np.intp]:
    """Label paragraphs by whether they stand in the body, aside within it, before or behind."""
    words = [tokenize(paragraph.text) for paragraph in paragraphs]
    line = [word for own in words for word in own]
    matcher = SequenceMatcher(None, line, tokenize(gold), autojunk=False)
    found = np.zeros(len(line) + 1)
    for match in matcher.get_matching_blocks():
        found[match.a + 1 : match.a + match.size + 1] = 1
    total = np.cumsum(found)
    ends = np.cumsum([len(own) for own in words])
    counts = np.maximum(np.diff(ends, prepend=0), 1)
    kept = np.diff(total[ends], prepend=0) > 0.5 * counts
    places = np.flatnonzero(kept)
    states = np.full(len(kept), STATES.index("aside"))
    states[kept] = STATES.index("body")
    states[: places[0]] = STATES.index("before")
    states[places[-1] + 1 :] = STATES.index("behind")
    return states


def fit(pages: list[Page]) -> dict[str, Any]:
    """Fit the weights; a page counts by the square root of its length."""
    traits = np.vstack([page.traits for page in pages])
    mean, deviation = traits.mean(axis=0), traits.std(axis=0) + 1e-6
    standard = [standardize(page.traits, mean, deviation) for page in pages]
    chances = np.array([len(page.states) ** -0.5 for page in pages])
    chances /= chances.sum()
    shape = (len(mean) + 1, len(STATES))
    size = shape[0] * shape[1]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights, moves = flat[:size].reshape(shape), flat[size:].reshape(MOVES.shape)
        value = PENALTY * float((weights[:-1] ** 2).sum())
        slope, turn = np.zeros(shape), np.zeros(MOVES.shape)
        slope[:-1] = 2 * PENALTY * weights[:-1]
        for page, own, chance in zip(pages, standard, chances, strict=True):
            potentials = own @ weights[:-1] + weights[-1]
            found = walk(potentials, moves)
            told = np.zeros_like(potentials)
            told[np.arange(len(told)), page.states] = 1
            taken = np.zeros(MOVES.shape)
            np.add.at(taken, (page.states[:-1], page.states[1:]), 1)
            over = chance * (found.forward * found.backward - told)
            slope[:-1] += own.T @ over
            slope[-1] += over.sum(axis=0)
            pairs = (found.forward[:-1].T @ found.arrivals[1:]) * np.exp(moves)
            turn += chance * np.where(MOVES, pairs - taken, 0)
            value += chance * (
                found.log_sum - float((potentials * told).sum()) - float((moves * taken).sum())
            )
        return value, np.concatenate([slope.ravel(), turn.ravel()])

    start = np.zeros(size + MOVES.size)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    weights, moves = found[:size].reshape(shape), found[size:].reshape(MOVES.shape)
    names = describe(find_paragraphs("A paragraph.\n\nAnother one."))
    return {
        "intercept": named(weights[-1]),
        "moves": {state: named(row) for state, row in zip(STATES, moves, strict=True)},
        "traits": {
            name: {"mean": round(float(mean[n]), 5), "deviation": round(float(deviation[n]), 6)}
            | named(weights[n])
            for n, name in enumerate(names)
        },
    }


def named(row: Floats) -> dict[str, float]:
    """Name the numbers of the states."""
    return {state: round(float(number), 5) for state, number in zip(STATES, row, strict=True)}


def cross_validate(
    pages: list[Page], others: list[tuple[str, dict[str, float]]]
) -> tuple[float, float, float]:
    """Return F1, precision and recall of bodies that the model had no page of the site of.

    How many pages and other texts of unseen sites and folders are told right is printed.
    """
    sites = sorted({page.site for page in pages})
    folds = dict(zip(sites, np.random.default_rng(0).permutation(len(sites)) % FOLDS, strict=True))
    kinds = sorted({kind for kind, _ in others})
    places = dict(zip(kinds, np.random.default_rng(0).permutation(len(kinds)) % FOLDS, strict=True))
    pairs = []
    told = right = 0
    for fold in range(FOLDS):
        seen = [page for page in pages if folds[page.site] != fold]
        known = [other for other in others if places[other[0]] != fold]
        model = fit(seen) | {"page": fit_page(seen, known)}
        left_out = [page for page in pages if folds[page.site] == fold]
        pairs += [
            precision_and_recall(found_by(model, page.document), page.gold) for page in left_out
        ]
        told += sum(is_page(find_paragraphs(p.document.text), model["page"]) for p in left_out)
        right += sum(
            not speaks_for_page(traits, model["page"])
            for kind, traits in others
            if places[kind] == fold
        )
    print(f"pages told {told} of {len(pages)}, other texts told {right} of {len(others)}")
    return f1(pairs)


def found_by(model: dict[str, Any], document: Document) -> str:
    """Return the body of a page as a model tells it, or the rules where it looks like no page."""
    paragraphs = find_paragraphs(document.text)
    if not is_page(paragraphs, model["page"]):
        first, last = find_body(paragraphs)
        blocks = judge(document.text, paragraphs, first, last, "", frozenset(), paged=False)
        return "\n\n".join(document.text[b.start : b.end] for b in blocks if b.kind == "body")
    kept = find_kept(paragraphs, model)
    return "\n\n".join(p.text for p, chosen in zip(paragraphs, kept, strict=True) if chosen)


if __name__ == "__main__":
    main()
