"""The whole way through the house, by example."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from summarizer import (
    BudgetError,
    Document,
    EncoderError,
    Marks,
    OptionError,
    SummarizerError,
    __version__,
    body,
    check,
    differences,
    read,
    summarize,
    timeline,
)
from summarizer.evidence import Pool, RowEvidence, search_evidence
from summarizer.pipeline import Summarizer
from summarizer.settings import Ranker, Settings
from summarizer.text.table import Vectors
from summarizer.text.tokens import count_words

from .builders import ENDS, EXAMPLE, OBJECTS, SUBJECTS, VERBS, WordEncoder

ENCODER = WordEncoder()


class Batched(WordEncoder):
    """An encoder that splits what it is given into batches, whose sizes show in its last digits."""

    def __init__(self, size: int) -> None:
        self.size = size

    def encode(self, sentences: list[str], /) -> npt.NDArray[np.float32]:
        """Return rows that rounding has moved, as the arithmetic of a large batch does."""
        vectors = super().encode(sentences)
        place = np.arange(vectors.size).reshape(vectors.shape) % (7 * self.size)
        return np.asarray(vectors + 1e-7 * np.sin(place), dtype=np.float32)


@pytest.mark.parametrize("size", [1, 3, 64])
def test_batch_size_changes_nothing(size: int) -> None:
    documents = read([EXAMPLE])
    expected = summarize(documents, encoder=ENCODER).to_json()
    assert summarize(documents, encoder=Batched(size)).to_json() == expected


def test_most_of_the_budget_is_used_where_there_is_text() -> None:
    documents = read([EXAMPLE])
    for words in range(40, 301, 13):
        summary = summarize(documents, words=words, encoder=ENCODER)
        assert 0.9 * words <= summary.words <= words, words
        assert summary.warnings == ()
        full = summarize(documents, words=words, encoder=ENCODER, settings=Settings(fill=True))
        assert 0.95 * words <= full.words <= words, words


def test_each_kind_of_length() -> None:
    documents = read([EXAMPLE])
    assert len(summarize(documents, sentences=3, encoder=ENCODER).sentences) == 3
    short = summarize(documents, chars=300, encoder=ENCODER)
    assert 270 <= len(short.text) <= 300
    total = sum(count_words(body(document)) for document in documents)
    tenth = summarize(documents, ratio=0.1, encoder=ENCODER)
    assert tenth.budget.limit == pytest.approx(0.1 * total, abs=1)
    assert summarize(documents, encoder=ENCODER).budget.limit == 150


def test_plain_strings_and_single_documents() -> None:
    text = "The mayor closed the old bridge on Monday. Engineers had inspected it with great care."
    whole = summarize([text], encoder=ENCODER)
    assert whole.text == text == summarize(text, encoder=ENCODER).text
    assert whole.sources[0].id == "text 1"
    assert whole.warnings == ("only 15 of 150 words are used: the sources hold no more",)
    assert summarize([Document("d", text)], encoder=ENCODER).sources[0].id == "d"


def test_two_identical_documents_count_once() -> None:
    text = "The mayor closed the old bridge on Monday."
    summary = summarize([text, text], encoder=ENCODER)
    assert summary.text == text
    assert str(summary).startswith(f"{text} [1; same text in 2]\n")
    assert "text 2: has the same text as text 1" in summary.warnings


def test_copies_are_quoted_from_one_of_them() -> None:
    article, report = ((EXAMPLE / name).read_text() for name in ("anniversary.txt", "museum.md"))
    summary = summarize([article, report, article, article], words=80)
    copies = {quote.source for quote in summary.sentences} - {2}
    assert len([quote for quote in summary.sentences if quote.source != 2]) >= 3
    assert len(copies) == 1


def test_copies_are_cited_the_same_in_any_order() -> None:
    text = "The mayor closed the old bridge on Monday."
    one = Document("1", text, date="2020-05-01", path="a.txt")
    two = Document("2", text, date="2020-05-02", path="b.txt")
    for order in ([one, two], [two, one]):
        (quote,) = summarize(order, encoder=ENCODER).sentences
        assert order[quote.source - 1] is one


def test_whole_ratio_is_everything_questions_too() -> None:
    text = "The mayor closed the old bridge. Why did he? Nobody knows. It will open in May."
    summary = summarize([text], ratio=1.0, encoder=ENCODER)
    assert summary.text == text
    assert summary.warnings == ()


def test_characters_that_are_used_are_counted() -> None:
    text = "The mayor closed the old bridge on Monday."
    summary = summarize([text], chars=500, encoder=ENCODER)
    assert summary.warnings == ("only 42 of 500 chars are used: the sources hold no more",)


def test_lone_surrogates_are_quoted_as_they_are() -> None:
    text = "The mayor \ud800 closed the old bridge on Monday."
    assert summarize([text], encoder=ENCODER).sentences[0].text == text


def test_empty_among_good_is_a_warning() -> None:
    good = Document("good", "The mayor closed the old bridge on Monday.", path="a/good.txt")
    empty = Document("empty", " \n", path="a/empty.txt")
    menu = Document("menu", "***\n", path="a/menu.txt")
    summary = summarize([good, empty, menu], words=8, encoder=ENCODER)
    assert summary.warnings == ("a/empty.txt: is empty", "a/menu.txt: has no sentence to quote")
    assert [source.cited for source in summary.sources] == [True, False, False]


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ([], "nothing to quote: no documents"),
        ([""], "text 1: is empty"),
        (["***", " "], "text 1: has no sentence to quote; text 2: is empty"),
    ],
)
def test_nothing_to_quote(documents: list[str], message: str) -> None:
    with pytest.raises(SummarizerError, match=message):
        summarize(documents, encoder=ENCODER)


def test_options_out_of_range() -> None:
    with pytest.raises(OptionError, match=r"diversity must be from 0 to 1, not 1\.5"):
        summarize(["A."], ranker="mmr", diversity=1.5, encoder=ENCODER)
    with pytest.raises(OptionError, match="diversity goes with ranker mmr alone"):
        summarize(["A."], diversity=0.5, encoder=ENCODER)
    with pytest.raises(OptionError, match="ranker must be coverage or mmr, not lexrank"):
        summarize(["A."], ranker="lexrank", encoder=ENCODER)  # type: ignore[arg-type]
    with pytest.raises(BudgetError, match="the shortest has 8 words; ask for 8 or more"):
        summarize(["The mayor closed the old bridge on Monday."], words=3, encoder=ENCODER)


def test_threads_do_not_disturb_one_another() -> None:
    documents = read([EXAMPLE])
    expected = summarize(documents).to_json()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: summarize(documents).to_json(), range(40)))
    assert set(found) == {expected}


def test_fields_of_another_type_are_named() -> None:
    dates = (2024, "June 5", "2024-01-01<script>", "2024-01-01\n", "٢٠٢٤-٠١-٠١")
    fields_of: list[dict[str, Any]] = [{"text": None}, {"title": 7}, {"author": 7}]
    for wrong in (*fields_of, *({"date": day} for day in dates)):
        fields: dict[str, Any] = {"id": "a", "text": "A bridge was closed."} | wrong
        (name,) = wrong
        with pytest.raises(OptionError, match=f"document 1: {name} must be"):
            summarize([Document(**fields)], encoder=ENCODER)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"extracted": 1}, "extracted must be True or False"),
        ({"marks": (0,)}, "marks must be Marks of a kind out of page, paragraph, row"),
        ({"marks": Marks("verse", (0,))}, "marks must be Marks of a kind out of"),  # type: ignore[arg-type]
        ({"marks": Marks("page", (5, 0))}, "the starts of its marks must be ascending"),
    ],
)
def test_marks_are_checked(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError, match=f"document 1: {message}"):
        summarize([Document("a", "A bridge was closed.", **wrong)], encoder=ENCODER)


@pytest.mark.parametrize(
    ("marks", "text", "where"),
    [
        (Marks("page", (0, 10, 30), 4), "Rust. A bad. The mayor closed the bridge.", "page 5"),
        (Marks("page", ()), "The mayor closed the bridge.", "line 1"),
        (None, "Rust\r\n\r\nThe mayor closed the bridge.", "line 3"),
        (None, "Rust\r\rThe mayor closed the bridge.", "line 3"),
    ],
)
def test_place_of_a_quote(marks: Marks | None, text: str, where: str) -> None:
    (quote,) = summarize([Document("a", text, marks=marks)], words=5, encoder=ENCODER).sentences
    assert (quote.text, quote.where) == ("The mayor closed the bridge.", where)


@pytest.mark.parametrize("given", [5, [5], [None], [b"A."]])
def test_what_is_not_a_document_is_named(given: Any) -> None:
    with pytest.raises(OptionError, match=r"must be .* not (int|NoneType|bytes)"):
        summarize(given, encoder=ENCODER)


@pytest.mark.parametrize("function", [summarize, differences, timeline, partial(check, "A.")])
def test_settings_of_another_type_are_named(function: Callable[..., Any]) -> None:
    with pytest.raises(OptionError, match="settings must be Settings, not dict"):
        function(["The mayor closed the old bridge on Monday."], settings={})


def test_progress_that_is_no_function_is_named() -> None:
    with pytest.raises(OptionError, match="progress must be a function, not bool"):
        summarize(["The mayor closed the old bridge on Monday."], progress=True)  # type: ignore[arg-type]


def test_numbers_of_numpy_are_numbers() -> None:
    documents = read([EXAMPLE])
    for length in ({"words": np.int64(40)}, {"ratio": np.float32(0.25)}, {"sentences": np.int8(2)}):
        summary = summarize(documents, encoder=ENCODER, **length)
        assert json.loads(summary.to_json())["budget"]["limit"] == summary.budget.limit


def test_short_budget_asks_for_more_rather_than_quote_what_needs_context() -> None:
    text = "The mayor closed the old bridge on Monday. He left."
    with pytest.raises(BudgetError, match="the shortest has 8 words"):
        summarize([text], words=3, encoder=ENCODER)
    assert summarize(["He left."], words=3, encoder=ENCODER).text == "He left."


def test_dictionary_has_the_agreed_fields() -> None:
    text = "The mayor closed the old bridge on Monday."
    longer = "On Monday the mayor closed the old bridge after the storm of the year had passed."
    documents: list[Document | str] = [Document("a", text, "", "2020-05-01", "a.txt"), longer]
    summary = summarize(documents, words=10, encoder=ENCODER)
    (quote,) = summary.to_dict()["sentences"]
    (passage,) = quote.pop("agreeing")
    assert 0.6 < passage.pop("similarity") < 1
    assert 0.6 < passage.pop("probability") < 1
    place = {"start": 0, "end": len(longer), "where": "line 1"}
    assert passage == {"source": 2, "text": longer, "language": None, **place}
    assert 0 < quote.pop("score") <= 1
    place = {"start": 0, "end": 42, "where": "line 1"}
    nothing: dict[str, object] = {"partly": [], "copies": [], "differing": [], "earlier": []}
    nothing["speaker"] = None
    assert quote == {"text": text, "source": 1, "index": 0, **place, **nothing}
    source = {"number": 1, "id": "a", "title": "", "path": "a.txt", "url": None}
    unknown: dict[str, object] = {"author": None, "site": None, "copy_of": None, "metadata": {}}
    unknown["earlier"] = False
    source |= {"date": "2020-05-01", "sentences": 1, "cited": True} | unknown
    other = {"number": 2, "id": "text 2", "title": "", "path": None, "url": None}
    other |= {"date": None, "sentences": 1, "cited": True} | unknown
    assert {
        key: part for key, part in summary.to_dict(explain=False).items() if key != "sentences"
    } == {
        "version": 1,
        "text": text,
        "words": 8,
        "budget": {"unit": "words", "limit": 10},
        "sources": [source, other],
        "warnings": [
            "only 8 of 10 words are used: what else fits says nothing new or cannot stand alone"
        ],
        "signature": f"summarizer {__version__} | model words | ranker coverage | words 10",
        "query": None,
    }
    assert json.loads(summary.to_json()) == summary.to_dict()


def story(sentences: int, documents: int = 2) -> list[str]:
    """Return documents of so many generated sentences together, no two of which are the same."""
    random = np.random.default_rng(3)
    draw = [str(random.choice(part)) for part in (SUBJECTS[:4], VERBS, OBJECTS, ENDS) * sentences]
    texts = [" ".join([*draw[4 * n : 4 * n + 4], f"near pier {n}."]) for n in range(sentences)]
    return [" ".join(texts[first::documents]) for first in range(documents)]


def test_thousands_of_sentences_are_screened() -> None:
    asked: list[int] = []
    summary = summarize(story(2000), encoder=ENCODER, progress=lambda _, total: asked.append(total))
    assert 1000 <= asked[-1] <= 1001  # one that stands alone is among them
    assert 135 <= summary.words <= 150


def test_budget_of_thousands_of_sentences_is_filled_by_words_alone() -> None:
    texts = [
        " ".join(
            f"Engineers saw in spring that pier {number} had rusted."
            for number in range(n, 6100, 2)
        )
        for n in (0, 1)
    ]
    asked: list[str] = []
    summary = summarize(texts, sentences=6090, encoder=Noting(asked), keep_all=True)
    assert len(summary.sentences) == 6090
    assert not asked
    assert {told.similarity for told in summary.explanations} == {None}
    with pytest.raises(BudgetError, match=r"at most 6,000 sentences, and this length takes 6,100"):
        summarize(texts, sentences=6090, encoder=ENCODER, keep_all=True, min_sources=2)


class Noting(WordEncoder):
    """An encoder that notes what it is given."""

    def __init__(self, asked: list[str]) -> None:
        self.asked = asked

    def encode(self, sentences: list[str], /) -> npt.NDArray[np.float32]:
        """Note and embed."""
        self.asked.extend(sentences)
        return super().encode(sentences)


# One preparation for many lengths.


@pytest.mark.parametrize("ranker", ["coverage", "mmr"])
def test_prepared_documents_give_the_same_summaries(ranker: Ranker) -> None:
    documents = read([EXAMPLE])
    asked: list[str] = []
    prepared = Summarizer(documents, encoder=Noting(asked))
    lengths: list[dict[str, Any]] = [
        {"words": 60},
        {"words": 150},
        {"sentences": 2},
        {"chars": 400},
        {"ratio": 0.2},
        {"ratio": 1.0},
        {"words": 60, "min_sources": 2},
    ]
    for length in lengths:
        once = summarize(documents, encoder=ENCODER, ranker=ranker, **length)
        assert prepared.summarize(ranker=ranker, **length).to_json(explain=True) == once.to_json(
            explain=True
        )
    assert len(asked) == len(set(asked))  # each sentence is embedded once


def test_evidence_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sought: list[int] = []

    def noting(
        pool: Pool, vectors: Vectors, rows: Sequence[int], *rest: Any, **more: Any
    ) -> list[RowEvidence]:
        sought.extend(rows)
        return search_evidence(pool, vectors, rows, *rest, **more)

    monkeypatch.setattr("summarizer.subject.prepared.search_evidence", noting)
    prepared = Summarizer(read([EXAMPLE]), encoder=ENCODER)
    quotes = [prepared.summarize(words=words).sentences for words in (150, 100, 150)]
    assert quotes[0] == quotes[2]
    assert len(sought) == len(set(sought)) == len({q.text for made in quotes for q in made})


def test_prepared_documents_refuse_what_summarize_refuses() -> None:
    prepared = Summarizer(["The mayor closed the old bridge on Monday."], encoder=ENCODER)
    with pytest.raises(BudgetError, match="one length"):
        prepared.summarize(words=5, chars=5)
    with pytest.raises(BudgetError, match="ask for 8 or more"):
        prepared.summarize(words=3)
    with pytest.raises(OptionError, match="min_sources"):
        prepared.summarize(min_sources=0)


def test_order_of_files_changes_nothing_but_the_numbers() -> None:
    documents = read([EXAMPLE])
    expected = summarize(documents)
    for order in ([3, 2, 1, 0], [1, 3, 0, 2]):
        found = summarize([documents[place] for place in order])
        assert found.text == expected.text
        assert [order[q.source - 1] + 1 for q in found.sentences] == [
            q.source for q in expected.sentences
        ]


@pytest.mark.parametrize("min_sources", [2, 3])
def test_only_what_so_many_sources_state_is_quoted(min_sources: int) -> None:
    told = [
        "The mayor of Harle closed the old iron bridge on Monday morning.",
        "On Monday morning the mayor of Harle closed the old iron bridge.",
        "On Monday morning, the old iron bridge of Harle was closed by the mayor.",
    ]
    own = [f"Visitor {n} of the museum sang {n} songs in hall {n}." for n in range(3)]
    texts = [f"{own[0]} {told[0]}", f"{told[1]} {own[1]}", f"{own[2]} {told[2]}"]
    summary = summarize(texts, encoder=ENCODER, keep_all=True, min_sources=min_sources)
    assert summary.text in told
    assert f"min-sources {min_sources}" in summary.signature
    with pytest.raises(
        SummarizerError, match="the most that state one are 3, so ask for no more than 3"
    ):
        summarize(texts, encoder=ENCODER, keep_all=True, min_sources=4)


def test_language_in_which_nobody_is_found_to_state_the_same_is_told() -> None:
    texts = [
        "شهردار هارل پل قدیمی شهر را دوشنبه صبح به روی خودروها بست و کارگران آمدند.",
        "تعمیر این پل نزدیک به نه ماه طول خواهد کشید و هزینه زیادی برای مردم شهر دارد.",
    ]
    with pytest.raises(
        SummarizerError,
        match=r"no more than 1; what is said in other words cannot be found in the language of 2 "
        r"documents \(fa\)",
    ):
        summarize(texts, keep_all=True, min_sources=2)


def test_name_whose_introduction_does_not_fit_is_not_blamed_on_sources() -> None:
    told = "On 3 May 2020 the mayor of the town, John Smith, closed the bridge over the river."
    with pytest.raises(BudgetError) as raised:
        summarize([f"{told} Smith left the town."], words=5, encoder=ENCODER)
    assert str(raised.value) == "no sentence can stand alone and fits; ask for a longer summary"


# Encoders that misbehave.


class Bad(WordEncoder):
    """An encoder that spoils its rows."""

    def __init__(self, spoil: Callable[[npt.NDArray[np.float32]], Any]) -> None:
        self.spoil = spoil

    def encode(self, sentences: list[str], /) -> Any:
        """Return spoiled rows."""
        return self.spoil(super().encode(sentences))


def failing(_: npt.NDArray[np.float32]) -> Any:
    raise RuntimeError("out of memory")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda rows: rows * np.nan, "a vector that is not finite"),
        (lambda rows: rows[:-1], r"returned shape \(\d+, 64\) for \d+ sentences"),
        (lambda rows: rows[0], r"returned shape \(64,\) for \d+ sentences"),
        (lambda _: "nothing", "what are not vectors of numbers"),
        (failing, "the encoder failed: out of memory"),
    ],
)
@pytest.mark.parametrize("ranker", ["coverage", "mmr"])
def test_bad_encoder_is_told_in_one_line(
    spoil: Callable[[npt.NDArray[np.float32]], Any], message: str, ranker: Ranker
) -> None:
    with pytest.raises(EncoderError, match=message) as told:
        summarize(read([EXAMPLE]), encoder=Bad(spoil), ranker=ranker)
    assert "\n" not in str(told.value)


def test_encoder_of_zeros_leaves_words_to_compare() -> None:
    summary = summarize(read([EXAMPLE]), encoder=Bad(lambda rows: 0 * rows), words=100)
    assert 90 <= summary.words <= 100


# Other languages.

GERMAN = [
    "Die Bürgermeisterin von Harle sperrte am Montag die alte eiserne Brücke. Fachleute hatten Rost "
    "in den Kabeln gefunden. Eine Fähre bringt Fußgänger über den Fluss, bis eine neue Brücke steht.",
    "Rost in den Kabeln: Am Montag wurde die alte eiserne Brücke in Harle gesperrt. Die Händler am "
    "Nordufer fürchten um ihr Geschäft. Die neue Brücke soll in zwei Jahren fertig sein.",
]
SPANISH = [
    "La alcaldesa de Harle cerró el lunes el viejo puente de hierro. Los ingenieros habían "
    "encontrado óxido en los cables. Un barco llevará a los peatones hasta que haya otro puente.",
    "El viejo puente de hierro de Harle fue cerrado el lunes por la alcaldesa. Los comerciantes de "
    "la orilla norte temen por sus ventas. El nuevo puente estará listo en dos años.",
]
RUSSIAN = [
    "Мэр города Харле закрыла в понедельник старый железный мост. Инженеры нашли ржавчину в тросах. "
    "Паром будет перевозить пешеходов, пока не построят новый мост.",
    "Старый железный мост в Харле был закрыт в понедельник. Торговцы на северном берегу боятся за "
    "свои доходы. Новый мост будет готов через два года.",
]
JAPANESE = [
    "ハーレの市長は月曜日に古い鉄橋を閉鎖した。技術者がケーブルに錆を見つけていた。新しい橋ができるまで船が歩行者を運ぶ。",
    "古い鉄橋は月曜日に閉鎖された。北岸の商店主は売り上げを心配している。新しい橋は二年後に完成する予定だ。",
]


@pytest.mark.parametrize("ranker", ["coverage", "mmr"])
@pytest.mark.parametrize("texts", [GERMAN, SPANISH, RUSSIAN, JAPANESE])
def test_other_languages_are_summarized_in_their_own_words(
    texts: list[str], ranker: Ranker
) -> None:
    summary = summarize(texts, sentences=3, ranker=ranker)
    assert len(summary.sentences) == 3
    for quote in summary.sentences:
        assert texts[quote.source - 1][quote.start : quote.end] == quote.text
    backwards = summarize(texts[::-1], sentences=3, ranker=ranker)
    assert backwards.text == summary.text


def test_what_a_series_says_first_and_last_is_news() -> None:
    frame = "The bank decided at its meeting to raise its target range for rates to"
    rest = (
        "Prices rose less than the bank had expected in its last forecast of the year.",
        "Jobs grew in most of the regions while wages kept up with the prices of food.",
        "Trade with the islands suffered from the storms that closed two of the harbours.",
    )
    documents = [
        Document(f"2022-0{month}-01.txt", f"{frame} {month} percent. {' '.join(rest)}")
        for month in (1, 3, 5)
    ]

    def decisions(words: int, settings: Settings) -> list[str]:
        found = summarize(documents, words=words, settings=settings)
        return sorted(s.text for s in found.sentences if s.text.startswith(frame))

    both = [f"{frame} 1 percent.", f"{frame} 5 percent."]
    assert decisions(64, Settings()) == both
    assert len(decisions(64, Settings(series_documents=4))) == 1
    assert len(decisions(33, Settings())) == 1
    assert decisions(33, Settings(series_news=5.0)) == both


def test_reports_are_weighed_by_their_beginning() -> None:
    opening = [
        "Nets catch most of the fish in the bay.",
        "Boats of the town carry the nets out daily.",
    ]
    filler = [f"Boat {n} of the town has nets and red paint for the mill." for n in range(60)]
    text = "\n\n".join(f"# Part {n}" for n in range(3)) + "\n\n" + "\n\n".join(opening + filler)
    few = Settings(opening_of_reports=2, opening_sentences=2)
    first = summarize([Document("a.md", text)], words=18, settings=few).sentences
    assert [s.text for s in first] == opening
    later = summarize([Document("a.md", text)], words=18, settings=Settings(open_first=False))
    assert any("mill" in s.text for s in later.sentences)
