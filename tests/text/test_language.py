"""The language of a text, its stop words and its stemmer."""

import pytest

from summarizer.rank.concepts import stem_texts
from summarizer.text import language as languages
from summarizer.text.language import detect_language, language

TEXTS = {
    "en": "The mayor said that the bridge will be closed on Monday because it is not safe.",
    "fr": "Le maire a dit que le pont sera fermé lundi parce qu'il n'est pas sûr pour les gens.",
    "de": "Der Bürgermeister sagte, dass die Brücke am Montag gesperrt wird, weil sie nicht sicher ist.",
    "es": "El alcalde dijo que el puente se cerrará el lunes porque no es seguro para la gente.",
    "ru": "Мэр сказал, что мост будет закрыт в понедельник, потому что он не безопасен для людей.",
    "ar": "قال رئيس البلدية إن الجسر سوف يغلق يوم الاثنين لأنه غير آمن على الناس في المدينة",
    "hi": "मेयर ने कहा कि पुल सोमवार को बंद कर दिया जाएगा क्योंकि यह लोगों के लिए सुरक्षित नहीं है",
    "el": "Ο δήμαρχος είπε ότι η γέφυρα θα κλείσει τη Δευτέρα επειδή δεν είναι ασφαλής.",
    "he": "ראש העיר אמר שהגשר ייסגר ביום שני כי הוא אינו בטוח לתושבים.",
    "tr": "Belediye başkanı, köprünün güvenli olmadığı için pazartesi günü kapatılacağını söyledi.",
    "no": "Borgermesteren sa at broen blir stengt på mandag fordi den ikke er trygg lenger.",
    "ja": "市長は、橋が安全ではないため月曜日に閉鎖されると述べた。",
    "ko": "시장은 다리가 안전하지 않아 월요일에 폐쇄된다고 말했다.",
    "zh": "市长说，这座桥不安全，所以星期一将关闭。",
    "th": "นายกเทศมนตรีกล่าวว่าสะพานจะปิดในวันจันทร์เพราะไม่ปลอดภัย",
}


@pytest.mark.parametrize("code", TEXTS)
def test_language_of_a_sentence(code: str) -> None:
    assert detect_language(TEXTS[code]) == code


@pytest.mark.parametrize("text", ["", "1234 5678", "!!!", "foo bar baz"])
def test_what_is_in_no_language(text: str) -> None:
    assert detect_language(text) == ""


def test_only_the_beginning_decides() -> None:
    assert detect_language(TEXTS["de"] * 250 + TEXTS["ru"] * 1000) == "de"


@pytest.mark.parametrize(
    ("code", "name", "plural", "stem"),
    [
        ("en-GB", "english", "bridges", "bridg"),
        ("nb", "norwegian", "hestene", "hest"),
        ("lt", "lithuanian", "tiltai", "tilt"),
        ("", "", "bridges", "bridges"),
        ("xx", "", "bridges", "bridges"),
    ],
)
def test_what_is_known_of_a_language(code: str, name: str, plural: str, stem: str) -> None:
    known = language(code)
    assert known.name == name
    assert known.stem(plural) == stem
    assert bool(known.stop_words) is (name in ("english", "norwegian"))


def test_stems_and_stop_words_are_those_of_the_language() -> None:
    texts = [TEXTS["fr"], "Les ponts sont fermés pour les gens."]
    stems = stem_texts(texts, language("fr"))
    words = dict(zip(stems.stems, stems.content.tolist(), strict=True))
    assert words["pont"]
    assert not words["sont"]
    assert "ponts" not in words


def test_memory_of_stems_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[str, str] = {}
    monkeypatch.setattr(languages, "_KNOWN", {"english": known})
    monkeypatch.setattr(languages, "_MOST_KNOWN", 2)
    stem = language("en").stem
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
