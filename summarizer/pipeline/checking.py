"""What documents say of a sentence from anywhere."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ..citing import Material
from ..datatypes import Document
from ..defaults import MODEL
from ..encoders import Encoder, embed, load_encoder
from ..errors import SummarizerError
from ..evidence import Found, Pool, search_evidence
from ..given import as_documents
from ..rank.concepts import stem_words
from ..rank.copies import document_voices
from ..text.language import language_code
from .attributing import load_static
from .preparing import prepare


@dataclass(frozen=True, slots=True)
class EvidencePassage:
    """A passage of a document that says something of a sentence.

    :param document: The id of the document.
    :param start: The offset of the passage's first character there.
    :param end: The offset behind its last character.
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


def find_evidence(
    sentence: str, documents: Iterable[Document | str], *, encoder: Encoder | str = MODEL
) -> Evidence:
    """Find what documents say of a sentence: who states it, who differs, who has its words.

    The languages of the documents in which nothing was learned are searched for copies alone.

    :param sentence: One sentence.
    :param documents: Documents, as ``read`` returns them, or plain texts.
    :param encoder: Chooses the passages that are looked at; ``minilm`` judges them, too.
    :raises SummarizerError: If the sentence is empty, or no document has a sentence.
    """
    if not sentence.strip():
        raise SummarizerError("the sentence to look for is empty")
    material, survey = prepare(as_documents(documents))
    if not len(material.sentences):
        raise SummarizerError("the documents have no sentence to compare with")
    if isinstance(encoder, str):
        encoder = load_encoder(encoder)
    place = survey.sentences.document.astype(np.intp)
    groups = document_voices(stem_words(survey.words), place, len(material.documents))
    languages = [language_code(document.text) for document in material.documents]
    # A single sentence is too short to tell its language by.
    own, _ = Counter(languages[number] for number in place.tolist()).most_common(1)[0]
    texts = [sentence, *survey.sentences.texts()]
    pool = Pool(
        texts,
        np.concatenate([[0], place + 1]),
        np.concatenate([[0], survey.sentences.position.astype(np.intp)]),
        [None, *(structure.date for structure in material.structures)],
        [own, *languages],
    )
    deep = (lambda: encoder) if getattr(encoder, "name", "").startswith("minilm@") else None
    vectors = embed(encoder, texts)
    (found,) = search_evidence(pool, vectors, [0], [-1, *groups], load_static(), deep)
    return Evidence(
        *(
            _passages(material, sentence, passages)
            for passages in (found.agreeing, found.partly, found.differing, found.copies)
        )
    )


def _passages(
    material: Material, sentence: str, found: Sequence[Found]
) -> tuple[EvidencePassage, ...]:
    """Return rows, counted behind the sentence itself, as passages of their documents."""
    passages: list[EvidencePassage] = []
    for one in found:
        first, last = material.sentences[one.first - 1], material.sentences[one.last - 1]
        document = material.documents[first.document]
        passages.append(
            EvidencePassage(
                document=document.id,
                start=first.start,
                end=last.end,
                text=document.text[first.start : last.end],
                probability=one.probability,
                differences=tuple(
                    (sentence[slice(*own)], first.text[slice(*its)]) for own, its in one.differences
                ),
            )
        )
    return tuple(passages)
