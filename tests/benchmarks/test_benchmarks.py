"""The measurements themselves are measured."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.corpora import Topic, read_topics
from benchmarks.measures import (
    budget_use,
    dangling,
    events_repeated,
    orphans,
    redundancy,
    rouge,
    short,
    sources_drawn,
)
from benchmarks.off_topic import mixtures
from benchmarks.oracle import oracle
from benchmarks.results import Result, load, save
from benchmarks.running import Answer, Settings, measure, pose, run
from benchmarks.significance import interval, significance
from benchmarks.similarity import accepted, read_pairs
from benchmarks.systems import SYSTEMS, System
from summarizer import Document, load_encoder
from summarizer.rank.features import TERMS
from summarizer.text.assets import shipped_model

from ..builders import ROOT

TINY = ROOT / "benchmarks" / "corpora" / "tiny.jsonl"


def test_documents_are_mixed_with_one_of_another_topic() -> None:
    topics = [[{"text": f"{topic}{number}"} for number in range(9)] for topic in "abcd"]
    mixed = list(mixtures(topics))
    assert [len(one) for one in mixed[:9]] == [4, 4, 4, 6, 6, 6, 10, 10, 10]
    assert [one[-1]["text"] for one in mixed[:3]] == ["b0", "c0", "d0"]
    assert mixed[-1][-1]["text"] == "c0"
    for one in mixed:
        assert [document["relevant"] for document in one] == [True] * (len(one) - 1) + [False]


def test_rouge_of_known_overlap() -> None:
    found = rouge(["the cat sat"], ["the cats sat down", "a dog"])
    # Unigrams 3 of 3 and 3 of 4, bigrams 2 of 2 and 2 of 3; nothing of the second reference.
    assert found["R1"] == pytest.approx(100 * (2 * 0.75 / 1.75) / 2)
    assert found["R2"] == pytest.approx(100 * (2 * (2 / 3) / (5 / 3)) / 2)
    assert found["R1r"] == pytest.approx(100 * 0.75 / 2)
    assert found["R2r"] == pytest.approx(100 * (2 / 3) / 2)
    assert found["RLsum"] == pytest.approx(found["R1"])


def test_truncated_rouge_reads_the_first_words_only() -> None:
    whole = rouge(["a b c d", "e f g h"], ["a b c d e f x y"], any_script=True, truncate=6)
    assert whole["R1r"] == 100
    assert rouge(["x", "a b"], ["a b"], any_script=True, truncate=2)["R1r"] == 50


def test_rouge_of_nothing_is_zero() -> None:
    assert set(rouge([], ["a dog"]).values()) == {0}


def test_redundancy_looks_at_one_earlier_sentence() -> None:
    assert redundancy(["a b c"]) == 0
    assert redundancy(["a b c", "x y z"]) == 0
    assert redundancy(["a b c", "A b, c!"]) == 1
    assert redundancy(["a b c", "x y z", "a b x y"]) == pytest.approx(1 / 6)


def test_orphans_are_likely_where_context_is_cut_off() -> None:
    documents = [["The mayor of Harle came.", "But she also left.", "Anna Brandt sang in Harle."]]
    first, cut, alone = documents[0]
    assert orphans([first, cut], documents, "en") == 0
    assert orphans([cut], documents, "en") > 0.7 > 0.5 > orphans([alone], documents, "en") > 0
    assert orphans([], documents, "en") == 0


def test_short_sentences_and_repeated_events() -> None:
    assert short(["It was so.", "The council of Harle voted on Monday."]) == 0.5
    met = "Today Antony Blinken met Qin Gang in Beijing."
    again = "In Beijing Antony Blinken opened talks with Qin Gang."
    assert events_repeated([met, "It rained all day in Beijing.", again]) == pytest.approx(1 / 3)
    assert events_repeated([met, again.lower()]) == events_repeated([]) == short([]) == 0


def test_dangling_unless_the_antecedent_is_there() -> None:
    documents = [["The mayor came.", "He spoke.", "It rained."], ["She left."]]
    assert dangling(["The mayor came.", "He spoke."], documents) == 0
    assert dangling(["The mayor came.", "It rained."], documents) == 0.5
    assert dangling(["He spoke.", "The mayor came."], documents) == 0.5
    assert dangling(["She left."], documents) == 0
    assert dangling([], documents) == 0


def test_sources_are_documents_quoted() -> None:
    assert sources_drawn(["b  c.", "a b", "z"], ["a b\nc.", "x b c."]) == 1
    assert sources_drawn(["x", "a"], ["a b\nc.", "x b c."]) == 2


def test_budget_use() -> None:
    assert budget_use(["one two", "three four five"], 10) == 0.5


def test_oracle_is_the_best_pair_and_keeps_to_the_budget() -> None:
    documents = [["The old bridge fell.", "Nobody cares at all."], ["Ships ran aground."]]
    reference = ["The old bridge fell and ships ran aground."]
    assert oracle(documents, reference, 7) == ["The old bridge fell.", "Ships ran aground."]
    assert oracle(documents, reference, 6) == ["The old bridge fell."]
    assert oracle(documents, ["Something else"], 7) == []


def test_interval_and_significance() -> None:
    values = np.arange(100.0)
    low, high = interval(values)
    # A mean of 49.5 with a standard error of 2.89.
    assert low == pytest.approx(49.5 - 1.96 * 2.887, abs=0.7)
    assert high == pytest.approx(49.5 + 1.96 * 2.887, abs=0.7)
    assert interval(values) == (low, high)
    assert interval(np.array([3.0])) == (3, 3)
    assert significance(values, values) == 1
    assert significance(values + 1, values) < 0.01
    # Of 2 ** 4 exchanges of signs only two give a difference as large.
    assert significance(np.ones(4), np.zeros(4)) == pytest.approx(2 / 16)


def result_of(system: str, *, topics: tuple[str, ...] = ("a", "b"), plus: float = 0) -> Result:
    """Make a result with a figure for each topic."""
    names = ("R1", "R2", "RLsum", "redundancy", "dangling", "sources", "use", "ms")
    figures = {name: [1.0 + plus + n for n in range(len(topics))] for name in names}
    return Result("own", system, "signature", 40, False, 9.0, (), topics, figures)


def test_results_are_kept_topic_by_topic(tmp_path: Path) -> None:
    kept = result_of("sumy LexRank")
    path = save(kept, tmp_path / "results")
    assert path.name == "own.sumy-LexRank.json"
    assert load(tmp_path / "results") == [kept]
    path.write_text(path.read_text().replace('"a", "b"', '"a"'))
    with pytest.raises(ValueError, match="not one figure for each topic"):
        load(tmp_path / "results")
    path.write_text("{}")
    with pytest.raises(ValueError, match=r"sumy-LexRank\.json: is not a result"):
        load(tmp_path / "results")


def invoke(*arguments: object) -> str:
    """Run ``python -m benchmarks`` in this process and return what it prints."""
    done = CliRunner().invoke(main, list(map(str, arguments)))
    assert done.exit_code == 0, done.output
    return done.output


def test_other_weights_give_other_figures_and_are_not_saved(tmp_path: Path) -> None:
    model = json.loads((shipped_model("salience")[0] / "weights.json").read_text(encoding="utf-8"))
    for column in model["features"].values():
        for term in TERMS:
            column[term] *= -1
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(model), encoding="utf-8")
    run = ("run", "--corpus", f"tiny={TINY}", "--words", 40)
    scored = [invoke(*run, *more).split()[-13:-3] for more in ((), ("--weights", file))]
    assert scored[0] != scored[1]
    refused = CliRunner().invoke(main, [*map(str, run), "--weights", str(file), "--save"])
    assert refused.exit_code == 2
    assert "leave out --weights" in refused.output


def test_run_and_report_on_the_corpus_that_travels_along(tmp_path: Path) -> None:
    systems = ["summarizer", "lead", "round-robin lead", "random", "oracle"]
    chosen = [part for system in systems for part in ("--system", system)]
    saving = ("--save", "--results", tmp_path)
    printed = invoke("run", "--corpus", f"tiny={TINY}", "--words", 40, *chosen, *saving)
    for name in systems:
        assert f"\n{name}  " in printed
    results = {result.system: result for result in load(tmp_path)}
    assert set(results) == set(systems)
    assert all(result.failures == () for result in results.values())
    assert all(max(result.figures["use"]) <= 1 for result in results.values())
    assert results["oracle"].values("R1").mean() > results["summarizer"].values("R1").mean()
    assert results["summarizer"].values("R2").mean() > results["random"].values("R2").mean()

    report = tmp_path / "RESULTS.md"
    invoke("report", "--results", tmp_path, "-o", report)
    text = report.read_text()
    mean = results["summarizer"].values("R2").mean()
    assert f"{mean:.1f} [" in text
    assert "![ROUGE-2 against time on tiny](tiny.svg)" in text
    drawn = (tmp_path / "tiny.svg").read_bytes()
    assert b"round-robin lead" in drawn
    invoke("report", "--results", tmp_path, "-o", report)
    assert (report.read_text(), (tmp_path / "tiny.svg").read_bytes()) == (text, drawn)


@pytest.mark.parametrize(
    ("kept", "message"),
    [
        ([], "holds no results"),
        ([result_of("lead"), result_of("random", topics=("a",))], "run both again"),
    ],
)
def test_report_of_what_does_not_fit(tmp_path: Path, kept: list[Result], message: str) -> None:
    for result in kept:
        save(result, tmp_path)
    done = CliRunner().invoke(main, ["report", "--results", str(tmp_path)])
    assert done.exit_code == 1
    assert message in done.output


def test_report_sets_summarizer_against_the_best_peer(tmp_path: Path) -> None:
    topics = tuple("abcdefgh")
    for system, plus in (("summarizer", 5), ("sumy LexRank", 2), ("sumy LSA", 1), ("lexrank", 0)):
        save(result_of(system, topics=topics, plus=plus), tmp_path)
    report = tmp_path / "RESULTS.md"
    invoke("report", "--results", tmp_path, "-o", report)
    row = next(line for line in report.read_text().splitlines() if line.startswith("| own"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[:5] == ["own", "8", "9.5", "6.5", "+3.0 (p .008)"]
    assert cells[8] == "sumy LexRank"


def test_a_system_that_fails_or_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    topics = [Topic("t", (Document("d", "One word. Another word."),), ("A word.",))]
    settings = Settings(words=1)
    problems = [pose(topics[0], settings)]
    result = run("own", SYSTEMS["lead"], topics, problems, settings)
    assert result.failures == ("t",)
    assert result.values("R1").tolist() == [0]
    broken = System("broken", "baseline", "baseline", ("nothing",))
    with pytest.raises(RuntimeError, match=r"broken: ended with 2: .*invalid choice"):
        run("own", broken, topics, problems, settings)
    monkeypatch.setattr("benchmarks.systems.ENVIRONMENTS", Path("/nowhere"))
    with pytest.raises(RuntimeError, match=r"sumy LSA: .* run `make peers`"):
        run("own", SYSTEMS["sumy LSA"], topics, problems, settings)


def test_centroid_takes_what_the_sentences_have_in_common() -> None:
    text = "The old bridge fell. The old bridge fell down. Ships ran aground. Cats sleep."
    topics = [Topic("t", (Document("d", text),), ("The old bridge fell.",))]
    settings = Settings(words=4)
    result = run("own", SYSTEMS["greedy centroid"], topics, [pose(topics[0], settings)], settings)
    assert result.failures == ()
    assert result.values("R2").tolist() == [100]


def test_measure_of_an_answer() -> None:
    topic = Topic("t", (Document("d", "The old bridge fell."),), ("The old bridge fell.",))
    settings = Settings(words=8)
    answer = Answer("t", ("The old bridge fell.",), 3.0, 1.0)
    row = measure(answer, topic, pose(topic, settings), settings)
    assert (row["R2"], row["sources"], row["use"], row["ms"]) == (100, 1, 0.5, 3)


@pytest.mark.parametrize("line", ["{", "[]", '{"documents": [{}], "references": []}', "{}"])
def test_malformed_corpus_names_the_line(tmp_path: Path, line: str) -> None:
    corpus = tmp_path / "bad.jsonl"
    corpus.write_text(line)
    with pytest.raises(ValueError, match=r"bad\.jsonl:1: is not a topic"):
        list(read_topics(corpus))


def test_report_is_that_of_the_kept_results() -> None:
    report = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    sections = dict(part.split("\n", 1) for part in report.split("\n## ")[1:])
    results = load(ROOT / "benchmarks" / "results")
    assert {result.corpus for result in results} <= set(sections)
    for result in results:
        section = sections[result.corpus]
        assert result.signature.partition(" | ")[2] in section
        if SYSTEMS[result.system].kind != "ablation":
            rows = [line for line in section.splitlines() if line.startswith("| ")]
            row = next(row for row in rows if row.split("|")[1].strip() == result.system)
            for measure in ("R1", "R2", "RLsum"):
                assert f" {result.values(measure).mean():.1f} [" in row


def test_readme_shows_the_first_table_of_the_report() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    report = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    table = report.partition("## Against the best peer\n\n")[2].partition("\n\n")[0].strip()
    assert table.count("\n") > 5
    assert table in readme


def test_sts_lines(tmp_path: Path) -> None:
    pairs = tmp_path / "sts.csv"
    pairs.write_text("news\tf\t2012\t1\t4.5\tA ship sank.\tA boat sank.\n")
    assert read_pairs(pairs) == [("news", 4.5, "A ship sank.", "A boat sank.")]
    pairs.write_text("news\tf\n")
    with pytest.raises(ValueError, match=r"sts\.csv:1: is not a line"):
        read_pairs(pairs)


@pytest.mark.parametrize(
    ("corpus", "message"), [("x", "write NAME=PATH"), ("x=/nowhere", "No such file")]
)
def test_wrong_corpus_is_one_line(corpus: str, message: str) -> None:
    result = CliRunner().invoke(main, ["run", "--corpus", corpus])
    assert result.exit_code > 0
    assert message in result.output


def test_also_accepts_what_says_the_same() -> None:
    ones = ["The fire destroyed 12 houses in the old harbour.", "A minister will visit Norway."]
    others = [
        "A fire destroyed 12 houses in the old harbour, they said.",
        "The ship sank on Monday.",
    ]
    cosines, also = accepted(ones * 5, others * 5, load_encoder("static"))
    assert cosines.shape == (10,)
    assert also.tolist() == [True, False] * 5
