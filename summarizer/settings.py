"""What a user may ask for, and the constants that move a result.

``Settings`` is passed down the pipeline; an ablation or a sweep is
``replace(settings, name=value)``. Each field says its unit, its reason and, where it has one, its
source. Two kinds of constants are elsewhere: those of a trained model stand beside its formula, as
they change only together with its weights, and those that tell what a form of text is, such as a
mail, a list or a day, beside the rule that knows this form.
"""

import math
import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from numbers import Integral, Real
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec

from .datatypes import Budget, Measure, Number, Share
from .errors import BudgetError, OptionError, SummarizerError, counted
from .text.language import base_code
from .text.tokens import count_words

Ranker = Literal["coverage", "mmr"]

RANKERS: tuple[Ranker, ...] = get_args(Ranker)
RANKER: Ranker = "coverage"
MODEL = "auto"
WORDS = 150
_LENGTHS: tuple[Measure | Literal["ratio"], ...] = ("words", "sentences", "chars", "ratio")
# Types of constants; no number is too large to compute with.
_MOST = 10**9
Count = Annotated[int, msgspec.Meta(ge=0, le=_MOST)]
Some = Annotated[int, msgspec.Meta(ge=1, le=_MOST)]
Factor = Annotated[float, msgspec.Meta(ge=-_MOST, le=_MOST)]
Answering = tuple[Factor, Factor, Factor, Factor]
_CODE = re.compile(r"[a-z]{2,3}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class EvidenceSettings:
    """The constants of the search for evidence; ``benchmarks/evidence.py`` measures them.

    :param languages: The BCP 47 codes of the languages in which the judge was fitted. In others of
        which it is known how they deny, what a passage states is told where it is likelier than
        ``agrees``; that values differ, or that a checked sentence is stated, is not.
    :param translated: Those that the multilingual encoder was trained on; what is said in one of
        them is found in another.
    :param translation: Least cosine of a sentence and its translation: of the sentences nearest to
        one of a translated document (MultiLing 2011), 99% of those above are its translation.
    :param candidates: How many passages of each document are judged for a quote.
    :param least_rough: Least product of a passage's cosines in meaning and words to be judged.
    :param agrees: Least part of a quote that a passage likely states to agree, 0 to 1 ...
    :param partly: ... and to agree in part.
    :param stated: As ``agrees``, for a checked sentence, of which a passage may lack no word that
        counts (``lacked``) ...
    :param supported: ... without having one whose vector has at least this cosine to it.
    :param traded: Two names or values have changed places where the words around them are alike
        crosswise by at least this much more, of 2.
    :param exchanged: A word that weighs this much in the static model counts where it stands in the
        place of another in a passage that is nearly the same.
    :param differs: Least probability that two values are of one thing and cannot both be right.
    :param compared: How many sentences of each other document are compared with a sentence where
        all disagreements are looked for ...
    :param least_alike: ... and their least product of cosines in meaning and words.
    :param most_compared: Where many documents have similar sentences, as forms do, each is compared
        with this many of the most similar: for differences, and to count who states it.
    :param copied: Least share of the runs of three words of the shorter sentence in its copy.
    :param whole: Least share of the runs of the quote in its copy.
    :param telling: Least share of the quote's telling words, by weight, in its copy: a form that
        was filled in otherwise is not a copy.
    :param near: A passage with this share of the words of a checked sentence, in their order, is
        nearly the same: each word counts ...
    :param lacked: ... that weighs at least this much in the static model: "of" weighs 0.1, "few"
        0.4, "without" 0.8, "young" 1.0.
    """

    languages: frozenset[str] = frozenset({"en"})
    translated: frozenset[str] = frozenset(
        {"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"}
    )
    translation: Factor = 0.75
    candidates: Count = 3
    least_rough: Factor = 0.1
    agrees: Factor = 0.64
    partly: Factor = 0.6
    stated: Factor = 0.45
    supported: Factor = 0.3
    traded: Factor = 0.7
    exchanged: Factor = 0.5
    differs: Factor = 0.43
    compared: Count = 2
    least_alike: Factor = 0.02
    most_compared: Count = 50
    copied: Factor = 0.85
    whole: Factor = 0.7
    telling: Factor = 0.9
    near: Factor = 0.8
    lacked: Factor = 0.7


@dataclass(frozen=True, slots=True)
class QuerySettings:
    """The constants of questions; ``benchmarks/queries.py`` measures them.

    :param words: How much the words of a question count beside the cosine by the light encoder ...
    :param deep_words: ... and beside that by the deep one.
    :param whole: How much the cosine to a question of several sentences counts beside the largest
        to one of them, 0 to 1.
    :param around: How much the words of a question in the passage around a sentence count for it,
        0 to 1 by BM25 ...
    :param passage: ... of this many sentences before and after it.
    :param bm25_saturation: k1 of BM25 (Robertson and Zaragoza 2009): how slowly a word that comes
        again counts less.
    :param bm25_length: b of BM25: how much a passage counts less that is longer than the mean, 0 to
        1.
    :param nearest: How many sentences the deep encoder sees, and concepts are weighed by.
    :param sharpness: A sentence that is less relevant by the inverse of this says 1/e as much of
        the answer.
    :param importance: A concept weighs by that, times how likely it is in a summary of the nearest
        sentences, to this power.
    :param held_passage: Whether anything answers is told by the cosine of a sentence and by a
        passage of this many sentences before and after it, ...
    :param minilm: ... with ``minilm``: the least sum that answers; how much the share of the
        question's words in the passage counts, or the mean cosine of its sentences, whichever
        counts more; and by how much the sum is larger for each e times as many sentences.
    :param multilingual: The same with ``multilingual``.
    :param static_multilingual: The same with ``static_multilingual``.
    :param answering_words: The least share of the words, where words alone decide.
    :param request: A question with this cosine to a request that any source answers is such a
        request too: "Where is the story set?" has .64, "What is the role of history in the story?"
        .58 ...
    :param general_request: ... and with this cosine and no other words it is for a summary, made as
        without a question.
    :param pull: Salience grows by a factor of e where relevance grows by the inverse of this.
    :param pool_budgets: How many times the most relevant sentences fill the budget from which the
        answer is selected.
    :param least_worth: A sentence is added only if what it says of the answer, for its length, is
        at least this share of the mean of those picked.
    """

    words: Factor = 0.5
    deep_words: Factor = 0.1
    whole: Factor = 0.5
    around: Factor = 0.5
    passage: Count = 8
    bm25_saturation: Factor = 1.2
    bm25_length: Factor = 0.75
    nearest: Some = 250
    sharpness: Factor = 8.0
    importance: Annotated[float, msgspec.Meta(ge=0, le=_MOST)] = 0.5
    held_passage: Count = 4
    minilm: Answering = (0.48, 0.5, 0.0, 0.0)
    multilingual: Answering = (0.16, 0.35, 1.0, 0.05)
    static_multilingual: Answering = (0.12, 0.5, 1.0, 0.05)
    answering_words: Factor = 0.22
    request: Factor = 0.6
    general_request: Factor = 0.85
    pull: Factor = 4.0
    pool_budgets: Factor = 6.0
    least_worth: Factor = 0.03


@dataclass(frozen=True, slots=True)
class UpdateSettings:
    """The constants of what is new beside earlier documents.

    :param pool: Sentences that are compared with those of earlier documents.
    :param compared: With how many of these each is compared by the deep encoder ...
    :param least_rough: ... where the mean of the cosines in meaning, by the light one, and in words
        is at least this.
    :param other_language: Added to the cosine of sentences in two languages, where cosines are
        lower, so that ``said`` means the same (on machine-translated pairs of the STS benchmark).
    :param said: A sentence with this cosine to an earlier one says the same, unless a value moved.
    :param moved: The least cosine at which a value may have moved ...
    :param changed_otherwise: ... and the least probability that it has: half of the values above
        both that people labelled differ (``benchmarks/evidence_values.csv``) ...
    :param changed: ... or, in a sentence that else says the same, this: it would not be quoted.
    :param rounds: How often what the judge finds said before is replaced.
    """

    pool: Count = 300
    compared: Some = 3
    least_rough: Factor = 0.35
    other_language: Factor = 0.1
    said: Factor = 0.75
    moved: Factor = 0.5
    changed: Factor = 0.05
    changed_otherwise: Factor = 0.23
    rounds: Count = 4


@dataclass(frozen=True, slots=True)
class TimelineSettings:
    """The constants of timelines; ``benchmarks/timelines.py`` measures them.

    :param weights: Path of a file made by ``python -m models.days``; empty for the shipped one.
    :param early: The first this many sentences of a document say what is new on its day.
    :param days_after: For this many days after a day, documents tell it as news.
    :param late_days: A day that is named later than this is remembered.
    :param burst_days: A day stands out from this many days before and behind it.
    :param before_days: A day further than this before the first document is history to it.
    :param days_root: Where no number of days is asked for, it is this times the cube root of how
        many could be told, ...
    :param few_days: ... but all, where these are this few.
    :param naming_factor: How much nearer to what is told of a day a sentence counts that names it.
    :param most_words: Longer sentences are quoted only where no other tells of the day.
    :param told_cosine: A sentence with this cosine to one quoted before tells nothing new.
    """

    weights: str = ""
    early: Count = 5
    days_after: Count = 1
    late_days: Count = 7
    burst_days: Count = 30
    before_days: Count = 3
    days_root: Factor = 3.2
    few_days: Count = 10
    naming_factor: Factor = 1.2
    most_words: Count = 40
    told_cosine: Factor = 0.6


@dataclass(frozen=True, slots=True)
class Settings:
    """The constants of the pipeline, in the order of its stages.

    :param unlike_cosine: An encoder knows a language if the tenth of the sentences' pairs that are
        least alike are below this cosine ...
    :param unlike_cosine_of_few: ... or this one, of fewer than ``unlike_sentences``, which may be
        alike by chance.
    :param unlike_sentences: See ``unlike_cosine_of_few``.
    :param language_letters: A document with fewer letters is taken to be in the language of most.
    :param script_letters: A letter of another script than Latin tells as much as this many.
    :param counted_translation: A document in another language counts for the concepts of a sentence
        where one of its own has at least this cosine to it.
    :param head_sentences: Only this many first sentences of a document may open with its head
        ("PARIS (AP) -- "), ...
    :param head_characters: ... which ends within this many characters ...
    :param head_report_words: ... and has at least this many words of the report behind it.
    :param shingle_words: Words in a run by which documents are compared (Broder 1997).
    :param copied_share: Two documents are one duplicate group where the shorter shares this much
        of its runs with the other, 0 to 1.
    :param series_documents: At least this many near-duplicates of different days, each with other
        numbers in a sentence, are a series; what it says first and last is the news ...
    :param series_news: ... and counts this many times as much again as its words.
    :param common_shingle: A run in more documents than this is a phrase of the trade; only its
        neighbours are compared by it.
    :param off_topic_documents: Fewest and most documents among which one can be off topic: of two
        either could be, and among very many all have something in common.
    :param stop_word_share: A document with a smaller share of stop words is not in the language of
        most, and is compared with none.
    :param off_topic_words: A document whose words have this cosine to those of another is on topic.
    :param off_topic_likeness: A document is off topic where its cosine in meaning to the one most
        like it, plus ``off_topic_word_weight`` times that in words, is below this.
    :param off_topic_word_weight: Cosines in words are small where documents are short.
    :param same_title: Nor is one whose title has this cosine in meaning to that of another: of
        MultiLing 2011, .3% have it to the title of another subject, 46% to one of their own.
    :param subject_cosine: The others need this mean cosine in meaning to have a subject at all.
    :param unrelated_words: Below this median cosine in words, and ``unrelated_meaning`` in meaning,
        documents have no common subject.
    :param unrelated_meaning: See ``unrelated_words``.
    :param opening_sentences: How many sentences of a document tell what it is about.
    :param opening_of_reports: Reports and papers open with what they say: of documents with
        sections, this many sentences altogether, and ``opening_sentences`` of each, are weighed.
    :param weights: Path of a file of concept weights made by ``python -m models.salience``; empty
        for the shipped ones.
    :param salience_share: With ``coverage``, what the salience of a summary's sentences is worth
        beside what their concepts weigh, where there is more than one document.
    :param latest_gain: How much more salient are, of each document of the latest day, ...
    :param latest_sentences: ... this many first sentences: they tell how things stand. They do ...
    :param latest_days: ... where the middle day of the sources is at most this many days before it.
    :param keep_context: Whether a sentence that needs context is quoted only together with it.
    :param unfit: A sentence that is more likely than this unfit for a summary, 0 to 1, is quoted
        only where others leave the budget unfilled; of those, an editor left out nine of ten. The
        less a summary leaves out, the likelier it must be.
    :param context_unfit: How likely unfit a sentence is, in other languages than English, that
        certainly needs context; times ``unfit_loss`` a quarter.
    :param unfit_loss: By what share of a mean summary's weight a sentence is worth less that is
        certainly unfit.
    :param name_capital: Least share of the uses of a word inside sentences in which a name has a
        capital ...
    :param name_together: ... of the uses of a part of a name in which it stands beside the other
        part ...
    :param name_in_full: ... and of the documents in which a part that needs the other comes with it
        first.
    :param half_told: How likely a sentence needs what follows it, where this turns it round
        ("But …"), in English.
    :param statement_words: A sentence of fewer words states nothing by itself.
    :param notice_odds: The least log-odds at which a sentence is a caption or a site's own words to
        its readers, which are quoted only where nothing else fits.
    :param chain_sentences: At most this many sentences are quoted together because each needs the
        one before it.
    :param position_base: The weight of a sentence falls from 1 to this with its position (Lin and
        Hovy 1997) ...
    :param position_decay: ... by a factor e in this many sentences.
    :param pool_sentences: Sentences that are embedded; more only where they would not fill the
        budget ``pool_budgets`` times.
    :param pool_budgets: See ``pool_sentences``.
    :param most_embedded: A budget that takes more sentences than this is filled by words alone.
    :param lexical_dimensions: Columns that words are hashed to (Weinberger et al. 2009).
    :param cluster_cosine: Mean of the cosines in meaning and words from which two sentences are of
        one cluster.
    :param cover_floor: Sentences below this cosine have nothing in common (facility location; Lin
        and Bilmes 2011, rescaled above it).
    :param contained_share: Of two sentences about the same, one that has this share of its words,
        weighted by inverse frequency, in the other is redundant.
    :param once: Two picked sentences say the same where the mean of how much each states of the
        other, and that of their cosines in meaning and words, are this much together ...
    :param once_alike: ... but pairs below this mean cosine are not judged.
    :param mmr_diversity: How much difference counts beside salience in MMR (Carbonell and Goldstein
        1998), 0 to 1.
    :param open_first: Whether a sentence that opens its document is picked first, where one fits.
    :param full_share: A budget of which this share is used is full.
    :param fill: Whether whatever fits is added until the budget is full, for measures of recall at
        a fixed length; by default the budget is a ceiling ...
    :param enough_share: ... and where this share of it is used, a sentence is added only ...
    :param least_worth: ... if its weight for its length is at least this share of the mean of those
        picked.
    :param exchanges: How many ways to take sentences out of a summary are tried, to fill it.
    :param exchange_partners: Pairs of sentences to add are tried among this many of the best.
    :param phrases: Most phrases in an explanation ...
    :param phrase_concepts: ... made of this many concepts.
    :param note_share: A warning is given where less than this share of the budget is used.
    :param query: What makes a sentence answer a question.
    :param update: What makes a sentence new beside earlier documents.
    :param evidence: What makes a passage agree, differ or be a copy.
    :param timeline: Which days a timeline has, and which sentences tell of them.
    """

    unlike_cosine: Factor = 0.4
    unlike_cosine_of_few: Factor = 0.95
    unlike_sentences: Count = 20
    language_letters: Count = 200
    script_letters: Count = 10
    counted_translation: Factor = 0.5
    head_sentences: Count = 3
    head_characters: Count = 400
    head_report_words: Count = 6
    shingle_words: Some = 6
    copied_share: Factor = 0.5
    series_documents: Count = 3
    series_news: Factor = 1.0
    common_shingle: Count = 50
    off_topic_documents: tuple[Count, Count] = (3, 500)
    stop_word_share: Factor = 0.1
    off_topic_words: Factor = 0.12
    off_topic_likeness: Factor = 0.45
    off_topic_word_weight: Factor = 2.0
    same_title: Factor = 0.6
    subject_cosine: Factor = 0.3
    unrelated_words: Factor = 0.06
    unrelated_meaning: Factor = 0.3
    opening_sentences: Count = 20
    opening_of_reports: Count = 250
    weights: str = ""
    salience_share: Factor = 0.7
    latest_gain: Factor = 1.0
    latest_sentences: Count = 2
    latest_days: Count = 14
    keep_context: bool = True
    unfit: Share = 0.86
    context_unfit: Share = 0.714
    unfit_loss: Factor = 0.35
    half_told: Factor = 0.5
    name_capital: Factor = 0.9
    name_together: Factor = 0.8
    name_in_full: Factor = 0.5
    statement_words: Count = 6
    notice_odds: Factor = 1.0
    chain_sentences: Count = 3
    position_base: Factor = 0.2
    position_decay: Annotated[float, msgspec.Meta(gt=0, le=_MOST)] = 5.0
    pool_sentences: Count = 1000
    pool_budgets: Factor = 2.0
    most_embedded: Count = 6000
    # Bounded, as each sentence has a row of this many numbers.
    lexical_dimensions: Annotated[int, msgspec.Meta(ge=1, le=2**16)] = 1024
    cluster_cosine: Factor = 0.5
    cover_floor: Factor = 0.3
    contained_share: Factor = 0.7
    once: Factor = 0.84
    once_alike: Factor = 0.3
    mmr_diversity: Factor = 0.3
    open_first: bool = True
    full_share: Factor = 0.97
    fill: bool = False
    enough_share: Factor = 0.9
    least_worth: Factor = 0.5
    exchanges: Count = 60
    exchange_partners: Count = 60
    phrases: Count = 5
    phrase_concepts: Count = 8
    note_share: Factor = 0.9
    query: QuerySettings = field(default_factory=QuerySettings)
    update: UpdateSettings = field(default_factory=UpdateSettings)
    evidence: EvidenceSettings = field(default_factory=EvidenceSettings)
    timeline: TimelineSettings = field(default_factory=TimelineSettings)


class Request(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What a summary is asked for, and one length at most.

    :param query: What the summary should answer: keywords, a question, or several sentences.
    :param after: A day, ``YYYY-MM-DD``: documents published before it are left out.
    :param words: The greatest number of words; 150 if no length is given.
    :param sentences: The greatest number of sentences.
    :param chars: The greatest number of characters, including the spaces between sentences.
    :param ratio: The greatest number of words as a share of all that may be quoted.
    :param ranker: How sentences are picked.
    :param diversity: With ``mmr``, from 0, where only salience counts, to 1.
    :param min_sources: Quote only what at least this many independent sources state.
    :param language: The BCP 47 code of the language to quote; by default that of most documents.
    :param keep_all: Whether to quote documents that are about something else than the others too.
    :raises BudgetError: If several lengths are given, or one is out of range.
    :raises OptionError: If another option is out of range.
    """

    query: str | None = None
    after: str | None = None
    words: Number | None = None
    sentences: Number | None = None
    chars: Number | None = None
    ratio: Annotated[float, msgspec.Meta(gt=0, le=1)] | None = None
    ranker: Ranker = RANKER
    diversity: Share | None = None
    min_sources: Number = 1
    language: str | None = None
    keep_all: bool = False

    def __post_init__(self) -> None:
        lengths = [name for name in _LENGTHS if getattr(self, name) is not None]
        if len(lengths) > 1:
            raise BudgetError(f"give one length, not {' and '.join(lengths)}")
        name, value = self._length
        if name == "ratio":
            if not (isinstance(value, Real) and 0 < float(value) <= 1):
                raise BudgetError(f"ratio must be above 0 and at most 1, not {value}")
        else:
            checked_count(name, value, BudgetError)
        if self.ranker not in RANKERS:
            raise OptionError(f"ranker must be {' or '.join(RANKERS)}, not {self.ranker}")
        if (given := self.diversity) is not None:
            if self.ranker != "mmr":
                raise OptionError("diversity goes with ranker mmr alone")
            if not (isinstance(given, Real) and 0 <= float(given) <= 1):
                raise OptionError(f"diversity must be from 0 to 1, not {given}")
            msgspec.structs.force_setattr(self, "diversity", float(given))
        checked_count("min_sources", self.min_sources)
        if self.query is not None:
            if not isinstance(self.query, str) or not any(map(str.isalnum, self.query)):
                raise OptionError(f"query must have a word, not {self.query!r}")
            msgspec.structs.force_setattr(self, "query", " ".join(self.query.split()))
        checked_day(self.after)
        checked_language(self.language)

    @property
    def _length(self) -> tuple[Measure | Literal["ratio"], Any]:
        """What is limited, and to how much."""
        for name in _LENGTHS:
            if (value := getattr(self, name)) is not None:
                return name, value
        return "words", WORDS

    @property
    def length(self) -> str:
        """The length asked for, e.g. ``words 150``."""
        name, value = self._length
        return f"{name} {float(value) if name == 'ratio' else value}"

    def budget(self, sentences: Iterable[str]) -> Budget:
        """Return the budget for given sources.

        :param sentences: All sentences that may be quoted.
        :raises BudgetError: If it is a ratio of so little text that no word is left.
        """
        unit, value = self._length
        if unit != "ratio":
            return Budget(unit, int(value))
        total = sum(map(count_words, sentences))
        # A share such as 0.07 * 100 must not lose a word to rounding.
        limit = math.floor(value * total + 1e-9)
        if limit < 1:
            raise BudgetError(f"a ratio of {value} of {total} words is less than one word")
        return Budget("words", limit)


def checked_count(name: str, number: int, error: type[SummarizerError] = OptionError) -> int:
    """Return a count as an int, after checking it.

    :raises SummarizerError: As ``error``, if it is not a whole number of 1 or more.
    """
    if isinstance(number, bool) or not isinstance(number, Integral) or number < 1:
        raise error(f"{name} must be a whole number of 1 or more, not {number}")
    return int(number)


def checked_settings(settings: Settings | None) -> Settings:
    """Return the settings given, or the default ones.

    :raises OptionError: If something else was given, or a constant is out of range or mistyped.
    """
    if settings is None:
        return Settings()
    _check("settings", settings, Settings)
    return settings


def _check(name: str, given: Any, kind: Any) -> None:
    """Check the type and range of a constant, or of each in a record."""
    parts, origin = get_args(kind), get_origin(kind)
    must = f"{name} must be"
    if isinstance(kind, type) and is_dataclass(kind):
        if not isinstance(given, kind):
            raise OptionError(f"{must} {kind.__name__}, not {type(given).__name__}")
        for own in fields(kind):
            _check(f"{name}.{own.name}", getattr(given, own.name), own.type)
    elif origin is tuple:
        if not isinstance(given, tuple) or len(given) != len(parts):
            raise OptionError(f"{must} a tuple of {len(parts)} numbers, not {given!r}")
        for one, of in zip(given, parts, strict=True):
            _check(name, one, of)
    elif origin is frozenset:
        if not isinstance(given, Set) or not all(isinstance(one, str) for one in given):
            raise OptionError(f"{must} a set of codes, not {given!r}")
    elif origin is Annotated:
        number, bounds = parts
        asked, numbers = ("whole number", Integral) if number is int else ("number", Real)
        least, after = (bounds.ge, "from") if bounds.gt is None else (bounds.gt, "above")
        fits = isinstance(given, numbers) and not isinstance(given, bool)
        if not fits or not least <= given <= bounds.le or given == bounds.gt:
            raise OptionError(f"{must} a {asked} {after} {least:,} to {bounds.le:,}, not {given!r}")
    elif not isinstance(given, kind):
        raise OptionError(f"{must} {'True or False' if kind is bool else 'text'}, not {given!r}")


def effective(
    settings: Settings, asked: Request, *, answers: bool = False, updates: bool = False
) -> Settings:
    """Return the constants for one summary, some of which depend on the request.

    A length in sentences is used up.

    :param answers: Whether the summary answers a question. An answer may end long before the budget
        and open no document.
    :param updates: Whether the summary says what is new beside earlier documents.
    """
    if updates:
        settings = replace(settings, pool_sentences=settings.update.pool)
    if answers:
        settings = replace(
            settings,
            pool_sentences=0,
            pool_budgets=settings.query.pool_budgets,
            open_first=False,
            salience_share=0.0,
            unfit=1.0,
            unfit_loss=0.0,
            enough_share=0.0,
            least_worth=settings.query.least_worth,
        )
    if asked.diversity is not None:
        settings = replace(settings, mmr_diversity=asked.diversity)
    return replace(settings, fill=settings.fill or asked.sentences is not None)


def checked_language(code: object) -> str | None:
    """Return the language asked for as its code without region or script, or None.

    :raises OptionError: If it is not a code.
    """
    if code is None:
        return None
    if not isinstance(code, str) or not code.strip():
        raise OptionError(f"language must be a code such as en, not {code!r}")
    base = base_code(code.strip())
    if not _CODE.fullmatch(base):
        raise OptionError(f"language must be a code of two or three letters, not {code!r}")
    return base


def checked_day(day: str | None) -> str | None:
    """Return a day as given, after checking it.

    :raises OptionError: If it is not a day written ``YYYY-MM-DD``.
    """
    if day is not None and not is_day(day):
        raise OptionError(f"a day must be written YYYY-MM-DD, not {day!r}")
    return day


def is_day(given: object) -> bool:
    """Return whether something is a day written ``YYYY-MM-DD``."""
    try:
        return isinstance(given, str) and bool(_DAY.fullmatch(given) and date.fromisoformat(given))
    except ValueError:
        return False


def no_room(shortest: int, budget: Budget) -> BudgetError:
    """Return the error if no sentence fits; ``shortest`` is the least length that works."""
    unit = budget.unit.removesuffix("s")
    return BudgetError(
        f"no sentence that can stand alone is as short as {counted(budget.limit, unit)}: "
        f"the shortest has {counted(shortest, unit)}; ask for {shortest:,} or more"
    )
