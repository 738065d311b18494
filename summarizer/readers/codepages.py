"""Which 8-bit code page a text is in, told by the language that it makes of it."""

import re

from ..text.language import readability

# Of equally plausible ones the first is taken.
_CODE_PAGES = (
    *("cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257", "mac_roman", "cp850"),
    *("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "cp1253", "cp1255", "cp1256"),
)
# Least share of a text that is in stop words, or half as much where all letters fit.
_LEAST = 0.06
# Where fewer letters beyond ASCII are those of the language, its words count half.
_LEAST_FIT = 0.6
_UNFIT = 0.5
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# What other code pages have for quotation marks and dashes; a line break of mainframes is left.
_CONTROLS = re.compile(r"[\x80-\x84\x86-\x9f]")
_MARKS = frozenset("“”„‘’‚‹›«»–—…•·§°©®™†±×€£¿¡ªº²³½\xa0\xad")
_APOSTROPHE = "’"
# The letters beyond a to z of languages of the list of stop words (Unicode CLDR, exemplar sets).
_LETTERS = {
    "arabic": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْ،؟؛",
    "bulgarian": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "catalan": "àçéèíïóòúü",
    "czech": "áčďéěíňóřšťúůýž",
    "danish": "åæøéó",
    "dutch": "áéíóúäëïöüèê",
    "english": "àâäåáæçèéêëíîïñóôöøœúûü",
    "finnish": "åäöšž",
    "french": "àâæçéèêëîïôœùûüÿ",
    "german": "äöüß",
    "greek": "αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ",
    "hebrew": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "hungarian": "áéíóöőúüű",
    "italian": "àéèìòóù",
    "norwegian": "åæøàéèêóòô",
    "persian": "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنهوی،؟؛",
    "polish": "ąćęłńóśźż",
    "portuguese": "áàâãçéêíóôõúü",
    "romanian": "ăâîşţșț",
    "russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "slovak": "áäčďéíĺľňóôŕšťúýž",
    "spanish": "áéíñóúü",
    "swedish": "åäöéà",
    "turkish": "çğıöşüâîûi̇",
    "ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}


def find_code_page(sample: bytes, guess: str) -> str:
    """Name the encoding in which a text is most readable and spelt with letters of its language.

    :param sample: The text, or a part of it with letters beyond ASCII.
    :param guess: The encoding to take where no language is known; it is compared as the last.
    """
    scores = {encoding: _plausibility(sample, encoding) for encoding in (*_CODE_PAGES, guess)}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] else guess


def _plausibility(sample: bytes, encoding: str) -> float:
    try:
        text = sample.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return 0.0
    if _CONTROLS.search(text):
        return 0.0
    found = list(_NOT_ASCII.finditer(text))
    best = 0.0
    for language, share in readability(text).items():
        if share < _LEAST / 2:
            continue
        letters = _LETTERS.get(language, "")
        fit = sum(_fits(text, match.start(), letters) for match in found) / max(len(found), 1)
        value = share * (1 + fit if fit >= _LEAST_FIT else _UNFIT)
        if value >= _LEAST and (share >= _LEAST or fit == 1):
            best = max(best, value)
    return best


def _fits(text: str, place: int, letters: str) -> bool:
    """Tell whether a character is a letter of the language, or a mark that stands at a word."""
    letter = text[place]
    if letter in _MARKS:
        within = text[max(place - 1, 0) : place].isalpha() and text[place + 1 : place + 2].isalpha()
        return letter == _APOSTROPHE or not within
    return letter.lower() in letters
