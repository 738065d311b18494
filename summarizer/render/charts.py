"""Small pictures as inline SVG: bars, a timeline, a map."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from ..datatypes import Place, Source
from .marking import Span, passage_id

_WIDTH = 480
_SEGMENTS = 12
# How large the points of the map are, the last drawn over the others.
_RADII = {"other": 4, "backing": 6, "quoted": 7}


def backing_bar(backing: int, sources: int) -> str:
    """Draw how many sources back a sentence, in as many parts as there are sources, if few.

    :param backing: How many say it.
    :param sources: How many were read.
    """
    parts = max(sources, 1)
    shown = max(backing, parts / 40) if backing else 0
    kind = "bar parts" if parts <= _SEGMENTS else "bar"
    return (
        f'<svg class="{kind}" viewBox="0 0 {parts} 1" preserveAspectRatio="none" '
        f'aria-hidden="true"><path class="off" d="M0 .5H{parts}"/>'
        f'<path class="on" d="M0 .5H{shown:g}"/></svg>'
    )


def timeline(sources: Sequence[Source]) -> str:
    """Draw the sources by their day of publication.

    :param sources: Every source; those without a day are left out.
    :return: SVG with a link to each source; an empty string where no day is known.
    """
    days = {source.number: day for source in sources if (day := _day(source.date))}
    if not days:
        return ""
    first, last = min(days.values()), max(days.values())
    stacks: dict[int, list[Source]] = defaultdict(list)
    slots = 20
    for source in sorted(sources, key=lambda source: (source.date or "", source.number)):
        if source.number in days:
            share = (days[source.number] - first).days / max((last - first).days, 1)
            stacks[round(share * slots) if first < last else slots // 2].append(source)
    tallest = max(map(len, stacks.values()))
    radius = min(10.0, 90 / tallest)
    height = tallest * 2.3 * radius + 34
    base = height - 24
    numbered = radius >= 8 and max(days) < 100
    points = []
    for slot, stack in stacks.items():
        x = 20 + slot / slots * (_WIDTH - 40)
        for place, source in enumerate(stack):
            y = base - 4 - radius - place * 2.3 * radius
            points.append(_day_point(source, x, y, radius, numbered))
    ends = [(20, "start", first), (_WIDTH - 20, "end", last)]
    if first == last:
        ends = [(_WIDTH // 2, "middle", first)]
    labels = "".join(
        f'<text class="axis" x="{x}" y="{height - 6:.1f}" text-anchor="{anchor}">{day}</text>'
        for x, anchor, day in ends
    )
    return (
        f'<svg class="timeline" viewBox="0 0 {_WIDTH} {height:.1f}" role="group" '
        f'aria-label="Sources by day, {first} to {last}">'
        f'<line x1="10" x2="{_WIDTH - 10}" y1="{base:.1f}" y2="{base:.1f}"/>'
        f"{''.join(points)}{labels}</svg>"
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _day_point(source: Source, x: float, y: float, radius: float, numbered: bool) -> str:
    number = (
        f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle">{source.number}</text>'
        if numbered
        else ""
    )
    kind = ' class="cited"' if source.cited else ""
    return (
        f'<a href="#d{source.number}"{kind} '
        f'aria-label="Source {source.number}, {source.date}">'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>{number}</a>'
    )


def sentence_map(places: Sequence[Place], roles: Mapping[tuple[int, Span], str]) -> str:
    """Draw sentences so that near ones say similar things, those of a cluster joined by lines.

    :param places: Where each sentence lies.
    :param roles: ``quoted`` or ``backing`` for those that the summary refers to.
    :return: SVG with a link to each sentence in its source; an empty string for fewer than three.
    """
    if len(places) < 3:
        return ""
    height = 300
    clusters: dict[int, list[tuple[float, float]]] = defaultdict(list)
    points: dict[str, list[str]] = {role: [] for role in _RADII}
    for place in places:
        x, y = 14 + place.x * (_WIDTH - 28), height - 14 - place.y * (height - 28)
        clusters[place.cluster].append((x, y))
        key = (place.source, (place.start, place.end))
        role = roles.get(key, "other")
        points[role].append(
            f'<a href="#{passage_id(*key)}" aria-label="Source {place.source}">'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADII[role]}"/></a>'
        )
    lines = ""
    for members in clusters.values():
        middle = [sum(axis) / len(members) for axis in zip(*members, strict=True)]
        if len(members) > 1:
            lines += "".join(
                f"M{middle[0]:.1f} {middle[1]:.1f}L{x:.1f} {y:.1f}" for x, y in members
            )
    groups = "".join(f'<g class="{role}">{"".join(drawn)}</g>' for role, drawn in points.items())
    return (
        f'<svg class="map" viewBox="0 0 {_WIDTH} {height}" role="group" '
        f'aria-label="Map of {len(places)} sentences"><path d="{lines}"/>{groups}</svg>'
    )
