"""What documents say of a sentence from anywhere, and of all sentences of a text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np

from ..datatypes import Document, Number, Offset, Share, Source, Verbatim
from ..encoders import Encoder, Encoders
from ..errors import OptionError, SummarizerError, counted
from ..evidence import Found, Pool, search_evidence
from ..rank.documents import spoken_languages
from ..render.text import check_sections
from ..settings import MODEL, Settings, checked_settings
from ..text.table import SentenceTable
from .citing import list_sources, source_notes, sources_to, unjudged_note
from .sources import AnyDocument, Sources, split_sources
from .summary import Result
from .threads import unforked

Verdict = Literal["quoted", "stated", "differs", "partly", "not found"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
# A citation such as "[2]", "[1, 3]", "[2, page 4; also 3]" or "[^1]".
_CITATION = re.compile(r"\s?\[\^?\d{1,4}(?!\d)[^\[\]\n]{0,60}\]")
_CITED = re.compile(r"(?:^|[,;]|also|in|differs)\s*\^?(\d{1,4})(?!\d)")


@dataclass(frozen=True, slots=True)
class EvidencePassage:
    """A passage of a document that bears on a sentence.

    :param source: The number of the document, counted from 1 in the order given.
    :param document: The id of the document.
    :param start: The offset of the passage's first character there.
    :param end: The offset after its last character.
    :param text: The passage, verbatim.
    :param probability: How likely it is that it does what it is listed for, 0 to 1.
    :param differences: What it gives otherwise: words of the sentence and words of the passage.
    """

    source: Number
    document: str
    start: Offset
    end: Number
    text: Verbatim
    probability: Share
    differences: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What documents say about a sentence.

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


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a checked text, and what the documents say about it.

    :param text: The sentence, verbatim.
    :param start: The offset of its first character in the text.
    :param end: The offset after its last.
    :param verdict: ``quoted``, nearly word for word; ``stated``, with all that counts; ``differs``
        in a number, an amount, a time or a day; ``partly`` stated; or ``not found``.
    :param cites: The numbers of the documents that it cites, as in ``[2]``.
    :param misses: Those of them that neither have its words nor state it, wholly or partly.
    :param evidence: The passages.
    """

    text: Verbatim
    start: Offset
    end: Number
    verdict: Verdict
    cites: tuple[int, ...]
    misses: tuple[int, ...]
    evidence: Evidence

    @property
    def passages(self) -> tuple[EvidencePassage, ...]:
        """The passages that the verdict rests on, and those that differ."""
        evidence = self.evidence
        resting = {
            "quoted": evidence.copies,
            "stated": evidence.agreeing,
            "partly": evidence.partly,
        }.get(self.verdict, ())
        return (*resting, *evidence.differing)

    @property
    def differing_spans(self) -> list[tuple[int, int]]:
        """Where the words are that its passages contradict."""
        changed = {own for passage in self.passages for own, _ in passage.differences if own}
        # The 3 of "13 boats and 3 dams" is the second one.
        whole = (rf"(?<!\w)(?<!\d[.,]){re.escape(words)}(?!\w|[.,]\d)" for words in changed)
        return sorted(found.span() for one in whole if (found := re.search(one, self.text)))


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """A checked text as JSON. Later versions may add fields.

    :param sentences: Its sentences, in order.
    :param sources: Every document, in the order given.
    :param warnings: What a careful user should know, one line each.
    """

    sentences: tuple[CheckedSentence, ...]
    sources: tuple[Source, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedText(CheckRecord, Result):
    """A text checked against documents, sentence by sentence.

    :param sentences: Its sentences, in order.
    :param sources: Every document, in the order given.
    :param warnings: What a careful user should know, one line each.
    :param text: The text.
    :param documents: The documents with their texts, in the order of ``sources``.
    """

    sections = check_sections
    text: str = field(default="", repr=False, compare=False)
    documents: tuple[Document, ...] = field(default=(), repr=False, compare=False)

    @property
    def counts(self) -> dict[Verdict, int]:
        """The number of sentences with each verdict."""
        found = Counter(sentence.verdict for sentence in self.sentences)
        return {verdict: found[verdict] for verdict in VERDICTS}


@unforked
def find_evidence(
    sentence: str, documents: Iterable[AnyDocument], *, encoder: Encoder | str = MODEL
) -> Evidence:
    """Find out which documents state a sentence, contradict it or repeat its words.

    In languages that the judge was not trained on, no difference is found.

    :param sentence: One sentence.
    :param documents: As for ``summarize``.
    :param encoder: Chooses the passages that are looked at.
    :raises SummarizerError: If the sentence is empty, or no document has a sentence.
    """
    if not isinstance(sentence, str):
        raise OptionError(f"sentence must be a string, not {type(sentence).__name__}")
    if not sentence.strip():
        raise SummarizerError("the sentence to look for is empty")
    settings = Settings()
    sources, table = sources_to("compare with", documents, settings)
    # One sentence is too short to detect its language.
    (found,) = _search([sentence], "", sources, table, encoder, settings, strict=False)
    return found


@unforked
def check(
    text: Document | str,
    documents: Iterable[AnyDocument],
    *,
    encoder: Encoder | str = MODEL,
    settings: Settings | None = None,
) -> CheckedText:
    """Check each sentence of a text against documents.

    In languages that the judge was not trained on, only what is quoted is found, and what is
    nearly the same but for some words, which are shown. Citations such as
    ``[2]`` are taken for the numbers of the documents, in the order given, and checked.

    :param text: A text by anybody or anything, as a string or as ``read`` returns it.
    :param documents: As for ``find_evidence``, and so is the encoder.
    :param settings: The constants.
    :raises SummarizerError: If the text or the documents have no sentence.
    """
    settings = checked_settings(settings)
    sources, table = sources_to("compare with", documents, settings)
    own, sentences = split_sources([text], settings)
    if not len(sentences):
        raise SummarizerError("the text to check has no sentence")
    (document,) = own.documents
    spans = _without_markers(
        document.text, list(zip(sentences.start.tolist(), sentences.end.tolist(), strict=True))
    )
    claims = [_CITATION.sub("", document.text[start:end]) for start, end, _ in spans]
    found = _search(claims, own.languages[0], sources, table, encoder, settings, strict=True)
    checked = [
        _checked(document.text[start:end], start, cites, evidence)
        for (start, end, cites), evidence in zip(spans, found, strict=True)
    ]
    named = {passage.source for one in checked for passage in one.passages}
    unread = sum(block.kind != "body" for block in own.structures[0].blocks)
    were = "was" if unread == 1 else "were"
    note = f"{counted(unread, 'part')} of the text, such as headings, {were} not checked"
    return CheckedText(
        sentences=tuple(checked),
        sources=list_sources(sources, named),
        warnings=(
            *own.notes,
            *([note] if unread else []),
            *source_notes(sources),
            *unjudged_note(sources, settings.evidence.languages, "what is said in other words"),
        ),
        text=document.text,
        documents=sources.as_given,
    )


def _without_markers(
    text: str, spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return the sentences without leading citations, each with the source numbers it cites.

    A citation behind the stop of a sentence is its own, not that of the next; what has nothing but
    citations is not a sentence.
    """
    found: list[tuple[int, int, tuple[int, ...]]] = []
    for number, (first, last) in enumerate(spans):
        start, end = first, last
        while marker := _CITATION.match(text, start, end):
            start = marker.end()
        start += len(text[start:end]) - len(text[start:end].lstrip())
        behind = spans[number + 1][1] if number + 1 < len(spans) else len(text)
        while marker := _CITATION.match(text, end, behind):
            end = marker.end()
        if start < last:
            cites = {
                int(cited)
                for marker in _CITATION.finditer(text, start, end)
                for cited in _CITED.findall(marker[0].strip(" []"))
            }
            found.append((start, last, tuple(sorted(cites))))
    return found


def _checked(text: str, start: int, cites: tuple[int, ...], evidence: Evidence) -> CheckedSentence:
    kinds = (evidence.copies, evidence.agreeing, evidence.differing, evidence.partly, True)
    backing = (*evidence.copies, *evidence.agreeing, *evidence.partly)
    return CheckedSentence(
        text=text,
        start=start,
        end=start + len(text),
        verdict=next(verdict for verdict, some in zip(VERDICTS, kinds, strict=True) if some),
        cites=cites,
        misses=tuple(cite for cite in cites if cite not in {one.source for one in backing}),
        evidence=evidence,
    )


def _search(
    claims: Sequence[str],
    language: str,
    sources: Sources,
    table: SentenceTable,
    encoder: Encoder | str,
    settings: Settings,
    *,
    strict: bool,
) -> list[Evidence]:
    """Find what documents say of sentences.

    :param claims: The sentences.
    :param language: Their language; where no document is in it, that of most.
    """
    languages = spoken_languages(table, sources.languages, settings)
    spoken = Counter(sources.languages[number] for number in table.document.tolist())
    most, _ = spoken.most_common(1)[0]
    texts = [*claims, *table.texts()]
    # Each sentence is a document of its own; those of the table move up.
    count = len(claims)
    pool = Pool(
        texts,
        np.concatenate([np.arange(count), table.document + count]),
        np.concatenate([np.zeros(count, dtype=np.intp), table.position]),
        [*[None] * count, *sources.dates],
        [*[language if language in spoken else most] * count, *sources.languages],
        first=count,
    )
    groups = [*(-1 - place for place in range(count)), *sources.groups]
    vectors = Encoders(encoder, languages, settings.evidence).own(texts)
    found = search_evidence(pool, vectors, range(count), groups, settings.evidence, strict=strict)
    return [
        Evidence(
            *(
                _passages(sources, table, claim, some, count)
                for some in (own.agreeing, own.partly, own.differing, own.copies)
            )
        )
        for claim, own in zip(claims, found, strict=True)
    ]


def _passages(
    sources: Sources, table: SentenceTable, claim: str, found: Sequence[Found], shift: int
) -> tuple[EvidencePassage, ...]:
    """Turn rows of the pool into passages; the first ``shift`` rows are the claims.

    They come in the order in which the documents were given.
    """
    passages: list[EvidencePassage] = []
    for one in found:
        first, last = one.first - shift, one.last - shift
        number = int(table.document[first])
        document = table.documents[number]
        start, end = int(table.start[first]), int(table.end[last])
        text = " ".join(map(table.text, range(first, last + 1)))
        passages.append(
            EvidencePassage(
                source=sources.numbers[number],
                document=document.id,
                start=start,
                end=end,
                text=document.text[start:end],
                probability=round(one.probability, 3),
                differences=tuple(
                    (claim[slice(*own)], text[slice(*its)]) for own, its in one.differences
                ),
            )
        )
    return tuple(sorted(passages, key=lambda one: (one.source, one.start)))
