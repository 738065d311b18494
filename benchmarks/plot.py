"""Pictures: quality against time, and time and memory against size."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .results import Result
from .systems import SYSTEMS, Kind

_COLOURS: dict[Kind, str] = {
    "ours": "#b2182b",
    "peer": "#2166ac",
    "baseline": "#777777",
    "oracle": "#1b7837",
}


def quality_against_time(results: Sequence[Result], target: Path) -> None:
    """Draw each system as a point: its mean ROUGE-2 over its mean time for a topic.

    :param results: Those of one corpus.
    :param target: An SVG file; the same results make the same bytes.
    """
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    with mpl.rc_context({"svg.hashsalt": "summarizer", "svg.fonttype": "none", "font.size": 9}):
        figure, axes = plt.subplots(figsize=(8, 5), layout="constrained")
        for result in results:
            time, quality = result.values("ms").mean(), result.values("R2").mean()
            colour = _COLOURS[SYSTEMS[result.system].kind]
            axes.scatter([time], [quality], color=colour, s=24)
            axes.annotate(
                result.system,
                (time, quality),
                xytext=(4, 3),
                textcoords="offset points",
                color=colour,
            )
        axes.set_xscale("log")
        axes.set_xlabel("milliseconds a topic, without start-up")
        axes.set_ylabel("ROUGE-2 recall" if results[0].recall else "ROUGE-2 F1")
        axes.margins(x=0.2)
        axes.grid(visible=True, linewidth=0.3)
        figure.savefig(target, metadata={"Date": None, "Creator": None})
        plt.close(figure)


def growth(
    own: Sequence[Mapping[str, Any]], peers: Sequence[Mapping[str, Any]], name: str, target: Path
) -> None:
    """Draw processor time and most memory over the number of sentences, both logarithmic.

    :param own: What was measured of summarizer, size by size.
    :param peers: What was measured of the peer.
    :param name: The peer's.
    :param target: An SVG file.
    """
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    with mpl.rc_context({"svg.hashsalt": "summarizer", "svg.fonttype": "none", "font.size": 9}):
        figure, panels = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
        for axes, key, label in zip(
            panels, ("processor", "mb"), ("seconds of the processor", "MiB at most"), strict=True
        ):
            for rows, title, colour in (
                (own, "summarizer", _COLOURS["ours"]),
                (peers, name, _COLOURS["peer"]),
            ):
                sizes = [row["sentences"] for row in rows]
                axes.plot(sizes, [row[key] for row in rows], "o-", color=colour, label=title)
            axes.set(xscale="log", yscale="log", xlabel="sentences", ylabel=label)
            axes.grid(visible=True, linewidth=0.3)
        panels[0].legend()
        figure.savefig(target, metadata={"Date": None, "Creator": None})
        plt.close(figure)
