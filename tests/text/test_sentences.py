"""Sentences and their offsets."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.sentences import split_sentences

from ..timing import is_linear


def sentences(text: str) -> list[str]:
    """Split a text that is all body."""
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["sales fell.", "the council sold it.", "engineers agreed."],
        ["Sales fell.", "eBay rose.", "The council sold it."],
        ["He spoke of it.", "“If we want it.", "It starts here,” Blinken said.", "He left."],
        ["The U.S. Secretary met Mr. Smith at 5 p.m. on Monday.", "It rained."],
        ["It rose 3.5 percent, e.g. in Rome.", "J. K. Rowling et al. disagree."],
        ["Gov. Kate Brown signed.", "Sen. Lee (R-Utah) did not."],
        ["Then... nothing… really?", "Yes!"],
        ["“Are you sure?” he asked.", "“I am.”"],
        ["The bill rose by approx. five percent.", "Good."],
        ["See www.Example.com for more.", "Or write."],
        ["سنذهب غدا.", "هل ستأتي؟", "نعم."],
        ["今日は天気がいい。", "明日は雨です！"],
        ["वह घर गया।", "फिर सो गया।"],
        ["Il est parti.", "« Pourquoi ? » demanda-t-elle."],
    ],
)
def test_boundaries(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_glued_sentences_are_parted() -> None:
    glued = "It could strike soon.Researchers agree.“We do,” they said."
    assert sentences(glued) == [
        "It could strike soon.",
        "Researchers agree.",
        "“We do,” they said.",
    ]


def test_list_numbers_stay_with_their_items() -> None:
    assert sentences("1. The first item is here. 2. The second one too.") == [
        "1. The first item is here.",
        "2. The second one too.",
    ]


def test_wrapped_sentence_is_one_and_verbatim() -> None:
    assert sentences("A line that\nwas wrapped. Next\r\none.") == [
        "A line that\nwas wrapped.",
        "Next\r\none.",
    ]


@pytest.mark.parametrize(
    ("unit", "length"),
    [("! ", 0), ("@", 0), ("abc def. ", 8), ("“Abc def. ", 9), ("a", 200_000)],
)
def test_monotonous_text_of_any_size_is_split(unit: str, length: int) -> None:
    """A step that is quadratic in the text would take minutes here."""
    found = sentences(unit * (200_000 // len(unit)))
    assert max(map(len, found), default=0) == length


@pytest.mark.parametrize("mark", ["[^1]", "[12]", "[1] [2]", " [^1]"])
def test_numbers_of_notes_are_not_quoted(mark: str) -> None:
    assert sentences(f"It fell.{mark} He left.{mark}") == ["It fell.", "He left."]
    assert sentences("In [3] they say so.") == ["In [3] they say so."]


def test_the_month_of_may_and_marks_of_code_end_no_sentence_late() -> None:
    found = sentences("The council will vote on 14 May. Tourists found few places.")
    assert found == ["The council will vote on 14 May.", "Tourists found few places."]
    found = sentences("Use `a` for the sum. The owners' club says it is fine.")
    assert found == ["Use `a` for the sum.", "The owners' club says it is fine."]


def test_halves_of_surrogate_pairs_do_not_stop_it() -> None:
    assert sentences("One \ud800 two. Three.") == ["One \ud800 two.", "Three."]


PIECES = st.sampled_from(
    ["Mr. ", "U.S. ", "“", "” ", ". ", "? ", "\n", "\r\n", "\0", "😀", "é", "a ", "B ", "3 ", "(", ") ",
     "「", "」", "。", "।", "Oh", "er.", "'' ", "... ", "ก ", ";", "ά", "न. "]
)  # fmt: skip
ANY_TEXT = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join)
CODES = st.sampled_from(["", "en", "de", "el", "fr", "hi", "ja", "th", "zh-TW", "xx"])
NOTE = re.compile(r"\[[^\[\]\n]{1,30}\](?::\d{1,5})?|[⁰¹²³⁴-⁹,–⁻-]+|\d{1,3}(?:[,–-]\d{1,3})*")


@given(ANY_TEXT, CODES)
def test_offsets_are_exact_and_nothing_said_is_lost(text: str, code: str) -> None:
    end = 0
    for left, right in [*split_sentences(text, code), (len(text), len(text))]:
        assert end <= left <= right <= len(text)
        assert text[left:right] == text[left:right].strip()
        assert not any(map(str.isalnum, NOTE.sub("", text[end:left])))
        end = right


@given(ANY_TEXT, CODES, st.text(" \n\t", max_size=9))
def test_blanks_around_a_paragraph_change_nothing(text: str, code: str, blanks: str) -> None:
    moved = split_sentences(blanks + text + blanks, code)
    assert [(a - len(blanks), b - len(blanks)) for a, b in moved] == split_sentences(text, code)


def test_sentence_of_a_script_without_blanks_may_open_with_a_digit() -> None:
    text = "大雨で町の中心部が水浸しになった。340人が学校に避難した。"
    assert sentences(text) == ["大雨で町の中心部が水浸しになった。", "340人が学校に避難した。"]


def parts(text: str, code: str | None = None) -> list[str]:
    """Split a paragraph of a language."""
    return [text[start:end] for start, end in split_sentences(text, code)]


# A sentence a line; as many abbreviations, ordinals, initials and quotations as stops.
GOLD = {
    "en": """The parcel weighs approx. 12 kilos and cost £3.50 to send.
Gen. Abbott met Ms. Ortega at 9 a.m. near St. Mary's.
Is that in vol. 3, pp. 44-46?
"Who left the gate open?" Ruth asked.
J. P. Dole Jr. said no.
Nobody else spoke.""",
    "de": """Am 7. Oktober fuhr Dr. Klein mit ca. 30 Gästen nach Ulm.
Die Kosten von 2,5 Mio. Euro trägt gem. § 3 Abs. 2 der Bund.
Im 19. Jahrhundert stand hier z. B. eine Mühle.
„Kommt er heute?“, fragte Anna.
Niemand wusste es.""",
    "fr": """M. Morel habite au n° 12 de l'av. Foch.
L'art. 5 fixe env. 30 jours de délai.
« Où est-il ? » demanda Mme Petit.
Personne ne répondit.""",
    "es": """El Sr. Vidal viajó a EE. UU. el 3 de mayo.
La pág. 45 cita a la Dra. Ríos.
¿Quién lo sabe?
Nadie contestó.""",
    "it": """Il dott. Bruni abita in via Roma n. 8.
L'art. 12 del regolamento vale dal 1998.
Chi lo ha detto?
Nessuno rispose.""",
    "pt": """O Sr. Matos mora na av. Central, n.º 5.
A Dra. Lima chegou às 10 h. da manhã.
Quem sabe?
Ninguém respondeu.""",
    "nl": """Dhr. Bakker woont o.a. in Utrecht.
Volgens art. 3 kost het ca. 20 euro.
Wie weet dat?
Niemand gaf antwoord.""",
    "sv": """Boken kostar ca 30 kr. och finns bl.a. i Lund.
Dr. Berg kom kl. 9 på morgonen.
Vem vet det?
Ingen svarade.""",
    "da": """Den 4. maj rejste dr. Holm til Aarhus.
Det koster ca. 30 kr. pr. person.
Hvem ved det?
Ingen svarede.""",
    "no": """Den 17. mai kom ca. 300 gjester.
Dr. Lie bor bl.a. i Bergen.
Hvem vet det?
Ingen svarte.""",
    "fi": """Kokous pidetään 3. toukokuuta klo 10.
Mukana oli n. 30 henkeä, esim. tri Laine.
Kuka tietää?
Kukaan ei vastannut.""",
    "cs": """Dne 5. června přijel dr. Novák s 30 hosty.
Podle čl. 3 odst. 2 stojí např. 20 Kč.
Kdo to ví?
Nikdo neodpověděl.""",
    "pl": """Prof. Zając mieszka przy ul. Długiej 5.
Zgodnie z art. 3 ust. 2 kosztuje ok. 20 zł.
Kto to wie?
Nikt nie odpowiedział.""",
    "hu": """A találkozó 2021. május 3. napján volt.
Dr. Kiss kb. 30 vendéggel érkezett.
Ki tudja?
Senki sem válaszolt.""",
    "ru": """В 1998 г. проф. И. П. Орлов жил на ул. Садовой.
Билет стоит 30 руб. и продаётся в кассе.
Кто это знает?
Никто не ответил.""",
    "uk": """У 1998 р. проф. І. П. Коваль жив у м. Львів.
Квиток коштує 30 грн. і продається в касі.
Хто це знає?
Ніхто не відповів.""",
    "el": """Ο κ. Λάμπρου ζει στην Πάτρα.
Πότε φεύγει το πλοίο;
Κανείς δεν απάντησε.""",
    "tr": """Prof. Dr. Kaya 19. yüzyıl üzerine konuştu.
Kitap 30 liraya, yani çok ucuza satıldı.
Kim biliyor?
Kimse cevap vermedi.""",
    "ar": """وصل الوزير إلى المدينة يوم الأحد.
هل يعرف أحد السبب؟
لم يجب أحد.""",
    "fa": """وزیر روز یکشنبه به شهر رسید.
چه کسی می‌داند؟
هیچ‌کس پاسخ نداد.""",
    "he": """השר הגיע לעיר ביום ראשון.
מי יודע למה?
איש לא ענה.""",
    "hi": """डॉ. वर्मा रविवार को शहर पहुँचे।
किराया 3.5 रुपये है।
कौन जानता है?
किसी ने उत्तर नहीं दिया।""",
    "hy": """Նախարարը կիրակի ժամանեց քաղաք։
Ոչ ոք չպատասխանեց։""",
    "am": """ሚኒስትሩ እሁድ ወደ ከተማው ደረሱ።
ማንም አልመለሰም።""",
    "my": """ဝန်ကြီးသည် တနင်္ဂနွေနေ့တွင် မြို့သို့ ရောက်ရှိသည်။
ဘယ်သူမှ မဖြေပါ။""",
    "ja": """大臣は日曜日に町に着いた。
「いつ帰りますか。」と記者が尋ねた。
誰も答えなかった（理由は不明。）。""",
    "zh": """部长星期天到达该市。
谁知道为什么？
没有人回答。""",
    "ko": """장관은 일요일에 도시에 도착했다.
누가 그 이유를 알까?
아무도 대답하지 않았다.""",
}


def test_gold_sentences_of_many_languages() -> None:
    """F1 of the ends between sentences; the floor is below what is reached."""
    right = found = there = 0
    for code, lines in GOLD.items():
        expected = lines.split("\n")
        text = ("" if code in ("ja", "zh", "my") else " ").join(expected)
        own = parts(text, code)
        right += len(set(expected) & set(own))
        found, there = found + len(own), there + len(expected)
        assert own == parts(text, f"{code}-x-any")
    assert 2 * right / (found + there) >= 0.9


@pytest.mark.parametrize("code", ["de", "ru", "hi", "ja", "el"])
def test_language_is_found_where_none_is_given(code: str) -> None:
    text = ("" if code == "ja" else " ").join(GOLD[code].split("\n"))
    assert parts(text) == parts(text, code)


@pytest.mark.parametrize(
    "mark", ["[citation needed]", "[a]", "[3]:45", "[1][2]", "3", "4,5", "²,³"]
)
def test_marks_of_notes_end_sentences_and_are_none_of_them(mark: str) -> None:
    text = f"The mill was sold.{mark} Its wheel has stood still since.{mark}"
    assert parts(text, "en") == ["The mill was sold.", "Its wheel has stood still since."]


def test_text_without_capitals_is_split() -> None:
    text = "the mayor met mr. lee on monday. they spoke of the u.s. fleet. nobody else came."
    assert parts(text, "en") == [
        "the mayor met mr. lee on monday.",
        "they spoke of the u.s. fleet.",
        "nobody else came.",
    ]


def test_thai_is_split_at_blanks_between_its_letters() -> None:
    assert parts("นายกเทศมนตรีมาถึงเมือง ไม่มีใครตอบ", "th") == ["นายกเทศมนตรีมาถึงเมือง", "ไม่มีใครตอบ"]
    assert parts("ราคา 30 บาท", "th") == ["ราคา 30 บาท"]


@pytest.mark.parametrize(
    "unit", [".", '"', "'", "“", "(", "A. ", "U.S.", "[1]", "。", "「", "1. ", ";", ". . ", "¹"]
)
def test_hostile_text_is_split_in_linear_time(unit: str) -> None:
    assert is_linear(lambda text: split_sentences(text, "en"), unit)


def test_unknown_abbreviations_that_open_and_those_in_a_row_end_no_sentence() -> None:
    texts = ["Revd. Ash sent a letter.", "The rule is old (cf. No. 12 of the list)."]
    assert [len(split_sentences(text, "en")) for text in texts] == [1, 1]
    assert len(split_sentences("Nonsense. Rooke left the room.", "en")) == 2


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Der Rat tagte z. B. am 4. Okt. 1990 in Berlin und u. a. auch in Bonn."),
        ("de", "Die Miete ist i.S.d. § 12 zu hoch, und das i.V.m. § 3 auch für Keller."),
        ("de", "Es geht um die Brücke, d. h. um ihre Seile, sagt der Bürgermeister."),
        ("en", "U. S. engineers closed the bridge, i. e. the old one, said J. R. Miller."),
        ("pl", "W br. otwarto most, m. in. dla pieszych."),
        ("pl", "Remont placu przy ul. Polnej zacznie się w maju."),
        ("sk", "Cesta vedie cez tzv. Browfieldov most do mesta."),
        ("bg", "Живее в гр. Елена и работи там."),
        ("en", "He left at 9 a.m. Tuesday and came back at night."),
        ("en", "The show opens at 7 p.m. Friday."),
        ("en", "Polls close at 8 p.m. Tuesday, officials said."),
        ("nl", "De brug is dicht, d. w. z. voor auto's."),
    ],
)
def test_abbreviations_in_several_words_end_no_sentence(code: str, text: str) -> None:
    assert split_sentences(text, code) == [(0, len(text))]


def paragraphs() -> Iterator[tuple[str, str, list[str]]]:
    """Yield a code, a kind and sentences for each paragraph of ``sentences.txt``."""
    code = kind = ""
    lines: list[str] = []
    path = Path(__file__).with_name("sentences.txt")
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if (line.startswith("==") or not line) and lines:
            yield code, kind, lines
            lines = []
        if line.startswith("=="):
            _, code, kind = line.split()
        elif line:
            lines.append(line)


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        # What stands before numbers and names in 17 languages, on lists or not.
        ("numbers", 0.7),
        ("titles", 0.65),
        ("words", 0.95),
        # English initials, hours and companies before capitals, and titles behind common words.
        ("initialisms", 0.75),
        ("hours", 0.9),
        ("companies", 0.75),
        ("months", 0.8),
    ],
)
def test_most_stops_that_may_abbreviate_are_told(kind: str, least: float) -> None:
    """Not all of it can be known from the words beside a stop."""
    found: dict[bool, int] = defaultdict(int)
    for code, own, lines in paragraphs():
        if own == kind:
            split = parts(" ".join(lines), code)
            for line in lines:
                found[line in split] += 1
    assert found[True] >= least * (found[True] + found[False])


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("pl", ["Zob. art. 4 ust. 1 pkt 2 ustawy.", "Spotkanie trwa do godz. 12."]),
        ("cs", ["Ing. Hana Malá vede stavbu.", "Obr. 3 ji ukazuje."]),
        ("fr", ["MM. Roy et Blanc ont refusé.", "L'affaire est close."]),
        ("pt", ["A torre é do séc. XV e foi vendida.", "Ninguém a quis."]),
        ("uk", ["Так каже проф. Л. Коваль.", "Міст відкрито."]),
        ("es", ["La sesión acaba a las 9 p. m.", "¿Quién viene?"]),
        ("ar", ["قالت د. سعاد إن النهر فاض.", "وصدقها الناس."]),
        ("ko", ["감독은 “비가 왔습니다. 그래도 이겼습니다.”라고 말했다.", "관중은 웃었다."]),
        ("zh", ["“河水涨了。桥还在。”老人说。", "大家都笑了。"]),
        ("ru", ["Дамба длиной 3 км. была закрыта.", "Её чинят."]),
    ],
)
def test_abbreviations_and_quotations_of_other_languages(
    language: str, expected: list[str]
) -> None:
    text = ("" if language == "zh" else " ").join(expected)
    assert [text[start:end] for start, end in split_sentences(text, language)] == expected


def test_abbreviations_in_lower_case_are_no_sign_of_a_text_without_capitals() -> None:
    text = "Lautan hinta on n. 4 euroa, ks. s. 9. Se kulkee esim. talvella. Jono on pitkä."
    assert len(split_sentences(text, "fi")) == 3


def test_thai_eras_part_no_sentence() -> None:
    text = "โรงเรียนเปิดเมื่อปี พ.ศ. 2480"
    assert split_sentences(text, "th") == [(0, len(text))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Vendían libros, cuadernos, lápices, etc. María compró dos libros para su hermano."),
        ("pt", "Vendiam livros, cadernos, lápis, etc. Maria comprou dois livros para o irmão."),
        (
            "ro",
            "Vindeau cărți, caiete, creioane etc. Maria a cumpărat două cărți pentru fratele ei.",
        ),
        ("pl", "Sprzedawali książki, zeszyty, ołówki itp. Maria kupiła dwie książki dla brata."),
        ("sl", "Prodajali so knjige, zvezke, svinčnike itd. Marija je kupila dve knjigi za brata."),
        ("hu", "Könyveket, füzeteket, ceruzákat stb. Mária két könyvet vett a testvérének."),
        ("lt", "Pardavė knygas, sąsiuvinius, pieštukus ir kt. Marija nupirko dvi knygas broliui."),
        ("bg", "Продаваха книги, тетрадки, моливи и др. Мария купи две книги за брат си."),
    ],
)
def test_name_behind_the_end_of_a_list_opens_a_sentence(language: str, text: str) -> None:
    assert len(split_sentences(text, language)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "We met at 5 p.m. Friday was quiet.",
        "The shop opens at 8 a.m. Sunday opening is later.",
    ],
)
def test_weekday_as_a_subject_opens_a_sentence(text: str) -> None:
    assert len(split_sentences(text, "en")) == 2


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("de", ["Bgm. Huber hat die Zone genehmigt.", "Die Schilder folgen im Mai."]),
        ("en", ["Spc. Graner went home.", "The gates were calm."]),
        ("en", ["The court found Army Spc. Charles Graner guilty.", "His lawyer wept."]),
        ("en", ["It pleased the former Cllr. Baker of Leeds.", "She opened the school."]),
        ("en", ["Mhm.", "That is what he said."]),
        ("es", ["La demanda es de Dª. Amparo Gil.", "La Sala la estima."]),
        ("es", ["SEGUNDO.- 1. La Sala no comparte ese criterio.", "El recurso se estima."]),
        ("pl", ["§ 2. 1. Rower ma dwa hamulce.", "2. Rower ma dzwonek."]),
    ],
)
def test_what_is_short_or_numbered_is_no_sentence(language: str, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[a:b] for a, b in split_sentences(text, language)] == sentences


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ru", "Согласно табл. 2 отчёта, в опасном состоянии находятся 14 мостов."),
        ("en", "The rule is explained at length in chap. 3 of the book."),
        ("pl", "Biegły inż. Nowak ustalił, że wilgoć jest w kuchni."),
        ("de", "Dipl.-Ing. Jan Ott rechnet mit Kosten von drei Millionen."),
        ("fr", "Il a relevé la rivière de deux mètres[réf. nécessaire]."),
    ],
)
def test_abbreviation_within_a_sentence_ends_none(code: str, text: str) -> None:
    assert split_sentences(f"{text} {text}", code) == [
        (0, len(text)),
        (len(text) + 1, 2 * len(text) + 1),
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ru", "Мы ждали до утра.|14 человек ушли."),
        ("pl", "To był stary inżynier.|Nowak odszedł."),
        ("fr", "Le chat [il dort] rêve.|Puis il part [au loin]."),
        ("en", "It was over [he left.|She stayed] for some time."),
        ("en", "It was bought by Brock Hldngs.|Baker resigned on that day."),
        ("en", "We spoke of the old term.|3 days later it rained."),
        ("cs", "Včera jsme vyšli na Smrk.|Petr zůstal doma."),
        ("hr", "Ljeti idemo na Krk.|Ana ostaje kod kuće."),
        ("cs", "Bydlí ve vsi Krč.|Marie tam nikdy nebyla."),
        ("cy", "Mae hi'n byw yn Cwm.|Dafydd oedd ei thad."),
    ],
)
def test_what_looks_like_an_abbreviation_ends_a_sentence(code: str, text: str) -> None:
    whole = text.replace("|", " ")
    assert [whole[a:b] for a, b in split_sentences(whole, code)] == text.split("|")
