"""Subjects in other languages than English, and in several."""

import subprocess
import sys
from typing import Any

from summarizer import Document, Settings, summarize
from summarizer.evidence import EvidenceSettings

ENGLISH = (
    "The river Odra burst its banks in Ostrava on Tuesday night, and 1,200 people left their homes. "
    "Firefighters used boats to bring 45 patients out of the city hospital. "
    "The mayor said that the damage would cost at least 30 million euros."
)
LATER = (
    "Soldiers filled sandbags along the Odra all day on Wednesday. The hospital of Ostrava was "
    "closed after its cellar filled with water. Schools in the city will stay shut until Monday. "
    "The weather service expects no more rain this week."
)
SPANISH = (
    "El río Odra se desbordó en Ostrava el martes por la noche y 1.200 personas abandonaron sus "
    "casas. Los bomberos utilizaron barcas para sacar a 45 pacientes del hospital de la ciudad. El "
    "alcalde dijo que los daños costarían al menos 20 millones de euros."
)
DOCUMENTS = [Document("a", ENGLISH), Document("b", LATER), Document("c", SPANISH)]


def test_a_summary_is_in_one_language_and_its_evidence_in_all() -> None:
    summary = summarize(DOCUMENTS, words=100)
    assert {sentence.source for sentence in summary.sentences} == {1, 2}
    named = {
        sentence.text[:12]: [(passage.source, passage.language) for passage in sentence.agreeing]
        for sentence in summary.sentences
    }
    assert named["The river Od"] == named["Firefighters"] == [(3, "es")]
    assert named["The mayor sa"] == []  # 30 million are not 20 million
    assert "also 3 (es)" in str(summary)
    assert "[^3] (es)" in summary.to_markdown()
    assert "1 document is in another language (es) than the summary (en)" in summary.warnings[0]
    assert all(
        SPANISH[passage.start : passage.end] == passage.text
        for sentence in summary.sentences
        for passage in sentence.agreeing
    )


def test_languages_that_the_encoder_does_not_know_are_not_compared() -> None:
    settings = Settings(evidence=EvidenceSettings(translated=frozenset({"en", "fr"})))
    summary = summarize(DOCUMENTS, words=100, settings=settings)
    assert {sentence.source for sentence in summary.sentences} == {1, 2}
    assert not any(sentence.agreeing for sentence in summary.sentences)


def test_the_language_of_a_summary_can_be_chosen() -> None:
    summary = summarize(DOCUMENTS, words=100, language="es-MX")
    assert {sentence.source for sentence in summary.sentences} == {3}
    assert [passage.source for passage in summary.sentences[0].agreeing] == [1]
    assert "language es" in summary.signature
    backed = summarize(DOCUMENTS, words=100, min_sources=2)
    assert [sentence.text[:12] for sentence in backed.sentences] == ["The river Od", "Firefighters"]


def test_every_language_is_quoted_where_all_is_kept() -> None:
    summary = summarize(DOCUMENTS, words=200, keep_all=True)
    assert {sentence.source for sentence in summary.sentences} == {1, 2, 3}


def test_a_translation_raises_the_weight_of_what_it_translates() -> None:
    last, settings = "The weather service expects no more rain", Settings(open_first=False)
    weather = "El servicio meteorológico no espera más lluvia esta semana. "
    other = "El precio del pan subió mucho el año pasado en toda la región. "

    def weight(text: str) -> float:
        summary = summarize([ENGLISH, LATER, text * 5], words=200, language="en", settings=settings)
        (number,) = (n for n, s in enumerate(summary.sentences) if s.text.startswith(last))
        return summary.explanations[number].weight

    assert weight(weather) > 1.2 * weight(other)
    settings = Settings(open_first=False, counted_translation=0.99)
    assert weight(weather) == weight(other)


def test_characters_are_counted_where_a_script_has_no_blanks() -> None:
    chinese = "北京市政府星期二宣布,将投资三十亿元修建新的地铁线路。新线路全长四十公里。"
    summary = summarize([chinese], words=60)
    assert summary.warnings == (
        "only 34 of 60 words, here characters, are used: the sources hold no more",
    )


BRIDGE = (
    "Die alte Brücke über die Elbe bei Wehlen ist seit Montag für den Verkehr gesperrt. Ein "
    "Gutachter fand Risse in zwei Pfeilern der Brücke. Autofahrer müssen einen Umweg von vierzig "
    "Kilometern nehmen. Die Reparatur der Pfeiler dauert mindestens ein Jahr.",
    "Nach der Sperrung der Brücke über die Elbe fordern Händler in Wehlen schnelle Hilfe. Viele "
    "Autofahrer meiden wegen des Umwegs die Altstadt. Die Stadt will eine Fähre einsetzen, bis die "
    "Pfeiler repariert sind. Die Risse hatte ein Gutachter gefunden.",
    "Das Land will eine neue Brücke in Wehlen bezahlen, sagte der Verkehrsminister am Montag an der "
    "Elbe. Die Pfeiler der alten Brücke haben Risse und sind nicht zu retten. Bis zur Eröffnung "
    "müssen Autofahrer den Umweg nehmen oder die Fähre benutzen.",
)
BREAD = (
    "Für ein gutes Brot braucht man nur Mehl, Wasser, Salz und Hefe. Der Teig muss lange geknetet "
    "werden und über Nacht im Kühlschrank ruhen. Am Morgen heizt man den Ofen so heiß wie möglich "
    "vor. Eine Schale mit heißem Wasser sorgt für eine knusprige Kruste."
)


def test_the_default_model_knows_the_language_of_what_is_quoted() -> None:
    def model(texts: list[str], **options: Any) -> str:
        return summarize(texts, **options).signature.split(" | ")[1].partition("@")[0]

    english = [ENGLISH, LATER]
    assert model(english) == "model static"
    assert model([*english, SPANISH]) == "model static"  # the Spanish one is not quoted
    assert model([*english, SPANISH], keep_all=True) == "model static_multilingual"
    assert model([*english, SPANISH], language="es") == "model static_multilingual"
    assert model(list(BRIDGE)) == "model static_multilingual"
    assert model(list(BRIDGE), encoder="static") == "model static"
    # Of too few letters to tell the language of each, all together tell.
    assert model(["Die Brücke über die Elbe ist seit Montag gesperrt."]) == (
        "model static_multilingual"
    )
    short = [f"{text[:90]}." for text in BRIDGE]
    assert model([*short, ENGLISH[:120]]) == "model static_multilingual"
    # A few words in another language among English ones are no reason to change the model.
    assert model([*english, "Die Brücke ist gesperrt."], keep_all=True) == "model static"
    # What no model knows is compared as ever.
    swahili = "Daraja la zamani juu ya mto limefungwa tangu Jumatatu kwa magari yote ya mji. " * 4
    assert model([swahili]) == "model static"


def test_a_document_off_topic_is_told_in_other_languages() -> None:
    left_out = [
        any("something else" in warning for warning in summarize([*BRIDGE, BREAD], **own).warnings)
        for own in ({"words": 60}, {"words": 60, "encoder": "static"})
    ]
    assert left_out == [True, False]


def test_english_does_not_pay_for_other_languages() -> None:
    code = (
        "import sys; opened = []; "
        "sys.addaudithook(lambda event, given: opened.append(str(given[0])) "
        "if event == 'open' else None); "
        "from summarizer import summarize; summarize([sys.argv[1]]); "
        "print(any('/static/' in path for path in opened), "
        "any('static_multilingual' in path for path in opened))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, ENGLISH], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "False"]
