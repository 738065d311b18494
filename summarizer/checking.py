"""What documents say of a sentence from anywhere."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .encoders import Encoder, embed, load_encoder
from .errors import OptionError, SummarizerError
from .evidence import Found, Pool, search_evidence
from .forking import unforked
from .readers.objects import AnyDocument
from .settings import MODEL, Settings
from .sources import Sources, split_sources
from .table import SentenceTable


@dataclass(frozen=True, slots=True)
class EvidencePassage:
    """A passage of a document that says something of a sentence.

    :param document: The id of the document.
    :param start: The offset of the passage's first character there.
    :param end: The offset after its last character.
    :param text: The passage, verbatim.
    :param probability: How likely it is that it does what it is listed for, 0 to 1.
    :param differences: What it gives otherwise: words of the sentence and words of the passage.
    """

    document: str
    start: int
    end: int
    text: str
    probability: float
    differences: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What documents say of a sentence.

    :param agreeing: Passages that state all that counts in it; one for each group of documents that
        nearly duplicate one another.
    :param partly: Passages that state its main claim but lack details; likewise.
    :param differing: Sentences that give a number or a day of it otherwise; likewise.
    :param copies: Sentences that repeat it nearly word for word; one for each document.
    """

    agreeing: tuple[EvidencePassage, ...]
    partly: tuple[EvidencePassage, ...]
    differing: tuple[EvidencePassage, ...]
    copies: tuple[EvidencePassage, ...]


@unforked()
def find_evidence(
    sentence: str, documents: Iterable[AnyDocument], *, encoder: Encoder | str = MODEL
) -> Evidence:
    """Find what documents say of a sentence: who states it, who differs, who has its words.

    In languages that the judge was not trained on, only copies are found.

    :param sentence: One sentence.
    :param documents: As for ``summarize``.
    :param encoder: Chooses the passages that are looked at; ``minilm`` judges them, too.
    :raises SummarizerError: If the sentence is empty, or no document has a sentence.
    """
    if not isinstance(sentence, str):
        raise OptionError(f"sentence must be a string, not {type(sentence).__name__}")
    if not sentence.strip():
        raise SummarizerError("the sentence to look for is empty")
    sources, table = split_sources(documents, Settings())
    if not len(table):
        raise SummarizerError("the documents have no sentence to compare with")
    if isinstance(encoder, str):
        encoder = load_encoder(encoder)
    # A single sentence is too short to tell its language by.
    most = Counter(sources.languages[number] for number in table.document.tolist())
    own, _ = most.most_common(1)[0]
    texts = [sentence, *table.texts()]
    # The sentence is document 0 and row 0; everything else moves up by one.
    pool = Pool(
        texts,
        np.concatenate([[0], table.document + 1]),
        np.concatenate([[0], table.position]),
        [None, *sources.dates],
        [own, *sources.languages],
    )
    deep = (lambda: encoder) if getattr(encoder, "name", "").startswith("minilm@") else None
    vectors, static = embed(encoder, texts), load_encoder("static")
    (found,) = search_evidence(pool, vectors, [0], [-1, *sources.groups], static, deep)
    return Evidence(
        *(
            _passages(sources, table, sentence, passages)
            for passages in (found.agreeing, found.partly, found.differing, found.copies)
        )
    )


def _passages(
    sources: Sources, table: SentenceTable, sentence: str, found: Sequence[Found]
) -> tuple[EvidencePassage, ...]:
    """Turn rows of the pool, of which row 0 is the sentence itself, into passages.

    They come in the order in which the documents were given.
    """

    def place(one: Found) -> tuple[int, int]:
        return sources.numbers[int(table.document[one.first - 1])], one.first

    passages: list[EvidencePassage] = []
    for one in sorted(found, key=place):
        first, last = one.first - 1, one.last - 1
        document = table.documents[int(table.document[first])]
        start, end = int(table.start[first]), int(table.end[last])
        text = table.text(first)
        passages.append(
            EvidencePassage(
                document=document.id,
                start=start,
                end=end,
                text=document.text[start:end],
                probability=one.probability,
                differences=tuple(
                    (sentence[slice(*own)], text[slice(*its)]) for own, its in one.differences
                ),
            )
        )
    return tuple(passages)
