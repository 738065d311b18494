"""Sources of one subject in several languages."""

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
