"""Which other sources say what a quoted sentence says, and which say it differently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..datatypes import Sentence
from ..text.language import Language
from ..text.tokens import tokenize_cased
from .claims import Claim, Value
from .differing import Difference, differences
from .likeness import compare
from .naming import openings
from .supporting import supports

__all__ = [
    "NEAR",
    "Claim",
    "Claims",
    "Difference",
    "Evidence",
    "Value",
    "find_evidence",
]

# Least similarity, in meaning and in words, of a passage worth a closer look.
NEAR = 0.42


class Claims:
    """What sentences state, each looked at once, when it is asked for.

    :param sentences: n sentences.
    :param language: Their language.
    :param weights: How telling each stem is.
    """

    def __init__(
        self, sentences: Sequence[Sentence], language: Language, weights: dict[str, float]
    ) -> None:
        self._sentences = sentences
        self._language = language
        self._code = language.code
        self._weights = weights
        self._known: dict[int, Claim] = {}
        self._documents: dict[int, set[str]] = {}

    def __getitem__(self, row: int) -> Claim:
        if row not in self._known:
            text = self._sentences[row].text
            self._known[row] = Claim(text, self._code, self._language.stem, self._weights)
        return self._known[row]

    def apart(self, quoted: int, row: int, pairs: Sequence[Difference]) -> bool:
        """Tell whether neither document has the other's name, nor writes its own as a word.

        Where a document names both they are not one, but in other roles.

        :param quoted: The row of a sentence.
        :param row: That of another.
        :param pairs: A name of the first and another of the second.
        """
        own, its = (self._written(self._sentences[place].document) for place in (quoted, row))
        for one, other in pairs:
            first = set(tokenize_cased(self._sentences[quoted].text[one.start : one.end]))
            second = set(tokenize_cased(self._sentences[row].text[other.start : other.end]))
            mine, strange = first - second, second - first
            if not mine.isdisjoint(its) or not strange.isdisjoint(own):
                return False
            if any(word.casefold() in own | its for word in mine | strange):
                return False
        return True

    def opened_otherwise(self, quoted: int, row: int) -> bool:
        """Tell whether two sentences open with two words that their documents write as names alone.

        :param quoted: The row of a sentence.
        :param row: That of another.
        """
        names = openings(self[quoted], self[row])
        if not names:
            return False
        own, its = (self._written(self._sentences[place].document) for place in (quoted, row))
        return not any(word in own or word in its for name in names for word in name.words)

    @cached_property
    def _texts(self) -> dict[int, list[str]]:
        """The sentences of each document."""
        texts: dict[int, list[str]] = {}
        for sentence in self._sentences:
            texts.setdefault(sentence.document, []).append(sentence.text)
        return texts

    def _written(self, document: int) -> set[str]:
        """Return the words of a document, as it writes them."""
        if document not in self._documents:
            texts = self._texts[document]
            self._documents[document] = {word for text in texts for word in tokenize_cased(text)}
        return self._documents[document]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What other voices say of a quoted sentence.

    :param supporting: Rows of passages that say the same.
    :param differing: Rows of passages that say it differently, each with what differs: pairs of a
        value of the quote and one of the passage. No voice is in both.
    """

    supporting: list[int]
    differing: list[tuple[int, list[Difference]]]


def find_evidence(
    quoted: int,
    near: Sequence[int],
    cosines: Iterable[float],
    sentences: Sequence[Sentence],
    voices: Sequence[int],
    claims: Claims,
) -> Evidence:
    """Find the passages of other voices that say what a quoted sentence says, or differ.

    A copy of the quoted text is no voice of its own, but where it was corrected it differs.

    :param quoted: The row of the quoted sentence.
    :param near: The rows worth a look, ascending.
    :param cosines: The cosine of each of these to the quoted one.
    :param sentences: n sentences.
    :param voices: A number for each document, the same for copies of one text.
    :param claims: What the sentences state.
    :return: At most one passage for each other voice, in the order of voices, behind those of
        copies of the quoted text that differ.
    """
    source = sentences[quoted].document
    own = voices[source]
    supporting: dict[int, tuple[float, int]] = {}
    differing: dict[int, tuple[float, int, list[Difference]]] = {}
    for row, cosine in zip(near, cosines, strict=True):
        document = sentences[row].document
        if document == source:
            continue
        voice = voices[document] if voices[document] != own else -1 - document
        like = compare(claims[quoted], claims[row], float(cosine))
        alike = supports(claims[quoted], claims[row], like)
        if alike and not claims.opened_otherwise(quoted, row):
            if voice not in supporting or like.stated > supporting[voice][0]:
                supporting[voice] = like.stated, row
            continue
        found = differences(claims[quoted], claims[row], like)
        if any(one.kind == "name" for one, _ in found) and not claims.apart(quoted, row, found):
            continue
        if found and (voice not in differing or like.score > differing[voice][0]):
            differing[voice] = like.score, row, found
    return Evidence(
        [supporting[voice][1] for voice in sorted(supporting) if voice >= 0],
        [differing[voice][1:] for voice in sorted(differing) if voice not in supporting],
    )
