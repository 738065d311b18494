"""Questions, from the documents to the command."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from summarizer import Document, OptionError, Summarizer, Summary, Topic, read, summarize
from summarizer import summarize_many as many
from summarizer.settings import QuerySettings, Ranker, Settings

from .builders import EXAMPLE, WordEncoder
from .cli.test_cli import invoke

ENCODER = WordEncoder()
WHEAT = "The price of wheat in France rose by a tenth in the dry summer of that year."
ALARMS = "why did the guidance computer raise alarms"


def test_question_is_answered_by_what_is_about_it() -> None:
    documents = read([EXAMPLE])
    asked = summarize(documents, query=ALARMS, words=60)
    plain = summarize(documents, words=60)
    assert sum("alarm" in sentence.text for sentence in asked.sentences) >= 2
    assert sum("alarm" in sentence.text for sentence in plain.sentences) < 2
    assert asked.query == ALARMS
    assert plain.query is None
    assert asked.signature == plain.signature + f' | query "{ALARMS}"'
    relevance = [explanation.relevance or 0 for explanation in asked.explanations]
    assert all(0 < value < 2 for value in relevance)
    assert all(explanation.relevance is None for explanation in plain.explanations)
    assert "relevance to the question 1." in asked.to_text(explain=True)
    assert Summary.from_json(asked.to_json(explain=True)) == asked


def test_request_for_a_summary_of_all_is_answered_by_one() -> None:
    prepared = Summarizer(read([EXAMPLE]))
    asked = prepared.summarize(query="What is this document about?", words=60)
    assert asked.sentences == prepared.summarize(words=60).sentences
    assert asked.query == "What is this document about?"


@pytest.mark.parametrize(
    "query", ["Who was at the meeting?", "Where was the meeting?", "What did the meeting decide?"]
)
def test_question_near_a_request_for_a_summary_is_answered(query: str) -> None:
    minutes = (
        "The members met in the town hall on Monday. The mayor, Ann Lee, and the treasurer, Bob Roe, "
        "were at the meeting. They decided to raise the fee for the harbour by two pounds. The new "
        "fee will pay for the repair of the old pier, which was damaged by a storm in the winter. "
        "The harbour master said that the boats would have to leave for a week in June."
    )
    asked = Summarizer([minutes])
    plain = asked.summarize(words=30)
    assert asked.summarize(query=query, words=30).sentences != plain.sentences


def test_question_may_be_in_another_language_than_the_sources() -> None:
    prepared = Summarizer(read([EXAMPLE]))
    for query in (
        "Warum gab der Computer Alarm?",
        "¿Por qué dio la alarma el ordenador?",
        "Почему компьютер подал сигнал тревоги?",
    ):
        assert "alarm" in prepared.summarize(query=query, words=40).text
    assert prepared.summarize(query="Wie viel kostet eine Fahrkarte?").sentences == ()


def test_question_in_the_language_of_the_sources_is_told_by_meaning() -> None:
    text = (
        "Die Sirene blieb stumm, weil man sie zum Putzen abgeschaltet hatte. "
        "Das Museum bietet 50.000 Euro für Hinweise. Die Direktorin ist zurückgetreten. "
        "Die Maske zeigt einen thrakischen Fürsten."
    )
    prepared = Summarizer([text])
    found = prepared.summarize(query="Warum gab es keinen Alarm?", sentences=1)
    assert found.text == text.partition(" Das")[0]
    assert prepared.summarize(query="Welche Oper komponierte Mozart zuletzt?").sentences == ()


@pytest.mark.parametrize("ranker", ["coverage", "mmr"])
def test_prepared_documents_answer_the_same(ranker: Ranker) -> None:
    documents = read([EXAMPLE])
    prepared = Summarizer(documents, encoder=ENCODER)
    for query in (ALARMS, None, "the crew on the surface", f" {ALARMS}\n"):
        once = summarize(documents, query=query, words=60, ranker=ranker, encoder=ENCODER)
        again = prepared.summarize(query=query, words=60, ranker=ranker)
        assert again.to_json(explain=True) == once.to_json(explain=True)
        turned = summarize(documents[::-1], query=query, words=60, ranker=ranker, encoder=ENCODER)
        assert turned.text == once.text


def test_answer_may_be_off_topic_and_anywhere() -> None:
    # Nothing of it would be quoted without the question, nor a sentence in its middle first.
    text = f"A list of farms is kept. {WHEAT} A list of mills is kept."
    documents = [*read([EXAMPLE]), Document("farms", text)]
    without = summarize(documents, words=20)
    assert any("farms: is about something else" in warning for warning in without.warnings)
    summary = summarize(documents, query="wheat price in France", words=20)
    assert summary.text == WHEAT
    assert not any("something else" in warning for warning in summary.warnings)


def test_budget_for_everything_is_no_reason_to_quote_what_does_not_answer() -> None:
    documents = [WHEAT, "A mill burned down. " + " ".join(["Rain fell on the hills again."] * 9)]
    summary = summarize(documents, query="wheat price in France", words=500, encoder=ENCODER)
    assert summary.text == WHEAT


def test_answer_ends_where_sentences_say_little_of_it() -> None:
    documents = read([EXAMPLE])
    counts = [
        len(summarize(documents, query=ALARMS, settings=settings).sentences)
        for least in (0.0, Settings().query.least_worth, 0.1)
        for settings in [replace(Settings(), query=QuerySettings(least_worth=least))]
    ]
    assert counts[0] > counts[1] > counts[2] > 0
    assert Settings().query.least_worth == 0.03  # benchmarks/queries.py measures it


@pytest.mark.parametrize("query", ["", " ", "?!", 7])
def test_question_has_a_word(query: object) -> None:
    for ask in (
        lambda: summarize([WHEAT], query=query, encoder=ENCODER),  # type: ignore[arg-type]
        lambda: Summarizer([WHEAT], encoder=ENCODER).summarize(query=query),  # type: ignore[arg-type]
        lambda: list(many([Topic("a", [WHEAT])], workers=0, query=query)),  # type: ignore[arg-type]
    ):
        with pytest.raises(OptionError, match="query must have a word, not"):
            ask()


def test_where_nothing_answers_the_summary_is_empty_and_says_so() -> None:
    query = "Which marmalade did the inspectors of the Ottoman lighthouses prefer? " + "Why? " * 30
    summary = summarize(read([EXAMPLE]), query=query, encoder=ENCODER)
    assert summary.sentences == ()
    (warning,) = summary.warnings
    assert warning.startswith("the sources say nothing about “Which marmalade")
    assert warning.endswith(" …”")
    assert len(warning) < 130
    assert summary.text == ""
    assert len(summary.sources) == 4
    assert "No sentence of the sources answers the question." in summary.to_html()
    assert Summary.from_json(summary.to_json()) == summary


def test_page_shows_the_question_and_marks_its_words() -> None:
    summary = summarize(read([EXAMPLE]), query="an alarm & <b>", words=40, encoder=ENCODER)
    page = summary.to_html()
    assert '<q dir="auto">an alarm &amp; &lt;b&gt;</q>' in page
    assert '<b class="asked">alarm' in page
    assert 'class="asked"' not in summarize(read([EXAMPLE]), encoder=ENCODER).to_html()


def test_command_answers_or_ends_with_1(tmp_path: Path) -> None:
    code, out, _ = invoke("--query", "computer alarms", "--words", 40, EXAMPLE)
    assert code == 0
    assert out.count("alarm") > 1
    query = "the price of wheat in France"
    target = tmp_path / "s.json"
    command = ["--query", query, "--format", "json", "-o", target, EXAMPLE]
    assert invoke(*command) == (
        1,
        "",
        f"summarize: warning: the sources say nothing about “{query}”\n",
    )
    summary = json.loads(target.read_text(encoding="utf-8"))
    assert (summary["text"], summary["sentences"], summary["query"]) == ("", [], query)
    assert summary["warnings"] == [f"the sources say nothing about “{query}”"]
    assert invoke("--query", " ", EXAMPLE)[0] == 2


def test_each_subject_may_have_its_question(tmp_path: Path) -> None:
    texts = [WHEAT, "The old mill by the river burned down in the night of Monday."]
    records: list[dict[str, Any]] = [
        {"id": "a", "documents": texts, "query": "the mill fire"},
        {"id": "b", "documents": texts, "query": None},
        {"id": "c", "documents": texts, "query": ["a"]},
        {"id": "d", "documents": texts, "query": "the pianist's tour of Peru"},
    ]
    file = tmp_path / "t.jsonl"
    file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    _, out, _ = invoke("each", "--workers", 1, "--words", 17, "--query", "wheat price", file)
    mill, wheat, wrong, nothing = map(json.loads, out.splitlines())
    assert mill.get("text") == texts[1], mill
    assert wheat["text"] == texts[0]
    assert wrong["error"] == "query must have a word, not ['a']"
    assert (nothing["text"], nothing["query"]) == ("", records[3]["query"])
    topics = [Topic(r["id"], texts, r["query"]) for r in records[:2]]
    outcomes = many(topics, workers=0, query="wheat price", words=17)
    assert [outcome.summary.text for outcome in outcomes if outcome.summary] == texts[::-1]
