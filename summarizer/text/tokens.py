"""Words, as the whole house counts and compares them.

A budget in words must agree with what a reader's word processor counts, so a word is what stands
between white space. Scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese)
have no such words; there each letter counts as one.
"""

import re

# White space and what is as invisible, and what ends a line.
BLANK = " \t\xa0\0\x1f\u1680\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x2010)))
LINE_BREAK = r"\r\n\v\f\x1c-\x1e\x85\u2028\u2029"

_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3040-\u30ff"  # Japanese kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_UNSPACED_LETTER = re.compile(rf"[{_UNSPACED}]")
_SPACED_WORD = re.compile(rf"(?:(?![{_UNSPACED}])\w)+")
# subtle: combining vowel signs of Indic and Arabic scripts are not \w, yet belong to the word.
_LETTER = r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u0dff'’]"
_TOKEN = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}]){_LETTER})+")
# The same where no letter is of an unspaced script, in less than half the time.
_SPACED_TOKEN = re.compile(rf"{_LETTER}+")
# Blanks for what is of no word in ASCII; to put and split by them takes a third of that time.
_ASCII_BLANKS = str.maketrans({c: " " for c in map(chr, range(128)) if not re.match(r"[\w']", c)})


def count_words(text: str) -> int:
    """Count the words of a text, e.g. ``count_words("U.S.-China talks — again") == 4``.

    :param text: Any text.
    :return: The number of white-space-separated words, letters of unspaced scripts one by one.
    """
    if _is_spaced(text):
        return len(text.split())
    words = 0
    for chunk in text.split():
        letters = len(_UNSPACED_LETTER.findall(chunk))
        words += letters + len(_SPACED_WORD.findall(chunk)) if letters else 1
    return words


def tokenize(text: str) -> list[str]:
    """Split a text into comparable words, e.g. ``["the", "u", "s", "navy's"]``.

    :param text: Any text.
    :return: Case-folded words in order; punctuation is left out, typographic apostrophes become
        plain ones.
    """
    if text.isascii():
        return tokenize_cased(text.lower())
    return [word.casefold() for word in tokenize_cased(text)]


def tokenize_cased(text: str) -> list[str]:
    """Split a text into words with their capitals, e.g. ``["The", "U", "S", "Navy's"]``."""
    return [word for token in find_tokens(text) if (word := token.strip("'"))]


def find_tokens(text: str) -> list[str]:
    """Find what may be words, apostrophes around them included, e.g. ``["'Tis", "'"]``."""
    plain = text.replace("’", "'")
    if plain.isascii():
        return plain.translate(_ASCII_BLANKS).split()
    token = _SPACED_TOKEN if _is_spaced(plain) else _TOKEN
    found: list[str] = token.findall(plain)
    return found


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of each word that ``tokenize_cased`` gives, e.g. ``[(0, 3)]``."""
    token = _SPACED_TOKEN if _is_spaced(text) else _TOKEN
    spans = [match.span() for match in token.finditer(text)]
    if "'" not in text and "’" not in text:
        return spans
    bare: list[tuple[int, int]] = []
    for start, end in spans:
        behind = text[start:end].lstrip("'’")
        if word := behind.rstrip("'’"):
            bare.append((end - len(behind), end - len(behind) + len(word)))
    return bare


def _is_spaced(text: str) -> bool:
    return text.isascii() or _UNSPACED_LETTER.search(text) is None


def normalize_space(text: str) -> str:
    """Make every run of white space and NULs one blank, e.g. a sentence that was hard-wrapped."""
    return " ".join(text.replace("\0", " ").split())
