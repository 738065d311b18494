"""``RESULTS.md`` and its plots, all figures from the results as they were saved."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tabulate import tabulate

from .plot import quality_against_time
from .results import Result, file_name, load
from .significance import interval, significance
from .systems import ABLATED, SYSTEMS, Kind

OURS = "summarizer"
_GROUPS: dict[Kind, str] = {"ours": "", "peer": "peer", "baseline": "baseline", "oracle": "bound"}
_PUBLISHED = Path(__file__).with_name("published.json")
_HEAD = """# Results

Made by `python -m benchmarks report` from the files in `results/`, which `python -m benchmarks run`
wrote; no figure is typed. Every system gets the same sentences where its interface allows, the same
budget and its default settings; how a peer is run offline stands in its file in `peers/`. ROUGE is
F1, or recall where the signature says that texts were cut. In brackets: 95% bootstrap intervals
over the topics. "behind" is how far a system's ROUGE-2 is from that of summarizer, with the p of a
paired permutation test. "redundancy" is the mean, over sentences, of the largest share of bigrams
in one earlier sentence; "dangling" the share of sentences that point back to one that is not there;
"sources" how many documents are quoted; "use" the share of the budget that is used; "ms" the mean
time of a topic without start-up, on the machine of the day, so that it compares only systems run on
one day (`python -m benchmarks.race` runs two together); "MB" the most memory of the process.
Published figures stand below ours; their sentences, tokenisers and truncation differ in part.

What concepts weigh was learned from the topics of `multi_news`, `multiling2011` and `amazon`, among
others (see `models/salience/README.md`): there the figures are not those of topics never seen.
"""


def write_report(results: Path, target: Path) -> None:
    """Write the report of a folder of results, and beside them a plot for each corpus.

    :param results: A folder that ``run`` filled.
    :param target: The Markdown file.
    :raises ValueError: If a result is malformed, there is none, or two of one corpus have other
        topics or another signature.
    """
    by_corpus: dict[str, list[Result]] = {}
    for result in load(results):
        by_corpus.setdefault(result.corpus, []).append(result)
    if not by_corpus:
        raise ValueError(
            f"{results}: holds no results; `python -m benchmarks run --help` makes some"
        )
    published = json.loads(_PUBLISHED.read_text(encoding="utf-8"))
    parts = [_HEAD, _overview(by_corpus), _ablations(by_corpus)]
    for corpus, found in by_corpus.items():
        _require_alike(found)
        main = [result for result in found if SYSTEMS[result.system].kind in _GROUPS]
        figure = results / f"{file_name(corpus)}.svg"
        quality_against_time(main, figure)
        place = (
            figure.relative_to(target.parent) if figure.is_relative_to(target.parent) else figure
        )
        parts += [
            f"## {corpus}\n\n`{(_of(found, OURS) or found[0]).signature}`\n",
            _table(main, published.get(corpus.partition("@")[0], ())),
            f"\n![ROUGE-2 against time on {corpus}]({place.as_posix()})\n",
        ]
    target.write_text("\n".join(part for part in parts if part), encoding="utf-8")


def _require_alike(found: Sequence[Result]) -> None:
    # The first part is the version of summarizer, on which those of others do not depend.
    settings = [result.signature.partition(" | ")[2] for result in found]
    for result, own in zip(found, settings, strict=True):
        if (result.topics, own) != (found[0].topics, settings[0]):
            raise ValueError(
                f"{result.corpus}: {result.system} and {found[0].system} were run on other "
                "topics or with other settings; run both again"
            )


def _mean(result: Result, measure: str) -> float:
    return float(result.values(measure).mean())


def _of(results: Sequence[Result], system: str) -> Result | None:
    return next((result for result in results if result.system == system), None)


def _overview(by_corpus: Mapping[str, Sequence[Result]]) -> str:
    """Set summarizer against the best peer of each corpus."""
    rows: list[list[str]] = []
    for corpus, found in by_corpus.items():
        ours = _of(found, OURS)
        peers = [result for result in found if SYSTEMS[result.system].kind == "peer"]
        if ours is None or not peers:
            continue
        best = max(peers, key=lambda result: _mean(result, "R2"))
        row = [corpus, str(len(ours.topics))]
        for measure in ("R1", "R2"):
            row.append(f"{_mean(ours, measure):.1f}")
            row.append(f"{_mean(best, measure):.1f}")
            row.append(_behind(ours, best, measure))
        rows.append([*row, best.system])
    heads = ["corpus", "topics", "R1", "peer", "more", "R2", "peer", "more", "best peer"]
    return "## Against the best peer\n\n" + _markdown(heads, rows) + "\n" if rows else ""


def _behind(ours: Result, other: Result, measure: str) -> str:
    mine, its = ours.values(measure), other.values(measure)
    chance = significance(mine, its)
    shown = "p < .001" if chance < 0.001 else f"p {chance:.3f}".replace("0.", ".")
    return f"{mine.mean() - its.mean():+.1f} ({shown})"


def _table(found: Sequence[Result], published: Sequence[Mapping[str, Any]]) -> str:
    """Tell all of the systems on one corpus, groups apart, the best of each first."""
    ours = _of(found, OURS)
    order = list(_GROUPS)
    ranked = sorted(
        found, key=lambda r: (order.index(SYSTEMS[r.system].kind), -_mean(r, "R2"), r.system)
    )
    rows: list[list[str]] = []
    for result in ranked:
        row = [result.system, _GROUPS[SYSTEMS[result.system].kind]]
        for measure in ("R1", "R2", "RLsum"):
            low, high = interval(result.values(measure))
            row.append(f"{_mean(result, measure):.1f} [{low:.1f}, {high:.1f}]")
        row.append(_behind(ours, result, "R2") if ours and result is not ours else "")
        row += [f"{_mean(result, measure):.3f}" for measure in ("redundancy", "dangling")]
        row += [f"{_mean(result, 'sources'):.1f}", f"{_mean(result, 'use'):.3f}"]
        row += [f"{_mean(result, 'ms'):.0f}", f"{result.peak_mb:.0f}" if result.peak_mb else ""]
        row.append(str(len(result.failures)))
        rows.append(row)
    for entry in published:
        kinds = [f"{name}r" if found[0].recall else name for name in ("R1", "R2", "RLsum")]
        scores = [str(entry.get(kind, "")) for kind in kinds]
        rows.append([entry["system"], f"published: {entry['source']}", *scores, *[""] * 8])
    heads = ["system", "", "R1", "R2", "RLsum", "behind", "redundancy", "dangling", "sources"]
    return _markdown([*heads, "use", "ms", "MB", "failed"], rows)


def _ablations(by_corpus: Mapping[str, Sequence[Result]]) -> str:
    """Tell what each term of the objective is worth on each corpus."""
    measured = {
        corpus: found
        for corpus, found in by_corpus.items()
        if any(SYSTEMS[result.system].kind == "ablation" for result in found)
    }
    rows: list[list[str]] = []
    for term, meaning in ABLATED.items():
        row = [meaning]
        for found in measured.values():
            whole, part = _of(found, OURS), _of(found, f"{OURS} without {term}")
            row += [_behind(part, whole, m) if whole and part else "" for m in ("R1", "R2")]
        rows.append(row)
    heads = ["without", *(f"{corpus} {m}" for corpus in measured for m in ("R1", "R2"))]
    title = "## What each part is worth\n\nHow ROUGE changes when it is taken away.\n\n"
    return title + _markdown(heads, rows) + "\n" if measured else ""


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    align = ["left"] + ["right"] * (len(heads) - 1)
    return tabulate(
        rows,
        headers=heads,
        tablefmt="github",
        disable_numparse=True,
        colalign=align if rows else (),
    )
