"""Small pictures as inline SVG: bars, a timeline, a map."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from ..datatypes import Place, Source
from .escaping import escape
from .marking import Span, passage_id

_WIDTH = 480
_SEGMENTS = 12


def backing_bar(backing: int, sources: int) -> str:
    """Draw how many sources back a sentence.

    :param backing: How many say it.
    :param sources: How many were read.
    """
    parts = sources if sources <= _SEGMENTS else 1
    width = 96 / parts
    gap = 2 if parts > 1 else 0
    bars = "".join(
        f'<rect x="{number * width:.2f}" y="0" width="{width - gap:.2f}" height="8" '
        f'class="{"on" if parts > 1 and number < backing else "off"}"/>'
        for number in range(parts)
    )
    if parts == 1:
        share = 96 * backing / max(sources, 1)
        bars += f'<rect x="0" y="0" width="{max(share, 3):.2f}" height="8" class="on"/>'
    return f'<svg viewBox="0 0 96 8" preserveAspectRatio="none" aria-hidden="true">{bars}</svg>'


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
    name = escape(f"Source {source.number}, {source.date}: {source.title or source.id}")
    number = (
        f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle">{source.number}</text>'
        if numbered
        else ""
    )
    kind = "cited" if source.cited else "unused"
    return (
        f'<a href="#d{source.number}" class="{kind}"><title>{name}</title>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>{number}</a>'
    )


def sentence_map(
    places: Sequence[Place],
    roles: Mapping[tuple[int, Span], str],
    names: Mapping[tuple[int, Span], str],
) -> str:
    """Draw sentences so that near ones say similar things, those of a cluster joined by lines.

    :param places: Where each sentence lies.
    :param roles: ``quoted`` or ``backing`` for those that the summary refers to.
    :param names: How each begins.
    :return: SVG with a link to each sentence in its source; an empty string for fewer than three.
    """
    if len(places) < 3:
        return ""
    height = 300
    clusters: dict[int, list[tuple[float, float]]] = defaultdict(list)
    points: dict[str, list[str]] = {"other": [], "backing": [], "quoted": []}
    for place in places:
        x, y = 14 + place.x * (_WIDTH - 28), height - 14 - place.y * (height - 28)
        clusters[place.cluster].append((x, y))
        key = (place.source, (place.start, place.end))
        role = roles.get(key, "other")
        radius = {"quoted": 7, "backing": 6, "other": 4}[role]
        name = escape(f"Source {place.source}: {names.get(key, '')}")
        points[role].append(
            f'<a href="#{passage_id(*key)}" class="{role}" aria-label="{name}">'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/></a>'
        )
    lines = []
    for members in clusters.values():
        middle = [sum(axis) / len(members) for axis in zip(*members, strict=True)]
        lines += [
            f'<line x1="{middle[0]:.1f}" y1="{middle[1]:.1f}" x2="{x:.1f}" y2="{y:.1f}"/>'
            for x, y in members
            if len(members) > 1
        ]
    return (
        f'<svg class="map" viewBox="0 0 {_WIDTH} {height}" role="group" '
        f'aria-label="Map of {len(places)} sentences">'
        f"{''.join(lines)}{''.join(points['other'] + points['backing'] + points['quoted'])}</svg>"
    )
