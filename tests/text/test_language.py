"""Languages are told by their stop words."""

from collections import Counter

import pytest

from summarizer.rank.concepts import stem_sentences
from summarizer.text import language as languages
from summarizer.text.language import detect_language
from summarizer.text.tokens import tokenize

TEXTS = {
    "english": "The mayor said that the bridge will be closed on Monday because it is not safe.",
    "french": "Le maire a dit que le pont sera fermé lundi parce qu'il n'est pas sûr pour les gens.",
    "german": "Der Bürgermeister sagte, dass die Brücke am Montag gesperrt wird, weil sie nicht sicher ist.",
    "spanish": "El alcalde dijo que el puente se cerrará el lunes porque no es seguro para la gente.",
    "russian": "Мэр сказал, что мост будет закрыт в понедельник, потому что он не безопасен для людей.",
    "arabic": "قال رئيس البلدية إن الجسر سوف يغلق يوم الاثنين لأنه غير آمن على الناس في المدينة",
    "hindi": "मेयर ने कहा कि पुल सोमवार को बंद कर दिया जाएगा क्योंकि यह लोगों के लिए सुरक्षित नहीं है",
    "": "xyzzy plugh frobnicate quux corge grault garply waldo fred",
}


@pytest.mark.parametrize("name", TEXTS)
def test_language_of_a_sentence(name: str) -> None:
    assert detect_language(Counter(tokenize(TEXTS[name]))).name == name


def test_nothing_is_in_no_language() -> None:
    language = detect_language({})
    assert language.name == ""
    assert language.stem("ships") == "ships"


def test_stems_and_stop_words_are_those_of_the_language() -> None:
    stems = stem_sentences([TEXTS["french"], "Les ponts sont fermés pour les gens."])
    words = dict(zip(stems.stems, stems.content.tolist(), strict=True))
    assert words["pont"]
    assert not words["sont"]
    assert "ponts" not in words


def test_memory_of_stems_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[str, str] = {}
    monkeypatch.setattr(languages, "_KNOWN", {"english": known})
    monkeypatch.setattr(languages, "_MOST_KNOWN", 2)
    stem = detect_language(Counter(tokenize(TEXTS["english"]))).stem
    words = ["bridges", "ferries", "x" * 40, "bridges", "mayors", "x" * 40]
    assert [stem(word) for word in words] == [
        "bridg",
        "ferri",
        "x" * 40,
        "bridg",
        "mayor",
        "x" * 40,
    ]
    assert known == {"mayors": "mayor"}
