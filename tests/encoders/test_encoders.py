"""Encoders, shipped weights, and what becomes of bad vectors."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Encoder, EncoderError, load_encoder
from summarizer.encoders import Embedder, embed, tells_apart
from summarizer.encoders.models import SentenceTransformerEncoder, StaticEncoder, Tokens
from summarizer.settings import Settings
from summarizer.text import assets


class Recorder:
    """An encoder that notes what it is asked and returns what it is told."""

    def __init__(self, rows: object = None) -> None:
        self.asked: list[str] = []
        self.rows = rows

    def encode(self, sentences: list[str], /) -> object:
        """Note the sentences; return the rows told, or some."""
        self.asked.extend(sentences)
        if self.rows is not None:
            return self.rows
        return [[len(text), 1] for text in sentences]


def test_each_sentence_is_encoded_once_in_an_order_of_its_own() -> None:
    encoder = Recorder()
    vectors = embed(encoder, ["ccc", "a", "bb", "a"])
    assert encoder.asked == ["a", "bb", "ccc"]
    expected = np.array([[3, 1], [1, 1], [2, 1], [1, 1]], dtype=np.float64)
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(vectors, expected, rtol=1e-6)
    assert vectors.dtype == np.float32


def test_a_run_embeds_each_sentence_once() -> None:
    encoder = Recorder()
    embedder = Embedder(encoder)
    first, second = embedder(["a", "bb", "a"]), embedder(["ccc", "bb"])
    assert encoder.asked == ["a", "bb", "ccc"]
    np.testing.assert_array_equal(first, embed(Recorder(), ["a", "bb", "a"]))
    np.testing.assert_array_equal(second, embed(Recorder(), ["ccc", "bb"]))
    assert embedder(["bb"]).tolist() == second[1:].tolist()
    assert len(embedder([])) == 0
    assert encoder.asked == ["a", "bb", "ccc"]


def test_no_sentences_and_zero_vectors() -> None:
    assert embed(Recorder(), []).shape[0] == 0
    np.testing.assert_array_equal(embed(Recorder([[0.0, 0.0]]), ["a"]), [[0, 0]])


def test_progress_ends_at_the_number_of_different_sentences() -> None:
    calls: list[tuple[int, int]] = []
    embed(Recorder(), [str(number % 300) for number in range(900)], lambda *c: calls.append(c))
    assert calls == [(256, 300), (300, 300)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([1.0, 2.0], r"shape \(2,\) for 2 sentences"),
        ([[1.0]], r"shape \(1, 1\) for 2 sentences"),
        ([[1.0], [float("nan")]], "not finite"),
        ([[1.0], [2.0, 3.0]], "not vectors"),
        (["one", "two"], "not vectors"),
        (object(), "not vectors"),
    ],
)
def test_bad_vectors(rows: object, message: str) -> None:
    with pytest.raises(EncoderError, match=message):
        embed(Recorder(rows), ["a", "b"])


def test_failure_within_an_encoder_is_said_in_one_line() -> None:
    class Failing:
        def encode(self, sentences: list[str], /) -> object:
            """Fail as a library would."""
            raise RuntimeError(f"out of memory at {sentences[0]}")

    with pytest.raises(EncoderError, match="the encoder failed: out of memory at a"):
        embed(Failing(), ["a"])


def test_vectors_of_different_lengths() -> None:
    class Growing:
        def encode(self, sentences: list[str], /) -> object:
            """Return rows as long as the batch."""
            return np.ones((len(sentences), len(sentences)))

    with pytest.raises(EncoderError, match="different lengths"):
        embed(Growing(), [str(number) for number in range(300)])


def test_halves_of_surrogate_pairs_are_kept_from_encoders(minilm: Encoder) -> None:
    assert embed(minilm, ["a \ud800 b", "c"]).shape == (2, 384)


def test_minilm_gives_the_similarities_its_documentation_shows(minilm: Encoder) -> None:
    """The worked example of sbert.net (Usage, Computing Embeddings), as far as half-precision weights go."""
    rows = minilm.encode(
        ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    )
    published = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]
    np.testing.assert_allclose(rows @ rows.T, published, atol=3e-4)


def test_minilm_is_indifferent_to_the_batch(minilm: Encoder) -> None:
    texts = [f"Sentence number {n} is {'quite ' * n}long." for n in range(20)]
    together = minilm.encode(texts)
    alone: npt.NDArray[np.float32] = np.vstack([minilm.encode([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-6)
    assert together.shape == (20, 384)


def test_multilingual_gives_a_sentence_the_vector_of_its_translation() -> None:
    texts = [
        "The river burst its banks on Tuesday night.",
        "Der Fluss trat in der Nacht zum Mittwoch über die Ufer.",
        "河水在周二晚上决堤了。",
        "Le prix du pain a doublé en un an.",
        "The price of bread doubled within a year.",
    ]
    rows = load_encoder("multilingual").encode(texts)
    cosines = rows @ rows.T
    assert rows.shape == (5, 512)
    assert min(cosines[0, 1], cosines[0, 2], cosines[3, 4]) > cosines[:3, 3:].max() + 0.3


def test_multilingual_is_indifferent_to_the_batch() -> None:
    encoder = load_encoder("multilingual")
    texts = [f"Satz Nummer {n} ist {'recht ' * n}lang." for n in range(20)]
    alone: npt.NDArray[np.float32] = np.vstack([encoder.encode([text]) for text in texts])
    np.testing.assert_allclose(encoder.encode(texts), alone, atol=1e-6)


def test_minilm_equals_sentence_transformers_on_the_same_weights(minilm: Encoder) -> None:
    texts = ["A test.", "It rained " + "all day and " * 300 + "night.", "今日は", "The test ended."]
    folder, _ = assets.shipped_model("minilm")
    peer = load_encoder(str(folder))
    assert isinstance(peer, SentenceTransformerEncoder)
    assert peer.name == f"{folder}@{assets.folder_digest(folder)[:12]}"
    assert getattr(minilm, "name", "") == f"minilm@{assets.shipped_model('minilm')[1][:12]}"
    np.testing.assert_allclose(minilm.encode(texts), peer.encode(texts), atol=1e-5)


def test_static_equals_sentence_transformers_on_the_same_weights(static: Encoder) -> None:
    texts = [
        "A test.",
        "It rained " + "all day and " * 300 + "night.",
        "今日は",
        "",
        "The test ended.",
    ]
    peer = load_encoder(str(assets.shipped_model("static")[0]))
    assert isinstance(peer, SentenceTransformerEncoder)
    ours, theirs = static.encode(texts), np.nan_to_num(peer.encode(texts))
    np.testing.assert_allclose(ours, theirs, atol=1e-5)
    assert ours.shape == (5, 256)
    assert not ours[3].any()


@given(st.text(st.sampled_from("aÉ[]PAD#'’文한ς\u0301\u3000\t\0 ")) | st.text())
def test_static_finds_the_same_tokens_word_by_word(text: str) -> None:
    tokens = _tokens()
    whole = tokens.tokenizer.encode(text, add_special_tokens=False).ids
    assert tokens.of(text) == whole == tokens.of(text)


def test_memory_of_tokens_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.encoders.models._MOST_KNOWN", 2)
    tokens = Tokens(_tokens().tokenizer)
    text = f"one two {'long' * 9} three"
    assert tokens.of(text) == tokens.tokenizer.encode(text, add_special_tokens=False).ids
    assert list(tokens) == ["three"]


@cache
def _tokens() -> Tokens:
    encoder = load_encoder("static")
    assert isinstance(encoder, StaticEncoder)
    return encoder.tokens


def test_static_orders_similarities_as_minilm_does(static: Encoder, minilm: Encoder) -> None:
    texts = [
        "The mayor closed the old bridge on Monday.",
        "On Monday, the old bridge was closed by the mayor.",
        "Engineers found rust in the cables of the bridge.",
        "The ferry will carry cars over the river.",
        "A cat slept on the sofa.",
    ]
    for encoder in (static, minilm):
        rows = encoder.encode(texts)
        assert np.argsort(-(rows @ rows[0]))[:3].tolist() == [0, 1, 2]


def test_changed_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _ = assets.shipped_model("minilm")
    copy = tmp_path / "models" / "minilm"
    copy.mkdir(parents=True)
    monkeypatch.setattr(assets, "__file__", str(tmp_path / "summarizer" / "text" / "x.py"))
    check = assets.shipped_model.__wrapped__  # without the memory of this process
    for name in assets.SHIPPED["minilm"]:
        with pytest.raises(EncoderError, match=f"{name}: is missing"):
            check("minilm")
        shutil.copy(folder / name, copy)
    assert check("minilm")[0] == copy
    for size in (1000, 0):
        with (copy / "tokenizer.json").open("r+b") as opened:
            opened.truncate(size)
        with pytest.raises(EncoderError, match=r"tokenizer\.json: was changed or cut"):
            check("minilm")


def test_names_that_are_no_model(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no such folder"):
        load_encoder(str(tmp_path / "nowhere"))
    with pytest.raises(EncoderError, match="holds no sentence-transformers model"):
        load_encoder(str(tmp_path))
    for name in ("", "a" * 300, "x\0y"):
        with pytest.raises(EncoderError):
            load_encoder(name)


def test_hub_name_without_network_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    for name in ("nobody/nothing", "mini"):
        with pytest.raises(EncoderError, match=rf"{name}: cannot be loaded.*name a folder"):
            load_encoder(name)


@pytest.mark.parametrize(
    ("count", "cosine", "known"),
    [(20, 0.39, True), (20, 0.41, False), (19, 0.94, True), (19, 0.96, False)],
)
def test_encoder_that_does_not_know_a_language_makes_all_alike(
    count: int, cosine: float, known: bool
) -> None:
    vectors = np.hstack([np.full((count, 1), cosine**0.5), np.eye(count) * (1 - cosine) ** 0.5])
    assert tells_apart(vectors.astype(np.float32), Settings()) is known
    copies = np.repeat(np.eye(4, 30, dtype=np.float32), 10, axis=0)
    assert tells_apart(copies, Settings())


def test_instructions_and_longest_input_are_those_of_the_model(tmp_path: Path) -> None:
    folder, _ = assets.shipped_model("minilm")
    shutil.copytree(folder, tmp_path / "m")
    plain = load_encoder(str(tmp_path / "m"))
    settings = tmp_path / "m" / "config_sentence_transformers.json"
    stored = json.loads(settings.read_text())
    stored |= {"prompts": {"near": "find: "}, "default_prompt_name": "near"}
    settings.write_text(json.dumps(stored))
    (tmp_path / "m" / "sentence_bert_config.json").write_text('{"max_seq_length": 6}')
    changed = load_encoder(str(tmp_path / "m"))
    assert getattr(changed, "name", "") != getattr(plain, "name", "")
    short, long = changed.encode(["old bridge", "old bridge over the river"])
    np.testing.assert_allclose(short, plain.encode(["find: old bridge"])[0], atol=1e-5)
    np.testing.assert_allclose(short, long, atol=1e-5)


@pytest.mark.parametrize("given", [None, "0"])
def test_onnxruntime_is_told_to_call_nobody(given: str | None) -> None:
    code = (
        "import os; from summarizer import load_encoder; load_encoder('minilm').encode(['One.']); "
        "print(os.environ['ORT_DISABLE_TELEMETRY'])"
    )
    environment = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"}
    environment |= {"ORT_DISABLE_TELEMETRY": given} if given else {}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == (given or "1")


def test_the_static_model_of_many_languages_finds_translations() -> None:
    sentences = [
        ("The doctors closed the hospital.", "Los médicos cerraron el hospital."),
        ("The children play football in the park.", "Dzieci grają w piłkę nożną w parku."),
        ("The price of bread has risen.", "パンの値段が上がった。"),
        ("The river flooded the city.", "Floden översvämmade staden."),
    ]
    encoder = load_encoder("static_multilingual")
    english, others = (embed(encoder, list(texts)) for texts in zip(*sentences, strict=True))
    assert (english @ others.T).argmax(axis=1).tolist() == [0, 1, 2, 3]
    np.testing.assert_array_equal(embed(encoder, ["DOCTORS"]), embed(encoder, ["doctors"]))


def test_auto_embeds_texts_by_the_model_for_their_language() -> None:
    encoder = load_encoder()
    for model, texts in (
        ("static", ["The doctors closed the hospital.", "It was too old for the patients."]),
        ("static_multilingual", ["Die Ärzte schlossen das Krankenhaus.", "Es war zu alt."]),
    ):
        np.testing.assert_array_equal(encoder.encode(texts), load_encoder(model).encode(texts))
        assert f"{model}@{assets.shipped_model(model)[1][:12]}" in getattr(encoder, "name", "")


def test_no_language_makes_all_its_sentences_alike() -> None:
    sentences = [
        "सरकार ने सोमवार को कहा है कि इस साल के अंत तक शहर के सभी पुराने अस्पतालों को बंद कर दिया जाएगा।",
        "खिलाड़ियों ने कहा है कि वे अगले महीने फिर से खेलने के लिए यहाँ आने वाले हैं और बच्चे भी आएँगे।",
    ]
    one, other = embed(load_encoder("static_multilingual"), sentences)
    assert one @ other < 0.2  # .4 before the directions of languages were taken out
