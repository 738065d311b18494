"""Bytes of any encoding to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import ReadError
from summarizer.readers.encodings import decode, decode_as

FRENCH = "Le café était fermé à Noël, dit le maire. « Où est passée l’école ? » demanda-t-il.\n" * 4
GERMAN = "Größere Straßen führen über die Brücke, sagte der Bürgermeister am späten Abend.\n" * 4
RUSSIAN = "Правительство объявило о новых мерах поддержки малого бизнеса в регионах страны.\n" * 4
JAPANESE = "今日は東京で新しい橋が開通しました。多くの人が集まりました。\n" * 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH.replace("’", "'"), "latin-1"),
        (FRENCH, "cp1252"),
        (GERMAN, "latin-1"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (FRENCH, "utf-8"),
        (JAPANESE, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (JAPANESE, "utf-32"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "file") == text


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=200))
def test_utf8_is_kept_to_the_letter(text: str) -> None:
    if not text.lstrip().lower().startswith(("<!doctype", "<html", "<?xml", "\ufeff", "%pdf")):
        if text.count("\ufffd") + text.count("\x7f") > 0.02 * len(text):
            return
        assert decode(text.encode(), "file") == text


def test_line_ends_and_nuls_stay_where_they_are() -> None:
    assert decode(b"One.\r\nTwo.\0 Three", "file") == "One.\r\nTwo.\0 Three"


def test_utf16_of_other_scripts_without_a_mark() -> None:
    assert decode(RUSSIAN.encode("utf-16-le"), "file") == RUSSIAN
    assert decode(RUSSIAN.encode("utf-16-be"), "file") == RUSSIAN


def test_encoding_is_told_by_what_is_not_ascii_wherever_it_stands() -> None:
    late = "Nothing special in this line.\n" * 12_000 + FRENCH.replace("’", "'")
    assert decode(late.encode("latin-1"), "file") == late
    long = JAPANESE * 3000
    for shift in ("", "a", "ab"):
        assert decode((shift + long).encode("shift_jis"), "file") == shift + long


def test_text_cut_within_a_letter_is_still_utf8() -> None:
    cut = "It’s a “test” that was cut short here …".encode()[:-1]
    assert decode(cut, "file") == "It’s a “test” that was cut short here \ufffd"


def test_short_text_may_have_a_strange_letter() -> None:
    assert decode(b"A bell\x07 rang.", "file") == "A bell\x07 rang."


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    broken = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()
    assert decode(broken, "file") == f"{RUSSIAN}\ufffd{RUSSIAN}"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"%PDF-1.7\n...",
        b"PK\x03\x04 a zip archive",
        b"\x7fELF" + b"\x01\x02\x03\0" * 99,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
    ],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"photo\.jpg: is not text"):
        decode(data, "photo.jpg")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("El señor Muñoz dijo que mañana habrá una reunión en la montaña con su niño.", "latin-1"),
        ("Regeringen föreslår att skatten på bensin sänks nästa år, säger ministern.", "cp1252"),
        ("He was naïve about the café. Nobody in the old town said a word about it.", "cp1252"),
        ("They met “precisely so that we avoid it,” he said – the trip isn’t over.", "cp1252"),
        ("La città è più grande di così, perché il sindaco andò a Forlì.", "latin-1"),
        ("Rząd podjął decyzję o zamknięciu mostu, że będzie też nowy tunel.", "cp1250"),
        ("Le maire a déclaré que le pont serait fermé, où l'été était passé.", "mac_roman"),
    ],
)
def test_code_pages_of_europe(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "file") == text


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        (
            "Primăria oraşului a anunţat că podul vechi peste râu va fi închis începând de luni.",
            ["cp1250", "iso8859-2"],
        ),
        (
            "A polgármester hétfőn lezárta a régi hidat, mert a mérnökök rozsdát találtak benne, "
            "és az új híd csak két év múlva készül el, addig kompok viszik át az embereket.",
            ["cp1250", "iso8859-2"],
        ),
        (
            "ראש העיר סגר את הגשר הישן ביום שני לאחר שהמהנדסים מצאו חלודה בכבלים.",
            ["cp1255", "iso8859-8"],
        ),
        (
            "Burmistrz zamknął w poniedziałek stary most, ponieważ inżynierowie znaleźli rdzę.",
            ["cp1250", "iso8859-2"],
        ),
        (
            "Starosta v pondělí uzavřel starý most, protože inženýři našli v lanech rez.",
            ["cp1250", "iso8859-2"],
        ),
        (
            "Starosta zatvoril starý most, pretože inžinieri našli v lanách hrdzu ako pred rokom.",
            ["cp1250", "iso8859-2"],
        ),
        ("Belediye başkanı köprüyü kapattı, çünkü daha önce çok pas vardı.", ["cp1254"]),
        ("Мэр закрыл старый мост, потому что инженеры нашли в нём ржавчину.", ["cp1251", "koi8-r"]),
        ("Ο δήμαρχος έκλεισε την παλιά γέφυρα, επειδή οι μηχανικοί βρήκαν σκουριά.", ["cp1253"]),
        ("أغلق رئيس البلدية الجسر القديم يوم الاثنين بعد أن وجد المهندسون صدأ.", ["cp1256"]),
        ("시장은 월요일에 오래된 다리를 폐쇄했다. 기술자들이 녹을 발견했기 때문이다.", ["euc_kr"]),
    ],
)
def test_code_pages_by_language(text: str, encodings: list[str]) -> None:
    for encoding in encodings:
        for times in (1, 3):
            assert decode(text.encode(encoding) * times, "file") == text * times, encoding


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("ISO-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("iso-8859-8-i", "iso8859-8"),
        ("gb2312", "gb18030"),
        ("x-sjis", "cp932"),
        ("windows-874", "cp874"),
    ],
)
def test_declared_encoding_is_what_browsers_take_it_for(declared: str, encoding: str) -> None:
    data = bytes(range(0xE0, 0xEB)) * 2
    assert decode_as(data, declared, "file") == data.decode(encoding, errors="replace")


@pytest.mark.parametrize(
    "declared", ["", "utf-8", "rot13", "punycode", "utf-7", "no\0ne", "x" * 99]
)
def test_what_no_text_can_be_in_is_not_believed(declared: str) -> None:
    data = GERMAN.encode("cp1252")
    assert decode_as(data, declared, "file") == GERMAN
    assert decode_as(GERMAN.encode(), "koi8-r", "file") == GERMAN


# A sentence or two in 23 languages, and the code pages in which they were written.
SAMPLES = [
    (
        "Le vieux pont de Vernay a été fermé mercredi, après que des plongeurs ont découvert des fissures près du troisième pilier. La mairie espère le rouvrir à Noël.",
        ["cp1252", "latin-1", "iso8859-15", "mac_roman", "cp850"],
    ),
    (
        "Die Fähre nach Möwensand fährt während der Bauarbeiten nur stündlich. Größere Lastwagen müssen über die alte Straße ausweichen.",
        ["cp1252", "latin-1", "mac_roman", "cp850"],
    ),
    (
        "El alcalde anunció que la estación cerrará mañana por la inundación. Los niños irán a la escuela en autobús durante una semana más.",
        ["cp1252", "latin-1", "mac_roman", "cp850"],
    ),
    (
        "A câmara não aprovou a ligação à autoestrada. Os moradores da região dizem que já esperavam a decisão há três anos.",
        ["cp1252", "latin-1", "mac_roman", "cp850"],
    ),
    (
        "Il sindaco ha detto che la galleria non riaprirà prima di giovedì, perché l'acqua è già entrata due volte. È più di quanto si temesse.",
        ["cp1252", "latin-1"],
    ),
    (
        "Färjan till ön går bara två gånger om dagen så länge kajen lagas. Hälften av båtägarna säger att de måste åka längre.",
        ["cp1252", "latin-1", "mac_roman", "cp850"],
    ),
    (
        "Sillan korjaus kestää yhdeksän kuukautta, ja kävelijät pääsevät yli vasta keväällä. Työ maksaa enemmän kuin kaupunki säästi.",
        ["cp1252", "latin-1"],
    ),
    (
        "Most zamknięto w środę, gdy nurkowie znaleźli pęknięcia przy trzecim filarze. Mieszkańcy muszą jeździć dłuższą drogą przez wieś.",
        ["cp1250", "iso8859-2"],
    ),
    (
        "Most byl ve středu uzavřen, když potápěči našli trhliny u třetího pilíře. Řidiči musejí jezdit delší cestou přes vesnici.",
        ["cp1250", "iso8859-2"],
    ),
    (
        "A hidat szerdán lezárták, miután a búvárok repedéseket találtak a harmadik pillérnél. Az autósoknak hosszabb úton kell menniük, közölte a főmérnök.",
        ["cp1250", "iso8859-2"],
    ),
    (
        "Podul a fost închis miercuri, după ce scafandrii au găsit fisuri lângă al treilea pilon. Şoferii trebuie să ocolească prin sat, iar reparaţiile ţin mult.",
        ["cp1250", "iso8859-2"],
    ),
    (
        "Köprü çarşamba günü kapatıldı, çünkü dalgıçlar üçüncü ayağın yanında çatlaklar buldu. Sürücüler köyden geçen daha uzun yolu kullanıyor.",
        ["cp1254", "iso8859-9"],
    ),
    (
        "Мост закрыли в среду, когда водолазы нашли трещины у третьей опоры. Водителям приходится ехать в объезд через деревню.",
        ["cp1251", "koi8-r", "iso8859-5", "cp866"],
    ),
    (
        "Міст закрили в середу, коли водолази знайшли тріщини біля третьої опори. Водіям доводиться їхати довшою дорогою через село.",
        ["cp1251", "koi8-u"],
    ),
    (
        "Мостът беше затворен в сряда, след като водолази откриха пукнатини при третата опора. Шофьорите трябва да минават през селото.",
        ["cp1251", "iso8859-5"],
    ),
    (
        "Η γέφυρα έκλεισε την Τετάρτη, όταν οι δύτες βρήκαν ρωγμές δίπλα στον τρίτο πυλώνα. Οι οδηγοί περνούν από το χωριό.",
        ["cp1253", "iso8859-7"],
    ),
    (
        "הגשר נסגר ביום רביעי, אחרי שצוללנים מצאו סדקים ליד העמוד השלישי. הנהגים נאלצים לנסוע בדרך ארוכה יותר דרך הכפר.",
        ["cp1255", "iso8859-8"],
    ),
    (
        "أغلق الجسر يوم الأربعاء بعد أن عثر الغواصون على شقوق قرب الدعامة الثالثة. ويضطر السائقون إلى سلوك طريق أطول عبر القرية.",
        ["cp1256", "iso8859-6"],
    ),
    (
        "สะพานถูกปิดเมื่อวันพุธ หลังจากนักประดาน้ำพบรอยร้าวใกล้เสาต้นที่สาม คนขับรถต้องใช้เส้นทางที่ยาวกว่าผ่านหมู่บ้าน",
        ["cp874"],
    ),
    (
        "水曜日に橋が閉鎖された。潜水士が三番目の橋脚の近くでひび割れを見つけたためだ。車は村を通る遠い道を使っている。",
        ["shift_jis", "euc_jp"],
    ),
    (
        "潜水员在第三座桥墩附近发现裂缝后，大桥于星期三关闭。司机只好绕道经过村庄。",
        ["gb18030"],
    ),
    (
        "潛水員在第三座橋墩附近發現裂縫後，大橋於星期三關閉。司機只好繞道經過村莊。",
        ["big5"],
    ),
    (
        "잠수부들이 세 번째 교각 근처에서 균열을 발견한 뒤 수요일에 다리가 폐쇄되었다. 운전자들은 마을을 지나는 먼 길로 다닌다.",
        ["euc_kr"],
    ),
    (
        "The bridge’s third pier — “the weak one,” as divers call it — cracked in May. Repairs cost £3 million, and the café beside it closed.",
        ["cp1252"],
    ),
]


@pytest.mark.parametrize(("text", "encodings"), SAMPLES)
def test_code_pages_of_many_languages(text: str, encodings: list[str]) -> None:
    assert encodings
    for encoding in encodings:
        assert decode(text.encode(encoding), "file") == text, encoding
