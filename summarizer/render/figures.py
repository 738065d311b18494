"""The pictures of the page, each with its heading and how to read it."""

from collections.abc import Container, Sequence

from ..datatypes import CitedSentence, Place, Source
from .charts import sentence_map, timeline
from .elements import counted
from .marking import Span


def published(sources: Sequence[Source]) -> str:
    """Show when the sources were published; an empty string where nobody knows."""
    drawn = timeline(sources)
    if not drawn:
        return ""
    undated = sum(not source.date for source in sources)
    note = f" {counted(undated, 'source')} without a date." if undated else ""
    text = f"Day of publication. Filled: quoted, or says what is quoted.{note}"
    return _figure("h-time", "When the sources were published", drawn, text)


def mapped(
    sentences: Sequence[CitedSentence], places: Sequence[Place], readable: Container[int]
) -> str:
    """Show which sentences are near one another; an empty string where too few are placed.

    :param sentences: Those that are quoted.
    :param places: Where each sentence lies.
    :param readable: The numbers of the sources whose texts are in the page.
    """
    roles: dict[tuple[int, Span], str] = {}
    for sentence in sentences:
        for passage in sentence.corroboration:
            roles.setdefault((passage.source, (passage.start, passage.end)), "backing")
    for sentence in sentences:
        roles[sentence.source, (sentence.start, sentence.end)] = "quoted"
    drawn = sentence_map([place for place in places if place.source in readable], roles)
    if not drawn:
        return ""
    key = "".join(
        f'<span class="key"><svg class="map" viewBox="0 0 14 14" aria-hidden="true">'
        f'<g class="{role}"><circle cx="7" cy="7" r="{radius}"/></g></svg> {name}</span>'
        for role, radius, name in (
            ("quoted", 6, "quoted"),
            ("backing", 5, "says the same"),
            ("other", 4, "other"),
        )
    )
    text = f"{key}Near sentences say similar things; lines join those that say the same."
    readout = (
        '<p id="readout" class="readout" aria-live="polite" dir="auto" lang="en">'
        "Point at one to read it, or move with the arrow keys.</p>"
    )
    return _figure("h-map", "What the sentences are about", drawn, text, readout)


def _figure(name: str, heading: str, drawn: str, caption: str, below: str = "") -> str:
    return (
        f'<section aria-labelledby="{name}">\n<h2 id="{name}" lang="en">{heading}</h2>\n<figure>'
        f'{drawn}<figcaption lang="en">{caption}</figcaption></figure>{below}\n</section>\n'
    )
