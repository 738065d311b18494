"""Make ``models/furniture``: which paragraphs of a web page saved as text are its body.

    python -m models.furniture FOLDER
    python -m models.furniture --cross-validate FOLDER

reads an article extraction benchmark (see ``benchmarks/extraction.py``), takes for body the
paragraphs of which more than half the words are in the body that people copied, and fits a
conditional random field by maximum likelihood with an L2 penalty (L-BFGS). It takes a minute or two
on two cores and needs scipy, which sentence-transformers brings. The sha256 of the weights is
printed, for ``summarizer/shipped.py`` and the model card. With ``--cross-validate`` nothing is
written: the pages of a site are left out together, a tenth of the sites at a time, and the F1 of
the bodies found by a model of the other pages is printed.
"""

import hashlib
import json
import sys
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.extraction import f1, precision_and_recall
from summarizer import Document, body, read
from summarizer.clean.pages import MOVES, STATES, find_kept, is_page, standardize, walk
from summarizer.clean.paragraphs import Paragraph, find_paragraphs
from summarizer.clean.traits import describe
from summarizer.text.tokens import tokenize

TARGET = Path(__file__).parent / "furniture" / "weights.json"
FOLDS = 10
PENALTY = 0.4
ROUNDS = 40
# Sites of one publisher that share a template.
PUBLISHERS = dict.fromkeys(
    ("sfgate", "chron", "timesunion", "mysanantonio", "ctpost"), "hearst"
) | dict.fromkeys(("cbslocal", "cbsnews", "cbssports"), "cbs")

Floats = npt.NDArray[np.float64]


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
    *options, folder = sys.argv[1:] or [""]
    if not folder or options not in ([], ["--cross-validate"]):
        raise SystemExit("usage: python -m models.furniture [--cross-validate] FOLDER")
    pages = load(Path(folder))
    if options:
        score, precision, recall = cross_validate(pages)
        print(f"text  F1 {score:.4f}  precision {precision:.4f}  recall {recall:.4f}")
        return
    text = json.dumps(fit(pages), indent=1) + "\n"
    TARGET.write_text(text, encoding="utf-8")
    print(hashlib.sha256(text.encode()).hexdigest(), TARGET.name)


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


def cross_validate(pages: list[Page]) -> tuple[float, float, float]:
    """Return F1, precision and recall of bodies that the model had no page of the site of."""
    sites = sorted({page.site for page in pages})
    folds = dict(zip(sites, np.random.default_rng(0).permutation(len(sites)) % FOLDS, strict=True))
    pairs = []
    for fold in range(FOLDS):
        model = fit([page for page in pages if folds[page.site] != fold])
        pairs += [
            precision_and_recall(found_by(model, page.document), page.gold)
            for page in pages
            if folds[page.site] == fold
        ]
    return f1(pairs)


def found_by(model: dict[str, Any], document: Document) -> str:
    """Return the body of a page as a model tells it, or the rules where it looks like no page."""
    paragraphs = find_paragraphs(document.text)
    if not is_page(paragraphs):
        return body(document)
    kept = find_kept(paragraphs, model)
    return "\n\n".join(p.text for p, chosen in zip(paragraphs, kept, strict=True) if chosen)


if __name__ == "__main__":
    main()
