"""The last stages: what else says the same, and where it all lies."""

from collections.abc import Sequence

from ..citing import Material, Selection
from ..clustering import SAME, star_clusters
from ..concepts import different_stems, inverse_frequency
from ..copies import repeated
from ..evidence import SUPPORTS, corroborating
from ..facts import Facts, Space
from ..mapping import map_sentences, shown_rows


def with_evidence(
    material: Material, facts: Facts, space: Space, chosen: Sequence[int]
) -> Selection:
    """Find for each chosen row of the space the passages that say the same."""
    words = different_stems(facts.stems, space.kept)
    telling = inverse_frequency(facts.stems)
    passages: list[list[tuple[int, float, bool]]] = []
    named = list(chosen)
    for row in chosen:
        alike = space.both @ space.both[row]
        found = corroborating(
            row, space.sentences, material.voices, alike, words, telling, SUPPORTS
        )
        cosines = space.vectors[found] @ space.vectors[row]
        rows = space.kept[[row, *found]]
        copied = repeated([facts.stems.of(kept) for kept in rows])[1:]
        passages.append(list(zip(rows[1:].tolist(), cosines.tolist(), copied, strict=True)))
        named.extend(found)
    shown = shown_rows(named, space.salience)
    labels = star_clusters(space.both[shown], SAME)
    return Selection(
        places=map_sentences(
            [space.sentences[row] for row in shown], material.numbers, space.vectors[shown], labels
        ),
        rows=[int(space.kept[row]) for row in chosen],
        scores=[float(space.salience[row]) for row in chosen],
        passages=passages,
        similarity=[float(space.central[row]) for row in chosen],
    )
